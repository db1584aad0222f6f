package org.anquan.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Layers;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Understands scenarios and puts them on the world. */
@Component
public final class Scenarios {
    private final Layers layers;
    private final PlaceSets placeSets;
    private final ScenarioSettings settings;
    private final EdgeIndexes indexes = new EdgeIndexes();

    Scenarios(Layers layers, PlaceSets placeSets, ScenarioSettings settings) {
        this.layers = layers;
        this.placeSets = placeSets;
        this.settings = settings;
    }

    /**
     * @param node the scenario, inline; a missing node is {@link Scenario#NONE}
     * @param where path of the node in the request, for messages
     * @param mistakes what is wrong is added here
     * @return empty where something was wrong
     */
    public Optional<Scenario> read(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return Optional.of(Scenario.NONE);
        if (node.isObject()) return new ScenarioReader(placeSets, settings, mistakes).read(node, where);
        Text what = node.isString() ? Text.of("scenario.unknownName", node.asString()) : Text.of("scenario.shape");
        mistakes.add(new Mistake(where, what));
        return Optional.empty();
    }

    /** The road times under a scenario. Nothing of the network is changed. */
    public WhatIf onRoads(Scenario scenario, RoadNetwork network, TravelProfile profile) {
        return new RoadEffect(layers, settings, indexes.of(network.graph()), network.graph()).apply(scenario, profile);
    }

    /** The facilities under a scenario: without those that are off, with those added. */
    public PlaceSet facilities(Scenario scenario, PlaceSet set) {
        List<Place> all = new ArrayList<>();
        for (Place place : set.places()) if (!scenario.facilitiesOff().contains(place.id())) all.add(place);
        Set<String> taken = new HashSet<>(all.stream().map(Place::id).toList());
        for (Place place : scenario.facilitiesAdded()) all.add(taken.add(place.id()) ? place : renamed(place, taken));
        return new PlaceSet(all, set.layer(), set.illustrative());
    }

    /** Warnings about facilities switched off that are not among those asked for. */
    public List<Text> warnings(Scenario scenario, PlaceSet set) {
        Collection<String> unknown = new ArrayList<>(scenario.facilitiesOff());
        set.places().forEach(p -> unknown.remove(p.id()));
        return unknown.isEmpty()
                ? List.of()
                : List.of(
                        Text.of("scenario.offUnknown", unknown.stream().sorted().toList()));
    }

    private static Place renamed(Place place, Set<String> taken) {
        String id = place.id();
        for (int n = 2; !taken.add(id); n++) id = place.id() + "-" + n;
        return new Place(id, place.name(), place.lon(), place.lat(), place.attributes());
    }
}
