package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Chooses k of some candidates so that what they cover together weighs most (maximal covering location, R. Church and C.
 * ReVelle, 1974). Greedy, then swaps of one or two, then branch and bound: a branch can add at most the k - d greatest
 * single gains that are left (gains only shrink as more is chosen), and what cannot beat the best found is cut. When the search ends
 * by itself the choice is optimal; when it runs out of steps, the greatest bound of what was not searched is told.
 */
final class MaxCover {
    private final List<BitSet> covers;
    private final long[] weight;
    private final int k;
    private final long mostSteps;
    private final BooleanSupplier stop;

    private long best;
    private int[] bestChoice = new int[0];
    private long steps;
    private long open;

    /**
     * @param chosen numbers of candidates, the greatest gain first; fewer than k where the others would add nothing
     * @param bound no choice of k weighs more; equal to {@code weight} where the choice is optimal
     */
    record Choice(int[] chosen, long weight, long bound) {
        boolean optimal() {
            return weight == bound;
        }
    }

    private MaxCover(List<BitSet> covers, long[] weight, int k, long mostSteps, BooleanSupplier stop) {
        this.covers = covers;
        this.weight = weight;
        this.k = k;
        this.mostSteps = mostSteps;
        this.stop = stop;
    }

    /**
     * @param covers what each candidate covers, by number of what is to be covered
     * @param weight of what is to be covered, not negative
     * @param mostSteps branches looked at before the search gives up being exact
     * @param stop asked now and then; true ends the search early
     */
    static Choice choose(List<BitSet> covers, long[] weight, int k, long mostSteps, BooleanSupplier stop) {
        MaxCover of = new MaxCover(covers, weight, Math.min(k, covers.size()), mostSteps, stop);
        return of.choose();
    }

    private Choice choose() {
        greedy();
        swap();
        int[] all = undominated();
        open = 0;
        search(all, all.length, new BitSet(), 0, new int[k], 0);
        int[] ordered = byGain(bestChoice);
        return new Choice(ordered, best, Math.max(best, open));
    }

    private long weigh(BitSet set) {
        long sum = 0;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) sum += weight[i];
        return sum;
    }

    private long gain(int candidate, BitSet covered) {
        long sum = 0;
        BitSet set = covers.get(candidate);
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) if (!covered.get(i)) sum += weight[i];
        return sum;
    }

    private void greedy() {
        BitSet covered = new BitSet();
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < k) {
            int next = bestNext(covered);
            if (next < 0) break;
            chosen.add(next);
            covered.or(covers.get(next));
        }
        keep(chosen.stream().mapToInt(Integer::intValue).toArray(), weigh(covered));
    }

    private int bestNext(BitSet covered) {
        int next = -1;
        long most = 0;
        for (int c = 0; c < covers.size(); c++) {
            long gain = gain(c, covered);
            if (gain > most) {
                most = gain;
                next = c;
            }
        }
        return next;
    }

    /** Puts another in the place of one chosen as long as that is better. */
    private void swap() {
        boolean better = true;
        while (better && !stop.getAsBoolean()) {
            better = false;
            for (int out = 0; out < bestChoice.length && !better; out++) {
                BitSet others = new BitSet();
                for (int i = 0; i < bestChoice.length; i++) if (i != out) others.or(covers.get(bestChoice[i]));
                long without = weigh(others);
                int in = bestNext(others);
                if (in < 0 || without + gain(in, others) <= best) continue;
                int[] changed = bestChoice.clone();
                changed[out] = in;
                keep(changed, without + gain(in, others));
                better = true;
            }
        }
    }

    private void keep(int[] choice, long weighs) {
        if (weighs < best) return;
        best = weighs;
        bestChoice = choice.clone();
    }

    /** Without candidates that cover nothing, and those that another covers whole; the heaviest first. */
    private int[] undominated() {
        List<Integer> all = new ArrayList<>();
        long[] alone = new long[covers.size()];
        for (int c = 0; c < alone.length; c++) {
            alone[c] = weigh(covers.get(c));
            if (alone[c] > 0) all.add(c);
        }
        all.sort((a, b) -> Long.compare(alone[b], alone[a]));
        List<Integer> kept = new ArrayList<>();
        for (int c : all) {
            boolean dominated = false;
            for (int other : kept) {
                BitSet rest = (BitSet) covers.get(c).clone();
                rest.andNot(covers.get(other));
                dominated = weigh(rest) == 0;
                if (dominated) break;
            }
            if (!dominated) kept.add(c);
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All choices from the first {@code count} of the candidates, beside those chosen. */
    private void search(int[] candidates, int count, BitSet covered, long weighs, int[] chosen, int depth) {
        if (weighs > best) keep(Arrays.copyOf(chosen, depth), weighs);
        if (depth == k || count == 0) return;
        long[] gains = new long[count];
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            gains[i] = gain(candidates[i], covered);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Long.compare(gains[b], gains[a]));
        int left = k - depth;
        int[] sorted = new int[count];
        for (int i = 0; i < count; i++) sorted[i] = candidates[order[i]];
        // Take each in turn and leave out those before it: every choice is met once.
        for (int i = 0; i < count; i++) {
            long bound = weighs;
            for (int j = i; j < Math.min(count, i + left); j++) bound += gains[order[j]];
            if (bound <= best) return;
            if (++steps > mostSteps || ((steps & 255) == 0 && stop.getAsBoolean())) {
                steps = mostSteps;
                open = Math.max(open, bound);
                return;
            }
            BitSet with = (BitSet) covered.clone();
            with.or(covers.get(sorted[i]));
            chosen[depth] = sorted[i];
            int[] rest = Arrays.copyOfRange(sorted, i + 1, count);
            search(rest, rest.length, with, weighs + gains[order[i]], chosen, depth + 1);
        }
    }

    private int[] byGain(int[] choice) {
        BitSet covered = new BitSet();
        List<Integer> left = new ArrayList<>();
        for (int c : choice) left.add(c);
        int[] ordered = new int[choice.length];
        for (int i = 0; i < ordered.length; i++) {
            int next = left.get(0);
            for (int c : left) if (gain(c, covered) > gain(next, covered)) next = c;
            ordered[i] = next;
            covered.or(covers.get(next));
            left.remove((Integer) next);
        }
        return ordered;
    }
}
