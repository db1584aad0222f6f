package org.anquan.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.Sweep.Source;

/**
 * Small graphs with all that is hard: one-ways, closed edges, loops, parallel edges, edges of no length, equal times,
 * long chains, dead ends, and sources in mid-edge, at ends and several on one edge. Length is a tenth of the time
 * there, so that the metres of a fastest way are known from its time.
 */
final class RandomWorld {
    final Random random;
    final RoadGraph graph;
    final int[] times;
    final List<int[]> edges = new ArrayList<>();

    RandomWorld(long seed, boolean oneWays) {
        random = new Random(seed);
        int nodes = 1 + random.nextInt(40);
        int count = 1 + random.nextInt(3 * nodes);
        int longest = random.nextBoolean() ? 5 : 200_000;
        for (int i = 0; i < count; i++) {
            int base = random.nextInt(nodes);
            // Half of the edges make chains.
            int head = random.nextBoolean() ? random.nextInt(nodes) : (base + 1) % nodes;
            int millis = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(longest);
            int there = millis;
            int back = millis;
            if (oneWays && random.nextInt(4) == 0) {
                if (random.nextBoolean()) there = RoadGraph.CLOSED;
                if (random.nextBoolean()) back = RoadGraph.CLOSED;
            }
            edges.add(new int[] {base, head, there, back, millis});
        }
        graph = build(nodes, edges);
        times = graph.keyMillis(TravelProfile.CAR);
    }

    static RoadGraph build(int nodes, List<int[]> edges) {
        RoadGraph.Builder builder = new RoadGraph.Builder();
        for (int node = 0; node < nodes; node++) builder.node(105 + node * 0.001, 32);
        for (int[] each : edges) {
            double[] shape = {105 + each[0] * 0.001, 32, 105 + each[1] * 0.001, 32};
            int edge = builder.edge(each[0], each[1], each[4] / 10.0, shape, 1, RoadClass.THIRD, Structure.GROUND);
            builder.millis(edge, TravelProfile.CAR, each[2], each[3]);
        }
        return builder.build();
    }

    Snap place() {
        double[] fractions = {0, 1, 0.5, random.nextDouble(), 0.25};
        return new Snap(random.nextInt(graph.edgeCount()), fractions[random.nextInt(fractions.length)], 0, 105, 32);
    }

    List<Source> sources(int atMost) {
        List<Source> all = new ArrayList<>();
        int count = 1 + random.nextInt(atMost);
        for (int i = 0; i < count; i++) {
            Snap at = !all.isEmpty() && random.nextInt(3) == 0
                    ? new Snap(all.get(0).at().edge(), random.nextDouble(), 0, 105, 32)
                    : place();
            all.add(new Source(at, random.nextInt(3) == 0 ? 0 : random.nextInt(500)));
        }
        return all;
    }
}
