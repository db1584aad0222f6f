package org.anquan.travel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.catalog.Layers;
import org.anquan.network.Cuts;
import org.anquan.network.Lines;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Steps;
import org.anquan.network.Steps.Step;
import org.anquan.network.TravelProfile;
import org.anquan.network.Vehicle;
import org.anquan.network.Way;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.anquan.travel.NoWay.Reason;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.LineString;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code route}: the way from a place to another with instructions, others beside it, or why there is none. */
@Component
final class RouteProcess implements Process {
    static final List<String> INPUTS =
            List.of("from", "to", "profile", "vehicle", "alternatives", "language", "scenario");

    private final TravelSettings settings;
    private final Roads roads;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Layers layers;

    RouteProcess(TravelSettings settings, Roads roads, PlaceSets placeSets, Scenarios scenarios, Layers layers) {
        this.settings = settings;
        this.roads = roads;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.layers = layers;
    }

    /**
     * @param routes the fastest first; empty where there is none
     * @param reason why there is none, in words; null where there is one
     * @param usualSeconds of the fastest way without the scenario; null where there is none or no scenario
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            List<Route> routes,
            @Nullable String reason,
            @Nullable String reasonCode,
            List<Hindrance> obstacles,
            @Nullable Double usualSeconds,
            @JsonUnwrapped Provenance provenance) {}

    /**
     * @param metresToRoad straight from the start to the road; in neither {@code metres} nor {@code seconds}
     * @param metresFromRoad straight from the road to the end, likewise
     */
    record Route(
            double seconds,
            double metres,
            LineString geometry,
            List<Step> steps,
            double metresToRoad,
            double metresFromRoad) {}

    record Hindrance(@Nullable String road, String name, String by, double lon, double lat) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long started = System.nanoTime();
        TravelInputs inputs = new TravelInputs(given, placeSets, scenarios, INPUTS);
        Place from = inputs.place("from");
        Place to = inputs.place("to");
        TravelProfile profile = inputs.profile();
        int alternatives = inputs.whole("alternatives", 0, settings.maxAlternatives(), 0);
        Locale language = inputs.language();
        Scenario scenario = inputs.scenario();
        inputs.refuseMistakes();
        if (from == null || to == null) throw new IllegalStateException();
        WhatIf world = scenarios.onRoads(scenario, roads.require(), profile);
        progress.report(0.3, Text.of("travel.progress.route"));
        RoadNetwork network = world.network();
        List<Text> warnings = new ArrayList<>(world.warnings());
        warnings.addAll(scenarios.warnings(scenario));
        Optional<Snap> start = AtTheRoad.of(network, from, profile, settings);
        Optional<Snap> end = AtTheRoad.of(network, to, profile, settings);
        ObjectNode understood = given.deepCopy();
        understood.put("profile", profile.id());
        understood.put("alternatives", alternatives);
        understood.put("language", language.equals(Texts.ENGLISH) ? "en" : "zh");
        List<Route> routes = List.of();
        Reason reason = null;
        Double usual = null;
        if (start.isEmpty() || end.isEmpty()) reason = far(start.isEmpty(), end.isEmpty());
        else {
            RoadGraph graph = network.graph();
            RouteFinder finder = new RouteFinder(graph, network.turns(profile));
            List<Way> ways = new Alternatives(settings)
                    .find(finder, graph, world.keyMillis(), world.cuts(), start.get(), end.get(), alternatives);
            Steps steps = new Steps(network, world.keyMillis(), profile, language);
            routes = ways.stream()
                    .map(way -> route(graph, way, steps, start.get(), end.get()))
                    .toList();
            if (!scenario.changesNothing()) usual = usual(roads.require(), from, to, profile);
            if (routes.isEmpty()) {
                Vehicle known = graph.vehicle(profile);
                Vehicle vehicle =
                        scenario.vehicle() == null ? known : scenario.vehicle().or(known);
                reason = new NoWay(world, profile, vehicle, layers, settings.waterLayers())
                        .between(start.get(), end.get());
            }
        }
        return new Answer(
                routes,
                reason == null ? null : Texts.in(language, reason.text()),
                reason == null ? null : reason.code(),
                reason == null
                        ? List.of()
                        : reason.obstacles().stream()
                                .map(one -> new Hindrance(
                                        one.road(), one.name(), Texts.in(language, one.by()), one.lon(), one.lat()))
                                .toList(),
                usual,
                new Provenance(understood, Origins.of(network), warnings, (System.nanoTime() - started) / 1e6));
    }

    private Reason far(boolean start, boolean end) {
        String key = start && end ? "travel.reason.bothFar" : start ? "travel.reason.fromFar" : "travel.reason.toFar";
        return new Reason("farFromRoad", Text.of(key, settings.maxRoadMetres()), List.of());
    }

    private @Nullable Double usual(RoadNetwork network, Place from, Place to, TravelProfile profile) {
        Optional<Snap> start = AtTheRoad.of(network, from, profile, settings);
        Optional<Snap> end = AtTheRoad.of(network, to, profile, settings);
        if (start.isEmpty() || end.isEmpty()) return null;
        return new RouteFinder(network.graph(), network.turns(profile))
                .find(scenarios.onRoads(Scenario.NONE, network, profile).keyMillis(), Cuts.NONE, start.get(), end.get())
                .map(way -> Steps.tenth(way.totalMillis() / 1_000.0))
                .orElse(null);
    }

    private static Route route(RoadGraph graph, Way way, Steps steps, Snap from, Snap to) {
        return new Route(
                Steps.tenth(way.totalMillis() / 1_000.0),
                Steps.tenth(way.totalMetres()),
                Lines.line(graph, way),
                steps.of(way, to.metresAway()),
                Steps.tenth(from.metresAway()),
                Steps.tenth(to.metresAway()));
    }

    @Override
    public ProcessDescription description() {
        Parts parts = new Parts("route");
        ObjectNode inputs = Parts.JSON.objectNode();
        parts.input(inputs, "from", 1, Parts.place());
        parts.input(inputs, "to", 1, Parts.place());
        parts.input(inputs, "profile", 0, Parts.profile());
        parts.input(inputs, "vehicle", 0, Parts.vehicle());
        parts.input(
                inputs,
                "alternatives",
                0,
                Parts.type("integer")
                        .put("minimum", 0)
                        .put("maximum", settings.maxAlternatives())
                        .put("default", 0));
        ObjectNode language = Parts.type("string");
        language.putArray("enum").add("zh").add("en");
        parts.input(inputs, "language", 0, language);
        parts.input(inputs, "scenario", 0, Parts.scenario());
        ObjectNode outputs = Parts.JSON.objectNode();
        parts.part(outputs, "output", "routes", Parts.list(Parts.type("object")));
        parts.part(outputs, "output", "reason", Parts.type("string").put("nullable", true));
        parts.part(outputs, "output", "reasonCode", Parts.type("string").put("nullable", true));
        parts.part(outputs, "output", "obstacles", Parts.list(Parts.type("object")));
        parts.part(outputs, "output", "usualSeconds", Parts.type("number").put("nullable", true));
        ObjectNode example = Parts.JSON.objectNode();
        ObjectNode body = example.putObject("inputs");
        body.putArray("from").add(105.83).add(32.43);
        body.putArray("to").add(105.9).add(32.45);
        body.put("alternatives", 2);
        return new ProcessDescription("route", "1.0.0", parts.title(), parts.description(), inputs, outputs, example);
    }
}
