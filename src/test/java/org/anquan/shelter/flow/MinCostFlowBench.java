package org.anquan.shelter.flow;

import com.google.ortools.Loader;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * Villages and shelters at random places of a county of 60 × 60 km, walking time on the straight line × 1.3; synthetic.
 * Beside it OR-Tools' solver (cost scaling, C++) on the same network in the same run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class MinCostFlowBench {
    /** All villages to all shelters, or those within 15 km of 10 000 and 1 000. */
    @Param({"1000x200", "10000x1000"})
    public String size;

    private int villages;
    private int shelters;
    private int[] from;
    private int[] to;
    private long[] capacity;
    private long[] cost;
    private long[] people;
    private int arcs;

    @Setup
    public void world() {
        Loader.loadNativeLibraries();
        villages = Integer.parseInt(size.substring(0, size.indexOf('x')));
        shelters = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        double limit = villages > 1000 ? 15_000 : Double.POSITIVE_INFINITY;
        SplittableRandom random = new SplittableRandom(7);
        double[] x = random.doubles(villages + shelters, 0, 60_000).toArray();
        double[] y = random.doubles(villages + shelters, 0, 60_000).toArray();
        people = random.longs(villages, 20, 2000).toArray();
        int room = villages * shelters + villages + shelters;
        from = new int[room];
        to = new int[room];
        capacity = new long[room];
        cost = new long[room];
        arcs = 0;
        int end = villages + shelters;
        for (int v = 0; v < villages; v++)
            for (int s = villages; s < end; s++) {
                double metres = 1.3 * Math.hypot(x[v] - x[s], y[v] - y[s]);
                if (metres <= limit) add(v, s, people[v], Math.round(metres / 1.25));
            }
        // Nine places for ten people.
        long places = villages * 1010L * 9 / 10 / shelters;
        for (int s = villages; s < end; s++) add(s, end, random.nextLong(places / 2, places * 3 / 2), 0);
        for (int v = 0; v < villages; v++) add(v, end, people[v], 100_000_000);
    }

    private void add(int from, int to, long capacity, long cost) {
        this.from[arcs] = from;
        this.to[arcs] = to;
        this.capacity[arcs] = capacity;
        this.cost[arcs++] = cost;
    }

    @Benchmark
    public long ours() {
        MinCostFlow network = new MinCostFlow(villages + shelters + 1, arcs);
        for (int a = 0; a < arcs; a++) network.arc(from[a], to[a], capacity[a], cost[a]);
        long all = 0;
        for (int v = 0; v < villages; v++) {
            network.supply(v, people[v]);
            all += people[v];
        }
        network.supply(villages + shelters, -all);
        return network.solve(() -> false).cost();
    }

    @Benchmark
    public long orTools() {
        var network = new com.google.ortools.graph.MinCostFlow();
        for (int a = 0; a < arcs; a++) network.addArcWithCapacityAndUnitCost(from[a], to[a], capacity[a], cost[a]);
        long all = 0;
        for (int v = 0; v < villages; v++) {
            network.setNodeSupply(v, people[v]);
            all += people[v];
        }
        network.setNodeSupply(villages + shelters, -all);
        network.solve();
        return network.getOptimalCost();
    }
}
