package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anquan.catalog.FeatureDraft;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files in over HTTP: upload, look, try, run, report. */
class ImportsTest extends ApiWorld {
    private static final String UPLOADS = "/api/import/uploads";

    @BeforeEach
    void aLayerOfTwo() throws IOException {
        load(
                "probe_edit",
                List.of(
                        new FeatureDraft("a", wkt("POINT(105.1 32.4)"), Map.of("name", "甲", "people", 10L), null),
                        new FeatureDraft("b", wkt("POINT(105.2 32.4)"), Map.of("name", "乙"), null)));
    }

    private Reply send(String account, String path, Map<String, String> fields, Object... files) {
        return multipart(path, fields, files, "Authorization", basic(account));
    }

    private String upload(String name, byte[] bytes) {
        Reply reply = send(PLANNER, UPLOADS, Map.of(), name, bytes);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("fileName").asString()).isEqualTo(name);
        return reply.json().path("upload").asString();
    }

    private Reply look(String upload, String query) {
        return get(UPLOADS + "/" + upload + "?" + query, "Authorization", basic(PLANNER));
    }

    private Reply run(String upload, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", basic(PLANNER)));
        all.addAll(List.of(headers));
        return post(UPLOADS + "/" + upload, body, all.toArray(String[]::new));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anUploadIsShownAsItWouldLandBeforeAnythingIsWritten() {
        byte[] gbk = "编号,名称,人数,备用,经度,纬度\nc,丙,1200,x,105°49′12″,32°26′24″\nd,丁,约300,y,105.9,32.5\n"
                .getBytes(Charset.forName("GBK"));
        String upload = upload("名单.csv", gbk);
        JsonNode seen = look(upload, "layer=probe_edit&lang=zh").json();
        assertThat(seen.path("encoding").path("value").asString()).isEqualTo("GB18030");
        assertThat(seen.path("encoding").path("origin").asString()).isEqualTo("detected");
        assertThat(seen.path("crs").path("candidates").size()).isGreaterThan(3);
        assertThat(seen.path("columns"))
                .extracting(c -> c.path("use").asString(""))
                .containsExactly("id", "attribute", "attribute", "aside", "lon", "lat");
        assertThat(seen.path("columns").get(2).path("attribute").asString()).isEqualTo("people");
        assertThat(seen.path("columns").get(2).path("why").asString()).contains("标题");
        assertThat(seen.path("rows").get(1).get(2).asString()).isEqualTo("约300");
        assertThat(seen.path("features").path("features")).hasSize(1);
        // 105° + 49/60 + 12/3600 = 105.82; 32° + 26/60 + 24/3600 = 32.44
        JsonNode at =
                seen.path("features").path("features").get(0).path("geometry").path("coordinates");
        assertThat(at.get(0).asDouble()).isCloseTo(105.82, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(at.get(1).asDouble()).isCloseTo(32.44, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(seen.path("warnings").toString()).contains("约300");
        assertThat(layers.state("probe_edit").count()).isEqualTo(2);
    }

    @Test
    void aDryRunSaysWhatARunSaysAndChangesNothing() {
        String upload =
                upload("n.csv", utf8("id,name,people,lon,lat\nb,乙,5,105.3,32.4\nc,丙,7,105.4,32.4\nd,丁,x,105.4,32.4\n"));
        long version = layers.state("probe_edit").version();
        String body = "{\"layer\":\"probe_edit\",\"mode\":\"update\",\"dryRun\":%s}";
        JsonNode tried = run(upload, body.formatted("true")).json();
        assertThat(layers.state("probe_edit").version()).isEqualTo(version);
        JsonNode done = run(upload, body.formatted("false")).json();
        for (String same : List.of(
                "read", "accepted", "added", "updated", "unchanged", "refused", "count", "columns", "refusedRows"))
            assertThat(tried.path(same)).as(same).isEqualTo(done.path(same));
        assertThat(done.path("added").asInt()).isEqualTo(1);
        assertThat(done.path("updated").asInt()).isEqualTo(1);
        assertThat(tried.path("dryRun").asBoolean()).isTrue();
        assertThat(tried.path("wouldStore").asBoolean()).isTrue();
        assertThat(tried.path("stored").asBoolean()).isFalse();
        assertThat(done.path("stored").asBoolean()).isTrue();
        assertThat(layers.get("probe_edit", "b").orElseThrow().get("people")).isEqualTo(5L);
        assertThat(layers.get("probe_edit", "a").orElseThrow().get("people")).isEqualTo(10L);
    }

    @Test
    void anUpdateChangesOnlyTheColumnsOfTheFileAndIsTakenBackAsOne() {
        String upload = upload("u.csv", utf8("id,people\na,11\nb,\n"));
        JsonNode done =
                run(upload, "{\"layer\":\"probe_edit\",\"mode\":\"update\"}").json();
        assertThat(done.path("updated").asInt()).as(done.toString()).isEqualTo(1);
        assertThat(done.path("unchanged").asInt()).isEqualTo(1);
        assertThat(layers.get("probe_edit", "a").orElseThrow().name()).isEqualTo("甲");
        assertThat(layers.get("probe_edit", "a").orElseThrow().get("people")).isEqualTo(11L);
        assertThat(layers.get("probe_edit", "b").orElseThrow().name()).isEqualTo("乙");
        Reply undone = post(
                "/ogc/collections/probe_edit/changes/" + done.path("changeSet").asLong() + "/undo",
                "{}",
                "Authorization",
                basic(PLANNER));
        assertThat(undone.status()).as(undone.text()).isLessThan(300);
        assertThat(layers.get("probe_edit", "a").orElseThrow().get("people")).isEqualTo(10L);
    }

    @Test
    void refusedRowsAreMendedInTheReportAndThatSheetIsImportedAgain() throws IOException {
        String upload =
                upload("坏.csv", utf8("编号,名称,人数,经度,纬度\ng,好,3,105.3,32.4\nx,坏,约300,105.4,32.4\ny,更坏,5,105.5,很远\n"));
        JsonNode done = run(upload, "{\"layer\":\"probe_edit\"}", "Accept-Language", "zh")
                .json();
        assertThat(done.path("refused").asInt()).isEqualTo(2);
        Reply book = get(done.path("workbook").asString(), "Authorization", basic(PLANNER));
        assertThat(book.status()).isEqualTo(200);
        List<Row> rows;
        try (ReadableWorkbook open = new ReadableWorkbook(new ByteArrayInputStream(book.bytes()))) {
            rows = open.getFirstSheet().read();
        }
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).getCellText(3)).isEqualTo("约300");
        assertThat(rows.get(1).getCellText(6)).contains("数字");
        assertThat(zipText(book.bytes(), "xl/comments1.xml")).contains(escaped("数字"));
        // A clerk mends the two cells, and nothing else.
        byte[] mended = withText(withText(book.bytes(), "约300", "300"), "很远", "32.5");
        JsonNode again = send(PLANNER, "/api/import", Map.of("layer", "probe_edit"), "report.xlsx", mended)
                .json();
        assertThat(again.path("accepted").asInt()).as(again.toString()).isEqualTo(2);
        assertThat(again.path("refused").asInt()).isZero();
        assertThat(layers.get("probe_edit", "x").orElseThrow().get("people")).isEqualTo(300L);
        assertThat(layers.state("probe_edit").count()).isEqualTo(5);
    }

    @Test
    void aLongImportIsAJobWithAReportAsItsResult() throws InterruptedException {
        String upload = upload("j.csv", utf8("id,name,lon,lat\nj,己,105.3,32.4\n"));
        Reply started = run(upload, "{\"layer\":\"probe_edit\"}", "Prefer", "respond-async");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String job = started.header("Location");
        Reply result = get(job + "/results");
        for (int i = 0; i < 200 && result.status() != 200; i++) {
            Thread.sleep(50);
            result = get(job + "/results");
        }
        assertThat(result.json().path("accepted").asInt()).as(result.text()).isEqualTo(1);
        assertThat(result.json().path("lines").get(0).asString()).contains("j.csv");
    }

    @Test
    void aShapefileSetMayComeAsSeveralFilesAndOthersMayNot() throws IOException {
        Files.createDirectories(HOME.resolve("tmp"));
        List<String> before = files();
        Reply mixed = send(PLANNER, UPLOADS, Map.of(), "a.csv", utf8("x"), "b.csv", utf8("y"));
        assertThat(mixed.status()).isEqualTo(400);
        Reply twoSets = send(PLANNER, UPLOADS, Map.of(), "a.shp", utf8("x"), "b.dbf", utf8("y"));
        assertThat(twoSets.status()).isEqualTo(400);
        Reply none = send(PLANNER, UPLOADS, Map.of("layer", "x"));
        assertThat(none.status()).isEqualTo(400);
        assertThat(files()).as("what was refused does not stay").isEqualTo(before);
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve("tmp"))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFilesOfAShapefileSetAreReadAsOne() throws IOException {
        byte[] zip = get("/api/export/probe_point?format=shp&encoding=gbk&crs=EPSG:4544&bbox=105,32,107,33")
                .bytes();
        List<Object> parts = new ArrayList<>();
        try (var in = new java.util.zip.ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var e = in.getNextEntry(); e != null; e = in.getNextEntry())
                if (!e.getName().endsWith(".csv")) parts.addAll(List.of(e.getName(), in.readAllBytes()));
        }
        assertThat(parts).hasSize(10);
        Reply sent = send(PLANNER, UPLOADS, Map.of(), parts.toArray());
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        assertThat(sent.json().path("fileName").asString()).isEqualTo("probe_point.shp");
        JsonNode seen =
                look(sent.json().path("upload").asString(), "layer=probe_point").json();
        assertThat(seen.path("encoding").toString()).contains("GBK").contains("declared");
        assertThat(seen.path("crs").path("value").asString()).isEqualTo("EPSG:4544");
        assertThat(seen.path("crs").path("origin").asString()).isEqualTo("file");
        assertThat(seen.path("features")
                        .path("features")
                        .get(0)
                        .path("properties")
                        .path("name")
                        .asString())
                .isEqualTo("点1");
    }

    @Test
    void onlyPlannersImportAndStrangersSeeNoUploads() {
        assertThat(send(VIEWER, UPLOADS, Map.of(), "a.csv", utf8("x")).status()).isEqualTo(403);
        String upload = upload("a.csv", utf8("id,name,lon,lat\nz,z,1,1\n"));
        assertThat(get(UPLOADS + "/" + upload).status()).isEqualTo(401);
        assertThat(get(UPLOADS + "/" + upload, "Authorization", basic(VIEWER)).status())
                .isEqualTo(403);
        // The process that does the work is asked by anyone, and refuses for itself.
        Reply direct = post(
                "/ogc/processes/import-layer/execution",
                "{\"inputs\":{\"upload\":\"" + upload + "\",\"layer\":\"probe_edit\"}}");
        assertThat(direct.status()).isEqualTo(403);
        assertThat(layers.get("probe_edit", "z")).isEmpty();
        Reply gone = ask("DELETE", UPLOADS + "/" + upload, null, "Authorization", basic(PLANNER));
        assertThat(gone.status()).isEqualTo(204);
        assertThat(look(upload, "").status()).isEqualTo(404);
        assertThat(look("../../etc/passwd", "").status()).isIn(400, 404);
    }

    @Test
    void whatIsWrongWithARunIsSaidAllAtOnce() {
        String upload = upload("a.csv", utf8("id,name,lon,lat\nz,z,1,1\n"));
        Reply wrong = run(upload, "{\"mode\":\"merge\",\"dryRun\":\"maybe\",\"encoding\":\"klingon\",\"colour\":1}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("mistakes")).hasSize(5);
        assertThat(run(upload, "{\"layer\":\"nowhere\"}").status()).isEqualTo(404);
        assertThat(run(upload, "[1]").status()).isEqualTo(400);
        assertThat(run(upload, "{\"layer\":\"probe_edit\",\"columns\":{\"name\":\"colour\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(look(upload, "crs=EPSG:999999").status()).isEqualTo(400);
    }

    /** As the workbook writes signs beyond ASCII. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(c < 128 ? String.valueOf((char) c) : "&#x" + Integer.toHexString(c) + ";"));
        return out.toString();
    }

    private static Path kept(byte[] zip) throws IOException {
        return Files.write(Files.createTempFile("book", ".xlsx"), zip);
    }

    private static String zipText(byte[] zip, String entry) throws IOException {
        Path file = kept(zip);
        try (var in = new java.util.zip.ZipFile(file.toFile())) {
            return new String(in.getInputStream(in.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    /** The workbook with one cell's text replaced, as a person would. */
    private static byte[] withText(byte[] zip, String from, String to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path file = kept(zip);
        try (var in = new java.util.zip.ZipFile(file.toFile());
                var made = new java.util.zip.ZipOutputStream(out)) {
            for (var e : java.util.Collections.list(in.entries())) {
                made.putNextEntry(new java.util.zip.ZipEntry(e.getName()));
                byte[] bytes = in.getInputStream(e).readAllBytes();
                String text = new String(bytes, StandardCharsets.UTF_8);
                made.write(
                        e.getName().startsWith("xl/worksheets")
                                ? text.replace(">" + escaped(from) + "<", ">" + to + "<")
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
                made.closeEntry();
            }
        } finally {
            Files.delete(file);
        }
        return out.toByteArray();
    }
}
