package org.anquan.network;

/** What turning from one edge into another costs at a junction. */
@FunctionalInterface
public interface Turns {
    /** Every turn is free. */
    Turns FREE = (inEdge, node, outEdge) -> 0;

    /** Milliseconds, or {@link RoadGraph#CLOSED} where the turn is forbidden. */
    int millis(int inEdge, int node, int outEdge);
}
