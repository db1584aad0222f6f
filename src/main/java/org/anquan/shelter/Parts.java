package org.anquan.shelter;

import java.util.List;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.ProcessDescription;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Descriptions of inputs and outputs: words by key, schemas as JSON Schema. */
final class Parts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String id;
    private final ObjectNode inputs = JSON.objectNode();
    private final ObjectNode outputs = JSON.objectNode();

    /** @param id of the process; its words begin with {@code shelter.<id>.} */
    Parts(String id) {
        this.id = id;
    }

    Parts input(String name, ObjectNode schema) {
        words(inputs.putObject(name), "shelter.input." + name)
                .put("minOccurs", 0)
                .set("schema", schema);
        return this;
    }

    Parts output(String name, ObjectNode schema) {
        words(outputs.putObject(name), "shelter.output." + name).set("schema", schema);
        return this;
    }

    private static ObjectNode words(ObjectNode part, String key) {
        return part.put("title", new Text(key + ".title", List.of()).toString())
                .put("description", new Text(key + ".description", List.of()).toString());
    }

    ProcessDescription described(ObjectNode exampleInputs) {
        ObjectNode example = JSON.objectNode();
        example.set("inputs", exampleInputs);
        return new ProcessDescription(id, "1.0.0", both("title"), both("description"), inputs, outputs, example);
    }

    private Title both(String what) {
        Text text = new Text("shelter." + id + "." + what, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    static ObjectNode number(double least, double most) {
        return type("number").put("minimum", least).put("maximum", most);
    }

    static ObjectNode oneOf(List<String> values) {
        ObjectNode schema = type("string");
        var list = schema.putArray("enum");
        values.forEach(list::add);
        return schema;
    }

    static ObjectNode list() {
        ObjectNode list = type("array");
        list.set("items", type("object"));
        return list;
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
        return places;
    }

    /** A name or an inline scenario. */
    static ObjectNode scenario() {
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        return scenario;
    }
}
