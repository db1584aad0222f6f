package org.anquan.shelter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;

/** Which township a place lies in, by the outlines of a layer. Immutable. */
final class Townships {
    private final LayerSnapshot layer;
    private final Map<String, Feature> byWord = new LinkedHashMap<>();
    private final Map<String, IndexedPointInAreaLocator> locators = new LinkedHashMap<>();

    Townships(LayerSnapshot layer) {
        this.layer = layer;
        for (Feature feature : layer.features()) {
            byWord.putIfAbsent(feature.id(), feature);
            byWord.putIfAbsent(feature.name(), feature);
            if (feature.geometry() instanceof Polygonal && !feature.geometry().isEmpty())
                locators.put(feature.id(), new IndexedPointInAreaLocator(feature.geometry()));
        }
    }

    long version() {
        return layer.state().version();
    }

    List<Feature> all() {
        return layer.features();
    }

    /** Name of the township: as a record names it (by name or id), else the one that the place lies in, else null. */
    @Nullable
    String of(@Nullable Object named, double lon, double lat) {
        if (named instanceof String word && !word.isBlank()) {
            Feature known = byWord.get(word);
            return known == null ? word : known.name();
        }
        Coordinate at = new Coordinate(lon, lat);
        for (Feature feature : layer.near(new Envelope(at))) {
            IndexedPointInAreaLocator inside = locators.get(feature.id());
            if (inside != null && inside.locate(at) != Location.EXTERIOR) return feature.name();
        }
        return null;
    }
}
