package org.anquan.coverage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.coverage.CircleInputs.AirInput;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Question.Kind;
import org.anquan.coverage.Question.World;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts inputs under a scenario on the roads: the question of the circle, and of those that ask beside it. */
@Component
final class Questions {
    private final CoverageSettings settings;
    private final Scenarios scenarios;

    Questions(CoverageSettings settings, Scenarios scenarios) {
        this.settings = settings;
        this.scenarios = scenarios;
    }

    /** A scenario put on the world: what is asked, of which network. */
    record Prepared(RoadNetwork network, Question question, List<Text> warnings) {
        CircleAnswer answer(RescueCircle circle, World world) {
            return circle.answer(network, question, world);
        }
    }

    Prepared prepared(RoadNetwork network, CircleInputs inputs, Scenario scenario, String scenarioAt) {
        List<Text> here = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>();
        Map<TravelProfile, WhatIf> effects = new EnumMap<>(TravelProfile.class);
        List<PlaceSet> asked = new ArrayList<>();
        RoadNetwork now = network;
        for (KindInput kind : inputs.kinds()) {
            WhatIf roadsNow =
                    effects.computeIfAbsent(kind.profile(), profile -> scenarios.onRoads(scenario, network, profile));
            add(here, roadsNow.warnings());
            PlaceSet facilities =
                    inputs.together() ? withoutOff(scenario, kind) : scenarios.facilities(scenario, kind.stations());
            asked.add(kind.withOutOfService());
            if (inputs.air() != null) asked.add(inputs.air().landing().all());
            now = roadsNow.network();
            int[] usual = roadsNow.usualMillis();
            kinds.add(new Kind(
                    kind.id(),
                    kind.title(),
                    new CircleRequest(
                            stations(kind, facilities, scenario, scenarioAt, here),
                            kind.minutes(),
                            kind.direction(),
                            kind.profile(),
                            inputs.offRoad(),
                            roadsNow.keyMillis(),
                            roadsNow.cuts(),
                            roadsNow.impassable(),
                            inputs.rings(),
                            false,
                            roadsNow::closes),
                    usual == roadsNow.keyMillis() ? null : usual));
        }
        add(here, scenarios.warnings(scenario, all(asked)));
        CircleRequest byAir = byAir(network, inputs, scenario, kinds, here);
        Question question = new Question(
                kinds,
                inputs.every(),
                byAir,
                inputs.air() == null ? 0 : inputs.air().kind(),
                inputs.rings(),
                inputs.backup());
        return new Prepared(now, question, here);
    }

    /** Landing places that the scenario shuts, opens or moves are as it says; what it adds is a station, not a pad. */
    private List<Station> landings(AirInput air, Scenario scenario, List<Text> warnings) {
        Set<String> known = new HashSet<>();
        air.landing().all().places().forEach(pad -> known.add(pad.id()));
        List<Place> pads = scenarios.facilities(scenario, air.landing()).places().stream()
                .filter(pad -> known.contains(pad.id()))
                .toList();
        return Helicopters.landings(air, pads, settings.helicopter(), warnings);
    }

    static void add(List<Text> to, List<Text> more) {
        for (Text one : more) if (!to.contains(one)) to.add(one);
    }

    private static PlaceSet all(List<PlaceSet> sets) {
        List<Place> places = new ArrayList<>();
        for (PlaceSet set : sets) places.addAll(set.places());
        return new PlaceSet(places, null, false);
    }

    /** Which kind an added facility is of, its property {@code kind} says; without it belongs to the first. */
    private PlaceSet withoutOff(Scenario scenario, KindInput kind) {
        PlaceSet set = scenarios.facilities(scenario, kind.stations());
        Set<String> asked = new HashSet<>();
        kind.withOutOfService().places().forEach(place -> asked.add(place.id()));
        List<Place> kept = set.places().stream()
                .filter(place -> asked.contains(place.id())
                        || kind.id().equals(place.attributes().get("kind")))
                .toList();
        return new PlaceSet(kept, set.layer(), set.illustrative());
    }

    private @Nullable CircleRequest byAir(
            RoadNetwork network, CircleInputs inputs, Scenario scenario, List<Kind> kinds, List<Text> here) {
        if (inputs.air() == null) return null;
        List<Station> landings = landings(inputs.air(), scenario, here);
        if (landings.isEmpty()) return null;
        WhatIf onFoot = scenarios.onRoads(scenario, network, TravelProfile.FOOT);
        return new CircleRequest(
                landings,
                kinds.get(inputs.air().kind()).request().minutes(),
                Direction.FROM,
                TravelProfile.FOOT,
                inputs.offRoad(),
                onFoot.keyMillis(),
                onFoot.cuts(),
                onFoot.impassable(),
                false,
                true,
                onFoot::closes);
    }

    private static List<Station> stations(
            KindInput kind, PlaceSet facilities, Scenario scenario, String scenarioAt, List<Text> warnings) {
        List<Station> stations = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Set<Place> asked = new HashSet<>(kind.withOutOfService().places());
        for (Place place : facilities.places()) {
            Optional<Integer> seconds = kind.turnout().seconds(place);
            if (seconds.isEmpty()) unknown.add(place.name());
            String changed = scenario.facilities().moved().containsKey(place.id()) ? "moved." + place.id() : "added";
            String where = asked.contains(place) ? kind.whereGiven().get(place) : scenarioAt + ".facilities." + changed;
            stations.add(new Station(
                    place.id(),
                    place.name(),
                    place.lon(),
                    place.lat(),
                    seconds.orElse(kind.turnout().slowest()),
                    where));
        }
        if (!unknown.isEmpty())
            warnings.add(Text.of(
                    "coverage.turnoutUnknown",
                    unknown.size(),
                    kind.turnout().slowest(),
                    unknown.stream().limit(5).toList()));
        return stations;
    }
}
