package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.coverage.CoverageSettings.Land.Water;
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
        for (Water water : water(layers, settings))
            version.append('|')
                    .append(water.layer())
                    .append(layers.state(water.layer()).version());
        if (there(layers, settings.crossings()))
            version.append('|').append(layers.state(settings.crossings()).version());
        return version.toString();
    }

    @Nullable
    Relief relief(RoadAccess access) {
        if (data == null || layers == null || settings == null) return null;
        List<Geometry> water = new ArrayList<>();
        for (Water one : water(layers, settings)) water.addAll(barring(layers, one, settings));
        return Relief.of(access, data, water, water.isEmpty() ? List.of() : crossings(layers, settings), settings);
    }

    /** What nobody walks through, of one layer. */
    static List<Geometry> barring(Layers layers, Water of, CoverageSettings.Land settings) {
        LayerSnapshot snapshot = layers.snapshot(of.layer());
        Filter filter = of.filter() == null ? null : Filters.parse(of.filter(), snapshot.definition());
        return snapshot.features().stream()
                .filter(one -> !one.geometry().isEmpty())
                .filter(one -> filter == null || filter.matches(one))
                .filter(one -> !Boolean.TRUE.equals(one.get(settings.fordable())))
                .map(Feature::geometry)
                .toList();
    }

    private static List<Relief.Crossing> crossings(Layers layers, CoverageSettings.Land settings) {
        List<Relief.Crossing> all = new ArrayList<>();
        if (!there(layers, settings.crossings())) return all;
        for (Feature feature : layers.snapshot(settings.crossings()).features()) {
            if (feature.geometry().isEmpty() || Boolean.TRUE.equals(feature.get("closed"))) continue;
            Object length = feature.get("lengthM");
            all.add(new Relief.Crossing(
                    feature.geometry(), length instanceof Number number ? number.doubleValue() : 0));
        }
        return all;
    }

    /** The configured layers that are there and hold anything. */
    static List<Water> water(Layers layers, CoverageSettings.Land settings) {
        return settings.water().stream()
                .filter(water -> there(layers, water.layer())
                        && layers.state(water.layer()).count() > 0)
                .toList();
    }

    private static boolean there(Layers layers, String id) {
        return layers.definitions().stream().anyMatch(layer -> layer.id().equals(id));
    }
}
