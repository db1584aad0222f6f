package org.anquan.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The processes over a real store with the shipped layers. The district is 1 000 m × 500 m, all of it one community of 500
 * people, which is 1 000 a km²; a hazard site stands at 50, 50.
 */
class RiskZoningTest {
    private static final MetricCrs CRS = MetricCrs.at(105.8);
    private static final double X = 575_000;
    private static final double Y = 3_586_000;

    /**
     * H falls from 1 at the site to 0 at 400 m; E is people over 1 000 a km²; V is 0.5 everywhere; no capacity. So at the
     * site r = (1 · 1 · 0.5)^⅓ = 0.7937, and 100 m beside it (0.75 · 1 · 0.5)^⅓ = 0.7211.
     */
    private static final String SITES = """
            {"id": "sites", "weight": 1,
             "hazard": [{"kind": "distance", "layer": "landslide_point", "reach": 400, "source": "test"}],
             "exposure": [{"kind": "people", "value": {"from": 0, "to": 1000}, "source": "test"}],
             "vulnerability": [{"id": "half", "kind": "area", "layer": "district", "value": 0.5, "source": "test"}],
             "capacity": []}""";

    @TempDir
    Path folder;

    private TestCatalogue store;
    private AnnotationConfigApplicationContext context;
    private JsonMapper json;

