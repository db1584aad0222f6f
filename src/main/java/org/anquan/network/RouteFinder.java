package org.anquan.network;

import java.util.Arrays;
import java.util.Optional;
import org.anquan.geo.Distances;

/**
 * The fastest way between two places, with turn costs: a goal-directed search (A*, Hart, Nilsson and Raphael 1968) over
 * directed edges, so that a forbidden turn is a forbidden step. It takes times by key, so it sees every closure, factor,
 * limit and added road of a scenario, which a search in GraphHopper's stored graph does not.
 *
 * <p>The straight-line bound is 1 % short of the fastest speed of the network, which covers the rounding of edge times to
 * whole milliseconds. A finder is used for several searches of one question, by one thread.
 */
public final class RouteFinder {
    private static final double BOUND = 0.99;
    /** Shorter edges say nothing about speeds: their time is rounded to milliseconds. */
    private static final double SPEED_FROM_METRES = 20;

    private static final int NOBODY = -1;

    private final RoadGraph graph;
    private final Turns turns;
    private final long[] reached;
    private final int[] before;
    private final int[] nodeOf;
    private final int[] boundMillis;
    private final Heap waiting;

    public RouteFinder(RoadGraph graph, Turns turns) {
        this.graph = graph;
        this.turns = turns;
        int keys = 2 * graph.edgeCount();
        reached = new long[keys];
        before = new int[keys];
        nodeOf = new int[keys];
        boundMillis = new int[graph.nodeCount()];
        waiting = new Heap();
    }

