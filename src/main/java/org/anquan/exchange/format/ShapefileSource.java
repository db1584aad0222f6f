package org.anquan.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Shapefiles: a zip of one or more sets, or a {@code .shp} with its siblings beside it. */
final class ShapefileSource {
    private static final List<String> PARTS = List.of(".shp", ".dbf", ".prj", ".cpg");
    private static final int LONGEST_PRJ = 20_000;
    private static final String FIELDS = "_fields.csv";
    private static final int LARGEST_FIELDS = 1 << 20;

    private ShapefileSource() {}

    static RecordSource open(Input input, ReadOptions options) throws IOException {
        if (!isZip(input)) return open(input, options, "", List.of(), beside(input.file()), Map.of());
        try (ZipContent zip = new ZipContent(input, input.plainFile())) {
            List<ZipEntry> shapes = zip.ending(".shp");
            List<String> layers = shapes.stream().map(e -> layer(e.getName())).toList();
            if (layers.isEmpty()) throw ProblemException.invalid("exchange.format.noShp", input.name());
            int chosen = options.layer() == null ? 0 : layers.indexOf(options.layer());
            if (chosen < 0)
                throw ProblemException.invalid("exchange.format.noLayer", input.name(), options.layer() + "", layers);
            return open(
                    input,
                    options,
                    layers.get(chosen),
                    layers,
                    unpacked(input, zip, shapes.get(chosen)),
                    fullNames(input, zip, layers.get(chosen)));
        }
    }

    private static boolean isZip(Input input) throws IOException {
        byte[] head = input.head(2);
        return head.length == 2 && head[0] == 'P' && head[1] == 'K';
    }

