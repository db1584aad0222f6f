package org.anquan.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.PostGisServer;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.TestCatalogue;
import org.anquan.catalog.Visibility;
import org.anquan.home.AnquanHome;
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
 * The Japanese emergency sites (81 779 rows, eight hazard flags) by their profile into the shelter layer of either store:
 * the first import into an empty layer, an update by id that changes nothing, and the export of them. CPU time of the importing thread with a heap of 256 MB (two cores shared with other work, so
 * that no wall time could be had): GeoPackage 4.0 s with the replaced ones moved into the history (6 s in a fresh process),
 * update 4.7 s, export 1.1 s. Names are brought into their plain form once a file: once a row took a quarter more.
 * PostGIS, before that: 2.1 s and 6 s.
 */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ImportBench {
    private static final Path FILE = Path.of("../shared/data/shelters/japan_emergency_sites_pref01-30.csv.gz");

    @Param({"geopackage", "postgis"})
    public String kind = "geopackage";

    private Path folder = Path.of("");
    private TestCatalogue store;
    private LayerImport imports;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("importbench");
        List<String> yaml = new ArrayList<>();
        try (var files = Files.list(Path.of("layers"))) {
            for (Path file : files.sorted().toList()) yaml.add(Files.readString(file));
        }
        String[] layers = yaml.toArray(String[]::new);
        store = kind.equals("postgis")
                ? TestCatalogue.open(PostGisServer.freshSchema(), yaml)
                : TestCatalogue.open(folder, layers);
        imports = Imports.into(
                store.layers(),
                store.edits(),
                ExchangeSettings.usual(),
                new Profiles(store.layers(), new AnquanHome(folder)));
        // What update and export work on.
        importReplacing();
    }

    @TearDown
    public void close() {
        store.close();
    }

    private ImportReport run(LoadMode mode) {
        ImportReport report = imports.run(ImportRequest.of("shelter", FILE).mode(mode), "bench", ImportProgress.none());
        if (report.accepted() != 81_779)
            throw new IllegalStateException(report.lines().toString());
        return report;
    }

    /** Takes out what is there, each feature into the history, and takes in as many. */
    @Benchmark
    public ImportReport importReplacing() {
        return run(LoadMode.REPLACE);
    }

    @Benchmark
    public ImportReport updateWithoutChange() {
        return run(LoadMode.UPDATE);
    }

    @Benchmark
    public long exportGeoPackage() {
        return Imports.outOf(store.layers())
                .write(
                        ExportRequest.of(FeatureQuery.all("shelter"), "gpkg"),
                        new Visibility(Sensitivity.RESTRICTED),
                        folder.resolve("out.gpkg"),
                        ImportProgress.none())
                .count();
    }
}
