package org.anquan.shelter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anquan.catalog.Change;
import org.anquan.catalog.TestCatalogue;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.Imports;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.locationtech.jts.geom.Geometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Whole questions as the process answers them, from the layers to the lines on the map: capacity of the sample; assignment
 * on the roads of Porto (65 000 junctions), villages and shelters at random ones: 1 000 villages to 200 shelters with buses,
 * 10 000 to 1 000 within the walking limit of 30 minutes. Places for 1.1 of those in need.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ShelterBench {
    /** A world that is thrown away afterwards. */
    abstract static class InAFolder {
        private Path folder;
        ShelterWorld world;

        abstract ShelterWorld filled(Path folder) throws IOException;

        @Setup
        public void open() throws IOException {
            folder = Files.createTempDirectory("shelter-bench");
            world = filled(folder);
        }

        @TearDown
        public void close() throws IOException {
            world.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
            }
        }
    }

    @State(Scope.Benchmark)
    public static class Sample extends InAFolder {
        @Override
        ShelterWorld filled(Path folder) {
            ShelterWorld world = new ShelterWorld(folder, null);
            for (String layer : List.of("district", "township", "village", "shelter"))
                Imports.into(world.store.layers(), world.store.edits())
                        .run(
                                ImportRequest.of(layer, Path.of("data-samples/lizhou/" + layer + ".geojson")),
                                "bench",
                                ImportProgress.none());
            return world;
        }
    }

    @State(Scope.Benchmark)
    public static class County extends InAFolder {
        @Override
        ShelterWorld filled(Path folder) {
            return county(folder, 1000, 200);
        }
    }

    @State(Scope.Benchmark)
    public static class Region extends InAFolder {
        @Override
        ShelterWorld filled(Path folder) {
            return county(folder, 10_000, 1000);
        }
    }

    private static ShelterWorld county(Path folder, int villages, int shelters) {
        RoadNetwork roads = RealRoads.porto();
        ShelterWorld world = new ShelterWorld(folder, roads);
        Random dice = new Random(7);
        List<Change> all = new ArrayList<>();
        long people = 0;
        for (int i = 0; i < villages; i++) {
            long here = 50 + dice.nextInt(1500);
            people += here;
            all.add(new Change.Create(
                    "village", "v" + i, somewhere(roads.graph(), dice), Map.of("name", "村" + i, "people", here)));
        }
        for (int i = 0; i < shelters; i++)
            all.add(new Change.Create(
                    "shelter",
                    "s" + i,
                    somewhere(roads.graph(), dice),
                    Map.of(
                            "name",
                            "场所" + i,
                            "statedCapacity",
                            Math.round((0.3 + 1.4 * dice.nextDouble()) * 1.1 * people / shelters))));
        world.store.edits().apply(TestCatalogue.me("bench"), all);
        return world;
    }

    private static Geometry somewhere(RoadGraph graph, Random dice) {
        int node = dice.nextInt(graph.nodeCount());
        return TestCatalogue.point(graph.nodeLon(node), graph.nodeLat(node));
    }

    @Benchmark
    public Object capacityOfTheSample(Sample sample) {
        return sample.world.answer("shelter-capacity", "{'stay': 'short'}");
    }

    @Benchmark
    public Object auditOfTheSample(Sample sample) {
        return sample.world.answer("shelter-audit", "{}");
    }

    @Benchmark
    public Object assignmentOf1000VillagesTo200Shelters(County county) {
        return county.world.answer("shelter-assignment", "{'share': 1}");
    }

    @Benchmark
    public Object assignmentOf10000VillagesTo1000SheltersWithinTheWalkingLimit(Region region) {
        return region.world.answer("shelter-assignment", "{'share': 1, 'buses': false}");
    }

    /** One run of each without a harness, for a quick look. */
    public static void main(String[] none) throws IOException {
        Sample sample = new Sample();
        County county = new County();
        Region region = new Region();
        ShelterBench bench = new ShelterBench();
        for (InAFolder one : List.of(sample, county, region)) one.open();
        for (int i = 0; i < 3; i++) {
            tell("capacity", () -> bench.capacityOfTheSample(sample));
            tell("audit", () -> bench.auditOfTheSample(sample));
            tell("1000 x 200", () -> bench.assignmentOf1000VillagesTo200Shelters(county));
            tell("10000 x 1000", () -> bench.assignmentOf10000VillagesTo1000SheltersWithinTheWalkingLimit(region));
        }
        for (InAFolder one : List.of(sample, county, region)) one.close();
    }

    private static void tell(String what, java.util.function.Supplier<Object> question) {
        java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Object answer = question.get();
        System.out.printf(
                "%s: %.0f ms, %.0f ms of processor time%s%n",
                what,
                (System.nanoTime() - start) / 1e6,
                (threads.getCurrentThreadCpuTime() - cpu) / 1e6,
                answer instanceof AssignmentAnswer found ? " " + found.summary() : "");
    }
}
