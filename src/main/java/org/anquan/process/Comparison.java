package org.anquan.process;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is different between two answers to one question. A number becomes how much it grew (before + difference = after),
 * parts that are alike are left out, lists of things with an {@code id} become {@code added}, {@code removed} and
 * {@code changed}, and lists of numbers of one length are taken place by place. Where a number came or went, or a word
 * changed, stand {@code before} and {@code after}.
 */
public final class Comparison {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What says where an answer comes from is no part of what it says. */
    private static final Set<String> ORIGIN = Set.of("inputs", "data", "warnings", "computedMillis");
    /** Lines and areas are drawn, not subtracted. */
    private static final Set<String> SHAPES = Set.of("geometry", "coordinates", "bbox");

    private Comparison() {}

    public static ObjectNode of(JsonNode before, JsonNode after) {
        ObjectNode difference = JSON.objectNode();
        for (String name : names(before, after)) {
            if (ORIGIN.contains(name)) continue;
            JsonNode one = between(before.path(name), after.path(name));
            if (one != null) difference.set(name, one);
        }
        return difference;
    }

    /** Null where nothing is different. */
    private static @Nullable JsonNode between(JsonNode before, JsonNode after) {
        if (before.equals(after)) return null;
        if (before.isNumber() && after.isNumber()) {
            BigDecimal grown = after.decimalValue().subtract(before.decimalValue());
            return grown.signum() == 0 ? null : JSON.numberNode(grown.stripTrailingZeros());
        }
        if (before.isObject() && after.isObject()) return objects(before, after);
        if (before.isArray() && after.isArray()) return lists((ArrayNode) before, (ArrayNode) after);
        ObjectNode both = JSON.objectNode();
        both.set("before", known(before));
        both.set("after", known(after));
        return both;
    }

    private static JsonNode known(JsonNode node) {
        return node.isMissingNode() ? JSON.nullNode() : node;
    }

    private static @Nullable JsonNode objects(JsonNode before, JsonNode after) {
        ObjectNode difference = JSON.objectNode();
        for (String name : names(before, after)) {
            if (SHAPES.contains(name)) continue;
            JsonNode one = between(before.path(name), after.path(name));
            if (one != null) difference.set(name, one);
        }
        return difference.isEmpty() ? null : difference;
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        return names;
    }

    private static @Nullable JsonNode lists(ArrayNode before, ArrayNode after) {
        Map<String, JsonNode> had = byId(before);
        Map<String, JsonNode> has = byId(after);
        if (had != null && has != null) return byId(had, has);
        if (before.size() == after.size() && !before.isEmpty()) return placeByPlace(before, after);
        ObjectNode both = JSON.objectNode();
        both.put("sizeBefore", before.size());
        both.put("sizeAfter", after.size());
        return both;
    }

    /** Null where the list is not one of things with ids of their own. */
    private static @Nullable Map<String, JsonNode> byId(ArrayNode list) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (JsonNode one : list) {
            JsonNode id = one.has("id") ? one.get("id") : one.path("properties").path("facilityId");
            if (id.isMissingNode() || all.put(id.asString(""), one) != null) return null;
        }
        return all;
    }

    private static @Nullable JsonNode byId(Map<String, JsonNode> had, Map<String, JsonNode> has) {
        ObjectNode difference = JSON.objectNode();
        ArrayNode added = JSON.arrayNode();
        ArrayNode removed = JSON.arrayNode();
        ArrayNode changed = JSON.arrayNode();
        has.forEach((id, one) -> {
            if (!had.containsKey(id)) added.add(withoutShape(one));
        });
        had.forEach((id, one) -> {
            JsonNode now = has.get(id);
            if (now == null) {
                removed.add(withoutShape(one));
                return;
            }
            JsonNode what = between(one, now);
            if (what == null) return;
            ObjectNode entry = JSON.objectNode().put("id", id);
            if (now.has("name")) entry.set("name", now.get("name"));
            if (what instanceof ObjectNode parts) entry.setAll(parts);
            else entry.set("difference", what);
            changed.add(entry);
        });
        if (!added.isEmpty()) difference.set("added", added);
        if (!removed.isEmpty()) difference.set("removed", removed);
        if (!changed.isEmpty()) difference.set("changed", changed);
        return difference.isEmpty() ? null : difference;
    }

    private static JsonNode withoutShape(JsonNode one) {
        if (!(one instanceof ObjectNode whole)) return one;
        ObjectNode rest = whole.deepCopy();
        rest.remove(java.util.List.copyOf(SHAPES));
        return rest;
    }

    private static @Nullable JsonNode placeByPlace(ArrayNode before, ArrayNode after) {
        ArrayNode all = JSON.arrayNode();
        boolean some = false;
        for (int i = 0; i < before.size(); i++) {
            JsonNode one = between(before.get(i), after.get(i));
            some |= one != null;
            boolean numbers = before.get(i).isNumber() && after.get(i).isNumber();
            all.add(one != null ? one : numbers ? JSON.numberNode(0) : JSON.nullNode());
        }
        return some ? all : null;
    }
}
