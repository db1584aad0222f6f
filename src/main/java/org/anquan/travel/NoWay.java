package org.anquan.travel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.geo.Distances;
import org.anquan.geo.GeoJson;
import org.anquan.network.Cuts;
import org.anquan.network.Lines;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Limits;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.anquan.network.Turns;
import org.anquan.network.Vehicle;
import org.anquan.network.Way;
import org.anquan.problem.Text;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;

/**
 * Why there is no way between two places: asks again with one obstacle after the other taken away, the least certain
 * last. What the first way then crosses is named. An obstacle costs hours in that search, so that the way crosses as few
 * as can be.
 */
final class NoWay {
    private static final int OBSTACLE_MILLIS = 6 * 3_600_000;
    private static final int NAMED = 5;
    /** Reasons against one vehicle, not against all: a bridge of the roster that is open carries a lighter one. */
    private static final Set<String> OF_THE_VEHICLE = Set.of("scenario.roster.load", "scenario.roster.height");

    private final RoadNetwork network;
    private final RoadGraph graph;
    private final WhatIf world;
    private final TravelProfile profile;
    private final Vehicle vehicle;
    private final Layers layers;
    private final List<String> waterLayers;

    /**
     * @param code {@code closed, limit, oneWay, turns, otherProfile, water, island, farFromRoad}
     * @param obstacles what would have to be opened on the way that needs the fewest
     */
    record Reason(String code, Text text, List<Obstacle> obstacles) {}

    /**
     * @param road feature in layer {@code road}, or null for a road of the scenario
     * @param by what closes it, or its limit
     */
    record Obstacle(@Nullable String road, String name, Text by, double lon, double lat) {}

    NoWay(WhatIf world, TravelProfile profile, Vehicle vehicle, Layers layers, List<String> waterLayers) {
        this.world = world;
        network = world.network();
        graph = network.graph();
        this.profile = profile;
        this.vehicle = vehicle;
        this.layers = layers;
        this.waterLayers = waterLayers;
    }

    Reason between(Snap from, Snap to) {
        RouteFinder finder = new RouteFinder(graph, Turns.FREE);
        int[] open = graph.keyMillis(profile, vehicle);
        Optional<Way> way = finder.find(withObstacles(world.keyMillis(), open), Cuts.NONE, from, to);
        if (way.isPresent()) return closed(way.get(), world.keyMillis());
        int[] small = graph.keyMillis(profile, Vehicle.SMALL);
        way = finder.find(withObstacles(open, small), Cuts.NONE, from, to);
        if (way.isPresent()) return limits(way.get(), open);
        int[] bothWays = small.clone();
        for (int key = 0; key < bothWays.length; key++)
            if (bothWays[key] == RoadGraph.CLOSED) bothWays[key] = small[key ^ 1];
        way = finder.find(withObstacles(small, bothWays), Cuts.NONE, from, to);
        if (way.isPresent()) return oneWay(way.get(), small);
        if (profile != TravelProfile.FOOT
                && finder.find(withObstacles(small, graph.keyMillis(TravelProfile.FOOT)), Cuts.NONE, from, to)
                        .isPresent()) return new Reason("otherProfile", Text.of("travel.reason.onFoot"), List.of());
        return apart(from, to, small);
    }

    /** The times of one world, and where it is closed those of a wider one, at a high price. */
    private static int[] withObstacles(int[] world, int[] wider) {
        int[] times = world.clone();
        for (int key = 0; key < times.length; key++)
            if (times[key] == RoadGraph.CLOSED && wider[key] != RoadGraph.CLOSED)
                times[key] = (int) Math.min(RoadGraph.CLOSED - 1L, (long) wider[key] + OBSTACLE_MILLIS);
        return times;
    }

    private Reason closed(Way way, int[] times) {
        List<Obstacle> all = new ArrayList<>();
        Set<Text> by = new LinkedHashSet<>();
        for (int i = 0; i < way.pieces(); i++) {
            if (times[way.keys()[i]] != RoadGraph.CLOSED) continue;
            Text reason = world.reasons().of(way.edge(i));
            int cut = world.cuts().find(way.edge(i));
            // The end of the way may lie on the open side of a section that is cut farther on.
            if (reason == null || (cut >= 0 && world.cuts().open(cut, way.from()[i], way.to()[i]))) continue;
            add(all, way, i, reason);
            by.add(reason);
        }
        // Every section is open, but the turns that are left are forbidden.
        if (all.isEmpty()) return new Reason("turns", Text.of("travel.reason.turns"), List.of());
        if (by.stream().allMatch(reason -> OF_THE_VEHICLE.contains(reason.key()))) return tooLarge(all);
        return new Reason(
                "closed",
                Text.of(
                        "travel.reason.closed",
                        names(all),
                        by.stream().limit(NAMED).toList()),
                all);
    }

