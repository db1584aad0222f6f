package org.anquan.shelter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The exact flow beside a slow plain one that tries everything, and beside another solver. */
class TransportTest {
    /** Villages, shelters and who can go where, as arrays. */
    record Case(long[] people, long[] places, int[] first, int[] shelterOf, long[] cost) {
        static Case of(long[] people, long[] places, long[][] cost) {
            int[] first = new int[people.length + 1];
            List<Integer> to = new ArrayList<>();
            List<Long> costs = new ArrayList<>();
            for (int v = 0; v < people.length; v++) {
                first[v] = to.size();
                for (int s = 0; s < places.length; s++) {
                    if (cost[v][s] < 0) continue;
                    to.add(s);
                    costs.add(cost[v][s]);
                }
            }
            first[people.length] = to.size();
            return new Case(
                    people,
                    places,
                    first,
                    to.stream().mapToInt(Integer::intValue).toArray(),
                    costs.stream().mapToLong(Long::longValue).toArray());
        }

        static Case random(Random dice, int villages, int shelters, int mostPeople, int mostPlaces, double reach) {
            long[] people = new long[villages];
            for (int v = 0; v < villages; v++) people[v] = dice.nextInt(mostPeople + 1);
            long[] places = new long[shelters];
            for (int s = 0; s < shelters; s++) places[s] = dice.nextInt(mostPlaces + 1);
            long[][] cost = new long[villages][shelters];
            for (long[] row : cost)
                for (int s = 0; s < shelters; s++) row[s] = dice.nextDouble() < reach ? dice.nextInt(20) : -1;
            return of(people, places, cost);
        }

        Transport solved() {
            return new Transport(people, places, first, shelterOf, cost);
        }

        WholeVillages whole(long behind, long steps) {
            return new WholeVillages(people, places, first, shelterOf, cost, behind, steps);
        }

        /** Every way to split every village over its arcs. */
        long bruteForce(long behind) {
            return split(0, first[0], people.length == 0 ? 0 : people[0], places.clone(), behind);
        }

        private long split(int v, int arc, long waiting, long[] free, long behind) {
            if (v == people.length) return 0;
            if (arc == first[v + 1]) {
                long nextWaiting = v + 1 < people.length ? people[v + 1] : 0;
                return waiting * behind + split(v + 1, first[v + 1], nextWaiting, free, behind);
            }
            long best = Long.MAX_VALUE;
            int s = shelterOf[arc];
            for (long x = 0; x <= Math.min(waiting, free[s]); x++) {
                free[s] -= x;
                best = Math.min(best, x * cost[arc] + split(v, arc + 1, waiting - x, free, behind));
                free[s] += x;
            }
            return best;
        }

        /** Every way to send every village whole. */
        long bruteForceWhole(int v, long[] free, long behind) {
            if (v == people.length) return 0;
            long best = people[v] * behind + bruteForceWhole(v + 1, free, behind);
            for (int a = first[v]; a < first[v + 1]; a++) {
                int s = shelterOf[a];
                if (free[s] < people[v]) continue;
                free[s] -= people[v];
                best = Math.min(best, people[v] * cost[a] + bruteForceWhole(v + 1, free, behind));
                free[s] += people[v];
            }
            return best;
        }

        void lawful(Transport solved) {
            long[] there = new long[places.length];
            for (int v = 0; v < people.length; v++) {
                long placed = solved.left(v);
                for (int a = first[v]; a < first[v + 1]; a++) {
                    assertThat(solved.flow(a)).isNotNegative();
                    placed += solved.flow(a);
                    there[shelterOf[a]] += solved.flow(a);
                }
                assertThat(placed).as("nobody twice or lost").isEqualTo(people[v]);
            }
            for (int s = 0; s < places.length; s++) {
                assertThat(there[s]).as("capacity").isLessThanOrEqualTo(places[s]);
                assertThat(solved.free(s)).isEqualTo(places[s] - there[s]);
            }
            assertThat(solved.bound(places)).as("proof").isEqualTo(solved.cost());
        }
    }

    @Test
    void theNearerVillageGivesWayWhereThatCostsLessInAll() {
        // Both are 1 from the school with room for ten; the square is 2 from A and 9 from B. A goes to the square: 10·2
        // + 10·1.
        Case one = Case.of(new long[] {10, 10}, new long[] {10, 50}, new long[][] {{1, 2}, {1, 9}});
        Transport solved = one.solved();
        assertThat(solved.cost()).isEqualTo(30);
        assertThat(solved.flow(1)).isEqualTo(10);
        assertThat(solved.flow(2)).isEqualTo(10);
        // One place more in the school saves one person of A the way to the square: 2 - 1.
        assertThat(solved.price(0)).isEqualTo(1);
        one.lawful(solved);
    }

