package org.anquan.exchange;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.FeaturePage;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.PostGisServer;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Import of a CSV of 140 000 synthetic sites, and pages of 1 000 by box out of them. */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StoreBench {
    private static final int SITES = 140_000;

    /** Half the side of the box, degrees; the sites fill 4 by 4 degrees. */
    @Param({"0.1", "0.5", "1.5"})
    public double reach;

    @Param({"GeoPackage", "PostGIS"})
    public String kind;

    private @Nullable PostGisServer server;
    private Path folder;
    private Path csv;
    private TestCatalogue store;
    private LayerImport imports;
    private final Random random = new Random(1);

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = Files.createTempDirectory("storebench");
        csv = folder.resolve("sites.csv");
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("id,name,people,remark,lon,lat,address,flood,quake\n");
            for (int i = 0; i < SITES; i++)
                out.write("s" + i + ",避难场所 " + i + "," + random.nextInt(5000) + ",," + (104 + random.nextDouble() * 4)
                        + "," + (30 + random.nextDouble() * 4) + ",某县某镇某路" + i + "号,1,\n");
        }
        server = kind.equals("PostGIS") ? PostGisServer.own() : null;
        store = TestCatalogue.at(server == null ? folder.toString() : server.freshSchemaHere());
        imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
        imports.run(ImportRequest.of("places", csv), "bench", ImportProgress.none());
    }

    @TearDown(Level.Trial)
    public void clear() throws IOException {
        store.close();
        if (server != null) server.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public FeaturePage pageByBox() {
        double lon = 104 + reach + random.nextDouble() * (4 - 2 * reach);
        double lat = 30 + reach + random.nextDouble() * (4 - 2 * reach);
        return store.layers()
                .find(FeatureQuery.all("places")
                        .in(new Bbox(lon - reach, lat - reach, lon + reach, lat + reach))
                        .page(1000, 0));
    }

    /** Takes out the present 140 000, with each in the history, and takes in as many. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public ImportReport importReplacing() {
        return imports.run(ImportRequest.of("places", csv).mode(LoadMode.REPLACE), "bench", ImportProgress.none());
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public LayerSnapshot snapshotAfterAnEdit() {
        store.place("x", 105, 31, java.util.Map.of());
        return store.layers().snapshot("places");
    }
}
