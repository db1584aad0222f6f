<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>intensity_zone</Name>
    <UserStyle>
      <Title>地震烈度区 | Seismic intensity zones</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>Ⅵ度 | VI</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>intensity</ogc:PropertyName><ogc:Literal>VI</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#e8d9ef</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#8b6f9e</CssParameter>
              <CssParameter name="stroke-width">1</CssParameter>
              <CssParameter name="stroke-dasharray">8 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>Ⅶ度 | VII</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>intensity</ogc:PropertyName><ogc:Literal>VII</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#c9a6dc</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#7a4c96</CssParameter>
              <CssParameter name="stroke-width">1.2</CssParameter>
              <CssParameter name="stroke-dasharray">8 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>Ⅷ度 | VIII</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>intensity</ogc:PropertyName><ogc:Literal>VIII</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#a46cc4</CssParameter><CssParameter name="fill-opacity">0.28</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#5f2f80</CssParameter>
              <CssParameter name="stroke-width">1.4</CssParameter>
              <CssParameter name="stroke-dasharray">8 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>Ⅸ度及以上 | IX and over</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>intensity</ogc:PropertyName><ogc:Literal>IX</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#7b35a3</CssParameter><CssParameter name="fill-opacity">0.3</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#45155f</CssParameter>
              <CssParameter name="stroke-width">1.6</CssParameter>
              <CssParameter name="stroke-dasharray">8 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>烈度不明 | Intensity unknown</Title>
          <ogc:Filter>
            <ogc:PropertyIsNull><ogc:PropertyName>intensity</ogc:PropertyName></ogc:PropertyIsNull>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#dcdcdc</CssParameter><CssParameter name="fill-opacity">0.2</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#8795a3</CssParameter>
              <CssParameter name="stroke-width">1</CssParameter>
              <CssParameter name="stroke-dasharray">3 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>名称 | Name</Title>
          <MaxScaleDenominator>600000</MaxScaleDenominator>
          <TextSymbolizer>
            <Label><ogc:PropertyName>name</ogc:PropertyName></Label>
            <Font>
              <CssParameter name="font-family">Noto Sans CJK SC</CssParameter>
              <CssParameter name="font-size">12</CssParameter>
              <CssParameter name="font-weight">normal</CssParameter>
            </Font>
            <Halo><Radius>1.5</Radius><Fill><CssParameter name="fill">#f4f6f8</CssParameter></Fill></Halo>
            <Fill><CssParameter name="fill">#5f2f80</CssParameter></Fill>
          </TextSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
