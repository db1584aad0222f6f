package org.anquan.shelter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.anquan.population.Residents;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what the shelter questions have in common, collecting every mistake. */
final class Inputs {
    static final Set<String> HAZARDS = Set.of("seismic", "flood", "geo", "fire", "chemical", "weather");

    final ObjectNode understood;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final List<Mistake> mistakes = new ArrayList<>();

    Inputs(ObjectNode given, PlaceSets placeSets, Scenarios scenarios, List<String> known) {
        this.understood = given.deepCopy();
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        for (String name : given.propertyNames())
            if (!known.contains(name)) wrong(name, Text.of("process.input.unknown", known));
    }

    void wrong(String name, Text what) {
        mistakes.add(new Mistake("inputs." + name, what));
    }

    /** @throws ProblemException invalid, with all that is wrong */
    void refuseMistakes() {
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("shelter.inputs", mistakes.size()).withMistakes(mistakes);
    }

    private JsonNode node(String name) {
        return understood.path(name);
    }

    private boolean has(String name) {
        return !node(name).isMissingNode() && !node(name).isNull();
    }

    /** The shelters asked about: all of the layer where the request names none. */
    @Nullable
    PlaceSet shelters(String layer) {
        if (!has("shelters")) understood.putObject("shelters").put("layer", layer);
        return placeSets.places(node("shelters"), "inputs.shelters", mistakes).orElse(null);
    }

    Scenario scenario() {
        return scenarios.read(node("scenario"), "inputs.scenario", mistakes).orElse(Scenario.NONE);
    }

    Residents.@Nullable Source source() {
        if (!has("people")) return null;
        Residents.Source source =
                Residents.Source.of(node("people").asString("")).orElse(null);
        if (source == null) wrong("people", oneOf("people", Residents.Source.ids()));
        return source;
    }

    Residents.Hour hour() {
        if (!has("time")) understood.put("time", Residents.Hour.NIGHT.id());
        return switch (node("time").asString("")) {
            case "day" -> Residents.Hour.DAY;
            case "night" -> Residents.Hour.NIGHT;
            default -> {
                wrong("time", oneOf("time", List.of("night", "day")));
                yield Residents.Hour.NIGHT;
            }
        };
    }

    @Nullable
    StayClass stay() {
        if (!has("stay")) return null;
        StayClass stay = StayClass.of(node("stay").asString("")).orElse(null);
        if (stay == null) wrong("stay", oneOf("stay", StayClass.ids()));
        return stay;
    }

    @Nullable
    String hazard() {
        if (!has("hazard")) return null;
        String hazard = node("hazard").asString("");
        if (!HAZARDS.contains(hazard))
            wrong("hazard", oneOf("hazard", HAZARDS.stream().sorted().toList()));
        return hazard;
    }

    private Text oneOf(String name, List<String> known) {
        return Text.of("shelter.input.oneOf", node(name).toString(), known);
    }

    boolean yes(String name, boolean usual) {
        if (!has(name)) understood.put(name, usual);
        if (!node(name).isBoolean())
            wrong(name, Text.of("shelter.input.yesNo", node(name).toString()));
        return node(name).asBoolean(usual);
    }

    double number(String name, double least, double most, double usual) {
        if (!has(name)) understood.put(name, usual);
        double value = node(name).isNumber() ? node(name).asDouble() : Double.NaN;
        if (value >= least && value <= most) return value;
        wrong(name, Text.of("shelter.input.number", node(name).toString(), least, most));
        return usual;
    }

    /** Null where the request gives none. */
    @Nullable
    Double share(String name) {
        return has(name) ? Double.valueOf(number(name, 0, 1, 1)) : null;
    }

    static JsonNodeFactory json() {
        return JsonNodeFactory.instance;
    }
}
