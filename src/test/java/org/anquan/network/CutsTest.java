package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.network.Cuts.Cut;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelTimes.Arrival;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** One section A–B of 100 s and 1 000 m; A–C–B round it takes 400 s. */
    private static final RoadGraph TRIANGLE = RandomWorld.build(
            3,
            List.of(new int[] {0, 1, 100_000, 100_000, 10_000}, new int[] {0, 2, 200_000, 200_000, 20_000}, new int[] {
                2, 1, 200_000, 200_000, 20_000
            }));

    private static Snap at(int edge, double fraction) {
        return new Snap(edge, fraction, 0, 105, 32);
    }

    private static TravelTimes sweep(double from, double... blocks) {
        int[] times = TRIANGLE.keyMillis(TravelProfile.CAR).clone();
        TreeMap<Integer, Cut> all = new TreeMap<>();
        all.put(0, new Cut(times[0], times[1], blocks));
        times[0] = RoadGraph.CLOSED;
        times[1] = RoadGraph.CLOSED;
        return Sweep.run(TRIANGLE, times, Cuts.of(all), List.of(new Source(at(0, from), 0)), Direction.FROM, NO_LIMIT);
    }

    @Test
    void onTheNearSideOneDrivesUpToTheCutAndOnTheFarSideOneComesRound() {
        // The station stands at A; the section is cut at its middle.
        TravelTimes times = sweep(0, 0.5, 0.5);
        assertThat(times.millisAt(0, 0.4)).isEqualTo(40_000);
        assertThat(times.millisAt(0, 0.49)).isEqualTo(49_000);
        // Round over C 400 s to B, then back along the section.
        assertThat(times.millisAt(0, 0.6)).isEqualTo(440_000);
        assertThat(times.millisAt(0, 0.5)).isEqualTo(TravelTimes.UNREACHED);
    }

    @Test
    void betweenTwoCutsNobodyGetsInOrOut() {
        TravelTimes times = sweep(0, 0.2, 0.3, 0.7, 0.8);
        assertThat(times.at(0, 0.5)).isEqualTo(Arrival.NONE);
        TravelTimes inside = sweep(0.5, 0.2, 0.3, 0.7, 0.8);
        assertThat(inside.nodeMillis()).containsOnly(TravelTimes.UNREACHED);
        assertThat(inside.millisAt(0, 0.6)).isEqualTo(10_000);
        assertThat(inside.millisAt(0, 0.9)).isEqualTo(TravelTimes.UNREACHED);
    }

    @Test
    void aStationInsideTheClosureReachesNothingButItsOwnSpot() {
        TravelTimes times = sweep(0.25, 0.2, 0.3);
        assertThat(times.millisAt(0, 0.25)).isZero();
        assertThat(times.millisAt(0, 0.26)).isEqualTo(TravelTimes.UNREACHED);
        assertThat(times.nodeMillis()).containsOnly(TravelTimes.UNREACHED);
    }

    /** The same world with every open stretch as an edge of its own and nothing in between. */
    private static final class Split {
        final RandomWorld world;
        final Cuts cuts;
        final int[] times;
        final RoadGraph graph;
        /** By edge of the world: edge of the split graph, from, until in threes. */
        final List<List<double[]>> pieces = new ArrayList<>();

        Split(RandomWorld world) {
            this.world = world;
            times = world.times.clone();
            TreeMap<Integer, Cut> all = new TreeMap<>();
            List<int[]> edges = new ArrayList<>();
            int nodes = world.graph.nodeCount();
            for (int edge = 0; edge < world.edges.size(); edge++) {
                int[] whole = world.edges.get(edge);
                List<double[]> mine = new ArrayList<>();
                pieces.add(mine);
                double[] blocks = blocks();
                if (blocks.length == 0) {
                    mine.add(new double[] {edges.size(), 0, 1});
                    edges.add(whole);
                    continue;
                }
                all.put(edge, new Cut(whole[2], whole[3], blocks));
                times[2 * edge] = RoadGraph.CLOSED;
                times[2 * edge + 1] = RoadGraph.CLOSED;
                double from = 0;
                int base = whole[0];
                for (int i = 0; i <= blocks.length; i += 2) {
                    double until = i < blocks.length ? blocks[i] : 1;
                    int head = i < blocks.length ? nodes++ : whole[1];
                    boolean some = i == 0 ? until > 0 : until > from;
                    if (some) {
                        mine.add(new double[] {edges.size(), from, until});
                        edges.add(new int[] {
                            base, head, share(whole[2], until - from), share(whole[3], until - from), whole[4]
                        });
                    }
                    if (i < blocks.length) {
                        from = blocks[i + 1];
                        base = nodes++;
                    }
                }
            }
            cuts = Cuts.of(all);
            graph = RandomWorld.build(nodes, edges);
        }

        private double[] blocks() {
            if (world.random.nextInt(3) > 0) return new double[0];
            double a = 0.1 + 0.2 * world.random.nextDouble();
            double b = 0.4 + 0.2 * world.random.nextDouble();
            return world.random.nextBoolean()
                    ? new double[] {a, b}
                    : new double[] {a, a + 0.05, b, b + 0.3 * world.random.nextDouble()};
        }

        private static int share(int millis, double share) {
            return millis == RoadGraph.CLOSED ? millis : (int) Math.round(millis * share);
        }

        /** A place of the world in the split graph, or empty where it lies in a closure. */
        Optional<Snap> place(Snap at) {
            for (double[] piece : pieces.get(at.edge()))
                if (at.fraction() >= piece[1] && at.fraction() <= piece[2])
                    return Optional.of(at((int) piece[0], (at.fraction() - piece[1]) / (piece[2] - piece[1])));
            return Optional.empty();
        }

        Snap open() {
            Snap place = world.place();
            while (place(place).isEmpty()) place = world.place();
            return place;
        }
    }

    @Property(tries = 500)
    void cutSectionsAreTheWorldWithEveryOpenStretchAsASectionOfItsOwn(@ForAll long seed, @ForAll Direction direction) {
        Split split = new Split(new RandomWorld(seed, true));
        List<Snap> places = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        List<Source> apart = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Snap place = split.open();
            sources.add(new Source(place, 100 * i));
            apart.add(new Source(split.place(place).orElseThrow(), 100 * i));
        }
        TravelTimes mine = Sweep.run(split.world.graph, split.times, split.cuts, sources, direction, NO_LIMIT);
        TravelTimes judge =
                PlainDijkstra.run(split.graph, split.graph.keyMillis(TravelProfile.CAR), apart, direction, NO_LIMIT);
        for (int i = 0; i < 20; i++) {
            Snap place = split.world.place();
            places.add(place);
            int millis = mine.millisAt(place.edge(), place.fraction());
            Optional<Snap> there = split.place(place);
            if (there.isEmpty()) {
                assertThat(millis).isEqualTo(TravelTimes.UNREACHED);
                continue;
            }
            int expected = judge.millisAt(there.get().edge(), there.get().fraction());
            if (expected == TravelTimes.UNREACHED) assertThat(millis).isEqualTo(expected);
            // Shares of sections are rounded to milliseconds once here and twice there.
            else assertThat(millis).isCloseTo(expected, within(4));
        }
    }

    @Property(tries = 300)
    void theMatrixIsCutAsSweepsAre(@ForAll long seed) {
        Split split = new Split(new RandomWorld(seed, true));
        List<Snap> from = List.of(split.open(), split.open());
        List<Snap> to = List.of(split.open(), split.world.place(), split.open());
        TravelMatrix matrix = TravelMatrix.between(split.world.graph, split.times, split.cuts, from, to);
        for (int i = 0; i < from.size(); i++) {
            TravelTimes sweep = Sweep.run(
                    split.world.graph,
                    split.times,
                    split.cuts,
                    List.of(new Source(from.get(i), 0)),
                    Direction.FROM,
                    NO_LIMIT);
            for (int j = 0; j < to.size(); j++) {
                int millis = sweep.millisAt(to.get(j).edge(), to.get(j).fraction());
                assertThat(matrix.millis()[i][j]).isEqualTo(millis);
            }
        }
    }
}
