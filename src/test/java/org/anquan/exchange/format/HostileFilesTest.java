package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Files made to do harm: each is refused with words, in bounded time, memory and disk. */
@Timeout(60)
class HostileFilesTest {
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The shipped limits with less room for what is unpacked, so that the tests stay quick. */
    private static final FormatLimits TIGHT = new FormatLimits(
            DataSize.ofMegabytes(200),
            DataSize.ofMegabytes(120),
            200,
            1000,
            1_000_000,
            2_000_000,
            2000,
            100_000,
            64,
            DataSize.ofMegabytes(20));

    private static final RecordFormats FORMATS = new RecordFormats(FormatWorld.withLimits(TIGHT));

    @TempDir
    Path folder;

    private void read(Path file) {
        Path temp = folder.resolve("temp");
        try {
            Files.createDirectories(temp);
            try (RecordSource source = FORMATS.open(file, file.getFileName().toString(), ReadOptions.NONE, temp);
                    Stream<SourceRecord> records = source.records()) {
                records.forEach(r -> {});
            } finally {
                assertThat(temp).isEmptyDirectory();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(Path file, String key) {
        long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.key()).isEqualTo("exchange.format." + key);
            assertThat(e.getMessage()).contains(file.getFileName().toString());
        });
        assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(300L << 20);
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private Path file(String name, Content content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            content.write(out);
        }
        return file;
    }

