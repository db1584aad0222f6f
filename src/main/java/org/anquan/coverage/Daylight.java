package org.anquan.coverage;

import java.time.Instant;

/**
 * Whether the sun is up at a place: its height by the low-precision formulas of the Astronomical Almanac (page C5; good to
 * about 0.01° from 1950 to 2050), with refraction and the sun's own size (sunrise at −0.833°).
 */
final class Daylight {
    private static final double SUNRISE_DEGREES = -0.833;
    private static final double J2000_MILLIS = 946_728_000_000.0;

    private Daylight() {}

    static boolean at(double lon, double lat, Instant when) {
        return sunDegrees(lon, lat, when) > SUNRISE_DEGREES;
    }

    /** Height of the sun's middle above the horizon, without refraction. */
    static double sunDegrees(double lon, double lat, Instant when) {
        double days = (when.toEpochMilli() - J2000_MILLIS) / 86_400_000;
        double meanLongitude = 280.460 + 0.9856474 * days;
        double anomaly = Math.toRadians(357.528 + 0.9856003 * days);
        double ecliptic = Math.toRadians(meanLongitude + 1.915 * Math.sin(anomaly) + 0.020 * Math.sin(2 * anomaly));
        double obliquity = Math.toRadians(23.439 - 0.0000004 * days);
        double rightAscension =
                Math.toDegrees(Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic)));
        double declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
        double siderealDegrees = 280.46062 + 360.98564737 * days + lon;
        double hourAngle = Math.toRadians(siderealDegrees - rightAscension);
        double phi = Math.toRadians(lat);
        return Math.toDegrees(Math.asin(
                Math.sin(phi) * Math.sin(declination) + Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle)));
    }
}
