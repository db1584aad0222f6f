package org.anquan.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeaturePage;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Title;
import org.locationtech.jts.geom.Geometry;

/** A catalogue with one layer, {@code flood_channel}, that holds the geometries given. */
record NoLayers(List<Geometry> channels) implements Layers {
    private static final LayerDefinition CHANNEL = new LayerDefinition(
            "flood_channel",
            new Title("行洪沟", "Flood channels"),
            "hazard",
            10,
            GeometryKind.LINE,
            Sensitivity.PUBLIC,
            CommonAttributes.ALL);

    @Override
    public List<LayerDefinition> definitions() {
        return List.of(CHANNEL);
    }

    @Override
    public LayerDefinition definition(String layer) {
        return CHANNEL;
    }

    @Override
    public LayerState state(String layer) {
        return new LayerState(layer, 1, channels.size(), null, null, null, true);
    }

    @Override
    public FeaturePage find(FeatureQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Feature> get(String layer, String id) {
        return snapshot(layer).feature(id);
    }

    @Override
    public LayerSnapshot snapshot(String layer) {
        List<Feature> features = channels.stream()
                .map(g -> new Feature(layer, "c" + channels.indexOf(g), g, Map.of("name", "沟"), 1))
                .toList();
        return new LayerSnapshot(CHANNEL, state(layer), features);
    }
}
