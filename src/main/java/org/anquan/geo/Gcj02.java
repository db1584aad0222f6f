package org.anquan.geo;

/**
 * GCJ-02, the shifted coordinates of Chinese phone maps (50 to 700 m off): longitude, then latitude, degrees. The
 * formula was never published; this is the one that everybody found out and uses. Outside the box 72.004–137.8347 E,
 * 0.8293–55.8271 N, which stands for China, coordinates stay as they are; so within some hundred metres of that box
 * the way back has two answers, and the one inside is taken. Never measure in GCJ-02.
 */
public final class Gcj02 {
    private static final double SEMI_MAJOR_METRES = 6_378_245;
    private static final double ECCENTRICITY_SQUARED = 0.00669342162296594323;

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

    private Gcj02() {}

    /** WGS84 to GCJ-02, in place. */
    public static void fromWgs84(double[] lonLat) {
        if (isOutsideChina(lonLat[0], lonLat[1])) return;
        shift(lonLat[0], lonLat[1], lonLat);
    }

    /** GCJ-02 to WGS84, in place, by iteration to well below a millimetre. */
    public static void toWgs84(double[] lonLat) {
        double[] back = lonLat.clone();
        ShiftBack.find(Gcj02::shift, lonLat, back);
        if (isOutsideChina(back[0], back[1])) return;
        lonLat[0] = back[0];
        lonLat[1] = back[1];
    }

    /** Whether coordinates here are left as they are. */
    public static boolean isOutsideChina(double lon, double lat) {
        return !(lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271);
    }

    private static void shift(double lon, double lat, double[] out) {
        double x = lon - 105;
        double y = lat - 35;
        double both = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
        double east = 300
                + x
                + 2 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * Math.sqrt(Math.abs(x))
                + (both + waves(x, 20, 1) + waves(x, 40, 3) + waves(x, 150, 12) + waves(x, 300, 30)) * 2 / 3;
        double north = -100
                + 2 * x
                + 3 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * Math.sqrt(Math.abs(x))
                + (both + waves(y, 20, 1) + waves(y, 40, 3) + waves(y, 160, 12) + waves(y, 320, 30)) * 2 / 3;
        double phi = Math.toRadians(lat);
        double w2 = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
        double w = Math.sqrt(w2);
        double alongParallel = SEMI_MAJOR_METRES / w * Math.cos(phi);
        double alongMeridian = SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED) / (w2 * w);
        out[0] = lon + Math.toDegrees(east / alongParallel);
        out[1] = lat + Math.toDegrees(north / alongMeridian);
    }

    private static double waves(double at, double height, double length) {
        return height * Math.sin(at / length * Math.PI);
    }
}
