package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.catalog.FeatureDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files out over HTTP. */
class ExportsTest extends ApiWorld {
    private static final String POINTS = "/api/export/probe_point";

    private Reply as(String account, String path) {
        return get(path, "Authorization", basic(account));
    }

    @ParameterizedTest
    @ValueSource(strings = {"geojson", "gpkg", "shp", "csv", "xlsx", "kml"})
    void whatWasExportedIsImportedAsTheSame(String format) throws IOException {
        Reply file = as(PLANNER, POINTS + "?format=" + format);
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.header("Anquan-Features")).isEqualTo("27");
        assertThat(file.header("Content-Disposition")).contains("attachment").contains("filename*=UTF-8''");
        long version = layers.state("probe_point").version();
        Reply back = multipart(
                "/api/import",
                Map.of("layer", "probe_point", "mode", "update", "dryRun", "true"),
                new Object[] {"export." + (format.equals("shp") ? "zip" : format), file.bytes()},
                "Authorization",
                basic(PLANNER));
        JsonNode report = back.json();
        // Nothing is other than it was: no feature is added, and none would change.
        assertThat(report.path("unchanged").asInt()).as(back.text()).isEqualTo(27);
        assertThat(layers.state("probe_point").version()).isEqualTo(version);
        try (Stream<Path> files = Files.list(HOME.resolve("tmp"))) {
            assertThat(files.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith("download-"));
        }
    }

    @Test
    void everyoneGetsWhatHeMaySee() {
        String all = as(PLANNER, POINTS + "?format=csv").text();
        assertThat(all).contains("keeper").contains("张3").contains("0839-3");
        String viewer = as(VIEWER, POINTS + "?format=csv").text();
        assertThat(viewer).contains("0839-3").doesNotContain("keeper").doesNotContain("张3");
        String anyone = get(POINTS + "?format=csv").text();
        assertThat(anyone).doesNotContain("phone").doesNotContain("0839-3").doesNotContain("张3");
        assertThat(get(POINTS + "?filter=keeper%20%3D%20%27%E5%BC%A03%27").status())
                .isEqualTo(400);
        assertThat(get("/api/export/probe_hidden").status()).isEqualTo(404);
        assertThat(as(VIEWER, "/api/export/probe_hidden").status()).isEqualTo(200);
    }

    @Test
    void aQueryIsExportedInTheSystemAskedFor() {
        // p21 … p25 have more than 200 people; p25 stands at 106.05.
        Reply some = get(POINTS + "?filter=people%20%3E%20200&bbox=105,32,106.04,33");
        assertThat(some.header("Anquan-Features")).isEqualTo("4");
        JsonNode metres =
                get(POINTS + "?crs=EPSG:4544&filter=people%20%3D%2010").json();
        assertThat(metres.path("crs").toString()).contains("4544");
        // gdaltransform -s_srs EPSG:4326 -t_srs EPSG:4544 of 105.81 32.4
        JsonNode at = metres.path("features").get(0).path("geometry").path("coordinates");
        assertThat(at.get(0).asDouble()).isBetween(576_000.0, 577_000.0);
        assertThat(at.get(1).asDouble()).isBetween(3_586_000.0, 3_588_000.0);
        assertThat(get(POINTS + "?format=kml&crs=GCJ-02").status()).isEqualTo(400);
    }

    @Test
    void tablesAreHeadedByTitlesOnRequestAndWrittenInGbk() {
        Reply gbk = get(POINTS + "?format=csv&encoding=gbk&titles=true&lang=zh");
        String text = new String(gbk.bytes(), Charset.forName("GBK"));
        assertThat(text.lines().findFirst().orElse("")).contains("人数（persons）").contains("高程（m）");
        assertThat(text).contains("点3");
        assertThat(gbk.header("Content-Type")).containsIgnoringCase("GBK");
        Reply shp = get(POINTS + "?format=shp&encoding=gbk");
        assertThat(new String(shp.bytes(), StandardCharsets.ISO_8859_1))
                .contains("probe_point.cpg")
                .contains("probe_point.prj");
    }

    @Test
    void theLayerAsItWasIsExportedToo() throws IOException, InterruptedException {
        load("probe_edit", List.of(new FeatureDraft("old", wkt("POINT(105 32)"), Map.of("name", "旧"), null)));
        // Changes are timed to the millisecond.
        Thread.sleep(5);
        Instant then = Instant.now();
        Thread.sleep(5);
        load("probe_edit", List.of(new FeatureDraft("new", wkt("POINT(105 32)"), Map.of("name", "新"), null)));
        assertThat(get("/api/export/probe_edit?datetime=" + then).ids()).containsExactly("old");
        assertThat(get("/api/export/probe_edit").ids()).containsExactly("new");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Reply wrong = get(POINTS + "?encoding=morse&bbox=1,2&titles=perhaps&datetime=today&colour=1");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("mistakes")).hasSize(5);
        assertThat(get(POINTS + "?format=dwg").status()).isEqualTo(400);
        assertThat(get(POINTS + "?crs=EPSG:2").status()).isEqualTo(400);
        assertThat(get("/api/export/nowhere").status()).isEqualTo(404);
    }
}
