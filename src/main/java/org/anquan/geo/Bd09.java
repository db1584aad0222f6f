package org.anquan.geo;

/**
 * BD-09, Baidu's coordinates: GCJ-02 shifted once more. Longitude, then latitude, degrees. Outside China's box the
 * first shift is left out (see {@link Gcj02}) and the second is left out with it. Never measure in BD-09.
 */
public final class Bd09 {
    private static final double TURNS = Math.PI * 3000 / 180;
    private static final double EAST_DEGREES = 0.0065;
    private static final double NORTH_DEGREES = 0.006;

    static final CoordinateStep STEP = new CoordinateStep() {
        @Override
        public void forward(double[] pair) {
            fromWgs84(pair);
        }

        @Override
        public void inverse(double[] pair) {
            toWgs84(pair);
        }
    };

    private Bd09() {}

    /** WGS84 to BD-09, in place. */
    public static void fromWgs84(double[] lonLat) {
        if (Gcj02.isOutsideChina(lonLat[0], lonLat[1])) return;
        Gcj02.fromWgs84(lonLat);
        shift(lonLat[0], lonLat[1], lonLat);
    }

    /** BD-09 to WGS84, in place, by iteration to well below a millimetre. */
    public static void toWgs84(double[] lonLat) {
        double[] back = {lonLat[0] - EAST_DEGREES, lonLat[1] - NORTH_DEGREES};
        ShiftBack.find(Bd09::shift, lonLat, back);
        Gcj02.toWgs84(back);
        if (Gcj02.isOutsideChina(back[0], back[1])) return;
        lonLat[0] = back[0];
        lonLat[1] = back[1];
    }

    private static void shift(double x, double y, double[] out) {
        double radius = Math.hypot(x, y) + 0.00002 * Math.sin(y * TURNS);
        double angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * TURNS);
        out[0] = radius * Math.cos(angle) + EAST_DEGREES;
        out[1] = radius * Math.sin(angle) + NORTH_DEGREES;
    }
}
