package org.anquan.shelter;

import java.util.List;
import java.util.Map;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the audit, as a YAML file writes it.
 *
 * @param when attribute and condition; all must hold
 * @param measure what is measured; null where {@code near} says it
 * @param near distance to features of layers; null where {@code measure} says what is measured
 * @param all facilities that are needed; empty for rules with a limit
 * @param weight 3 people are in danger, 2 it cannot be used as meant, 1 equipment
 * @param mend what to do where it fails
 */
record Rule(
        String id,
        Title title,
        Map<String, When> when,
        @Nullable String measure,
        @Nullable Near near,
        List<String> all,
        Limit limit,
        Norm norm,
        int weight,
        Title mend) {
    /** An attribute that has one of some values, or lies above one number and up to another. */
    record When(List<Object> values, double above, double upTo) {}

    /**
     * @param where attribute and values of the features that count
     * @param unknownToo whether those count whose attribute is unknown
     * @param accuracy attribute of the feature that says how exact its place is, metres; null for none
     */
    record Near(
            List<String> layers,
            Map<String, List<Object>> where,
            boolean unknownToo,
            @Nullable String accuracy) {}

    /** How the measured value is held against the norm's. */
    enum Limit {
        AT_LEAST,
        MORE_THAN,
        AT_MOST;

        boolean holds(double value, double limit) {
            return switch (this) {
                case AT_LEAST -> value >= limit;
                case MORE_THAN -> value > limit;
                case AT_MOST -> value <= limit;
            };
        }

        String sign() {
            return switch (this) {
                case AT_LEAST -> "≥";
                case MORE_THAN -> ">";
                case AT_MOST -> "≤";
            };
        }
    }
}
