package org.anquan.travel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.network.Snap;
import org.anquan.network.TravelMatrix;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code travel-time-matrix}: seconds and metres by road, from all of some places to all of others. */
@Component
final class MatrixProcess implements Process {
    static final List<String> INPUTS = List.of("from", "to", "profile", "vehicle", "scenario");
    private static final int NAMED = 10;

    private final TravelSettings settings;
    private final Roads roads;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;

    MatrixProcess(TravelSettings settings, Roads roads, PlaceSets placeSets, Scenarios scenarios) {
        this.settings = settings;
        this.roads = roads;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
    }

    /**
     * @param seconds by road; null where there is no way
     * @param metres by road, of the fastest way; null where there is none
     */
    record Matrix(
            List<End> from,
            List<End> to,
            @Nullable Double[][] seconds,
            @Nullable Double[][] metres,
            @JsonUnwrapped Provenance provenance) {}

    /** @param metresToRoad straight to the nearest road, in no time of the matrix; null where none is near enough */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record End(
            String id,
            String name,
            double lon,
            double lat,
            @Nullable Double metresToRoad) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        TravelInputs inputs = new TravelInputs(given, placeSets, scenarios, INPUTS);
        Scenario scenario = inputs.scenario();
        InService starting = inputs.inService("from");
        InService ending = inputs.inService("to");
        PlaceSet from = changed(scenario, given.path("from"), starting, true);
        PlaceSet to = changed(scenario, given.path("to"), ending, !isLayer(given.path("from")));
        TravelProfile profile = inputs.profile();
        refuseNobody(inputs, "from", starting, from);
        refuseNobody(inputs, "to", ending, to);
        if (from != null
                && to != null
                && (long) from.places().size() * to.places().size() > settings.maxPairs())
            inputs.wrong(
                    "to",
                    Text.of(
                            "travel.input.tooManyPairs",
                            from.places().size(),
                            to.places().size(),
                            settings.maxPairs()));
        inputs.refuseMistakes();
        if (from == null || to == null || starting == null || ending == null) throw new IllegalStateException();
        List<Place> leftOut =
                new ArrayList<>(starting.leftOut(scenario.facilities().on()));
        leftOut.addAll(ending.leftOut(scenario.facilities().on()));
        WhatIf world = scenarios.onRoads(scenario, roads.require(), profile);
        progress.report(0.2, Text.of("travel.progress.matrix"));
        List<Text> warnings = new ArrayList<>(world.warnings());
        warnings.addAll(scenarios.warnings(scenario));
        InService.told(leftOut).ifPresent(warnings::add);
        Located starts = located(world.network(), from, profile, warnings);
        Located ends = located(world.network(), to, profile, warnings);
        TravelMatrix matrix = TravelMatrix.between(
                world.network().graph(), world.keyMillis(), world.cuts(), starts.found(), ends.found());
        Double[][] seconds = new Double[from.places().size()][to.places().size()];
        Double[][] metres = new Double[from.places().size()][to.places().size()];
        for (int i = 0; i < seconds.length; i++)
            for (int j = 0; j < seconds[i].length; j++) {
                int row = starts.rows[i];
                int column = ends.rows[j];
                if (row < 0 || column < 0) continue;
                int millis = matrix.millis()[row][column];
                if (millis == TravelTimes.UNREACHED) continue;
                seconds[i][j] = millis / 1_000.0;
                metres[i][j] = Math.round(matrix.metres()[row][column] * 10) / 10.0;
            }
        ObjectNode understood = given.deepCopy().put("profile", profile.id());
        return new Matrix(
                starts.ends,
                ends.ends,
                seconds,
                metres,
                new Provenance(
                        understood,
                        Origins.of(world.network(), from, to),
                        warnings,
                        (System.nanoTime() - start) / 1e6));
    }

    /**
     * Facilities that are out of service do not count, and those that the scenario shuts, switches on, moves or adds change
     * the places of a layer, as they do everywhere else. Which layer an added one belongs to its property {@code layer} says.
     *
     * @param unnamed whether those without that property belong here
     */
    private @Nullable PlaceSet changed(Scenario scenario, JsonNode asked, @Nullable InService set, boolean unnamed) {
        if (set == null || !isLayer(asked)) return set == null ? null : set.answering();
        Set<String> known = new HashSet<>();
        set.all().places().forEach(place -> known.add(place.id()));
        PlaceSet now = scenarios.facilities(scenario, set);
        List<Place> kept = now.places().stream()
                .filter(place -> known.contains(place.id())
                        || belongs(
                                place.attributes().get("layer"),
                                asked.path("layer").asString(""),
                                unnamed))
                .toList();
        return new PlaceSet(kept, now.layer(), now.illustrative());
    }

    /** All that were asked for are out of service, or shut by the scenario. */
    private static void refuseNobody(
            TravelInputs inputs, String name, @Nullable InService asked, @Nullable PlaceSet left) {
        if (asked == null || left == null) return;
        int all = asked.all().places().size();
        if (all > 0 && left.places().isEmpty()) inputs.wrong(name, Text.of("process.places.noneInService", all));
    }

    private static boolean belongs(@Nullable Object named, String layer, boolean unnamed) {
        return named == null ? unnamed : layer.equals(named);
    }

    private static boolean isLayer(JsonNode asked) {
        return asked.isObject() && asked.has("layer") && !asked.has("id");
    }

    /** @param rows of each place the number of its snap, -1 where there is no road near it */
    private record Located(List<End> ends, List<Snap> found, int[] rows) {}

    private Located located(RoadNetwork network, PlaceSet set, TravelProfile profile, List<Text> warnings) {
        List<End> ends = new ArrayList<>();
        List<Snap> found = new ArrayList<>();
        List<String> far = new ArrayList<>();
        int[] rows = new int[set.places().size()];
        for (int i = 0; i < rows.length; i++) {
            Place place = set.places().get(i);
            Optional<Snap> snap = AtTheRoad.of(network, place, profile, settings);
            rows[i] = snap.isPresent() ? found.size() : -1;
            snap.ifPresentOrElse(found::add, () -> far.add(place.name()));
            ends.add(new End(
                    place.id(),
                    place.name(),
                    place.lon(),
                    place.lat(),
                    snap.map(one -> Math.round(one.metresAway() * 10) / 10.0).orElse(null)));
        }
        if (!far.isEmpty())
            warnings.add(Text.of(
                    "travel.farFromRoad",
                    far.size(),
                    settings.maxRoadMetres(),
                    far.stream().limit(NAMED).toList()));
        return new Located(ends, found, rows);
    }

    @Override
    public ProcessDescription description() {
        Parts parts = new Parts("matrix");
        ObjectNode inputs = Parts.JSON.objectNode();
        parts.input(inputs, "from", 1, Parts.places());
        parts.input(inputs, "to", 1, Parts.places());
        parts.input(inputs, "profile", 0, Parts.profile());
        parts.input(inputs, "vehicle", 0, Parts.vehicle());
        parts.input(inputs, "scenario", 0, Parts.scenario());
        ObjectNode outputs = Parts.JSON.objectNode();
        for (String name : List.of("seconds", "metres"))
            parts.part(
                    outputs,
                    "output",
                    name,
                    Parts.list(Parts.list(Parts.type("number").put("nullable", true))));
        for (String name : List.of("from", "to")) parts.part(outputs, "output", name, Parts.list(Parts.type("object")));
        ObjectNode example = Parts.JSON.objectNode();
        ObjectNode body = example.putObject("inputs");
        body.putObject("from").put("layer", "rescue_station");
        body.putObject("to").put("layer", "hospital");
        return new ProcessDescription(
                "travel-time-matrix", "1.0.0", parts.title(), parts.description(), inputs, outputs, example);
    }
}
