package org.anquan.network;

import org.anquan.network.Sweep.Direction;
import org.jspecify.annotations.Nullable;

/**
 * The arcs of a graph laid out for a sweep: one array in which each node has a block of its label and, right behind it,
 * its arcs. So passing a node on touches one or two cache lines for itself and one for each neighbour, not one in each of
 * four arrays.
 *
 * <p>An arc is one long: in the lower 32 bits its milliseconds, above them the place of its head node's block, and the
 * sign bit marks the last arc of a node. A node without arcs has one that leads to itself in no time, which never betters
 * anything.
 */
final class ArcBlocks {
    private static final long LAST = Long.MIN_VALUE;
    private static final long MILLIS = 0xFFFF_FFFFL;
    private static final int NO_KEY = -1;

    /** Where each node's block begins. */
    final int[] block;

    /** The key that is driven over the arc at the same place of the blocks; -1 where there is none. */
    final int[] key;

    private final long[] withoutTimes;

    /** @param keyMillis arcs that are closed in it are left out; null keeps all */
    ArcBlocks(RoadGraph graph, Direction direction, int @Nullable [] keyMillis) {
        int flip = direction == Direction.FROM ? 0 : 1;
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        int nodes = graph.nodeCount();
        int[] starts = new int[nodes];
        int size = 0;
        for (int node = 0; node < nodes; node++) {
            starts[node] = size++;
            int open = 0;
            for (int arc = firstArc[node], end = firstArc[node + 1]; arc < end; arc++)
                if (keyMillis == null || keyMillis[arcKey[arc] ^ flip] != RoadGraph.CLOSED) open++;
            size += Math.max(1, open);
        }
        long[] made = new long[size];
        int[] keys = new int[size];
        for (int node = 0; node < nodes; node++) {
            int at = starts[node];
            made[at] = Long.MAX_VALUE;
            keys[at] = NO_KEY;
            for (int arc = firstArc[node], end = firstArc[node + 1]; arc < end; arc++) {
                int driven = arcKey[arc] ^ flip;
                if (keyMillis != null && keyMillis[driven] == RoadGraph.CLOSED) continue;
                at++;
                made[at] = (long) starts[arcHead[arc]] << 32;
                keys[at] = driven;
            }
            if (at == starts[node]) {
                at++;
                made[at] = (long) starts[node] << 32;
                keys[at] = NO_KEY;
            }
            made[at] |= LAST;
        }
        block = starts;
        key = keys;
        withoutTimes = made;
    }

    int size() {
        return withoutTimes.length;
    }

    /**
     * What a sweep must know of the times.
     *
     * @param longestMillis over one arc; 0 where none is open
     * @param meanMillis over an open arc; 0 where none is open
     */
    record Spread(int longestMillis, int meanMillis) {}

    /**
     * Writes the blocks with these times and with labels that no time is above. A closed arc gets the largest time, which
     * is beyond every limit.
     */
    Spread fill(int[] keyMillis, long[] into) {
        int longest = 0;
        long sum = 0;
        int arcs = 0;
        for (int at = 0; at < withoutTimes.length; at++) {
            int driven = key[at];
            if (driven == NO_KEY) {
                into[at] = withoutTimes[at];
                continue;
            }
            int millis = keyMillis[driven];
            if (millis < 0)
                throw new IllegalArgumentException(
                        "key " + driven + " has a time of " + millis + " ms; it must not be negative");
            into[at] = withoutTimes[at] | millis;
            if (millis == RoadGraph.CLOSED) continue;
            if (millis > longest) longest = millis;
            sum += millis;
            arcs++;
        }
        return new Spread(longest, arcs == 0 ? 0 : (int) (sum / arcs));
    }

    static int head(long arc) {
        return (int) (arc >>> 32) & Integer.MAX_VALUE;
    }

    static long millis(long arc) {
        return arc & MILLIS;
    }

    static boolean isLast(long arc) {
        return arc < 0;
    }
}
