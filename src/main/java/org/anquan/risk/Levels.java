package org.anquan.risk;

import java.util.Arrays;
import java.util.List;
import org.anquan.problem.Text;
import org.anquan.risk.Recipe.Breaks;

/** From a risk to one of five levels; 0 is unknown. */
final class Levels {
    static final int UNKNOWN = 0;
    static final int HIGHEST = 5;
    /** Domain handbook §5 (D): low to high. */
    private static final List<String> COLOURS =
            List.of("#9AA5B1", "#38A800", "#73B2FF", "#FFFF00", "#FFAA00", "#E60000");

    private Levels() {}

    /** The four limits; a risk up to the first is level 1, above the last 5. */
    static double[] limits(Breaks breaks, float[] risk) {
        if (!breaks.jenks())
            return breaks.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] known = new double[risk.length];
        int n = 0;
        for (float one : risk) if (!Float.isNaN(one)) known[n++] = one;
        double[] tops = Jenks.breaks(Arrays.copyOf(known, n), breaks.classes());
        return Arrays.copyOf(tops, Math.max(0, tops.length - 1));
    }

    static byte[] of(float[] risk, double[] limits) {
        byte[] levels = new byte[risk.length];
        for (int i = 0; i < levels.length; i++) levels[i] = of(risk[i], limits);
        return levels;
    }

    static byte of(float risk, double[] limits) {
        if (Float.isNaN(risk)) return UNKNOWN;
        byte level = 1;
        for (double limit : limits) if (risk > (float) limit) level++;
        return level;
    }

    static Text name(int level) {
        return new Text("risk.level." + level, List.of());
    }

    static String colour(int level) {
        return COLOURS.get(level);
    }
}
