package org.anquan.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.TestCatalogue;
import org.anquan.problem.ProblemException.Mistake;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SldReaderTest {
    private static final String HEAD = "<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\""
            + " xmlns:ogc=\"http://www.opengis.net/ogc\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n"
            + "<NamedLayer><Name>places</Name><UserStyle><Title>地点 | Places</Title><FeatureTypeStyle>\n";
    private static final String FOOT = "\n</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>";
    private static final String DOT = "<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName>"
            + "<Fill><CssParameter name=\"fill\">#ff0000</CssParameter></Fill></Mark><Size>8</Size></Graphic></PointSymbolizer>";

    private final LayerDefinition layer =
            TestCatalogue.definitions(TestCatalogue.PLACES).get(0);
    private final List<Mistake> mistakes = new ArrayList<>();

    private LayerStyle read(String rules) {
        try {
            String sld = HEAD + rules + FOOT;
            SldNode root = SldNode.read(new ByteArrayInputStream(sld.getBytes(StandardCharsets.UTF_8)));
            return new SldReader("places.sld", layer, "known.svg"::equals, mistakes).read(root);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private JsonNode flat(String symbolizer) {
        LayerStyle style = read("<Rule><Title>甲 | A</Title>" + symbolizer + "</Rule>");
        assertThat(mistakes).isEmpty();
        return style.style().get(0).path("style").get(0);
    }

    private String filter(String filter) {
        LayerStyle style = read("<Rule><ogc:Filter>" + filter + "</ogc:Filter>" + DOT + "</Rule>");
        return style.style().get(0).path("filter").toString();
    }

    private static String property(String name) {
        return "<ogc:PropertyName>" + name + "</ogc:PropertyName>";
    }

    private static String compare(String operator, String name, String literal) {
        return "<ogc:" + operator + ">" + property(name) + "<ogc:Literal>" + literal + "</ogc:Literal></ogc:" + operator
                + ">";
    }

    @Test
    void aDotIsACircleOfHalfItsSize() {
        assertThat(flat(DOT).toString()).isEqualTo("{\"circle-radius\":4.0,\"circle-fill-color\":\"#ff0000\"}");
    }

    @Test
    void aSymbolIsAPictureUnderStyles() {
        JsonNode icon = flat(
                "<PointSymbolizer><Graphic><ExternalGraphic>"
                        + "<OnlineResource xlink:type=\"simple\" xlink:href=\"symbols/known.svg\"/><Format>image/svg+xml</Format>"
                        + "</ExternalGraphic><Opacity>0.5</Opacity><Size>24</Size><Rotation>90</Rotation></Graphic></PointSymbolizer>");
        assertThat(icon.path("icon-src").asString("")).isEqualTo("/styles/symbols/known.svg");
        assertThat(icon.path("icon-height").asDouble()).isEqualTo(24);
        assertThat(icon.path("icon-opacity").asDouble()).isEqualTo(0.5);
        assertThat(icon.path("icon-rotation").asDouble()).isEqualTo(Math.PI / 2);
    }

    @Test
    void linesAndAreasKeepTheirStrokesDashesAndOpacity() {
        JsonNode line = flat("<LineSymbolizer><Stroke><CssParameter name=\"stroke\">#0b62c4</CssParameter>"
                + "<CssParameter name=\"stroke-width\">2.5</CssParameter><CssParameter name=\"stroke-dasharray\">7 3</CssParameter>"
                + "<CssParameter name=\"stroke-linecap\">round</CssParameter><CssParameter name=\"stroke-linejoin\">mitre</CssParameter>"
                + "<CssParameter name=\"stroke-opacity\">0.4</CssParameter></Stroke></LineSymbolizer>");
        assertThat(line.path("stroke-color").toString()).isEqualTo("[11,98,196,0.4]");
        assertThat(line.path("stroke-width").asDouble()).isEqualTo(2.5);
        assertThat(line.path("stroke-line-dash").toString()).isEqualTo("[7.0,3.0]");
        assertThat(line.path("stroke-line-cap").asString("")).isEqualTo("round");
        assertThat(line.path("stroke-line-join").asString("")).isEqualTo("miter");
        JsonNode area = flat("<PolygonSymbolizer><Fill><CssParameter name=\"fill\">#E60000</CssParameter>"
                + "<CssParameter name=\"fill-opacity\">0.25</CssParameter></Fill></PolygonSymbolizer>");
        assertThat(area.path("fill-color").toString()).isEqualTo("[230,0,0,0.25]");
    }

    @Test
    void aLabelHasItsFontHaloAndPlace() {
        JsonNode label = flat("<TextSymbolizer><Label>" + property("name") + "</Label><Font>"
                + "<CssParameter name=\"font-family\">Noto Sans CJK SC</CssParameter><CssParameter name=\"font-size\">11</CssParameter>"
                + "<CssParameter name=\"font-weight\">bold</CssParameter></Font><LabelPlacement><PointPlacement>"
                + "<AnchorPoint><AnchorPointX>0.5</AnchorPointX><AnchorPointY>0</AnchorPointY></AnchorPoint>"
                + "<Displacement><DisplacementX>0</DisplacementX><DisplacementY>9</DisplacementY></Displacement>"
                + "</PointPlacement></LabelPlacement><Halo><Radius>1.5</Radius><Fill><CssParameter name=\"fill\">#ffffff</CssParameter></Fill></Halo>"
                + "<Fill><CssParameter name=\"fill\">#33414e</CssParameter></Fill></TextSymbolizer>");
        assertThat(label.path("text-value").toString())
                .isEqualTo("[\"case\",[\"has\",\"name\"],[\"to-string\",[\"get\",\"name\"]],\"\"]");
        assertThat(label.path("text-font").asString("")).startsWith("normal bold 11px \"Noto Sans CJK SC\"");
        assertThat(label.path("text-baseline").asString("")).isEqualTo("bottom");
        assertThat(label.path("text-offset-y").asDouble()).as("up").isEqualTo(-9);
        assertThat(label.path("text-stroke-width").asDouble()).isEqualTo(3);
    }

    @Test
    void filtersBecomeExpressionsInTheTypeOfTheAttribute() {
        assertThat(filter(compare("PropertyIsEqualTo", "kind", "village")))
                .isEqualTo("[\"==\",[\"get\",\"kind\"],\"village\"]");
        assertThat(filter(compare("PropertyIsEqualTo", "staffed", "true")))
                .isEqualTo("[\"==\",[\"get\",\"staffed\"],true]");
        assertThat(filter(compare("PropertyIsLessThan", "people", "500")))
                .as("unknown is not small")
                .isEqualTo("[\"all\",[\"has\",\"people\"],[\"<\",[\"get\",\"people\"],500.0]]");
        assertThat(filter(compare("PropertyIsNotEqualTo", "kind", "town")))
                .isEqualTo("[\"all\",[\"has\",\"kind\"],[\"!=\",[\"get\",\"kind\"],\"town\"]]");
        assertThat(filter("<ogc:PropertyIsNull>" + property("people") + "</ogc:PropertyIsNull>"))
                .isEqualTo("[\"!\",[\"has\",\"people\"]]");
        assertThat(
                        filter(
                                "<ogc:PropertyIsBetween>" + property("people")
                                        + "<ogc:LowerBoundary><ogc:Literal>1</ogc:Literal></ogc:LowerBoundary>"
                                        + "<ogc:UpperBoundary><ogc:Literal>9</ogc:Literal></ogc:UpperBoundary></ogc:PropertyIsBetween>"))
                .isEqualTo("[\"all\",[\"has\",\"people\"],[\"between\",[\"get\",\"people\"],1.0,9.0]]");
        assertThat(filter("<ogc:Or><ogc:Not>" + compare("PropertyIsEqualTo", "kind", "town") + "</ogc:Not><ogc:And>"
                        + compare("PropertyIsEqualTo", "kind", "town")
                        + compare("PropertyIsEqualTo", "staffed", "false")
                        + "</ogc:And></ogc:Or>"))
                .isEqualTo("[\"any\",[\"!\",[\"==\",[\"get\",\"kind\"],\"town\"]],"
                        + "[\"all\",[\"==\",[\"get\",\"kind\"],\"town\"],[\"==\",[\"get\",\"staffed\"],false]]]");
        assertThat(mistakes).isEmpty();
    }

    @Test
    void scalesBecomeResolutionsAtTheStandardsPixel() {
        LayerStyle style = read("<Rule><MinScaleDenominator>50000</MinScaleDenominator>"
                + "<MaxScaleDenominator>100000</MaxScaleDenominator>" + DOT + "</Rule>");
        // 50 000 · 0.28 mm = 14 m, 100 000 · 0.28 mm = 28 m a pixel.
        JsonNode filter = style.style().get(0).path("filter");
        assertThat(filter.get(1).get(2).asDouble()).isCloseTo(14, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(filter.get(2).get(2).asDouble()).isCloseTo(28, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void theLegendNamesEachSignOnceAsItLooksFromNear() {
        String far = DOT.replace("<Size>8", "<Size>4");
        LayerStyle style = read("<Rule><Title>村 | Village</Title><MinScaleDenominator>100000</MinScaleDenominator>"
                + far
                + "</Rule><Rule><Title>村 | Village</Title><MaxScaleDenominator>100000</MaxScaleDenominator>" + DOT
                + "</Rule><Rule><Title>名 | Names</Title><TextSymbolizer><Label>" + property("name")
                + "</Label></TextSymbolizer></Rule>");
        assertThat(style.title().en()).isEqualTo("Places");
        assertThat(style.legend()).hasSize(1);
        LayerStyle.Entry entry = style.legend().get(0);
        assertThat(entry.title()).isEqualTo(new LayerStyle.BothLanguages("村", "Village"));
        assertThat(entry.geometry()).isEqualTo("point");
        assertThat(entry.style().get(0).path("circle-radius").asDouble()).isEqualTo(4);
    }

    @Test
    void allThatLiesOutsideOurPartIsSaidAtOnceWithFileLineAndElement() {
        read("<Rule><ogc:Filter>" + compare("PropertyIsLike", "kind", "v%") + "</ogc:Filter>" + DOT + "</Rule>\n"
                + "<Rule><RasterSymbolizer/>" + DOT + "</Rule>\n"
                + "<Rule><ogc:Filter>" + compare("PropertyIsEqualTo", "nosuch", "1") + "</ogc:Filter>" + DOT
                + "</Rule>\n"
                + "<Rule><ogc:Filter>" + compare("PropertyIsEqualTo", "kind", "hamlet") + "</ogc:Filter>" + DOT
                + "</Rule>\n"
                + "<Rule><ogc:Filter>" + compare("PropertyIsGreaterThan", "kind", "town") + "</ogc:Filter>" + DOT
                + "</Rule>\n"
                + "<Rule>" + DOT.replace("#ff0000", "red") + "</Rule>\n"
                + "<Rule>" + DOT.replace("circle", "heart") + "</Rule>\n"
                + "<Rule><PointSymbolizer><Graphic><ExternalGraphic><OnlineResource xlink:href=\"symbols/gone.svg\"/>"
                + "</ExternalGraphic></Graphic></PointSymbolizer></Rule>\n"
                + "<Rule><PointSymbolizer><Graphic><ExternalGraphic><OnlineResource xlink:href=\"../../etc/passwd\"/>"
                + "</ExternalGraphic></Graphic></PointSymbolizer></Rule>\n"
                + "<Rule><MinScaleDenominator>2</MinScaleDenominator><MaxScaleDenominator>1</MaxScaleDenominator>" + DOT
                + "</Rule>\n<Rule><Title>空</Title></Rule>");
        assertThat(mistakes.stream().map(Mistake::where).toList())
                .containsExactly(
                        "places.sld:3 <PropertyIsLike>",
                        "places.sld:4 <RasterSymbolizer>",
                        "places.sld:5 <PropertyName>",
                        "places.sld:6 <Literal>",
                        "places.sld:7 <Literal>",
                        "places.sld:8 <CssParameter>",
                        "places.sld:9 <WellKnownName>",
                        "places.sld:10 <ExternalGraphic>",
                        "places.sld:11 <ExternalGraphic>",
                        "places.sld:12 <Rule>",
                        "places.sld:13 <Rule>");
        assertThat(mistakes.get(2).what().toString()).contains("people");
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        for (String bad : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x \"xx\">]><a>&x;</a>",
                "<a>",
                "",
                "<a>".repeat(100)))
            assertThatThrownBy(() -> SldNode.read(new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8))))
                    .as(bad)
                    .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void everyStyleThatWeShipIsUnderstood() throws Exception {
        List<Path> files;
        try (var all = Files.list(Path.of("styles"))) {
            files = all.filter(path -> path.toString().endsWith(".sld")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String id = file.getFileName().toString().replace(".sld", "");
            Path definition = Path.of("layers", id + ".yaml");
            LayerDefinition shipped = Files.exists(definition)
                    ? TestCatalogue.definitions(Files.readString(definition)).get(0)
                    : null;
            try (var in = Files.newInputStream(file)) {
                new SldReader(id + ".sld", shipped, symbol -> Files.exists(Path.of("styles/symbols", symbol)), mistakes)
                        .read(SldNode.read(in));
            }
        }
        assertThat(mistakes).isEmpty();
    }
}
