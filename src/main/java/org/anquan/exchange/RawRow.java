package org.anquan.exchange;

import java.util.Map;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;

/**
 * One row as the file has it.
 *
 * @param number as the report calls it
 * @param id that the format itself gives a row, or null
 * @param geometry GeoJSON, or null where the format has none of its own or it is missing
 * @param shape lon, lat; for formats whose geometries are read already
 * @param values by column: String, or JsonNode where the file is JSON; blanks and nulls are left out
 * @param unreadable why the row could not be read at all, or null
 */
record RawRow(
        long number,
        @Nullable String id,
        @Nullable JsonNode geometry,
        @Nullable Geometry shape,
        Map<String, Object> values,
        @Nullable Text unreadable) {
    RawRow(
            long number,
            @Nullable String id,
            @Nullable JsonNode geometry,
            Map<String, Object> values,
            @Nullable Text unreadable) {
        this(number, id, geometry, null, values, unreadable);
    }

    static RawRow unreadable(long number, Text why) {
        return new RawRow(number, null, null, Map.of(), why);
    }

    /** What stands in a column, as text. */
    static String text(Object value) {
        return value instanceof JsonNode node
                ? (node.isString() ? node.asString() : node.toString())
                : String.valueOf(value);
    }

    /** Takes the rows of a file, one by one. */
    interface Taker {
        void take(RawRow row);
    }
}
