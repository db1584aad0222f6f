package org.anquan.geo;

/** A place on the ground: longitude, then latitude, degrees, EPSG:4326 (CGCS2000 is taken as equal). */
public record LonLat(double lon, double lat) {
    public LonLat {
        if (!(lon >= -180 && lon <= 180))
            throw new IllegalArgumentException("longitude " + lon + " is not in -180..180");
        if (!(lat >= -90 && lat <= 90)) throw new IllegalArgumentException("latitude " + lat + " is not in -90..90");
    }
}
