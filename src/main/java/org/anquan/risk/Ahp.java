package org.anquan.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.problem.Text;

/**
 * Weights from a matrix of pairs by Saaty's analytic hierarchy process (T. L. Saaty, How to make a decision: the analytic
 * hierarchy process, European Journal of Operational Research 48, 1990): the principal eigenvector, and the consistency
 * ratio (λmax − n) / (n − 1) / RI(n), which must stay below 0.1.
 *
 * @param weights sum to 1
 */
record Ahp(double[] weights, double lambdaMax, double consistencyRatio) {
    static final double LARGEST_RATIO = 0.1;
    /** Saaty's random index by the number of things compared (1990, table 2; R. W. Saaty 1987 for 2, 9 and 10). */
    private static final double[] RANDOM_INDEX = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};

    private static final int MOST_STEPS = 10_000;

    static int mostThings() {
        return RANDOM_INDEX.length - 1;
    }

    /** What is wrong with a matrix before it can be used. */
    static List<Text> mistakes(double[][] pairs, List<String> names) {
        List<Text> wrong = new ArrayList<>();
        if (pairs.length > mostThings()) wrong.add(Text.of("risk.ahp.tooMany", pairs.length, mostThings()));
        for (int i = 0; i < pairs.length; i++)
            for (int j = i; j < pairs.length; j++) {
                boolean positive = pairs[i][j] > 0 && pairs[j][i] > 0 && pairs[i][j] <= 100 && pairs[j][i] <= 100;
                if (!positive) wrong.add(Text.of("risk.ahp.positive", names.get(i), names.get(j)));
                else if (Math.abs(pairs[i][j] * pairs[j][i] - 1) > 0.02)
                    wrong.add(Text.of("risk.ahp.reciprocal", names.get(i), names.get(j), pairs[i][j], pairs[j][i]));
            }
        return wrong;
    }

    static Ahp of(double[][] pairs) {
        int n = pairs.length;
        double[] weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        double lambda = n;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] next = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) next[i] += pairs[i][j] * weights[j];
                sum += next[i];
            }
            double moved = 0;
            for (int i = 0; i < n; i++) {
                next[i] /= sum;
                moved = Math.max(moved, Math.abs(next[i] - weights[i]));
            }
            weights = next;
            lambda = sum;
            if (moved < 1e-14) break;
        }
        double index = n < 3 ? 0 : (lambda - n) / (n - 1) / RANDOM_INDEX[n];
        return new Ahp(weights, lambda, Math.max(0, index));
    }

    /** Names the pair that fits least to the others. */
    Text inconsistent(double[][] pairs, List<String> names) {
        int a = 0;
        int b = 0;
        double worst = 0;
        for (int i = 0; i < pairs.length; i++)
            for (int j = i + 1; j < pairs.length; j++) {
                double off = Math.abs(Math.log(pairs[i][j] * weights[j] / weights[i]));
                if (off > worst) {
                    worst = off;
                    a = i;
                    b = j;
                }
            }
        double fits = Math.round(weights[a] / weights[b] * 10) / 10.0;
        return Text.of(
                "risk.ahp.inconsistent",
                Math.round(consistencyRatio * 1000) / 1000.0,
                LARGEST_RATIO,
                names.get(a),
                names.get(b),
                Math.round(pairs[a][b] * 100) / 100.0,
                fits);
    }
}
