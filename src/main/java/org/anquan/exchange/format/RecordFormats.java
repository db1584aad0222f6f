package org.anquan.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Opens files of every format for reading and for writing. CPU time of one warm thread for 140 000 points with nine
 * attributes, write / open with all guessing and read: GeoJSON 0.2 / 0.65 s, CSV 0.3 / 0.2 s, Excel 1.1 / 2.0 s,
 * shapefile 0.65 / 0.3 s, GeoPackage 0.8 / 0.5 s, KML 0.95 / 1.2 s; the heap after it all 13 MB. {@code FormatsBench}
 * measures again.
 */
@Component
public final class RecordFormats {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> ZIPPED_ALONE =
            List.of(".gpkg", ".xlsx", ".geojson", ".json", ".geojsonl", ".ndjson", ".csv", ".tsv", ".txt");

    private final FormatSettings settings;

    public RecordFormats(FormatSettings settings) {
        this.settings = settings;
    }

    /** A character set by a name that people write: {@code GBK}, {@code 936}, {@code ANSI 936}, {@code UTF-8}. */
    public static Optional<Charset> charset(String name) {
        return TextEncoding.byName(name);
    }

    public FormatSettings settings() {
        return settings;
    }

    /**
     * Looks at a file and gets ready to read it.
     *
     * @param file where it lies; a {@code .shp} with its siblings beside it
     * @param name as the user knows it
     * @param tempFolder for what must be unpacked; nothing is written elsewhere, and {@link RecordSource#close} clears it
     * @throws ProblemException with words where it is none of the formats, broken or beyond a limit
     */
    public RecordSource open(Path file, String name, ReadOptions options, Path tempFolder) {
        Input input = null;
        try {
            input = new Input(file, name, tempFolder, settings);
            return open(input, options, true);
        } catch (IOException | RuntimeException e) {
            if (input != null) input.close();
            throw FileSource.Damage.inWords(name, e);
        }
    }

    /**
     * Begins a file of this format; a shapefile is a zip.
     *
     * @param target where the file lies after {@link RecordSink#finish}; until then it is not touched
     * @param tempFolder for what is written aside, best on the same disk
     */
    public RecordSink create(FileFormat format, Path target, SinkSchema schema, SinkOptions options, Path tempFolder) {
        try {
            return switch (format) {
                case GEOJSON -> new GeoJsonSink(target, schema, options, settings, tempFolder);
                case CSV -> new CsvSink(target, schema, options, settings, tempFolder);
                case EXCEL -> new ExcelSink(target, schema, options, settings, tempFolder);
                case SHAPEFILE -> new ShapefileSink(target, schema, options, settings, tempFolder);
                case GEOPACKAGE -> new GeoPackageSink(target, schema, options, settings, tempFolder);
                case KML -> new KmlSink(target, schema, options, settings, tempFolder);
            };
        } catch (IOException e) {
            throw ProblemException.unavailable("exchange.format.cannotWrite", String.valueOf(target.getFileName()))
                    .causedBy(e);
        }
    }

    /** The format by content first, then by name. */
    public FileFormat formatOf(Path file, String name, Path tempFolder) {
        try (Input input = new Input(file, name, tempFolder, settings)) {
            return formatOf(input);
        } catch (IOException | RuntimeException e) {
            throw FileSource.Damage.inWords(name, e);
        }
    }

    private RecordSource open(Input input, ReadOptions options, boolean mayBeZipped) throws IOException {
        byte[] head = input.head(4);
        if (mayBeZipped && isZip(head)) {
            Input inside = alone(input);
            if (inside != null)
                try {
                    return open(inside, options, false);
                } catch (IOException | RuntimeException e) {
                    inside.close();
                    throw e;
                }
        }
        return switch (formatOf(input)) {
            case GEOJSON -> GeoJsonSource.open(input, options);
            case CSV -> CsvSource.open(input, options);
            case EXCEL -> ExcelSource.open(input, options);
            case SHAPEFILE -> ShapefileSource.open(input, options);
            case GEOPACKAGE -> GeoPackageSource.open(input, options);
            case KML -> KmlSource.open(input, options);
        };
    }

