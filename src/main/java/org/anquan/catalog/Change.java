package org.anquan.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One change to one feature. Attribute values may be in the form of {@link Feature} or as JSON gives them (dates and times
 * as text). {@code expectedVersion} is the version that the editor saw; null changes whatever is there.
 */
public sealed interface Change {
    String layer();

    /** @param id null lets the store make one */
    record Create(String layer, @Nullable String id, Geometry geometry, Map<String, Object> attributes)
            implements Change {
        public Create {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }

    /** Geometry and all attributes anew: what is not named becomes unknown. */
    record Replace(
            String layer, String id, @Nullable Long expectedVersion, Geometry geometry, Map<String, Object> attributes)
            implements Change {
        public Replace {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }

    /**
     * Only what is named.
     *
     * @param geometry null leaves it
     * @param attributes a null value makes the attribute unknown
     */
    record Patch(
            String layer,
            String id,
            @Nullable Long expectedVersion,
            @Nullable Geometry geometry,
            Map<String, @Nullable Object> attributes)
            implements Change {
        public Patch {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }

    record Delete(String layer, String id, @Nullable Long expectedVersion) implements Change {}
}