    private static String layer(String entry) {
        String name = entry.replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1, name.length() - 4);
    }

    private static Map<String, Path> unpacked(Input input, ZipContent zip, ZipEntry shp) throws IOException {
        String stem = shp.getName().substring(0, shp.getName().length() - 4);
        Map<String, Path> parts = new HashMap<>();
        for (String part : PARTS) {
            Optional<ZipEntry> entry = zip.named(stem + part);
            if (entry.isEmpty()) continue;
            try (InputStream in = zip.stream(entry.get())) {
                parts.put(part, input.unpack(in, part));
            }
        }
        return parts;
    }

    /** What the ten bytes of a field's name stand for, from the table that {@link ShapefileSink} puts beside it. */
    private static Map<String, String> fullNames(Input input, ZipContent zip, String layer) throws IOException {
        Map<String, String> names = new HashMap<>();
        for (ZipEntry entry : zip.ending(FIELDS)) {
            String table = entry.getName().replace('\\', '/');
            String stem = table.substring(table.lastIndexOf('/') + 1, table.length() - FIELDS.length());
            if (!layer.startsWith(stem) || entry.getSize() > LARGEST_FIELDS) continue;
            try (InputStream in = zip.stream(entry);
                    CsvRows rows = new CsvRows(
                            new StringReader(new String(in.readNBytes(LARGEST_FIELDS), StandardCharsets.UTF_8)
                                    .replace("\uFEFF", "")),
                            ',',
                            input.limits(),
                            input.name())) {
                TableRow row = rows.next();
                boolean ours = row != null && row.cells().length >= 2 && "field".equals(row.cells()[0]);
                for (row = ours ? rows.next() : null; row != null; row = rows.next())
                    if (row.cells().length >= 2 && row.cells()[0] != null && row.cells()[1] != null)
                        names.put(row.cells()[0].toString(), row.cells()[1].toString());
            } catch (ProblemException e) {
                // A broken table of names leaves the short ones.
                names.clear();
            }
        }
        return names;
    }

    private static Map<String, Path> beside(Path shp) throws IOException {
        String name = String.valueOf(shp.getFileName());
        String stem = name.toLowerCase(Locale.ROOT).endsWith(".shp") ? name.substring(0, name.length() - 4) : name;
        Map<String, Path> parts = new HashMap<>();
        parts.put(".shp", shp);
        Path folder = shp.toAbsolutePath().getParent();
        if (folder == null) return parts;
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(f -> {
                String other = String.valueOf(f.getFileName());
                for (String part : PARTS)
                    if (!part.equals(".shp") && other.equalsIgnoreCase(stem + part)) parts.put(part, f);
            });
        }
        return parts;
    }

    private static RecordSource open(
            Input input,
            ReadOptions options,
            String layer,
            List<String> layers,
            Map<String, Path> parts,
            Map<String, String> names)
            throws IOException {
        Path shp = parts.get(".shp");
        if (shp == null) throw ProblemException.invalid("exchange.format.noShp", input.name());
        Path dbf = parts.get(".dbf");
        List<Text> notes = new ArrayList<>();
        Charset charset = options.charset();
        SourceEncoding how = charset == null ? null : new SourceEncoding(charset.name(), How.GIVEN);
        if (charset == null && parts.get(".cpg") != null) {
            String said = firstLine(parts.get(".cpg"));
            charset = TextEncoding.byName(said).orElse(null);
            if (charset != null) how = new SourceEncoding(said, How.DECLARED);
            else notes.add(Text.of("exchange.format.note.cpg", said));
        }
        Charset given = charset;
        SourceEncoding givenHow = how;

        SchemaGuess guess = new SchemaGuess(false, input.limits().maxColumns());
        SourceEncoding encoding = new SourceEncoding("UTF-8", How.ASSUMED);
        if (dbf == null) notes.add(Text.of("exchange.format.note.noDbf"));
        else
            try (DbfFile table = new DbfFile(dbf, given, givenHow, input.limits(), input.name())) {
                encoding = table.encoding();
                for (DbfFile.Field field : table.fields())
                    guess.declare(names.getOrDefault(field.name(), field.name()), field.columnType());
            }
        SourceEncoding known = encoding;
        FileSource.Opener opener = () -> new Rows(
                input, shp, dbf, known.how() == How.GIVEN || given != null ? given : charsetOf(known), known, names);
        long count = 0;
        try (Records records = opener.open()) {
            for (SourceRecord r = records.next(); r != null; r = records.next()) {
                guess.add(r);
                if (++count >= input.settings().guessRecords()) break;
            }
        } catch (ProblemException e) {
            if (count == 0) throw e;
        }
        try (ShpFile shapes = new ShpFile(shp, input.limits(), input.name())) {
            if (shapes.hasHeights()) notes.add(Text.of("exchange.format.note.heights"));
        }
        SourceSchema schema = new SourceSchema(
                FileFormat.SHAPEFILE,
                layer,
                layers,
                guess.columns(),
                encoding,
                crs(parts.get(".prj")),
                guess.geometryTypes(),
                null,
                count < input.settings().guessRecords() ? count : -1,
                notes);
        return new FileSource(input, schema, opener);
    }

    private static Charset charsetOf(SourceEncoding encoding) {
        return TextEncoding.byName(encoding.charset()).orElse(StandardCharsets.UTF_8);
    }

    private static String firstLine(@Nullable Path file) throws IOException {
        if (file == null) return "";
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(200), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        }
    }

    private static DeclaredCrs crs(@Nullable Path prj) throws IOException {
        if (prj == null) return DeclaredCrs.UNDECLARED;
        try (InputStream in = Files.newInputStream(prj)) {
            String text = new String(in.readNBytes(LONGEST_PRJ + 1), StandardCharsets.UTF_8);
            return DeclaredCrs.declared(text.replace("\uFEFF", "").replace("\0", ""));
        }
    }

    /** Shapes and table rows side by side. */
    private static final class Rows implements Records {
        private final Input input;
        private final ShpFile shapes;
        private final @Nullable DbfFile table;
        private final Map<String, String> names;
        private boolean tableEnded;

        Rows(
                Input input,
                Path shp,
                @Nullable Path dbf,
                @Nullable Charset charset,
                SourceEncoding encoding,
                Map<String, String> names)
                throws IOException {
            this.input = input;
            this.names = names;
            shapes = new ShpFile(shp, input.limits(), input.name());
            try {
                table = dbf == null ? null : new DbfFile(dbf, charset, encoding, input.limits(), input.name());
            } catch (IOException | RuntimeException e) {
                shapes.close();
                throw e;
            }
        }

        @Override
        public @Nullable SourceRecord next() throws IOException {
            for (; ; ) {
                ShpFile.Shape shape = shapes.next();
                DbfFile.Row row = table == null || tableEnded ? null : table.next();
                if (row == null) tableEnded = true;
                if (shape == null) return null;
                input.progress(shapes.progress());
                if (row != null && row.deleted()) continue;
                List<Problem> problems = new ArrayList<>(shape.problems());
                if (row != null) problems.addAll(row.problems());
                else if (table != null)
                    problems.add(Problem.refused(null, null, Text.of("exchange.format.noTableRow")));
                return new SourceRecord(
                        shapes.number(), row == null ? Map.of() : named(row.values()), shape.geometry(), problems);
            }
        }

        private Map<String, Object> named(Map<String, Object> values) {
            if (names.isEmpty()) return values;
            Map<String, Object> all = new LinkedHashMap<>();
            values.forEach((name, value) -> all.put(names.getOrDefault(name, name), value));
            return all;
        }

        @Override
        public void close() throws IOException {
            try {
                shapes.close();
            } finally {
                if (table != null) table.close();
            }
        }
    }
}
