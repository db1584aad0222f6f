package org.anquan.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anquan.geo.Bbox;
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

/**
 * A page of 1 000 features by box out of 140 000, now and as of times before edits and before a load that replaced all;
 * and the first question about a time, beside the first one about the present (both read the layer into memory).
 */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AsOfBench {
    private static final int SITES = 140_000;

    /** Half the side of the box, degrees; the sites fill 4 by 4 degrees. */
    @Param({"0.1", "0.5", "1.5"})
    public double reach = 0.5;

    private Path folder;
    private TestCatalogue store;
    private final Random random = new Random(1);
    private Instant beforeReplacing = Instant.EPOCH;
    private final List<Instant> beforeEdits = new ArrayList<>();

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = Files.createTempDirectory("asofbench");
        store = TestCatalogue.open(folder);
        load();
        beforeReplacing = Instant.now();
        load();
        for (int i = 0; i < 20; i++) {
            beforeEdits.add(Instant.now());
            List<Change> changes = new ArrayList<>();
            for (int j = 0; j < 100; j++)
                changes.add(new Change.Patch("places", "s" + random.nextInt(SITES), null, null, Map.of("people", j)));
            store.edits().apply(TestCatalogue.me("bench"), changes);
        }
    }

    private void load() throws IOException {
        store.edits().load(TestCatalogue.me("bench"), "places", LoadMode.REPLACE, sink -> {
            for (int i = 0; i < SITES; i++) {
                Map<String, Object> is = new LinkedHashMap<>();
                is.put("name", "避难场所 " + i);
                is.put("people", random.nextInt(5000));
                is.put("remark", "某县某镇某路" + i + "号");
                sink.add(new FeatureDraft(
                        "s" + i,
                        TestCatalogue.point(104 + random.nextDouble() * 4, 30 + random.nextDouble() * 4),
                        is,
                        null));
            }
        });
    }

    @TearDown(Level.Trial)
    public void clear() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    private FeatureQuery page() {
        double lon = 104 + reach + random.nextDouble() * (4 - 2 * reach);
        double lat = 30 + reach + random.nextDouble() * (4 - 2 * reach);
        return FeatureQuery.all("places")
                .in(new Bbox(lon - reach, lat - reach, lon + reach, lat + reach))
                .page(1000, 0);
    }

    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public FeaturePage pageNow() {
        return store.layers().find(page());
    }

    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public FeaturePage pageBeforeSomeEdits() {
        return store.layers().find(page().at(beforeEdits.get(random.nextInt(2))));
    }

    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public FeaturePage pageBeforeAllWasReplaced() {
        return store.layers().find(page().at(beforeReplacing));
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public LayerSnapshot firstReadNow() {
        return store.layers().snapshot("places");
    }

    /** Each iteration asks of a time not asked of before. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 5)
    public LayerSnapshot firstReadBeforeSomeEdits() {
        return store.layers().snapshot("places", beforeEdits.remove(beforeEdits.size() - 1));
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public LayerSnapshot firstReadBeforeAllWasReplaced() {
        return store.layers().snapshot("places", beforeReplacing);
    }

    public static void main(String[] arguments) throws IOException {
        AsOfBench bench = new AsOfBench();
        bench.fill();
        System.out.printf("first read now: %.0f ms%n", millis(bench::firstReadNow));
        System.out.printf("first read, before some edits: %.0f ms%n", millis(bench::firstReadBeforeSomeEdits));
        System.out.printf(
                "first read, before all was replaced: %.0f ms%n", millis(bench::firstReadBeforeAllWasReplaced));
        for (double reach : new double[] {0.1, 0.5, 1.5}) {
            bench.reach = reach;
            System.out.printf(
                    "box ±%.1f°: now %.2f ms, before some edits %.2f ms, before all was replaced %.2f ms%n",
                    reach,
                    mean(bench::pageNow),
                    mean(bench::pageBeforeSomeEdits),
                    mean(bench::pageBeforeAllWasReplaced));
        }
        bench.clear();
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double mean(Runnable work) {
        for (int i = 0; i < 200; i++) work.run();
        return millis(() -> {
                    for (int i = 0; i < 200; i++) work.run();
                })
                / 200;
    }
}
