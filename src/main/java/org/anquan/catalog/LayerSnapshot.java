package org.anquan.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/** All features of a layer at one version, in memory, with an index. Immutable: analyses read it without locks. */
public final class LayerSnapshot {
    private final LayerDefinition definition;
    private final LayerState state;
    private final List<Feature> features;
    private final Map<String, Feature> byId = new HashMap<>();
    private final STRtree index = new STRtree();

    public LayerSnapshot(LayerDefinition definition, LayerState state, List<Feature> features) {
        this.definition = definition;
        this.state = state;
        this.features = List.copyOf(features);
        for (Feature feature : this.features) {
            byId.put(feature.id(), feature);
            index.insert(feature.geometry().getEnvelopeInternal(), feature);
        }
        index.build();
    }

    public LayerDefinition definition() {
        return definition;
    }

    public LayerState state() {
        return state;
    }

    public List<Feature> features() {
        return features;
    }

    public Optional<Feature> feature(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Features whose box meets this one (degrees). */
    public List<Feature> near(Envelope lonLat) {
        List<Feature> found = new ArrayList<>();
        index.query(lonLat, item -> found.add((Feature) item));
        return found;
    }
}
