package org.anquan.network;

/**
 * How one gets between a place on the road and the ends of its section.
 *
 * @param baseNode -1 where the way there is cut
 * @param baseShare of the section's length
 * @param toHeadMillis over the whole section toward its head, {@link RoadGraph#CLOSED} where that is not allowed
 */
record Stand(
        int edge,
        double fraction,
        int baseNode,
        double baseShare,
        int headNode,
        double headShare,
        int toHeadMillis,
        int toBaseMillis,
        int cut) {
    static Stand of(RoadGraph graph, int[] keyMillis, Cuts cuts, Snap place) {
        int edge = place.edge();
        double at = place.fraction();
        int cut = cuts.find(edge);
        if (cut < 0)
            return new Stand(
                    edge,
                    at,
                    graph.edgeBase(edge),
                    at,
                    graph.edgeHead(edge),
                    1 - at,
                    keyMillis[2 * edge],
                    keyMillis[2 * edge + 1],
                    -1);
        return new Stand(
                edge,
                at,
                cuts.openFromBase(cut, at) ? graph.edgeBase(edge) : -1,
                at,
                cuts.openFromHead(cut, at) ? graph.edgeHead(edge) : -1,
                1 - at,
                cuts.millis(cut, true),
                cuts.millis(cut, false),
                cut);
    }

    /**
     * Milliseconds from here to the node on one side, or from it to here; {@link Long#MAX_VALUE} where there is no way.
     *
     * @param leave from here to the node
     */
    long millis(boolean headSide, boolean leave) {
        if ((headSide ? headNode : baseNode) < 0) return Long.MAX_VALUE;
        double share = headSide ? headShare : baseShare;
        // Standing on the node itself needs no way along the edge.
        if (share <= 0) return 0;
        int whole = headSide == leave ? toHeadMillis : toBaseMillis;
        return whole == RoadGraph.CLOSED ? Long.MAX_VALUE : Math.round(whole * share);
    }

    /** Straight along the edge from here to another place on it; {@link Long#MAX_VALUE} where there is no way. */
    long straight(Stand to, Cuts cuts) {
        if (to.edge != edge) return Long.MAX_VALUE;
        if (cut >= 0 && !cuts.open(cut, fraction, to.fraction)) return Long.MAX_VALUE;
        double share = Math.abs(to.fraction - fraction);
        if (share == 0) return 0;
        int whole = to.fraction > fraction ? toHeadMillis : toBaseMillis;
        return whole == RoadGraph.CLOSED ? Long.MAX_VALUE : Math.round(whole * share);
    }
}
