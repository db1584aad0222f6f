package org.anquan.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.LayerImport;
import org.anquan.network.Roads;
import org.anquan.network.Roads.ImportSummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Liechtenstein from its files to the answer over HTTP, as docs/real-roads.md does it. */
@Tag("real-data")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "anquan.sample=none")
class RealDistrictTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    static Path home;

    @DynamicPropertySource
    static void ownHome(DynamicPropertyRegistry registry) {
        registry.add("anquan.home", () -> home.toString());
    }

    @Autowired
    LayerImport layerImport;

    @Autowired
    Roads roads;

    @LocalServerPort
    int port;

    private final JsonMapper json = new JsonMapper();

    @BeforeEach
    void onlyWithTheDataFolder() {
        assumeTrue(Files.isDirectory(DATA), "skipped: ../shared/data is not there");
    }

    @Test
    void aDistrictOfRealFilesAnswersTheCircle() throws Exception {
        ImportSummary summary = roads.importOsm(DATA.resolve("osm/liechtenstein-2024.osm.pbf"), share -> {});
        // data/README.md: 8 271 highway ways, 6 058 junctions and ends of car ways alone; paths add the rest.
        assertThat(summary.roads()).isBetween(8_000L, 8_400L);
        assertThat(summary.junctions()).isGreaterThan(6_058);
        // Counts of data/README.md.
        // Nine of the nineteen are fire stations; police, ambulances and hospitals are for other layers.
        take("rescue_station", "liechtenstein_rescue_stations.geojson", 9);
        // 19 villages, 12 hamlets, 8 single dwellings, 3 farms, 3 quarters, 2 towns; 37 other places have no people.
        take("village", "liechtenstein_places.geojson", 47);
        take("forest_fire_area", "liechtenstein_forests.geojson.gz", 574);
        take("hazardous_facility", "liechtenstein_hazardous_facilities.geojson", 95);
        // Schools, public halls and sports halls; huts by the road and what is none of these stay out.
        take("shelter", "liechtenstein_candidate_shelters.geojson", 52);

        JsonNode answer = ask("{\"inputs\":{\"facilities\":{\"layer\":\"rescue_station\"},\"minutes\":[5,15,60]}}");

        List<JsonNode> bands = list(answer.path("bands").path("features"));
        assertThat(bands).hasSize(3);
        JsonNode covered = answer.path("covered");
        long known = covered.path("peopleKnownTotal").asLong();
        assertThat(covered.path("people").asLong()).isBetween(1L, known);
        assertThat(covered.path("villagesPeopleUnknown").asInt()).isBetween(1, 70);
        // The country has 160 km² and an outline of about 76 km, over which one walks 2 km at most: below 320 km².
        assertThat(covered.path("areaSquareMetres").asDouble()).isBetween(60e6, 320e6);
        assertThat(answer.path("accuracy").path("sameShare").asDouble()).isGreaterThan(0.95);
        double inner = areaOf(bands, 15);
        assertThat(inner).isBetween(1.0, covered.path("areaSquareMetres").asDouble());
        // In 5 minutes with 300 s of turnout nobody has left the yard.
        assertThat(areaOf(bands, 5)).isLessThan(inner / 20);
        for (JsonNode gap : answer.path("uncovered"))
            assertThat(gap.path("reason").asString())
                    .matches("no road within \\d+ m|not connected|beyond the limit by \\d+ min");
        assertThat(answer.path("data").path("roads").path("edges").asInt()).isEqualTo(summary.edges());
    }

    private static double areaOf(List<JsonNode> bands, int minutes) {
        return bands.stream()
                .map(b -> b.path("properties"))
                .filter(p -> p.path("minutes").asInt() == minutes)
                .mapToDouble(p -> p.path("areaSquareMetres").asDouble())
                .sum();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private void take(String layer, String file, int expected) {
        ImportReport report = layerImport.run(
                ImportRequest.of(layer, DATA.resolve("layers").resolve(file)), "test", ImportProgress.none());
        assertThat(report.accepted()).as(file).isEqualTo(expected);
        assertThat(report.refused()).as(file).isZero();
    }

    private JsonNode ask(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/ogc/processes/rescue-circle/execution"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }
}
