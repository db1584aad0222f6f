package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anquan.exchange.format.FormatWorld.Entry;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with bytes flipped, cut, doubled and blanked, by seed: whatever comes of it, it is records or a
 * {@link ProblemException} with words, in bounded time and memory, and the folder is clean behind it.
 */
class DamagedFilesTest {
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_ALLOCATED = 400L << 20;
    private static final long MOST_MILLIS = 10_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geojson",
                "geojsonl",
                "geojson.gz",
                "csv",
                "csv-gbk",
                "csv.gz",
                "xlsx",
                "xlsx-inside",
                "shp",
                "dbf",
                "prj",
                "zip",
                "zip-inside",
                "gpkg",
                "kml",
                "kmz",
                "kmz-inside"
            })
    @Timeout(300)
    void someHundredDamagedFilesEach(String kind) throws Exception {
        damage(kind, 0, 250);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "geojson",
                "geojsonl",
                "geojson.gz",
                "csv",
                "csv-gbk",
                "csv.gz",
                "xlsx",
                "xlsx-inside",
                "shp",
                "dbf",
                "prj",
                "zip",
                "zip-inside",
                "gpkg",
                "kml",
                "kmz",
                "kmz-inside"
            })
    @Timeout(3600)
    void thousandsOfDamagedFilesEach(String kind) throws Exception {
        damage(kind, 1000, 4000);
    }

    private void damage(String kind, int firstSeed, int count) throws Exception {
        Map<String, byte[]> sound = sound(kind);
        int refused = 0;
        int read = 0;
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            Path own = Files.createDirectory(folder.resolve("m" + seed));
            Path temp = Files.createDirectory(folder.resolve("t" + seed));
            Path main = null;
            Random random = new Random(seed * 7919L + kind.hashCode());
            for (Map.Entry<String, byte[]> file : sound.entrySet()) {
                boolean hit = file.getKey().startsWith("*");
                String name = hit ? file.getKey().substring(1) : file.getKey();
                byte[] bytes = !hit
                        ? file.getValue()
                        : kind.endsWith("-inside") ? inside(file.getValue(), random) : mutated(file.getValue(), random);
                Path at = FormatWorld.file(own, name, bytes);
                if (main == null) main = at;
            }
            String what = kind + " seed " + seed;
            long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
            long start = System.currentTimeMillis();
            try (RecordSource source =
                            FormatWorld.FORMATS.open(main, main.getFileName().toString(), ReadOptions.NONE, temp);
                    Stream<SourceRecord> records = source.records()) {
                records.forEach(r -> r.problems().forEach(p -> worded(p.reason(), what)));
                source.schema().notes().forEach(n -> worded(n, what));
                read++;
            } catch (ProblemException e) {
                refused++;
                worded(e.detail(), what);
                worded(e.help(), what);
                assertNoBug(e, what);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(what, e);
            }
            assertThat(System.currentTimeMillis() - start).as(what).isLessThan(MOST_MILLIS);
            assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                    .as(what)
                    .isLessThan(MOST_ALLOCATED);
            assertThat(temp).as(what).isEmptyDirectory();
            delete(own);
            Files.delete(temp);
        }
        // The damage reaches the readers: not all is refused at the door, and not all is harmless.
        assertThat(refused + read).isEqualTo(count);
        boolean recordsStandAlone =
                kind.equals("prj") || kind.startsWith("csv") || kind.equals("dbf") || kind.equals("geojsonl");
        if (!recordsStandAlone) assertThat(refused).isPositive();
    }

    private static void worded(Text text, String what) {
        assertThat(Texts.in(Texts.CHINESE, text)).as(what).doesNotContain("exchange.format.", "geo.");
    }

    /** What Java throws at a wrong index or a null is our bug, even where it was caught. */
    private static void assertNoBug(ProblemException problem, String what) {
        for (Throwable t = problem.getCause(); t != null; t = t.getCause()) {
            boolean bug = t instanceof NullPointerException
                    || t instanceof IndexOutOfBoundsException
                    || t instanceof ClassCastException
                    || t instanceof NegativeArraySizeException
                    || t instanceof ArithmeticException
                    || t instanceof IllegalStateException
                    || t instanceof UnsupportedOperationException
                    || t instanceof java.util.NoSuchElementException
                    || t instanceof Error;
            // The JDK's own XML parser stumbles over some broken texts.
            boolean ours = Arrays.stream(t.getStackTrace())
                    .limit(3)
                    .anyMatch(f -> f.getClassName().startsWith("org.anquan"));
            if (bug && (ours || t instanceof Error)) fail(what, t);
        }
    }

    private static void delete(Path own) throws IOException {
        try (Stream<Path> files = Files.list(own)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(own);
    }

    /** Files by name, the damaged one with a star; the first is opened. */
    private Map<String, byte[]> sound(String kind) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>(FormatWorld.polygons());
        SinkOptions plain = SinkOptions.DEFAULT;
        switch (kind) {
            case "geojson" -> files.put("*a.geojson", written(FileFormat.GEOJSON, entries, plain));
            case "geojson.gz" -> files.put("*a.geojson.gz", gzipped(written(FileFormat.GEOJSON, entries, plain)));
            case "geojsonl" -> {
                String text = new String(
                        written(FileFormat.GEOJSON, entries, plain), java.nio.charset.StandardCharsets.UTF_8);
                StringBuilder lines = new StringBuilder();
                for (String line : text.split("\n")) {
                    int at = line.indexOf("{\"type\":\"Feature\"");
                    if (at >= 0) lines.append(line.substring(at)).append('\n');
                }
                files.put("*a.geojsonl", lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            case "csv" -> files.put("*a.csv", written(FileFormat.CSV, entries, plain));
            case "csv-gbk" ->
                files.put(
                        "*a.csv",
                        written(FileFormat.CSV, FormatWorld.points(), plain.withCharset(Charset.forName("GBK"))));
            case "csv.gz" -> files.put("*a.csv.gz", gzipped(written(FileFormat.CSV, entries, plain)));
            case "xlsx", "xlsx-inside" -> files.put("*a.xlsx", written(FileFormat.EXCEL, entries, plain));
            case "zip", "zip-inside" -> files.put("*a.zip", written(FileFormat.SHAPEFILE, entries, plain));
            case "shp", "dbf", "prj" -> {
                Map<String, byte[]> set = unzipped(written(FileFormat.SHAPEFILE, entries, plain));
                files.put((kind.equals("shp") ? "*" : "") + "shelter.shp", set.get("shelter.shp"));
                files.put((kind.equals("dbf") ? "*" : "") + "shelter.dbf", set.get("shelter.dbf"));
                files.put((kind.equals("prj") ? "*" : "") + "shelter.prj", set.get("shelter.prj"));
            }
            case "gpkg" -> files.put("*a.gpkg", written(FileFormat.GEOPACKAGE, entries, plain));
            case "kml" -> files.put("*a.kml", written(FileFormat.KML, entries, plain));
            default -> files.put("*a.kmz", zipped(Map.of("doc.kml", written(FileFormat.KML, entries, plain))));
        }
        return files;
    }

    private byte[] written(FileFormat format, List<Entry> entries, SinkOptions options) throws IOException {
        Path temp = Files.createDirectories(folder.resolve("sound"));
        Path file = temp.resolve("sound" + format.extension());
        FormatWorld.write(format, file, options, entries, temp);
        return Files.readAllBytes(file);
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Path file = Files.createTempFile("zip", ".zip");
        Files.write(file, bytes);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries()))
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        } finally {
            Files.delete(file);
        }
        return entries;
    }

    /** One entry damaged, the checksums of the zip right again: so the damage reaches the reader inside. */
    private static byte[] inside(byte[] bytes, Random random) throws IOException {
        Map<String, byte[]> entries = unzipped(bytes);
        List<String> names = new ArrayList<>(entries.keySet());
        String hit = names.get(random.nextInt(names.size()));
        entries.put(hit, mutated(entries.get(hit), random));
        return zipped(entries);
    }

    static byte[] mutated(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
                case 4 -> {
                    byte[] longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, at + length);
                    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                    bytes = longer;
                }
                case 5 -> {
                    byte[] shorter = new byte[bytes.length - length];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
                    bytes = shorter;
                }
                default -> {
                    byte[] sharp = "\"<>&{}[](),;'\n\r\t0-9eE.+*~".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    bytes[at] = sharp[random.nextInt(sharp.length)];
                }
            }
        }
        return bytes;
    }
}
