package org.anquan.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.anquan.coverage.MaxCover.Choice;
import org.junit.jupiter.api.Test;

class MaxCoverTest {
    private static BitSet set(int... bits) {
        BitSet set = new BitSet();
        for (int bit : bits) set.set(bit);
        return set;
    }

    private static long weigh(List<BitSet> covers, long[] weight, int[] chosen) {
        BitSet all = new BitSet();
        for (int c : chosen) all.or(covers.get(c));
        return all.stream().mapToLong(i -> weight[i]).sum();
    }

    /** Every choice of k, one after another. */
    private static long plain(List<BitSet> covers, long[] weight, int k, int from, BitSet covered) {
        long best = covered.stream().mapToLong(i -> weight[i]).sum();
        if (k == 0) return best;
        for (int c = from; c < covers.size(); c++) {
            BitSet with = (BitSet) covered.clone();
            with.or(covers.get(c));
            best = Math.max(best, plain(covers, weight, k - 1, c + 1, with));
        }
        return best;
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void theChoiceIsTheBestOfAllChoices(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int demands = random.nextInt(1, 30);
        long[] weight = new long[demands];
        for (int d = 0; d < demands; d++) weight[d] = random.nextInt(4) == 0 ? 0 : random.nextInt(1000);
        List<BitSet> covers = new ArrayList<>();
        for (int c = 0; c < random.nextInt(1, 12); c++) {
            BitSet cover = new BitSet();
            for (int d = 0; d < demands; d++) if (random.nextInt(4) == 0) cover.set(d);
            covers.add(cover);
        }
        int k = random.nextInt(1, 5);
        Choice choice = MaxCover.choose(covers, weight, k, 1_000_000, () -> false);
        assertThat(choice.optimal()).as("seed %d", seed).isTrue();
        assertThat(choice.weight()).as("seed %d", seed).isEqualTo(plain(covers, weight, k, 0, new BitSet()));
        assertThat(weigh(covers, weight, choice.chosen())).as("seed %d", seed).isEqualTo(choice.weight());
        assertThat(choice.chosen()).hasSizeLessThanOrEqualTo(k).doesNotHaveDuplicates();
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void withoutTimeTheBoundStillHolds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] weight = new long[25];
        for (int d = 0; d < weight.length; d++) weight[d] = random.nextInt(1, 1000);
        List<BitSet> covers = new ArrayList<>();
        for (int c = 0; c < 11; c++) {
            BitSet cover = new BitSet();
            for (int d = 0; d < weight.length; d++) if (random.nextInt(3) == 0) cover.set(d);
            covers.add(cover);
        }
        Choice choice = MaxCover.choose(covers, weight, 4, random.nextInt(1, 20), () -> false);
        long true_ = plain(covers, weight, 4, 0, new BitSet());
        assertThat(choice.weight()).as("seed %d", seed).isLessThanOrEqualTo(true_);
        assertThat(choice.bound()).as("seed %d", seed).isGreaterThanOrEqualTo(true_);
        if (choice.optimal()) assertThat(choice.weight()).isEqualTo(true_);
    }

    @Test
    void theGreedyTrapIsEscaped() {
        // The heaviest single one (0–3: 4) leaves 1 + 1 to a second; the two halves cover all six.
        List<BitSet> covers = List.of(set(0, 1, 3, 4), set(0, 1, 2), set(3, 4, 5));
        Choice choice = MaxCover.choose(covers, new long[] {1, 1, 1, 1, 1, 1}, 2, 1000, () -> false);
        assertThat(choice.weight()).isEqualTo(6);
        assertThat(choice.chosen()).containsExactlyInAnyOrder(1, 2);
    }
}
