package org.anquan.geo;

/**
 * The seven parameters that lead from a datum to WGS84, in the position vector convention of WKT's {@code TOWGS84}:
 * shifts in metres, rotations in seconds of arc, scale in parts per million. Beijing 1954 and Xian 1980 have no public
 * set for the whole of China; the survey office of the province gives the one that holds for a county.
 */
public record DatumShift(
        double dxMetres,
        double dyMetres,
        double dzMetres,
        double rxSeconds,
        double rySeconds,
        double rzSeconds,
        double scalePpm) {
    /** EPSG:1173, the mean for the contiguous United States, good to about 10 m. */
    static final DatumShift NAD27 = new DatumShift(-8, 160, 176, 0, 0, 0, 0);

    public DatumShift {
        double all = dxMetres + dyMetres + dzMetres + rxSeconds + rySeconds + rzSeconds + scalePpm;
        if (Double.isNaN(all) || Double.isInfinite(all))
            throw new IllegalArgumentException("datum parameters are seven finite numbers");
    }

    boolean nothing() {
        return dxMetres == 0
                && dyMetres == 0
                && dzMetres == 0
                && rxSeconds == 0
                && rySeconds == 0
                && rzSeconds == 0
                && scalePpm == 0;
    }

    /** As a step from WGS84 to the datum with this ellipsoid, through geocentric coordinates at height 0. */
    CoordinateStep step(double semiMajorMetres, double inverseFlattening) {
        return new Step(this, Ellipsoid.of(semiMajorMetres, inverseFlattening));
    }

    private record Ellipsoid(double a, double e2) {
        static final Ellipsoid WGS84 = of(6_378_137, 298.257223563);

        static Ellipsoid of(double a, double inverseFlattening) {
            double f = inverseFlattening == 0 ? 0 : 1 / inverseFlattening;
            return new Ellipsoid(a, f * (2 - f));
        }

        double[] geocentric(double lon, double lat) {
            double phi = Math.toRadians(lat);
            double lambda = Math.toRadians(lon);
            double n = a / Math.sqrt(1 - e2 * Math.sin(phi) * Math.sin(phi));
            return new double[] {
                n * Math.cos(phi) * Math.cos(lambda), n * Math.cos(phi) * Math.sin(lambda), n * (1 - e2) * Math.sin(phi)
            };
        }

        void geographic(double[] xyz, double[] pair) {
            double p = Math.hypot(xyz[0], xyz[1]);
            double phi = Math.atan2(xyz[2], p * (1 - e2));
            for (int round = 0; round < 8; round++) {
                double sin = Math.sin(phi);
                double n = a / Math.sqrt(1 - e2 * sin * sin);
                phi = Math.atan2(xyz[2] + e2 * n * sin, p);
            }
            pair[0] = Math.toDegrees(Math.atan2(xyz[1], xyz[0]));
            pair[1] = Math.toDegrees(phi);
        }
    }

    private record Step(DatumShift shift, Ellipsoid own) implements CoordinateStep {
        @Override
        public void forward(double[] pair) {
            double[] target = Ellipsoid.WGS84.geocentric(pair[0], pair[1]);
            // Small rotations: solving by iteration is exact to the rounding after three rounds.
            double[] xyz = target.clone();
            for (int round = 0; round < 4; round++) {
                double[] now = toWgs84(xyz);
                for (int i = 0; i < 3; i++) xyz[i] += target[i] - now[i];
            }
            own.geographic(xyz, pair);
        }

        @Override
        public void inverse(double[] pair) {
            Ellipsoid.WGS84.geographic(toWgs84(own.geocentric(pair[0], pair[1])), pair);
        }

        private double[] toWgs84(double[] p) {
            double rx = Math.toRadians(shift.rxSeconds / 3600);
            double ry = Math.toRadians(shift.rySeconds / 3600);
            double rz = Math.toRadians(shift.rzSeconds / 3600);
            double m = 1 + shift.scalePpm * 1e-6;
            return new double[] {
                shift.dxMetres + m * (p[0] - rz * p[1] + ry * p[2]),
                shift.dyMetres + m * (rz * p[0] + p[1] - rx * p[2]),
                shift.dzMetres + m * (-ry * p[0] + rx * p[1] + p[2])
            };
        }
    }
}
