package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.Layers;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.Question.World;
import org.anquan.coverage.Questions.Prepared;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.population.Villages;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.PlaceSets;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenarios;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands the part of a request that other questions about one set of stations share with the circle. */
@Component
final class StationQuestions {
    /** Inputs of the circle beside those of one kind of help. */
    static final List<String> TOGETHER = List.of("kinds", "combine", "helicopters");

    private final CoverageSettings settings;
    private final RescueCircle circle;
    private final Roads roads;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Questions questions;
    private final Worlds worlds;

    StationQuestions(
            CoverageSettings settings,
            RescueCircle circle,
            Roads roads,
            Layers layers,
            PlaceSets placeSets,
            Scenarios scenarios,
            Questions questions,
            Worlds worlds) {
        this.settings = settings;
        this.circle = circle;
        this.roads = roads;
        this.layers = layers;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.questions = questions;
        this.worlds = worlds;
    }

    /** One way in which help comes: stations beside roads, or landing places. */
    record Way(CircleRequest request, Ground ground, Located located) {}

    /**
     * Stations beside roads, ready to be asked.
     *
     * @param kinds the ways of each kind of help; one of a kind is enough
     * @param understood inputs with all defaults filled in
     */
    record Asked(
            CircleInputs inputs,
            RoadNetwork network,
            World world,
            List<List<Way>> kinds,
            List<Text> warnings,
            ObjectNode understood) {

        CircleRequest request() {
            return kinds.get(0).get(0).request();
        }

        Ground ground() {
            return kinds.get(0).get(0).ground();
        }

        Located located() {
            return kinds.get(0).get(0).located();
        }

        Provenance provenance(ObjectNode inputs, long startNanos) {
            List<LayerUsed> used = new ArrayList<>();
            boolean illustrative = world.villages().illustrative();
            for (KindInput kind : inputs().kinds()) {
                LayerUsed layer = kind.facilities().layer();
                if (layer != null && !used.contains(layer)) used.add(layer);
                illustrative |= kind.facilities().illustrative();
            }
            if (inputs().air() != null && inputs().air().pads().layer() != null)
                used.add(inputs().air().pads().layer());
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
                    new DataUsed(used, roadsUsed, illustrative),
                    warnings,
                    (System.nanoTime() - startNanos) / 1e6);
        }
    }

    /** An area or line that a request draws, within the limits that hold for scenarios. */
    Optional<Geometry> drawn(JsonNode node, String where, List<Mistake> mistakes) {
        return scenarios.drawn(node, where, mistakes);
    }

    /** The same for a question that knows helicopters and several kinds of help too: {@link #TOGETHER}. */
    Asked askTogether(ObjectNode given, List<String> own, List<Mistake> mistakes) {
        return ask(given, own, TOGETHER, mistakes);
    }

    /**
     * @param own inputs that the asking process has read itself
     * @param mistakes what it found wrong; all are told together
     */
    Asked ask(ObjectNode given, List<String> own, List<Mistake> mistakes) {
        return ask(given, own, List.of(), mistakes);
    }

    private Asked ask(ObjectNode given, List<String> own, List<String> more, List<Mistake> mistakes) {
        ObjectNode shared = given.deepCopy();
        own.forEach(shared::remove);
        ObjectNode known = CircleDescription.stationInputs(settings);
        for (String name : CircleInputs.NAMES)
            if (!known.has(name) && !more.contains(name) && shared.has(name)) {
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
        InService.told(inputs.leftOut(inputs.scenario().facilities().on())).ifPresent(warnings::add);
        Prepared prepared = questions.prepared(imported, inputs, inputs.scenario(), "inputs.scenario");
        Questions.add(warnings, prepared.warnings());
        RoadNetwork network = prepared.network();
        Question question = prepared.question();
        List<List<Way>> kinds = new ArrayList<>();
        for (int k = 0; k < question.kinds().size(); k++) {
            List<Way> ways =
                    new ArrayList<>(List.of(way(network, question.kinds().get(k).request(), warnings)));
            if (question.byAir() != null && question.byAirFor() == k)
                ways.add(way(network, question.byAir(), warnings));
            kinds.add(List.copyOf(ways));
        }
        ObjectNode understood = inputs.understood(given, kinds.get(0).get(0).ground().grid.cellMetres);
        understood.remove(List.of("rings", "backup"));
        return new Asked(inputs, network, world, List.copyOf(kinds), warnings, understood);
    }

    private Way way(RoadNetwork network, CircleRequest request, List<Text> warnings) {
        if (request.stations().isEmpty()) throw ProblemException.invalid("coverage.noStations");
        Ground ground = circle.grounds().of(network, request.profile(), request.offRoad());
        return new Way(request, ground, Located.of(network, request, ground, settings.station(), warnings));
    }
}
