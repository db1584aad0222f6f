package org.anquan.exchange.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anquan.exchange.format.FormatWorld.Entry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading: the two Japanese files (139 908 CSV rows, gzipped) and 17 717 building polygons (GeoJSON, gzipped), opened
 * with all guessing and run through once. Writing: 140 000 points in each format.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class FormatsBench {
    private static final Path DATA = Path.of("../shared/data");

    @State(Scope.Benchmark)
    public static class Formats {
        @Param({"GEOJSON", "CSV", "EXCEL", "SHAPEFILE", "GEOPACKAGE", "KML"})
        FileFormat format = FileFormat.CSV;
    }

    private Path folder = Path.of("");

    @Setup
    public void folder() throws IOException {
        folder = Files.createTempDirectory("bench");
    }

    @TearDown
    public void clear() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.toList()) Files.delete(one);
        }
        Files.delete(folder);
    }

    @Benchmark
    public long readCsvOf140kRows() {
        return read(DATA.resolve("shelters/japan_emergency_sites_pref01-30.csv.gz"))
                + read(DATA.resolve("shelters/japan_designated_shelters_pref01-30.csv.gz"));
    }

    @Benchmark
    public long readGeoJsonOf17kPolygons() {
        return read(DATA.resolve("layers/liechtenstein_buildings.geojson.gz"));
    }

    @Benchmark
    public long writeAndRead140kPoints(Formats formats) {
        List<Entry> five = FormatWorld.points();
        Path file = folder.resolve("out" + formats.format.extension());
        try (RecordSink sink =
                FormatWorld.FORMATS.create(formats.format, file, FormatWorld.SCHEMA, SinkOptions.DEFAULT, folder)) {
            for (int i = 0; i < 140_000; i++) {
                Entry entry = five.get(i % five.size());
                sink.write(entry.values(), entry.geometry());
            }
            sink.finish();
        }
        return read(file);
    }

    private long read(Path file) {
        try (RecordSource source =
                        FormatWorld.FORMATS.open(file, file.getFileName().toString(), ReadOptions.NONE, folder);
                Stream<SourceRecord> records = source.records()) {
            return records.count();
        }
    }
}
