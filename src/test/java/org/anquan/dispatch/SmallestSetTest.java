package org.anquan.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.anquan.dispatch.SmallestSet.Candidates;
import org.anquan.dispatch.SmallestSet.Found;
import org.junit.jupiter.api.Test;

class SmallestSetTest {
    private static final int SKILLS = 3;

    /** Random forces and needs; forces come in the order of arrival. */
    private record World(Candidates all, int[] needUnits, int[] needPeople) {
        static World of(long seed, int count) {
            java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
            int[] arrivals =
                    random.ints(count, 0, 12).map(a -> a * 60_000).sorted().toArray();
            int[][] units = new int[count][SKILLS];
            int[][] people = new int[count][SKILLS];
            for (int i = 0; i < count; i++)
                for (int s = 0; s < SKILLS; s++)
                    if (random.nextInt(3) > 0) {
                        units[i][s] = 1 + random.nextInt(3);
                        people[i][s] = random.nextInt(20);
                    }
            return new World(
                    new Candidates(arrivals, units, people),
                    random.ints(SKILLS, 0, 5).toArray(),
                    random.ints(SKILLS, 0, 40).toArray());
        }

        boolean meets(int set) {
            for (int s = 0; s < SKILLS; s++) {
                int units = 0;
                int people = 0;
                for (int i = 0; i < all.count(); i++)
                    if ((set >> i & 1) == 1) {
                        units += all.units()[i][s];
                        people += all.people()[i][s];
                    }
                if (units < needUnits[s] || people < needPeople[s]) return false;
            }
            return true;
        }

        /** Last arrival, number, sum. */
        long[] cost(int set) {
            long[] cost = new long[3];
            for (int i = 0; i < all.count(); i++)
                if ((set >> i & 1) == 1) {
                    cost[0] = Math.max(cost[0], all.arrivalMillis()[i]);
                    cost[1]++;
                    cost[2] += all.arrivalMillis()[i];
                }
            return cost;
        }

        /** Looks at every set. */
        long[] best() {
            long[] best = null;
            for (int set = 0; set < 1 << all.count(); set++) {
                if (!meets(set)) continue;
                long[] cost = cost(set);
                if (best == null || Arrays.compare(cost, best) < 0) best = cost;
            }
            if (best == null) throw new IllegalStateException();
            return best;
        }

        World without(int gone) {
            int n = all.count() - 1;
            int[] arrivals = new int[n];
            int[][] units = new int[n][];
            int[][] people = new int[n][];
            for (int i = 0, j = 0; i <= n; i++) {
                if (i == gone) continue;
                arrivals[j] = all.arrivalMillis()[i];
                units[j] = all.units()[i];
                people[j++] = all.people()[i];
            }
            return new World(new Candidates(arrivals, units, people), needUnits, needPeople);
        }

        boolean canBeMet() {
            return meets((1 << all.count()) - 1);
        }

        Found find() {
            return SmallestSet.find(all, needUnits, needPeople, Long.MAX_VALUE);
        }
    }

    private static int bits(List<Integer> chosen) {
        return chosen.stream().mapToInt(i -> 1 << i).sum();
    }

    @Property(tries = 400)
    void theChosenSetIsAsGoodAsTheBestOfAllSets(@ForAll long seed, @ForAll @IntRange(min = 1, max = 11) int count) {
        World world = World.of(seed, count);
        Assume.that(world.canBeMet());
        Found found = world.find();
        assertThat(found.exact()).isTrue();
        int set = bits(found.chosen());
        assertThat(world.meets(set)).isTrue();
        assertThat(world.cost(set)).as("seed %d, %d forces", seed, count).containsExactly(world.best());
    }

    @Property(tries = 300)
    void oneForceMoreNeverMakesTheLastArrivalLater(@ForAll long seed, @ForAll @IntRange(min = 2, max = 25) int count) {
        World more = World.of(seed, count);
        World fewer = more.without((int) Math.floorMod(seed, (long) count));
        Assume.that(fewer.canBeMet());
        long before = fewer.cost(bits(fewer.find().chosen()))[0];
        long after = more.cost(bits(more.find().chosen()))[0];
        assertThat(after).isLessThanOrEqualTo(before);
    }

    @Test
    void oneStrongForceThatComesNoLaterStandsForTwoWeakOnes() {
        // Two crews are needed. One each after 1 and 2 minutes; the third, after 2 minutes, has two: alone as soon.
        Candidates all = new Candidates(
                new int[] {60_000, 120_000, 120_000}, new int[][] {{1}, {1}, {2}}, new int[][] {{0}, {0}, {0}});
        assertThat(SmallestSet.find(all, new int[] {2}, new int[] {0}, Long.MAX_VALUE)
                        .chosen())
                .containsExactly(2);
    }

    @Test
    void aStrongForceThatComesLaterDoesNot() {
        Candidates all = new Candidates(
                new int[] {60_000, 120_000, 121_000}, new int[][] {{1}, {1}, {2}}, new int[][] {{0}, {0}, {0}});
        assertThat(SmallestSet.find(all, new int[] {2}, new int[] {0}, Long.MAX_VALUE)
                        .chosen())
                .containsExactly(0, 1);
    }

    @Test
    void nothingIsChosenWhereNothingIsNeeded() {
        Candidates all = new Candidates(new int[] {1000}, new int[][] {{1}}, new int[][] {{5}});
        assertThat(SmallestSet.find(all, new int[] {0}, new int[] {0}, Long.MAX_VALUE)
                        .chosen())
                .isEmpty();
    }

    @Test
    void withManyForcesTheSearchEndsAndSaysWhetherItIsProved() {
        World world = World.of(7, 500);
        Found found = SmallestSet.find(world.all(), new int[] {40, 35, 50}, new int[] {400, 500, 450}, 20_000);
        // 500 forces do not fit into the bits of a set: counted here by hand.
        int[] units = new int[SKILLS];
        for (int i : found.chosen())
            for (int s = 0; s < SKILLS; s++) units[s] += world.all().units()[i][s];
        assertThat(units[0]).isGreaterThanOrEqualTo(40);
        assertThat(units[1]).isGreaterThanOrEqualTo(35);
        assertThat(units[2]).isGreaterThanOrEqualTo(50);
    }

    @Test
    void thirtyForcesThatAreHardToTellApartAreDecidedExactlyWithinAMoment() {
        // All with one crew and people between 8 and 12: 95 people of 30 forces, the earliest last arrival is a matter
        // of
        // the first so many; the fewest and the least sum of their arrivals have to be searched.
        int n = 30;
        int[] arrivals = new int[n];
        int[][] units = new int[n][1];
        int[][] people = new int[n][1];
        for (int i = 0; i < n; i++) {
            arrivals[i] = i < 29 ? 600_000 + 1_000 * (i % 7) : 700_000;
            units[i][0] = 1;
            people[i][0] = 8 + i * 7 % 5;
        }
        Arrays.sort(arrivals);
        Found found = SmallestSet.find(
                new Candidates(arrivals, units, people), new int[] {1}, new int[] {150}, Long.MAX_VALUE);
        assertThat(found.exact()).isTrue();
        int sum = found.chosen().stream().mapToInt(i -> people[i][0]).sum();
        assertThat(sum).isGreaterThanOrEqualTo(150);
    }
}
