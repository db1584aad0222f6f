package org.anquan.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files give values of derived attributes too. They are compared with what the formula gives; where they differ, the file's
 * value goes to the attribute that the definition names for it, or else aside, and is counted.
 */
final class GivenDerived {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LayerDefinition layer;
    private final List<AttributeDefinition> derived;
    private final Map<String, Long> differing = new LinkedHashMap<>();
    /** Of the feature that was settled last: it may still be refused. */
    private final List<String> last = new ArrayList<>();

    GivenDerived(LayerDefinition layer) {
        this.layer = layer;
        this.derived = DerivedValues.of(layer);
    }

    /** How many features came with another value than the formula gives, by attribute. */
    Map<String, Long> differing() {
        return Map.copyOf(differing);
    }

    /** The feature that was settled last was taken. */
    void taken() {
        for (String attribute : last) differing.merge(attribute, 1L, Long::sum);
        last.clear();
    }

    private boolean given(Map<String, Object> attributes) {
        for (AttributeDefinition attribute : derived) if (attributes.get(attribute.name()) != null) return true;
        return false;
    }

    FeatureDraft settled(FeatureDraft draft) {
        last.clear();
        if (derived.isEmpty() || !given(draft.attributes())) return draft;
        Map<String, Object> attributes = new LinkedHashMap<>(draft.attributes());
        Map<String, Object> aside = new LinkedHashMap<>();
        settle(attributes, attributes, aside);
        return new FeatureDraft(draft.id(), draft.geometry(), attributes, with(draft.extra(), aside));
    }

    /** The same for a change of a feature that is there; what has no place to go is only counted. */
    Map<String, Object> settled(Map<String, Object> attributes, Map<String, Object> before) {
        last.clear();
        if (derived.isEmpty() || !given(attributes)) return attributes;
        Map<String, Object> changed = new LinkedHashMap<>(attributes);
        Map<String, Object> whole = new LinkedHashMap<>(before);
        whole.putAll(attributes);
        settle(changed, whole, new LinkedHashMap<>());
        return changed;
    }

    private void settle(Map<String, Object> attributes, Map<String, Object> whole, Map<String, Object> aside) {
        Map<String, Object> known = new LinkedHashMap<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            Object value = attribute.derivation() == null ? whole.get(attribute.name()) : null;
            Object kept = value == null
                    ? null
                    : AttributeValues.check(attribute, value).value();
            if (kept != null) known.put(attribute.name(), kept);
        }
        Map<String, Object> result = DerivedValues.with(layer, known);
        for (AttributeDefinition attribute : derived) {
            Object value = attributes.remove(attribute.name());
            if (value == null) continue;
            Object kept = AttributeValues.check(attribute, value).value();
            Object given = kept == null ? value : kept;
            if (DerivedValues.same(given, result.get(attribute.name()))) continue;
            last.add(attribute.name());
            String stated = attribute.derivation() == null
                    ? null
                    : attribute.derivation().stated();
            if (stated != null && kept != null && whole.get(stated) == null) attributes.put(stated, kept);
            else aside.put(attribute.name(), given);
        }
    }

    /** @param extra JSON of an object, or null */
    static @Nullable String with(@Nullable String extra, Map<String, Object> more) {
        if (more.isEmpty()) return extra;
        ObjectNode node =
                extra != null && JSON.readTree(extra) instanceof ObjectNode known ? known : JSON.createObjectNode();
        more.forEach((name, value) -> {
            if (node.has(name)) return;
            if (value instanceof Number || value instanceof Boolean || value instanceof List)
                node.set(name, JSON.valueToTree(value));
            else node.put(name, value.toString());
        });
        return node.toString();
    }
}
