package org.anquan.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One feature as the store holds it.
 *
 * @param id unique in its layer
 * @param geometry lon, lat in EPSG:4326
 * @param attributes by name: String, Long, Double, Boolean, {@code java.time.LocalDate}, {@code java.time.Instant} or
 *     {@code List<String>}, as the attribute's type says; an unknown value has no entry
 * @param version of this feature: 1 when made, one more at each change
 */
public record Feature(String layer, String id, Geometry geometry, Map<String, Object> attributes, long version) {
    public Feature {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The name, or the id where the name is unknown. */
    public String name() {
        return attributes.get(CommonAttributes.NAME) instanceof String name && !name.isBlank() ? name : id;
    }

    public @Nullable Object get(String attribute) {
        return attributes.get(attribute);
    }

    public @Nullable Double number(String attribute) {
        return attributes.get(attribute) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    public @Nullable String text(String attribute) {
        return attributes.get(attribute) instanceof String text ? text : null;
    }
}