    @Test
    void asManyAsPossibleArePlacedWhateverTheWay() {
        // A reaches only the school, B both: B must go far so that A is placed.
        Case one = Case.of(new long[] {5, 5}, new long[] {5, 5}, new long[][] {{3, -1}, {1, 1000}});
        Transport solved = one.solved();
        assertThat(solved.left(0) + solved.left(1)).isZero();
        assertThat(solved.cost()).isEqualTo(5 * 3 + 5 * 1000);
    }

    @Test
    void whoDoesNotFitStaysBehind() {
        Case one = Case.of(new long[] {8}, new long[] {5}, new long[][] {{2}});
        assertThat(one.solved().left(0)).isEqualTo(3);
        one.lawful(one.solved());
        Case none = Case.of(new long[] {8}, new long[] {}, new long[][] {{}});
        assertThat(none.solved().left(0)).isEqualTo(8);
    }

    @Test
    void aThousandMillionPeopleAreCountedRightly() {
        Case one = Case.of(new long[] {1_000_000_000L}, new long[] {7}, new long[][] {{36_000}});
        assertThat(one.solved().left(0)).isEqualTo(999_999_993L);
        one.lawful(one.solved());
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> Case.of(new long[] {-1}, new long[] {1}, new long[][] {{1}})
                        .solved())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Case.of(new long[] {1}, new long[] {-1}, new long[][] {{1}})
                        .solved())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void nothingIsCheaperThanTheFlowOnSmallCases(@ForAll long seed) {
        Random dice = new Random(seed);
        Case one = Case.random(dice, 1 + dice.nextInt(4), 1 + dice.nextInt(3), 4, 5, 0.7);
        Transport solved = one.solved();
        one.lawful(solved);
        assertThat(solved.cost()).isEqualTo(one.bruteForce(solved.behind()));
    }

    @Property(tries = 100)
    void theLawsHoldOnLargerCases(@ForAll long seed) {
        Random dice = new Random(seed);
        Case one = Case.random(dice, 60, 12, 500, 2000, 0.2 + 0.8 * dice.nextDouble());
        one.lawful(one.solved());
    }

    @Test
    void anotherSolverFindsTheSameCostOnAHundredRandomCases() {
        Loader.loadNativeLibraries();
        for (int seed = 0; seed < 100; seed++) {
            Random dice = new Random(seed);
            Case one = Case.random(dice, 5 + dice.nextInt(60), 2 + dice.nextInt(15), 300, 900, 0.4);
            Transport solved = one.solved();
            one.lawful(solved);
            assertThat(solved.cost()).as("seed " + seed).isEqualTo(byOrTools(one, solved.behind()));
        }
    }

    private static long byOrTools(Case one, long behind) {
        int villages = one.people.length;
        int shelters = one.places.length;
        MinCostFlow flow = new MinCostFlow();
        int nowhere = villages + shelters;
        int sink = nowhere + 1;
        long all = Arrays.stream(one.people).sum();
        for (int v = 0; v < villages; v++) {
            for (int a = one.first[v]; a < one.first[v + 1]; a++)
                flow.addArcWithCapacityAndUnitCost(v, villages + one.shelterOf[a], one.people[v], one.cost[a]);
            flow.addArcWithCapacityAndUnitCost(v, nowhere, one.people[v], behind);
            flow.setNodeSupply(v, one.people[v]);
        }
        for (int s = 0; s < shelters; s++) flow.addArcWithCapacityAndUnitCost(villages + s, sink, one.places[s], 0);
        flow.addArcWithCapacityAndUnitCost(nowhere, sink, all, 0);
        flow.setNodeSupply(sink, -all);
        assertThat(flow.solve()).isEqualTo(MinCostFlowBase.Status.OPTIMAL);
        return flow.getOptimalCost();
    }

    @Property(tries = 200)
    void wholeVillagesOfSmallCasesAreExact(@ForAll long seed) {
        Random dice = new Random(seed);
        Case one = Case.random(dice, 1 + dice.nextInt(6), 1 + dice.nextInt(3), 6, 12, 0.8);
        long behind = one.solved().behind();
        WholeVillages whole = one.whole(behind, 1_000_000);
        assertThat(whole.exact()).isTrue();
        assertThat(whole.cost()).isEqualTo(one.bruteForceWhole(0, one.places.clone(), behind));
    }

    @Property(tries = 50)
    void wholeVillagesAreNeverSplitNeverOverCapacityAndNeverBelowTheBound(@ForAll long seed) {
        Random dice = new Random(seed);
        Case one = Case.random(dice, 60, 10, 500, 2500, 0.5);
        Transport split = one.solved();
        WholeVillages whole = one.whole(split.behind(), 1000);
        long[] there = new long[one.places.length];
        for (int v = 0; v < one.people.length; v++)
            if (whole.arc(v) != WholeVillages.NOWHERE) there[one.shelterOf[whole.arc(v)]] += one.people[v];
        for (int s = 0; s < there.length; s++) assertThat(there[s]).isLessThanOrEqualTo(one.places[s]);
        assertThat(whole.cost()).isGreaterThanOrEqualTo(split.cost());
    }
}
