package org.anquan.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.DefinitionFiles.Source;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition as the store keeps it, beside the tables that follow from it: JSON, which is YAML too, with all that a
 * layer's file can say. Two definitions are the same where their texts are.
 */
final class DefinitionText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private DefinitionText() {}

    static String of(LayerDefinition layer) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", layer.id());
        node.set("title", title(layer.title()));
        node.put("group", layer.group());
        if (layer.order() != Integer.MAX_VALUE) node.put("order", layer.order());
        node.put("geometry", lower(layer.geometry()));
        node.put("sensitivity", lower(layer.sensitivity()));
        ArrayNode attributes = node.putArray("attributes");
        for (AttributeDefinition attribute : layer.attributes())
            if (!CommonAttributes.ALL.contains(attribute)) attributes.add(attribute(attribute));
        texts(node, "search", layer.search());
        return node.toString();
    }

    /** Empty where this version of the software does not understand it any more. */
    static Optional<LayerDefinition> read(String layer, String text) {
        return new DefinitionReader(new Source("store", layer, text), new java.util.ArrayList<>()).definition();
    }

    private static ObjectNode attribute(AttributeDefinition attribute) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", attribute.name());
        node.set("title", title(attribute.title()));
        node.put("type", lower(attribute.type()));
        if (attribute.unit() != null) node.put("unit", attribute.unit());
        if (!attribute.values().isEmpty()) {
            ArrayNode values = node.putArray("values");
            for (AttributeDefinition.AllowedValue value : attribute.values())
                values.addObject()
                        .put("value", value.value())
                        .put("zh", value.title().zh())
                        .put("en", value.title().en());
        }
        if (attribute.min() != null) node.put("min", attribute.min());
        if (attribute.max() != null) node.put("max", attribute.max());
        if (attribute.required()) node.put("required", true);
        node.put("sensitivity", lower(attribute.sensitivity()));
        if (attribute.source() != null) node.put("source", attribute.source());
        if (!attribute.aliases().isEmpty()) texts(node, "aliases", attribute.aliases());
        Title note = attribute.note();
        if (note != null) node.set("note", title(note));
        Derivation derivation = attribute.derivation();
        if (derivation != null) node.set("derived", derived(derivation));
        return node;
    }

    private static ObjectNode derived(Derivation derivation) {
        ObjectNode node = JSON.createObjectNode();
        node.put("formula", derivation.formula());
        ObjectNode tables = JSON.createObjectNode();
        derivation.tables().forEach((name, table) -> {
            ObjectNode entries = tables.putObject(name);
            table.steps().forEach((from, result) -> entries.put(from.toString(), result));
            table.texts().forEach(entries::put);
        });
        if (!tables.isEmpty()) node.set("tables", tables);
        Map<Double, String> classes = derivation.classes();
        if (!classes.isEmpty()) {
            ObjectNode entries = node.putObject("classes");
            new java.util.TreeMap<>(classes).forEach((result, value) -> entries.put(result.toString(), value));
        }
        node.set("words", title(derivation.words()));
        node.put("clause", derivation.clause());
        if (derivation.stated() != null) node.put("stated", derivation.stated());
        return node;
    }

    private static ObjectNode title(Title title) {
        return JSON.createObjectNode().put("zh", title.zh()).put("en", title.en());
    }

    private static void texts(ObjectNode node, String key, List<String> texts) {
        ArrayNode array = node.putArray(key);
        texts.forEach(array::add);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