    private Reason limits(Way way, int[] times) {
        List<Obstacle> all = new ArrayList<>();
        for (int i = 0; i < way.pieces(); i++) {
            Limits limits = graph.limits(way.edge(i));
            if (times[way.keys()[i]] == RoadGraph.CLOSED && limits != null) add(all, way, i, words(limits));
        }
        return tooLarge(all);
    }

    private static Reason tooLarge(List<Obstacle> all) {
        List<Text> said = all.stream()
                .map(one -> Text.of("travel.reason.limitAt", shown(one), one.by()))
                .distinct()
                .limit(NAMED)
                .toList();
        return new Reason("limit", Text.of("travel.reason.limit", said), all);
    }

    private Text words(Limits limits) {
        if (vehicle.heightMetres() > limits.heightMetres())
            return Text.of("travel.limit.height", limits.heightMetres(), vehicle.heightMetres());
        if (vehicle.widthMetres() > limits.widthMetres())
            return Text.of("travel.limit.width", limits.widthMetres(), vehicle.widthMetres());
        return Text.of("travel.limit.load", limits.loadTonnes(), vehicle.loadTonnes());
    }

    private Reason oneWay(Way way, int[] times) {
        List<Obstacle> all = new ArrayList<>();
        for (int i = 0; i < way.pieces(); i++)
            if (times[way.keys()[i]] == RoadGraph.CLOSED) add(all, way, i, Text.of("travel.oneWay"));
        return new Reason("oneWay", Text.of("travel.reason.oneWay", names(all)), all);
    }

    private void add(List<Obstacle> all, Way way, int piece, Text by) {
        int edge = way.edge(piece);
        long road = graph.edgeRoad(edge);
        String id = road < 0 ? null : "w" + road;
        if (!all.isEmpty()) {
            Obstacle last = all.get(all.size() - 1);
            if (java.util.Objects.equals(last.road(), id) && last.by().equals(by)) return;
        }
        Coordinate[] line = Lines.of(graph, way, piece);
        Coordinate at = line[line.length / 2];
        all.add(new Obstacle(id, network.edgeName(edge), by, at.x, at.y));
    }

    private static List<Object> names(List<Obstacle> all) {
        return all.stream().map(NoWay::shown).distinct().limit(NAMED).toList();
    }

    private static Object shown(Obstacle one) {
        return one.name().isBlank() ? one.road() == null ? Text.of("travel.namelessRoad") : one.road() : one.name();
    }

    /** No road of any kind leads there: what lies between? */
    private Reason apart(Snap from, Snap to, int[] times) {
        boolean[] mine = part(graph.edgeBase(from.edge()), times);
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int node = 0; node < mine.length; node++) {
            if (!mine[node]) continue;
            double metres = Distances.metres(to.lon(), to.lat(), graph.nodeLon(node), graph.nodeLat(node));
            if (metres < least) {
                least = metres;
                nearest = node;
            }
        }
        int size = count(part(graph.edgeBase(to.edge()), times));
        if (nearest < 0) return new Reason("island", Text.of("travel.reason.island", size), List.of());
        LineString gap = GeoJson.FACTORY.createLineString(new Coordinate[] {
            new Coordinate(to.lon(), to.lat()), new Coordinate(graph.nodeLon(nearest), graph.nodeLat(nearest))
        });
        Text water = water(gap);
        if (water != null)
            return new Reason("water", Text.of("travel.reason.water", water, Math.round(least)), List.of());
        return new Reason("island", Text.of("travel.reason.islandAway", size, Math.round(least)), List.of());
    }

    private @Nullable Text water(LineString gap) {
        for (LayerDefinition layer : Visibility.current().layers(layers)) {
            if (!waterLayers.contains(layer.id())) continue;
            for (Feature feature : layers.snapshot(layer.id()).features())
                if (feature.geometry().getEnvelopeInternal().intersects(gap.getEnvelopeInternal())
                        && feature.geometry().intersects(gap))
                    return Text.of("travel.water", layer.title(), feature.name());
        }
        return null;
    }

    /** The nodes that hang together with one, whatever the directions. */
    private boolean[] part(int start, int[] times) {
        boolean[] seen = new boolean[graph.nodeCount()];
        int[] waiting = new int[64];
        int count = 0;
        waiting[count++] = start;
        seen[start] = true;
        while (count > 0) {
            int node = waiting[--count];
            for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
                int key = graph.arcKey()[arc];
                int head = graph.arcHead()[arc];
                if (seen[head] || (times[key] == RoadGraph.CLOSED && times[key ^ 1] == RoadGraph.CLOSED)) continue;
                seen[head] = true;
                if (count == waiting.length) waiting = Arrays.copyOf(waiting, 2 * count);
                waiting[count++] = head;
            }
        }
        return seen;
    }

    private static int count(boolean[] seen) {
        int count = 0;
        for (boolean one : seen) if (one) count++;
        return count;
    }
}
