package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.network.Cuts.Cut;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HierarchyTest {
    private static TravelMatrix overHierarchy(RoadGraph graph, int[] times, Cuts cuts, List<Snap> from, List<Snap> to) {
        int[][] millis = new int[from.size()][to.size()];
        double[][] metres = new double[from.size()][to.size()];
        new HierarchyMatrix(new HierarchyTimes(new Hierarchy(graph), graph, times), graph, cuts)
                .fill(
                        from.stream()
                                .map(one -> Stand.of(graph, times, cuts, one))
                                .toList(),
                        to.stream()
                                .map(one -> Stand.of(graph, times, cuts, one))
                                .toList(),
                        millis,
                        metres);
        return new TravelMatrix(millis, metres);
    }

    @Property(tries = 500)
    void theMatrixOverTheHierarchyIsThatOfSearches(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        int[] times = world.times.clone();
        TreeMap<Integer, Cut> all = new TreeMap<>();
        for (int edge = 0; edge < world.edges.size(); edge++)
            if (world.random.nextInt(5) == 0) {
                all.put(edge, new Cut(times[2 * edge], times[2 * edge + 1], new double[] {0.3, 0.4}));
                times[2 * edge] = RoadGraph.CLOSED;
                times[2 * edge + 1] = RoadGraph.CLOSED;
            }
        Cuts cuts = Cuts.of(all);
        List<Snap> from = new ArrayList<>();
        List<Snap> to = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            from.add(world.place());
            to.add(world.place());
        }
        TravelMatrix mine = overHierarchy(world.graph, times, cuts, from, to);
        TravelMatrix judge = TravelMatrix.searched(world.graph, times, cuts, from, to);
        assertThat(mine.millis()).isDeepEqualTo(judge.millis());
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++)
                assertThat(Double.isNaN(mine.metres()[i][j])).isEqualTo(Double.isNaN(judge.metres()[i][j]));
    }

    @Tag("real-data")
    @Test
    void soOnPorto() {
        HopperNetwork network = Imported.porto();
        RoadGraph graph = network.graph();
        long start = System.nanoTime();
        Hierarchy order = new Hierarchy(graph);
        System.out.printf(
                "order of %d junctions with %d arcs in %d ms%n",
                order.nodes(), order.arcs(), (System.nanoTime() - start) / 1_000_000);
        int[] times = graph.keyMillis(TravelProfile.FIRE_ENGINE).clone();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            int edge = random.nextInt(graph.edgeCount());
            times[2 * edge] = RoadGraph.CLOSED;
            times[2 * edge + 1] = RoadGraph.CLOSED;
        }
        for (int round = 0; round < 5; round++) {
            start = System.nanoTime();
            new HierarchyTimes(order, graph, times);
            System.out.println("times on it in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        List<Snap> from = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 40, 5);
        List<Snap> to = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 60, 6);
        TravelMatrix mine = TravelMatrix.between(graph, times, from, to);
        TravelMatrix judge = TravelMatrix.searched(graph, times, Cuts.NONE, from, to);
        assertThat(mine.millis()).isDeepEqualTo(judge.millis());
        for (int i = 0; i < from.size(); i++)
            for (int j = 0; j < to.size(); j++)
                if (mine.millis()[i][j] != TravelTimes.UNREACHED)
                    // Of two ways that take equally long either may be measured.
                    assertThat(mine.metres()[i][j])
                            .isCloseTo(judge.metres()[i][j], within(Math.max(50, judge.metres()[i][j] / 20)));
        assertThat(Arrays.stream(mine.millis()[0]).filter(one -> one != TravelTimes.UNREACHED))
                .isNotEmpty();
    }
}
