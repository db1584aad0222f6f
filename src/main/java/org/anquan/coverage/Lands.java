package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.terrain.TerrainData;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What is known of the land: heights and land cover that were loaded, and the layers of water. */
@Component
class Lands {
    /** Nothing is known. */
    static final Lands EVEN = new Lands();

    private final @Nullable TerrainData data;
    private final @Nullable Layers layers;
    private final CoverageSettings.@Nullable Land settings;

    @Autowired
    Lands(CoverageSettings settings, Layers layers, TerrainData data) {
        this.settings = settings.land();
        this.layers = layers;
        this.data = data;
    }

    /** Of even ground. */
    Lands() {
        settings = null;
        layers = null;
        data = null;
    }

    /** Changes when any of it does. */
    String version() {
        if (data == null || layers == null || settings == null) return "";
        StringBuilder version = new StringBuilder(data.version(TerrainData.Kind.DEM))
                .append('|')
                .append(data.version(TerrainData.Kind.LAND_COVER));
        for (String layer : water(layers, settings))
            version.append('|').append(layer).append(layers.state(layer).version());
        return version.toString();
    }

    @Nullable
    Relief relief(RoadAccess access) {
        if (data == null || layers == null || settings == null) return null;
        List<Geometry> water = new ArrayList<>();
        for (String layer : water(layers, settings))
            for (Feature feature : layers.snapshot(layer).features())
                if (!feature.geometry().isEmpty() && !Boolean.TRUE.equals(feature.get(settings.fordable())))
                    water.add(feature.geometry());
        return Relief.of(access, data, water, settings);
    }

    /** The configured layers that are there and hold anything. */
    private static List<String> water(Layers layers, CoverageSettings.Land settings) {
        List<String> known =
                layers.definitions().stream().map(LayerDefinition::id).toList();
        return settings.water().stream()
                .filter(known::contains)
                .filter(layer -> layers.state(layer).count() > 0)
                .toList();
    }
}
