package org.anquan.coverage;

import java.util.Arrays;
import java.util.List;
import org.anquan.network.RoadGraph;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelTimes;

/**
 * Times along edges after a sweep, packed for hot loops: milliseconds in the upper 32 bits, the source in the lower, so
 * that the smaller of two packed numbers is the earlier arrival, ties going to the smaller source. Says the same as
 * {@link TravelTimes#at}, without an object a call, and looks at the sources only on edges where one stands.
 */
final class EdgeTimes {
    /** No arrival. */
    static final long NONE = Long.MAX_VALUE;

    private final RoadGraph graph;
    private final int[] keyMillis;
    private final int[] nodeMillis;
    private final int[] nodeSource;
    private final List<Source> sources;
    private final boolean from;
    private final long[] edgeHasSource;
    /** Edge above, number of the source below, ascending. */
    private final long[] sourcesByEdge;

    EdgeTimes(RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, TravelTimes times) {
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.sources = sources;
        this.from = direction == Direction.FROM;
        nodeMillis = times.nodeMillis();
        nodeSource = times.nodeSource();
        edgeHasSource = new long[graph.edgeCount() / 64 + 1];
        sourcesByEdge = new long[sources.size()];
        for (int s = 0; s < sourcesByEdge.length; s++) {
            int edge = sources.get(s).at().edge();
            edgeHasSource[edge >> 6] |= 1L << (edge & 63);
            sourcesByEdge[s] = (long) edge << 32 | s;
        }
        Arrays.sort(sourcesByEdge);
    }

    static long packed(long millis, int source) {
        return millis << 32 | source;
    }

    static int millis(long packed) {
        return (int) (packed >>> 32);
    }

    static int source(long packed) {
        return (int) packed;
    }

    /** The arrival at a point of an edge, {@link #NONE} where there is none. Rounded up to milliseconds. */
    long at(int edge, float fraction) {
        int there = keyMillis[2 * edge + (from ? 0 : 1)];
        int back = keyMillis[2 * edge + (from ? 1 : 0)];
        long best = Math.min(via(graph.edgeBase(edge), there, fraction), via(graph.edgeHead(edge), back, 1 - fraction));
        if ((edgeHasSource[edge >> 6] & 1L << (edge & 63)) != 0) best = Math.min(best, alongTheEdge(edge, fraction));
        return best;
    }

    private long via(int node, int wholeMillis, float share) {
        int start = nodeMillis[node];
        if (start == TravelTimes.UNREACHED) return NONE;
        if (share <= 0) return packed(start, nodeSource[node]);
        if (wholeMillis == RoadGraph.CLOSED) return NONE;
        return packed(start + (long) Math.ceil((double) wholeMillis * share), nodeSource[node]);
    }

    private long alongTheEdge(int edge, float fraction) {
        long best = NONE;
        int first = Arrays.binarySearch(sourcesByEdge, (long) edge << 32);
        if (first < 0) first = -first - 1;
        for (int i = first; i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
            int s = (int) sourcesByEdge[i];
            Source source = sources.get(s);
            double onward = fraction - source.at().fraction();
            int whole = keyMillis[2 * edge + ((onward >= 0) == from ? 0 : 1)];
            if (onward == 0) best = Math.min(best, packed(source.startMillis(), s));
            else if (whole != RoadGraph.CLOSED)
                best = Math.min(best, packed(source.startMillis() + (long) Math.ceil(whole * Math.abs(onward)), s));
        }
        return best;
    }
}
