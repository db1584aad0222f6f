package org.anquan.shelter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.problem.Text;
import org.anquan.process.Provenance.LayerUsed;
import org.jspecify.annotations.Nullable;

/** Shelters in a fixed order, with what the audit reads of each. Immutable. */
public final class ShelterSet {
    private final List<Shelter> all;
    private final Map<String, Map<String, Object>> attributes;
    private final List<LayerUsed> layers;
    private final List<Text> warnings;
    private final Map<String, Shelter> byId = new LinkedHashMap<>();

    ShelterSet(
            List<Shelter> all,
            Map<String, Map<String, Object>> attributes,
            List<LayerUsed> layers,
            List<Text> warnings) {
        this.all = List.copyOf(all);
        this.attributes = attributes;
        this.layers = List.copyOf(layers);
        this.warnings = List.copyOf(warnings);
        for (Shelter shelter : this.all) byId.put(shelter.id(), shelter);
    }

    public List<Shelter> all() {
        return all;
    }

    public Optional<Shelter> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Layers that they come from, for an answer's provenance. */
    public List<LayerUsed> layers() {
        return layers;
    }

    /** What was strange in the data, in words that help. */
    public List<Text> warnings() {
        return warnings;
    }

    public boolean illustrative() {
        return all.stream().anyMatch(Shelter::illustrative);
    }

    /** All attributes of one as the store holds them, whoever asks: not to be shown. */
    Map<String, Object> attributes(Shelter shelter) {
        return attributes.getOrDefault(shelter.id(), Map.of());
    }

    /** The same set, some left out. */
    ShelterSet where(java.util.function.Predicate<Shelter> keep) {
        return new ShelterSet(all.stream().filter(keep).toList(), attributes, layers, warnings);
    }

    @Nullable
    LayerUsed layer() {
        return layers.isEmpty() ? null : layers.get(0);
    }
}
