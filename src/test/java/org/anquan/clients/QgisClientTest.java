package org.anquan.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.anquan.browser.RunningService;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.process.Process;
import org.anquan.process.Processes;
import org.anquan.process.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * QGIS, without its window, reads the layers through the service's OGC API Features and from its GeoPackage, takes the
 * styles and draws. It runs once for all tests here; its pictures lie in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QgisClientTest {
    private static final Path QGIS = Path.of("/usr/lib/python3/dist-packages/qgis/core/__init__.py");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Layers layers;
    private List<LayerDefinition> seen;
    private JsonNode found;

    @BeforeAll
    void qgisLooks(@TempDir Path folder) throws IOException, InterruptedException {
        if (!Files.exists(QGIS)) System.out.println("skipped: QGIS (python3-qgis) is not installed");
        Assumptions.assumeTrue(Files.exists(QGIS));
        layers = RunningService.part(Layers.class);
        seen = new Visibility(Sensitivity.PUBLIC).layers(layers);
        Path styles = Files.createDirectories(folder.resolve("styles"));
        for (LayerDefinition layer : seen)
            if (Files.exists(Path.of("styles", layer.id() + ".sld")))
                Files.write(
                        styles.resolve(layer.id() + ".sld"),
                        RunningService.bytes("/ogc/styles/" + layer.id() + "?f=qgis"));
        Files.writeString(folder.resolve("asked.json"), JSON.writeValueAsString(pictures()));
        riskMap(folder);
        Path script = folder.resolve("qgis_client.py");
        Files.write(script, new ClassPathResource("qgis_client.py").getContentAsByteArray());
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/python3",
                script.toString(),
                RunningService.address(),
                RunningService.home().resolve("data/anquan.gpkg").toString(),
                styles.toString(),
                folder.toString()));
        seen.forEach(layer -> command.add(layer.id()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("QT_QPA_PLATFORM", "offscreen");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.redirectOutput(folder.resolve("said.txt").toFile());
        java.lang.Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) process.destroyForcibly();
        String said = Files.readString(folder.resolve("said.txt"));
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        found = JSON.readTree(Files.readString(folder.resolve("found.json"), StandardCharsets.UTF_8));
        Path pictures = Files.createDirectories(Path.of("target/screenshots"));
        for (JsonNode picture : pictures()) {
            String name = picture.path("title").asString("") + ".png";
            Files.copy(folder.resolve(name), pictures.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** In the town, in the hills, by the river, at the edge; longitude first. */
    private static final double[][] PLACES = {{105.845, 32.434}, {105.62, 32.53}, {105.70, 32.40}, {105.95, 32.47}};

    private String run = "";

    private static Process process(String id) {
        return RunningService.part(Processes.class).require(id);
    }

    private static JsonNode written(Object answer) {
        JsonMapper json = RunningService.part(JsonMapper.class);
        return json.readTree(json.writeValueAsString(answer));
    }

    private void riskMap(Path folder) throws IOException {
        Process zoning = process("risk-zoning");
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("recipe", "comprehensive");
        Object answer = zoning.execute(asked, Progress.none());
        run = written(answer).path("run").asString("");
        try (var out = Files.newOutputStream(folder.resolve("risk.tif"))) {
            zoning.write(answer, "image/tiff", out);
        }
        Files.writeString(folder.resolve("raster.json"), JSON.writeValueAsString(PLACES));
    }

    /** The same number as the service gives with the reason of the cell. */
    @Test
    void theRiskMapHasTheSameValuesAsARaster() {
        JsonNode raster = found.path("raster");
        assertThat(raster.path("valid").asBoolean()).isTrue();
        assertThat(raster.path("crs").asString()).isEqualTo("EPSG:4544");
        for (int i = 0; i < PLACES.length; i++) {
            ObjectNode asked = JsonNodeFactory.instance.objectNode().put("run", run);
            asked.putArray("location").add(PLACES[i][0]).add(PLACES[i][1]);
            JsonNode reason = written(process("risk-reason").execute(asked, Progress.none()));
            assertThat(raster.path("values").get(i).asDouble(Double.NaN))
                    .as(asked.toString())
                    .isCloseTo(reason.path("risk").asDouble(Double.NaN), within(1e-4));
        }
    }

    private Coordinate inside(String layer, String attribute, Object value) {
        Feature feature = layers.find(FeatureQuery.all(layer)).features().stream()
                .filter(one -> value.equals(attribute.equals("id") ? one.id() : one.get(attribute)))
                .findFirst()
                .orElseThrow();
        return feature.geometry().getInteriorPoint().getCoordinate();
    }

    /** What to draw: townships alone; the whole district; the town, over HTTP and from the file. */
    private ArrayNode pictures() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Coordinate middle = new Coordinate(105.75, 32.47);
        ObjectNode townships = picture(all, "qgis-townships", "http", middle, 70_000, List.of("township"));
        for (String kind : List.of("street", "town", "township"))
            place(townships, kind, inside("township", "kind", kind));
        ObjectNode district = picture(
                all,
                "qgis-district",
                "http",
                middle,
                64_000,
                List.of(
                        "rescue_station",
                        "shelter",
                        "hospital",
                        "landslide_point",
                        "road",
                        "flood_channel",
                        "intensity_zone",
                        "township",
                        "district"));
        place(district, "expressway", inside("road", "roadClass", "expressway"));
        List<String> town = List.of(
                "rescue_station", "shelter", "hazardous_facility", "hydrant", "road", "flood_channel", "community");
        Coordinate hill = new Coordinate(105.836, 32.436);
        for (String from : List.of("http", "file")) {
            ObjectNode one = picture(all, "qgis-town-" + from, from, hill, 6_000, town);
            place(one, "shelter", inside("shelter", "id", "shelter-01"));
            place(one, "planned station", inside("rescue_station", "id", "rs-shangxiba"));
        }
        return all;
    }

    private static ObjectNode picture(
            ArrayNode all, String title, String from, Coordinate centre, double metres, List<String> layers) {
        ObjectNode one = all.addObject().put("title", title).put("from", from).put("metres", metres);
        one.putArray("centre").add(centre.x).add(centre.y);
        one.putArray("size").add(1200).add(800);
        ArrayNode names = one.putArray("layers");
        layers.forEach(names::add);
        one.putObject("places");
        return one;
    }

    private static void place(ObjectNode picture, String name, Coordinate at) {
        ((ObjectNode) picture.path("places")).putArray(name).add(at.x).add(at.y);
    }

    @Test
    void everyLayerOpensOverHttpAndFromTheFileWithAllItsFeatures() {
        for (LayerDefinition layer : seen) {
            LayerState state = layers.state(layer.id());
            for (String from : List.of("http", "file")) {
                JsonNode is = found.path("layers").path(layer.id()).path(from);
                assertThat(is.path("valid").asBoolean())
                        .as(from + " " + layer.id())
                        .isTrue();
                // Without features QGIS cannot know the attributes over HTTP.
                if (state.count() == 0) continue;
                assertThat(is.path("count").asLong())
                        .as(from + " " + layer.id())
                        .isEqualTo(state.count());
                List<String> ids = new ArrayList<>();
                is.path("ids").forEach(id -> ids.add(id.asString("")));
                assertThat(ids)
                        .as(from + " " + layer.id())
                        .containsExactlyInAnyOrderElementsOf(
                                layers.find(FeatureQuery.all(layer.id())).features().stream()
                                        .map(Feature::id)
                                        .toList());
            }
        }
    }

    @Test
    void everyAttributeIsThereAlsoThoseUnknownInTheFirstFeatures() {
        for (LayerDefinition layer : seen) {
            if (layers.state(layer.id()).count() == 0) continue;
            Map<String, String> over = new TreeMap<>();
            found.path("layers")
                    .path(layer.id())
                    .path("http")
                    .path("fields")
                    .properties()
                    .forEach(field -> over.put(field.getKey(), field.getValue().asString("")));
            for (AttributeDefinition attribute : new Visibility(Sensitivity.PUBLIC).attributes(layer))
                assertThat(over).as(layer.id()).containsKey(attribute.name());
        }
    }

    @Test
    void everyStyleLoadsWithoutAComplaint() {
        int loaded = 0;
        for (LayerDefinition layer : seen) {
            JsonNode sld = found.path("layers").path(layer.id()).path("sld");
            if (!sld.path("there").asBoolean()) continue;
            loaded++;
            assertThat(sld.path("loaded").asBoolean()).as(layer.id() + sld).isTrue();
            assertThat(sld.path("said").asString("")).as(layer.id()).isEmpty();
        }
        assertThat(loaded).isGreaterThan(20);
        assertThat(found.path("symbols").path("count").asInt()).isGreaterThan(20);
        assertThat(found.path("symbols").path("missing")).isEmpty();
        for (JsonNode picture : found.path("pictures"))
            assertThat(picture.path("errors")).isEmpty();
    }

    @Test
    void coloursAtKnownPlacesAreThoseOfTheStyles() {
        // 55 % of the fill over white: #e9e4f0, #e8f0e4, #f1efe2.
        assertThat(shows("qgis-townships", "street", 0xf3f0f7)).isTrue();
        assertThat(shows("qgis-townships", "town", 0xf2f7f0)).isTrue();
        assertThat(shows("qgis-townships", "township", 0xf7f6ef)).isTrue();
        assertThat(shows("qgis-district", "expressway", 0xf7c58f)).isTrue();
        for (String town : List.of("qgis-town-http", "qgis-town-file")) {
            // The green house and the red ring of the symbols, which QGIS has from the service.
            assertThat(shows(town, "shelter", 0x1e7d43)).as(town).isTrue();
            assertThat(shows(town, "planned station", 0xc62828)).as(town).isTrue();
        }
    }

    /** Whether the colour is at the place, or within the size of a symbol around it; edges of 3 in a channel are blending. */
    private boolean shows(String picture, String place, int rgb) {
        for (JsonNode said :
                found.path("pictures").path(picture).path("colours").path(place)) {
            int is = Integer.parseInt(said.asString("").substring(1), 16);
            boolean same = true;
            for (int shift = 0; shift <= 16; shift += 8)
                same &= Math.abs(((is >> shift) & 255) - ((rgb >> shift) & 255)) <= 3;
            if (same) return true;
        }
        System.out.println(picture + " " + place + ": "
                + found.path("pictures").path(picture).path("colours").path(place));
        return false;
    }
}
