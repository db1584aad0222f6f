package org.anquan.coverage;

import java.util.List;
import org.anquan.catalog.Title;
import org.anquan.network.TravelProfile;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.ProcessDescription;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the process asks for and gives: titles in the reader's language, schemas as JSON Schema. */
final class CircleDescription {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GEOJSON = "https://geojson.org/schema/FeatureCollection.json";

    private final CoverageSettings settings;

    private CircleDescription(CoverageSettings settings) {
        this.settings = settings;
    }

    /** The inputs that processes about one set of stations have in common with the circle. */
    static ObjectNode stationInputs(CoverageSettings settings) {
        CircleDescription of = new CircleDescription(settings);
        ObjectNode inputs = JSON.objectNode();
        part(inputs, "input", "facilities", 1, of.facilities());
        part(inputs, "input", "minutes", 0, of.minutes());
        part(inputs, "input", "direction", 0, choice(List.of("from", "to"), "from"));
        part(inputs, "input", "profile", 0, choice(TravelProfile.ids(), TravelProfile.FIRE_ENGINE.id()));
        part(inputs, "input", "turnout", 0, of.turnout());
        part(inputs, "input", "offRoad", 0, of.offRoad());
        part(inputs, "input", "scenario", 0, nameOrObject());
        return inputs;
    }

    /** The same with helicopters and several kinds of help together. */
    static ObjectNode togetherInputs(CoverageSettings settings) {
        CircleDescription of = new CircleDescription(settings);
        ObjectNode inputs = stationInputs(settings);
        part(inputs, "input", "facilities", 0, of.facilities());
        part(inputs, "input", "kinds", 0, of.kinds());
        part(inputs, "input", "combine", 0, choice(List.of("all", "any"), "all"));
        part(inputs, "input", "helicopters", 0, of.helicopters());
        return inputs;
    }

    /** Where every answer says that it comes from. */
    static void provenanceOutputs(ObjectNode outputs) {
        part(outputs, "output", "inputs", 0, object());
        part(outputs, "output", "data", 0, object());
        ObjectNode warnings = type("array");
        warnings.putObject("items").put("type", "string");
        part(outputs, "output", "warnings", 0, warnings);
        part(outputs, "output", "computedMillis", 0, type("number"));
    }

    static ProcessDescription of(CoverageSettings settings) {
        CircleDescription of = new CircleDescription(settings);
        return new ProcessDescription(
                "rescue-circle",
                "1.0.0",
                both("coverage.process.title"),
                both("coverage.process.description"),
                of.inputs(),
                of.outputs(),
                of.example());
    }

