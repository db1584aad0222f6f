package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.ScenarioStore;
import org.anquan.scenario.Scenarios;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code nearest-shelter}: where do I go? The same for everybody: it tells what the public may know. */
@Component
final class NearestShelterProcess implements Process {
    static final String ID = "nearest-shelter";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> INPUTS = List.of("location", "hazard", "people", "scenario");

    private final Telling telling;
    private final FinderSettings settings;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final ScenarioStore store;

    NearestShelterProcess(
            Telling telling, FinderSettings settings, PlaceSets placeSets, Scenarios scenarios, ScenarioStore store) {
        this.telling = telling;
        this.settings = settings;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.store = store;
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        FinderInputs inputs = new FinderInputs("inputs.", settings);
        for (String name : given.propertyNames())
            if (!INPUTS.contains(name)) inputs.wrong(name, Text.of("process.input.unknown", INPUTS));
        Place place = null;
        if (given.path("location").isMissingNode() || given.path("location").isNull())
            inputs.wrong("location", Text.of("finder.input.locationMissing"));
        else
            place = placeSets
                    .place(given.path("location"), "inputs.location", inputs.mistakes())
                    .orElse(null);
        JsonNode wanted = given.path("hazard");
        Hazard hazard =
                inputs.hazard(wanted.isMissingNode() || wanted.isNull() ? null : wanted.asString(wanted.toString()));
        JsonNode many = given.path("people");
        long people = inputs.people(
                many.isMissingNode() || many.isNull()
                        ? null
                        : many.isNumber() ? many.decimalValue().toPlainString() : many.asString(many.toString()));
        JsonNode scenarioNode = given.path("scenario");
        boolean drill = drill(scenarioNode);
        if (scenarioNode instanceof ObjectNode inline && inline.has("drill")) {
            ObjectNode plain = inline.deepCopy();
            plain.remove("drill");
            scenarioNode = plain;
        }
        Optional<Scenario> scenario = scenarios.read(scenarioNode, "inputs.scenario", inputs.mistakes());
        inputs.refuseMistakes();
        if (place == null || scenario.isEmpty()) throw new IllegalStateException();
        ObjectNode understood = given.deepCopy();
        understood.put("people", people);
        if (hazard == null) understood.putNull("hazard");
        else understood.put("hazard", hazard.id());
        List<Text> warnings = new ArrayList<>(scenarios.warnings(scenario.get()));
        Question question =
                new Question(place.lon(), place.lat(), hazard, people, scenario.get(), drill, Texts.currentLanguage());
        return telling.answer(question, understood, warnings);
    }

    /** A scenario may be marked as a drill, stored or inline: {@code "drill": true}. */
    private boolean drill(JsonNode scenario) {
        if (scenario.isObject()) return scenario.path("drill").asBoolean(false);
        if (!scenario.isString()) return false;
        return LiveScenario.isDrill(store.find(scenario.asString()).orElse(null));
    }

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = JSON.objectNode();
        part(inputs, "input.location", place()).put("minOccurs", 1);
        ObjectNode hazard = type("string");
        Hazard.ids().forEach(hazard.putArray("enum")::add);
        part(inputs, "input.hazard", hazard).put("minOccurs", 0);
        part(
                        inputs,
                        "input.people",
                        type("integer")
                                .put("minimum", 1)
                                .put("maximum", settings.maxPeople())
                                .put("default", 1))
                .put("minOccurs", 0);
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        part(inputs, "input.scenario", scenario).put("minOccurs", 0);
        ObjectNode outputs = JSON.objectNode();
        for (String list : List.of("shelters", "refused")) {
            ObjectNode schema = type("array");
            schema.set("items", type("object"));
            part(outputs, "output." + list, schema);
        }
        ObjectNode advice = type("array");
        advice.set("items", type("string"));
        part(outputs, "output.advice", advice);
        for (String one : List.of("leastBad", "contact"))
            part(outputs, "output." + one, type("object").put("nullable", true));
        ObjectNode basis = type("string");
        basis.putArray("enum").add("roads").add("straight");
        part(outputs, "output.basis", basis);
        part(outputs, "output.inDanger", type("string").put("nullable", true));
        part(outputs, "output.drill", type("boolean"));
        ObjectNode example = JSON.objectNode();
        ObjectNode body = example.putObject("inputs");
        body.putArray("location").add(105.845).add(32.434);
        body.put("hazard", Hazard.SEISMIC.id()).put("people", 3);
        return new ProcessDescription(
                ID,
                "1.0.0",
                both("finder.process.title"),
                both("finder.process.description"),
                inputs,
                outputs,
                example);
    }

    private static ObjectNode place() {
        ObjectNode place = JSON.objectNode();
        var any = place.putArray("oneOf");
        ObjectNode position = any.addObject().put("type", "array").put("minItems", 2);
        position.set("items", type("number"));
        ObjectNode feature = any.addObject().put("type", "object");
        ObjectNode properties = feature.putObject("properties");
        properties.set("layer", type("string"));
        properties.set("id", type("string"));
        feature.putArray("required").add("layer").add("id");
        return place;
    }

    private static ObjectNode part(ObjectNode parts, String name, ObjectNode schema) {
        String key = "finder.process." + name;
        ObjectNode part = parts.putObject(name.substring(name.indexOf('.') + 1));
        part.put("title", new Text(key + ".title", List.of()).toString());
        part.put("description", new Text(key + ".description", List.of()).toString());
        part.set("schema", schema);
        return part;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static Title both(String key) {
        Text text = new Text(key, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }
}
