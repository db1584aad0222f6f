package org.anquan.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the sweep grows with the network: Porto laid side by side (synthetic, see {@link TiledOsm}), two stations a tile,
 * one hour, beside a plain pass over all arcs, which no search can beat.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MillionBench {
    private static final int HOUR = 3_600_000;

    /** 1: Porto alone; 4: a million junctions. */
    @Param({"1", "2", "4"})
    public int side;

    private RoadGraph graph;
    private int[] times;
    private int[] foreignTimes;
    private List<Source> stations;
    private List<Snap> hundred;

    @Setup
    public void load() throws IOException {
        HopperNetwork network = network(side);
        graph = network.graph();
        times = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        foreignTimes = times.clone();
        stations = Places.sources(Places.onRoads(network, TravelProfile.FIRE_ENGINE, 2 * side * side, 1));
        hundred = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 2);
        System.gc();
        Runtime machine = Runtime.getRuntime();
        System.out.printf(
                "%d junctions, %d edges, heap in use %d MB%n",
                graph.nodeCount(), graph.edgeCount(), (machine.totalMemory() - machine.freeMemory()) >> 20);
    }

    static HopperNetwork network(int side) throws IOException {
        if (side == 1) return Imported.porto();
        Path file = TiledOsm.porto(side);
        ImportedRoads roads = Imported.roads(Path.of("target/bench-porto-" + side));
        if (roads.current().isEmpty()) {
            long start = System.nanoTime();
            roads.importOsm(file, share -> {});
            System.out.println("imported in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        return (HopperNetwork) roads.require();
    }

    @Benchmark
    public Object sweep() {
        return Sweep.run(graph, times, stations, Direction.FROM, HOUR);
    }

    @Benchmark
    public Object sweepOverForeignTimes() {
        return Sweep.run(graph, foreignTimes, stations, Direction.FROM, HOUR);
    }

    /** Reads every arc's head and time once, in the order in which they lie. */
    @Benchmark
    public long plainPassOverTheArcs() {
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        long sum = 0;
        for (int node = 0; node < graph.nodeCount(); node++)
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                int millis = times[arcKey[arc]];
                if (millis != RoadGraph.CLOSED) sum += millis + arcHead[arc];
            }
        return sum;
    }

    @Benchmark
    public Object matrixOfHundred() {
        return TravelMatrix.between(graph, times, hundred, hundred);
    }

    /** Under a scenario: the times are put on the hierarchy first. */
    @Benchmark
    public Object matrixOfHundredOverForeignTimes() {
        return TravelMatrix.between(graph, foreignTimes, hundred, hundred);
    }
}