    /** @param keyMillis not written to while this runs */
    public Optional<Way> find(int[] keyMillis, Cuts cuts, Snap from, Snap to) {
        Stand start = Stand.of(graph, keyMillis, cuts, from);
        Stand end = Stand.of(graph, keyMillis, cuts, to);
        double millisPerMetre = BOUND * leastMillisPerMetre(keyMillis);
        Arrays.fill(reached, Long.MAX_VALUE);
        Arrays.fill(boundMillis, NOBODY);
        waiting.clear();
        long best = start.straight(end, cuts);
        int last = NOBODY;
        offerStart(start, 2 * start.edge(), start.headNode(), start.millis(true, true), to, millisPerMetre);
        offerStart(start, 2 * start.edge() + 1, start.baseNode(), start.millis(false, true), to, millisPerMetre);
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        while (!waiting.isEmpty() && waiting.leastCost() < best) {
            long known = waiting.leastTime();
            int key = waiting.take();
            if (reached[key] != known) continue;
            int node = nodeOf[key];
            int inEdge = key >> 1;
            long over = arrive(end, node, true, inEdge, known);
            if (over < best) {
                best = over;
                last = key;
            }
            over = arrive(end, node, false, inEdge, known);
            if (over < best) {
                best = over;
                last = key;
            }
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                int next = arcKey[arc];
                int millis = keyMillis[next];
                if (millis == RoadGraph.CLOSED) continue;
                int turn = turns.millis(inEdge, node, next >> 1);
                if (turn == RoadGraph.CLOSED) continue;
                long there = known + turn + millis;
                if (there >= reached[next]) continue;
                reached[next] = there;
                before[next] = key;
                nodeOf[next] = arcHead[arc];
                waiting.add(next, there, there + bound(arcHead[arc], to, millisPerMetre));
            }
        }
        if (best == Long.MAX_VALUE) return Optional.empty();
        return Optional.of(way(keyMillis, start, end, last, best));
    }

    private void offerStart(Stand start, int key, int node, long millis, Snap to, double millisPerMetre) {
        if (node < 0 || millis == Long.MAX_VALUE) return;
        reached[key] = millis;
        before[key] = NOBODY;
        nodeOf[key] = node;
        waiting.add(key, millis, millis + bound(node, to, millisPerMetre));
    }

    /** Over a node beside the goal to the goal itself. */
    private long arrive(Stand end, int node, boolean headSide, int inEdge, long known) {
        if (node != (headSide ? end.headNode() : end.baseNode())) return Long.MAX_VALUE;
        long rest = end.millis(headSide, false);
        if (rest == Long.MAX_VALUE) return Long.MAX_VALUE;
        boolean none = (headSide ? end.headShare() : end.baseShare()) <= 0;
        int turn = none ? 0 : turns.millis(inEdge, node, end.edge());
        return turn == RoadGraph.CLOSED ? Long.MAX_VALUE : known + turn + rest;
    }

    private int bound(int node, Snap to, double millisPerMetre) {
        if (boundMillis[node] < 0)
            boundMillis[node] = (int)
                    (millisPerMetre * Distances.metres(graph.nodeLon(node), graph.nodeLat(node), to.lon(), to.lat()));
        return boundMillis[node];
    }

    private double leastMillisPerMetre(int[] keyMillis) {
        double least = Double.POSITIVE_INFINITY;
        for (int key = 0; key < keyMillis.length; key++) {
            double metres = graph.edgeMetres(key >> 1);
            if (metres >= SPEED_FROM_METRES && keyMillis[key] < least * metres) least = keyMillis[key] / metres;
        }
        return least == Double.POSITIVE_INFINITY ? 0 : least;
    }

    private Way way(int[] keyMillis, Stand start, Stand end, int last, long best) {
        if (last == NOBODY) {
            boolean toHead = end.fraction() >= start.fraction();
            int key = 2 * start.edge() + (toHead ? 0 : 1);
            return new Way(
                    new int[] {key},
                    new double[] {start.fraction()},
                    new double[] {end.fraction()},
                    new long[] {best},
                    new double[] {graph.edgeMetres(start.edge()) * Math.abs(end.fraction() - start.fraction())});
        }
        // Who starts at a junction drives nothing of the edge that they were brought to.
        int first = last;
        int count = 1;
        for (; before[first] != NOBODY; first = before[first]) count++;
        boolean atJunction = ((first & 1) == 0 ? start.headShare() : start.baseShare()) <= 0;
        // Over which side the goal was reached; the node tells, and of two sides at one node the cheaper.
        int node = nodeOf[last];
        long overHead = arrive(end, node, true, last >> 1, reached[last]);
        long overBase = arrive(end, node, false, last >> 1, reached[last]);
        boolean headSide = overHead <= overBase;
        double endShare = headSide ? end.headShare() : end.baseShare();
        boolean endPiece = endShare > 0;
        if (atJunction && (count > 1 || endPiece)) count--;
        int all = count + (endPiece ? 1 : 0);
        int[] keys = new int[all];
        double[] from = new double[all];
        double[] to = new double[all];
        long[] millis = new long[all];
        double[] metres = new double[all];
        int i = count - 1;
        for (int key = last; i >= 0; key = before[key], i--) {
            keys[i] = key;
            boolean toHead = (key & 1) == 0;
            if (before[key] == NOBODY) {
                from[i] = start.fraction();
                to[i] = toHead ? start.fraction() + start.headShare() : start.fraction() - start.baseShare();
            } else {
                from[i] = toHead ? 0 : 1;
                to[i] = toHead ? 1 : 0;
            }
            millis[i] = reached[key] - (before[key] == NOBODY ? 0 : reached[before[key]]);
        }
        if (endPiece) {
            keys[count] = 2 * end.edge() + (headSide ? 1 : 0);
            from[count] = headSide ? end.fraction() + end.headShare() : end.fraction() - end.baseShare();
            to[count] = end.fraction();
            millis[count] = best - reached[last];
        }
        for (int p = 0; p < all; p++) metres[p] = graph.edgeMetres(keys[p] >> 1) * Math.abs(to[p] - from[p]);
        return new Way(keys, from, to, millis, metres);
    }

    /** Directed edges by estimated time, least first (binary heap of two longs an entry, no objects). */
    private static final class Heap {
        private long[] cost = new long[1024];
        /** Time in the upper, key in the lower 32 bits; times beyond 24 days never come here. */
        private long[] entry = new long[1024];

        private int size;

        void clear() {
            size = 0;
        }

        boolean isEmpty() {
            return size == 0;
        }

        long leastCost() {
            return cost[0];
        }

        long leastTime() {
            return entry[0] >>> 32;
        }

        void add(int key, long time, long estimate) {
            if (time >= RoadGraph.CLOSED) return;
            if (size == cost.length) {
                cost = Arrays.copyOf(cost, 2 * size);
                entry = Arrays.copyOf(entry, 2 * size);
            }
            int at = size++;
            while (at > 0) {
                int parent = (at - 1) >> 1;
                if (cost[parent] <= estimate) break;
                cost[at] = cost[parent];
                entry[at] = entry[parent];
                at = parent;
            }
            cost[at] = estimate;
            entry[at] = time << 32 | key;
        }

        int take() {
            int key = (int) entry[0];
            long lastCost = cost[--size];
            long lastEntry = entry[size];
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child >= size) break;
                if (child + 1 < size && cost[child + 1] < cost[child]) child++;
                if (cost[child] >= lastCost) break;
                cost[at] = cost[child];
                entry[at] = entry[child];
                at = child;
            }
            cost[at] = lastCost;
            entry[at] = lastEntry;
            return key;
        }
    }
}
