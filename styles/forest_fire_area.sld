<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>forest_fire_area</Name>
    <UserStyle>
      <Title>森林防火区 | Forest-fire areas</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>Ⅰ级（高） | Class I (high)</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>fireClass</ogc:PropertyName><ogc:Literal>I</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#6fa35b</CssParameter><CssParameter name="fill-opacity">0.38</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#b3472f</CssParameter>
              <CssParameter name="stroke-width">1.4</CssParameter>
              <CssParameter name="stroke-dasharray">2 3</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>Ⅱ级（中） | Class II (medium)</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>fireClass</ogc:PropertyName><ogc:Literal>II</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#86b572</CssParameter><CssParameter name="fill-opacity">0.32</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#b57a2f</CssParameter>
              <CssParameter name="stroke-width">1.2</CssParameter>
              <CssParameter name="stroke-dasharray">6 3</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>Ⅲ级（低） | Class III (low)</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>fireClass</ogc:PropertyName><ogc:Literal>III</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#a3c994</CssParameter><CssParameter name="fill-opacity">0.3</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#6b8f5c</CssParameter>
              <CssParameter name="stroke-width">1</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>未定级 | Class unknown</Title>
          <ogc:Filter>
            <ogc:PropertyIsNull><ogc:PropertyName>fireClass</ogc:PropertyName></ogc:PropertyIsNull>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#a3c994</CssParameter><CssParameter name="fill-opacity">0.3</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#8fa889</CssParameter>
              <CssParameter name="stroke-width">0.8</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>名称 | Name</Title>
          <MaxScaleDenominator>220000</MaxScaleDenominator>
          <TextSymbolizer>
            <Label><ogc:PropertyName>name</ogc:PropertyName></Label>
            <Font>
              <CssParameter name="font-family">Noto Sans CJK SC</CssParameter>
              <CssParameter name="font-size">12</CssParameter>
              <CssParameter name="font-weight">normal</CssParameter>
            </Font>
            <Halo><Radius>1.5</Radius><Fill><CssParameter name="fill">#f4f6f8</CssParameter></Fill></Halo>
            <Fill><CssParameter name="fill">#3c6b2f</CssParameter></Fill>
          </TextSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
