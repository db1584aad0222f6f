package org.anquan.ogcapi;

import java.util.Locale;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Derivation;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Title;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schema of a layer, from its definition: titles in the asker's language and in both, units, allowed values. */
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Schemas() {}

    /** What a feature of the layer holds. */
    static ObjectNode schema(LayerDefinition layer, String address) {
        ObjectNode schema = head(layer, address);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (AttributeDefinition attribute : layer.attributes()) {
            properties.set(attribute.name(), property(attribute));
            if (attribute.required()) required.add(attribute.name());
        }
        properties.set("geometry", geometry(layer));
        if (!required.isEmpty()) schema.set("required", required);
        return schema;
    }

    /**
     * The layer's features as GeoJSON. Here GDAL (since 3.6) reads the attributes and their types, also of a layer without
     * features; it knows plain types only, so that {@code null} is allowed in OpenAPI's word.
     */
    static ObjectNode geoJson(LayerDefinition layer, String address) {
        ObjectNode schema = head(layer, address);
        schema.putArray("required").add("type").add("geometry").add("properties");
        ObjectNode members = schema.putObject("properties");
        members.putObject("type").put("type", "string").putArray("enum").add("Feature");
        members.putObject("id").put("type", "string");
        members.set("geometry", geometryMember(layer));
        ObjectNode properties =
                members.putObject("properties").put("type", "object").putObject("properties");
        for (AttributeDefinition attribute : layer.attributes())
            properties.set(attribute.name(), property(attribute).put("nullable", true));
        return schema;
    }

    private static ObjectNode geometryMember(LayerDefinition layer) {
        ObjectNode geometry = JSON.objectNode().put("type", "object");
        geometry.putArray("required").add("type").add("coordinates");
        ObjectNode members = geometry.putObject("properties");
        ArrayNode kinds = members.putObject("type").put("type", "string").putArray("enum");
        switch (layer.geometry()) {
            case POINT -> kinds.add("Point");
            case LINE -> kinds.add("LineString").add("MultiLineString");
            case POLYGON -> kinds.add("Polygon").add("MultiPolygon");
        }
        members.putObject("coordinates").put("type", "array").putObject("items");
        return geometry;
    }

    /** What a filter may name. */
    static ObjectNode queryables(LayerDefinition layer, String address) {
        ObjectNode schema = head(layer, address);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("id").put("type", "string").put("x-ogc-role", "id");
        for (AttributeDefinition attribute : layer.attributes()) properties.set(attribute.name(), property(attribute));
        properties.set("geometry", geometry(layer));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode head(LayerDefinition layer, String address) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", address);
        schema.put("type", "object");
        titles(schema, layer.title());
        return schema;
    }

    private static ObjectNode geometry(LayerDefinition layer) {
        ObjectNode geometry = JSON.objectNode();
        geometry.put("x-ogc-role", "primary-geometry");
        String format = switch (layer.geometry()) {
            case POINT -> "geometry-point";
            case LINE -> "geometry-linestring-or-multilinestring";
            case POLYGON -> "geometry-polygon-or-multipolygon";
        };
        return geometry.put("format", format);
    }

    static ObjectNode property(AttributeDefinition attribute) {
        ObjectNode property = JSON.objectNode();
        titles(property, attribute.title());
        Title note = attribute.note();
        if (note != null) property.put("description", note.toString());
        ObjectNode value = property;
        switch (attribute.type()) {
            case TEXT -> property.put("type", "string");
            case INTEGER -> property.put("type", "integer");
            case NUMBER -> property.put("type", "number");
            case BOOLEAN -> property.put("type", "boolean");
            case DATE -> property.put("type", "string").put("format", "date");
            case TIME -> property.put("type", "string").put("format", "date-time");
            case LIST -> {
                property.put("type", "array").put("uniqueItems", true);
                value = property.putObject("items").put("type", "string");
            }
        }
        if (attribute.unit() != null) property.put("x-ogc-unit", attribute.unit());
        if (attribute.min() != null) property.put("minimum", attribute.min());
        if (attribute.max() != null) property.put("maximum", attribute.max());
        if (attribute.source() != null) property.put("x-anquan-source", attribute.source());
        Derivation derivation = attribute.derivation();
        if (derivation != null) {
            property.put("readOnly", true);
            ObjectNode derived = property.putObject("x-anquan-derived");
            derived.put("formula", derivation.formula());
            derived.put("text", derivation.words().toString());
            derived.putObject("texts")
                    .put("zh", derivation.words().zh())
                    .put("en", derivation.words().en());
            derived.put("clause", derivation.clause());
            ArrayNode inputs = derived.putArray("inputs");
            derivation.inputs().forEach(inputs::add);
            if (derivation.stated() != null) derived.put("stated", derivation.stated());
        }
        property.put("x-anquan-sensitivity", attribute.sensitivity().name().toLowerCase(Locale.ROOT));
        if (!attribute.values().isEmpty()) {
            ArrayNode choices = value.putArray("oneOf");
            for (AttributeDefinition.AllowedValue allowed : attribute.values()) {
                ObjectNode choice = choices.addObject().put("const", allowed.value());
                titles(choice, allowed.title());
            }
        }
        return property;
    }

    static void titles(ObjectNode node, Title title) {
        node.put("title", title.toString());
        node.putObject("x-anquan-titles").put("zh", title.zh()).put("en", title.en());
    }
}
