package org.anquan.shelter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Whole villages into shelters, none split: the generalised assignment problem, which is NP-hard. A first answer gives the
 * villages their place in the order of what they lose if they do not get their best one (regret), the largest first where
 * equal; then single moves and swaps while they help. A branch and bound then looks for better ones as long as its steps
 * last; where it comes to its end, the answer is {@link #exact}. How far it can be off at most is told by the split flow,
 * whose cost no answer without splitting can be below.
 */
final class WholeVillages {
    static final int NOWHERE = -1;

    private final long[] people;
    private final int[] first;
    private final int[] shelterOf;
    private final long[] cost;
    private final long behind;
    private final long[] free;
    /** The arc that each village goes by. */
    private final int[] chosen;

    private final boolean exact;

    /**
     * Parameters as in {@link Transport}.
     *
     * @param behind cost of one person left behind
     * @param mostSteps of the exact search
     */
    WholeVillages(
            long[] people, long[] places, int[] first, int[] shelterOf, long[] cost, long behind, long mostSteps) {
        this.people = people;
        this.first = first;
        this.shelterOf = shelterOf;
        this.cost = cost;
        this.behind = behind;
        free = places.clone();
        chosen = new int[people.length];
        Arrays.fill(chosen, NOWHERE);
        byRegret();
        improve();
        exact = new Search(places, mostSteps).run();
    }

    /** The arc that a village goes by, or {@link #NOWHERE}. */
    int arc(int village) {
        return chosen[village];
    }

    boolean exact() {
        return exact;
    }

    long cost() {
        long sum = 0;
        for (int v = 0; v < people.length; v++) sum = Math.addExact(sum, price(v, chosen[v]));
        return sum;
    }

    private long price(int village, int arc) {
        return Math.multiplyExact(people[village], arc == NOWHERE ? behind : cost[arc]);
    }

    private boolean fits(int village, int arc) {
        return free[shelterOf[arc]] >= people[village];
    }

    private void byRegret() {
        boolean[] done = new boolean[people.length];
        long[] regret = new long[people.length];
        for (int v = 0; v < people.length; v++) regret[v] = regret(v);
        for (int round = 0; round < people.length; round++) {
            int next = -1;
            for (int v = 0; v < people.length; v++) {
                if (done[v]) continue;
                if (next < 0 || regret[v] > regret[next] || (regret[v] == regret[next] && people[v] > people[next]))
                    next = v;
            }
            done[next] = true;
            int best = cheapest(next);
            if (best == NOWHERE) continue;
            move(next, best);
            for (int v = 0; v < people.length; v++) if (!done[v] && reaches(v, shelterOf[best])) regret[v] = regret(v);
        }
    }

    private boolean reaches(int village, int shelter) {
        for (int a = first[village]; a < first[village + 1]; a++) if (shelterOf[a] == shelter) return true;
        return false;
    }

    private int cheapest(int village) {
        int best = NOWHERE;
        for (int a = first[village]; a < first[village + 1]; a++)
            if (fits(village, a) && (best == NOWHERE || cost[a] < cost[best])) best = a;
        return best;
    }

    private long regret(int village) {
        long best = behind;
        long second = behind;
        for (int a = first[village]; a < first[village + 1]; a++) {
            if (!fits(village, a)) continue;
            if (cost[a] < best) {
                second = best;
                best = cost[a];
            } else second = Math.min(second, cost[a]);
        }
        return Math.multiplyExact(people[village], second - best);
    }

    private void move(int village, int arc) {
        if (chosen[village] != NOWHERE) free[shelterOf[chosen[village]]] += people[village];
        chosen[village] = arc;
        if (arc != NOWHERE) free[shelterOf[arc]] -= people[village];
    }

    private void improve() {
        boolean better = true;
        for (int round = 0; better && round < 50; round++) {
            better = false;
            for (int v = 0; v < people.length; v++)
                for (int a = first[v]; a < first[v + 1]; a++) better |= tryMove(v, a) || trySwap(v, a);
        }
    }

    private boolean tryMove(int village, int arc) {
        if (arc == chosen[village]) return false;
        if (!fits(village, arc) || price(village, arc) >= price(village, chosen[village])) return false;
        move(village, arc);
        return true;
    }

    /** The village goes by the arc; someone there makes room and takes the best of what is then left. */
    private boolean trySwap(int village, int arc) {
        if (arc == chosen[village] || price(village, arc) >= price(village, chosen[village])) return false;
        int shelter = shelterOf[arc];
        int was = chosen[village];
        for (int other = 0; other < people.length; other++) {
            int otherWas = chosen[other];
            if (other == village || otherWas == NOWHERE || shelterOf[otherWas] != shelter) continue;
            if (free[shelter] + people[other] < people[village]) continue;
            long before = price(village, was) + price(other, otherWas);
            move(other, NOWHERE);
            move(village, arc);
            move(other, cheapest(other));
            if (price(village, chosen[village]) + price(other, chosen[other]) < before) return true;
            move(other, NOWHERE);
            move(village, was);
            move(other, otherWas);
        }
        return false;
    }

    /** Depth first, the largest villages first, cut where what is left cannot become cheaper. */
    private final class Search {
        private final long[] room;
        private final int[] order;
        private final int[] now;
        private final long[] least;
        private long best;
        private long steps;

        Search(long[] places, long mostSteps) {
            room = places.clone();
            steps = mostSteps;
            order = IntStream.range(0, people.length)
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer v) -> -people[v]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            now = new int[people.length];
            least = new long[people.length + 1];
            for (int i = people.length - 1; i >= 0; i--) {
                long cheapest = behind;
                for (int a = first[order[i]]; a < first[order[i] + 1]; a++)
                    if (places[shelterOf[a]] >= people[order[i]]) cheapest = Math.min(cheapest, cost[a]);
                least[i] = least[i + 1] + people[order[i]] * cheapest;
            }
            best = cost();
        }

        boolean run() {
            return people.length <= 400 && from(0, 0);
        }

        /** Whether everything below was looked at. */
        private boolean from(int i, long sofar) {
            if (sofar + least[i] >= best) return true;
            if (i == order.length) {
                best = sofar;
                System.arraycopy(now, 0, chosen, 0, now.length);
                return true;
            }
            if (steps-- <= 0) return false;
            int v = order[i];
            Integer[] arcs = IntStream.range(first[v], first[v + 1]).boxed().toArray(Integer[]::new);
            Arrays.sort(arcs, Comparator.comparingLong(a -> cost[a]));
            for (int a : arcs) {
                int s = shelterOf[a];
                if (room[s] < people[v]) continue;
                room[s] -= people[v];
                now[v] = a;
                boolean whole = from(i + 1, sofar + price(v, a));
                room[s] += people[v];
                if (!whole) return false;
            }
            now[v] = NOWHERE;
            return from(i + 1, sofar + price(v, NOWHERE));
        }
    }
}
