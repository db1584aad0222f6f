<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>risk_cell</Name>
    <UserStyle>
      <Title>风险区划 | Risk cells</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>低 | Low</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>level</ogc:PropertyName><ogc:Literal>1</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#38a800</CssParameter><CssParameter name="fill-opacity">0.55</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#38a800</CssParameter>
              <CssParameter name="stroke-width">0.4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>中低 | Lower middle</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>level</ogc:PropertyName><ogc:Literal>2</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#73b2ff</CssParameter><CssParameter name="fill-opacity">0.55</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#73b2ff</CssParameter>
              <CssParameter name="stroke-width">0.4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>中 | Middle</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>level</ogc:PropertyName><ogc:Literal>3</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#ffff00</CssParameter><CssParameter name="fill-opacity">0.55</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#ffff00</CssParameter>
              <CssParameter name="stroke-width">0.4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>中高 | Upper middle</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>level</ogc:PropertyName><ogc:Literal>4</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#ffaa00</CssParameter><CssParameter name="fill-opacity">0.55</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#ffaa00</CssParameter>
              <CssParameter name="stroke-width">0.4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>高 | High</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>level</ogc:PropertyName><ogc:Literal>5</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#e60000</CssParameter><CssParameter name="fill-opacity">0.55</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#e60000</CssParameter>
              <CssParameter name="stroke-width">0.4</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
        <Rule>
          <Title>等级未知 | Level unknown</Title>
          <ogc:Filter>
            <ogc:PropertyIsNull><ogc:PropertyName>level</ogc:PropertyName></ogc:PropertyIsNull>
          </ogc:Filter>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#b9c2cb</CssParameter><CssParameter name="fill-opacity">0.4</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#7c8b99</CssParameter>
              <CssParameter name="stroke-width">0.6</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
