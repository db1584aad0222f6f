package org.anquan.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A feature on its way into the store.
 *
 * @param id null lets the store make one
 * @param extra JSON object of what the file has and the layer has not, kept aside; null for nothing
 */
public record FeatureDraft(
        @Nullable String id,
        Geometry geometry,
        Map<String, Object> attributes,
        @Nullable String extra) {}
