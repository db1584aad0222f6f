<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>shelter_ground</Name>
    <UserStyle>
      <Title>避难场所用地 | Shelter grounds</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>避难场所用地 | Shelter grounds</Title>
          <MaxScaleDenominator>150000</MaxScaleDenominator>
          <PolygonSymbolizer>
            <Fill><CssParameter name="fill">#1e7d43</CssParameter><CssParameter name="fill-opacity">0.24</CssParameter></Fill>
            <Stroke>
              <CssParameter name="stroke">#1e7d43</CssParameter>
              <CssParameter name="stroke-width">1.6</CssParameter>
              <CssParameter name="stroke-linejoin">round</CssParameter>
            </Stroke>
          </PolygonSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
