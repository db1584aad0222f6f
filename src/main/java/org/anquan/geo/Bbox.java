package org.anquan.geo;

import org.locationtech.jts.geom.Envelope;

/** A box in degrees, EPSG:4326: west, south, east, north. West is never east of east. */
public record Bbox(double west, double south, double east, double north) {
    public Bbox {
        if (!(west <= east && south <= north))
            throw new IllegalArgumentException(
                    "a box is west,south,east,north; got " + west + "," + south + "," + east + "," + north);
    }

    public static Bbox of(Envelope lonLat) {
        return new Bbox(lonLat.getMinX(), lonLat.getMinY(), lonLat.getMaxX(), lonLat.getMaxY());
    }

    public Envelope envelope() {
        return new Envelope(west, east, south, north);
    }

    public boolean contains(double lon, double lat) {
        return lon >= west && lon <= east && lat >= south && lat <= north;
    }
}