    static Title both(String key) {
        Text text = new Text(key, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    private ObjectNode inputs() {
        ObjectNode inputs = JSON.objectNode();
        part(inputs, "input", "facilities", 0, facilities());
        part(inputs, "input", "kinds", 0, kinds());
        part(inputs, "input", "combine", 0, choice(List.of("all", "any"), "all"));
        part(inputs, "input", "minutes", 0, minutes());
        part(inputs, "input", "direction", 0, choice(List.of("from", "to"), "from"));
        part(inputs, "input", "profile", 0, choice(TravelProfile.ids(), TravelProfile.FIRE_ENGINE.id()));
        part(inputs, "input", "turnout", 0, turnout());
        part(inputs, "input", "offRoad", 0, offRoad());
        part(inputs, "input", "helicopters", 0, helicopters());
        part(inputs, "input", "backup", 0, type("boolean").put("default", false));
        part(inputs, "input", "lists", 0, lists());
        part(inputs, "input", "scenario", 0, nameOrObject());
        part(inputs, "input", "compare", 0, nameOrObject());
        part(inputs, "input", "rings", 0, type("boolean").put("default", false));
        return inputs;
    }

    private static void part(ObjectNode parts, String kind, String name, int atLeast, ObjectNode schema) {
        part(parts, "coverage.process.", kind, name, atLeast, schema);
    }

    /** An input or output whose words stand under {@code <prefix><kind>.<name>}. */
    static void part(ObjectNode parts, String prefix, String kind, String name, int atLeast, ObjectNode schema) {
        String key = prefix + kind + "." + name;
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        if (kind.equals("input")) part.put("minOccurs", atLeast);
        part.set("schema", schema);
    }

    /** A scenario: the name of a stored one, or one given inline. */
    private static ObjectNode nameOrObject() {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("oneOf").add(type("string")).add(object());
        return schema;
    }

    /** A set of places: a layer, a collection, or a list of positions. */
    static ObjectNode placeSet(CoverageSettings settings) {
        return new CircleDescription(settings).facilities();
    }

    /** One place: a position, or a feature of a layer. */
    static ObjectNode place() {
        ObjectNode position = type("array").put("minItems", 2);
        position.putObject("items").put("type", "number");
        ObjectNode schema = JSON.objectNode();
        schema.putArray("oneOf").add(position).add(object());
        return schema;
    }

    static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    static ObjectNode object() {
        return type("object");
    }

    static ObjectNode choice(List<String> values, String usual) {
        ObjectNode schema = type("string");
        var list = schema.putArray("enum");
        values.forEach(list::add);
        return schema.put("default", usual);
    }

    static ObjectNode number(double least, double most, double usual) {
        return type("number").put("minimum", least).put("maximum", most).put("default", usual);
    }

    private ObjectNode facilities() {
        ObjectNode schema = JSON.objectNode();
        var any = schema.putArray("oneOf");
        ObjectNode layer = any.addObject().put("type", "object");
        ObjectNode properties = layer.putObject("properties");
        properties.putObject("layer").put("type", "string");
        properties.putObject("filter").put("type", "string").put("description", "CQL2 text");
        layer.putArray("required").add("layer");
        layer.put("additionalProperties", false);
        any.addObject().put("$ref", GEOJSON);
        ObjectNode position = any.addObject().put("type", "array").putObject("items");
        position.put("type", "array").put("minItems", 2);
        position.putObject("items").put("type", "number");
        return schema;
    }

    static ObjectNode rows() {
        ObjectNode schema = type("array");
        schema.set("items", object());
        return schema;
    }

    private ObjectNode kinds() {
        ObjectNode schema = type("array").put("minItems", 1).put("maxItems", settings.maxKinds());
        ObjectNode kind = schema.putObject("items").put("type", "object");
        ObjectNode properties = kind.putObject("properties");
        properties.set("id", type("string"));
        properties.set("title", type("string"));
        properties.set("facilities", facilities());
        properties.set("minutes", type("integer").put("minimum", 1).put("maximum", settings.maxMinutes()));
        properties.set("direction", choice(List.of("from", "to"), "from"));
        properties.set("profile", choice(TravelProfile.ids(), TravelProfile.FIRE_ENGINE.id()));
        properties.set("turnout", turnout());
        kind.putArray("required").add("id").add("facilities").add("minutes");
        kind.put("additionalProperties", false);
        return schema;
    }

    private ObjectNode helicopters() {
        ObjectNode schema = JSON.objectNode();
        var any = schema.putArray("oneOf");
        any.addObject().put("type", "boolean");
        ObjectNode object = any.addObject().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        CoverageSettings.Helicopter usual = settings.helicopter();
        properties.set("pads", facilities());
        properties.set("launchMinutes", number(0, 240, usual.launch().toSeconds() / 60.0));
        properties.set("speedKmh", number(50, 400, usual.speedKmh()));
        properties.set("at", type("string").put("format", "date-time"));
        properties.set("kind", type("string"));
        object.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode lists() {
        ObjectNode schema = type("array");
        var any = schema.putObject("items").putArray("oneOf");
        any.addObject().put("type", "string");
        ObjectNode filtered = any.addObject().put("type", "object");
        ObjectNode properties = filtered.putObject("properties");
        properties.set("layer", type("string"));
        properties.set("filter", type("string"));
        filtered.putArray("required").add("layer");
        return schema;
    }

    private ObjectNode minutes() {
        ObjectNode schema = type("array").put("minItems", 1).put("maxItems", settings.maxBands());
        schema.putObject("items").put("type", "integer").put("minimum", 1).put("maximum", settings.maxMinutes());
        var usual = schema.putArray("default");
        settings.minutes().forEach(usual::add);
        return schema;
    }

    private ObjectNode turnout() {
        ObjectNode schema = JSON.objectNode();
        var any = schema.putArray("oneOf");
        any.addObject().put("type", "number").put("minimum", 0).put("maximum", 3600);
        any.addObject().put("type", "string").putArray("enum").add("none");
        ObjectNode classes = any.addObject().put("type", "object");
        ObjectNode properties = classes.putObject("properties");
        settings.turnout().seconds().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(one ->
                        properties.putObject(one.getKey()).put("type", "number").put("default", one.getValue()));
        classes.put("additionalProperties", false);
        return schema;
    }

    private ObjectNode offRoad() {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        CoverageSettings.OffRoad usual = settings.offRoad();
        properties.set("maxMetres", number(0, usual.maxMetresLimit(), usual.maxMetres()));
        properties.set("speedKmh", number(0.5, 10, usual.speedKmh()));
        properties.set("terrain", type("boolean").put("default", true));
        CoverageSettings.Grid grid = settings.grid();
        properties.set("cellMetres", number(grid.minCellMetres(), grid.maxCellMetres(), grid.cellMetres()));
        schema.put("additionalProperties", false);
        return schema;
    }

    private ObjectNode outputs() {
        ObjectNode outputs = JSON.objectNode();
        part(outputs, "output", "bands", 0, JSON.objectNode().put("$ref", GEOJSON));
        part(outputs, "output", "areas", 0, JSON.objectNode().put("$ref", GEOJSON));
        part(outputs, "output", "covered", 0, covered());
        part(outputs, "output", "uncovered", 0, uncovered());
        part(outputs, "output", "accuracy", 0, accuracy());
        part(outputs, "output", "townships", 0, rows());
        part(outputs, "output", "lists", 0, rows());
        part(outputs, "output", "backup", 0, object());
        part(outputs, "output", "kinds", 0, rows());
        part(outputs, "output", "before", 0, object());
        part(outputs, "output", "after", 0, object());
        part(outputs, "output", "difference", 0, object());
        provenanceOutputs(outputs);
        return outputs;
    }

    private static ObjectNode nullable(String type) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static ObjectNode covered() {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        var from = properties.putObject("peopleFrom").put("type", "string").putArray("enum");
        from.add("villages").add("raster").add("none");
        properties.set("people", nullable("integer"));
        properties.set("peopleKnownTotal", nullable("integer"));
        properties.set("shareOfPeople", nullable("number"));
        properties.set("areaSquareMetres", type("number"));
        properties.set("villages", type("integer"));
        properties.set("villagesTotal", type("integer"));
        properties.set("villagesPeopleUnknown", type("integer"));
        properties.set("raster", nullable("object"));
        return schema;
    }

    private static ObjectNode uncovered() {
        ObjectNode schema = type("array");
        ObjectNode properties = schema.putObject("items").put("type", "object").putObject("properties");
        properties.set("id", type("string"));
        properties.set("name", type("string"));
        properties.set("people", nullable("integer"));
        properties.set("seconds", nullable("number"));
        properties.set("nearestFacilityId", nullable("string"));
        properties.set("reason", type("string"));
        var codes = properties.putObject("reasonCode").put("type", "string").putArray("enum");
        codes.add("no_road").add("not_connected").add("beyond_limit");
        properties.set("reasonText", type("string"));
        properties.set("lon", type("number"));
        properties.set("lat", type("number"));
        return schema;
    }

    private static ObjectNode accuracy() {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        properties.set("samples", type("integer"));
        properties.set("sameShare", type("number"));
        properties.set("maxErrorSeconds", type("number"));
        properties.set("maxTooEarlySeconds", type("number"));
        properties.set("maxTooLateSeconds", type("number"));
        properties.set("villages", type("integer"));
        properties.set("villagesOnTheOtherSide", type("integer"));
        properties.set("cellMetres", type("number"));
        return schema;
    }

    private ObjectNode example() {
        ObjectNode body = JSON.objectNode();
        ObjectNode inputs = body.putObject("inputs");
        inputs.putObject("facilities").put("layer", "rescue_station");
        var minutes = inputs.putArray("minutes");
        settings.minutes().forEach(minutes::add);
        return body;
    }
}
