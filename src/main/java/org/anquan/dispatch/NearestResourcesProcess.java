package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Title;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code nearest-resources}: who comes first, with what is needed. */
@Component
final class NearestResourcesProcess implements Process {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WORDS = "dispatch.nearest.";
    private static final List<String> INPUTS = List.of(
            "location", "need", "incident", "maxMinutes", "profile", "vehicle", "routes", "language", "scenario");
    private static final Set<String> NEED = Set.of("skill", "units", "people");
    private static final int MOST = 100_000;

    private final DispatchSettings settings;
    private final NearestResources resources;
    private final Skills skills;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;

    NearestResourcesProcess(
            DispatchSettings settings,
            NearestResources resources,
            Skills skills,
            PlaceSets placeSets,
            Scenarios scenarios) {
        this.settings = settings;
        this.resources = resources;
        this.skills = skills;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        return resources.answer(read(given), progress);
    }

    private NearestResources.Question read(ObjectNode given) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : given.propertyNames())
            if (!INPUTS.contains(name))
                mistakes.add(new Mistake("inputs." + name, Text.of("process.input.unknown", INPUTS)));
        Optional<Place> place = Optional.empty();
        if (missing(given.path("location")))
            mistakes.add(new Mistake("inputs.location", Text.of("dispatch.input.locationMissing")));
        else place = placeSets.place(given.path("location"), "inputs.location", mistakes);
        List<Need> needs = needs(given.path("need"), mistakes);
        JsonNode incident = given.path("incident");
        if (!missing(incident) && !incident.isString())
            mistakes.add(new Mistake("inputs.incident", Text.of("dispatch.input.incident", incident.toString())));
        int minutes = whole(
                given.path("maxMinutes"),
                "inputs.maxMinutes",
                1,
                settings.maxMinutes(),
                settings.usualMinutes(),
                mistakes);
        TravelProfile profile = profile(given.path("profile"), mistakes);
        int routes = routes(given.path("routes"), mistakes);
        Locale language = language(given.path("language"), mistakes);
        Scenario scenario = scenarios
                .read(given.path("scenario"), "inputs.scenario", mistakes)
                .orElse(Scenario.NONE)
                .with(scenarios.vehicle(given.path("vehicle"), "inputs.vehicle", mistakes));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("dispatch.inputs", mistakes.size()).withMistakes(mistakes);
        ObjectNode understood = given.deepCopy();
        var list = understood.putArray("need");
        for (Need need : needs)
            list.addObject()
                    .put("skill", need.skill())
                    .put("units", need.units())
                    .put("people", need.people());
        understood.put("maxMinutes", minutes);
        understood.put("profile", profile.id());
        understood.put("routes", routes);
        understood.put("language", language.equals(Texts.ENGLISH) ? "en" : "zh");
        return new NearestResources.Question(
                place.orElseThrow(),
                needs,
                incident.asString(""),
                minutes,
                profile,
                scenario,
                routes,
                language,
                understood);
    }

    private static boolean missing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** One that names neither crews nor people asks for one crew. */
    private List<Need> needs(JsonNode node, List<Mistake> mistakes) {
        List<Need> needs = new ArrayList<>();
        if (missing(node)) return needs;
        if (!node.isArray()) {
            mistakes.add(new Mistake("inputs.need", Text.of("dispatch.input.needShape")));
            return needs;
        }
        if (node.size() > settings.maxNeeds()) {
            mistakes.add(
                    new Mistake("inputs.need", Text.of("dispatch.input.tooMany", node.size(), settings.maxNeeds())));
            return needs;
        }
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String where = "inputs.need[" + i + "]";
            JsonNode one = node.get(i);
            if (!one.isObject()) {
                mistakes.add(new Mistake(where, Text.of("dispatch.input.needShape")));
                continue;
            }
            for (String name : one.propertyNames())
                if (!NEED.contains(name))
                    mistakes.add(new Mistake(
                            where + "." + name,
                            Text.of(
                                    "process.input.unknown",
                                    NEED.stream().sorted().toList())));
            Optional<Skills.Skill> skill = skills.find(one.path("skill").asString(""));
            if (skill.isEmpty())
                mistakes.add(new Mistake(
                        where + ".skill",
                        Text.of("dispatch.input.skill", one.path("skill").asString(""), skills.known())));
            int people = whole(one.path("people"), where + ".people", 1, MOST, 0, mistakes);
            int units = whole(one.path("units"), where + ".units", 1, MOST, people > 0 ? 0 : 1, mistakes);
            if (skill.isPresent() && !asked.add(skill.get().id()))
                mistakes.add(new Mistake(
                        where + ".skill",
                        Text.of("dispatch.input.twice", skill.get().title())));
            skill.ifPresent(known -> needs.add(new Need(known.id(), units, people)));
        }
        return needs;
    }

    private static int whole(JsonNode node, String where, int least, int most, int usual, List<Mistake> mistakes) {
        if (missing(node)) return usual;
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (value >= least && value <= most && value == Math.rint(value)) return (int) value;
        mistakes.add(new Mistake(where, Text.of("dispatch.input.whole", node.toString(), least, most)));
        return usual;
    }

    private static TravelProfile profile(JsonNode node, List<Mistake> mistakes) {
        if (missing(node)) return TravelProfile.FIRE_ENGINE;
        Optional<TravelProfile> profile = TravelProfile.of(node.asString(""));
        if (profile.isEmpty())
            mistakes.add(new Mistake(
                    "inputs.profile", Text.of("travel.input.profile", node.toString(), TravelProfile.ids())));
        return profile.orElse(TravelProfile.FIRE_ENGINE);
    }

    private int routes(JsonNode node, List<Mistake> mistakes) {
        if (missing(node)) return settings.maxRoutes();
        if (node.isBoolean()) return node.asBoolean() ? settings.maxRoutes() : 0;
        return whole(node, "inputs.routes", 0, settings.maxRoutes(), 0, mistakes);
    }

    private static Locale language(JsonNode node, List<Mistake> mistakes) {
        if (missing(node)) return Texts.currentLanguage();
        if (node.asString("").equals("zh")) return Texts.CHINESE;
        if (node.asString("").equals("en")) return Texts.ENGLISH;
        mistakes.add(new Mistake("inputs.language", Text.of("travel.input.language", node.toString())));
        return Texts.currentLanguage();
    }

    // ---- description --------------------------------------------------------------------------------------------

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = JSON.objectNode();
        ObjectNode place = JSON.objectNode();
        var ways = place.putArray("oneOf");
        ObjectNode position = ways.addObject().put("type", "array").put("minItems", 2);
        position.putObject("items").put("type", "number");
        ObjectNode feature = ways.addObject().put("type", "object");
        feature.putObject("properties").putObject("layer").put("type", "string");
        ((ObjectNode) feature.path("properties")).putObject("id").put("type", "string");
        part(inputs, "input.location", "location", place).put("minOccurs", 1);
        part(inputs, "input.need", "need", need()).put("minOccurs", 0);
        part(inputs, "input.incident", "incident", type("string")).put("minOccurs", 0);
        ObjectNode minutes = type("integer")
                .put("minimum", 1)
                .put("maximum", settings.maxMinutes())
                .put("default", settings.usualMinutes());
        part(inputs, "input.maxMinutes", "maxMinutes", minutes).put("minOccurs", 0);
        ObjectNode profile = type("string").put("default", TravelProfile.FIRE_ENGINE.id());
        TravelProfile.ids().forEach(profile.putArray("enum")::add);
        part(inputs, "input.profile", "profile", profile).put("minOccurs", 0);
        part(inputs, "input.vehicle", "vehicle", type("object")).put("minOccurs", 0);
        ObjectNode routes = JSON.objectNode();
        var forms = routes.putArray("oneOf");
        forms.add(type("boolean"));
        forms.add(type("integer").put("minimum", 0).put("maximum", settings.maxRoutes()));
        part(inputs, "input.routes", "routes", routes).put("minOccurs", 0);
        ObjectNode language = type("string");
        language.putArray("enum").add("zh").add("en");
        part(inputs, "input.language", "language", language).put("minOccurs", 0);
        ObjectNode scenario = JSON.objectNode();
        scenario.putArray("oneOf").add(type("string")).add(type("object"));
        part(inputs, "input.scenario", "scenario", scenario).put("minOccurs", 0);
        ObjectNode outputs = JSON.objectNode();
        part(outputs, "output.place", "place", type("object"));
        for (String name : List.of("needs", "assignments", "unmet", "alternatives", "leftOut")) {
            ObjectNode rows = type("array");
            rows.putObject("items").put("type", "object");
            part(outputs, "output." + name, name, rows);
        }
        part(outputs, "output.alternativesTotal", "alternativesTotal", type("integer"));
        part(outputs, "output.metSeconds", "metSeconds", type("number").put("nullable", true));
        part(outputs, "output.exact", "exact", type("boolean"));
        part(outputs, "output.candidates", "candidates", type("integer"));
        ObjectNode example = JSON.objectNode();
        ObjectNode body = example.putObject("inputs");
        body.putArray("location").add(105.62).add(32.47);
        var asked = body.putArray("need");
        asked.addObject().put("skill", "search").put("units", 2).put("people", 20);
        asked.addObject().put("skill", "medical");
        body.put("scenario", "now");
        return new ProcessDescription(
                "nearest-resources", "1.0.0", both("title"), both("description"), inputs, outputs, example);
    }

    private ObjectNode need() {
        ObjectNode list = type("array").put("maxItems", settings.maxNeeds());
        ObjectNode items = list.putObject("items").put("type", "object");
        ObjectNode properties = items.putObject("properties");
        ObjectNode skill = properties.putObject("skill").put("type", "string");
        var words = skill.putArray("enum");
        skills.all().forEach(one -> words.add(one.id()));
        properties.putObject("units").put("type", "integer").put("minimum", 1);
        properties.putObject("people").put("type", "integer").put("minimum", 1);
        items.putArray("required").add("skill");
        return list;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static Title both(String what) {
        Text text = new Text(WORDS + what, List.of());
        return new Title(Texts.in(Texts.CHINESE, text), Texts.in(Texts.ENGLISH, text));
    }

    private static ObjectNode part(ObjectNode parts, String key, String name, ObjectNode schema) {
        ObjectNode part = parts.putObject(name);
        part.put("title", new Text(WORDS + key + ".title", List.of()).toString());
        part.put("description", new Text(WORDS + key + ".description", List.of()).toString());
        part.set("schema", schema);
        return part;
    }
}
