package org.anquan.dispatch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.anquan.catalog.Layers;
import org.anquan.dispatch.Approach.Stop;
import org.anquan.network.Lines;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Steps;
import org.anquan.network.Steps.Step;
import org.anquan.network.Sweep;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.LineString;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who comes to a place, with what a need asks for: one sweep over the road graph toward the place gives the travel time
 * of every force at once; {@link SmallestSet} chooses.
 */
@Component
final class NearestResources {
    /** A road farther than this is no help to anyone. */
    private static final double TOLD_METRES = 50_000;

    private final DispatchSettings settings;
    private final Roads roads;
    private final Layers layers;
    private final Scenarios scenarios;
    private final Units units;
    private final Skills skills;
    private final RoadPlaces places;

    NearestResources(
            DispatchSettings settings,
            Roads roads,
            Layers layers,
            Scenarios scenarios,
            Units units,
            Skills skills,
            RoadPlaces places) {
        this.settings = settings;
        this.roads = roads;
        this.layers = layers;
        this.scenarios = scenarios;
        this.units = units;
        this.skills = skills;
        this.places = places;
    }

    /**
     * @param needs empty to rank all forces and choose none
     * @param incident what its missions already bring is taken off the need; empty for none
     * @param routes how many of the chosen, the earliest first, are given their way
     */
    record Question(
            Place place,
            List<Need> needs,
            String incident,
            int maxMinutes,
            TravelProfile profile,
            Scenario scenario,
            int routes,
            Locale language,
            ObjectNode understood) {}

    /**
     * @param needs what is asked for, what has been sent for it, what is left
     * @param assignments the smallest set that meets the need soonest, the earliest first
     * @param unmet what nobody in time can give
     * @param alternatives the others that have a skill asked for and come in time, the earliest first
     * @param alternativesTotal how many these are, those that are not listed included
     * @param leftOut forces with a skill asked for that do not take part, and why
     * @param metSeconds when the last of the chosen arrives; null where something remains unmet or nobody is chosen
     * @param exact whether the set is proved to be the smallest
     * @param candidates forces with a skill asked for that come in time
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            Where place,
            List<Needed> needs,
            List<Assignment> assignments,
            List<Unmet> unmet,
            List<Assignment> alternatives,
            int alternativesTotal,
            List<Left> leftOut,
            @Nullable Double metSeconds,
            boolean exact,
            int candidates,
            @JsonUnwrapped Provenance provenance) {}

    /**
     * The place.
     *
     * @param metresFromRoad straight to the nearest road
     * @param onClosedRoad whether that road is closed there, so that the last stretch is on foot
     */
    record Where(double lon, double lat, String name, double metresFromRoad, String road, boolean onClosedRoad) {}

    /**
     * @param skills of the need, or all of them where nothing was asked
     * @param walkMetres on foot at the end, within the travel time
     * @param outside of another county; null where unknown
     * @param route null where it was not asked for
     */
    record Assignment(
            String id,
            String layer,
            String layerTitle,
            String name,
            double lon,
            double lat,
            int units,
            @Nullable Integer people,
            List<String> skills,
            List<String> skillNames,
            List<String> equipment,
            double turnoutSeconds,
            double travelSeconds,
            double arrivalSeconds,
            double walkMetres,
            @Nullable String state,
            @Nullable Boolean outside,
            @Nullable Route route) {}

    record Route(double seconds, double metres, LineString geometry, List<Step> steps) {}

    /**
     * A need, what has been sent for it, and what is still to be sent.
     *
     * @param units crews asked for, 0 where their number does not matter
     * @param people asked for, 0 where their number does not matter
     * @param sentPeople those whose number is known
     */
    record Needed(
            String skill,
            String skillName,
            int units,
            int people,
            int sentUnits,
            int sentPeople,
            int leftUnits,
            int leftPeople) {
        Need left() {
            return new Need(skill, leftUnits, leftPeople);
        }
    }

    /**
     * @param units missing crews, 0 where there are enough
     * @param people missing people, 0 where there are enough
     */
    record Unmet(String skill, String skillName, int units, int people, String reasonCode, Text reason) {}

    record Left(
            String id,
            String layer,
            String name,
            double lon,
            double lat,
            List<String> skillNames,
            String reasonCode,
            Text reason,
            @Nullable Double arrivalSeconds) {}

    private record Coming(Unit unit, Snap at, int travelMillis, int stop) {
        long arrivalMillis() {
            return unit.turnoutSeconds() * 1000L + travelMillis;
        }
    }

