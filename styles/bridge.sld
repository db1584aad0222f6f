<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <NamedLayer>
    <Name>bridge</Name>
    <UserStyle>
      <Title>桥梁与隧道 | Bridges and tunnels</Title>
      <FeatureTypeStyle>
        <Rule>
          <Title>桥梁 | Bridge</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>kind</ogc:PropertyName><ogc:Literal>tunnel</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:Or>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                </ogc:Or>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MinScaleDenominator>20000</MinScaleDenominator>
          <MaxScaleDenominator>70000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>15</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>桥梁 | Bridge</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>kind</ogc:PropertyName><ogc:Literal>tunnel</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:Or>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                </ogc:Or>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MaxScaleDenominator>20000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>22</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>隧道 | Tunnel</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo><ogc:PropertyName>kind</ogc:PropertyName><ogc:Literal>tunnel</ogc:Literal></ogc:PropertyIsEqualTo>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:Or>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                </ogc:Or>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MinScaleDenominator>20000</MinScaleDenominator>
          <MaxScaleDenominator>70000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/tunnel.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>15</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>隧道 | Tunnel</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo><ogc:PropertyName>kind</ogc:PropertyName><ogc:Literal>tunnel</ogc:Literal></ogc:PropertyIsEqualTo>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
              <ogc:Not>
                <ogc:Or>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                  <ogc:Not>
                    <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                  </ogc:Not>
                </ogc:Or>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MaxScaleDenominator>20000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/tunnel.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>22</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>限重或限高 | Weight or height limit</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:Or>
                <ogc:Not>
                  <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                </ogc:Not>
                <ogc:Not>
                  <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                </ogc:Not>
              </ogc:Or>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MinScaleDenominator>20000</MinScaleDenominator>
          <MaxScaleDenominator>150000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge-limit.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>15</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>限重或限高 | Weight or height limit</Title>
          <ogc:Filter>
            <ogc:And>
              <ogc:Or>
                <ogc:Not>
                  <ogc:PropertyIsNull><ogc:PropertyName>loadLimitT</ogc:PropertyName></ogc:PropertyIsNull>
                </ogc:Not>
                <ogc:Not>
                  <ogc:PropertyIsNull><ogc:PropertyName>heightLimitM</ogc:PropertyName></ogc:PropertyIsNull>
                </ogc:Not>
              </ogc:Or>
              <ogc:Not>
                <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
              </ogc:Not>
            </ogc:And>
          </ogc:Filter>
          <MaxScaleDenominator>20000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge-limit.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>22</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>封闭 | Closed</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <MinScaleDenominator>20000</MinScaleDenominator>
          <MaxScaleDenominator>300000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge-closed.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>15</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>封闭 | Closed</Title>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo><ogc:PropertyName>closed</ogc:PropertyName><ogc:Literal>true</ogc:Literal></ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <MaxScaleDenominator>20000</MaxScaleDenominator>
          <PointSymbolizer>
            <Graphic>
              <ExternalGraphic>
                <OnlineResource xlink:type="simple" xlink:href="symbols/bridge-closed.svg"/>
                <Format>image/svg+xml</Format>
              </ExternalGraphic>
              <Size>22</Size>
            </Graphic>
          </PointSymbolizer>
        </Rule>
        <Rule>
          <Title>名称 | Name</Title>
          <MaxScaleDenominator>15000</MaxScaleDenominator>
          <TextSymbolizer>
            <Label><ogc:PropertyName>name</ogc:PropertyName></Label>
            <Font>
              <CssParameter name="font-family">Noto Sans CJK SC</CssParameter>
              <CssParameter name="font-size">11</CssParameter>
              <CssParameter name="font-weight">normal</CssParameter>
            </Font>
            <LabelPlacement>
              <PointPlacement>
                <AnchorPoint><AnchorPointX>0.5</AnchorPointX><AnchorPointY>1</AnchorPointY></AnchorPoint>
                <Displacement><DisplacementX>0</DisplacementX><DisplacementY>-16</DisplacementY></Displacement>
              </PointPlacement>
            </LabelPlacement>
            <Halo><Radius>1.5</Radius><Fill><CssParameter name="fill">#ffffff</CssParameter></Fill></Halo>
            <Fill><CssParameter name="fill">#24323e</CssParameter></Fill>
          </TextSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
