package org.anquan.scenario;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Layers;
import org.anquan.catalog.SpokenTime;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.anquan.network.Vehicle;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Understands scenarios and puts them on the world. */
@Component
public final class Scenarios {
    private final Layers layers;
    private final PlaceSets placeSets;
    private final ScenarioSettings settings;
    private final RoadWorks works;
    private final ScenarioStore store;
    private final EdgeIndexes indexes = new EdgeIndexes();
    private final UsualTimes usualTimes = new UsualTimes();
    /** The last few: networks with added roads have one of their own. */
    private final Map<String, BridgeRoster> rosters = new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BridgeRoster> eldest) {
            return size() > 8;
        }
    };

    private final Clock clock = Clock.systemUTC();

    Scenarios(Layers layers, PlaceSets placeSets, ScenarioSettings settings, RoadWorks works, ScenarioStore store) {
        this.layers = layers;
        this.placeSets = placeSets;
        this.settings = settings;
        this.works = works;
        this.store = store;
    }

    /**
     * @param node the scenario, inline or the name of a stored one; a missing node is {@link Scenario#NONE}
     * @param where path of the node in the request, for messages
     * @param mistakes what is wrong is added here
     * @return empty where something was wrong
     */
    public Optional<Scenario> read(JsonNode node, String where, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return Optional.of(Scenario.NONE);
        if (node.isObject()) return new ScenarioReader(placeSets, settings, mistakes).read(node, where);
        if (!node.isString()) {
            mistakes.add(new Mistake(where, Text.of("scenario.shape")));
            return Optional.empty();
        }
        Optional<StoredScenario> stored = store.find(node.asString());
        if (stored.isPresent())
            return new ScenarioReader(placeSets, settings, mistakes)
                    .stored(stored.get().name())
                    .read(stored.get().body(), where);
        mistakes.add(new Mistake(where, Text.of("scenario.unknownName", node.asString(), store.names())));
        return Optional.empty();
    }

    /**
     * An area or line that a request draws outside a scenario, mended and within the same limits.
     *
     * @return empty where something was wrong
     */
    public Optional<Geometry> drawn(JsonNode node, String where, List<Mistake> mistakes) {
        return new ScenarioReader(placeSets, settings, mistakes).drawn(node, where);
    }

    /**
     * The polygons of a geometry, a feature or a collection that a request draws outside a scenario, mended and within the
     * same limits.
     *
     * @return empty where something was wrong
     */
    public Optional<List<Geometry>> areas(JsonNode node, String where, List<Mistake> mistakes) {
        return new ScenarioReader(placeSets, settings, mistakes).areas(node, where);
    }

    /** The size of a vehicle as a request gives it, or null where it gives none. */
    public @Nullable Vehicle vehicle(JsonNode node, String where, List<Mistake> mistakes) {
        return node.isMissingNode() || node.isNull()
                ? null
                : new ScenarioReader(placeSets, settings, mistakes).vehicle(node, where);
    }

    /**
     * The areas that a scenario's closures cover, drawn or of a hazard layer: who is inside must leave, and nobody finds
     * shelter there (lon, lat).
     */
    public List<Geometry> threatened(Scenario scenario) {
        return new Threatened(layers).by(scenario);
    }

    /** The road times under a scenario. Nothing of the network is changed. */
    public WhatIf onRoads(Scenario scenario, RoadNetwork network, TravelProfile profile) {
        RoadWorks.Extended world = works.extended(network, scenario.roadsAdded(), settings.joinMetres());
        return new RoadEffect(layers, settings, indexes.of(world.network()), world, roster(world.network()), usualTimes)
                .apply(scenario, profile);
    }

    /**
     * The same without the closures at a place: those that hold it, or come so near to it along its section. What a closure
     * consists of counts for itself: each part of a drawn geometry, each road, each bridge, each feature of a hazard layer.
     *
     * @param place on the network of {@link #onRoads} with the same scenario
     */
    public WhatIf elsewhere(Scenario scenario, RoadNetwork network, TravelProfile profile, Snap place, double metres) {
        RoadWorks.Extended world = works.extended(network, scenario.roadsAdded(), settings.joinMetres());
        return new RoadEffect(layers, settings, indexes.of(world.network()), world, roster(world.network()), usualTimes)
                .sparing(place.edge(), place.fraction(), metres)
                .apply(scenario, profile);
    }

    /** Of the roads as they are now; the same object while neither roads nor bridges change. */
    private synchronized BridgeRoster roster(RoadNetwork network) {
        if (layers.definitions().stream().noneMatch(layer -> layer.id().equals(RoadEffect.BRIDGES)))
            return BridgeRoster.EMPTY;
        String version =
                network.version() + "|" + layers.state(RoadEffect.BRIDGES).version();
        return rosters.computeIfAbsent(
                version,
                v -> BridgeRoster.of(
                        layers.snapshot(RoadEffect.BRIDGES),
                        network,
                        indexes.of(network),
                        settings.structureReachMetres()));
    }

    /** The facilities under a scenario: without those that are off, some moved, with those added. */
    public PlaceSet facilities(Scenario scenario, PlaceSet set) {
        return facilities(scenario, new InService(set, set));
    }

    /** The same where some are out of service unless the scenario switches them on. */
    public PlaceSet facilities(Scenario scenario, InService set) {
        PlaceSet inService = set.answering();
        Scenario.Facilities change = scenario.facilities();
        Set<String> answering = new HashSet<>();
        inService.places().forEach(place -> answering.add(place.id()));
        answering.addAll(change.on());
        answering.removeAll(change.off());
        List<Place> now = new ArrayList<>();
        for (Place place : set.all().places())
            if (answering.contains(place.id())) {
                Position to = change.moved().get(place.id());
                now.add(
                        to == null
                                ? place
                                : new Place(place.id(), place.name(), to.lon(), to.lat(), place.attributes()));
            }
        Set<String> taken = new HashSet<>(now.stream().map(Place::id).toList());
        for (Place place : change.added()) now.add(taken.add(place.id()) ? place : renamed(place, taken));
        return new PlaceSet(now, inService.layer(), inService.illustrative());
    }

    /** Warnings about facilities named in the scenario that are not among those asked for, and about its time. */
    public List<Text> warnings(Scenario scenario, PlaceSet set) {
        List<Text> warnings = new ArrayList<>(warnings(scenario));
        Scenario.Facilities change = scenario.facilities();
        unknown(change.off(), set, "scenario.offUnknown", warnings);
        unknown(change.on(), set, "scenario.onUnknown", warnings);
        unknown(change.moved().keySet(), set, "scenario.movedUnknown", warnings);
        return warnings;
    }

    private static void unknown(Set<String> named, PlaceSet set, String key, List<Text> warnings) {
        Collection<String> unknown = new ArrayList<>(named);
        set.places().forEach(p -> unknown.remove(p.id()));
        if (!unknown.isEmpty())
            warnings.add(Text.of(key, unknown.stream().sorted().toList()));
    }

    /** Warnings about the time for which a scenario holds. */
    public List<Text> warnings(Scenario scenario) {
        Scenario.Validity validity = scenario.validity();
        Instant now = clock.instant();
        Object name = validity.name() == null ? Text.of("scenario.inline") : validity.name();
        if (validity.until() != null && validity.ended(now))
            return List.of(Text.of("scenario.ended", name, SpokenTime.of(validity.until())));
        if (validity.from() != null && validity.notYet(now))
            return List.of(Text.of("scenario.notYet", name, SpokenTime.of(validity.from())));
        return List.of();
    }

    private static Place renamed(Place place, Set<String> taken) {
        String id = place.id();
        for (int n = 2; !taken.add(id); n++) id = place.id() + "-" + n;
        return new Place(id, place.name(), place.lon(), place.lat(), place.attributes());
    }
}
