package org.anquan.geo;

/** Lengths on the ground. */
public final class Distances {
    /** Mean earth radius (IUGG), metres. */
    public static final double EARTH_RADIUS_METRES = 6_371_000;

    private Distances() {}

    /** Great-circle distance in metres (haversine); within 0.5 % of the ellipsoid. Degrees, lon before lat. */
    public static double metres(double lon1, double lat1, double lon2, double lat2) {
        double dLat = Math.toRadians(lat2 - lat1);
        double dLon = Math.toRadians(lon2 - lon1);
        double a = Math.sin(dLat / 2) * Math.sin(dLat / 2)
                + Math.cos(Math.toRadians(lat1))
                        * Math.cos(Math.toRadians(lat2))
                        * Math.sin(dLon / 2)
                        * Math.sin(dLon / 2);
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(a)));
    }
}
