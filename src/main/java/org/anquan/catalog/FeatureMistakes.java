package org.anquan.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException.Mistake;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Says all that is wrong with a GeoJSON feature before anything is written, by its paths in the GeoJSON. */
public final class FeatureMistakes {
    private static final String GEOMETRY = "geometry";

    private FeatureMistakes() {}

    /**
     * @param where put before each path: {@code features[2].}
     * @param geometry null where it is known to be unreadable, and is not looked at
     */
    public static List<Mistake> of(
            LayerDefinition layer,
            String where,
            @Nullable Geometry geometry,
            Map<String, ? extends @Nullable Object> attributes) {
        return of(layer, where, geometry, attributes, null);
    }

    /** The same, of a change to a feature that is there. */
    public static List<Mistake> of(
            LayerDefinition layer,
            String where,
            @Nullable Geometry geometry,
            Map<String, ? extends @Nullable Object> attributes,
            @Nullable Feature before) {
        Geometry looked = geometry == null ? GeoJson.FACTORY.createPoint() : geometry;
        List<Mistake> all = new ArrayList<>();
        for (Mistake mistake :
                FeatureRules.check(layer, "", looked, attributes, before).mistakes()) {
            boolean ofGeometry = mistake.where().equals(GEOMETRY);
            if (ofGeometry && geometry == null) continue;
            all.add(new Mistake(where + (ofGeometry ? "" : "properties.") + mistake.where(), mistake.what()));
        }
        return all;
    }
}
