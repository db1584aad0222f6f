package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The set that meets a need soonest: the earliest last arrival, then the fewest forces, then the least sum of arrivals.
 *
 * <p>The earliest last arrival needs no search: who comes by then may as well be all who come by then, so it is the first
 * arrival with which everybody so far suffices. Among those the fewest are looked for by branching (take one or leave it,
 * in the order of arrival), cut where even the strongest of the rest could not do with fewer, and begun from a greedy
 * set. The search is exact unless it is stopped at a number of steps.
 */
final class SmallestSet {
    /**
     * @param units by candidate and skill: crews that it gives to this skill, 0 where it has it not
     * @param people likewise
     */
    record Candidates(int[] arrivalMillis, int[][] units, int[][] people) {
        int count() {
            return arrivalMillis.length;
        }
    }

    /** @param chosen numbers of the candidates, in their order; empty where nothing is needed */
    record Found(List<Integer> chosen, boolean exact) {}

    private final Candidates all;
    private final int[] needUnits;
    private final int[] needPeople;
    private final int skills;
    private final int count;
    private final long mostSteps;
    private long steps;
    private boolean stopped;
    private int bestCount = Integer.MAX_VALUE;
    private long bestSum = Long.MAX_VALUE;
    private boolean[] best;
    private final boolean[] taken;
    /** By skill: the candidates from the strongest down. */
    private final int[][] byUnits;

    private final int[][] byPeople;

    private SmallestSet(Candidates all, int count, int[] needUnits, int[] needPeople, long mostSteps) {
        this.all = all;
        this.count = count;
        this.needUnits = needUnits;
        this.needPeople = needPeople;
        this.skills = needUnits.length;
        this.mostSteps = mostSteps;
        best = new boolean[count];
        taken = new boolean[count];
        byUnits = new int[skills][];
        byPeople = new int[skills][];
        for (int s = 0; s < skills; s++) {
            byUnits[s] = strongestFirst(all.units(), s);
            byPeople[s] = strongestFirst(all.people(), s);
        }
    }

    private int[] strongestFirst(int[][] strength, int skill) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(strength[b][skill], strength[a][skill]));
        return Arrays.stream(order)
                .filter(i -> strength[i][skill] > 0)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * @param all in the order of arrival; together they meet the need
     * @param mostSteps of the search; {@link Long#MAX_VALUE} for none
     */
    static Found find(Candidates all, int[] needUnits, int[] needPeople, long mostSteps) {
        int count = firstEnough(all, needUnits, needPeople);
        if (count == 0) return new Found(List.of(), true);
        SmallestSet search = new SmallestSet(all, count, needUnits, needPeople, mostSteps);
        search.greedy();
        search.branch(0, 0, 0, needUnits.clone(), needPeople.clone());
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) if (search.best[i]) chosen.add(i);
        return new Found(chosen, !search.stopped);
    }

    /** How many of the earliest suffice together, those who come at the same time as the last included. */
    private static int firstEnough(Candidates all, int[] needUnits, int[] needPeople) {
        int[] units = needUnits.clone();
        int[] people = needPeople.clone();
        int n = 0;
        while (!met(units, people)) {
            if (n == all.count()) throw new IllegalArgumentException("all together do not meet the need");
            take(all, n++, units, people, -1);
        }
        while (n > 0 && n < all.count() && all.arrivalMillis()[n] == all.arrivalMillis()[n - 1]) n++;
        return n;
    }

    private static boolean met(int[] units, int[] people) {
        for (int s = 0; s < units.length; s++) if (units[s] > 0 || people[s] > 0) return false;
        return true;
    }

    /** @param sign -1 takes it, +1 gives it back */
    private static void take(Candidates all, int i, int[] units, int[] people, int sign) {
        for (int s = 0; s < units.length; s++) {
            units[s] += sign * all.units()[i][s];
            people[s] += sign * all.people()[i][s];
        }
    }

    /** The one that fills most of what is missing, again and again; then without those that prove needless. */
    private void greedy() {
        int[] units = needUnits.clone();
        int[] people = needPeople.clone();
        boolean[] chosen = new boolean[count];
        while (!met(units, people)) {
            int strongest = -1;
            double most = 0;
            for (int i = 0; i < count; i++) {
                if (chosen[i]) continue;
                double gain = 0;
                for (int s = 0; s < skills; s++) {
                    if (units[s] > 0) gain += Math.min(1.0, all.units()[i][s] / (double) units[s]);
                    if (people[s] > 0) gain += Math.min(1.0, all.people()[i][s] / (double) people[s]);
                }
                if (gain > most) {
                    most = gain;
                    strongest = i;
                }
            }
            chosen[strongest] = true;
            take(all, strongest, units, people, -1);
        }
        for (int i = count - 1; i >= 0; i--) {
            if (!chosen[i]) continue;
            take(all, i, units, people, 1);
            if (met(units, people)) chosen[i] = false;
            else take(all, i, units, people, -1);
        }
        int size = 0;
        long sum = 0;
        for (int i = 0; i < count; i++)
            if (chosen[i]) {
                size++;
                sum += all.arrivalMillis()[i];
            }
        best = chosen;
        bestCount = size;
        bestSum = sum;
    }

    private void branch(int at, int size, long sum, int[] units, int[] people) {
        if (met(units, people)) {
            if (size < bestCount || size == bestCount && sum < bestSum) {
                bestCount = size;
                bestSum = sum;
                best = taken.clone();
            }
            return;
        }
        if (at == count || stopped) return;
        if (++steps > mostSteps) {
            stopped = true;
            return;
        }
        int more = atLeast(at, units, people);
        if (more == Integer.MAX_VALUE || size + more > bestCount) return;
        if (size + more == bestCount) {
            long least = sum;
            for (int i = at; i < Math.min(count, at + more); i++) least += all.arrivalMillis()[i];
            if (least >= bestSum) return;
        }
        if (helps(at, units, people)) {
            taken[at] = true;
            take(all, at, units, people, -1);
            branch(at + 1, size + 1, sum + all.arrivalMillis()[at], units, people);
            take(all, at, units, people, 1);
            taken[at] = false;
        }
        branch(at + 1, size, sum, units, people);
    }

    private boolean helps(int i, int[] units, int[] people) {
        for (int s = 0; s < skills; s++)
            if (units[s] > 0 && all.units()[i][s] > 0 || people[s] > 0 && all.people()[i][s] > 0) return true;
        return false;
    }

    /** So many more are needed at least: for the hardest skill, were the strongest of the rest to come. */
    private int atLeast(int at, int[] units, int[] people) {
        int most = 1;
        for (int s = 0; s < skills; s++) {
            most = Math.max(most, atLeast(at, byUnits[s], all.units(), s, units[s]));
            most = Math.max(most, atLeast(at, byPeople[s], all.people(), s, people[s]));
        }
        return most;
    }

    private static int atLeast(int at, int[] order, int[][] strength, int skill, int missing) {
        int n = 0;
        for (int k = 0; missing > 0; k++) {
            if (k == order.length) return Integer.MAX_VALUE;
            if (order[k] < at) continue;
            missing -= strength[order[k]][skill];
            n++;
        }
        return n;
    }
}