    @BeforeEach
    void start() throws IOException {
        List<String> yaml = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("layers"))) {
            for (Path file : files.sorted().toList()) yaml.add(Files.readString(file));
        }
        store = TestCatalogue.open(folder, yaml.toArray(String[]::new));
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        area("district", "county", 0, 0, 1000, 500, Map.of());
        area("community", "village-a", 0, 0, 1000, 500, Map.of("people", 500L, "township", "west"));
        area("township", "west", 0, 0, 600, 500, Map.of());
        area("township", "east", 600, 0, 1000, 500, Map.of());
        feature("landslide_point", "slide", 50, 50, Map.of("threatenedPeople", 60L));
        open();
    }

    private void open() throws IOException {
        context = new AnnotationConfigApplicationContext();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(context.getEnvironment().getPropertySources()::addLast);
        context.registerBean(Layers.class, () -> store.layers());
        context.registerBean(RecordFiles.class);
        context.registerBean(Documents.class, () -> store.documents());
        context.registerBean(RoadWorks.class, RealRoads::works);
        context.registerBean(Roads.class, NoRoads::new);
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.registerBean(
                PlaceSets.class,
                () -> new PlaceSets(store.layers(), 20_000, Set.of("planned", "building", "closed", "full")));
        context.registerBean(AnquanHome.class, () -> new AnquanHome(folder));
        context.scan(
                "org.anquan.risk",
                "org.anquan.scenario",
                "org.anquan.population",
                "org.anquan.terrain",
                "org.anquan.exchange.format",
                "org.anquan.problem",
                "org.anquan.geo");
        context.refresh();
        json = JsonMapper.builder()
                .addModules(context.getBeansOfType(JacksonModule.class).values())
                .build();
    }

    /** Zoning asks no road. */
    private static final class NoRoads implements Roads {
        @Override
        public Optional<RoadNetwork> current() {
            return Optional.empty();
        }

        @Override
        public RoadNetwork require() {
            throw ProblemException.unavailable("network.none");
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void stop() {
        LocaleContextHolder.resetLocaleContext();
        context.close();
        store.close();
    }

    private static Geometry lonLat(double... xy) {
        Coordinate[] line = new Coordinate[xy.length / 2];
        for (int i = 0; i < line.length; i++) {
            double[] at = CRS.toLonLat(X + xy[2 * i], Y + xy[2 * i + 1]);
            line[i] = new Coordinate(at[0], at[1]);
        }
        return line.length == 1 ? GeoJson.FACTORY.createPoint(line[0]) : GeoJson.FACTORY.createPolygon(line);
    }

    private static Geometry box(double x0, double y0, double x1, double y1) {
        return lonLat(x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
    }

    private void area(
            String layer, String id, double x0, double y0, double x1, double y1, Map<String, Object> attributes) {
        create(layer, id, box(x0, y0, x1, y1), attributes);
    }

    private void feature(String layer, String id, double x, double y, Map<String, Object> attributes) {
        create(layer, id, lonLat(x, y), attributes);
    }

    private void create(String layer, String id, Geometry at, Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.putIfAbsent("name", id);
        store.edits().apply(TestCatalogue.me("test"), List.of(new Change.Create(layer, id, at, all)));
    }

    private String place(double x, double y) {
        double[] at = CRS.toLonLat(X + x, Y + y);
        return "[" + at[0] + "," + at[1] + "]";
    }

    private Process process(String id) {
        return context.getBeansOfType(Process.class).values().stream()
                .filter(one -> one.description().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode ask(String process, String inputs) {
        Object answer = process(process).execute((ObjectNode) json.readTree(inputs), Progress.none());
        return json.readTree(json.writeValueAsString(answer));
    }

    private JsonNode zoned(String hazards, String more) {
        return ask("risk-zoning", "{\"recipe\": {\"hazards\": [" + hazards + "]}" + more + "}");
    }

    private JsonNode reason(String run, double x, double y) {
        return ask("risk-reason", "{\"run\": \"" + run + "\", \"location\": " + place(x, y) + "}");
    }

    private List<Mistake> mistakes(String inputs) {
        List<Mistake> all = new ArrayList<>();
        assertThatThrownBy(() -> ask("risk-zoning", inputs))
                .isInstanceOfSatisfying(ProblemException.class, e -> all.addAll(e.mistakes()));
        return all;
    }

    /** What is tangled costs far more than its vertices let expect: it is refused at once, in words, with the limit. */
    @Test
    void aTangledAreaIsRefusedAtOnce() {
        // 400 teeth, each up and down over 100 lines of the grid: 80 000 pieces of cells.
        double[] comb = new double[2 * 403];
        for (int i = 0; i < 400; i++) {
            comb[2 * i] = 2.5 * i;
            comb[2 * i + 1] = i % 2 == 0 ? 0 : 500;
        }
        System.arraycopy(new double[] {1000, -5, 0, -5, 0, 0}, 0, comb, 800, 6);
        // Of 400 corners in no order, most of the 80 000 pairs of sides cross.
        java.util.Random random = new java.util.Random(7);
        double[] tangle = random.doubles(2 * 400, 0, 500).toArray();
        tangle[798] = tangle[0];
        tangle[799] = tangle[1];
        assertThat(mistakes("{\"recipe\": {\"hazards\": [" + SITES + "]}, \"cell\": 5, \"area\": " + drawn(comb) + "}"))
                .extracting(m -> m.where() + " " + m.what().key())
                .containsExactly("inputs.area risk.area.tooFolded");
        assertThat(mistakes("{\"recipe\": {\"hazards\": [" + SITES + "]}, \"area\": {\"type\": \"FeatureCollection\", "
                        + "\"features\": [{\"type\": \"Feature\", \"geometry\": " + drawn(tangle) + "}]}}"))
                .extracting(m -> m.where() + " " + m.what().key())
                .containsExactly("inputs.area.features[0].geometry scenario.tooTangled");
    }

    private static String drawn(double... xy) {
        StringBuilder ring = new StringBuilder();
        for (Coordinate at : lonLat(xy).getCoordinates())
            ring.append(ring.isEmpty() ? "[" : ", [")
                    .append(at.x)
                    .append(", ")
                    .append(at.y)
                    .append("]");
        return "{\"type\": \"Polygon\", \"coordinates\": [[" + ring + "]]}";
    }

    private static double sum(JsonNode features) {
        double sum = 0;
        for (JsonNode one : features.path("features"))
            sum += one.path("properties").path("areaSquareMetres").asDouble();
        return sum;
    }

    // What it answers

    @Test
    void aCellsRiskIsTheCubeRootOfItsThreeParts() {
        JsonNode answer = zoned(SITES, "");
        String run = answer.path("run").asString();
        JsonNode here = reason(run, 50, 50);
        assertThat(here.path("risk").asDouble()).isCloseTo(0.7937, within(1e-4));
        assertThat(here.path("level").asInt()).isEqualTo(4);
        assertThat(here.path("township").asString()).isEqualTo("west");
        // 500 people on 50 cells.
        assertThat(here.path("people").asDouble()).isCloseTo(10, within(0.05));
        assertThat(reason(run, 150, 50).path("risk").asDouble()).isCloseTo(0.7211, within(1e-4));
        // Beyond 400 m nothing reaches.
        assertThat(reason(run, 950, 450).path("risk").asDouble()).isZero();
        JsonNode factors = here.path("hazards").get(0).path("factors");
        assertThat(factors.get(0).path("value").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(factors.get(0).path("source").asString()).isEqualTo("test");
    }

    @Test
    void zonesAndTablesSumToTheDistrict() {
        JsonNode answer = zoned(SITES, "");
        assertThat(sum(answer.path("zones"))).isCloseTo(500_000, within(3.0));
        assertThat(answer.path("unknown").path("features")).isEmpty();
        assertThat(answer.path("summary").path("cells").asInt()).isGreaterThanOrEqualTo(50);
        double people = 0;
        double area = 0;
        for (JsonNode row : answer.path("townships")) {
            people += row.path("people").asDouble();
            area += row.path("areaSquareMetres").asDouble();
        }
        assertThat(people).isEqualTo(500);
        assertThat(area).isCloseTo(500_000, within(3.0));
        // East of 600 m no site reaches: mean and highest are 0.
        JsonNode east = answer.path("townships").get(0);
        assertThat(east.path("name").asString()).isEqualTo("east");
        assertThat(east.path("max").asDouble()).isZero();
        assertThat(answer.path("villages").get(0).path("within").asString()).isEqualTo("west");
    }

    @Test
    void aWeightOfZeroChangesNothing() {
        JsonNode alone = zoned(SITES, "");
        // The second hazard has no data at all, and would be unknown everywhere if it counted.
        String other = SITES.replace("\"id\": \"sites\", \"weight\": 1", "\"id\": \"fire\", \"weight\": 0")
                .replace("landslide_point", "forest_fire_area");
        JsonNode both = zoned(SITES + "," + other, "");
        assertThat(both.path("zones")).isEqualTo(alone.path("zones"));
        assertThat(both.path("townships")).isEqualTo(alone.path("townships"));
    }

    @Test
    void aLayerWithoutFeaturesIsUnknownAndNotZero() {
        String fire =
                SITES.replace("\"id\": \"sites\"", "\"id\": \"fire\"").replace("landslide_point", "forest_fire_area");
        JsonNode answer = zoned(fire, "");
        assertThat(answer.path("zones").path("features")).isEmpty();
        assertThat(sum(answer.path("unknown"))).isCloseTo(500_000, within(3.0));
        assertThat(answer.path("warnings").toString()).contains("unknown").contains("import them first");
        // Beside a hazard with data its weight goes there, and the answer says so.
        JsonNode both = zoned(SITES + "," + fire, "");
        assertThat(both.path("zones")).isEqualTo(zoned(SITES, "").path("zones"));
        assertThat(both.path("weights").get(1).path("known").asBoolean()).isFalse();
        assertThat(both.path("weights").get(0).path("share").asDouble()).isEqualTo(1);
        assertThat(both.path("warnings").toString())
                .contains("does not count as zero")
                .contains("50%");
    }

    @Test
    void peopleThatNobodyCountedMakeTheRiskUnknownThere() {
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                "community", "village-b", box(800, 0, 1000, 500), Map.of("name", "village-b"))));
        JsonNode answer = zoned(SITES, "");
        // 200 m × 500 m.
        assertThat(sum(answer.path("unknown"))).isCloseTo(100_000, within(3.0));
        assertThat(answer.path("unknown")
                        .path("features")
                        .get(0)
                        .path("properties")
                        .path("level")
                        .isNull())
                .isTrue();
        assertThat(sum(answer.path("zones"))).isCloseTo(400_000, within(3.0));
    }

    @Test
    void aScenarioSwitchesSitesOffAndDrawsFloods() {
        JsonNode off = zoned(SITES, ", \"scenario\": {\"facilities\": {\"off\": [\"slide\"]}}");
        assertThat(reason(off.path("run").asString(), 50, 50).path("risk").asDouble())
                .isZero();
        String flooded = ", \"scenario\": {\"closures\": ["
                + json.writeValueAsString(json.readTree(geoJson(box(700, 0, 900, 200)))) + "]}";
        JsonNode flood = zoned(SITES.replace("\"weight\": 1", "\"weight\": 1, \"scenarioArea\": 1"), flooded);
        String run = flood.path("run").asString();
        // As at the site itself: H = 1.
        assertThat(reason(run, 750, 50).path("risk").asDouble()).isCloseTo(0.7937, within(1e-4));
        assertThat(reason(run, 650, 50).path("risk").asDouble()).isZero();
    }

    private static String geoJson(Geometry polygon) {
        StringBuilder text = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        for (Coordinate c : polygon.getCoordinates())
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                    .append("[")
                    .append(c.x)
                    .append(",")
                    .append(c.y)
                    .append("]");
        return text.append("]]}").toString();
    }

    // Runs

    @Test
    void aRunOutlivesTheServiceAndIsWeighedAnewAsItWouldBeMadeAnew() throws IOException {
        String other =
                SITES.replace("\"id\": \"sites\"", "\"id\": \"near\"").replace("\"reach\": 400", "\"reach\": 200");
        JsonNode made = zoned(SITES + "," + other, "");
        JsonNode fresh = zoned(SITES + "," + other, ", \"weights\": {\"sites\": 3, \"near\": 1}");
        String run = made.path("run").asString();
        // The layers change; the run does not.
        feature("landslide_point", "second", 950, 450, Map.of());
        // Another service on the same folder.
        open();
        JsonNode again = ask("risk-zoning", "{\"run\": \"" + run + "\", \"weights\": {\"sites\": 3, \"near\": 1}}");
        assertThat(again.path("zones")).isEqualTo(fresh.path("zones"));
        assertThat(again.path("townships")).isEqualTo(fresh.path("townships"));
        assertThat(again.path("data")).isEqualTo(made.path("data"));
        assertThat(ask("risk-recipes", "{}").path("runs").get(0).path("id").asString())
                .isNotEmpty();
    }

    @Test
    void twoRunsAreComparedInAreaAndPeople() {
        String before = zoned(SITES, "").path("run").asString();
        String after = zoned(SITES, ", \"scenario\": {\"facilities\": {\"off\": [\"slide\"]}}")
                .path("run")
                .asString();
        JsonNode compared = ask("risk-compare", "{\"runs\": [\"" + before + "\", \"" + after + "\"]}");
        assertThat(compared.path("higher").path("areaSquareMetres").asDouble()).isZero();
        double lower = compared.path("lower").path("areaSquareMetres").asDouble();
        assertThat(lower).isPositive();
        assertThat(lower + compared.path("same").path("areaSquareMetres").asDouble())
                .isCloseTo(500_000, within(3.0));
        // 1 000 people a km².
        assertThat(compared.path("lower").path("people").asDouble()).isCloseTo(lower / 1000, within(1.0));
        assertThat(compared.path("differences").toString()).contains("Scenario");
    }

    // Files

    @Test
    void gdalReadsTheGeoTiffWithTheSameValues() throws Exception {
        Path tool = Path.of("/usr/bin/gdallocationinfo");
        if (!Files.isExecutable(tool)) System.out.println("skipped: gdallocationinfo is not installed");
        Assumptions.assumeTrue(Files.isExecutable(tool));
        Path file = folder.resolve("risk.tif");
        Files.write(file, file("image/tiff"));
        assertThat(gdal(tool, file, 50, 50)).isCloseTo(0.7937, within(1e-4));
        assertThat(gdal(tool, file, 150, 50)).isCloseTo(0.7211, within(1e-4));
        assertThat(gdal(tool, file, 950, 450)).isZero();
    }

    private static double gdal(Path tool, Path file, double x, double y) throws IOException, InterruptedException {
        java.lang.Process run = new ProcessBuilder(
                        tool.toString(), "-valonly", "-geoloc", file.toString(), "" + (X + x), "" + (Y + y))
                .start();
        String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).isZero();
        return Double.parseDouble(out.strip());
    }

    private byte[] file(String mediaType) throws IOException {
        Process process = process("risk-zoning");
        Object answer = process.execute(
                (ObjectNode) json.readTree("{\"recipe\": {\"hazards\": [" + SITES + "]}}"), Progress.none());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.write(answer, mediaType, out);
        return out.toByteArray();
    }

    @Test
    void theWorkbookHoldsZonesTownshipsAndSources() throws IOException {
        byte[] bytes = file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            assertThat(book.getSheets().map(one -> one.getName()))
                    .contains("Townships", "Villages", "Factors and sources");
            List<String> cells = new ArrayList<>();
            for (var row : book.findSheet("Townships").orElseThrow().read()) cells.add(row.getCellText(0));
            assertThat(cells).contains("east", "west");
        }
    }

    @Test
    void theGeoPackageHoldsEveryCell() throws IOException {
        Path file = folder.resolve("risk.gpkg");
        Files.write(file, file("application/geopackage+sqlite3"));
        Map<String, Integer> parts = new LinkedHashMap<>();
        context.getBean(RecordFiles.class)
                .read(
                        file,
                        crs -> {},
                        (row, values, geometry) -> parts.merge(String.valueOf(values.get("part")), 1, Integer::sum));
        assertThat(parts.get("cell")).isGreaterThanOrEqualTo(50);
        assertThat(parts).containsKey("zone");
    }

    // Rasters

    /** 10 × 5 cells of 100 m over the district with the value 0.3. */
    private void raster(Path file, double west, float value) throws IOException {
        float[] values = new float[50];
        Arrays.fill(values, value);
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            new Raster(10, 5, west, Y + 500, 100, 100, CRS.crs(), values).writeGeoTiff(out);
        }
    }

    private static final String RASTER = SITES.replace(
            "{\"kind\": \"distance\", \"layer\": \"landslide_point\", \"reach\": 400, \"source\": \"test\"}",
            "{\"kind\": \"raster\", \"raster\": \"wind.tif\", \"source\": \"test\"}");

    @Test
    void aRasterOfTheCountysOwnIsAHazard() throws IOException {
        raster(folder.resolve("recipes/wind.tif"), X, 0.3f);
        JsonNode answer = zoned(RASTER, "");
        // (0.3 · 1 · 0.5)^⅓ = 0.5313.
        assertThat(reason(answer.path("run").asString(), 550, 250).path("risk").asDouble())
                .isCloseTo(0.5313, within(1e-4));
    }

    @Test
    void aRasterThatLiesElsewhereIsRefusedAndAMissingOneIsUnknown() throws IOException {
        assertThat(sum(zoned(RASTER, "").path("unknown"))).isCloseTo(500_000, within(3.0));
        raster(folder.resolve("recipes/wind.tif"), X + 50_000, 0.3f);
        assertThatThrownBy(() -> zoned(RASTER, ""))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.getMessage()).contains("wind.tif", "no value inside"));
    }

    @Test
    void peopleOfARasterAreKeptWhateverTheCells() throws IOException {
        // 50 cells with 4 people each.
        raster(folder.resolve("population/people.tif"), X, 4);
        for (String cell : List.of("100", "50", "130")) {
            JsonNode answer = zoned(SITES, ", \"cell\": " + cell);
            assertThat(answer.path("summary").path("peopleFrom").asString()).isEqualTo("raster");
            assertThat(answer.path("summary").path("people").asDouble())
                    .as("cells of %s m", cell)
                    .isCloseTo(200, within(3.0));
        }
    }

    // Bad input

    @Test
    void everyMistakeIsToldAtOnce() {
        List<Mistake> all = mistakes("{\"recipe\": \"nobody\", \"colour\": 1, \"keep\": \"yes\", \"sensitivity\": 7}");
        assertThat(all.stream().map(Mistake::where))
                .contains("inputs.recipe", "inputs.colour", "inputs.keep", "inputs.sensitivity");
        assertThat(all.toString()).contains("comprehensive").contains("forest_fire");
    }

    @Test
    void weightsThatContradictAreRefusedWithWords() {
        String recipe =
                "\"recipe\": {\"hazards\": [" + SITES + "," + SITES.replace("\"id\": \"sites\"", "\"id\": \"b\"") + ","
                        + SITES.replace("\"id\": \"sites\"", "\"id\": \"c\"") + "]}";
        assertThat(mistakes("{" + recipe + ", \"weights\": {\"sites\": -1, \"x\": 2}}"))
                .hasSize(2);
        assertThat(mistakes("{" + recipe + ", \"weights\": {\"sites\": 0, \"b\": 0, \"c\": 0}}"))
                .hasSize(1);
        // a beats b, b beats c, c beats a.
        String circle =
                "{\"order\": [\"sites\", \"b\", \"c\"], \"matrix\": [[1, 5, \"1/5\"], [\"1/5\", 1, 5], [5, \"1/5\", 1]]}";
        assertThat(mistakes("{" + recipe + ", \"ahp\": " + circle + "}").toString())
                .contains("contradict");
        String fine =
                "{\"order\": [\"sites\", \"b\", \"c\"], \"matrix\": [[1, 2, 4], [\"1/2\", 1, 2], [\"1/4\", \"1/2\", 1]]}";
        JsonNode answer = ask("risk-zoning", "{" + recipe + ", \"ahp\": " + fine + "}");
        // 4 : 2 : 1.
        assertThat(answer.path("weights").get(0).path("share").asDouble()).isCloseTo(4 / 7.0, within(1e-6));
    }

    @Test
    void aCellOfOneMetreOverAPrefectureIsRefusedWithTheSmallestThatFits() {
        // 100 km × 100 km at 1 m are 10 000 million cells; 1 million cells of 100 m fit.
        String area = geoJson(box(0, 0, 100_000, 100_000));
        List<Mistake> all = mistakes("{\"cell\": 1, \"area\": " + area + "}");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).what().toString()).contains("1000000").contains("100 m or more");
    }

    @Test
    void aRecipeThatNamesWhatIsNotThereSaysWhatIs() {
        assertThat(mistakes("{\"recipe\": {\"hazards\": [" + SITES.replace("landslide_point", "volcano") + "]}}")
                        .toString())
                .contains("landslide_point");
        String attribute = SITES.replace("\"reach\": 400", "\"reach\": 400, \"value\": {\"attribute\": \"colour\"}");
        assertThat(mistakes("{\"recipe\": {\"hazards\": [" + attribute + "]}}").toString())
                .contains("threatenedPeople");
        assertThat(mistakes("{\"recipe\": {\"hazards\": [" + SITES.replace(", \"source\": \"test\"", "") + "]}}"))
                .isNotEmpty();
    }

    // Lists

    @Test
    void listsFollowFromTheRules() {
        // A facility without a level counts 500 m; the school stands 300 m from it, the village centre 700 m.
        feature("hazardous_facility", "tank", 500, 100, Map.of("kind", "fuel"));
        feature("care_site", "school", 800, 100, Map.of("kind", "school"));
        feature("village", "village-a", 500, 800, Map.of("people", 500L));
        // A gauge 6 km away: the site is a blind spot, and threatens 60.
        feature("monitor", "gauge", 6050, 50, Map.of("type", "rain"));
        // A mine being built 1 090 m from the middle of a river of 220 m: 980 m from its bank.
        create(
                "flood_channel",
                "river",
                GeoJson.FACTORY.createLineString(new Coordinate[] {
                    lonLat(-1000, -5000).getCoordinate(), lonLat(-1000, 5000).getCoordinate()
                }),
                Map.of("name", "嘉陵江", "widthM", 220.0));
        feature("mine", "pit", 90, 0, Map.of("status", "building"));
        JsonNode lists = ask("risk-lists", "{}").path("lists");
        assertThat(lists.get(0).path("rows").get(0).path("id").asString()).isEqualTo("slide");
        JsonNode close = lists.get(1).path("rows").get(0);
        assertThat(close.path("id").asString()).isEqualTo("tank");
        assertThat(close.path("near")).hasSize(1);
        assertThat(close.path("near").get(0).path("metres").asInt()).isEqualTo(300);
        JsonNode river = lists.get(2).path("rows");
        assertThat(river).hasSize(1);
        assertThat(river.get(0).path("near").get(0).path("metres").asInt()).isEqualTo(980);
        assertThat(lists.get(3)
                        .path("rows")
                        .get(0)
                        .path("near")
                        .get(0)
                        .path("metres")
                        .asInt())
                .isEqualTo(6000);
        // What a request gives as planned is held against the rule too: 1 200 m from the bank is far enough.
        String planned = "{\"lists\": [\"jialing\"], \"planned\": [" + place(-500, 0) + ", " + place(310, 0) + "]}";
        assertThat(ask("risk-lists", planned).path("lists").get(0).path("count").asInt())
                .isEqualTo(2);
    }

    @Test
    void aListWithoutItsLayerSaysThatItIsNotKnown() {
        JsonNode answer = ask("risk-lists", "{\"lists\": [\"blind_spots\"]}");
        assertThat(answer.path("lists").get(0).path("unknown").asInt()).isEqualTo(1);
        assertThat(answer.path("lists").get(0).path("count").asInt()).isZero();
        assertThat(answer.path("warnings").toString()).contains("Monitoring");
    }
}
