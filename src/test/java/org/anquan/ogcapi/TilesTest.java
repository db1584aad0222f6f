package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TilesTest extends ApiWorld {
    /** Level 8 around 105.8–106.1° E, 32.4° N: x = 285.9/360·256 = 203, y = 103. Row before column. */
    private static final String TILE = "/ogc/collections/probe_point/tiles/WebMercatorQuad/8/103/203";

    @Test
    void aTileHoldsWhatTheAskerMaySee() {
        Reply tile = get(TILE);
        assertThat(tile.status()).isEqualTo(200);
        assertThat(tile.header("Content-Type")).isEqualTo("application/vnd.mapbox-vector-tile");
        String inside = new String(tile.bytes(), StandardCharsets.UTF_8);
        assertThat(inside)
                .contains("probe_point")
                .contains("点1")
                .doesNotContain("phone")
                .doesNotContain("0839");
        String planner = get(TILE, "Authorization", basic(PLANNER)).text();
        assertThat(planner).contains("0839-1").contains("张1");
        assertThat(get(TILE).text()).as("not from another's cache").doesNotContain("张1");
        assertThat(get("/ogc/collections/probe_hidden/tiles/WebMercatorQuad/0/0/0")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTileIsPackedForThoseWhoTakeItAndKnownAgain() throws IOException {
        Reply plain = get(TILE);
        Reply packed = get(TILE, "Accept-Encoding", "gzip, br");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.bytes()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.bytes());
        }
        assertThat(get(TILE, "If-None-Match", plain.header("ETag")).status()).isEqualTo(304);
        assertThat(get(TILE, "If-None-Match", plain.header("ETag"), "Authorization", basic(PLANNER))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"23/0/0", "0/1/0", "0/0/1", "3/8/0", "-1/0/0", "a/0/0", "5/1.5/0", "9/0/99999999999"})
    void aTileOutsideTheWorldIsSaid(String where) {
        Reply reply = get("/ogc/collections/probe_point/tiles/WebMercatorQuad/" + where);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void emptyPlacesAreEmptyTiles() {
        Reply tile = get("/ogc/collections/probe_point/tiles/WebMercatorQuad/8/0/0");
        assertThat(tile.status()).isEqualTo(200);
        assertThat(tile.bytes()).isEmpty();
    }

    @Test
    void tilesetsTellTheirAddressAndScheme() {
        JsonNode set = get("/ogc/collections/probe_point/tiles/WebMercatorQuad").json();
        assertThat(set.path("tileMatrixSetURI").asString("")).endsWith("WebMercatorQuad");
        String template = "";
        for (JsonNode link : set.path("links"))
            if (link.path("rel").asString("").equals("item"))
                template = link.path("href").asString("");
        String address = template.replace("{tileMatrix}", "8")
                .replace("{tileRow}", "103")
                .replace("{tileCol}", "203");
        assertThat(get(address).bytes()).isEqualTo(get(TILE).bytes());
        JsonNode scheme = get("/ogc/tileMatrixSets/WebMercatorQuad").json();
        assertThat(scheme.path("tileMatrices").get(1).path("matrixWidth").asInt())
                .isEqualTo(2);
        // 156 543.03 m a pixel at level 0.
        assertThat(scheme.path("tileMatrices").get(0).path("cellSize").asDouble())
                .isCloseTo(156_543.034, org.assertj.core.data.Offset.offset(0.001));
        assertThat(get("/ogc/tileMatrixSets").json().path("tileMatrixSets").size())
                .isEqualTo(1);
        JsonNode tileJson = get("/ogc/collections/probe_point/tiles/WebMercatorQuad?f=tilejson")
                .json();
        assertThat(tileJson.path("tiles").get(0).asString("")).endsWith("/{z}/{y}/{x}");
        assertThat(tileJson.path("vector_layers").get(0).path("fields").has("keeper"))
                .isFalse();
    }

    @Test
    void gdalReadsOurTiles(@TempDir Path folder) throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/ogrinfo"));
        if (!there) System.out.println("skipped: tiles read by GDAL, because ogrinfo is not installed");
        assumeTrue(there);
        Path points = folder.resolve("points.mvt");
        Files.write(points, get(TILE).bytes());
        assertThat(ogrinfo(points))
                .contains("probe_point")
                .contains("Feature Count: 25")
                .contains("people (Integer")
                .contains("点7");
        Path areas = folder.resolve("areas.mvt");
        // Level 6: the ring from 107 to 108° E lies at x = 287/360·64 = 51.0 to 51.2, y = 25; the corner one tile west.
        Files.write(
                areas,
                get("/ogc/collections/probe_area/tiles/WebMercatorQuad/6/25/51").bytes());
        assertThat(ogrinfo(areas)).contains("Feature Count: 1").containsPattern("POLYGON \\(\\(.*\\),\\(.*\\)\\)");
    }

    private static String ogrinfo(Path tile) throws Exception {
        Process run = new ProcessBuilder("/usr/bin/ogrinfo", "-al", "MVT:" + tile)
                .redirectErrorStream(true)
                .start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        return said;
    }
}
