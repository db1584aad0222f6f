package org.anquan.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The definitions that the tables follow, and what stands in the way of others; immutable. */
final class DefinitionsInForce {
    static final DefinitionsInForce NONE = new DefinitionsInForce(List.of(), List.of());

    private final List<LayerDefinition> definitions;
    private final Map<String, LayerDefinition> byId = new LinkedHashMap<>();
    private final List<DefinitionProblem> unfit;
    /** Layers whose table another process brought in step with another definition. */
    private final List<LayerDefinition> other;

    DefinitionsInForce(List<LayerDefinition> definitions, List<DefinitionProblem> unfit) {
        this(definitions, unfit, List.of());
    }

    private DefinitionsInForce(
            List<LayerDefinition> definitions, List<DefinitionProblem> unfit, List<LayerDefinition> other) {
        this.definitions = List.copyOf(definitions);
        this.unfit = List.copyOf(unfit);
        this.other = List.copyOf(other);
        for (LayerDefinition definition : definitions) byId.put(definition.id(), definition);
    }

    List<LayerDefinition> definitions() {
        return definitions;
    }

    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    @Nullable
    LayerDefinition find(String layer) {
        return byId.get(layer);
    }

    List<DefinitionProblem> problems() {
        List<DefinitionProblem> all = new ArrayList<>(unfit);
        for (LayerDefinition layer : other)
            all.add(new DefinitionProblem(
                    layer.id(),
                    layer.title(),
                    ProblemException.unavailable("catalog.otherDefinition", layer.title(), layer.id())));
        return all;
    }

    /** @param stored by layer, the definition that its table follows */
    List<LayerDefinition> differing(Map<String, String> stored) {
        return definitions.stream()
                .filter(layer -> {
                    String text = stored.get(layer.id());
                    boolean old =
                            unfit.stream().anyMatch(problem -> problem.layer().equals(layer.id()));
                    return text != null && !old && !text.equals(DefinitionText.of(layer));
                })
                .toList();
    }

    boolean anyOther() {
        return !other.isEmpty();
    }

    boolean isOther(List<LayerDefinition> layers) {
        return other.equals(layers);
    }

    DefinitionsInForce withOther(List<LayerDefinition> layers) {
        return new DefinitionsInForce(definitions, unfit, layers);
    }

    LayerFiles.Reloaded since(DefinitionsInForce before) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>(before.byId.keySet());
        removed.removeAll(byId.keySet());
        for (LayerDefinition now : definitions) {
            LayerDefinition old = before.find(now.id());
            if (old == null) added.add(now.id());
            else if (old != now) changed.add(now.id());
        }
        return new LayerFiles.Reloaded(added, changed, removed, problems());
    }
}
