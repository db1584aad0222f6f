package org.anquan.geo;

/**
 * Transverse Mercator of the ellipsoid, which China calls Gauss-Krüger: degrees to metres, x east and y north. Krüger's
 * series to the sixth power of the third flattening (C. F. F. Karney, Transverse Mercator with an accuracy of a few
 * nanometers, J. Geodesy 85, 2011, eq. 7–11, 35 and 36): a few nanometres within a zone, well below a millimetre 30
 * degrees off the meridian. GeoTools' own (Snyder's series) was left aside: it loses millimetres already in the next
 * zone, and its class loading costs a second. Immutable.
 */
final class TransverseMercator implements CoordinateStep {
    /** Farther from the central meridian nothing sensible lies; the series would still give numbers. */
    private static final double MAX_DEGREES_FROM_MERIDIAN = 60;

    /** The false easting of 500 km keeps all numbers of a zone, and of the next one, above zero. */
    private static final double MOST_METRES_FROM_MERIDIAN = 500_000;

    private static final double QUARTER_MERIDIAN_METRES = 10_002_000;

    private static final int ORDER = 6;
    private static final double CLOSE_ENOUGH = 1e-14;

    private final double centralMeridianDegrees;
    private final double falseEastingMetres;
    private final double falseNorthingMetres;
    private final double eccentricity;
    private final double radiusMetres;
    private final double[] alpha;
    private final double[] beta;
    private final double originNorthingMetres;

