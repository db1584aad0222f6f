package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Layers;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.Question.World;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.population.Villages;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands the part of a request that other questions about one set of stations share with the circle. */
@Component
final class StationQuestions {
    private final CoverageSettings settings;
    private final RescueCircle circle;
    private final Roads roads;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Worlds worlds;

    StationQuestions(
            CoverageSettings settings,
            RescueCircle circle,
            Roads roads,
            Layers layers,
            PlaceSets placeSets,
            Scenarios scenarios,
            Worlds worlds) {
        this.settings = settings;
        this.circle = circle;
        this.roads = roads;
        this.layers = layers;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.worlds = worlds;
    }

    /**
     * Stations beside roads, ready to be asked.
     *
     * @param understood inputs with all defaults filled in
     */
    record Asked(
            CircleInputs inputs,
            RoadNetwork network,
            World world,
            CircleRequest request,
            Ground ground,
            Located located,
            List<Text> warnings,
            ObjectNode understood) {

        Provenance provenance(ObjectNode inputs, long startNanos) {
            List<LayerUsed> used = new ArrayList<>();
            PlaceSet facilities = inputs().kinds().get(0).facilities();
            if (facilities.layer() != null) used.add(facilities.layer());
            Villages villages = world.villages();
            used.add(new LayerUsed(
                    villages.layer(), villages.version(), villages.all().size(), villages.asOf()));
            RoadsUsed roadsUsed = new RoadsUsed(
                    network.version(),
                    network.source(),
                    network.asOf(),
                    network.graph().nodeCount(),
                    network.graph().edgeCount());
            return new Provenance(
                    inputs,
                    new DataUsed(used, roadsUsed, facilities.illustrative() || villages.illustrative()),
                    warnings,
                    (System.nanoTime() - startNanos) / 1e6);
        }
    }

    /** An area or line that a request draws, within the limits that hold for scenarios. */
    Optional<Geometry> drawn(JsonNode node, String where, List<Mistake> mistakes) {
        return scenarios.drawn(node, where, mistakes);
    }

    /**
     * @param own inputs that the asking process has read itself
     * @param mistakes what it found wrong; all are told together
     */
    Asked ask(ObjectNode given, List<String> own, List<Mistake> mistakes) {
        ObjectNode shared = given.deepCopy();
        own.forEach(shared::remove);
        for (String name : CircleInputs.NAMES)
            if (!CircleDescription.stationInputs(settings).has(name) && shared.has(name)) {
                mistakes.add(new Mistake("inputs." + name, Text.of("coverage.input.notHere")));
                shared.remove(name);
            }
        shared.putArray("lists");
        CircleInputs inputs;
        try {
            inputs = CircleInputs.read(
                    shared,
                    settings,
                    layers,
                    placeSets,
                    scenarios,
                    (offRoad, cell) -> roads.current()
                            .map(network ->
                                    circle.grounds().cells(circle.grounds().plane(network), offRoad, cell)));
        } catch (ProblemException e) {
            if (mistakes.isEmpty()) throw e;
            List<Mistake> all = new ArrayList<>(mistakes);
            all.addAll(e.mistakes());
            throw ProblemException.invalid("coverage.inputs", all.size()).withMistakes(all);
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("coverage.inputs", mistakes.size()).withMistakes(mistakes);
        RoadNetwork imported = roads.require();
        List<Text> warnings = new ArrayList<>();
        World world = worlds.of(List.of(), warnings);
        KindInput kind = inputs.kinds().get(0);
        InService.told(inputs.leftOut(inputs.scenario().facilities().on())).ifPresent(warnings::add);
        WhatIf roadsNow = scenarios.onRoads(inputs.scenario(), imported, kind.profile());
        RoadNetwork network = roadsNow.network();
        warnings.addAll(roadsNow.warnings());
        PlaceSet facilities = scenarios.facilities(inputs.scenario(), kind.stations());
        warnings.addAll(scenarios.warnings(inputs.scenario(), kind.withOutOfService()));
        CircleRequest request = new CircleRequest(
                RescueCircleProcess.stations(kind, facilities, "inputs.scenario", warnings),
                kind.minutes(),
                kind.direction(),
                kind.profile(),
                inputs.offRoad(),
                roadsNow.keyMillis(),
                roadsNow.cuts(),
                roadsNow.impassable(),
                false,
                false,
                roadsNow::closes);
        if (request.stations().isEmpty()) throw ProblemException.invalid("coverage.noStations");
        Ground ground = circle.grounds().of(network, kind.profile(), inputs.offRoad());
        Located located = Located.of(network, request, ground, settings.station(), warnings);
        ObjectNode understood = inputs.understood(given, ground.grid.cellMetres);
        understood.remove(List.of("rings", "backup"));
        return new Asked(inputs, network, world, request, ground, located, warnings, understood);
    }
}
