package org.anquan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anquan.ogcapi.ApiWorld;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sheets over real HTTP, looked at with other people's tools. */
class SheetApiTest extends ApiWorld {
    private static final String WISH = "{\"title\":\"利州区天曌山避难图\",\"extent\":[105.7,32.3,106.0,32.6],"
            + "\"layers\":[\"probe_point\",\"probe_area\"],\"drill\":true,\"table\":{\"title\":\"各乡镇\","
            + "\"columns\":[\"乡镇\",\"人口\"],\"rows\":[[\"三堆镇\",23000],[\"白朝乡\",null]]}";

    private static void needFont() {
        assumeTrue(Files.isReadable(DrawingTest.TRUE_TYPE), "skipped: fonts-droid-fallback is missing");
    }

    @Test
    void aPdfHoldsItsFontsAndItsWordsCanBeSearched(@TempDir Path folder) throws Exception {
        needFont();
        Reply reply = post("/api/sheet", WISH + ",\"paper\":\"A4\",\"orientation\":\"portrait\"}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(reply.header("Content-Disposition")).contains("filename*=UTF-8''");
        try (PDDocument pdf = Loader.loadPDF(reply.bytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            // A4 upright: 210 mm by 297 mm of 72/25.4 points.
            assertThat(pdf.getPage(0).getMediaBox().getWidth()).isBetween(595f, 596f);
            assertThat(pdf.getPage(0).getMediaBox().getHeight()).isBetween(841f, 842f);
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("利州区天曌山避难图", "三堆镇", "23,000", "未知", "1:", "审图号", "EPSG:4544");
            List<String> loose = new ArrayList<>();
            for (COSName name : pdf.getPage(0).getResources().getFontNames()) {
                PDFont font = pdf.getPage(0).getResources().getFont(name);
                if (!font.isEmbedded() || !font.getName().matches("[A-Z]{6}\\+.*")) loose.add(font.getName());
            }
            assertThat(loose).as("fonts that are not embedded as a subset").isEmpty();
        }
        Path pdffonts = Path.of("/usr/bin/pdffonts");
        if (!Files.isExecutable(pdffonts)) return;
        Path file = Files.write(folder.resolve("sheet.pdf"), reply.bytes());
        List<String> fonts = run("pdffonts", file.toString()).lines().skip(2).toList();
        assertThat(fonts).isNotEmpty().allMatch(line -> line.matches(".*\\syes\\s+yes\\s+yes\\s.*"));
        assertThat(run("pdftotext", file.toString(), "-")).contains("利州区天曌山避难图");
    }

    private static String run(String... command) throws IOException {
        java.lang.Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aPictureOfA3Has300DotsPerInch() {
        needFont();
        Reply reply = post("/api/sheet", WISH + ",\"format\":\"png\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("image/png");
        ByteBuffer bytes = ByteBuffer.wrap(reply.bytes());
        // 420 mm and 297 mm of 300/25.4 dots.
        assertThat(bytes.getInt(16)).isEqualTo(4961);
        assertThat(bytes.getInt(20)).isEqualTo(3508);
        assertThat(reply.header("Anquan-Scale")).matches("\\d+");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Reply reply = post(
                "/api/sheet",
                "{\"process\":\"a\",\"job\":\"b\",\"papre\":1,\"paper\":\"A0\",\"drill\":\"ja\","
                        + "\"extent\":[106,32,105,33],\"scale\":7,\"table\":[],\"title\":\" \"}");
        assertThat(reply.status()).isEqualTo(400);
        List<String> where = new ArrayList<>();
        for (JsonNode mistake : reply.json().path("mistakes"))
            where.add(mistake.path("where").asString());
        assertThat(where)
                .containsExactlyInAnyOrder("papre", "job", "title", "paper", "drill", "extent", "scale", "table");
    }

    @Test
    void aLayerThatOneMayNotSeeIsAsUnknownAsOneThatDoesNotExist() {
        Reply reply = post("/api/sheet", "{\"layers\":[\"probe_secret\",\"nonsense\"],\"extent\":[105,32,106,33]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("mistakes")).hasSize(2);
    }

    @Test
    void aJobThatDoesNotExistAndAProcessThatDoesNotAreNotFound() {
        assertThat(post("/api/sheet", "{\"job\":\"none\"}").status()).isEqualTo(404);
        assertThat(post("/api/sheet", "{\"process\":\"none\",\"inputs\":{}}").status())
                .isEqualTo(404);
        Reply wrong = post("/api/sheet", "{\"process\":\"probe-echo\",\"inputs\":{}}");
        assertThat(wrong.status()).as("the process says what is wrong").isEqualTo(400);
        assertThat(wrong.text()).contains("inputs.word");
    }

    @Test
    void theOpenApiTellsOfIt() {
        JsonNode path = get("/ogc/api").json().path("paths").path("/sheet").path("post");
        assertThat(path.path("requestBody").toString()).contains("landscape", "A4", "png");
        assertThat(path.path("responses").path("200").path("content").has("application/pdf"))
                .isTrue();
    }
}