    Answer answer(Question asked, Progress progress) {
        long started = System.nanoTime();
        WhatIf world = scenarios.onRoads(asked.scenario(), roads.require(), asked.profile());
        RoadNetwork network = world.network();
        List<Text> warnings = new ArrayList<>(world.warnings());
        warnings.addAll(scenarios.warnings(asked.scenario()));
        Snap place = network.snap(asked.place().lon(), asked.place().lat(), asked.profile(), settings.maxRoadMetres())
                .orElseThrow(() -> offEveryRoad(asked, network));
        Approach.Stops approach = Approach.of(
                network.graph(),
                world.keyMillis(),
                world.cuts(),
                () -> elsewhere(asked, place),
                place,
                settings.atClosureMetres(),
                settings.maxRoadMetres());
        List<Stop> stops = approach.all();
        boolean closedHere = approach.closedHere();
        if (closedHere) warnings.add(Text.of(stops.isEmpty() ? "dispatch.closedAround" : "dispatch.closedHere"));
        progress.stopIfCancelled();
        Units.All all = units.all(asked.scenario());
        warnings.addAll(all.warnings());
        List<Left> left = new ArrayList<>();
        for (Units.LeftOut one : all.leftOut())
            if (concerns(one.unit(), asked)) left.add(left(one.unit(), one.code(), one.reason(), null));
        List<Coming> coming = coming(asked, world, stops, all.able(), left);
        List<Needed> needed = needed(asked, warnings);
        Chosen chosen = choose(asked, needed.stream().map(Needed::left).toList(), coming, progress);
        unknownPeople(needed, coming, warnings);
        progress.report(0.6, Text.of("dispatch.progress.routes"));
        Ways ways = new Ways(asked, world, stops);
        List<Assignment> assignments = new ArrayList<>();
        for (Coming one : chosen.chosen())
            assignments.add(assignment(asked, one, stops, assignments.size() < asked.routes() ? ways : null));
        List<Assignment> others = coming.stream()
                .filter(one -> !chosen.chosen().contains(one))
                .limit(settings.listed())
                .map(one -> assignment(asked, one, stops, null))
                .toList();
        if (!chosen.exact()) warnings.add(Text.of("dispatch.notExact", coming.size(), settings.exactUnits()));
        Double met = chosen.chosen().isEmpty() || !chosen.unmet().isEmpty()
                ? null
                : tenth(chosen.chosen().get(chosen.chosen().size() - 1).arrivalMillis() / 1000.0);
        return new Answer(
                new Where(
                        asked.place().lon(),
                        asked.place().lat(),
                        asked.place().name(),
                        tenth(place.metresAway()),
                        network.edgeName(place.edge()),
                        closedHere),
                needed,
                assignments,
                chosen.unmet(),
                others,
                coming.size() - assignments.size(),
                left,
                met,
                chosen.exact(),
                coming.size(),
                new Provenance(
                        asked.understood(),
                        new DataUsed(
                                all.layers(),
                                new RoadsUsed(
                                        network.version(),
                                        network.source(),
                                        network.asOf(),
                                        network.graph().nodeCount(),
                                        network.graph().edgeCount()),
                                all.illustrative()),
                        warnings,
                        (System.nanoTime() - started) / 1e6));
    }

    private Approach.Elsewhere elsewhere(Question asked, Snap place) {
        WhatIf without = scenarios.elsewhere(
                asked.scenario(), roads.require(), asked.profile(), place, settings.atClosureMetres());
        return new Approach.Elsewhere(without.cuts(), without.lost());
    }

