package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;

/**
 * Where vehicles stop for a place. Usually that is the nearest point of a road. Where the road is closed at the place
 * itself (a landslide is reported where it lies), it is the open road on either side of the closure, and the rest is gone
 * on foot along the closed road.
 */
final class Approach {
    /**
     * A point at which vehicles stop.
     *
     * @param walkMetres from there to the place, the straight stretch beside the road included
     */
    record Stop(Snap at, double walkMetres) {}

    private record Reached(int node, double metres) {}

    private Approach() {}

    static List<Sweep.Source> sources(List<Stop> stops, double walkKmh) {
        return stops.stream()
                .map(stop -> new Sweep.Source(stop.at(), (int) Math.ceil(stop.walkMetres() * 3600 / walkKmh)))
                .toList();
    }

    /**
     * @param keyMillis with what is closed in them
     * @param atClosureMetres a place so near to where its road is cut counts as lying there: it is reached from both sides
     * @param maxMetres how far the closed road is walked along
     * @return empty where no open road is so near
     */
    static List<Stop> of(
            RoadGraph graph, int[] keyMillis, Cuts cuts, Snap place, double atClosureMetres, double maxMetres) {
        int edge = place.edge();
        double beside = place.metresAway();
        if (keyMillis[2 * edge] != RoadGraph.CLOSED || keyMillis[2 * edge + 1] != RoadGraph.CLOSED)
            return List.of(new Stop(place, beside));
        double length = graph.edgeMetres(edge);
        double at = place.fraction();
        double toBase = at * length;
        double toHead = (1 - at) * length;
        List<Stop> stops = new ArrayList<>();
        int cut = cuts.find(edge);
        if (cut >= 0) {
            double[] blocks = cuts.blocks(cut);
            double from = Double.POSITIVE_INFINITY;
            double until = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < blocks.length; i += 2) {
                if (Math.max(blocks[i] - at, at - blocks[i + 1]) * length > atClosureMetres) continue;
                from = Math.min(from, blocks[i]);
                until = Math.max(until, blocks[i + 1]);
            }
            if (from > until) return List.of(new Stop(place, beside));
            double baseSide = Math.min(at, Math.nextDown(from));
            double headSide = Math.max(at, Math.nextUp(until));
            if (baseSide > 0) {
                stop(stops, place, baseSide, (at - baseSide) * length, maxMetres);
                toBase = Double.POSITIVE_INFINITY;
            }
            if (headSide < 1) {
                stop(stops, place, headSide, (headSide - at) * length, maxMetres);
                toHead = Double.POSITIVE_INFINITY;
            }
        }
        alongClosed(graph, keyMillis, place, toBase, toHead, maxMetres, stops);
        return stops;
    }

    private static void stop(List<Stop> stops, Snap place, double fraction, double along, double maxMetres) {
        if (along > maxMetres) return;
        Snap at = new Snap(place.edge(), fraction, 0, place.lon(), place.lat());
        stops.add(new Stop(at, place.metresAway() + Math.max(0, along)));
    }

    /** On foot over closed sections to the first junctions from which an open one leads on. */
    private static void alongClosed(
            RoadGraph graph,
            int[] keyMillis,
            Snap place,
            double toBase,
            double toHead,
            double maxMetres,
            List<Stop> stops) {
        Map<Integer, Double> known = new HashMap<>();
        PriorityQueue<Reached> waiting = new PriorityQueue<>((a, b) -> Double.compare(a.metres(), b.metres()));
        offer(graph.edgeBase(place.edge()), toBase, maxMetres, known, waiting);
        offer(graph.edgeHead(place.edge()), toHead, maxMetres, known, waiting);
        while (!waiting.isEmpty()) {
            Reached here = waiting.poll();
            if (here.metres() > known.getOrDefault(here.node(), Double.POSITIVE_INFINITY)) continue;
            Snap open = openAt(graph, keyMillis, here.node());
            if (open != null) {
                stops.add(new Stop(open, place.metresAway() + here.metres()));
                continue;
            }
            for (int arc = graph.firstArc()[here.node()]; arc < graph.firstArc()[here.node() + 1]; arc++) {
                int next = graph.arcKey()[arc] >> 1;
                offer(graph.arcHead()[arc], here.metres() + graph.edgeMetres(next), maxMetres, known, waiting);
            }
        }
    }

    private static void offer(
            int node, double metres, double maxMetres, Map<Integer, Double> known, PriorityQueue<Reached> waiting) {
        if (metres > maxMetres || metres >= known.getOrDefault(node, Double.POSITIVE_INFINITY)) return;
        known.put(node, metres);
        waiting.add(new Reached(node, metres));
    }

    private static @org.jspecify.annotations.Nullable Snap openAt(RoadGraph graph, int[] keyMillis, int node) {
        for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
            int edge = graph.arcKey()[arc] >> 1;
            if (keyMillis[2 * edge] == RoadGraph.CLOSED && keyMillis[2 * edge + 1] == RoadGraph.CLOSED) continue;
            double fraction = graph.edgeBase(edge) == node ? 0 : 1;
            return new Snap(edge, fraction, 0, graph.nodeLon(node), graph.nodeLat(node));
        }
        return null;
    }
}
