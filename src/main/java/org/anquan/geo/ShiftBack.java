package org.anquan.geo;

/** The way back through a small, smooth shift that only goes one way: by iteration to well below a millimetre. */
final class ShiftBack {
    private static final double CLOSE_ENOUGH_DEGREES = 1e-12;
    private static final int MOST_ROUNDS = 60;

    /** A shift of longitude and latitude, degrees. */
    interface Shift {
        void apply(double lon, double lat, double[] out);
    }

    private ShiftBack() {}

    /**
     * @param shifted what the shift gave
     * @param lonLat a first guess; becomes what the shift was given
     */
    static void find(Shift shift, double[] shifted, double[] lonLat) {
        double[] there = new double[2];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            shift.apply(lonLat[0], lonLat[1], there);
            double dLon = shifted[0] - there[0];
            double dLat = shifted[1] - there[1];
            lonLat[0] += dLon;
            lonLat[1] += dLat;
            if (Math.abs(dLon) < CLOSE_ENOUGH_DEGREES && Math.abs(dLat) < CLOSE_ENOUGH_DEGREES) return;
        }
    }
}
