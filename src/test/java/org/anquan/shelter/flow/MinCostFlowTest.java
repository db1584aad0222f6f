package org.anquan.shelter.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlowBase;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class MinCostFlowTest {
    private static final long DEAR = 1_000_000;

    /** Villages and shelters; whoever finds no place stays, at a price above all ways. */
    private record Case(long[] people, long[] places, long[][] seconds) {
        static Case random(SplittableRandom random, int villages, int shelters, int most, double reached) {
            long[] people = random.longs(villages, 0, most).toArray();
            long[] places = random.longs(shelters, 0, most).toArray();
            long[][] seconds = new long[villages][shelters];
            for (long[] row : seconds)
                for (int s = 0; s < shelters; s++) row[s] = random.nextDouble() < reached ? random.nextInt(0, 100) : -1;
            return new Case(people, places, seconds);
        }

        int end() {
            return people.length + places.length;
        }

        MinCostFlow network() {
            MinCostFlow network = new MinCostFlow(end() + 1, 16);
            arcs(network::arc);
            long all = 0;
            for (int v = 0; v < people.length; v++) {
                network.supply(v, people[v]);
                all += people[v];
            }
            network.supply(end(), -all);
            return network;
        }

        interface Arcs {
            int arc(int from, int to, long capacity, long cost);
        }

        void arcs(Arcs to) {
            for (int v = 0; v < people.length; v++)
                for (int s = 0; s < places.length; s++)
                    if (seconds[v][s] >= 0) to.arc(v, people.length + s, people[v], seconds[v][s]);
            for (int s = 0; s < places.length; s++) to.arc(people.length + s, end(), places[s], 0);
            for (int v = 0; v < people.length; v++) to.arc(v, end(), people[v], DEAR);
        }

        /** Every way to place one person after another. */
        long plain(int village, long left, long[] free) {
            if (village == people.length) return 0;
            if (left == 0) return plain(village + 1, village + 1 < people.length ? people[village + 1] : 0, free);
            long best = DEAR + plain(village, left - 1, free);
            for (int s = 0; s < free.length; s++) {
                if (seconds[village][s] < 0 || free[s] == 0) continue;
                free[s]--;
                best = Math.min(best, seconds[village][s] + plain(village, left - 1, free));
                free[s]++;
            }
            return best;
        }
    }

    /**
     * Two villages of 10, a shelter of 10 that lies 1 from both, one of 10 that lies 2 from the first and 9 from the other:
     * the first gives way, 10·2 + 10·1 = 30, though the near shelter is its nearest too.
     */
    @Test
    void whoLivesNearerGivesWayWhereAllGain() {
        Case world = new Case(new long[] {10, 10}, new long[] {10, 10}, new long[][] {{1, 2}, {1, 9}});
        MinCostFlow.Solution best = world.network().solve(() -> false);
        assertThat(best.possible()).isTrue();
        assertThat(best.cost()).isEqualTo(30);
        assertThat(best.bound()).isEqualTo(30);
        assertThat(best.flow()).startsWith(0, 10, 10, 0);
    }

    @Test
    void whomNoShelterTakesIsCounted() {
        Case world = new Case(new long[] {7}, new long[] {5}, new long[][] {{3}});
        assertThat(world.network().solve(() -> false).cost()).isEqualTo(5 * 3 + 2 * DEAR);
    }

    @Test
    void aSupplyWithoutAWayIsSaidToBeImpossible() {
        MinCostFlow network = new MinCostFlow(2, 1);
        network.supply(0, 5);
        network.supply(1, -5);
        network.arc(0, 1, 3, 1);
        assertThat(network.solve(() -> false).possible()).isFalse();
    }

    @Test
    void suppliesMustSumToZero() {
        MinCostFlow network = new MinCostFlow(2, 1);
        network.supply(0, 5);
        assertThatThrownBy(() -> network.solve(() -> false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itCanBeStopped() {
        Case world = Case.random(new SplittableRandom(1), 20, 20, 50, 1);
        assertThatThrownBy(() -> world.network().solve(() -> true)).isInstanceOf(CancellationException.class);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void itIsAsCheapAsTheBestOfAllWays(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Case world = Case.random(random, random.nextInt(1, 4), random.nextInt(1, 4), 4, 0.7);
        MinCostFlow.Solution best = world.network().solve(() -> false);
        assertThat(best.cost())
                .as("seed %d", seed)
                .isEqualTo(world.plain(0, world.people()[0], world.places().clone()));
        assertThat(best.bound()).as("seed %d", seed).isEqualTo(best.cost());
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void itAgreesWithAnotherSolver(@ForAll long seed) {
        Loader.loadNativeLibraries();
        SplittableRandom random = new SplittableRandom(seed);
        Case world = Case.random(
                random, random.nextInt(1, 120), random.nextInt(1, 40), random.nextInt(2, 2000), random.nextDouble());
        MinCostFlow.Solution ours = world.network().solve(() -> false);
        var other = new com.google.ortools.graph.MinCostFlow();
        world.arcs(other::addArcWithCapacityAndUnitCost);
        long all = 0;
        for (int v = 0; v < world.people().length; v++) {
            other.setNodeSupply(v, world.people()[v]);
            all += world.people()[v];
        }
        other.setNodeSupply(world.end(), -all);
        assertThat(other.solve()).as("seed %d", seed).isEqualTo(MinCostFlowBase.Status.OPTIMAL);
        assertThat(ours.cost()).as("seed %d", seed).isEqualTo(other.getOptimalCost());
        assertThat(ours.bound()).as("seed %d", seed).isEqualTo(ours.cost());
        assertThat(ours.possible()).isTrue();
    }

    /** Everybody leaves a village once, and nothing is fuller than it may be. */
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void nobodyIsLostAndNothingOverflows(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Case world = Case.random(random, random.nextInt(1, 60), random.nextInt(1, 30), 500, 0.5);
        MinCostFlow network = world.network();
        MinCostFlow.Solution best = network.solve(() -> false);
        long[] left = new long[world.end() + 1];
        int[] arc = {0};
        world.arcs((from, to, capacity, cost) -> {
            long units = best.flow()[arc[0]++];
            assertThat(units).as("seed %d", seed).isBetween(0L, capacity);
            left[from] += units;
            left[to] -= units;
            return 0;
        });
        for (int v = 0; v < world.people().length; v++)
            assertThat(left[v]).as("village %d, seed %d", v, seed).isEqualTo(world.people()[v]);
        for (int s = 0; s < world.places().length; s++)
            assertThat(left[world.people().length + s])
                    .as("shelter %d, seed %d", s, seed)
                    .isZero();
    }

    /** Arcs with negative costs and both ways, where flow runs in circles to earn. */
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void anyNetworkHasTheSameBestCostForBothSolvers(@ForAll long seed) {
        Loader.loadNativeLibraries();
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = random.nextInt(2, 30);
        MinCostFlow ours = new MinCostFlow(nodes, 4);
        var other = new com.google.ortools.graph.MinCostFlow();
        long[] supply = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            int j = random.nextInt(nodes);
            long units = random.nextInt(20);
            supply[i] += units;
            supply[j] -= units;
        }
        for (int i = 0; i < nodes; i++) {
            ours.supply(i, supply[i]);
            other.setNodeSupply(i, supply[i]);
        }
        for (int i = 0; i < 5 * nodes; i++) {
            int from = random.nextInt(nodes);
            int to = random.nextInt(nodes);
            if (from == to) continue;
            long capacity = random.nextInt(30);
            long cost = random.nextInt(-20, 50);
            ours.arc(from, to, capacity, cost);
            other.addArcWithCapacityAndUnitCost(from, to, capacity, cost);
        }
        MinCostFlow.Solution best = ours.solve(() -> false);
        boolean possible = other.solve() == MinCostFlowBase.Status.OPTIMAL;
        assertThat(best.possible()).as("seed %d", seed).isEqualTo(possible);
        if (!possible) return;
        assertThat(best.cost()).as("seed %d", seed).isEqualTo(other.getOptimalCost());
        assertThat(best.bound()).as("seed %d", seed).isEqualTo(best.cost());
    }
}
