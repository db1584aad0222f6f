package org.anquan.ogcapi;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeaturePage;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.Bbox;
import org.anquan.geo.GeoJson;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.predicate.RectangleIntersects;
import org.springframework.stereotype.Component;

/**
 * Finds pages of features. The database answers where its box test is exact: without a box, and for points. A line's or
 * polygon's own box may meet the one asked for while the geometry passes it by, and a box over the antimeridian is two:
 * there the layer in memory is asked, whose index and rectangle test are exact.
 */
@Component
final class Features {
    private final Layers layers;

    Features(Layers layers) {
        this.layers = layers;
    }

    FeaturePage find(LayerDefinition layer, ItemsQuery asked) {
        boolean exact = layer.geometry() == GeometryKind.POINT && asked.boxes().size() == 1;
        Instant at = asked.at();
        if (!asked.boxes().isEmpty() && !exact)
            return inMemory(at == null ? layers.snapshot(layer.id()) : layers.snapshot(layer.id(), at), asked);
        Bbox box = asked.boxes().isEmpty() ? null : asked.boxes().get(0);
        return layers.find(query(layer, box, asked));
    }

    private static FeatureQuery query(LayerDefinition layer, @Nullable Bbox box, ItemsQuery asked) {
        return new FeatureQuery(
                layer.id(), box, asked.filter(), asked.ids(), asked.sort(), asked.limit(), asked.offset(), asked.at());
    }

    private static FeaturePage inMemory(LayerSnapshot snapshot, ItemsQuery asked) {
        Map<String, Feature> found = new HashMap<>();
        for (Bbox box : asked.boxes()) {
            Geometry around = GeoJson.FACTORY.toGeometry(box.envelope());
            for (Feature feature : snapshot.near(box.envelope())) {
                boolean wanted = asked.ids().isEmpty() || asked.ids().contains(feature.id());
                if (wanted && meets(around, feature.geometry()) && matches(asked, feature))
                    found.put(feature.id(), feature);
            }
        }
        return FeaturePage.of(found.values(), query(snapshot.definition(), null, asked));
    }

    private static boolean matches(ItemsQuery asked, Feature feature) {
        return asked.filter() == null || asked.filter().matches(feature);
    }

    /** A box without width or height is a line or a point, which the rectangle test does not know. */
    private static boolean meets(Geometry box, Geometry geometry) {
        return box instanceof Polygon rectangle
                ? RectangleIntersects.intersects(rectangle, geometry)
                : box.intersects(geometry);
    }
}
