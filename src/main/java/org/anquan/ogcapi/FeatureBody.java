package org.anquan.ogcapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.FeatureIds;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;

/**
 * A GeoJSON feature, or a part of one, as it came in.
 *
 * @param id null where none is given
 * @param geometry null where none is given or it cannot be read
 * @param properties null values make unknown
 * @param mistakes of the form; whether the values fit the layer is another question
 */
record FeatureBody(
        @Nullable String id,
        @Nullable Geometry geometry,
        Map<String, @Nullable Object> properties,
        List<Mistake> mistakes) {
    /** What an answer of ours holds may come back. */
    private static final Set<String> MEMBERS =
            new TreeSet<>(Set.of("type", "id", "geometry", "properties", "links", "bbox"));

    /** A whole feature. */
    static FeatureBody whole(JsonNode node, String where) {
        return read(node, where, false);
    }

    /** A merge patch (RFC 7396) of a feature: what is not named stays. */
    static FeatureBody patch(JsonNode node) {
        return read(node, "", true);
    }

    private static FeatureBody read(JsonNode node, String where, boolean part) {
        List<Mistake> mistakes = new ArrayList<>();
        if (!node.isObject()) {
            mistakes.add(new Mistake(stripped(where), Text.of("ogcapi.mistake.notFeature", kind(node))));
            return new FeatureBody(null, null, Map.of(), mistakes);
        }
        for (String name : node.propertyNames())
            if (!MEMBERS.contains(name))
                mistakes.add(new Mistake(where + name, Text.of("ogcapi.mistake.unknownPart", name, MEMBERS)));
        JsonNode type = node.path("type");
        if (!type.asString("").equals("Feature") && !(part && type.isMissingNode()))
            mistakes.add(new Mistake(
                    where + "type",
                    Text.of("ogcapi.mistake.featureType", type.isMissingNode() ? "" : type.toString())));
        return new FeatureBody(
                id(node.path("id"), where, mistakes),
                geometry(node.path("geometry"), where, part, mistakes),
                properties(node.path("properties"), where, part, mistakes),
                mistakes);
    }

    private static String stripped(String where) {
        return where.endsWith(".") ? where.substring(0, where.length() - 1) : where;
    }

    private static Text kind(JsonNode node) {
        return Text.of("ogcapi.kind." + node.getNodeType());
    }

    private static @Nullable String id(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isMissingNode()) return null;
        String id = node.isString() || node.isIntegralNumber() ? node.asString() : "";
        if (FeatureIds.fit(id)) return id;
        mistakes.add(new Mistake(where + "id", Text.of("catalog.value.badId", node.toString())));
        return null;
    }

    private static @Nullable Geometry geometry(JsonNode node, String where, boolean part, List<Mistake> mistakes) {
        if (node.isMissingNode() && part) return null;
        if (node.isMissingNode() || node.isNull()) {
            mistakes.add(new Mistake(where + "geometry", Text.of("catalog.geometry.empty")));
            return null;
        }
        try {
            return GeoJson.read(node);
        } catch (ProblemException e) {
            mistakes.add(new Mistake(where + "geometry", e.detail()));
            return null;
        }
    }

    private static Map<String, @Nullable Object> properties(
            JsonNode node, String where, boolean part, List<Mistake> mistakes) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (node.isMissingNode() && part) return all;
        if (!node.isObject())
            mistakes.add(new Mistake(where + "properties", Text.of("ogcapi.mistake.inputsKind", kind(node))));
        else for (Map.Entry<String, JsonNode> one : node.properties()) all.put(one.getKey(), value(one.getValue()));
        return all;
    }

    /** What no attribute can hold stays JSON, and is refused with its words. */
    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) return null;
        if (node.isString()) return node.asString();
        if (node.isBoolean()) return node.asBoolean();
        if (node.isNumber()) return node.numberValue();
        if (!node.isArray()) return node;
        List<@Nullable Object> many = new ArrayList<>();
        for (JsonNode one : node) many.add(one.isString() ? one.asString() : one);
        return many;
    }
}
