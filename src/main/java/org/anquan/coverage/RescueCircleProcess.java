package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.CircleResult.Compared;
import org.anquan.coverage.CircleResult.Difference;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.CircleResult.Side;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.population.Population;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code rescue-circle}: understands the request, asks {@link RescueCircle}, says where it comes from. */
@Component
final class RescueCircleProcess implements Process {
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final CoverageSettings settings;
    private final RescueCircle circle;
    private final Roads roads;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Population population;

    RescueCircleProcess(
            CoverageSettings settings,
            RescueCircle circle,
            Roads roads,
            PlaceSets placeSets,
            Scenarios scenarios,
            Population population) {
        this.settings = settings;
        this.circle = circle;
        this.roads = roads;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.population = population;
    }

    @Override
    public ProcessDescription description() {
        return CircleDescription.of(settings);
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        CircleInputs inputs = CircleInputs.read(given, settings, placeSets, scenarios, this::cells);
        RoadNetwork network = roads.require();
        World world =
                new World(network, population.villages(), population.raster().orElse(null));
        progress.report(0.1, Text.of("coverage.progress.roads"));
        List<Text> warnings = new ArrayList<>();
        if (inputs.statusIgnored() > 0) warnings.add(Text.of("coverage.statusIgnored", inputs.statusIgnored()));
        CircleAnswer before = answer(world, inputs, inputs.scenario(), "inputs.scenario", warnings);
        progress.stopIfCancelled();
        progress.report(0.6, Text.of("coverage.progress.surface"));
        if (inputs.compare() == null)
            return CircleResult.of(before, provenance(given, inputs, world, before, warnings, start));
        CircleAnswer after = answer(world, inputs, inputs.compare(), "inputs.compare", warnings);
        Difference difference = difference(before, after);
        return new Compared(
                Side.of(before), Side.of(after), difference, provenance(given, inputs, world, before, warnings, start));
    }

    private Optional<Long> cells(OffRoad offRoad, double cellMetres) {
        Ground.Cache grounds = circle.grounds();
        return roads.current().map(network -> grounds.cells(grounds.plane(network), offRoad, cellMetres));
    }

    /** What the question is asked of. */
    private record World(
            RoadNetwork network,
            Villages villages,
            @Nullable PopulationRaster raster) {}

    private CircleAnswer answer(
            World world, CircleInputs inputs, Scenario scenario, String scenarioAt, List<Text> warnings) {
        WhatIf roadsNow = scenarios.onRoads(scenario, world.network, inputs.profile());
        PlaceSet facilities = scenarios.facilities(scenario, inputs.facilities());
        List<Text> here = new ArrayList<>(roadsNow.warnings());
        here.addAll(scenarios.warnings(scenario, inputs.facilities()));
        CircleRequest request = new CircleRequest(
                stations(inputs, facilities, scenarioAt, here),
                inputs.minutes(),
                inputs.direction(),
                inputs.profile(),
                inputs.offRoad(),
                roadsNow.keyMillis(),
                roadsNow.impassable(),
                inputs.rings());
        CircleAnswer answer = circle.answer(world.network, request, world.villages, world.raster);
        here.addAll(answer.warnings());
        for (Text warning : here) if (!warnings.contains(warning)) warnings.add(warning);
        return answer;
    }

    private static List<Station> stations(
            CircleInputs inputs, PlaceSet facilities, String scenarioAt, List<Text> warnings) {
        List<Station> stations = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Set<Place> asked = new HashSet<>(inputs.facilities().places());
        for (Place place : facilities.places()) {
            Optional<Integer> seconds = inputs.turnout().seconds(place);
            if (seconds.isEmpty()) unknown.add(place.name());
            String where = asked.contains(place) ? inputs.whereGiven().get(place) : scenarioAt + ".facilities.added";
            stations.add(new Station(
                    place.id(),
                    place.name(),
                    place.lon(),
                    place.lat(),
                    seconds.orElse(inputs.turnout().slowest()),
                    where));
        }
        if (!unknown.isEmpty())
            warnings.add(Text.of(
                    "coverage.turnoutUnknown",
                    unknown.size(),
                    inputs.turnout().slowest(),
                    unknown.stream().limit(5).toList()));
        return stations;
    }

    private static Provenance provenance(
            ObjectNode given,
            CircleInputs inputs,
            World world,
            CircleAnswer answer,
            List<Text> warnings,
            long startNanos) {
        List<LayerUsed> layers = new ArrayList<>();
        if (inputs.facilities().layer() != null) layers.add(inputs.facilities().layer());
        Villages villages = world.villages;
        layers.add(new LayerUsed(
                villages.layer(), villages.version(), villages.all().size(), villages.asOf()));
        RoadNetwork network = world.network;
        RoadsUsed used = new RoadsUsed(
                network.version(),
                network.source(),
                network.asOf(),
                network.graph().nodeCount(),
                network.graph().edgeCount());
        return new Provenance(
                inputs.understood(given, answer.accuracy().cellMetres()),
                new DataUsed(layers, used, inputs.facilities().illustrative() || villages.illustrative()),
                warnings,
                (System.nanoTime() - startNanos) / 1e6);
    }

    private static Difference difference(CircleAnswer before, CircleAnswer after) {
        Map<String, Uncovered> outBefore = byId(before);
        Map<String, Uncovered> outAfter = byId(after);
        List<Uncovered> gained = before.uncovered().stream()
                .filter(village -> !outAfter.containsKey(village.id()))
                .toList();
        List<Uncovered> lost = after.uncovered().stream()
                .filter(village -> !outBefore.containsKey(village.id()))
                .toList();
        Long peopleBefore = before.covered().people();
        Long peopleAfter = after.covered().people();
        return new Difference(
                peopleBefore == null || peopleAfter == null ? null : Long.valueOf(peopleAfter - peopleBefore),
                after.covered().areaSquareMetres() - before.covered().areaSquareMetres(),
                gained.size() - lost.size(),
                gained,
                lost,
                Features.of(List.of(change("gained", after, before), change("lost", before, after))));
    }

    private static Map<String, Uncovered> byId(CircleAnswer answer) {
        Map<String, Uncovered> all = new HashMap<>();
        for (Uncovered village : answer.uncovered()) all.put(village.id(), village);
        return all;
    }

    private static OneFeature change(String kind, CircleAnswer has, CircleAnswer hasNot) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("change", kind);
        return OneFeature.of(kind, Contours.without(has.widest(), hasNot.widest()), properties);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        if (!mediaType.equals(EXCEL)) throw new UnsupportedOperationException(mediaType);
        CircleWorkbook.write(answer, out);
    }
}
