package org.anquan.risk;

import java.util.List;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.ProcessDescription;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the processes ask for and give: titles in the reader's language, schemas as JSON Schema. */
final class RiskDescriptions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String COLLECTION = "https://geojson.org/schema/FeatureCollection.json";

    private final String process;
    private final ObjectNode inputs = JSON.objectNode();
    private final ObjectNode outputs = JSON.objectNode();

    private RiskDescriptions(String process) {
        this.process = process;
    }

    static ProcessDescription zoning(RiskSettings settings, Recipes recipes) {
        RiskDescriptions of = new RiskDescriptions("zoning");
        ObjectNode recipe = JSON.objectNode();
        var any = recipe.putArray("oneOf");
        var names = any.addObject().put("type", "string").putArray("enum");
        recipes.names().forEach(names::add);
        any.addObject().put("type", "object");
        recipe.put("default", settings.recipe());
        of.input("recipe", 0, recipe);
        of.input("area", 0, type("object"));
        of.input("cell", 0, type("number").put("minimum", settings.minCellMetres()));
        ObjectNode weights = type("object");
        weights.putObject("additionalProperties").put("type", "number").put("minimum", 0);
        of.input("weights", 0, weights);
        of.input("ahp", 0, type("object"));
        of.input("breaks", 0, type("object"));
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        of.input("scenario", 0, scenario);
        of.input("run", 0, type("string"));
        of.input("keep", 0, type("boolean").put("default", true));
        of.input("cells", 0, type("boolean").put("default", true));
        of.input(
                "sensitivity",
                0,
                type("number").put("minimum", 0).put("maximum", 0.9).put("default", settings.sensitivity()));
        of.output("recipe", type("string"));
        of.output("title", type("string"));
        for (String name : List.of("zones", "unknown"))
            of.output(name, JSON.objectNode().put("$ref", COLLECTION));
        of.output("summary", type("object"));
        for (String name : List.of("townships", "villages", "weights", "sensitivity")) of.output(name, rows());
        of.output("breaks", type("object"));
        of.output("run", type("string").put("nullable", true));
        of.provenance();
        ObjectNode example = JSON.objectNode();
        example.putObject("inputs").put("recipe", "comprehensive");
        return of.made("risk-zoning", example);
    }

    static ProcessDescription recipes() {
        RiskDescriptions of = new RiskDescriptions("recipes");
        of.output("recipes", rows());
        of.output("runs", rows());
        ObjectNode example = JSON.objectNode();
        example.putObject("inputs");
        return of.made("risk-recipes", example);
    }

    static ProcessDescription reason() {
        RiskDescriptions of = new RiskDescriptions("reason");
        of.input("run", 1, type("string"));
        ObjectNode location = type("array").put("minItems", 2);
        location.set("items", type("number"));
        of.input("location", 1, location);
        of.input("weights", 0, type("object"));
        of.input("breaks", 0, type("object"));
        for (String name : List.of("level", "risk", "people"))
            of.output(name, type(name.equals("level") ? "integer" : "number").put("nullable", true));
        for (String name : List.of("levelName", "township", "village"))
            of.output(name, type("string").put("nullable", true));
        of.output("hazards", rows());
        of.output("cell", type("object"));
        return of.made("risk-reason", null);
    }

    static ProcessDescription compare() {
        RiskDescriptions of = new RiskDescriptions("compare");
        ObjectNode runs = type("array").put("minItems", 2).put("maxItems", 2);
        runs.set("items", type("string"));
        of.input("runs", 1, runs);
        of.output("changed", JSON.objectNode().put("$ref", COLLECTION));
        for (String name : List.of("higher", "lower", "same", "notComparable")) of.output(name, type("object"));
        of.output("moves", rows());
        of.output("townships", rows());
        of.output("differences", rows());
        return of.made("risk-compare", null);
    }

    static ProcessDescription lists(List<String> rules) {
        RiskDescriptions of = new RiskDescriptions("lists");
        ObjectNode which = type("array");
        ObjectNode one = type("string");
        var all = one.putArray("enum");
        rules.forEach(all::add);
        which.set("items", one);
        of.input("lists", 0, which);
        ObjectNode planned = JSON.objectNode();
        planned.put("$ref", COLLECTION);
        of.input("planned", 0, planned);
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        of.input("scenario", 0, scenario);
        of.output("lists", rows());
        of.output("features", JSON.objectNode().put("$ref", COLLECTION));
        of.provenance();
        ObjectNode example = JSON.objectNode();
        example.putObject("inputs");
        return of.made("risk-lists", example);
    }

    private ProcessDescription made(String id, @org.jspecify.annotations.Nullable ObjectNode example) {
        ObjectNode shown = example == null ? JSON.objectNode() : example;
        return new ProcessDescription(id, "1.0.0", both("title"), both("description"), inputs, outputs, shown);
    }

    private Title both(String what) {
        Text text = new Text("risk.process." + process + "." + what, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    private void input(String name, int atLeast, ObjectNode schema) {
        part(inputs, "input", name, schema).put("minOccurs", atLeast);
    }

    private void output(String name, ObjectNode schema) {
        part(outputs, "output", name, schema);
    }

    private ObjectNode part(ObjectNode parts, String kind, String name, ObjectNode schema) {
        String key = "risk.process." + process + "." + kind + "." + name;
        if (!Texts.has(key + ".title")) key = "risk.process." + kind + "." + name;
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        part.set("schema", schema);
        return part;
    }

    private void provenance() {
        output("inputs", type("object"));
        output("data", type("object"));
        ObjectNode warnings = type("array");
        warnings.set("items", type("string"));
        output("warnings", warnings);
        output("computedMillis", type("number"));
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode rows() {
        ObjectNode schema = type("array");
        schema.set("items", type("object"));
        return schema;
    }
}
