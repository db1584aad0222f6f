package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep found. {@code nodeMillis[n]} is the least time at node n, {@link #UNREACHED} where none; {@code
 * nodeSource[n]} the number of the source that has it (place in the list given), -1 where none. Ties go to the smaller
 * number.
 */
public final class TravelTimes {
    public static final int UNREACHED = Integer.MAX_VALUE;

    private static final long NONE = Long.MAX_VALUE;

    private final RoadGraph graph;
    private final int[] keyMillis;
    private final Cuts cuts;
    private final List<Source> sources;
    private final Direction direction;
    private final int[] nodeMillis;
    private final int[] nodeSource;
    private final int @Nullable [] nodeKey;
    private final SourcesByEdge byEdge;

    TravelTimes(
            RoadGraph graph,
            int[] keyMillis,
            Cuts cuts,
            List<Source> sources,
            Direction direction,
            int[] nodeMillis,
            int[] nodeSource,
            int @Nullable [] nodeKey) {
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.cuts = cuts;
        this.sources = List.copyOf(sources);
        this.direction = direction;
        this.nodeMillis = nodeMillis;
        this.nodeSource = nodeSource;
        this.nodeKey = nodeKey;
        byEdge = new SourcesByEdge(this.sources);
    }

    public int[] nodeMillis() {
        return nodeMillis;
    }

    public int[] nodeSource() {
        return nodeSource;
    }

    /** The sections that were cut. */
    public Cuts cuts() {
        return cuts;
    }

    /** Time and source at a point of an edge. */
    public record Arrival(int millis, int source) {
        public static final Arrival NONE = new Arrival(UNREACHED, -1);
    }

    /**
     * The arrival at a point of an edge: over either end, or straight along the edge from a source on the same edge.
     * Times along an edge grow evenly with length.
     */
    public Arrival at(int edge, double fraction) {
        long best = best(edge, fraction);
        return best == NONE ? Arrival.NONE : new Arrival((int) (best >>> 32), (int) best);
    }

    /** The time alone, {@link #UNREACHED} where there is none: for loops over very many places. */
    public int millisAt(int edge, double fraction) {
        long best = best(edge, fraction);
        return best == NONE ? UNREACHED : (int) (best >>> 32);
    }

    /** Time above, source below: comparing as numbers gives ties to the smaller source. */
    private long best(int edge, double fraction) {
        boolean from = direction == Direction.FROM;
        int there = keyMillis[2 * edge + (from ? 0 : 1)];
        int back = keyMillis[2 * edge + (from ? 1 : 0)];
        if (there == RoadGraph.CLOSED && back == RoadGraph.CLOSED) {
            int cut = cuts.find(edge);
            if (cut >= 0) return bestOnCut(cut, fraction);
        }
        long best = Math.min(via(graph.edgeBase(edge), there, fraction), via(graph.edgeHead(edge), back, 1 - fraction));
        for (int i = byEdge.first(edge); i >= 0; i = byEdge.next(i))
            best = Math.min(best, along(byEdge.source(i), edge, fraction));
        return best;
    }

    private long bestOnCut(int cut, double fraction) {
        boolean from = direction == Direction.FROM;
        long best = NONE;
        int edge = cuts.edge(cut);
        if (cuts.openFromBase(cut, fraction)) best = via(graph.edgeBase(edge), cuts.millis(cut, from), fraction);
        if (cuts.openFromHead(cut, fraction))
            best = Math.min(best, via(graph.edgeHead(edge), cuts.millis(cut, !from), 1 - fraction));
        for (int i = byEdge.first(edge); i >= 0; i = byEdge.next(i)) {
            Source source = sources.get(byEdge.source(i));
            double at = source.at().fraction();
            int whole = cuts.millis(cut, (fraction >= at) == from);
            if (at == fraction) best = Math.min(best, packed(source.startMillis(), byEdge.source(i)));
            else if (whole != RoadGraph.CLOSED && cuts.open(cut, at, fraction))
                best = Math.min(
                        best,
                        packed(source.startMillis() + Math.round(whole * Math.abs(fraction - at)), byEdge.source(i)));
        }
        return best;
    }

    private long via(int node, int wholeMillis, double share) {
        int start = nodeMillis[node];
        if (start == UNREACHED) return NONE;
        // Standing on the node itself needs no way along the edge.
        if (share <= 0) return packed(start, nodeSource[node]);
        if (wholeMillis == RoadGraph.CLOSED) return NONE;
        return packed(start + Math.round(wholeMillis * share), nodeSource[node]);
    }

    private long along(int source, int edge, double fraction) {
        double from = sources.get(source).at().fraction();
        // FROM: travel goes from the source's fraction to the place's; TO: the other way round.
        boolean towardHead = direction == Direction.FROM ? fraction >= from : fraction <= from;
        int whole = keyMillis[2 * edge + (towardHead ? 0 : 1)];
        double share = Math.abs(fraction - from);
        // On the very spot of the source nothing need be driven.
        if (share == 0) return packed(sources.get(source).startMillis(), source);
        if (whole == RoadGraph.CLOSED) return NONE;
        return packed(sources.get(source).startMillis() + Math.round(whole * share), source);
    }

    private static long packed(long millis, int source) {
        return millis < UNREACHED ? millis << 32 | source : NONE;
    }

    /**
     * The keys driven between a node and its source, in the order of travel (FROM: from the source's edge to the node;
     * TO: from the node to the source's edge). The source's own edge is not among them. Empty where the source's edge ends
     * at the node.
     *
     * @throws IllegalStateException where the node was not reached or the sweep kept no paths
     */
    public int[] pathTo(int node) {
        if (nodeKey == null) throw new IllegalStateException("this sweep kept no paths; use Sweep.runWithPaths");
        if (nodeMillis[node] == UNREACHED) throw new IllegalStateException("node " + node + " was not reached");
        int[] keys = new int[16];
        int count = 0;
        for (int key = nodeKey[node]; key >= 0; key = nodeKey[node]) {
            if (count == keys.length) keys = Arrays.copyOf(keys, 2 * count);
            keys[count++] = key;
            // FROM: the key led to this node from the one before; TO: it leads on from this node.
            boolean fromBase = direction == Direction.FROM ^ (key & 1) == 1;
            node = fromBase ? graph.edgeBase(key >> 1) : graph.edgeHead(key >> 1);
        }
        keys = Arrays.copyOf(keys, count);
        if (direction == Direction.FROM)
            for (int i = 0, j = count - 1; i < j; i++, j--) {
                int swap = keys[i];
                keys[i] = keys[j];
                keys[j] = swap;
            }
        return keys;
    }
}