    /** Where the nearest road is, so that the officer can ask from there. */
    private ProblemException offEveryRoad(Question asked, RoadNetwork network) {
        long limit = (long) settings.maxRoadMetres();
        Place at = asked.place();
        Text what = network.snap(at.lon(), at.lat(), asked.profile(), TOLD_METRES)
                .map(road -> Text.of(
                        "dispatch.offRoad.nearest",
                        tenth(road.metresAway() / 1000),
                        degrees(road.lon()),
                        degrees(road.lat())))
                .orElse(Text.of("dispatch.offRoad.mistake", limit));
        return ProblemException.invalid("dispatch.offRoad", limit)
                .withMistakes(List.of(new Mistake("inputs.location", what)));
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Does a unit have to do with the question? */
    private static boolean concerns(Unit unit, Question asked) {
        return asked.needs().isEmpty()
                || asked.needs().stream().anyMatch(need -> unit.skills().contains(need.skill()));
    }

    /** Those who come in time, the earliest first; those who do not are told with their reason. */
    private List<Coming> coming(Question asked, WhatIf world, List<Stop> stops, List<Unit> able, List<Left> left) {
        List<Coming> coming = new ArrayList<>();
        int latest = (int) Math.min(Integer.MAX_VALUE / 2, settings.latest().toMillis());
        TravelTimes times = Sweep.run(
                world.network().graph(),
                world.keyMillis(),
                world.cuts(),
                Approach.sources(stops, settings.walkKmh()),
                Sweep.Direction.TO,
                latest);
        for (Unit unit : able) {
            if (!concerns(unit, asked)) continue;
            Optional<Snap> at =
                    places.snap(world.network(), unit.lon(), unit.lat(), asked.profile(), settings.maxRoadMetres());
            if (at.isEmpty()) {
                left.add(
                        left(unit, "offRoad", Text.of("dispatch.left.offRoad", (long) settings.maxRoadMetres()), null));
                continue;
            }
            TravelTimes.Arrival arrival = times.at(at.get().edge(), at.get().fraction());
            if (arrival.source() < 0) {
                left.add(left(unit, "noWay", Text.of("dispatch.left.noWay"), null));
                continue;
            }
            int access = (int) Math.ceil(at.get().metresAway() * 3600 / settings.accessKmh());
            Coming one = new Coming(unit, at.get(), arrival.millis() + access, arrival.source());
            if (one.arrivalMillis() <= asked.maxMinutes() * 60_000L) coming.add(one);
            else
                left.add(left(
                        unit,
                        "late",
                        Text.of("dispatch.left.late", (one.arrivalMillis() + 59_999) / 60_000, asked.maxMinutes()),
                        one.arrivalMillis() / 1000.0));
        }
        coming.sort(Comparator.comparingLong(Coming::arrivalMillis)
                .thenComparing(one -> one.unit().layer())
                .thenComparing(one -> one.unit().id()));
        return coming;
    }

    /** The need, less what the missions of the incident bring. */
    private List<Needed> needed(Question asked, List<Text> warnings) {
        Units.Sent sent = asked.incident().isEmpty() ? Units.Sent.NOBODY : units.sent(asked.incident());
        if (sent.hidden()) warnings.add(Text.of("dispatch.sent.hidden"));
        if (sent.untold() > 0) warnings.add(Text.of("dispatch.sent.untold", sent.untold()));
        List<Needed> all = new ArrayList<>();
        for (Need need : asked.needs()) {
            int crews = 0;
            int people = 0;
            for (Unit unit : sent.units()) {
                if (!unit.skills().contains(need.skill())) continue;
                crews += unit.units();
                people += unit.people() == null ? 0 : unit.people();
            }
            all.add(new Needed(
                    need.skill(),
                    name(need.skill()),
                    need.units(),
                    need.people(),
                    crews,
                    people,
                    Math.max(0, need.units() - crews),
                    Math.max(0, need.people() - people)));
        }
        return all;
    }

    private record Chosen(List<Coming> chosen, List<Unmet> unmet, boolean exact) {}

    /** What nobody can give is taken off the need; the rest is met as soon as can be. */
    private Chosen choose(Question asked, List<Need> needs, List<Coming> coming, Progress progress) {
        int skillCount = needs.size();
        int[] needUnits = new int[skillCount];
        int[] needPeople = new int[skillCount];
        int[] arrivals = new int[coming.size()];
        int[][] giveUnits = new int[coming.size()][skillCount];
        int[][] givePeople = new int[coming.size()][skillCount];
        long[] allUnits = new long[skillCount];
        long[] allPeople = new long[skillCount];
        for (int i = 0; i < coming.size(); i++) {
            Unit unit = coming.get(i).unit();
            arrivals[i] = (int) coming.get(i).arrivalMillis();
            for (int s = 0; s < skillCount; s++) {
                if (!unit.skills().contains(needs.get(s).skill())) continue;
                giveUnits[i][s] = unit.units();
                givePeople[i][s] = unit.people() == null ? 0 : unit.people();
                allUnits[s] += giveUnits[i][s];
                allPeople[s] += givePeople[i][s];
            }
        }
        List<Unmet> unmet = new ArrayList<>();
        for (int s = 0; s < skillCount; s++) {
            Need need = needs.get(s);
            needUnits[s] = (int) Math.min(need.units(), allUnits[s]);
            needPeople[s] = (int) Math.min(need.people(), allPeople[s]);
            if (needUnits[s] < need.units() || needPeople[s] < need.people())
                unmet.add(unmet(asked, need, need.units() - needUnits[s], need.people() - needPeople[s], allUnits[s]));
        }
        progress.stopIfCancelled();
        SmallestSet.Found found = SmallestSet.find(
                new SmallestSet.Candidates(arrivals, giveUnits, givePeople),
                needUnits,
                needPeople,
                coming.size() <= settings.exactUnits() ? Long.MAX_VALUE : settings.mostSteps());
        return new Chosen(found.chosen().stream().map(coming::get).toList(), unmet, found.exact());
    }

    private Unmet unmet(Question asked, Need need, int units, int people, long there) {
        String code = there == 0 ? "nobody" : "tooFew";
        String name = name(need.skill());
        return new Unmet(
                need.skill(),
                name,
                units,
                people,
                code,
                there == 0
                        ? Text.of("dispatch.unmet.nobody", name, asked.maxMinutes())
                        : people > 0 && units > 0
                                ? Text.of("dispatch.unmet.both", name, asked.maxMinutes(), units, people)
                                : units > 0
                                        ? Text.of("dispatch.unmet.units", name, asked.maxMinutes(), units)
                                        : Text.of("dispatch.unmet.people", name, asked.maxMinutes(), people));
    }

    /** Unknown is not zero, but nobody can count on it. */
    private static void unknownPeople(List<Needed> needed, List<Coming> coming, List<Text> warnings) {
        if (needed.stream().noneMatch(need -> need.leftPeople() > 0)) return;
        List<String> unknown = coming.stream()
                .filter(one -> one.unit().people() == null)
                .map(one -> one.unit().name())
                .toList();
        if (!unknown.isEmpty()) warnings.add(Text.of("dispatch.peopleUnknown", unknown.size(), unknown.get(0)));
    }

    private String name(String skill) {
        return skills.find(skill).map(one -> one.title().toString()).orElse(skill);
    }

    private List<String> shown(Unit unit, List<Need> needs) {
        return skills.all().stream()
                .map(Skills.Skill::id)
                .filter(id -> unit.skills().contains(id))
                .filter(id -> needs.isEmpty()
                        || needs.stream().anyMatch(need -> need.skill().equals(id)))
                .toList();
    }

    private Left left(Unit unit, String code, Text reason, @Nullable Double arrivalSeconds) {
        return new Left(
                unit.id(),
                unit.layer(),
                unit.name(),
                unit.lon(),
                unit.lat(),
                shown(unit, List.of()).stream().map(this::name).toList(),
                code,
                reason,
                arrivalSeconds == null ? null : (Double) tenth(arrivalSeconds));
    }

    private Assignment assignment(Question asked, Coming one, List<Stop> stops, @Nullable Ways ways) {
        Unit unit = one.unit();
        List<String> own = shown(unit, asked.needs());
        return new Assignment(
                unit.id(),
                unit.layer(),
                unit.layer().isEmpty()
                        ? Text.of("dispatch.added").toString()
                        : layers.definition(unit.layer()).title().toString(),
                unit.name(),
                unit.lon(),
                unit.lat(),
                unit.units(),
                unit.people(),
                own,
                own.stream().map(this::name).toList(),
                unit.equipment(),
                unit.turnoutSeconds(),
                tenth(one.travelMillis() / 1000.0),
                tenth(one.arrivalMillis() / 1000.0),
                tenth(stops.get(one.stop()).walkMetres()),
                unit.state(),
                unit.outside(),
                ways == null ? null : ways.of(one));
    }

    /** The ways of the chosen, found one after the other with the same arrays. */
    private static final class Ways {
        private final WhatIf world;
        private final RoadGraph graph;
        private final List<Stop> stops;
        private final Steps steps;
        private final TravelProfile profile;
        private @Nullable RouteFinder finder;

        Ways(Question asked, WhatIf world, List<Stop> stops) {
            this.world = world;
            this.graph = world.network().graph();
            this.stops = stops;
            this.profile = asked.profile();
            this.steps = new Steps(world.network(), world.keyMillis(), profile, asked.language());
        }

        @Nullable
        Route of(Coming one) {
            if (finder == null) finder = new RouteFinder(graph, world.network().turns(profile));
            Stop stop = stops.get(one.stop());
            return Objects.requireNonNull(finder)
                    .find(world.keyMillis(), world.cuts(), one.at(), stop.at())
                    .map(way -> new Route(
                            tenth(way.totalMillis() / 1000.0),
                            tenth(way.totalMetres()),
                            Lines.line(graph, way),
                            steps.of(way, stop.walkMetres())))
                    .orElse(null);
        }
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
