package org.anquan.scenario;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScenariosTest {
    private static final ScenarioSettings SETTINGS = new ScenarioSettings(
            100,
            80,
            50,
            20_000,
            200_000,
            5_000,
            10_000,
            5_000,
            10,
            Map.of(
                    "rain",
                    new ScenarioSettings.Preset(0.8, "test"),
                    "heavyRain",
                    new ScenarioSettings.Preset(0.5, "test")));
    private static final JsonMapper JSON = new JsonMapper();

    /** Section 0: (0,0)-(1000,0); section 1: (1000,0)-(2000,0); section 2: (0,0)-(0,1000). 1 000 m at 36 km/h = 100 s. */
    private static final RoadNetwork NETWORK = town().road("东路", 0, 0)
            .to(1000, 0)
            .to(2000, 0)
            .road("北路", 0, 0)
            .to(0, 1000)
            .network();

    /** A channel that crosses the east road at x = 1 500. */
    private static final LineString CHANNEL = GeoJson.FACTORY.createLineString(new Coordinate[] {
        new Coordinate(lon(1500, -500), lat(1500, -500)), new Coordinate(lon(1500, 500), lat(1500, 500))
    });

    private final List<Mistake> mistakes = new ArrayList<>();
    private TestCatalogue catalogue;

    @BeforeEach
    void open(@TempDir Path folder) {
        catalogue = TestCatalogue.open(folder);
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void aScenarioThatChangesNothingGivesTheTimesThemselves() {
        WhatIf whatIf = apply("{}");
        assertThat(whatIf.keyMillis()).isSameAs(NETWORK.graph().keyMillis(TravelProfile.FIRE_ENGINE));
        assertThat(whatIf.closedEdges()).isZero();
    }

    @Test
    void aDrawnLineClosesWhatItCrossesAndNothingElse() {
        WhatIf whatIf = apply("{\"closures\":[" + line(500, -50, 500, 50) + "]}");
        assertThat(whatIf.keyMillis()).containsExactly(CLOSED, CLOSED, 100_000, 100_000, 100_000, 100_000);
        assertThat(whatIf.impassable()).isEmpty();
    }

    @Test
    void aDrawnPointClosesTheNearestSectionWithinReach() {
        assertThat(apply("{\"closures\":[" + point(1700, 60) + "]}").keyMillis())
                .containsExactly(100_000, 100_000, CLOSED, CLOSED, 100_000, 100_000);
        WhatIf far = apply("{\"closures\":[" + point(1700, 150) + "]}");
        assertThat(far.closedEdges()).isZero();
        assertThat(far.warnings()).extracting(Text::key).containsExactly("scenario.closureTouchesNothing");
    }

    @Test
    void aHazardLayerClosesWithinItsBufferAndNobodyWalksThrough() {
        WhatIf whatIf = apply("{\"closures\":[{\"layer\":\"flood_channel\",\"filter\":\"\",\"bufferMetres\":50}]}");
        assertThat(whatIf.keyMillis()).containsExactly(100_000, 100_000, CLOSED, CLOSED, 100_000, 100_000);
        assertThat(whatIf.impassable()).hasSize(1);
        assertThat(apply("{\"closures\":[{\"layer\":\"flood_channel\",\"bufferMetres\":600}]}")
                        .closedEdges())
                .isEqualTo(2);
    }

    @Test
    void roadsAreClosedByIdAndUnknownIdsAreNamed() {
        WhatIf whatIf = apply("{\"closures\":[{\"roads\":[\"w2\",\"w99\"]}]}");
        assertThat(whatIf.keyMillis()).containsExactly(100_000, 100_000, 100_000, 100_000, CLOSED, CLOSED);
        assertThat(whatIf.warnings()).containsExactly(Text.of("scenario.roadsUnknown", List.of("w99")));
    }

    @Test
    void factorsMultiplySpeedEverywhereOrInAnArea() {
        // 100 s at 0.8 of the speed = 125 s; at 0.8 and 0.5 = 250 s.
        WhatIf whatIf = apply("{\"factors\":[{\"value\":0.8,\"why\":\"暴雨\"},{\"value\":0.5,\"why\":\"积水\",\"area\":"
                + square(-100, 500, 100, 700) + "}]}");
        assertThat(whatIf.keyMillis()).containsExactly(125_000, 125_000, 125_000, 125_000, 250_000, 250_000);
    }

    @Test
    void aPresetIsFoundByItsNameHoweverItIsWritten() {
        for (String name : List.of("heavyRain", "HEAVYRAIN", "heavyrain"))
            assertThat(apply("{\"factors\":[{\"preset\":\"" + name + "\"}]}").keyMillis()[0])
                    .as(name)
                    .isEqualTo(200_000);
    }

    @Test
    void whatWouldNotBeHeededIsRefused() {
        String wide = square(400, -100, 600, 100).replaceFirst("}$", ",\"bufferMetres\":50}");
        String oneway = "{\"added\":{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                + "{\"oneway\":\"yes\"},\"geometry\":" + line(0, 0, 500, 500) + "}]}}";
        scenarios()
                .read(
                        JSON.readTree("{\"closures\":[" + wide + "],\"facilities\":[\"a\"],\"factors\":[{}],\"roads\":"
                                + oneway + "}"),
                        "s",
                        mistakes);
        assertThat(mistakes)
                .extracting(Mistake::where)
                .containsExactly(
                        "s.closures[0].bufferMetres",
                        "s.factors[0].value",
                        "s.facilities",
                        "s.roads.added.features[0].properties.oneway");
    }

    @Test
    void aCollectionIsMendedPartByPart() {
        // The bow tie and two points in a collection in a collection: its areas bar walkers too.
        String bowTie = "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(400, -100) + "," + xy(600, 100) + ","
                + xy(600, -100) + "," + xy(400, 100) + "," + xy(400, -100) + "]]}";
        String points = "{\"type\":\"MultiPoint\",\"coordinates\":[" + xy(1200, 5) + "," + xy(5, 700) + "]}";
        String inner = "{\"type\":\"GeometryCollection\",\"geometries\":[" + bowTie + "," + points + "]}";
        WhatIf whatIf = apply("{\"closures\":[{\"type\":\"GeometryCollection\",\"geometries\":[" + inner + "]}]}");
        assertThat(whatIf.closedEdges()).isEqualTo(3);
        assertThat(whatIf.impassable()).hasSize(2).allMatch(Geometry::isValid);
    }

    @Test
    void areasDrawnOutsideAScenarioHaveTheSameLimits() {
        // 120 strips across 120 others cross 4 × 14 400 times; side by side they only touch.
        List<String> across = new ArrayList<>();
        List<String> besides = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            across.add(square(10 * i, 0, 10 * i + 5, 1200));
            across.add(square(0, 10 * i, 1200, 10 * i + 5));
            besides.add(square(10 * i, 0, 10 * i + 10, 1200));
        }
        assertThat(scenarios().areas(collection(besides), "area", mistakes).orElseThrow())
                .hasSize(120);
        assertThat(scenarios().areas(collection(across), "area", mistakes)).isEmpty();
        assertThat(mistakes).extracting(m -> m.what().key()).containsExactly("scenario.tooCrossed");
    }

    private static JsonNode collection(List<String> geometries) {
        return JSON.readTree("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
                + String.join("},{\"type\":\"Feature\",\"geometry\":", geometries) + "}]}");
    }

    @Test
    void closingEverythingIsSaid() {
        WhatIf whatIf = apply("{\"closures\":[" + square(-100, -100, 2100, 1100) + "]}");
        assertThat(whatIf.closedEdges()).isEqualTo(3);
        assertThat(whatIf.warnings()).extracting(Text::key).contains("scenario.allClosed");
    }

    @Test
    void facilitiesAreSwitchedOffAndAdded() {
        Scenario scenario = read("{\"facilities\":{\"off\":[\"a\",\"z\"],\"added\":{\"type\":\"FeatureCollection\","
                + "\"features\":[{\"type\":\"Feature\",\"id\":\"b\",\"properties\":{\"name\":\"新站\"},\"geometry\":"
                + point(5, 5) + "}]}}}");
        PlaceSet now = new PlaceSet(List.of(at("a"), at("b")), null, false);
        PlaceSet then = scenarios().facilities(scenario, now);
        assertThat(then.places()).extracting(Place::id).containsExactly("b", "b-2");
        assertThat(then.places().get(1).name()).isEqualTo("新站");
        assertThat(scenarios().warnings(scenario, now)).containsExactly(Text.of("scenario.offUnknown", List.of("z")));
    }

    @Test
    void aBowTieStillMeansAnArea() {
        String bowTie = "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(400, -100) + "," + xy(600, 100) + ","
                + xy(600, -100) + "," + xy(400, 100) + "," + xy(400, -100) + "]]}";
        assertThat(apply("{\"closures\":[" + bowTie + "]}").closedEdges()).isEqualTo(1);
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() {
        scenarios()
                .read(
                        JSON.readTree("{\"closures\":[{\"layer\":\"no\"},{\"x\":1}],\"factors\":[{\"value\":0},"
                                + "{\"value\":1.5}],\"validFrom\":\"2026-03-05T14:00:00+08:00\","
                                + "\"validUntil\":\"2026-03-05T13:00:00+08:00\",\"speed\":1}"),
                        "inputs.scenario",
                        mistakes);
        assertThat(mistakes)
                .extracting(Mistake::where)
                .containsExactlyInAnyOrder(
                        "inputs.scenario.closures[0].layer",
                        "inputs.scenario.closures[1]",
                        "inputs.scenario.factors[0].value",
                        "inputs.scenario.factors[1].value",
                        "inputs.scenario.validUntil",
                        "inputs.scenario.speed");
        for (Mistake mistake : mistakes)
            for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH))
                assertThat(org.anquan.problem.Texts.in(language, mistake.what()))
                        .doesNotContain("scenario.", "process.");
    }

    @Test
    void aHundredThousandVerticesAreTakenAndMoreThanTheLimitRefused() {
        StringBuilder ring = new StringBuilder();
        int corners = 100_000;
        for (int i = 0; i <= corners; i++) {
            double angle = 2 * Math.PI * (i % corners) / corners;
            ring.append(i == 0 ? "" : ",").append(xy(500 + 50 * Math.cos(angle), 50 * Math.sin(angle)));
        }
        String polygon = "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}";
        assertThat(apply("{\"closures\":[" + polygon + "]}").closedEdges()).isEqualTo(1);
        scenarios().read(JSON.readTree("{\"closures\":[" + polygon + "," + polygon + "]}"), "s", mistakes);
        assertThat(mistakes).extracting(m -> m.what().key()).containsExactly("scenario.tooManyVertices");
    }

    /** A comb whose teeth stand across the street, so that every tooth crosses it. */
    private static String comb(int teeth) {
        StringBuilder ring = new StringBuilder();
        for (int i = 0; i < teeth; i++)
            ring.append(xy(400 + 200.0 * i / teeth, i % 2 == 0 ? -50 : 50)).append(",");
        return "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + xy(600, -60) + "," + xy(400, -60) + ","
                + xy(400, -50) + "]]}";
    }

    /** What is tangled costs far more than its vertices let expect: it is refused at once, in words, with the limit. */
    @Test
    void aZigzagOfAHundredThousandTeethIsRefusedAtOnceAndOneOfSomeThousandsIsTaken() {
        // Every second tooth encloses half the street between them.
        assertThat(apply("{\"closures\":[" + comb(4000) + "]}").closedEdges()).isEqualTo(1);
        scenarios().read(JSON.readTree("{\"closures\":[" + comb(100_000) + "]}"), "s", mistakes);
        assertThat(mistakes).extracting(m -> m.what().key()).containsExactly("scenario.tooFolded");
        assertThat(Texts.in(Locale.CHINESE, mistakes.get(0).what())).contains("最多 5000 次", "1 米");
    }

    @Test
    void aLineThatCrossesItselfEverywhereIsRefusedAtOnce() {
        // Of 400 corners in no order, most of the 80 000 pairs of sides cross.
        Random random = new Random(7);
        StringBuilder ring = new StringBuilder();
        for (int i = 0; i < 400; i++)
            ring.append(xy(400 + random.nextInt(200), random.nextInt(100))).append(",");
        String first = ring.substring(0, ring.indexOf("]") + 1);
        String area = "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + first + "]]}";
        scenarios().read(JSON.readTree("{\"closures\":[" + area + "," + area + "]}"), "s", mistakes);
        assertThat(mistakes).extracting(Mistake::where).containsExactly("s.closures[0]");
        assertThat(mistakes.get(0).what().key()).isEqualTo("scenario.tooTangled");
    }

    private static final int CLOSED = RoadGraph.CLOSED;

    private Scenarios scenarios() {
        NoLayers layers = new NoLayers(List.<Geometry>of(CHANNEL));
        PlaceSets places = new PlaceSets(layers, 100, Set.of("planned", "building", "closed", "full"));
        return new Scenarios(
                layers,
                places,
                SETTINGS,
                RealRoads.works(),
                new ScenarioStore(catalogue.documents(), places, SETTINGS, JSON));
    }

    private Scenario read(String json) {
        Scenario scenario = scenarios().read(JSON.readTree(json), "s", mistakes).orElse(Scenario.NONE);
        assertThat(mistakes).isEmpty();
        return scenario;
    }

    private WhatIf apply(String json) {
        return scenarios().onRoads(read(json), NETWORK, TravelProfile.FIRE_ENGINE);
    }

    private static Place at(String id) {
        return new Place(id, id, lon(0, 0), lat(0, 0), Map.of());
    }

    private static String xy(double x, double y) {
        return "[" + lon(x, y) + "," + lat(x, y) + "]";
    }

    private static String point(double x, double y) {
        return "{\"type\":\"Point\",\"coordinates\":" + xy(x, y) + "}";
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "{\"type\":\"LineString\",\"coordinates\":[" + xy(x1, y1) + "," + xy(x2, y2) + "]}";
    }

    private static String square(double west, double south, double east, double north) {
        return "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(west, south) + "," + xy(east, south) + ","
                + xy(east, north) + "," + xy(west, north) + "," + xy(west, south) + "]]}";
    }
}
