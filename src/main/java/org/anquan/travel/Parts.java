package org.anquan.travel;

import java.util.List;
import org.anquan.catalog.Title;
import org.anquan.network.TravelProfile;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Descriptions of inputs and outputs: words by key, schemas as JSON Schema. */
final class Parts {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String process;

    Parts(String process) {
        this.process = process;
    }

    Title title() {
        return both("title");
    }

    Title description() {
        return both("description");
    }

    private Title both(String what) {
        Text text = new Text("travel." + process + "." + what, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    void input(ObjectNode inputs, String name, int atLeast, ObjectNode schema) {
        part(inputs, "input", name, schema).put("minOccurs", atLeast);
    }

    ObjectNode part(ObjectNode parts, String kind, String name, ObjectNode schema) {
        String key = "travel." + process + "." + kind + "." + name;
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        part.set("schema", schema);
        return part;
    }

    static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    static ObjectNode list(ObjectNode of) {
        ObjectNode list = type("array");
        list.set("items", of);
        return list;
    }

    static ObjectNode position() {
        ObjectNode position = list(type("number"));
        return position.put("minItems", 2);
    }

    static ObjectNode place() {
        ObjectNode place = JSON.objectNode();
        var any = place.putArray("oneOf");
        any.add(position());
        ObjectNode feature = any.addObject().put("type", "object");
        feature.putObject("properties").set("layer", type("string"));
        ((ObjectNode) feature.get("properties")).set("id", type("string"));
        feature.putArray("required").add("layer").add("id");
        return place;
    }

    static ObjectNode places() {
        ObjectNode places = JSON.objectNode();
        var any = places.putArray("oneOf");
        ObjectNode layer = any.addObject().put("type", "object");
        ObjectNode properties = layer.putObject("properties");
        properties.set("layer", type("string"));
        properties.set("filter", type("string").put("description", "CQL2 text"));
        layer.putArray("required").add("layer");
        any.addObject().put("$ref", "https://geojson.org/schema/FeatureCollection.json");
        any.add(list(position()));
        return places;
    }

    static ObjectNode profile() {
        ObjectNode schema = type("string");
        var list = schema.putArray("enum");
        TravelProfile.ids().forEach(list::add);
        return schema.put("default", TravelProfile.FIRE_ENGINE.id());
    }

    static ObjectNode vehicle() {
        ObjectNode vehicle = type("object");
        ObjectNode properties = vehicle.putObject("properties");
        for (String name : List.of("heightMetres", "widthMetres", "loadTonnes"))
            properties.set(name, type("number").put("exclusiveMinimum", 0));
        return vehicle.put("additionalProperties", false);
    }

    /** A name or an inline scenario. */
    static ObjectNode scenario() {
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        return scenario;
    }
}
