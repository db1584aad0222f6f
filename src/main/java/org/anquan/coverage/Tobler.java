package org.anquan.coverage;

/**
 * Walking time by slope after W. Tobler ("Three presentations on geographical analysis and modeling", NCGIA 93-1, 1993):
 * speed = 6 · exp(−3.5 · |slope + 0.05|) km/h, here against even ground, so that one's own walking speed counts there. A
 * table in steps of a thousandth stands for the exponential, which is asked for millions of times.
 */
final class Tobler {
    private static final double STEEPEST = 2;
    private static final int STEPS = 1000;
    private static final float[] FACTOR = new float[(int) (2 * STEEPEST * STEPS) + 1];

    /** The least factor: five per cent down. */
    static final float LEAST = (float) Math.exp(-3.5 * 0.05);

    static {
        for (int i = 0; i < FACTOR.length; i++) FACTOR[i] = (float) exact(i / (double) STEPS - STEEPEST);
    }

    private Tobler() {}

    static double exact(double slope) {
        return Math.exp(3.5 * (Math.abs(slope + 0.05) - 0.05));
    }

    /** @param slope rise over run in the direction walked; steeper than 2 counts as 2 */
    static float factor(double slope) {
        int at = (int) Math.rint((slope + STEEPEST) * STEPS);
        return FACTOR[at < 0 ? 0 : at >= FACTOR.length ? FACTOR.length - 1 : at];
    }
}
