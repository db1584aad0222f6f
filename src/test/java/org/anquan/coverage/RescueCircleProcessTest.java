package org.anquan.coverage;

import static org.anquan.town.Town.lonLat;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.anquan.catalog.Change;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.exchange.RecordFiles;
import org.anquan.exchange.format.ReadOptions;
import org.anquan.exchange.format.RecordFormats;
import org.anquan.exchange.format.RecordSource;
import org.anquan.exchange.format.SourceRecord;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.anquan.home.AnquanHome;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Roads;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.Progress;
import org.anquan.terrain.Raster;
import org.anquan.terrain.TerrainData;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The process over a real store with the shipped layers, on a hand-worked road of 10 km at 10 m/s. */
class RescueCircleProcessTest {
    private static final RoadNetwork ROAD =
            town().road("东路", 0, 0).to(5000, 0).to(10_000, 0).network();

    @TempDir
    Path folder;

    private TestCatalogue store;
    private AnnotationConfigApplicationContext context;
    private Process process;
    private JsonMapper json;
    private @Nullable RoadNetwork roads = ROAD;

    @BeforeEach
    void start() throws IOException {
        store = TestCatalogue.open(
                folder,
                Files.readString(Path.of("layers/rescue_station.yaml")),
                Files.readString(Path.of("layers/village.yaml")),
                Files.readString(Path.of("layers/township.yaml")),
                Files.readString(Path.of("layers/helipad.yaml")),
                Files.readString(Path.of("layers/care_site.yaml")),
                Files.readString(Path.of("layers/hospital.yaml")),
                Files.readString(Path.of("layers/road.yaml")),
                Files.readString(Path.of("layers/shelter.yaml")));
        context = new AnnotationConfigApplicationContext();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(context.getEnvironment().getPropertySources()::addLast);
        context.registerBean(Layers.class, () -> store.layers());
        context.registerBean(RecordFiles.class);
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(AnquanHome.class, () -> new AnquanHome(folder));
        context.registerBean(Roads.class, TheRoad::new);
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.scan(
                "org.anquan.coverage",
                "org.anquan.scenario",
                "org.anquan.population",
                "org.anquan.terrain",
                "org.anquan.exchange.format",
                "org.anquan.problem",
                "org.anquan.geo");
        context.refresh();
        process = context.getBean(RescueCircleProcess.class);
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    @AfterEach
    void stop() {
        LocaleContextHolder.resetLocaleContext();
        context.close();
        store.close();
    }

    private final class TheRoad implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.ofNullable(roads);
        }

