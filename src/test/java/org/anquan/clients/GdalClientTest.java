package org.anquan.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.browser.RunningService;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.geo.Bbox;
import org.anquan.geo.GeoJson;
import org.anquan.security.Role;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import tools.jackson.databind.JsonNode;

/** GDAL reads the service over HTTP, its store and its exports: what it finds is what the store holds. */
class GdalClientTest {
    private static final Visibility PUBLIC = new Visibility(Sensitivity.PUBLIC);
    private static final String ACCOUNT = "gdal:Anquan-Lizhou-2026";

    @TempDir
    Path folder;

    private final Layers layers = RunningService.part(Layers.class);

    @BeforeAll
    static void gdalIsThere() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/ogr2ogr"));
        if (!there) System.out.println("skipped: ogr2ogr is not installed");
        Assumptions.assumeTrue(there);
    }

    private static String service() {
        return "OAPIF:" + RunningService.address() + "/ogc";
    }

    /** What the program says, without a single warning. */
    private String run(String... command) throws IOException, InterruptedException {
        String said = said(command);
        assertThat(said).doesNotContain("Warning ").doesNotContain("ERROR ");
        return said;
    }

    private String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("CPL_TMPDIR", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void everyCollectionHasTheSameFeaturesAttributesAndValuesAsTheStore() throws Exception {
        // 300 a page: hydrants take three pages, roads too.
        // A GeoPackage has no lists: they become texts like (2:fire,flood).
        run(
                "ogr2ogr",
                "-f",
                "GPKG",
                "all.gpkg",
                service(),
                "-oo",
                "PAGE_SIZE=300",
                "-mapFieldType",
                "StringList=String");
        try (Connection read = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("all.gpkg"));
                Statement statement = read.createStatement()) {
            Set<String> found = new TreeSet<>();
            try (ResultSet tables = statement.executeQuery("SELECT table_name FROM gpkg_contents")) {
                while (tables.next()) found.add(tables.getString(1));
            }
            Set<String> expected = new TreeSet<>();
            PUBLIC.layers(layers).forEach(layer -> expected.add(layer.id()));
            assertThat(found).isEqualTo(expected);
            for (LayerDefinition layer : PUBLIC.layers(layers)) same(PUBLIC.cut(layer), statement);
        }
    }

    private void same(LayerDefinition layer, Statement statement) throws SQLException, ParseException {
        Map<String, String> types = new LinkedHashMap<>();
        try (ResultSet columns = statement.executeQuery("PRAGMA table_info(\"" + layer.id() + "\")")) {
            while (columns.next()) types.put(columns.getString("name"), columns.getString("type"));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        for (AttributeDefinition attribute : layer.attributes()) expected.put(attribute.name(), column(attribute));
        types.keySet().removeAll(Set.of("fid", "geom", "id"));
        assertThat(types).as(layer.id()).isEqualTo(expected);

        List<Feature> stored = layers.find(FeatureQuery.all(layer.id())).features();
        Map<String, Feature> byId = new LinkedHashMap<>();
        stored.forEach(feature -> byId.put(feature.id(), feature));
        int rows = 0;
        // A collection without features has no id for GDAL to see.
        if (stored.isEmpty()) return;
        try (ResultSet row = statement.executeQuery("SELECT * FROM \"" + layer.id() + "\"")) {
            while (row.next()) {
                rows++;
                Feature feature = byId.get(row.getString("id"));
                assertThat(feature).as(row.getString("id")).isNotNull();
                assertThat(geometry(row.getBytes("geom")).equalsExact(feature.geometry()))
                        .as(layer.id() + " " + feature.id())
                        .isTrue();
                for (AttributeDefinition attribute : layer.attributes())
                    assertThat(value(row, attribute))
                            .as(layer.id() + " " + feature.id() + " " + attribute.name())
                            .isEqualTo(feature.get(attribute.name()));
            }
        }
        assertThat(rows).as(layer.id()).isEqualTo(stored.size());
    }

    /** How GDAL writes into a GeoPackage what it has understood; lists of texts become JSON. */
    private static String column(AttributeDefinition attribute) {
        return switch (attribute.type()) {
            case TEXT, LIST -> "TEXT";
            case INTEGER -> "MEDIUMINT";
            case NUMBER -> "REAL";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "DATETIME";
        };
    }

    private static @Nullable Object value(ResultSet row, AttributeDefinition attribute) throws SQLException {
        String name = attribute.name();
        if (row.getObject(name) == null) return null;
        return switch (attribute.type()) {
            case TEXT -> row.getString(name);
            case INTEGER -> row.getLong(name);
            case NUMBER -> row.getDouble(name);
            case BOOLEAN -> row.getInt(name) == 1;
            case DATE -> java.time.LocalDate.parse(row.getString(name));
            case TIME -> Instant.parse(row.getString(name));
            case LIST -> texts(row.getString(name));
        };
    }

    private static List<String> texts(String counted) {
        Matcher parts = Pattern.compile("\\((\\d+):(.*)\\)").matcher(counted);
        assertThat(parts.matches()).as(counted).isTrue();
        List<String> texts =
                parts.group(2).isEmpty() ? List.of() : List.of(parts.group(2).split(","));
        assertThat(texts).hasSize(Integer.parseInt(parts.group(1)));
        return texts;
    }

    /** The WKB behind the GeoPackage header of 8 bytes and, for all but points, an envelope of 32. */
    private static Geometry geometry(byte[] blob) throws ParseException {
        int envelope = (blob[3] >> 1) & 7;
        int from = 8 + (envelope == 0 ? 0 : envelope == 1 ? 32 : 48);
        return new WKBReader(GeoJson.FACTORY).read(java.util.Arrays.copyOfRange(blob, from, blob.length));
    }

    /** @param asked what stands in the address that GDAL asks: the service filters, not the client */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status = 'ready'                  | status = 'ready'                  | status=ready",
                "capacity > 5000                   | capacity > 5000                   |",
                "space = 'both' AND type = 'short' | space = 'both' AND type = 'short' | space=both",
            })
    void attributeFiltersFindWhatTheStoreFinds(String where, String filter, @Nullable String asked) throws Exception {
        LayerDefinition shelter = PUBLIC.layer(layers, "shelter");
        long expected = layers.find(FeatureQuery.all("shelter").where(Filters.parse(filter, shelter)))
                .matched();
        assertThat(expected).isBetween(1L, 44L);
        String said = said(
                "ogrinfo",
                "--debug",
                "on",
                "-ro",
                "-so",
                "-where",
                where,
                "-oo",
                "PAGE_SIZE=100",
                service(),
                "shelter");
        assertThat(said).contains("Feature Count: " + expected);
        if (asked != null) assertThat(fetched(said)).anyMatch(address -> address.contains("&" + asked));
    }

    @Test
    void aBoxIsAskedOfTheServiceAndMeetsWhatItMeetsThere() throws Exception {
        Bbox box = new Bbox(105.8, 32.4, 105.9, 32.5);
        long points = layers.find(FeatureQuery.all("hydrant").in(box)).matched();
        assertThat(points).isBetween(1L, 774L);
        String said = said(
                "ogrinfo",
                "--debug",
                "on",
                "-ro",
                "-so",
                "-spat",
                "105.8",
                "32.4",
                "105.9",
                "32.5",
                "-oo",
                "PAGE_SIZE=1000",
                service(),
                "hydrant");
        assertThat(said).contains("Feature Count: " + points);
        assertThat(fetched(said)).anyMatch(address -> address.matches(".*bbox=105\\.(8|79999).*"));
        // For lines the geometry counts, not its own box.
        Geometry around = GeoJson.FACTORY.toGeometry(box.envelope());
        long lines = layers.find(FeatureQuery.all("road")).features().stream()
                .filter(road -> road.geometry().intersects(around))
                .count();
        assertThat(said(
                        "ogrinfo",
                        "-ro",
                        "-so",
                        "-spat",
                        "105.8",
                        "32.4",
                        "105.9",
                        "32.5",
                        "-oo",
                        "PAGE_SIZE=1000",
                        service(),
                        "road"))
                .contains("Feature Count: " + lines);
    }

    private static List<String> fetched(String said) {
        List<String> addresses = new ArrayList<>();
        Matcher fetch = Pattern.compile("Fetch\\(([^)]*)\\)").matcher(said);
        while (fetch.find()) addresses.add(fetch.group(1));
        return addresses;
    }

    @Test
    void whoSignsInReadsWhatIsInternal() throws Exception {
        RunningService.account("gdal", "Anquan-Lizhou-2026", Role.VIEWER);
        String anyone = run("ogrinfo", "-ro", "-so", service(), "shelter");
        assertThat(anyone).contains("status: String").doesNotContain("phone: String");
        String viewer = run("ogrinfo", "-ro", "-so", "-oo", "USERPWD=" + ACCOUNT, service(), "shelter");
        assertThat(viewer).contains("phone: String");
    }

    /**
     * GDAL speaks x before y; the standard says that coordinates are in the order of the system's definition, which is
     * north first but for CRS84 and Web Mercator. Of the zones the home one, its neighbours and the two at the ends of
     * China, 30 degrees away.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EPSG:4326",
                "EPSG:4490",
                "EPSG:3857",
                "EPSG:4534",
                "EPSG:4543",
                "EPSG:4544",
                "EPSG:4545",
                "EPSG:4554"
            })
    void coordinatesInOtherSystemsAreThoseOfProj(String code) throws Exception {
        Feature one =
                layers.find(FeatureQuery.all("shelter").page(1, 0)).features().get(0);
        double[] expected = transformed(code, one.geometry().getCoordinate());
        String uri = "http://www.opengis.net/def/crs/EPSG/0/" + code.substring(5);
        JsonNode at = RunningService.get("/ogc/collections/shelter/items/" + one.id() + "?crs=" + uri)
                .path("geometry")
                .path("coordinates");
        int east = code.equals("EPSG:3857") ? 0 : 1;
        // A millimetre; in degrees 1e-8.
        double tolerance = code.equals("EPSG:4326") || code.equals("EPSG:4490") ? 1e-8 : 0.001;
        assertThat(at.get(east).asDouble()).isCloseTo(expected[0], Offset.offset(tolerance));
        assertThat(at.get(1 - east).asDouble()).isCloseTo(expected[1], Offset.offset(tolerance));
    }

    private double[] transformed(String to, Coordinate lonLat) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("point.txt"), lonLat.x + " " + lonLat.y + "\n");
        String said = said("sh", "-c", "gdaltransform -output_xy -s_srs OGC:CRS84 -t_srs " + to + " < point.txt");
        String[] parts = said.strip().split("\\s+");
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    }

    @Test
    void theStoreItselfIsReadWhileTheServiceRuns() throws Exception {
        Path store = RunningService.home().resolve("data/anquan.gpkg");
        String said = run("ogrinfo", "-ro", "-so", "-al", store.toString());
        for (LayerDefinition layer : layers.definitions()) {
            long count = layers.state(layer.id()).count();
            assertThat(said)
                    .containsPattern("Layer name: " + layer.id() + "\\R(?:.*\\R){1,3}?Feature Count: " + count + "\\R");
            for (AttributeDefinition attribute : layer.attributes())
                if (attribute.type() == AttributeType.TIME) assertThat(said).contains(attribute.name() + ": DateTime");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"geojson", "gpkg", "shp", "csv", "xlsx", "kml"})
    void exportsOpenWithTheSameNumberOfFeatures(String format) throws Exception {
        byte[] file = RunningService.bytes("/api/export/shelter?format=" + format);
        String name = "shelter." + (format.equals("shp") ? "zip" : format);
        Files.write(folder.resolve(name), file);
        String source = format.equals("shp") ? "/vsizip/" + name : name;
        long count = layers.state("shelter").count();
        String said = run("ogrinfo", "-ro", "-so", "-al", source);
        assertThat(said).contains("Feature Count: " + count);
        assertThat(run("ogrinfo", "-ro", "-al", "-q", source)).contains("凤凰山公园（示例）");
    }
}