    /**
     * @param semiMajorMetres the ellipsoid's half axis
     * @param inverseFlattening 298.257…
     */
    TransverseMercator(
            double semiMajorMetres,
            double inverseFlattening,
            double centralMeridianDegrees,
            double latitudeOfOriginDegrees,
            double scale,
            double falseEastingMetres,
            double falseNorthingMetres) {
        this.centralMeridianDegrees = centralMeridianDegrees;
        this.falseEastingMetres = falseEastingMetres;
        this.falseNorthingMetres = falseNorthingMetres;
        double f = inverseFlattening == 0 ? 0 : 1 / inverseFlattening;
        double n = f / (2 - f);
        eccentricity = Math.sqrt(f * (2 - f));
        double n2 = n * n;
        radiusMetres = scale * semiMajorMetres / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64 + n2 * n2 * n2 / 256);
        alpha = forwardSeries(n);
        beta = inverseSeries(n);
        originNorthingMetres =
                latitudeOfOriginDegrees == 0 ? 0 : radiusMetres * plane(0, Math.toRadians(latitudeOfOriginDegrees))[1];
    }

    /** Whether so far east or west of the meridian a grid is used at all: half the width of its numbers. */
    boolean isEasting(double metres) {
        return Math.abs(metres - falseEastingMetres) <= MOST_METRES_FROM_MERIDIAN;
    }

    /** Whether it lies between the equator and the pole on the grid's side. */
    boolean isNorthing(double metres) {
        double north = falseNorthingMetres == 0 ? metres : falseNorthingMetres - metres;
        return north >= 0 && north <= QUARTER_MERIDIAN_METRES;
    }

    @Override
    public void forward(double[] pair) {
        double fromMeridian = pair[0] - centralMeridianDegrees;
        if (fromMeridian > 180) fromMeridian -= 360;
        if (fromMeridian < -180) fromMeridian += 360;
        if (!(Math.abs(fromMeridian) <= MAX_DEGREES_FROM_MERIDIAN && Math.abs(pair[1]) <= 90)) {
            pair[0] = Double.NaN;
            pair[1] = Double.NaN;
            return;
        }
        double[] at = plane(Math.toRadians(fromMeridian), Math.toRadians(pair[1]));
        pair[0] = falseEastingMetres + radiusMetres * at[0];
        pair[1] = falseNorthingMetres - originNorthingMetres + radiusMetres * at[1];
    }

    private double[] plane(double lambda, double phi) {
        double tau = Math.tan(phi);
        double conformal = conformal(tau);
        double xi0 = Math.atan2(conformal, Math.cos(lambda));
        double eta0 = asinh(Math.sin(lambda) / Math.hypot(conformal, Math.cos(lambda)));
        double xi = xi0;
        double eta = eta0;
        for (int j = 1; j <= ORDER; j++) {
            xi += alpha[j - 1] * Math.sin(2 * j * xi0) * Math.cosh(2 * j * eta0);
            eta += alpha[j - 1] * Math.cos(2 * j * xi0) * Math.sinh(2 * j * eta0);
        }
        return new double[] {eta, xi};
    }

    @Override
    public void inverse(double[] pair) {
        double eta0 = (pair[0] - falseEastingMetres) / radiusMetres;
        double xi0 = (pair[1] - falseNorthingMetres + originNorthingMetres) / radiusMetres;
        if (!(Math.abs(eta0) < 1.5 && Math.abs(xi0) <= Math.PI / 2)) {
            pair[0] = Double.NaN;
            pair[1] = Double.NaN;
            return;
        }
        double xi = xi0;
        double eta = eta0;
        for (int j = 1; j <= ORDER; j++) {
            xi -= beta[j - 1] * Math.sin(2 * j * xi0) * Math.cosh(2 * j * eta0);
            eta -= beta[j - 1] * Math.cos(2 * j * xi0) * Math.sinh(2 * j * eta0);
        }
        double conformal = Math.sin(xi) / Math.hypot(Math.sinh(eta), Math.cos(xi));
        double lambda = Math.atan2(Math.sinh(eta), Math.cos(xi));
        pair[0] = centralMeridianDegrees + Math.toDegrees(lambda);
        pair[1] = Math.toDegrees(Math.atan(geodetic(conformal)));
        if (pair[0] > 180) pair[0] -= 360;
        if (pair[0] < -180) pair[0] += 360;
    }

    /** Tangent of the conformal latitude from that of the geodetic one. */
    private double conformal(double tau) {
        double root = Math.hypot(1, tau);
        double sigma = Math.sinh(eccentricity * atanh(eccentricity * tau / root));
        return Math.hypot(1, sigma) * tau - sigma * root;
    }

    /** The other way, by Newton's method; three rounds are enough. */
    private double geodetic(double conformal) {
        double oneMinus = 1 - eccentricity * eccentricity;
        double tau = conformal;
        for (int round = 0; round < 8; round++) {
            double now = conformal(tau);
            double step = (conformal - now)
                    / Math.hypot(1, now)
                    * (1 + oneMinus * tau * tau)
                    / (oneMinus * Math.hypot(1, tau));
            tau += step;
            if (Math.abs(step) <= CLOSE_ENOUGH * Math.max(1, Math.abs(tau))) break;
        }
        return tau;
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        return Math.copySign(Math.log1p(a + a * a / (1 + Math.hypot(1, a))), x);
    }

    private static double atanh(double x) {
        return 0.5 * (Math.log1p(x) - Math.log1p(-x));
    }

    private static double[] forwardSeries(double n) {
        return new double[] {
            series(n, 1, 1.0 / 2, -2.0 / 3, 5.0 / 16, 41.0 / 180, -127.0 / 288, 7891.0 / 37800),
            series(n, 2, 13.0 / 48, -3.0 / 5, 557.0 / 1440, 281.0 / 630, -1983433.0 / 1935360),
            series(n, 3, 61.0 / 240, -103.0 / 140, 15061.0 / 26880, 167603.0 / 181440),
            series(n, 4, 49561.0 / 161280, -179.0 / 168, 6601661.0 / 7257600),
            series(n, 5, 34729.0 / 80640, -3418889.0 / 1995840),
            series(n, 6, 212378941.0 / 319334400)
        };
    }

    private static double[] inverseSeries(double n) {
        return new double[] {
            series(n, 1, 1.0 / 2, -2.0 / 3, 37.0 / 96, -1.0 / 360, -81.0 / 512, 96199.0 / 604800),
            series(n, 2, 1.0 / 48, 1.0 / 15, -437.0 / 1440, 46.0 / 105, -1118711.0 / 3870720),
            series(n, 3, 17.0 / 480, -37.0 / 840, -209.0 / 4480, 5569.0 / 90720),
            series(n, 4, 4397.0 / 161280, -11.0 / 504, -830251.0 / 7257600),
            series(n, 5, 4583.0 / 161280, -108847.0 / 3991680),
            series(n, 6, 20648693.0 / 638668800)
        };
    }

    /** {@code c0·n^power + c1·n^(power+1) + …} */
    private static double series(double n, int power, double... coefficients) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) sum = sum * n + coefficients[i];
        return sum * Math.pow(n, power);
    }
}
