package org.anquan.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The derived attributes of a layer's features. */
public final class DerivedValues {
    private DerivedValues() {}

    /** The attributes of a layer that follow from others. */
    public static List<AttributeDefinition> of(LayerDefinition layer) {
        List<AttributeDefinition> all = new ArrayList<>(0);
        for (AttributeDefinition attribute : layer.attributes()) if (attribute.derivation() != null) all.add(attribute);
        return all;
    }

    /** The same values without the derived ones. */
    public static <V extends @Nullable Object> Map<String, V> without(LayerDefinition layer, Map<String, V> values) {
        List<AttributeDefinition> derived = of(layer);
        if (derived.isEmpty()) return values;
        Map<String, V> rest = new LinkedHashMap<>(values);
        derived.forEach(attribute -> rest.remove(attribute.name()));
        return rest;
    }

    /** Kept values with the derived ones worked out, in the order of the definition. */
    public static Map<String, Object> with(LayerDefinition layer, Map<String, Object> kept) {
        List<AttributeDefinition> derived = of(layer);
        if (derived.isEmpty()) return kept;
        Map<String, Object> values = new LinkedHashMap<>(kept);
        for (AttributeDefinition attribute : derived) {
            values.remove(attribute.name());
            Object value = value(attribute, values);
            if (value != null) values.put(attribute.name(), value);
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = values.get(attribute.name());
            if (value != null) ordered.put(attribute.name(), value);
        }
        return ordered;
    }

    private static @Nullable Object value(AttributeDefinition attribute, Map<String, Object> values) {
        Derivation derivation = attribute.derivation();
        Object value = derivation == null ? null : derivation.value(values);
        // A result beyond the attribute's own limits says that the inputs are wrong: better unknown.
        return value == null ? null : AttributeValues.check(attribute, value).value();
    }

    /** Whether a given value is the one that the formula gives, but for rounding in a file. */
    static boolean same(@Nullable Object given, @Nullable Object derived) {
        if (given instanceof Number a && derived instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(y));
        }
        return given == null || given.equals(derived);
    }
}
