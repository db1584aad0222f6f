package org.anquan.coverage;

import java.util.Arrays;
import java.util.List;
import org.anquan.network.Cuts;
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
    /** Arrivals at the junctions, packed; side by side they cost one look into memory instead of two. */
    private final long[] node;

    private final List<Source> sources;
    private final boolean from;
    private final long[] edgeHasSource;
    /** Edge above, number of the source below, ascending. */
    private final long[] sourcesByEdge;

    private final Cuts cuts;

    EdgeTimes(RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, TravelTimes times) {
        cuts = times.cuts();
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.sources = sources;
        this.from = direction == Direction.FROM;
        node = packed(times.nodeMillis(), times.nodeSource());
        edgeHasSource = new long[graph.edgeCount() / 64 + 1];
        sourcesByEdge = new long[sources.size()];
        for (int s = 0; s < sourcesByEdge.length; s++) {
            int edge = sources.get(s).at().edge();
            edgeHasSource[edge >> 6] |= 1L << (edge & 63);
            sourcesByEdge[s] = (long) edge << 32 | s;
        }
        Arrays.sort(sourcesByEdge);
    }

    private static long[] packed(int[] millis, int[] source) {
        long[] all = new long[millis.length];
        for (int n = 0; n < all.length; n++)
            all[n] = millis[n] == TravelTimes.UNREACHED ? NONE : packed(millis[n], source[n]);
        return all;
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
        if (there == RoadGraph.CLOSED && back == RoadGraph.CLOSED && !cuts.isEmpty()) {
            int cut = cuts.find(edge);
            if (cut >= 0) return onCut(cut, fraction);
        }
        long best = Math.min(via(graph.edgeBase(edge), there, fraction), via(graph.edgeHead(edge), back, 1 - fraction));
        if ((edgeHasSource[edge >> 6] & 1L << (edge & 63)) != 0) best = Math.min(best, alongTheEdge(edge, fraction));
        return best;
    }

    /** No place on an edge is reached before this many milliseconds; {@link TravelTimes#UNREACHED} where none is. */
    int earliest(int edge) {
        int earliest = millis(Math.min(node[graph.edgeBase(edge)], node[graph.edgeHead(edge)]));
        if ((edgeHasSource[edge >> 6] & 1L << (edge & 63)) != 0)
            for (int i = firstSource(edge); i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++)
                earliest =
                        Math.min(earliest, sources.get((int) sourcesByEdge[i]).startMillis());
        return earliest;
    }

    /** No arrival on an edge, packed as those are, is smaller than this. */
    long floor(int edge) {
        if ((edgeHasSource[edge >> 6] & 1L << (edge & 63)) != 0) return 0;
        return Math.min(node[graph.edgeBase(edge)], node[graph.edgeHead(edge)]);
    }

    /** On a section that is cut somewhere one gets from its ends as far as the cut. */
    private long onCut(int cut, float fraction) {
        int edge = cuts.edge(cut);
        long best = NONE;
        if (cuts.openFromBase(cut, fraction)) best = via(graph.edgeBase(edge), cuts.millis(cut, from), fraction);
        if (cuts.openFromHead(cut, fraction))
            best = Math.min(best, via(graph.edgeHead(edge), cuts.millis(cut, !from), 1 - fraction));
        for (int i = firstSource(edge); i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
            int s = (int) sourcesByEdge[i];
            Source source = sources.get(s);
            double onward = fraction - source.at().fraction();
            int whole = cuts.millis(cut, (onward >= 0) == from);
            if (onward == 0) best = Math.min(best, packed(source.startMillis(), s));
            else if (whole != RoadGraph.CLOSED && cuts.open(cut, source.at().fraction(), fraction))
                best = Math.min(best, packed(source.startMillis() + (long) Math.ceil(whole * Math.abs(onward)), s));
        }
        return best;
    }

    private int firstSource(int edge) {
        int first = Arrays.binarySearch(sourcesByEdge, (long) edge << 32);
        return first < 0 ? -first - 1 : first;
    }

    private long via(int junction, int wholeMillis, float share) {
        long start = node[junction];
        if (share <= 0 || start == NONE) return start;
        if (wholeMillis == RoadGraph.CLOSED) return NONE;
        return start + ((long) Math.ceil((double) wholeMillis * share) << 32);
    }

    private long alongTheEdge(int edge, float fraction) {
        long best = NONE;
        for (int i = firstSource(edge); i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
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
