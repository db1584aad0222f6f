package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;

/**
 * Where vehicles stop for a place. Usually that is the nearest point of a road. Where the road is closed at the place
 * itself (a landslide is reported where it lies), it is the open road on either side of the closure, and the rest is gone
 * on foot.
 *
 * <p>On foot one goes only through what is closed at the place itself: a bridge that is gone, or a slide further on, bars
 * those on foot as well. So whatever else is closed, nobody comes earlier: vehicles get to fewer places, and the ways on
 * foot are the same or fewer. What is closed at the place takes from the vehicles, too, and gives to nobody on foot what a
 * vehicle did not have.
 */
final class Approach {
    /**
     * A point at which vehicles stop.
     *
     * @param walkMetres from there to the place, the straight stretch beside the road included
     */
    record Stop(Snap at, double walkMetres) {}

    /** @param closedHere is the road closed at the place? Then there may be no stop at all */
    record Stops(List<Stop> all, boolean closedHere) {}

    /**
     * What is closed without the closures at the place.
     *
     * @param lost sections that nobody passes as a whole, on foot neither
     */
    record Elsewhere(Cuts cuts, IntPredicate lost) {}

    /** @param driven can a vehicle go, too, from there to where the walk comes from? */
    private record Reached(int node, double metres, boolean driven) {}

    private Approach() {}

    static List<Sweep.Source> sources(List<Stop> stops, double walkKmh) {
        return stops.stream()
                .map(stop -> new Sweep.Source(stop.at(), (int) Math.ceil(stop.walkMetres() * 3600 / walkKmh)))
                .toList();
    }

    /**
     * @param keyMillis with what is closed in them
     * @param elsewhere asked only where the road is closed at the place
     * @param atClosureMetres a place so near to where its road is cut counts as lying there: it is reached from both sides
     * @param maxMetres how far one walks along the roads
     */
    static Stops of(
            RoadGraph graph,
            int[] keyMillis,
            Cuts cuts,
            Supplier<Elsewhere> elsewhere,
            Snap place,
            double atClosureMetres,
            double maxMetres) {
        int edge = place.edge();
        Stop here = new Stop(place, place.metresAway());
        if (drivable(keyMillis, edge)) return new Stops(List.of(here), false);
        double length = graph.edgeMetres(edge);
        double at = place.fraction();
        double[] blocks = {0, 1};
        int cut = cuts.find(edge);
        if (cut >= 0) {
            blocks = cuts.blocks(cut);
            boolean near = false;
            for (int i = 0; i < blocks.length; i += 2)
                near |= Math.max(blocks[i] - at, at - blocks[i + 1]) * length <= atClosureMetres;
            if (!near) return new Stops(List.of(here), false);
        }
        Elsewhere barred = elsewhere.get();
        int other = barred.cuts().find(edge);
        List<Stop> stops = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < blocks.length; i += 2) {
            inside |= blocks[i] <= at && at <= blocks[i + 1];
            if (blocks[i] <= at && blocks[i] > 0)
                stop(stops, place, Math.nextDown(blocks[i]), barred, other, maxMetres, length);
            if (blocks[i + 1] >= at && blocks[i + 1] < 1)
                stop(stops, place, Math.nextUp(blocks[i + 1]), barred, other, maxMetres, length);
        }
        if (!inside) stops.add(here);
        double toBase = other < 0 || barred.cuts().openFromBase(other, at) ? at * length : Double.POSITIVE_INFINITY;
        double toHead =
                other < 0 || barred.cuts().openFromHead(other, at) ? (1 - at) * length : Double.POSITIVE_INFINITY;
        onFoot(graph, keyMillis, barred.lost(), place, toBase, toHead, maxMetres, stops);
        return new Stops(stops, true);
    }

    private static boolean drivable(int[] keyMillis, int edge) {
        return keyMillis[2 * edge] != RoadGraph.CLOSED || keyMillis[2 * edge + 1] != RoadGraph.CLOSED;
    }

    /** Beside a closed stretch of the place's own section. */
    private static void stop(
            List<Stop> stops, Snap place, double fraction, Elsewhere barred, int cut, double maxMetres, double length) {
        double along = Math.abs(place.fraction() - fraction) * length;
        if (along > maxMetres || (cut >= 0 && !barred.cuts().open(cut, fraction, place.fraction()))) return;
        Snap at = new Snap(place.edge(), fraction, 0, place.lon(), place.lat());
        stops.add(new Stop(at, place.metresAway() + along));
    }

    /**
     * On foot to the junctions around. A vehicle stops at one from which it cannot go further the way that is walked, and
     * from which some open road leads.
     */
    private static void onFoot(
            RoadGraph graph,
            int[] keyMillis,
            IntPredicate lost,
            Snap place,
            double toBase,
            double toHead,
            double maxMetres,
            List<Stop> stops) {
        Map<Integer, Double> known = new HashMap<>();
        PriorityQueue<Reached> waiting = new PriorityQueue<>((a, b) -> Double.compare(a.metres(), b.metres()));
        offer(graph.edgeBase(place.edge()), toBase, false, maxMetres, known, waiting);
        offer(graph.edgeHead(place.edge()), toHead, false, maxMetres, known, waiting);
        while (!waiting.isEmpty()) {
            Reached here = waiting.poll();
            if (here.metres() > known.getOrDefault(here.node(), Double.POSITIVE_INFINITY)) continue;
            Snap open = here.driven() ? null : openAt(graph, keyMillis, here.node());
            if (open != null) stops.add(new Stop(open, place.metresAway() + here.metres()));
            for (int arc = graph.firstArc()[here.node()]; arc < graph.firstArc()[here.node() + 1]; arc++) {
                int key = graph.arcKey()[arc];
                int next = key >> 1;
                if (next == place.edge() || lost.test(next)) continue;
                // The key's other direction leads from there to here.
                boolean driven = keyMillis[key ^ 1] != RoadGraph.CLOSED;
                offer(graph.arcHead()[arc], here.metres() + graph.edgeMetres(next), driven, maxMetres, known, waiting);
            }
        }
    }

    private static void offer(
            int node,
            double metres,
            boolean driven,
            double maxMetres,
            Map<Integer, Double> known,
            PriorityQueue<Reached> waiting) {
        if (metres > maxMetres || metres >= known.getOrDefault(node, Double.POSITIVE_INFINITY)) return;
        known.put(node, metres);
        waiting.add(new Reached(node, metres, driven));
    }

    private static @org.jspecify.annotations.Nullable Snap openAt(RoadGraph graph, int[] keyMillis, int node) {
        for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
            int edge = graph.arcKey()[arc] >> 1;
            if (!drivable(keyMillis, edge)) continue;
            double fraction = graph.edgeBase(edge) == node ? 0 : 1;
            return new Snap(edge, fraction, 0, graph.nodeLon(node), graph.nodeLat(node));
        }
        return null;
    }
}
