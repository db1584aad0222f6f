package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import org.anquan.network.ArcBlocks.Spread;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.jspecify.annotations.Nullable;

/**
 * The sweep itself and the arrays it works in, which are used again by later sweeps.
 *
 * <p>Each node has one label, a long: time in the upper bits, the source's number below it, and in the lowest bit
 * whether the label is still to be passed on. Comparing two labels as numbers so compares times and, at equal times,
 * sources: the smaller number wins a tie, whatever the order of the search.
 *
 * <p>Nodes wait in buckets of 2^n ms on a ring as long as the longest arc (R. B. Dial, CACM 12(11), 1969). Within a
 * bucket the order does not matter: a node whose label falls while its bucket is open is passed on again, and when a
 * bucket is empty its labels are final. A bucket is about as wide as half the mean arc: narrower ones are mostly empty,
 * wider ones pass nodes on twice.
 *
 * <p>Measured on Porto (79 697 junctions, 166 620 open directions, 20 sources, one hour; processor time on a busy machine
 * of 2 cores, JDK 17): 2.7 to 3 ms, with times of a scenario 3.9 ms, with paths 4 ms; PriorityQueue Dijkstra 28 ms,
 * GraphHopper's 20 shortest-path trees 1 174 ms. Tried and dropped: labels, arcs and buckets in arrays of their own, with
 * the buckets as linked lists (3.2 to 4.4 ms) or as lists of ints (3.7 to 4.4 ms): a node then costs four cache misses
 * instead of one or two. Bucket widths from 2^11 to 2^13 ms differ by less than the noise; 2^8 ms is a quarter slower.
 */
final class SweepWork {
    private static final ArrayBlockingQueue<SweepWork> IDLE = new ArrayBlockingQueue<>(8);
    private static final int TIME_BIT = 31;
    private static final int LARGEST_RING = 1 << 16;
    private static final long SOURCE = (1L << (TIME_BIT - 1)) - 1;

    private long[] blocks = new long[0];
    /** By place in the blocks: the key by which the node there got its label, -1 where a source stands on its edge. */
    private int[] via = new int[0];

    private int[][] bucket = new int[0][];
    private int[] fill = new int[0];

    private int[] offerNode = new int[64];
    private long[] offerLabel = new long[64];
    private long[] offerOrder = new long[64];
    private int offers;

    static <T> T with(Function<SweepWork, T> task) {
        SweepWork work = IDLE.poll();
        if (work == null) work = new SweepWork();
        T result = task.apply(work);
        // Not where the task failed: half a search may lie in the buckets.
        IDLE.offer(work);
        return result;
    }

    TravelTimes sweep(
            RoadGraph graph,
            int[] keyMillis,
            Cuts cuts,
            List<Source> sources,
            Direction direction,
            int limitMillis,
            boolean withPaths) {
        if (keyMillis.length != 2 * graph.edgeCount())
            throw new IllegalArgumentException(
                    "times of " + 2 * graph.edgeCount() + " keys are needed; got " + keyMillis.length);
        RoadGraph.OwnTimes own = graph.ownTimes(keyMillis, direction);
        ArcBlocks arcs = own == null ? graph.allArcs(direction) : own.arcs();
        int size = arcs.size();
        if (blocks.length < size) blocks = new long[size];
        Spread spread = own == null ? arcs.fill(keyMillis, blocks) : own.spread();
        if (own != null) System.arraycopy(own.blocks(), 0, blocks, 0, size);
        if (withPaths && via.length < size) via = new int[size];
        long beyond = (Math.min(limitMillis, TravelTimes.UNREACHED - 1) + 1L) << TIME_BIT;
        offerAll(graph, keyMillis, cuts, sources, direction, beyond);
        search(arcs, spread, beyond, withPaths ? via : null);
        return times(graph, arcs, keyMillis, cuts, sources, direction, withPaths);
    }

