package org.anquan.sample;

import java.util.List;
import org.anquan.geo.Distances;
import org.locationtech.jts.geom.Coordinate;

/**
 * The plane on which the sample is laid out: x east and y north of 105°E 32°N, metres, true to 0.2 % within the
 * district. Whatever is written is first brought to whole millionths of a degree (about 0.1 m). All sines come from
 * {@link StrictMath}, so that every machine makes the same files.
 */
final class Ground {
    private static final double WEST = 105;
    private static final double SOUTH = 32;
    private static final double MICRO = 1e6;
    private static final double METRES_PER_LAT = Distances.EARTH_RADIUS_METRES * Math.PI / 180;
    private static final double METRES_PER_LON = METRES_PER_LAT * StrictMath.cos(Math.toRadians(32.45));

    private Ground() {}

    /** From thousandths of a degree above 105°E 32°N, as the facts are given. */
    static Coordinate at(double eastThousandths, double northThousandths) {
        return onGrid(
                new Coordinate(eastThousandths / 1000 * METRES_PER_LON, northThousandths / 1000 * METRES_PER_LAT));
    }

    static double lon(Coordinate at) {
        return Math.round((WEST + at.x / METRES_PER_LON) * MICRO) / MICRO;
    }

    static double lat(Coordinate at) {
        return Math.round((SOUTH + at.y / METRES_PER_LAT) * MICRO) / MICRO;
    }

    /** The nearest place that can be written. */
    static Coordinate onGrid(Coordinate at) {
        return ofLonLat(lon(at), lat(at));
    }

    static Coordinate ofLonLat(double lon, double lat) {
        return new Coordinate((lon - WEST) * METRES_PER_LON, (lat - SOUTH) * METRES_PER_LAT);
    }

    /** Great-circle length, metres; the formula of {@link Distances} with {@link StrictMath}. */
    static double metres(Coordinate a, Coordinate b) {
        double latA = Math.toRadians(lat(a));
        double latB = Math.toRadians(lat(b));
        double sinLat = StrictMath.sin((latB - latA) / 2);
        double sinLon = StrictMath.sin(Math.toRadians(lon(b) - lon(a)) / 2);
        double h = sinLat * sinLat + StrictMath.cos(latA) * StrictMath.cos(latB) * sinLon * sinLon;
        return 2 * Distances.EARTH_RADIUS_METRES * StrictMath.asin(Math.sqrt(h));
    }

    static double metres(List<Coordinate> line) {
        double sum = 0;
        for (int i = 1; i < line.size(); i++) sum += metres(line.get(i - 1), line.get(i));
        return sum;
    }
}