    private static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5);
    }

    /** The one data file of a zip that is no format of its own; null where there is none or it is one. */
    private @Nullable Input alone(Input input) throws IOException {
        try (ZipContent zip = new ZipContent(input, input.plainFile())) {
            if (zip.named("[Content_Types].xml").isPresent()
                    || !zip.ending(".shp").isEmpty()
                    || !zip.ending(".kml").isEmpty()) return null;
            List<ZipEntry> data = zip.entries().stream()
                    .filter(e -> ZIPPED_ALONE.stream().anyMatch(e.getName().toLowerCase(Locale.ROOT)::endsWith))
                    .toList();
            if (data.size() != 1)
                throw ProblemException.invalid("exchange.format.zipContent", input.name(), data.size());
            ZipEntry one = data.get(0);
            String name = one.getName().replace('\\', '/');
            try (InputStream in = zip.stream(one)) {
                Path unpacked = input.unpack(in, ".tmp");
                return new Input(unpacked, name.substring(name.lastIndexOf('/') + 1), input, settings);
            }
        }
    }

    private static FileFormat formatOf(Input input) throws IOException {
        byte[] head = input.head(4096);
        String name = input.plainName();
        if (head.length == 0) throw ProblemException.invalid("exchange.format.empty", input.name());
        if (startsWith(head, SQLITE)) return FileFormat.GEOPACKAGE;
        if (isZip(head)) return formatOfZip(input);
        if (head.length > 4 && head[0] == 0 && head[1] == 0 && head[2] == 0x27 && head[3] == 0x0a)
            return FileFormat.SHAPEFILE;
        if (startsWith(head, new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}))
            throw ProblemException.invalid("exchange.format.oldExcel", input.name());
        if (name.endsWith(".shp")) throw ProblemException.invalid("exchange.format.notShp", input.name());
        if (name.endsWith(".dbf") || name.endsWith(".shx") || name.endsWith(".prj") || name.endsWith(".cpg"))
            throw ProblemException.invalid("exchange.format.partOfSet", input.name());
        if (name.endsWith(".gpkg") || name.endsWith(".xlsx") || name.endsWith(".zip") || name.endsWith(".kmz"))
            throw ProblemException.invalid("exchange.format.damaged", input.name());
        return formatOfText(input, head, name);
    }

    private static FileFormat formatOfText(Input input, byte[] head, String name) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ef\u00bb\u00bf")) text = text.substring(3);
        boolean utf16 = text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff");
        String plain = text.replace("\0", "")
                .replace("\u00ff\u00fe", "")
                .replace("\u001e", "")
                .stripLeading();
        if (plain.startsWith("{")) return FileFormat.GEOJSON;
        if (plain.startsWith("<")) {
            boolean page = plain.toLowerCase(Locale.ROOT).startsWith("<!doctype html")
                    || plain.toLowerCase(Locale.ROOT).startsWith("<html");
            if (page) throw ProblemException.invalid("exchange.format.unknown", input.name());
            return FileFormat.KML;
        }
        if (name.endsWith(".geojson") || name.endsWith(".json")) return FileFormat.GEOJSON;
        if (name.endsWith(".kml")) return FileFormat.KML;
        boolean binary = !utf16 && text.indexOf('\0') >= 0;
        if (binary) throw ProblemException.invalid("exchange.format.unknown", input.name());
        return FileFormat.CSV;
    }

    private static FileFormat formatOfZip(Input input) throws IOException {
        try (ZipContent zip = new ZipContent(input, input.plainFile())) {
            if (zip.named("[Content_Types].xml").isPresent()) {
                boolean book = zip.entries().stream()
                        .anyMatch(e -> e.getName().toLowerCase(Locale.ROOT).startsWith("xl/"));
                if (!book) throw ProblemException.invalid("exchange.format.unknown", input.name());
                return FileFormat.EXCEL;
            }
            if (!zip.ending(".shp").isEmpty()) return FileFormat.SHAPEFILE;
            if (!zip.ending(".kml").isEmpty()) return FileFormat.KML;
            throw ProblemException.invalid("exchange.format.zipContent", input.name(), 0);
        }
    }

    private static boolean startsWith(byte[] head, byte[] mark) {
        if (head.length < mark.length) return false;
        for (int i = 0; i < mark.length; i++) if (head[i] != mark[i]) return false;
        return true;
    }
}