    private void offerAll(
            RoadGraph graph, int[] keyMillis, Cuts cuts, List<Source> sources, Direction direction, long beyond) {
        if (sources.size() > SOURCE)
            throw new IllegalArgumentException(sources.size() + " sources are too many for one sweep");
        offers = 0;
        boolean leave = direction == Direction.FROM;
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            Stand stand = Stand.of(graph, keyMillis, cuts, source.at());
            int start = source.startMillis();
            offer(stand.headNode(), s, start, stand.millis(true, leave), beyond);
            offer(stand.baseNode(), s, start, stand.millis(false, leave), beyond);
        }
        Arrays.sort(offerOrder, 0, offers);
    }

    private void offer(int node, int source, int startMillis, long wayMillis, long beyond) {
        if (wayMillis == Long.MAX_VALUE) return;
        long millis = startMillis + wayMillis;
        long offered = millis << TIME_BIT | (long) source << 1 | 1;
        if (offered >= beyond) return;
        if (offers == offerNode.length) {
            offerNode = Arrays.copyOf(offerNode, 2 * offers);
            offerLabel = Arrays.copyOf(offerLabel, 2 * offers);
            offerOrder = Arrays.copyOf(offerOrder, 2 * offers);
        }
        offerNode[offers] = node;
        offerLabel[offers] = offered;
        offerOrder[offers] = millis << 32 | offers;
        offers++;
    }

    /** Sources join when their time has come, so that the ring need only be as long as the longest arc. */
    private void search(ArcBlocks arcs, Spread spread, long beyond, int @Nullable [] via) {
        int width = Math.max(4, 31 - Integer.numberOfLeadingZeros(Math.max(1, spread.meanMillis() / 2)));
        while ((spread.longestMillis() >> width) + 2 > LARGEST_RING) width++;
        int ring = Integer.highestOneBit((spread.longestMillis() >> width) + 1) << 1;
        growRing(ring);
        int[][] bucket = this.bucket;
        int[] fill = this.fill;
        long[] blocks = this.blocks;
        int mask = ring - 1;
        int toBucket = TIME_BIT + width;
        int waiting = 0;
        int nextOffer = 0;
        int now = 0;
        while (true) {
            if (waiting == 0) {
                if (nextOffer == offers) return;
                now = (int) (offerOrder[nextOffer] >>> (32 + width));
            }
            int open = now & mask;
            while (nextOffer < offers && (int) (offerOrder[nextOffer] >>> (32 + width)) == now) {
                int offer = (int) offerOrder[nextOffer++];
                int node = arcs.block[offerNode[offer]];
                if (offerLabel[offer] >= blocks[node]) continue;
                blocks[node] = offerLabel[offer];
                if (via != null) via[node] = -1;
                append(open, node);
                waiting++;
            }
            for (int i = 0; i < fill[open]; i++) {
                int node = bucket[open][i];
                long from = blocks[node];
                if ((from & 1) == 0) continue;
                blocks[node] = from - 1;
                int at = node;
                long arc;
                do {
                    arc = blocks[++at];
                    int head = ArcBlocks.head(arc);
                    long there = from + (ArcBlocks.millis(arc) << TIME_BIT);
                    if (there >= blocks[head] || there >= beyond) continue;
                    blocks[head] = there;
                    if (via != null) via[head] = arcs.key[at];
                    int slot = (int) (there >>> toBucket) & mask;
                    int count = fill[slot];
                    if (count == bucket[slot].length) bucket[slot] = Arrays.copyOf(bucket[slot], 2 * count);
                    bucket[slot][count] = head;
                    fill[slot] = count + 1;
                    waiting++;
                } while (!ArcBlocks.isLast(arc));
            }
            waiting -= fill[open];
            fill[open] = 0;
            now++;
        }
    }

    private void append(int slot, int node) {
        if (fill[slot] == bucket[slot].length) bucket[slot] = Arrays.copyOf(bucket[slot], 2 * fill[slot]);
        bucket[slot][fill[slot]++] = node;
    }

    private void growRing(int ring) {
        if (bucket.length >= ring) return;
        int old = bucket.length;
        bucket = Arrays.copyOf(bucket, ring);
        fill = Arrays.copyOf(fill, ring);
        for (int i = old; i < ring; i++) bucket[i] = new int[16];
    }

    private TravelTimes times(
            RoadGraph graph,
            ArcBlocks arcs,
            int[] keyMillis,
            Cuts cuts,
            List<Source> sources,
            Direction direction,
            boolean withPaths) {
        int nodes = graph.nodeCount();
        int[] millis = new int[nodes];
        int[] owner = new int[nodes];
        int[] keys = withPaths ? new int[nodes] : null;
        for (int node = 0; node < nodes; node++) {
            long label = blocks[arcs.block[node]];
            boolean reached = label != Long.MAX_VALUE;
            millis[node] = reached ? (int) (label >>> TIME_BIT) : TravelTimes.UNREACHED;
            owner[node] = reached ? (int) (label >>> 1 & SOURCE) : -1;
            if (keys != null) keys[node] = reached ? via[arcs.block[node]] : -1;
        }
        return new TravelTimes(graph, keyMillis, cuts, sources, direction, millis, owner, keys);
    }
}
