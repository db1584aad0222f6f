package org.anquan.exchange.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One record of a file.
 *
 * @param row as a person counts it in that file: the Excel row, the line where a CSV record begins, else the number of
 *     the feature, from 1
 * @param values by column name; what is unknown is not in it
 * @param geometry in source coordinates, x east and y north, heights left out; null where there is none
 * @param problems what is wrong with this record; empty for a good one
 */
public record SourceRecord(
        long row, Map<String, Object> values, @Nullable Geometry geometry, List<Problem> problems) {
    /**
     * @param column null where the record as a whole is meant
     * @param value as it stands in the file, shortened
     * @param mended whether the record could be read all the same, as the reason says
     */
    public record Problem(@Nullable String column, @Nullable String value, Text reason, boolean mended) {
        private static final int LONGEST_VALUE = 200;

        static Problem refused(@Nullable String column, @Nullable Object value, Text reason) {
            return new Problem(column, shortened(value), reason, false);
        }

        static Problem mended(@Nullable String column, @Nullable Object value, Text reason) {
            return new Problem(column, shortened(value), reason, true);
        }

        private static @Nullable String shortened(@Nullable Object value) {
            if (value == null) return null;
            String text = value.toString();
            return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
        }
    }

    public SourceRecord {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        problems = List.copyOf(problems);
    }

    /** Whether nothing stands in the way of taking the record. */
    public boolean isGood() {
        return problems.stream().allMatch(Problem::mended);
    }
}
