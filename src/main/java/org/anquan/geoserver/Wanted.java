package org.anquan.geoserver;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Compares what should be with what GeoServer says, which adds parts of its own and writes lists of one as the one. */
final class Wanted {
    /** Bounds and other numbers that went through text and back. */
    private static final double SAME = 1e-6;

    private Wanted() {}

    /** Whether every part that is wanted is there. */
    static boolean isIn(JsonNode wanted, JsonNode there) {
        if (wanted.isObject()) {
            if (!there.isObject()) return false;
            for (Map.Entry<String, JsonNode> part : wanted.properties())
                if (!isIn(part.getValue(), there.path(part.getKey()))) return false;
            return true;
        }
        if (wanted.isArray()) {
            if (!there.isArray()) return wanted.size() == 1 && isIn(wanted.get(0), there);
            if (wanted.size() != there.size()) return false;
            Iterator<JsonNode> each = there.iterator();
            for (JsonNode one : wanted) if (!isIn(one, each.next())) return false;
            return true;
        }
        if (wanted.isNumber()) {
            double value = there.isNumber() ? there.asDouble() : parsed(there);
            return Math.abs(wanted.asDouble() - value) <= SAME;
        }
        return !there.isMissingNode()
                && !there.isContainer()
                && wanted.asString().equals(there.asString());
    }

    private static double parsed(JsonNode there) {
        try {
            return Double.parseDouble(there.asString(""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Entries {@code {"@key": …, "$": …}} of a store, in whatever order they come. */
    static Map<String, String> entries(JsonNode parameters) {
        Map<String, String> all = new TreeMap<>();
        JsonNode entries = parameters.path("entry");
        if (entries.isArray())
            for (JsonNode entry : entries)
                all.put(entry.path("@key").asString(""), entry.path("$").asString(""));
        else if (entries.isObject())
            all.put(entries.path("@key").asString(""), entries.path("$").asString(""));
        return all;
    }

    /** Texts of {@code {"string": […]}}, or of the one. */
    static java.util.List<String> strings(JsonNode keywords) {
        java.util.List<String> all = new java.util.ArrayList<>();
        JsonNode given = keywords.path("string");
        if (given.isArray()) given.forEach(one -> all.add(one.asString("")));
        else if (given.isString()) all.add(given.asString());
        return all;
    }
}
