package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelTimes.Arrival;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /**
     * A — B — C — D in a row, 100 m each; every edge takes 10 s there and 20 s back. Edge numbers 0, 1, 2.
     */
    private static RoadGraph row() {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < 3; i++) edges.add(new int[] {i, i + 1, 10_000, 20_000, 1_000});
        return RandomWorld.build(4, edges);
    }

    private static Snap at(int edge, double fraction) {
        return new Snap(edge, fraction, 0, 105, 32);
    }

    private static TravelTimes run(RoadGraph graph, Direction direction, Source... sources) {
        return Sweep.run(graph, graph.keyMillis(TravelProfile.CAR), List.of(sources), direction, NO_LIMIT);
    }

    @Test
    void aSourceInMidEdgeReachesBothEnds() {
        // In the middle of B–C, started after 1 s: C after 1 + 5, D after 16; B after 1 + 10, A after 31.
        TravelTimes times = run(row(), Direction.FROM, new Source(at(1, 0.5), 1_000));
        assertThat(times.nodeMillis()).containsExactly(31_000, 11_000, 6_000, 16_000);
    }

    @Test
    void towardTheSourceEveryoneDrivesTheOtherWay() {
        // To the middle of B–C: from B 5 s, from A 15 s; from C back 10 s, from D 30 s; 1 s is added.
        TravelTimes times = run(row(), Direction.TO, new Source(at(1, 0.5), 1_000));
        assertThat(times.nodeMillis()).containsExactly(16_000, 6_000, 11_000, 31_000);
    }

    @Test
    void aPlaceOnTheSourcesOwnEdgeIsReachedStraight() {
        TravelTimes times = run(row(), Direction.FROM, new Source(at(1, 0.5), 0));
        // A quarter of the edge on: 2.5 s; a quarter back: 5 s.
        assertThat(times.at(1, 0.75)).isEqualTo(new Arrival(2_500, 0));
        assertThat(times.at(1, 0.25)).isEqualTo(new Arrival(5_000, 0));
        assertThat(times.at(1, 0.5)).isEqualTo(new Arrival(0, 0));
        assertThat(times.millisAt(1, 0.75)).isEqualTo(2_500);
    }

    @Test
    void aPlaceBehindTheSourceOnAOneWayIsReachedRoundTheBlock() {
        // A ring A→B→C→A of one-ways, 10 s each; the source stands at 0.6 of A→B, the place at 0.4: almost once round.
        RoadGraph ring = RandomWorld.build(
                3,
                List.of(
                        new int[] {0, 1, 10_000, RoadGraph.CLOSED, 1_000},
                        new int[] {1, 2, 10_000, RoadGraph.CLOSED, 1_000},
                        new int[] {2, 0, 10_000, RoadGraph.CLOSED, 1_000}));
        assertThat(run(ring, Direction.FROM, new Source(at(0, 0.6), 0))
                        .at(0, 0.4)
                        .millis())
                .isEqualTo(4_000 + 20_000 + 4_000);
        assertThat(run(ring, Direction.TO, new Source(at(0, 0.6), 0)).at(0, 0.4).millis())
                .isEqualTo(2_000);
    }

    @Test
    void atEqualTimesTheSmallerNumberWins() {
        Source end = new Source(at(2, 1), 0);
        Source start = new Source(at(0, 0), 20_000);
        // From D to B 40 s; from A 20 s later, to B 30 s. To C: from D 20 s, from A 40 s. To A: 60 s and 20 s.
        assertThat(run(row(), Direction.FROM, end, start).nodeSource()).containsExactly(1, 1, 0, 0);
        // Started 10 s later still, both are at B after 40 s: number 0 has it, whichever it is.
        Source later = new Source(at(0, 0), 30_000);
        assertThat(run(row(), Direction.FROM, end, later).nodeSource()).containsExactly(1, 0, 0, 0);
        assertThat(run(row(), Direction.FROM, later, end).nodeSource()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void nodesBeyondTheLimitStayUnreachedAndOneOnTheLimitIsReached() {
        RoadGraph graph = row();
        TravelTimes times = Sweep.run(
                graph, graph.keyMillis(TravelProfile.CAR), List.of(new Source(at(0, 0), 0)), Direction.FROM, 20_000);
        assertThat(times.nodeMillis()).containsExactly(0, 10_000, 20_000, TravelTimes.UNREACHED);
        assertThat(times.nodeSource()).containsExactly(0, 0, 0, -1);
        assertThat(times.at(2, 1).millis()).isEqualTo(30_000);
    }

    @Test
    void withoutSourcesNobodyIsReached() {
        TravelTimes times = run(row(), Direction.FROM);
        assertThat(times.nodeMillis()).containsOnly(TravelTimes.UNREACHED);
        assertThat(times.at(0, 0.5)).isEqualTo(Arrival.NONE);
    }

    @Test
    void timesOfAnotherGraphAreRefused() {
        assertThatThrownBy(() -> Sweep.run(row(), new int[4], List.of(), Direction.FROM, 1))
                .hasMessage("times of 6 keys are needed; got 4");
    }

    @Property(tries = 1_000)
    void theSweepIsThePlainDijkstra(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        int limit = world.random.nextInt(3) > 0 ? NO_LIMIT : world.random.nextInt(500_000);
        List<Source> sources = world.sources(6);
        for (Direction direction : Direction.values()) {
            TravelTimes plain = PlainDijkstra.run(world.graph, world.times, sources, direction, limit);
            for (int[] times : List.of(world.times, world.times.clone())) {
                TravelTimes fast = Sweep.run(world.graph, times, sources, direction, limit);
                assertThat(fast.nodeMillis()).isEqualTo(plain.nodeMillis());
                assertThat(fast.nodeSource()).isEqualTo(plain.nodeSource());
                for (int i = 0; i < 20; i++) {
                    Snap place = world.place();
                    assertThat(fast.at(place.edge(), place.fraction()))
                            .isEqualTo(plainArrival(world, sources, direction, plain, place));
                }
            }
        }
    }

    /** The arrival at a place found by looking at every source and both ends. */
    private static Arrival plainArrival(
            RandomWorld world, List<Source> sources, Direction direction, TravelTimes nodes, Snap place) {
        int flip = direction == Direction.FROM ? 0 : 1;
        int edge = place.edge();
        List<long[]> ways = new ArrayList<>();
        int base = world.graph.edgeBase(edge);
        int head = world.graph.edgeHead(edge);
        add(ways, nodes.nodeMillis()[base], world.times[2 * edge ^ flip], place.fraction(), nodes.nodeSource()[base]);
        add(
                ways,
                nodes.nodeMillis()[head],
                world.times[(2 * edge + 1) ^ flip],
                1 - place.fraction(),
                nodes.nodeSource()[head]);
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            if (source.at().edge() != edge) continue;
            double along = place.fraction() - source.at().fraction();
            int key = along >= 0 ? 2 * edge : 2 * edge + 1;
            add(ways, source.startMillis(), world.times[key ^ flip], Math.abs(along), s);
        }
        return ways.stream()
                .min((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]))
                .map(way -> new Arrival((int) way[0], (int) way[1]))
                .orElse(Arrival.NONE);
    }

    private static void add(List<long[]> ways, int start, int whole, double share, int source) {
        if (start == TravelTimes.UNREACHED || (whole == RoadGraph.CLOSED && share > 0)) return;
        ways.add(new long[] {start + (share > 0 ? Math.round(whole * share) : 0), source});
    }

    @Property(tries = 300)
    void thePathLeadsFromTheSourceToTheNodeInTheTimeGiven(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        List<Source> sources = world.sources(4);
        for (Direction direction : Direction.values()) {
            TravelTimes plain = PlainDijkstra.run(world.graph, world.times, sources, direction, NO_LIMIT);
            TravelTimes times = Sweep.runWithPaths(world.graph, world.times, sources, direction, NO_LIMIT);
            assertThat(times.nodeMillis()).isEqualTo(plain.nodeMillis());
            assertThat(times.nodeSource()).isEqualTo(plain.nodeSource());
            for (int node = 0; node < world.graph.nodeCount(); node++) {
                if (times.nodeMillis()[node] == TravelTimes.UNREACHED) continue;
                int[] keys = times.pathTo(node);
                if (direction == Direction.TO) reverse(keys);
                int at = node;
                long millis = times.nodeMillis()[node];
                for (int i = keys.length - 1; i >= 0; i--) {
                    boolean up = (keys[i] & 1) == 0;
                    int tail = up ? world.graph.edgeBase(keys[i] >> 1) : world.graph.edgeHead(keys[i] >> 1);
                    int head = up ? world.graph.edgeHead(keys[i] >> 1) : world.graph.edgeBase(keys[i] >> 1);
                    assertThat(at).isEqualTo(direction == Direction.FROM ? head : tail);
                    at = direction == Direction.FROM ? tail : head;
                    millis -= world.times[keys[i]];
                }
                assertThat(millis).isEqualTo(times.nodeMillis()[at]);
                Snap source = sources.get(times.nodeSource()[node]).at();
                assertThat(at).isIn(world.graph.edgeBase(source.edge()), world.graph.edgeHead(source.edge()));
            }
        }
    }

    private static void reverse(int[] keys) {
        for (int i = 0, j = keys.length - 1; i < j; i++, j--) {
            int swap = keys[i];
            keys[i] = keys[j];
            keys[j] = swap;
        }
    }

    @Property(tries = 300)
    void aFurtherRoadMakesNobodyLater(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        List<Source> sources = world.sources(4);
        int nodes = world.graph.nodeCount();
        List<int[]> more = new ArrayList<>(world.edges);
        int millis = world.random.nextInt(1_000);
        more.add(new int[] {world.random.nextInt(nodes), world.random.nextInt(nodes), millis, millis, millis});
        RoadGraph larger = RandomWorld.build(nodes, more);
        for (Direction direction : Direction.values()) {
            int[] before = Sweep.run(world.graph, world.times, sources, direction, NO_LIMIT)
                    .nodeMillis();
            int[] after = Sweep.run(larger, larger.keyMillis(TravelProfile.CAR), sources, direction, NO_LIMIT)
                    .nodeMillis();
            for (int node = 0; node < nodes; node++) assertThat(after[node]).isLessThanOrEqualTo(before[node]);
        }
    }

    @Property(tries = 300)
    void aFurtherSourceMakesNobodyLater(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        List<Source> sources = world.sources(4);
        List<Source> more = new ArrayList<>(sources);
        more.add(new Source(world.place(), world.random.nextInt(1_000)));
        int[] before = Sweep.run(world.graph, world.times, sources, Direction.FROM, NO_LIMIT)
                .nodeMillis();
        int[] after = Sweep.run(world.graph, world.times, more, Direction.FROM, NO_LIMIT)
                .nodeMillis();
        for (int node = 0; node < before.length; node++) assertThat(after[node]).isLessThanOrEqualTo(before[node]);
    }

    @Property(tries = 300)
    void whereThereAreNoOneWaysThereAndBackTakeTheSame(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, false);
        List<Source> sources = world.sources(4);
        TravelTimes there = Sweep.run(world.graph, world.times, sources, Direction.FROM, NO_LIMIT);
        TravelTimes back = Sweep.run(world.graph, world.times, sources, Direction.TO, NO_LIMIT);
        assertThat(there.nodeMillis()).isEqualTo(back.nodeMillis());
        assertThat(there.nodeSource()).isEqualTo(back.nodeSource());
    }

    @Property(tries = 500)
    void theMatrixIsOneSweepARow(@ForAll long seed) {
        RandomWorld world = new RandomWorld(seed, true);
        List<Snap> from = new ArrayList<>();
        List<Snap> to = new ArrayList<>();
        for (int i = world.random.nextInt(5); i >= 0; i--) from.add(world.place());
        for (int i = world.random.nextInt(5); i >= 0; i--) to.add(world.place());
        TravelMatrix matrix = TravelMatrix.between(world.graph, world.times, from, to);
        for (int i = 0; i < from.size(); i++) {
            TravelTimes times = PlainDijkstra.run(
                    world.graph, world.times, List.of(new Source(from.get(i), 0)), Direction.FROM, NO_LIMIT);
            for (int j = 0; j < to.size(); j++) {
                Snap place = to.get(j);
                int millis = times.at(place.edge(), place.fraction()).millis();
                // Searching from the other side rounds the two broken edges in another order: 2 ms at most.
                if (millis == TravelTimes.UNREACHED)
                    assertThat(matrix.millis()[i][j]).isEqualTo(millis);
                else assertThat(matrix.millis()[i][j]).isBetween(millis - 2, millis + 2);
                if (millis == TravelTimes.UNREACHED)
                    assertThat(matrix.metres()[i][j]).isNaN();
                else assertThat(matrix.metres()[i][j]).isBetween(millis / 10.0 - 0.3, millis / 10.0 + 0.3);
            }
        }
    }

    @Test
    void theMatrixKnowsOneWaysAndPlacesWithoutAWay() {
        // A→B one way 10 s, 100 m; C apart.
        RoadGraph graph = RandomWorld.build(
                4, List.of(new int[] {0, 1, 10_000, RoadGraph.CLOSED, 1_000}, new int[] {2, 3, 10_000, 10_000, 1_000}));
        List<Snap> places = List.of(at(0, 0), at(0, 1), at(1, 0.5));
        TravelMatrix matrix = TravelMatrix.between(graph, graph.keyMillis(TravelProfile.CAR), places, places);
        int none = TravelTimes.UNREACHED;
        assertThat(matrix.millis()).isDeepEqualTo(new int[][] {{0, 10_000, none}, {none, 0, none}, {none, none, 0}});
        assertThat(Arrays.stream(matrix.metres()[0]).boxed()).containsExactly(0.0, 100.0, Double.NaN);
    }
}
