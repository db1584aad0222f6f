package org.anquan.network;

import java.util.List;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;

/**
 * What a sweep found. {@code nodeMillis[n]} is the least time at node n, {@link #UNREACHED} where none; {@code
 * nodeSource[n]} the number of the source that has it (place in the list given), -1 where none. Ties go to the smaller
 * number.
 */
public final class TravelTimes {
    public static final int UNREACHED = Integer.MAX_VALUE;

    private final RoadGraph graph;
    private final int[] keyMillis;
    private final List<Source> sources;
    private final Direction direction;
    private final int[] nodeMillis;
    private final int[] nodeSource;

    TravelTimes(
            RoadGraph graph,
            int[] keyMillis,
            List<Source> sources,
            Direction direction,
            int[] nodeMillis,
            int[] nodeSource) {
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.sources = sources;
        this.direction = direction;
        this.nodeMillis = nodeMillis;
        this.nodeSource = nodeSource;
    }

    public int[] nodeMillis() {
        return nodeMillis;
    }

    public int[] nodeSource() {
        return nodeSource;
    }

    /** Time and source at a point of an edge. */
    public record Arrival(int millis, int source) {
        public static final Arrival NONE = new Arrival(UNREACHED, -1);

        Arrival orEarlier(int otherMillis, int otherSource) {
            boolean earlier = otherMillis < millis || (otherMillis == millis && otherSource < source);
            return earlier ? new Arrival(otherMillis, otherSource) : this;
        }
    }

    /**
     * The arrival at a point of an edge: over either end, or straight along the edge from a source on the same edge.
     * Times along an edge grow evenly with length.
     */
    public Arrival at(int edge, double fraction) {
        Arrival best = throughNodes(edge, fraction);
        for (int s = 0; s < sources.size(); s++) {
            Snap from = sources.get(s).at();
            if (from.edge() != edge) continue;
            // FROM: travel goes from the source's fraction to the place's; TO: the other way round.
            boolean towardHead =
                    direction == Direction.FROM ? fraction >= from.fraction() : fraction <= from.fraction();
            int whole = keyMillis[2 * edge + (towardHead ? 0 : 1)];
            if (whole == RoadGraph.CLOSED) continue;
            long millis = sources.get(s).startMillis() + Math.round(whole * Math.abs(fraction - from.fraction()));
            if (millis < UNREACHED) best = best.orEarlier((int) millis, s);
        }
        return best;
    }

    private Arrival throughNodes(int edge, double fraction) {
        int there = keyMillis[2 * edge + (direction == Direction.FROM ? 0 : 1)];
        int back = keyMillis[2 * edge + (direction == Direction.FROM ? 1 : 0)];
        Arrival best = Arrival.NONE;
        best = via(best, graph.edgeBase(edge), there, fraction);
        return via(best, graph.edgeHead(edge), back, 1 - fraction);
    }

    private Arrival via(Arrival best, int node, int wholeMillis, double share) {
        if (nodeMillis[node] == UNREACHED) return best;
        // Standing on the node itself needs no way along the edge.
        if (share <= 0) return best.orEarlier(nodeMillis[node], nodeSource[node]);
        if (wholeMillis == RoadGraph.CLOSED) return best;
        long millis = nodeMillis[node] + Math.round(wholeMillis * share);
        return millis < UNREACHED ? best.orEarlier((int) millis, nodeSource[node]) : best;
    }
}
