package org.anquan.doctor;

import java.util.Map;
import org.anquan.catalog.Feature;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What mending does to one feature, as it was when it was examined.
 *
 * @param geometry the new one; null leaves it
 * @param attributes new values by name; the others stay
 * @param delete whether the feature goes
 */
record FeatureMend(Feature feature, @Nullable Geometry geometry, Map<String, Object> attributes, boolean delete) {
    static FeatureMend move(Feature feature, Geometry geometry) {
        return new FeatureMend(feature, geometry, Map.of(), false);
    }

    static FeatureMend set(Feature feature, Map<String, Object> attributes) {
        return new FeatureMend(feature, null, attributes, false);
    }

    static FeatureMend remove(Feature feature) {
        return new FeatureMend(feature, null, Map.of(), true);
    }
}
