package org.anquan.network;

import com.graphhopper.isochrone.algorithm.ShortestPathTree;
import com.graphhopper.routing.util.TraversalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anquan.geo.Bbox;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The sweep and its kin on Porto, 20 stations, one hour, beside GraphHopper's 20 shortest-path trees on the same graph. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SweepBench {
    private static final int HOUR = 3_600_000;

    private HopperNetwork network;
    private RoadGraph graph;
    private int[] times;
    private int[] foreignTimes;
    private List<Source> stations;
    private List<Snap> hundred;
    private List<Snap> otherHundred;
    private final List<double[]> places = new ArrayList<>();
    private int next;

    @Setup
    public void load() {
        network = Imported.porto();
        graph = network.graph();
        times = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        foreignTimes = times.clone();
        stations = Places.sources(Places.onRoads(network, TravelProfile.FIRE_ENGINE, 20, 1));
        hundred = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 2);
        otherHundred = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 3);
        Random random = new Random(4);
        Bbox box = graph.bbox();
        for (int i = 0; i < 1_000; i++)
            places.add(new double[] {
                box.west() + random.nextDouble() * (box.east() - box.west()),
                box.south() + random.nextDouble() * (box.north() - box.south())
            });
    }

    @Benchmark
    public Object sweep() {
        return Sweep.run(graph, times, stations, Direction.FROM, HOUR);
    }

    /** Times as a scenario makes them, which the sweep sees for the first time. */
    @Benchmark
    public Object sweepOverForeignTimes() {
        return Sweep.run(graph, foreignTimes, stations, Direction.FROM, HOUR);
    }

    @Benchmark
    public Object sweepWithPaths() {
        return Sweep.runWithPaths(graph, times, stations, Direction.FROM, HOUR);
    }

    @Benchmark
    public Object plainDijkstra() {
        return PlainDijkstra.run(graph, times, stations, Direction.FROM, HOUR);
    }

    @Benchmark
    public int graphHopperTrees() {
        int reached = 0;
        for (Source station : stations) {
            ShortestPathTree tree = new ShortestPathTree(
                    network.hopper().getBaseGraph(),
                    network.hopper().weighting(TravelProfile.FIRE_ENGINE, false),
                    false,
                    TraversalMode.NODE_BASED);
            tree.setTimeLimit(HOUR);
            tree.search(graph.edgeBase(station.at().edge()), label -> {});
            reached += tree.getVisitedNodes();
        }
        return reached;
    }

    @Benchmark
    public Object matrixOfHundred() {
        return TravelMatrix.between(graph, times, hundred, otherHundred);
    }

    @Benchmark
    public double snapThousandPlaces() {
        double metres = 0;
        for (double[] place : places)
            metres += network.snap(place[0], place[1], TravelProfile.FIRE_ENGINE, 2_000)
                    .map(Snap::metresAway)
                    .orElse(0.0);
        return metres;
    }

    @Benchmark
    public Object route() {
        next = (next + 1) % 100;
        return network.route(hundred.get(next), otherHundred.get(next), TravelProfile.CAR, Locale.SIMPLIFIED_CHINESE);
    }
}
