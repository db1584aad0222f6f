package org.anquan.exchange.format;

import static org.anquan.exchange.format.FormatWorld.FORMATS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anquan.exchange.format.FormatWorld.Entry;
import org.anquan.exchange.format.SinkOptions.Headings;
import org.anquan.exchange.format.SinkOptions.Places;
import org.anquan.geo.SourceCrs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same data set in every format, every kind of geometry, several systems and character sets. */
class EveryFormatTest {
    @TempDir
    Path folder;

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        Charset gbk = Charset.forName("GB18030");
        for (FileFormat format : FileFormat.values())
            for (String kind : List.of("points", "lines", "polygons", "multipoints")) {
                all.add(Arguments.of(format, kind, SinkOptions.DEFAULT));
                if (format == FileFormat.KML) continue;
                for (String crs : List.of("EPSG:4490", "EPSG:4544", "EPSG:4523", "EPSG:3857"))
                    all.add(Arguments.of(format, kind, SinkOptions.DEFAULT.withCrs(SourceCrs.resolve(crs))));
                if (format == FileFormat.CSV) all.add(Arguments.of(format, kind, SinkOptions.DEFAULT.withCharset(gbk)));
                if (format == FileFormat.CSV || format == FileFormat.EXCEL)
                    all.add(Arguments.of(
                            format,
                            kind,
                            SinkOptions.DEFAULT.withHeadings(Headings.TITLES).withPlaces(Places.WKT)));
                if (format == FileFormat.SHAPEFILE)
                    all.add(Arguments.of(format, kind, SinkOptions.DEFAULT.withHeadings(Headings.TITLES)));
            }
        return all.stream();
    }

    static List<Entry> entries(String kind) {
        return switch (kind) {
            case "points" -> FormatWorld.points();
            case "lines" -> FormatWorld.lines();
            case "polygons" -> FormatWorld.polygons();
            default -> FormatWorld.multipoints();
        };
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("all")
    void whatIsWrittenIsReadAgain(FileFormat format, String kind, SinkOptions options) throws IOException {
        List<Entry> entries = entries(kind);
        Path file = folder.resolve("out" + format.extension());
        FormatWorld.write(format, file, options, entries, folder);
        try (RecordSource source = FORMATS.open(file, file.getFileName().toString(), ReadOptions.NONE, folder)) {
            assertThat(source.schema().format()).isEqualTo(format);
            DeclaredCrs declared = source.schema().crs();
            boolean table = format == FileFormat.CSV || format == FileFormat.EXCEL;
            if (table) assertThat(declared).isEqualTo(DeclaredCrs.UNDECLARED);
            SourceCrs crs = table ? options.crs() : SourceCrs.resolve(declared.definition());
            assertThat(crs.id()).isEqualTo(options.crs().id());
            // Text carries nine decimals of a degree or tenths of millimetres: 1e-9 degrees.
            for (int pass = 0; pass < 2; pass++)
                try (Stream<SourceRecord> records = source.records()) {
                    FormatWorld.assertSame(records.toList(), entries, crs, 2e-9);
                }
            assertThat(source.progress()).isBetween(0.0, 1.0);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.toList()).as("nothing is left behind").containsExactly(file);
        }
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void typesAreKnownAgain(FileFormat format) {
        Path file = folder.resolve("out" + format.extension());
        FormatWorld.write(format, file, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        List<SourceColumn> columns =
                FormatWorld.schema(file, ReadOptions.NONE, folder).columns();
        for (SinkColumn column : FormatWorld.SCHEMA.columns()) {
            SourceColumn found = columns.stream()
                    .filter(c -> column.name().startsWith(c.name()) || c.name().equals(column.name()))
                    .filter(c -> c.name().length() >= Math.min(10, column.name().length()))
                    .findFirst()
                    .orElseThrow();
            ColumnType expected = column.type();
            // Where a format has no such type, texts stand in; a count too long for it turns into text or numbers.
            if (format == FileFormat.KML && column.name().equals("serial")) expected = ColumnType.TEXT;
            if (format == FileFormat.SHAPEFILE && expected == ColumnType.TIME) expected = ColumnType.TEXT;
            assertThat(found.type()).as(column.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void anEmptyLayerIsWrittenAndReadAsEmpty(FileFormat format) {
        Path file = folder.resolve("out" + format.extension());
        FormatWorld.write(format, file, SinkOptions.DEFAULT, List.of(), folder);
        assertThat(FormatWorld.read(file, ReadOptions.NONE, folder)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void aFileThatIsNotFinishedLeavesNothing(FileFormat format) throws IOException {
        Path file = folder.resolve("out" + format.extension());
        try (RecordSink sink = FORMATS.create(format, file, FormatWorld.SCHEMA, SinkOptions.DEFAULT, folder)) {
            for (Entry entry : FormatWorld.points()) sink.write(entry.values(), entry.geometry());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.toList()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"GEOJSON", "CSV", "KML", "GEOPACKAGE"})
    void gzippedIsReadAsWell(FileFormat format) throws IOException {
        Path file = folder.resolve("out" + format.extension());
        FormatWorld.write(format, file, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        Path zipped = folder.resolve("out" + format.extension() + ".gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(file, out);
        }
        FormatWorld.assertSame(
                FormatWorld.read(zipped, ReadOptions.NONE, folder), FormatWorld.points(), SourceCrs.WGS84, 2e-9);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }
}
