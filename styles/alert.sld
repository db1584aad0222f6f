<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>alert</Name>
    <UserStyle>
      <Title>预警 | Alerts</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>红色预警 | Red alert</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>colour</ogc:PropertyName><ogc:Literal>red</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#e53935</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#b71c1c</CssParameter>
              <CssParameter name="stroke-width">2.2</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>橙色预警 | Orange alert</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>colour</ogc:PropertyName><ogc:Literal>orange</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#fb8c00</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#e65100</CssParameter>
              <CssParameter name="stroke-width">2.2</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>黄色预警 | Yellow alert</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>colour</ogc:PropertyName><ogc:Literal>yellow</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#fdd835</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#b28704</CssParameter>
              <CssParameter name="stroke-width">2.2</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>蓝色预警 | Blue alert</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>colour</ogc:PropertyName><ogc:Literal>blue</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#1e88e5</CssParameter><CssParameter name="fill-opacity">0.25</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#0d47a1</CssParameter>
              <CssParameter name="stroke-width">2.2</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>级别未知 | Colour unknown</Title>
          <ogc:Filter>
            <ogc:PropertyIsNull><ogc:PropertyName>colour</ogc:PropertyName></ogc:PropertyIsNull>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#90a4ae</CssParameter><CssParameter name="fill-opacity">0.2</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#455a64</CssParameter>
              <CssParameter name="stroke-width">2</CssParameter>
              <CssParameter name="stroke-dasharray">6 4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>名称 | Name</Title>
          <MaxScaleDenominator>400000</MaxScaleDenominator>
          <TextSymbolizer>
            <Label><ogc:PropertyName>name</ogc:PropertyName></Label>
            <Font>
              <CssParameter name="font-family">Noto Sans CJK SC</CssParameter>
              <CssParameter name="font-size">11</CssParameter>
              <CssParameter name="font-weight">bold</CssParameter>
            </Font>
            <Halo><Radius>1.5</Radius><Fill><CssParameter name="fill">#ffffff</CssParameter></Fill></Halo>
            <Fill><CssParameter name="fill">#3a2a10</CssParameter></Fill>
          </TextSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
