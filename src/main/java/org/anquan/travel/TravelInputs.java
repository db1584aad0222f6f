package org.anquan.travel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what both processes have in common, collecting every mistake. */
final class TravelInputs {
    private final ObjectNode given;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final List<Mistake> mistakes = new ArrayList<>();

    TravelInputs(ObjectNode given, PlaceSets placeSets, Scenarios scenarios, List<String> known) {
        this.given = given;
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
            throw ProblemException.invalid("travel.inputs", mistakes.size()).withMistakes(mistakes);
    }

    JsonNode node(String name) {
        return given.path(name);
    }

    boolean has(String name) {
        return !given.path(name).isMissingNode() && !given.path(name).isNull();
    }

    @Nullable
    Place place(String name) {
        if (!has(name)) {
            wrong(name, Text.of("travel.input.placeMissing"));
            return null;
        }
        return placeSets.place(node(name), "inputs." + name, mistakes).orElse(null);
    }

    private @Nullable PlaceSet places(String name) {
        if (!has(name)) {
            wrong(name, Text.of("travel.input.placesMissing"));
            return null;
        }
        Optional<PlaceSet> places = placeSets.places(node(name), "inputs." + name, mistakes);
        if (places.isPresent() && places.get().places().isEmpty()) wrong(name, Text.of("travel.input.placesEmpty"));
        return places.orElse(null);
    }

    /** The places, and which of them answer as things are. */
    @Nullable
    InService inService(String name) {
        PlaceSet places = places(name);
        return places == null ? null : placeSets.inService(places, node(name));
    }

    TravelProfile profile() {
        if (!has("profile")) return TravelProfile.FIRE_ENGINE;
        Optional<TravelProfile> profile = TravelProfile.of(node("profile").asString(""));
        if (profile.isEmpty())
            wrong("profile", Text.of("travel.input.profile", node("profile").toString(), TravelProfile.ids()));
        return profile.orElse(TravelProfile.FIRE_ENGINE);
    }

    /** With the vehicle of the request, where it names one. */
    Scenario scenario() {
        Scenario scenario =
                scenarios.read(node("scenario"), "inputs.scenario", mistakes).orElse(Scenario.NONE);
        return scenario.with(scenarios.vehicle(node("vehicle"), "inputs.vehicle", mistakes));
    }

    int whole(String name, int least, int most, int usual) {
        if (!has(name)) return usual;
        double value = node(name).isNumber() ? node(name).asDouble() : Double.NaN;
        if (value >= least && value <= most && value == Math.rint(value)) return (int) value;
        wrong(name, Text.of("travel.input.whole", node(name).toString(), least, most));
        return usual;
    }

    Locale language() {
        if (!has("language")) return Texts.currentLanguage();
        String given = node("language").asString("");
        if (given.equals("zh")) return Texts.CHINESE;
        if (given.equals("en")) return Texts.ENGLISH;
        wrong("language", Text.of("travel.input.language", node("language").toString()));
        return Texts.currentLanguage();
    }
}
