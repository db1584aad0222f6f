package org.anquan.network;

import org.anquan.network.Sweep.Direction;

/**
 * The open arcs of a graph with one table of times, in the order in which a sweep reads them: for node n the pairs
 * (other node, milliseconds) from {@code first[n]} to {@code first[n + 1]}. Closed directions are left out.
 */
final class ArcCosts {
    /** Place of a node's first pair in {@link #headAndMillis}; always even. Length {@code nodeCount + 1}. */
    final int[] first;

    final int[] headAndMillis;

    /** The key that is driven over each arc, at half the pair's place. */
    final int[] key;

    /** The longest time over one arc; 0 where none is open. */
    final int maxMillis;

    ArcCosts(RoadGraph graph, int[] keyMillis, Direction direction) {
        if (keyMillis.length != 2 * graph.edgeCount())
            throw new IllegalArgumentException(
                    "times of " + 2 * graph.edgeCount() + " keys are needed; got " + keyMillis.length);
        int flip = direction == Direction.FROM ? 0 : 1;
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        int nodes = graph.nodeCount();
        int[] starts = new int[nodes + 1];
        int[] pairs = new int[2 * arcKey.length];
        int[] keys = new int[arcKey.length];
        int at = 0;
        int longest = 0;
        for (int node = 0; node < nodes; node++) {
            starts[node] = at;
            for (int arc = firstArc[node], end = firstArc[node + 1]; arc < end; arc++) {
                int driven = arcKey[arc] ^ flip;
                int millis = keyMillis[driven];
                if (millis == RoadGraph.CLOSED) continue;
                if (millis < 0)
                    throw new IllegalArgumentException(
                            "key " + driven + " has a time of " + millis + " ms; it must not be negative");
                longest = Math.max(longest, millis);
                keys[at >> 1] = driven;
                pairs[at++] = arcHead[arc];
                pairs[at++] = millis;
            }
        }
        starts[nodes] = at;
        first = starts;
        headAndMillis = pairs;
        key = keys;
        maxMillis = longest;
    }
}