        @Override
        public RoadNetwork require() {
            return current().orElseThrow(() -> ProblemException.unavailable("network.none"));
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private void feature(String layer, String id, double x, double y, Map<String, Object> attributes) {
        double[] at = lonLat(x, y);
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put("name", id);
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(layer, id, TestCatalogue.point(at[0], at[1]), all)));
    }

    private void station(String id, double x, @Nullable String kind, @Nullable String status) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (kind != null) attributes.put("stationClass", kind);
        if (status != null) attributes.put("status", status);
        feature("rescue_station", id, x, 0, attributes);
    }

    private JsonNode ask(String inputs) {
        Object answer = process.execute((ObjectNode) json.readTree(inputs), Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    private List<Mistake> mistakes(String inputs) {
        List<Mistake> all = new ArrayList<>();
        assertThatThrownBy(() -> ask(inputs))
                .isInstanceOfSatisfying(ProblemException.class, e -> all.addAll(e.mistakes()));
        return all;
    }

    private static final String ALL_STATIONS = "\"facilities\": {\"layer\": \"rescue_station\"}";

    @Test
    void theAnswerHasTheShapesOfTheDesign() {
        station("s1", 0, "first", "active");
        feature("village", "v1", 3000, 100, Map.of("people", 120L));
        feature("village", "v2", 9000, 1490, Map.of("people", 30L));
        JsonNode answer = ask("{" + ALL_STATIONS + ", \"minutes\": [15, 5]}");
        JsonNode bands = answer.path("bands").path("features");
        assertThat(answer.path("bands").path("type").asString()).isEqualTo("FeatureCollection");
        // Minutes are sorted; the widest band comes first, so that a map draws the near one over it.
        assertThat(bands.get(0).path("properties").path("minutes").asInt()).isEqualTo(15);
        assertThat(bands.get(1).path("properties").path("minutes").asInt()).isEqualTo(5);
        assertThat(bands.get(0).path("geometry").path("type").asString()).isEqualTo("MultiPolygon");
        // v1: 60 + 300 + 80 = 440 s, within 15 but not within 5 minutes. v2: 60 + 900 + 1 192 = 2 152 s.
        assertThat(bands.get(0).path("properties").path("people").asLong()).isEqualTo(120);
        assertThat(bands.get(1).path("properties").path("people").asLong()).isZero();
        assertThat(answer.path("areas")
                        .path("features")
                        .get(0)
                        .path("properties")
                        .path("facilityId")
                        .asString())
                .isEqualTo("s1");
        assertThat(answer.path("covered").path("people").asLong()).isEqualTo(120);
        assertThat(answer.path("covered").path("shareOfPeople").asDouble()).isCloseTo(0.8, within(1e-9));
        JsonNode out = answer.path("uncovered").get(0);
        assertThat(out.path("id").asString()).isEqualTo("v2");
        assertThat(out.path("seconds").asDouble()).isCloseTo(2152, within(1.0));
        assertThat(out.path("reason").asString()).isEqualTo("beyond the limit by 21 min");
        assertThat(out.path("reasonText").asString()).isEqualTo("超出时限 21 分钟");
        assertThat(answer.path("accuracy").path("sameShare").asDouble()).isGreaterThan(0.9);
        // Provenance stands beside the answer, defaults filled in.
        assertThat(answer.path("inputs").path("profile").asString()).isEqualTo("fire_engine");
        assertThat(answer.path("inputs").path("offRoad").path("maxMetres").asDouble())
                .isEqualTo(2000);
        assertThat(answer.path("data").path("layers")).hasSize(2);
        assertThat(answer.path("data").path("roads").path("source").asString()).isEqualTo("town");
        assertThat(answer.path("computedMillis").asDouble()).isPositive();
        assertThat(answer.has("provenance")).isFalse();
    }

    @Test
    void theInputsOfAnAnswerGiveTheSameAnswerAgain() {
        station("s1", 0, "township1", null);
        feature("village", "v1", 3000, 100, Map.of("people", 120L));
        JsonNode first = ask("{" + ALL_STATIONS + "}");
        JsonNode again = ask(first.path("inputs").toString());
        for (String part : List.of("bands", "areas", "covered", "uncovered", "accuracy", "inputs"))
            assertThat(again.path(part)).as(part).isEqualTo(first.path(part));
    }

    @Test
    void turnoutComesFromThePlaceThenItsClassThenTheSlowest() {
        station("byClass", 0, "township1", null);
        station("unknown", 10_000, null, null);
        feature("rescue_station", "own", 5000, 0, Map.of("stationClass", "first", "turnoutSeconds", 77L));
        JsonNode answer = ask("{" + ALL_STATIONS + "}");
        Map<String, Integer> turnout = new LinkedHashMap<>();
        for (JsonNode area : answer.path("areas").path("features"))
            turnout.put(
                    area.path("id").asString(),
                    area.path("properties").path("turnoutSeconds").asInt());
        assertThat(turnout).containsOnly(Map.entry("byClass", 180), Map.entry("unknown", 300), Map.entry("own", 77));
        assertThat(answer.path("warnings").toString()).contains("最慢的 300 秒");
        JsonNode none = ask("{" + ALL_STATIONS + ", \"turnout\": \"none\"}");
        JsonNode all = ask("{" + ALL_STATIONS + ", \"turnout\": 30}");
        JsonNode some = ask("{" + ALL_STATIONS + ", \"turnout\": {\"township1\": 20}}");
        assertThat(turnoutOfFirst(none)).isZero();
        assertThat(turnoutOfFirst(all)).isEqualTo(30);
        assertThat(turnoutOfFirst(some)).isEqualTo(20);
        // Those who come to a place do not turn out from it.
        assertThat(turnoutOfFirst(ask("{" + ALL_STATIONS + ", \"direction\": \"to\"}")))
                .isZero();
    }

    private static int turnoutOfFirst(JsonNode answer) {
        for (JsonNode area : answer.path("areas").path("features"))
            if (area.path("id").asString().equals("byClass"))
                return area.path("properties").path("turnoutSeconds").asInt();
        throw new AssertionError("no area");
    }

    @Test
    void plannedStationsCountOnlyWhereTheFilterNamesTheStatus() {
        station("s1", 0, "first", "active");
        station("s2", 9000, "first", "planned");
        JsonNode usual = ask("{" + ALL_STATIONS + "}");
        assertThat(usual.path("areas").path("features")).hasSize(1);
        assertThat(usual.path("warnings").toString()).contains("有 1 处为规划", "s2");
        JsonNode asked = ask(
                "{\"facilities\": {\"layer\": \"rescue_station\", \"filter\": \"status IN ('active','planned')\"}}");
        assertThat(asked.path("areas").path("features")).hasSize(2);
        JsonNode switchedOn = ask("{" + ALL_STATIONS + ", \"scenario\": {\"facilities\": {\"on\": [\"s2\"]}}}");
        assertThat(switchedOn.path("areas").path("features")).hasSize(2);
        assertThat(switchedOn.path("warnings").toString()).doesNotContain("为规划");
        JsonNode other = ask("{\"facilities\": {\"layer\": \"rescue_station\", \"filter\": \"name <> 'status'\"}}");
        assertThat(other.path("areas").path("features")).hasSize(1);
    }

    /** Every question about a layer leaves out the same ones and names them. */
    @Test
    void whatIsOutOfServiceCountsInNoQuestionAndIsNamed() {
        station("s1", 0, "first", "active");
        station("s2", 9000, "first", "building");
        feature("village", "v1", 2000, 100, Map.of("people", 10L));
        feature("village", "v2", 9000, 100, Map.of("people", 70L));
        feature("shelter", "open", 1000, 0, Map.of("status", "open"));
        feature("shelter", "full", 9000, 0, Map.of("status", "full"));
        feature("shelter", "shut", 9000, 10, Map.of("status", "closed"));
        String question = "{" + ALL_STATIONS + ", \"minutes\": [8], \"offRoad\": {\"maxMetres\": 500}";
        // v2 is 60 + 900 + 80 s from s1, beyond 480 s; s2 would stand beside it.
        JsonNode links = ask(CriticalLinksProcess.class, question + ", \"shelters\": {\"minutes\": 10}}");
        assertThat(links.path("people").asLong()).isEqualTo(10);
        assertThat(links.path("warnings").toString()).contains("有 1 处为规划", "s2", "有 2 处为规划", "full", "shut");
        assertThat(links.path("shelters").path("people").asLong()).isEqualTo(10);
        JsonNode switchedOn =
                ask(CriticalLinksProcess.class, question + ", \"scenario\": {\"facilities\": {\"on\": [\"s2\"]}}}");
        assertThat(switchedOn.path("people").asLong()).isEqualTo(80);
        assertThat(switchedOn.path("warnings").toString()).doesNotContain("为规划");
        String teams = question + ", \"teams\": 1, \"candidates\": {\"layer\": \"shelter\"";
        JsonNode standing = ask(PrePositionProcess.class, teams + "}}");
        assertThat(standing.path("candidates").asInt()).isEqualTo(1);
        assertThat(standing.path("warnings").toString()).contains("full", "shut");
        assertThat(ask(PrePositionProcess.class, teams + ", \"filter\": \"status <> 'closed'\"}}")
                        .path("candidates")
                        .asInt())
                .isEqualTo(2);
        String toShelters = "{\"facilities\": {\"layer\": \"shelter\"}, \"direction\": \"to\", \"minutes\": [8]}";
        assertThat(ask(toShelters).path("areas").path("features")).hasSize(1);
        assertThat(ask(toShelters).path("warnings").toString()).contains("有 2 处为规划");
        String noneOpen =
                "{\"facilities\": {\"layer\": \"shelter\", \"filter\": \"name <> 'open'\"}, \"cellMetres\": 50}";
        assertThatThrownBy(() -> ask(CostRasterProcess.class, noneOpen))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).what().toString()).contains("所选 2 处", "停用"));
    }

    @Test
    void everyMistakeIsReportedAtOnceWithItsPath() {
        assertThat(mistakes("{\"facilities\": {\"layer\": \"rescue_stations\"}, \"minutes\": [15, 0, 100000, 2.5],"
                        + " \"direction\": \"up\", \"profile\": \"tank\", \"turnout\": {\"firts\": 5},"
                        + " \"offRoad\": {\"maxMetres\": -1, \"cells\": 3}, \"rings\": \"yes\","
                        + " \"scenario\": 5, \"minute\": [3]}"))
                .extracting(Mistake::where)
                .contains(
                        "inputs.facilities.layer",
                        "inputs.minutes[1]",
                        "inputs.minutes[2]",
                        "inputs.minutes[3]",
                        "inputs.direction",
                        "inputs.profile",
                        "inputs.turnout.firts",
                        "inputs.offRoad.maxMetres",
                        "inputs.offRoad.cells",
                        "inputs.rings",
                        "inputs.scenario",
                        "inputs.minute");
        assertThat(mistakes("{}")).extracting(Mistake::where).containsExactly("inputs.facilities");
        assertThat(mistakes("{" + ALL_STATIONS + ", \"minutes\": []}"))
                .extracting(Mistake::where)
                .containsExactly("inputs.minutes");
        assertThat(mistakes("{\"facilities\": {\"layer\": \"rescue_station\", \"filter\": \"colour = 'red'\"}}"))
                .extracting(Mistake::where)
                .containsExactly("inputs.facilities.filter");
        assertThat(mistakes("{\"facilities\": {\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\","
                        + " \"geometry\": {\"type\": \"Point\", \"coordinates\": [105.8, 32.4]},"
                        + " \"properties\": {\"turnoutSeconds\": -5}}]}}"))
                .extracting(Mistake::where)
                .containsExactly("inputs.facilities.features[0].properties.turnoutSeconds");
    }

    @Test
    void aStationInTheSeaOfTheRequestIsRefusedWithItsPlaceInTheRequest() {
        double[] ok = lonLat(0, 0);
        assertThat(mistakes("{\"facilities\": [[" + ok[0] + ", " + ok[1] + "], [123.5, 30.2]]}"))
                .extracting(Mistake::where)
                .containsExactly("inputs.facilities[1]");
    }

    @Test
    void anEmptyLayerIsAProblemWithWords() {
        assertThatThrownBy(() -> ask("{" + ALL_STATIONS + "}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("coverage.noStations"));
    }

    @Test
    void withoutRoadsTheAnswerSaysSo() {
        roads = null;
        station("s1", 0, "first", null);
        assertThatThrownBy(() -> ask("{" + ALL_STATIONS + "}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("network.none"));
    }

    @Test
    void aClosureIsComparedWithTheWorldAsItIs() {
        station("s1", 0, "first", null);
        feature("village", "near", 1000, 0, Map.of("people", 10L));
        feature("village", "cut", 8000, 0, Map.of("people", 25L));
        double[] a = lonLat(7000, -60);
        double[] b = lonLat(7000, 60);
        // The line closes the section from x = 5 000 to 10 000; from 5 000 one may walk on for 2 000 m.
        JsonNode answer = ask("{" + ALL_STATIONS + ", \"minutes\": [30], \"compare\": {\"closures\": [{\"type\":"
                + " \"LineString\", \"coordinates\": [[" + a[0] + "," + a[1] + "],[" + b[0] + "," + b[1] + "]]}]}}");
        assertThat(answer.path("before").path("covered").path("people").asLong())
                .isEqualTo(35);
        assertThat(answer.path("after").path("covered").path("people").asLong()).isEqualTo(10);
        JsonNode difference = answer.path("difference");
        assertThat(difference.path("people").asLong()).isEqualTo(-25);
        assertThat(difference.path("lostVillages").get(0).path("id").asString()).isEqualTo("cut");
        assertThat(difference.path("gainedVillages")).isEmpty();
        assertThat(difference.path("areaSquareMetres").asDouble())
                .isCloseTo(
                        answer.path("after")
                                        .path("covered")
                                        .path("areaSquareMetres")
                                        .asDouble()
                                - answer.path("before")
                                        .path("covered")
                                        .path("areaSquareMetres")
                                        .asDouble(),
                        within(1e-6));
        assertThat(answer.path("data").path("layers")).isNotEmpty();
    }

    @Test
    void aFloodedAreaIsWalkedAroundNotThrough() {
        station("s1", 0, "first", null);
        feature("village", "behind", 2000, 900, Map.of("people", 5L));
        feature("village", "inside", 2000, 500, Map.of("people", 6L));
        // A lake north of the road, x 1 000 to 3 000, y 300 to 700; the road itself stays open.
        List<String> ring = new ArrayList<>();
        for (double[] p : new double[][] {{1000, 300}, {3000, 300}, {3000, 700}, {1000, 700}, {1000, 300}}) {
            double[] at = lonLat(p[0], p[1]);
            ring.add("[" + at[0] + "," + at[1] + "]");
        }
        String lake = "{\"closures\": [{\"type\": \"Polygon\", \"coordinates\": [[" + String.join(",", ring) + "]]}]}";
        JsonNode dry = ask("{" + ALL_STATIONS + ", \"minutes\": [1]}");
        JsonNode wet = ask("{" + ALL_STATIONS + ", \"minutes\": [1], \"scenario\": " + lake + "}");
        // Dry: 60 + 200 + 900 / 1.25 = 980 s. Wet: round a corner, at best from (3 000, 0) by (3 000, 700) to
        // (2 000, 900): 60 + 300 + (700 + 1 020) / 1.25 = 1 736 s; the west side takes 200 s less of road.
        assertThat(seconds(dry, "behind")).isCloseTo(980, within(1.0));
        assertThat(seconds(wet, "behind")).isBetween(1500.0, 1800.0);
        JsonNode inside = village(wet, "inside");
        assertThat(inside.path("seconds").isNull()).isTrue();
        // The road beside the lake is reached, the way on foot is not there.
        assertThat(inside.path("reasonCode").asString()).isEqualTo("barred");
    }

    private static JsonNode village(JsonNode answer, String id) {
        for (JsonNode village : answer.path("uncovered"))
            if (village.path("id").asString().equals(id)) return village;
        throw new AssertionError(id + " is not outside");
    }

    private static double seconds(JsonNode answer, String id) {
        return village(answer, id).path("seconds").asDouble();
    }

    @Test
    void theWorkbookHasThreeSheetsInTheLanguageOfTheReader() throws IOException {
        station("s1", 0, "first", null);
        feature("village", "v1", 3000, 100, Map.of("people", 120L));
        feature("village", "v2", 9000, 1900, Map.of());
        Object answer = process.execute(
                (ObjectNode) json.readTree("{" + ALL_STATIONS + ", \"minutes\": [15]}"), Progress.none());
        assertThat(sheets(answer)).containsExactly("概要", "各站", "圈外村庄");
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(sheets(answer)).containsExactly("Summary", "Stations", "Villages outside");
        try (ReadableWorkbook book = workbook(answer)) {
            var rows = book.getSheets().toList().get(2).read();
            assertThat(rows.get(1).getCellText(0)).isEqualTo("v2");
            assertThat(rows.get(1).getCellText(2)).isEqualTo("unknown");
            assertThat(rows.get(1).getCellText(5)).startsWith("beyond the limit by");
        }
    }

    private ReadableWorkbook workbook(Object answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.write(answer, process.otherFormats().get(0), out);
        return new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()));
    }

    private List<String> sheets(Object answer) throws IOException {
        try (ReadableWorkbook book = workbook(answer)) {
            return book.getSheets().map(Sheet::getName).toList();
        }
    }

    @Test
    void theDescriptionNamesEveryInputAndOutputInWords() {
        var description = process.description();
        assertThat(description.inputs().propertyNames()).containsExactlyElementsOf(CircleInputs.NAMES);
        station("s1", 0, "first", null);
        for (String part : List.of("bands", "areas", "covered", "uncovered", "accuracy", "inputs", "data", "warnings"))
            assertThat(description.outputs().propertyNames()).contains(part);
        assertThat(description.toString()).doesNotContain("coverage.process");
        // A client that checks against the schema may send the name of a scenario.
        for (String scenario : List.of("scenario", "compare"))
            assertThat(description.inputs().path(scenario).toString()).contains("{\"type\":\"string\"}");
        assertThat(ask(description.example().path("inputs").toString()).has("bands"))
                .isTrue();
    }

    private void area(String layer, String id, double west, double south, double east, double north) {
        double[][] corners = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
        Coordinate[] ring = new Coordinate[corners.length];
        for (int i = 0; i < ring.length; i++) {
            double[] at = lonLat(corners[i][0], corners[i][1]);
            ring[i] = new Coordinate(at[0], at[1]);
        }
        Geometry outline = GeoJson.FACTORY.createMultiPolygon(new Polygon[] {GeoJson.FACTORY.createPolygon(ring)});
        store.edits()
                .apply(TestCatalogue.me("test"), List.of(new Change.Create(layer, id, outline, Map.of("name", id))));
    }

    @Test
    void severalKindsMustAllComeEachWithItsTurnoutAndLimit() {
        feature("village", "near", 1000, 0, Map.of("people", 10L));
        feature("village", "middle", 4000, 0, Map.of("people", 20L));
        feature("village", "far", 8950, 0, Map.of("people", 40L));
        String fire = points("f1", 0, "fire");
        String ambulance = points("a1", 10_000, "ambulance");
        JsonNode answer = ask("{\"kinds\": ["
                + "{\"id\": \"fire\", \"title\": \"消防\", \"facilities\": " + fire
                + ", \"minutes\": 10, \"turnout\": 60},"
                + "{\"id\": \"ambulance\", \"title\": \"救护\", \"facilities\": " + ambulance
                + ", \"minutes\": 15, \"turnout\": 180, \"profile\": \"car\"}], \"backup\": true}");
        // Fire: 60 + 100, 60 + 400, 60 + 895 s against 600. Ambulance from the other end: 180 + 900, 180 + 600, 180 +
        // 105 s
        // against 900. Only the middle has both.
        assertThat(answer.path("covered").path("people").asLong()).isEqualTo(20);
        assertThat(answer.path("uncovered"))
                .extracting(v -> v.path("id").asString())
                .containsExactly("far", "near");
        JsonNode far = answer.path("uncovered").get(0);
        assertThat(far.path("reasonCode").asString()).isEqualTo("kinds");
        assertThat(far.path("missing")).hasSize(1);
        assertThat(far.path("missing").get(0).path("kind").asString()).isEqualTo("fire");
        assertThat(far.path("missing").get(0).path("seconds").asDouble()).isCloseTo(955, within(1.0));
        assertThat(far.path("reasonText").asString()).isEqualTo("消防：超出时限 6 分钟");
        // The band is the middle piece of the road: fire reaches 5 400 m, the ambulance comes down to 10 000 - 7 200 m.
        assertThat(answer.path("bands").path("features")).hasSize(1);
        assertThat(answer.path("kinds")).hasSize(2);
        assertThat(answer.path("kinds").get(1).path("covered").path("people").asLong())
                .isEqualTo(60);
        assertThat(answer.path("kinds")
                        .get(0)
                        .path("backup")
                        .path("villagesWithout")
                        .asInt())
                .isEqualTo(2);
        JsonNode any = ask("{\"kinds\": ["
                + "{\"id\": \"fire\", \"facilities\": " + fire + ", \"minutes\": 10, \"turnout\": 60},"
                + "{\"id\": \"ambulance\", \"facilities\": " + ambulance
                + ", \"minutes\": 15, \"turnout\": 180}], \"combine\": \"any\"}");
        assertThat(any.path("covered").path("people").asLong()).isEqualTo(70);
        JsonNode again = ask(any.path("inputs").toString());
        assertThat(again.path("covered")).isEqualTo(any.path("covered"));
    }

    private static String points(String id, double x, String name) {
        double[] at = lonLat(x, 0);
        return "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"id\": \"" + id
                + "\", \"properties\": {\"name\": \"" + name
                + "\"}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [" + at[0] + "," + at[1] + "]}}]}";
    }

    @Test
    void whatIsWrongWithKindsIsSaidAtOnce() {
        assertThat(mistakes("{\"minutes\": [3], \"kinds\": [{\"id\": \"a\", \"facilities\": [[105.8, 32.4]]},"
                        + " {\"id\": \"a\", \"minutes\": 9999, \"facilities\": [[105.8, 32.4]], \"x\": 1}, 7],"
                        + " \"combine\": \"some\", \"backup\": 1, \"lists\": [\"nothing\"], \"helicopters\": 3}"))
                .extracting(Mistake::where)
                .containsExactlyInAnyOrder(
                        "inputs.minutes",
                        "inputs.kinds[0].minutes",
                        "inputs.kinds[1].x",
                        "inputs.kinds[1].id",
                        "inputs.kinds[1].minutes",
                        "inputs.kinds[2]",
                        "inputs.combine",
                        "inputs.backup",
                        "inputs.lists[0]",
                        "inputs.helicopters");
    }

    @Test
    void townshipsListsAndGroupsAddUp() throws IOException {
        station("s1", 0, "first", null);
        area("township", "West", -3000, -3000, 5000, 3000);
        area("township", "East", 5000, -3000, 11_000, 3000);
        feature("village", "v1", 1000, 100, Map.of("people", 100L, "elderly", 30L));
        feature("village", "v2", 9000, 1000, Map.of("people", 50L, "elderly", 20L));
        // It says itself where it belongs, though it lies in the west.
        feature("village", "v3", 2000, 100, Map.of("people", 7L, "township", "East"));
        feature("care_site", "school", 8000, 1500, Map.of("people", 400L, "kind", "school"));
        feature("care_site", "home", 1000, 0, Map.of("people", 20L, "kind", "careHome"));
        feature("hospital", "clinic", 8000, 1500, Map.of("people", 3L));
        JsonNode answer = ask("{" + ALL_STATIONS + ", \"minutes\": [15]}");
        JsonNode east = answer.path("townships").get(0);
        JsonNode west = answer.path("townships").get(1);
        assertThat(east.path("name").asString()).isEqualTo("East");
        assertThat(east.path("people").asLong()).isEqualTo(57);
        assertThat(east.path("peopleCovered").asLong()).isEqualTo(7);
        assertThat(east.path("reasons").path("beyond_limit").asInt()).isEqualTo(1);
        assertThat(east.path("latestVillage").asString()).isEqualTo("v2");
        // 60 + 900 + 800 s.
        assertThat(east.path("latestSeconds").asDouble()).isCloseTo(1760, within(1.0));
        assertThat(west.path("peopleUncovered").asLong()).isZero();
        double covered = east.path("coveredSquareMetres").asDouble()
                + west.path("coveredSquareMetres").asDouble();
        // The outlines hold the whole circle; cells and contours differ at the border only.
        assertThat(covered)
                .isCloseTo(answer.path("covered").path("areaSquareMetres").asDouble(), within(0.04 * covered));
        JsonNode elderly = answer.path("covered").path("groups").get(0);
        assertThat(elderly.path("id").asString()).isEqualTo("elderly");
        assertThat(elderly.path("people").asLong()).isEqualTo(30);
        assertThat(elderly.path("total").asLong()).isEqualTo(50);
        assertThat(elderly.path("villagesUnknown").asInt()).isEqualTo(1);
        JsonNode care = answer.path("lists").get(1);
        assertThat(care.path("layer").asString()).isEqualTo("care_site");
        assertThat(care.path("group").asString()).isEqualTo("care");
        assertThat(care.path("total").asInt()).isEqualTo(2);
        assertThat(care.path("outside").asInt()).isEqualTo(1);
        assertThat(care.path("places").get(0).path("id").asString()).isEqualTo("school");
        // The people of a hospital are its crew: how many patients are cut off, nobody knows.
        JsonNode clinic = answer.path("lists").get(0);
        assertThat(clinic.path("outside").asInt()).isEqualTo(1);
        assertThat(clinic.path("people").isNull()).isTrue();
        assertThat(ask("{" + ALL_STATIONS + ", \"lists\": []}").path("lists")).isEmpty();
        Object forExcel = process.execute(
                (ObjectNode) json.readTree("{" + ALL_STATIONS + ", \"backup\": true}"), Progress.none());
        assertThat(sheets(forExcel)).containsExactly("概要", "分乡镇", "各站", "圈外村庄", "圈外清单", "替补", "首到和第二站");
    }

    @Test
    void helicoptersLaunchFlyAndLandAndThenPeopleWalk() {
        station("s1", 0, "first", null);
        feature("helipad", "base", 0, 500, Map.of("kind", "airport"));
        // 20 km to the north, far from any road.
        feature("helipad", "pad", 0, 20_500, Map.of("kind", "pad"));
        feature("village", "valley", 0, 21_000, Map.of("people", 9L));
        JsonNode without = ask("{" + ALL_STATIONS + ", \"minutes\": [60]}");
        assertThat(without.path("uncovered").get(0).path("reasonCode").asString())
                .isEqualTo("no_road");
        JsonNode with = ask("{" + ALL_STATIONS + ", \"minutes\": [15, 60], \"helicopters\": true}");
        assertThat(with.path("covered").path("people").asLong()).isEqualTo(9);
        // 20 min launch + 20 km at 200 km/h = 6 min + 3 min landing + 500 m on foot = 400 s: 2 140 s.
        JsonNode late = ask("{" + ALL_STATIONS + ", \"minutes\": [15, 30], \"helicopters\": true}");
        assertThat(late.path("uncovered").get(0).path("seconds").asDouble()).isCloseTo(2140, within(3.0));
        assertThat(late.path("uncovered").get(0).path("nearestFacilityId").asString())
                .isEqualTo("air:pad");
        // A pad that the scenario shuts is not flown to, and one that is only planned is flown to where it opens it.
        String padsOf = "{" + ALL_STATIONS + ", \"minutes\": [60], \"helicopters\": true, \"scenario\":"
                + " {\"facilities\": {\"off\": [\"pad\"], \"on\": [%s]}}}";
        feature("helipad", "later", 0, 20_600, Map.of("kind", "pad", "status", "planned"));
        JsonNode shut = ask(padsOf.formatted(""));
        assertThat(shut.path("covered").path("people").asLong()).isZero();
        assertThat(shut.path("warnings").toString()).contains("有 1 处为规划", "later");
        JsonNode opened = ask(padsOf.formatted("\"later\""));
        assertThat(opened.path("covered").path("people").asLong()).isEqualTo(9);
        assertThat(opened.path("warnings").toString()).doesNotContain("later");
        JsonNode night = ask(
                "{" + ALL_STATIONS + ", \"minutes\": [60], \"helicopters\": {\"at\": \"2026-06-21T23:30:00+08:00\"}}");
        assertThat(night.path("covered").path("people").asLong()).isZero();
        assertThat(night.path("warnings").toString()).contains("直升机");
        // As understood, with the defaults, and to be run again.
        JsonNode air = with.path("inputs").path("helicopters");
        assertThat(air.path("pads").path("layer").asString()).isEqualTo("helipad");
        assertThat(air.path("launchMinutes").asDouble()).isEqualTo(20);
        assertThat(air.path("speedKmh").asDouble()).isEqualTo(200);
        assertThat(ask(with.path("inputs").toString()).path("bands")).isEqualTo(with.path("bands"));
        JsonNode backup = ask("{" + ALL_STATIONS + ", \"minutes\": [60], \"helicopters\": true, \"backup\": true}")
                .path("backup");
        assertThat(backup.path("peopleWithout").asLong()).isEqualTo(9);
        assertThat(backup.path("villages").get(0).path("firstFacilityId").asString())
                .isEqualTo("air");
        assertThat(backup.path("stations").get(0).path("name").asString()).isEqualTo("直升机");
    }

    @Test
    void aVillageCutOffByAClosureIsToldSoWithTheTimeItHadBefore() {
        station("s1", 0, "first", null);
        feature("village", "v1", 8000, 0, Map.of("people", 5L));
        double[] a = lonLat(6000, -100);
        double[] b = lonLat(6000, 100);
        JsonNode answer = ask("{" + ALL_STATIONS + ", \"minutes\": [60], \"offRoad\": {\"maxMetres\": 500},"
                + " \"scenario\": {\"closures\": [{\"type\": \"LineString\", \"coordinates\": [["
                + a[0] + "," + a[1] + "],[" + b[0] + "," + b[1] + "]]}]}}");
        JsonNode v1 = answer.path("uncovered").get(0);
        assertThat(v1.path("reasonCode").asString()).isEqualTo("cut_off");
        assertThat(v1.path("secondsWithoutClosures").asDouble()).isCloseTo(860, within(1.0));
        assertThat(v1.path("reasonText").asString()).isEqualTo("因封路无法到达");
    }

    private JsonNode ask(Class<? extends Process> other, String inputs) {
        Object answer = context.getBean(other).execute((ObjectNode) json.readTree(inputs), Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    @Test
    void theRoadThatAllDependOnIsTheMostCritical() {
        station("s1", 0, "first", null);
        feature("village", "v1", 2000, 100, Map.of("people", 10L));
        feature("village", "v2", 9000, 100, Map.of("people", 70L));
        JsonNode answer = ask(
                CriticalLinksProcess.class,
                "{" + ALL_STATIONS
                        + ", \"minutes\": [30], \"links\": [\"sections\"], \"offRoad\": {\"maxMetres\": 500}}");
        // The west half carries both villages, the east half only the second.
        JsonNode worst = answer.path("links").path("features").get(0);
        assertThat(worst.path("properties").path("people").asLong()).isEqualTo(80);
        assertThat(worst.path("properties").path("name").asString()).isEqualTo("东路");
        assertThat(worst.path("properties")
                        .path("lost")
                        .get(0)
                        .path("secondsAfter")
                        .isNull())
                .isTrue();
        assertThat(worst.path("geometry").path("type").asString()).isEqualTo("MultiLineString");
        assertThat(answer.path("links")
                        .path("features")
                        .get(1)
                        .path("properties")
                        .path("people")
                        .asLong())
                .isEqualTo(70);
        // Ids are those of the roads, not of the ranks: a scenario that closes the west half leaves the other
        // comparable.
        assertThat(worst.path("id").asString()).isEqualTo("section-0");
        assertThat(answer.path("checked").asInt()).isEqualTo(2);
        assertThat(answer.path("people").asLong()).isEqualTo(80);
        assertThat(ask(CriticalLinksProcess.class, answer.path("inputs").toString())
                        .path("links"))
                .isEqualTo(answer.path("links"));
        assertThatThrownBy(() -> ask(
                        CriticalLinksProcess.class,
                        "{" + ALL_STATIONS
                                + ", \"links\": [\"rivers\"], \"top\": 0, \"rings\": true, \"minutes\": [0]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(Mistake::where)
                                .containsExactlyInAnyOrder(
                                        "inputs.links[0]", "inputs.top", "inputs.rings", "inputs.minutes[0]"));
    }

    @Test
    void aRoadWhoseLossTheHelicopterMakesGoodIsNotCritical() {
        station("s1", 0, "first", null);
        feature("village", "v1", 2000, 100, Map.of("people", 10L));
        feature("village", "v2", 9000, 100, Map.of("people", 70L));
        feature("helipad", "base", 9000, 300, Map.of("kind", "airport"));
        String question = "{" + ALL_STATIONS + ", \"minutes\": [30], \"links\": [\"sections\"],"
                + " \"offRoad\": {\"maxMetres\": 500}, \"helicopters\": true";
        // 20 min launch + 3 min landing + 200 m on foot: v2 is reached in 26 min whatever becomes of the road.
        JsonNode answer = ask(CriticalLinksProcess.class, question + "}");
        assertThat(answer.path("missed").asInt()).isEqualTo(1);
        JsonNode worst = answer.path("links").path("features").get(0).path("properties");
        assertThat(worst.path("people").asLong()).isEqualTo(10);
        assertThat(answer.path("people").asLong()).isEqualTo(80);
        assertThat(answer.path("inputs")
                        .path("helicopters")
                        .path("launchMinutes")
                        .asInt())
                .isEqualTo(20);
        JsonNode shut =
                ask(CriticalLinksProcess.class, question + ", \"scenario\": {\"facilities\": {\"off\": [\"base\"]}}}");
        assertThat(shut.path("missed").asInt()).isEqualTo(2);
        // Nor is a team wanted where it comes in time: a valley without a road, 2 km north of the pad.
        feature("helipad", "pad", 9000, 3000, Map.of("kind", "pad"));
        feature("village", "valley", 9000, 3100, Map.of("people", 5L));
        String teams = "{" + ALL_STATIONS + ", \"minutes\": [30], \"teams\": 1, \"offRoad\": {\"maxMetres\": 500}%s}";
        assertThat(ask(PrePositionProcess.class, teams.formatted(""))
                        .path("withTeamsPeople")
                        .asLong())
                .isEqualTo(80);
        assertThat(ask(PrePositionProcess.class, teams.formatted(", \"helicopters\": true"))
                        .path("presentPeople")
                        .asLong())
                .isEqualTo(85);
    }

    @Test
    void ofSeveralKindsTheOneThatComesTooLateIsNamed() {
        station("s1", 0, "first", null);
        feature("village", "v1", 2000, 100, Map.of("people", 10L));
        feature("village", "v2", 9000, 100, Map.of("people", 70L));
        String question = "{\"kinds\": [{\"id\": \"fire\", \"title\": \"消防\", \"minutes\": 30, " + ALL_STATIONS
                + "}, {\"id\": \"ambulance\", \"title\": \"救护\", \"minutes\": 10, \"facilities\": "
                + points("h", 10_000, "h") + "}], \"offRoad\": {\"maxMetres\": 500}";
        // The ambulance stands in the east: 300 s of turnout and 80 s on foot leave 220 s, 2 200 m by road. Both come
        // to
        // v2 alone. Without the west half its engine fails; without the east half both do, and the ambulance came
        // first.
        JsonNode answer = ask(CriticalLinksProcess.class, question + ", \"links\": [\"sections\"]}");
        assertThat(answer.path("people").asLong()).isEqualTo(70);
        List<String> late = new ArrayList<>();
        for (JsonNode link : answer.path("links").path("features"))
            for (JsonNode one : link.path("properties").path("lost"))
                late.add(link.path("id").asString() + " " + one.path("id").asString() + " "
                        + one.path("kind").asString());
        assertThat(late).containsExactly("section-0 v2 消防", "section-1 v2 救护");
        // Either would be enough: v1 has its engine.
        JsonNode any = ask(CriticalLinksProcess.class, question + ", \"combine\": \"any\", \"links\": [\"sections\"]}");
        assertThat(any.path("people").asLong()).isEqualTo(80);
        // A team of the ambulance near v1 covers it too; one of the engine gains nobody, since v1 lacks the ambulance.
        String teams = question + ", \"teams\": 1, \"teamKind\": ";
        assertThat(ask(PrePositionProcess.class, teams + "\"ambulance\"}")
                        .path("withTeamsPeople")
                        .asLong())
                .isEqualTo(80);
        assertThat(ask(PrePositionProcess.class, teams + "\"fire\"}")
                        .path("withTeamsPeople")
                        .asLong())
                .isEqualTo(70);
        assertThatThrownBy(() -> ask(PrePositionProcess.class, teams + "\"boat\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes().get(0).where()).isEqualTo("inputs.teamKind"));
    }

    @Test
    void whoLosesTheShelterWithARoadIsToldForItself() {
        station("s1", 0, "first", null);
        feature("village", "v1", 2000, 100, Map.of("people", 10L));
        feature("village", "v2", 9000, 100, Map.of("people", 70L));
        String shelters = ", \"shelters\": {\"facilities\": " + points("gym", 10_000, "gym") + ", \"minutes\": 10}}";
        JsonNode answer = ask(
                CriticalLinksProcess.class,
                "{" + ALL_STATIONS + ", \"minutes\": [30], \"links\": [\"sections\"], \"offRoad\": {\"maxMetres\": 500}"
                        + shelters);
        // The road carries everybody at 10 m/s: to the gym 80 + 100 s from the second village, along the east half, and
        // 80 + 800 s from the first, too late. What the circle loses is told as before.
        JsonNode lost = answer.path("shelters");
        assertThat(lost.path("people").asLong()).isEqualTo(70);
        assertThat(lost.path("minutes").asInt()).isEqualTo(10);
        assertThat(lost.path("missed").asInt()).isEqualTo(1);
        JsonNode worst = lost.path("links").path("features").get(0).path("properties");
        assertThat(worst.path("people").asLong()).isEqualTo(70);
        assertThat(worst.path("lost").get(0).path("id").asString()).isEqualTo("v2");
        assertThat(answer.path("missed").asInt()).isEqualTo(2);
        assertThat(ask(CriticalLinksProcess.class, answer.path("inputs").toString())
                        .path("shelters"))
                .isEqualTo(lost);
        assertThat(wrongWhere("\"shelters\": 7")).containsExactly("inputs.shelters");
        assertThat(wrongWhere("\"shelters\": {\"radius\": 7}")).containsExactly("inputs.shelters.radius");
        assertThat(wrongWhere("\"shelters\": {\"minutes\": 0, \"profile\": \"horse\"}"))
                .containsExactlyInAnyOrder("inputs.shelters.minutes[0]", "inputs.shelters.profile");
    }

    private List<String> wrongWhere(String input) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> ask(CriticalLinksProcess.class, "{" + ALL_STATIONS + ", " + input + "}"))
                .mistakes()
                .stream()
                .map(Mistake::where)
                .toList();
    }

    @Test
    void whoComesToAPlaceIsSaidInTurnWithTurnoutWayAndWalk() {
        station("s1", 0, "first", null);
        station("s2", 10_000, "township1", null);
        station("planned", 3000, "first", "planned");
        double[] at = lonLat(3000, 100);
        String place = "\"place\": [" + at[0] + "," + at[1] + "]";
        JsonNode answer = ask(ArrivalsProcess.class, "{" + ALL_STATIONS + ", " + place + "}");
        // s1: 60 s turnout, 3 000 m at 10 m/s, 100 m at 4.5 km/h. s2: 180 + 700 + 80 s. The planned one does not come.
        assertThat(answer.path("arrivals")).hasSize(2);
        JsonNode first = answer.path("arrivals").get(0);
        assertThat(first.path("facilityId").asString()).isEqualTo("s1");
        assertThat(first.path("seconds").asDouble()).isCloseTo(440, within(1.0));
        assertThat(first.path("turnoutSeconds").asInt()).isEqualTo(60);
        assertThat(first.path("roadSeconds").asDouble()).isCloseTo(300, within(1.0));
        assertThat(first.path("walkSeconds").asDouble()).isCloseTo(80, within(1.0));
        assertThat(first.path("leave").get(0).asDouble()).isCloseTo(lonLat(3000, 0)[0], within(1e-4));
        JsonNode second = answer.path("arrivals").get(1);
        assertThat(second.path("facilityId").asString()).isEqualTo("s2");
        assertThat(second.path("seconds").asDouble()).isCloseTo(960, within(1.0));
        JsonNode without = ask(
                ArrivalsProcess.class,
                "{" + ALL_STATIONS + ", " + place + ", \"scenario\": {\"facilities\": {\"off\": [\"s1\"]}}}");
        assertThat(without.path("arrivals").get(0).path("facilityId").asString())
                .isEqualTo("s2");
    }

    @Test
    void whoComesFirstToAVillageIsWhomTheCircleNames() {
        station("s1", 0, "first", null);
        feature("village", "v1", 9000, 1490, Map.of("people", 30L));
        JsonNode village = ask("{" + ALL_STATIONS + ", \"minutes\": [5]}")
                .path("uncovered")
                .get(0);
        JsonNode first = ask(
                        ArrivalsProcess.class,
                        "{" + ALL_STATIONS + ", \"place\": {\"layer\": \"village\", \"id\": \"v1\"}}")
                .path("arrivals")
                .get(0);
        assertThat(first.path("seconds").asDouble())
                .isEqualTo(village.path("seconds").asDouble());
        assertThat(first.path("facilityId")).isEqualTo(village.path("nearestFacilityId"));
    }

    @Test
    void whereNobodyComesTheReasonIsSaid() {
        station("s1", 0, "first", null);
        double[] far = lonLat(3000, 2500);
        JsonNode answer =
                ask(ArrivalsProcess.class, "{" + ALL_STATIONS + ", \"place\": [" + far[0] + "," + far[1] + "]}");
        assertThat(answer.path("arrivals")).isEmpty();
        assertThat(answer.path("reasonCode").asString()).isEqualTo("no_road");
        assertThat(answer.path("reasonText").asString()).isEqualTo("周围 2000 米内没有道路");
        assertThatThrownBy(() -> ask(ArrivalsProcess.class, "{" + ALL_STATIONS + ", \"count\": 0}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(Mistake::where)
                                .containsExactlyInAnyOrder("inputs.place", "inputs.count"));
    }

    @Test
    void aTeamStandsWhereMostThreatenedPeopleAreWithinItsTime() {
        station("s1", 0, "first", null);
        feature("village", "near", 1000, 0, Map.of("people", 500L));
        feature("village", "middle", 5000, 0, Map.of("people", 100L));
        feature("village", "east", 9000, 0, Map.of("people", 40L));
        feature("village", "end", 9900, 0, Map.of("people", 40L));
        // The storm comes over the east: people there weigh three times as much.
        double[] sw = lonLat(8000, -500);
        double[] ne = lonLat(10_500, 500);
        String storm = "{\"type\": \"Polygon\", \"coordinates\": [[[" + sw[0] + "," + sw[1] + "],[" + ne[0] + ","
                + sw[1] + "],[" + ne[0] + "," + ne[1] + "],[" + sw[0] + "," + ne[1] + "],[" + sw[0] + "," + sw[1]
                + "]]]}";
        String question = "{" + ALL_STATIONS + ", \"minutes\": [4], \"teams\": 1, \"elsewhere\": 1,"
                + " \"forecast\": [{\"geometry\": " + storm + ", \"weight\": 3}]}";
        JsonNode answer = ask(PrePositionProcess.class, question);
        // Four minutes are 180 s of road: 1 800 m. Near has its station. In the middle 100, in the east 3 · 80 = 240.
        JsonNode team = answer.path("teams").path("features").get(0).path("properties");
        assertThat(team.path("candidateId").asString()).isIn("east", "end");
        assertThat(team.path("gainWeighted").asDouble()).isEqualTo(240);
        assertThat(team.path("gainPeople").asLong()).isEqualTo(80);
        assertThat(answer.path("presentWeighted").asDouble()).isEqualTo(500);
        assertThat(answer.path("totalWeighted").asDouble()).isEqualTo(840);
        assertThat(answer.path("optimal").asBoolean()).isTrue();
        assertThat(answer.path("boundWeighted").asDouble()).isEqualTo(740);
        assertThat(answer.path("uncovered").get(0).path("id").asString()).isEqualTo("middle");
        // Without a forecast all weigh the same, and the middle has most.
        JsonNode calm = ask(PrePositionProcess.class, "{" + ALL_STATIONS + ", \"minutes\": [4], \"teams\": 1}");
        assertThat(calm.path("teams")
                        .path("features")
                        .get(0)
                        .path("properties")
                        .path("candidateId")
                        .asString())
                .isEqualTo("middle");
    }

    private Path written(String inputs, String mediaType, String name) throws IOException {
        Object answer = process.execute((ObjectNode) json.readTree(inputs), Progress.none());
        Path file = folder.resolve(name);
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            process.write(answer, mediaType, out);
        }
        return file;
    }

    private List<SourceRecord> read(Path file) {
        RecordFormats formats = context.getBean(RecordFormats.class);
        try (RecordSource source = formats.open(file, file.getFileName().toString(), ReadOptions.NONE, folder);
                Stream<SourceRecord> records = source.records()) {
            return records.toList();
        }
    }

    @Test
    void theAnswerIsReadAgainFromGeoJsonGeoPackageAndGeoTiff() throws IOException {
        station("s1", 0, "first", "active");
        feature("village", "v1", 3000, 100, Map.of("people", 120L));
        feature("village", "v2", 9000, 1490, Map.of("people", 30L));
        String inputs = "{" + ALL_STATIONS + ", \"minutes\": [5, 15]}";
        assertThat(process.otherFormats())
                .contains("application/geo+json", "application/geopackage+sqlite3", "image/tiff");
        for (String format : List.of("application/geo+json", "application/geopackage+sqlite3")) {
            String name = format.contains("json") ? "circle.geojson" : "circle.gpkg";
            List<SourceRecord> records = read(written(inputs, format, name));
            // Two bands, one area, one village outside.
            assertThat(records)
                    .as(format)
                    .extracting(record -> record.values().get("part"))
                    .containsExactly("band", "band", "area", "uncovered");
            assertThat(((Number) records.get(0).values().get("minutes")).intValue())
                    .isEqualTo(15);
            assertThat(((Number) records.get(2).values().get("people")).intValue())
                    .isEqualTo(120);
            assertThat(records.get(0).geometry().getGeometryType()).isEqualTo("MultiPolygon");
            assertThat(records.get(3).values().get("name")).isEqualTo("v2");
        }
        Raster raster = Raster.read(written(inputs, "image/tiff", "circle.tif"), 10_000_000);
        double[] lonLat = lonLat(3000, 0);
        double[] at = MetricCrs.at(lonLat[0]).toMetres(lonLat[0], lonLat[1]);
        // 60 s of turnout and 300 s of road; the centre of a cell lies up to half a diagonal of 50 m beside it.
        assertThat((double) raster.nearest(at[0], at[1])).isBetween(360.0, 360.0 + 71 / 1.25 / 2 + 4);
        assertThat(raster.nearest(at[0], at[1] + 2500)).isNaN();
    }

    @Test
    void heightsThatWereLoadedCountUnlessTheRequestSaysOtherwise() throws IOException {
        station("s1", 0, "first", "active");
        feature("village", "v1", 3000, 500, Map.of("people", 120L));
        // The land rises north of the road by a fifth: a raster of 30 m cells around the town.
        double[] sw = lonLat(-3000, -3000);
        MetricCrs crs = MetricCrs.at(sw[0]);
        double[] corner = crs.toMetres(sw[0], sw[1]);
        int cols = 600;
        int rows = 200;
        float[] heights = new float[cols * rows];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < cols; c++)
                heights[r * cols + c] = (float) (500 + 0.2 * Math.max(0, 3000 - (r + 0.5) * 30));
        Path file = folder.resolve("dem.tif");
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            new Raster(cols, rows, corner[0], corner[1] + 6000, 30, 30, crs.crs(), heights).writeGeoTiff(out);
        }
        String inputs = "{" + ALL_STATIONS + ", \"minutes\": [1]";
        double flat = seconds(ask(inputs + "}"), "v1");
        context.getBean(TerrainData.class).install(TerrainData.Kind.DEM, file, false);
        double hilly = seconds(ask(inputs + "}"), "v1");
        double told = seconds(ask(inputs + ", \"offRoad\": {\"terrain\": false}}"), "v1");
        // Flat: 60 + 300 + 400 s. A fifth up: 400 s · exp(0.7).
        assertThat(flat).isCloseTo(760, within(1.0));
        assertThat(hilly).isCloseTo(360 + 400 * Math.exp(0.7), within(20.0));
        assertThat(told).isEqualTo(flat);
    }

    private static String xy(double x, double y) {
        double[] at = lonLat(x, y);
        return "[" + at[0] + "," + at[1] + "]";
    }

    private static String closed(String ring) {
        return ", \"scenario\": {\"closures\": [{\"type\": \"Polygon\", \"coordinates\": [[" + ring + "]]}]}}";
    }

    private static String square(double west, double south, double east, double north) {
        return xy(west, south) + "," + xy(east, south) + "," + xy(east, north) + "," + xy(west, north) + ","
                + xy(west, south);
    }

    /** The time is a bound, not a measure: each takes a second or less. */
    @Test
    @Timeout(60)
    void closuresOfAnyShapeAreAnsweredAndWhatIsOddIsSaid() {
        station("s1", 0, "first", null);
        feature("village", "near", 1000, 0, Map.of("people", 10L));
        feature("village", "far", 9000, 0, Map.of("people", 25L));
        String asked = "{" + ALL_STATIONS + ", \"minutes\": [30]";
        JsonNode open = ask(asked + "}");

        JsonNode nowhere = ask(asked + closed(square(3000, 20_000, 4000, 21_000)));
        assertThat(nowhere.path("covered")).isEqualTo(open.path("covered"));
        assertThat(nowhere.path("warnings").toString()).contains("第 1 处封闭没有再封闭任何道路；请检查位置");

        JsonNode everything = ask(asked + closed(square(-5000, -5000, 15_000, 5000)));
        assertThat(everything.path("covered").path("people").asLong()).isZero();
        assertThat(everything.path("warnings").toString()).contains("封闭了全部道路");
        assertThat(everything.path("uncovered"))
                .extracting(v -> v.path("reasonCode").asString())
                .containsOnly("cut_off");
        assertThat(everything
                        .path("uncovered")
                        .get(0)
                        .path("secondsWithoutClosures")
                        .isNumber())
                .isTrue();

        // Two triangles that meet at (7 000, 0): the section is cut there, whichever way the ring turns.
        String bowTie = xy(6900, -100) + "," + xy(7100, 100) + "," + xy(7100, -100) + "," + xy(6900, 100) + ","
                + xy(6900, -100);
        assertThat(ask(asked + closed(bowTie)).path("covered").path("people").asLong())
                .isEqualTo(10);

        StringBuilder ring = new StringBuilder();
        for (int i = 0; i <= 100_000; i++) {
            double angle = 2 * Math.PI * (i % 100_000) / 100_000;
            ring.append(i == 0 ? "" : ",").append(xy(7000 + 300 * Math.cos(angle), 300 * Math.sin(angle)));
        }
        assertThat(ask(asked + closed(ring.toString()))
                        .path("covered")
                        .path("people")
                        .asLong())
                .as("a circle of 100 000 corners over the road")
                .isEqualTo(10);

        List<Mistake> wrong = mistakes(asked
                + ", \"offRoad\": {\"speedKmh\": 0}, \"scenario\": {\"factors\": [{\"value\": 0}],"
                + " \"validFrom\": \"2026-07-02T08:00:00+08:00\", \"validUntil\": \"2026-07-01T08:00:00+08:00\"}}");
        assertThat(wrong)
                .extracting(Mistake::where)
                .containsExactlyInAnyOrder(
                        "inputs.offRoad.speedKmh", "inputs.scenario.factors[0].value", "inputs.scenario.validUntil");
        assertThat(wrong.stream().map(one -> one.what().toString()).toList().toString())
                .contains("若要中断交通，请画封闭范围", "不晚于开始时间（2026-07-02 08", "0 超出范围，请给");
    }

    @Test
    @Timeout(60)
    void tenThousandStationsAreAnsweredAndOneMoreIsRefusedInWords() {
        feature("village", "v1", 3000, 100, Map.of("people", 10L));
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < 10_000; i++) places.append(i == 0 ? "" : ",").append(xy(i, 0));
        JsonNode answer = ask("{\"facilities\": [" + places + "], \"minutes\": [5], \"turnout\": 0, \"backup\": true}");
        assertThat(answer.path("areas").path("features")).hasSize(10_000);
        assertThat(answer.path("covered").path("people").asLong()).isEqualTo(10);
        // The bands do not grow with the stations: 10 km of road and the walk beside it.
        assertThat(answer.path("bands").toString().length()).isLessThan(100_000);
        assertThat(mistakes("{\"facilities\": [" + places + "," + xy(0, 0) + "]}"))
                .singleElement()
                .satisfies(one -> assertThat(one.what().toString()).isEqualTo("站点有 10001 个，最多 10000 个；请用筛选条件缩小范围"));
    }

    @Test
    void heightsOfHalfTheDistrictAreUsedThereAndTheShareIsSaid() throws IOException {
        station("s1", 0, "first", "active");
        feature("village", "west", 2000, 500, Map.of("people", 1L));
        feature("village", "east", 8000, 500, Map.of("people", 1L));
        // Heights west of x = 5 000 only: the land rises north of the road by a fifth.
        double[] sw = lonLat(-3000, -3000);
        MetricCrs crs = MetricCrs.at(sw[0]);
        double[] corner = crs.toMetres(sw[0], sw[1]);
        int cols = 8000 / 30;
        int rows = 200;
        float[] heights = new float[cols * rows];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < cols; c++)
                heights[r * cols + c] = (float) (500 + 0.2 * Math.max(0, 3000 - (r + 0.5) * 30));
        Path file = folder.resolve("west.tif");
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            new Raster(cols, rows, corner[0], corner[1] + 6000, 30, 30, crs.crs(), heights).writeGeoTiff(out);
        }
        context.getBean(TerrainData.class).install(TerrainData.Kind.DEM, file, false);
        JsonNode answer = ask("{" + ALL_STATIONS + ", \"minutes\": [1]}");
        // 60 + 200 + 400 s · exp(0.7) up the slope; 60 + 800 + 400 s where the ground counts as even.
        assertThat(seconds(answer, "west")).isCloseTo(260 + 400 * Math.exp(0.7), within(20.0));
        assertThat(seconds(answer, "east")).isCloseTo(1260, within(1.0));
        // Cells with pieces of the road lie from x = 0 to 10 000, half of them in the west.
        assertThat(answer.path("warnings").toString()).containsPattern("高程只覆盖 (49|50|51)% 的步行范围，其余按平地计");
    }

    @Test
    void withoutARoadNetworkTheLayersAloneGiveTimesZonesAndCatchments() throws IOException {
        roads = null;
        double[] a = lonLat(0, 0);
        double[] b = lonLat(6000, 0);
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                "road",
                                "r1",
                                GeoJson.FACTORY.createMultiLineString(new org.locationtech.jts.geom.LineString[] {
                                    GeoJson.FACTORY.createLineString(
                                            new Coordinate[] {new Coordinate(a[0], a[1]), new Coordinate(b[0], b[1])})
                                }),
                                Map.of("name", "r1", "speedKmh", 36.0))));
        // The capacity is worked out: square metres over square metres a person.
        feature("shelter", "west", 0, 0, Map.of("effectiveArea", 60.0, "perCapita", 1.0));
        feature("shelter", "later", 1000, 0, Map.of("effectiveArea", 900.0, "perCapita", 1.0, "status", "planned"));
        feature("shelter", "east", 6000, 0, Map.of("effectiveArea", 30.0, "perCapita", 1.0));
        feature("village", "v1", 1000, 0, Map.of("people", 50L));
        feature("village", "v2", 2500, 0, Map.of("people", 50L));
        area("township", "all", -4000, -4000, 10_000, 4000);
        String inputs = "{\"facilities\": {\"layer\": \"shelter\"}, \"minutes\": [3, 30], \"cellMetres\": 50}";
        JsonNode answer = ask(CostRasterProcess.class, inputs);
        // v1 is 100 s from west, v2 250 s from west and 350 s from east. West takes 50 + 10, east 30, 10 are left.
        assertThat(answer.path("catchments").get(0).path("id").asString()).isEqualTo("east");
        assertThat(answer.path("catchments").get(0).path("people").asLong()).isEqualTo(30);
        assertThat(answer.path("catchments").get(1).path("people").asLong()).isEqualTo(60);
        assertThat(answer.path("peopleWithoutRoom").asLong()).isEqualTo(10);
        assertThat(answer.path("warnings").toString()).contains("有 1 处为规划", "later");
        JsonNode zone = answer.path("zones").get(0);
        assertThat(zone.path("people").asLong()).isEqualTo(100);
        assertThat(zone.path("within").get(0).asLong()).isEqualTo(50);
        assertThat(zone.path("within").get(1).asLong()).isEqualTo(100);
        assertThatThrownBy(() -> ask(
                        CostRasterProcess.class,
                        "{\"facilities\": [], \"cellMetres\": 0, \"roadSpeed\": \"x\", \"extra\": 1}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(Mistake::where)
                                .containsExactlyInAnyOrder(
                                        "inputs.facilities", "inputs.cellMetres", "inputs.roadSpeed", "inputs.extra"));
    }
}
