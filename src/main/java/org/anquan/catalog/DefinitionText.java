package org.anquan.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.DefinitionFiles.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition as the store keeps it, beside the tables that follow from it: JSON, which is YAML too, with all that a
 * layer's file can say and, unlike a file, with the common attributes: the text names every attribute that the table has,
 * so that a version of the software with more of them adds their columns. Two definitions are the same where their texts
 * are.
 *
 * <p>A text without {@link #FORM} is of an older version, which left out the common attributes and had the five of
 * {@link CommonAttributes#BEFORE_TEXTS_NAMED_THEM}. That version does not understand a text with it: it goes by the
 * columns, and keeps aside what it has no attribute for.
 */
final class DefinitionText {
    /** The key that says how the text is written. */
    static final String FORM = "form";

    private static final String NAMES_ALL_ATTRIBUTES = "2";

    private static final JsonMapper JSON = JsonMapper.shared();

    private DefinitionText() {}

    static String of(LayerDefinition layer) {
        ObjectNode node = JSON.createObjectNode();
        node.put(FORM, NAMES_ALL_ATTRIBUTES);
        node.put("id", layer.id());
        node.set("title", title(layer.title()));
        node.put("group", layer.group());
        if (layer.order() != Integer.MAX_VALUE) node.put("order", layer.order());
        node.put("geometry", lower(layer.geometry()));
        node.put("sensitivity", lower(layer.sensitivity()));
        ArrayNode attributes = node.putArray("attributes");
        for (AttributeDefinition attribute : layer.attributes()) attributes.add(attribute(attribute));
        texts(node, "search", layer.search());
        return node.toString();
    }

    /** Empty where this version of the software does not understand it any more. */
    static Optional<LayerDefinition> read(String layer, String text) {
        return DefinitionReader.stored(new Source("store", layer, text)).definition();
    }

    /** The common attributes that a text of this form leaves out; null where the form is of a later version. */
    static @Nullable List<AttributeDefinition> leftOut(@Nullable String form) {
        if (form == null) return CommonAttributes.BEFORE_TEXTS_NAMED_THEM;
        return form.equals(NAMES_ALL_ATTRIBUTES) ? List.of() : null;
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