    private Path zip(String name, Map<String, Content> entries) throws IOException {
        return file(name, out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, Content> one : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(one.getKey()));
                    one.getValue().write(zip);
                    zip.closeEntry();
                }
            }
        });
    }

    private static Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Content repeated(String text, long times) {
        return out -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (long i = 0; i < times; i++) out.write(bytes);
        };
    }

    private static Content all(Content... parts) {
        return out -> {
            for (Content part : parts) part.write(out);
        };
    }

    @Test
    void aGzipBomb() throws IOException {
        Path file = file("a.csv.gz", out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                repeated("a,b\n1,2\n".repeat(1000), 50_000).write(gzip);
            }
        });
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.key()).isEqualTo("exchange.format.bomb");
            assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.shp", "a.gpkg", "a.csv"})
    void aZipBomb(String inside) throws IOException {
        refused(zip("a.zip", Map.of(inside, repeated("\0".repeat(65_536), 3000))), "bomb");
    }

    @Test
    void aWorkbookBomb() throws IOException {
        Map<String, byte[]> sound = workbook();
        Map<String, Content> parts = new LinkedHashMap<>();
        sound.forEach((name, bytes) -> parts.put(name, out -> out.write(bytes)));
        parts.put(
                "xl/worksheets/sheet1.xml",
                all(
                        text("<worksheet><sheetData>"),
                        repeated("<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>", 4_000_000)));
        refused(zip("a.xlsx", parts), "bomb");
        parts.put("xl/sharedStrings.xml", all(text("<sst>"), repeated("<si><t/></si>", 2_000_000), text("</sst>")));
        parts.put("xl/worksheets/sheet1.xml", text("<worksheet><sheetData/></worksheet>"));
        refused(zip("a.xlsx", parts), "sharedTexts");
    }

    private Map<String, byte[]> workbook() throws IOException {
        Path file = folder.resolve("sound.xlsx");
        FormatWorld.write(FileFormat.EXCEL, file, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        return DamagedFilesTest.unzipped(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZZZZZ1", "XFE1", "A99999999999", "AAAAAAAAAAAAAAAAAAAAAAAAA1", "1", "", "-", "A0"})
    void cellsAtImpossibleAddressesTakeNoMemory(String address) throws IOException {
        Map<String, byte[]> sound = workbook();
        sound.put(
                "xl/worksheets/sheet1.xml",
                ("<worksheet><sheetData><row r=\"1\"><c r=\"" + address
                                + "\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"99999999999\"><c r=\""
                                + address
                                + "\"><v>1e999</v></c><c t=\"s\"><v>77777</v></c></row></sheetData>"
                                + "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"A1:ZZZZZZ9\"/></mergeCells></worksheet>")
                        .getBytes(StandardCharsets.UTF_8));
        Path file = FormatWorld.file(folder, "a.xlsx", DamagedFilesTest.zipped(sound));
        long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
        read(file);
        assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(50L << 20);
    }

    @Test
    void namesThatClimbOutOfTheFolderAreNeverPaths() throws IOException {
        Path zip = folder.resolve("sound.zip");
        FormatWorld.write(FileFormat.SHAPEFILE, zip, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        Map<String, byte[]> evil = new HashMap<>();
        DamagedFilesTest.unzipped(Files.readAllBytes(zip))
                .forEach((name, bytes) -> evil.put("../../../../evil/" + name, bytes));
        Path file = FormatWorld.file(folder, "a.zip", DamagedFilesTest.zipped(evil));
        read(file);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(p -> p.getFileName().toString())).noneMatch(n -> n.contains("evil"));
        }
        assertThat(Files.exists(folder.resolve("../../../../evil"))).isFalse();
        refused(zip("b.zip", Map.of("../../a.csv", text("\"open"))), "openQuote", "a.csv");
    }

    private void refused(Path file, String key, String nameInside) {
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.key()).isEqualTo("exchange.format." + key);
            assertThat(e.getMessage()).contains(nameInside);
        });
    }

    @Test
    void tooManyEntries() throws IOException {
        Map<String, Content> many = new HashMap<>();
        for (int i = 0; i < 1100; i++) many.put("e" + i + ".csv", text("a"));
        refused(zip("a.zip", many), "zipEntries");
    }

    @Test
    void billionLaughs() throws IOException {
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">");
        for (int i = 1; i < 10; i++)
            laughs.append("<!ENTITY lol")
                    .append(i)
                    .append(" \"")
                    .append(("&lol" + (i == 1 ? "" : i - 1) + ";").repeat(10))
                    .append("\">");
        laughs.append("]><kml><Placemark><name>&lol9;</name></Placemark></kml>");
        refused(file("a.kml", text(laughs.toString())), "doctype");
    }

    @Test
    void filesOfTheMachineAreNotReadThroughEntities() throws IOException {
        refused(
                file(
                        "a.kml",
                        text(
                                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><kml><Placemark><name>&e;</name></Placemark></kml>")),
                "doctype");
        refused(file("b.kml", text("<kml><Placemark><name>&e;</name></Placemark></kml>")), "xml");
    }

    @Test
    void aTagThatNeverEnds() throws IOException {
        refused(file("a.kml", all(text("<kml><Placemark x=\""), repeated("a".repeat(1000), 20_000))), "longTag");
    }

    @Test
    void aTextThatNeverEnds() throws IOException {
        refused(file("a.kml", all(text("<kml><Placemark><name>"), repeated("a".repeat(1000), 20_000))), "longText");
    }

    @Test
    void xmlOfAThousandFloors() throws IOException {
        refused(file("a.kml", all(text("<kml>"), repeated("<Folder>", 100_000))), "deep");
        refused(file("b.kml", all(text("<kml><Placemark>"), repeated("<MultiGeometry>", 100_000))), "deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\""})
    void aCsvLineOfAHundredMegabytes(String begin) throws IOException {
        Path file = file("a.csv", all(text("a,b\n1,2\n" + begin), repeated("x".repeat(1000), 100_000)));
        refused(file, "longField");
    }

    @Test
    void aCsvLineOfAMillionCells() throws IOException {
        refused(file("a.csv", all(text("a,b\n1,2\n"), repeated("1,", 1_000_000))), "tooManyColumns");
        refused(file("b.csv", all(text("a,b\n1,2\n"), repeated("1".repeat(9000) + ",", 1000))), "longRecord");
    }

    @Test
    void jsonOfAThousandFloors() throws IOException {
        refused(
                file(
                        "a.geojson",
                        all(
                                text(
                                        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":"),
                                repeated("[", 100_000))),
                "jsonLimit");
        refused(
                file(
                        "b.geojson",
                        all(
                                text("{\"type\":\"Feature\",\"geometry\":"),
                                repeated("{\"type\":\"GeometryCollection\",\"geometries\":[", 10_000))),
                "jsonLimit");
    }

    @Test
    void aJsonTextThatNeverEnds() throws IOException {
        refused(
                file(
                        "a.geojson",
                        all(
                                text("{\"type\":\"Feature\",\"properties\":{\"a\":\""),
                                repeated("x".repeat(1000), 20_000))),
                "json");
    }

    @Test
    void aGeometryOfMillionsOfVerticesIsABadRecordNotAFullMemory() throws IOException {
        Path file = file(
                "a.geojson",
                all(
                        text(
                                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[0,0]"),
                        repeated(",[1,2]", 500_000),
                        text("]}},{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}]}")));
        try (RecordSource source = FORMATS.open(file, "a.geojson", ReadOptions.NONE, folder);
                Stream<SourceRecord> records = source.records()) {
            assertThat(records.map(SourceRecord::isGood)).containsExactly(false, true);
        }
    }

    @Test
    void wktOfAThousandBrackets() throws IOException {
        Path file = file(
                "a.csv",
                all(text("id,wkt\n1,\""), repeated("GEOMETRYCOLLECTION(", 40_000), text("\"\n2,POINT (1 2)\n")));
        try (RecordSource source = FORMATS.open(file, "a.csv", ReadOptions.NONE, folder);
                Stream<SourceRecord> records = source.records()) {
            assertThat(records.map(SourceRecord::isGood)).containsExactly(false, true);
        }
    }

    @Test
    void aViewWithAQueryWithoutEndIsNotRead() throws Exception {
        Path file = folder.resolve("a.gpkg");
        FormatWorld.write(FileFormat.GEOPACKAGE, file, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = db.createStatement()) {
            s.execute("ALTER TABLE shelter RENAME TO hidden");
            s.execute("UPDATE gpkg_contents SET table_name = 'endless'");
            s.execute("UPDATE gpkg_geometry_columns SET table_name = 'endless'");
            s.execute("CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
                    + " SELECT x AS fid, NULL AS geom FROM c WHERE x < 0");
        }
        refused(file, "noTable");
    }

    @Test
    void namesInsideAGeoPackageAreOnlyNames() throws Exception {
        Path file = folder.resolve("a.gpkg");
        FormatWorld.write(FileFormat.GEOPACKAGE, file, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        String evil = "x\"; DROP TABLE gpkg_contents; --";
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = db.createStatement()) {
            s.execute("ALTER TABLE shelter RENAME TO \"" + evil.replace("\"", "\"\"") + "\"");
            s.execute("ALTER TABLE \"" + evil.replace("\"", "\"\"") + "\" RENAME COLUMN name TO \"na\"\"me'\"");
            s.execute("UPDATE gpkg_contents SET table_name = '" + evil + "'");
            s.execute("UPDATE gpkg_geometry_columns SET table_name = '" + evil + "'");
        }
        assertThat(FormatWorld.read(file, ReadOptions.NONE, folder))
                .hasSize(5)
                .allMatch(r -> r.values().containsKey("na\"me'"));
    }

    @Test
    void aFileLargerThanAllowedIsRefusedBeforeItIsRead() throws IOException {
        FormatLimits small = new FormatLimits(
                DataSize.ofBytes(10), TIGHT.maxUnpacked(), 200, 1000, 1000, 1000, 10, 1000, 10, TIGHT.maxSharedTexts());
        RecordFormats formats = new RecordFormats(FormatWorld.withLimits(small));
        Path file = file("a.csv", text("a,b,c,d,e\n1,2,3,4,5\n"));
        assertThatThrownBy(() -> formats.open(file, "a.csv", ReadOptions.NONE, folder))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("exchange.format.tooLarge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.bin",
                "a.pdf",
                "a.shp",
                "a.dbf",
                "a.xls",
                "a.xlsx",
                "a.gpkg",
                "a.zip",
                "a.kml",
                "a.csv",
                "a.geojson"
            })
    void whatIsNoneOfTheFormatsIsSaidSo(String name) throws IOException {
        Path file =
                file(name, out -> out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3, 0, 0, 0, 1, 13, 10}));
        assertThatThrownBy(() -> read(file)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read(file("empty-" + name, out -> {})))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("exchange.format.empty"));
        assertThatThrownBy(() -> read(file("page-" + name, text("<!DOCTYPE html><html><body>404</body></html>"))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void theOldExcelFormatIsNamed() throws IOException {
        refused(
                file("a.xls", out -> out.write(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1, 2, 3, 4})),
                "oldExcel");
    }
}
