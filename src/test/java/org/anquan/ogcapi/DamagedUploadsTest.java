package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken and hostile files sent to a running service: whatever they are, the answer is a report or a problem with words,
 * never a fault of ours; nothing is left behind, nothing is written elsewhere, and the service goes on.
 */
class DamagedUploadsTest extends ApiWorld {
    private static final int SIGNS_OF_A_LONG_LINE = 100_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"geojson", "gpkg", "shp", "csv", "xlsx", "kml"})
    @Timeout(300)
    void damagedFilesAreAnswered(String format) throws IOException {
        damage(format, 0, 40);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"geojson", "gpkg", "shp", "csv", "xlsx", "kml"})
    @Timeout(3600)
    void thousandsOfDamagedFilesAreAnswered(String format) throws IOException {
        damage(format, 1000, 1700);
    }

    private void damage(String format, int firstSeed, int count) throws IOException {
        byte[] sound = get("/api/export/probe_point?format=" + format, "Authorization", basic(PLANNER))
                .bytes();
        TreeSet<String> before = files();
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            Random random = new Random(seed * 31L + format.hashCode());
            byte[] damaged = damaged(sound, random);
            String name = "f" + seed + "." + (format.equals("shp") ? "zip" : format);
            Reply looked = multipart(
                    "/api/import/uploads", Map.of(), new Object[] {name, damaged}, "Authorization", basic(PLANNER));
            assertThat(looked.status())
                    .as(format + " " + seed + " " + looked.text())
                    .isLessThan(500);
            if (looked.status() == 201) {
                String upload =
                        "/api/import/uploads/" + looked.json().path("upload").asString();
                for (String query : new String[] {"", "?layer=probe_point"}) {
                    Reply seen = get(upload + query, "Authorization", basic(PLANNER));
                    assertThat(seen.status())
                            .as(format + " " + seed + " " + seen.text())
                            .isLessThan(500);
                }
                ask("DELETE", upload, null, "Authorization", basic(PLANNER));
            }
            Reply tried = send(name, damaged);
            assertThat(tried.status())
                    .as(format + " " + seed + " " + tried.text())
                    .isLessThan(500);
        }
        assertThat(files()).isEqualTo(before);
    }

    private Reply send(String name, byte[] bytes) {
        return multipart(
                "/api/import",
                Map.of("layer", "probe_point", "dryRun", "true"),
                new Object[] {name, bytes},
                "Authorization",
                basic(PLANNER));
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                int from = random.nextInt(bytes.length);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + random.nextInt(200)), (byte) random.nextInt());
            }
            default -> {
                for (int i = 1 + random.nextInt(20); i > 0; i--)
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    /** What lies in the data folder beside the database, the reports and the log. */
    private static TreeSet<String> files() throws IOException {
        TreeSet<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.walk(HOME)) {
            files.filter(Files::isRegularFile)
                    .map(file -> HOME.relativize(file).toString())
                    .filter(name -> !name.startsWith("data/") && !name.startsWith("tmp/reports/"))
                    .forEach(all::add);
        }
        return all;
    }

    @Test
    void bombsAreStoppedWithWords() throws IOException {
        TreeSet<String> before = files();
        byte[] gzip = gzipOfBlanks(400_000_000);
        byte[] sheet = zip(
                "[Content_Types].xml",
                "<Types/>".getBytes(StandardCharsets.UTF_8),
                "xl/workbook.xml",
                "<workbook><sheets><sheet name=\"a\" r:id=\"r1\" xmlns:r=\"r\"/></sheets></workbook>"
                        .getBytes(StandardCharsets.UTF_8),
                "xl/_rels/workbook.xml.rels",
                ("<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
                                + "<Relationship Id=\"r2\" Target=\"sharedStrings.xml\"/></Relationships>")
                        .getBytes(StandardCharsets.UTF_8),
                "xl/sharedStrings.xml",
                blanksAfter("<sst><si><t>", 400_000_000),
                "xl/worksheets/sheet1.xml",
                blanksAfter("<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>", 400_000_000));
        byte[] kmz = zip("doc.kml", blanksAfter("<kml><Document><name>", 400_000_000));
        byte[] laughs =
                ("<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><kml><Document><name>&c;</name></Document></kml>")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] outside = zip("../../../evil.shp", new byte[] {1, 2, 3}, "/tmp/evil.dbf", new byte[] {1});
        Object[][] all = {
            {"b.csv.gz", gzip},
            {"b.geojson.gz", gzip},
            {"b.xlsx", sheet},
            {"b.kmz", kmz},
            {"b.kml", laughs},
            {"b.zip", outside},
            {"b.gpkg.gz", gzip}
        };
        for (Object[] one : all) {
            Reply reply = send((String) one[0], (byte[]) one[1]);
            assertThat(reply.status()).as(one[0] + " " + reply.text()).isBetween(400, 499);
            assertThat(reply.json().path("detail").asString(""))
                    .as((String) one[0])
                    .isNotBlank();
        }
        assertThat(files()).isEqualTo(before);
        assertThat(Path.of("/tmp/evil.dbf")).doesNotExist();
        assertThat(get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aLineOfAHundredMegabytesIsRefused() {
        byte[] csv = new byte[SIGNS_OF_A_LONG_LINE];
        Arrays.fill(csv, (byte) 'x');
        byte[] head = "name,lon,lat\n".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, csv, 0, head.length);
        Reply reply = send("long.csv", csv);
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.json().path("detail").asString("")).contains("long.csv");
    }

    @Test
    void aFormThatBreaksOffIsTheAskersMistake() {
        String line = "----anquan";
        String body = "--" + line + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc";
        Reply reply = ask(
                "POST",
                "/api/import/uploads",
                body,
                "Authorization",
                basic(PLANNER),
                "Content-Type",
                "multipart/form-data; boundary=" + line);
        assertThat(reply.status()).isEqualTo(400);
        Reply none = ask(
                "POST",
                "/api/import/uploads",
                "x",
                "Authorization",
                basic(PLANNER),
                "Content-Type",
                "multipart/form-data");
        assertThat(none.status()).isEqualTo(400);
    }

    private static byte[] gzipOfBlanks(int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            blanks(out, count);
        }
        return bytes.toByteArray();
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static Content blanksAfter(String head, int count) {
        return out -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            blanks(out, count);
        };
    }

    private static void blanks(OutputStream out, int count) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'x');
        for (int left = count; left > 0; left -= block.length) out.write(block, 0, Math.min(left, block.length));
    }

    /** Names and contents in turn. */
    private static byte[] zip(Object... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                if (entries[i + 1] instanceof Content content) content.writeTo(zip);
                else zip.write((byte[]) entries[i + 1]);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
