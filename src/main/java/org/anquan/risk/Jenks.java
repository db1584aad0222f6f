package org.anquan.risk;

import java.util.Arrays;

/**
 * Natural breaks: the classes of sorted numbers with the least sum of squared deviations from the class means (W. D.
 * Fisher, On grouping for maximum homogeneity, JASA 53, 1958; G. F. Jenks 1967). Exact. The best start of the last class
 * never moves back as more numbers come, so each layer of the table is filled by halving: n log n a class instead of
 * Fisher's n².
 */
final class Jenks {
    private final double[] sums;
    private final double[] squares;
    private double[] before = {};
    private double[] now = {};
    private int[] starts = {};

    private Jenks(double[] sorted) {
        sums = new double[sorted.length + 1];
        squares = new double[sorted.length + 1];
        // Taken from the middle, so that squares of large numbers do not drown the deviations.
        double middle = sorted[sorted.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            double value = sorted[i] - middle;
            sums[i + 1] = sums[i] + value;
            squares[i + 1] = squares[i] + value * value;
        }
    }

    /**
     * @param values in any order, no NaN
     * @param classes how many
     * @return the greatest value of each class, ascending; fewer where there are fewer different values
     */
    static double[] breaks(double[] values, int classes) {
        if (values.length == 0) return new double[0];
        double[] sorted = values.clone();
        Arrays.parallelSort(sorted);
        int different = 1;
        for (int i = 1; i < sorted.length; i++) if (sorted[i] != sorted[i - 1]) different++;
        return new Jenks(sorted).ends(sorted, Math.min(classes, different));
    }

    private double[] ends(double[] sorted, int classes) {
        int n = sorted.length;
        now = new double[n + 1];
        for (int i = 1; i <= n; i++) now[i] = deviation(0, i);
        int[][] start = new int[classes][];
        for (int c = 1; c < classes; c++) {
            before = now;
            now = new double[n + 1];
            Arrays.fill(now, Double.POSITIVE_INFINITY);
            starts = new int[n + 1];
            fill(c + 1, n, c, n);
            start[c] = starts;
        }
        double[] ends = new double[classes];
        int end = n;
        for (int c = classes - 1; c >= 0; c--) {
            ends[c] = sorted[end - 1];
            if (c > 0) end = start[c][end];
        }
        return ends;
    }

    /** Numbers {@code a} (with) to {@code b} (without). */
    private double deviation(int a, int b) {
        double sum = sums[b] - sums[a];
        return Math.max(0, squares[b] - squares[a] - sum * sum / (b - a));
    }

    /** Ends {@code low} to {@code high}; their best starts lie from {@code first} to {@code last}. */
    private void fill(int low, int high, int first, int last) {
        if (low > high) return;
        int middle = (low + high) >>> 1;
        double best = Double.POSITIVE_INFINITY;
        int at = first;
        for (int s = first; s <= Math.min(last, middle - 1); s++) {
            double value = before[s] + deviation(s, middle);
            if (value < best) {
                best = value;
                at = s;
            }
        }
        now[middle] = best;
        starts[middle] = at;
        fill(low, middle - 1, first, at);
        fill(middle + 1, high, at, last);
    }
}
