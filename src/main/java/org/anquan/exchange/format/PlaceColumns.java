package org.anquan.exchange.format;

import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that hold the place: one with WKT, and where that is empty or not there one with both
 * coordinates, or x (longitude, easting) and y (latitude, northing).
 */
public record PlaceColumns(
        @Nullable String wkt,
        @Nullable String both,
        @Nullable String x,
        @Nullable String y) {
    /** The table holds no places. */
    public static final PlaceColumns NONE = new PlaceColumns(null, null, null, null);

    public static PlaceColumns wkt(String column) {
        return new PlaceColumns(column, null, null, null);
    }

    public static PlaceColumns both(String column) {
        return new PlaceColumns(null, column, null, null);
    }

    public static PlaceColumns xy(String x, String y) {
        return new PlaceColumns(null, null, x, y);
    }
}
