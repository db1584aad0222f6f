package org.anquan.network;

import java.util.Arrays;
import org.anquan.network.Sweep.Direction;

/**
 * Searches of a {@link TravelMatrix}, one after the other, in arrays of their own. The search is {@link SweepWork}'s; it
 * ends when all places are reached.
 *
 * <p>Measured on Porto, 100 × 100 places (processor time of one core, on a busy machine): reduction 5 ms, searches 150 ms,
 * reading the answers 25 ms; so some 95 ms on two cores. On the whole graph the searches take 260 to 310 ms. Tried and
 * dropped: blocks of longs that carry the length of the way (248 ms: they no longer fit the cache); narrower buckets.
 */
final class MatrixSearch {
    private static final int LARGEST_RING = 1 << 16;

    private final ReducedGraph reduced;
    private final RoadGraph graph;
    private final int[] blocks;
    private final boolean[] isEnd;
    private final int width;
    private final int mask;
    private final int[][] bucket;
    private final int[] fill;

    /** Metres to the block whose half this is, if {@link #measuredIn} has the number of this search there. */
    private final double[] metres;

    private final int[] measuredIn;
    private int[] wayBack = new int[64];
    private int searches;

    private final Cuts cuts;
    private Stand start = new Stand(0, 0, -1, 0, -1, 0, RoadGraph.CLOSED, RoadGraph.CLOSED, -1);
    private int headBlock;
    private int baseBlock;
    private long headMillis;
    private long baseMillis;
    private int foundMillis;
    private double foundMetres;

    MatrixSearch(ReducedGraph reduced, Cuts cuts) {
        this.reduced = reduced;
        this.cuts = cuts;
        graph = reduced.graph;
        blocks = new int[reduced.blocks.length];
        isEnd = new boolean[blocks.length / 2];
        metres = new double[blocks.length / 2];
        measuredIn = new int[blocks.length / 2];
        int narrow = Math.max(4, 31 - Integer.numberOfLeadingZeros(Math.max(1, reduced.meanMillis / 2)));
        while ((reduced.longestMillis >> narrow) + 2 > LARGEST_RING) narrow++;
        width = narrow;
        int ring = Integer.highestOneBit((reduced.longestMillis >> width) + 1) << 1;
        mask = ring - 1;
        bucket = new int[ring][4];
        fill = new int[ring];
    }

    void from(Stand place) {
        start = place;
        searches++;
        System.arraycopy(reduced.blocks, 0, blocks, 0, blocks.length);
        boolean leave = reduced.direction == Direction.FROM;
        headBlock = place.headNode() < 0 ? -1 : reduced.block[place.headNode()];
        baseBlock = place.baseNode() < 0 ? -1 : reduced.block[place.baseNode()];
        headMillis = Math.min(RoadGraph.CLOSED, place.millis(true, leave));
        baseMillis = Math.min(RoadGraph.CLOSED, place.millis(false, leave));
        for (int end : reduced.ends) isEnd[end / 2] = true;
        search(reduced.ends.length);
        for (int end : reduced.ends) isEnd[end / 2] = false;
    }

    private void search(int left) {
        int[] blocks = this.blocks;
        int[][] bucket = this.bucket;
        int[] fill = this.fill;
        boolean headFirst = headMillis <= baseMillis;
        long firstMillis = headFirst ? headMillis : baseMillis;
        long laterMillis = headFirst ? baseMillis : headMillis;
        if (firstMillis == RoadGraph.CLOSED) return;
        boolean laterToCome = laterMillis != RoadGraph.CLOSED;
        int now = (int) (firstMillis >> width);
        int waiting = offer(now, headFirst ? headBlock : baseBlock, firstMillis);
        while (left > 0) {
            if (waiting == 0) {
                if (!laterToCome) break;
                now = (int) (laterMillis >> width);
            }
            if (laterToCome && laterMillis >> width == now) {
                waiting += offer(now, headFirst ? baseBlock : headBlock, laterMillis);
                laterToCome = false;
            }
            int open = now & mask;
            for (int i = 0; i < fill[open]; i++) {
                int node = bucket[open][i];
                int from = blocks[node];
                if ((from & 1) == 0) continue;
                blocks[node] = from - 1;
                if (isEnd[node >> 1]) {
                    isEnd[node >> 1] = false;
                    left--;
                }
                int at = node;
                int head;
                do {
                    at += 2;
                    head = blocks[at];
                    int next = head & Integer.MAX_VALUE;
                    long there = from + 2L * blocks[at + 1];
                    if (there >= blocks[next]) continue;
                    blocks[next] = (int) there;
                    blocks[next + 1] = at;
                    append((int) (there >>> (1 + width)) & mask, next);
                    waiting++;
                } while (head >= 0);
            }
            waiting -= fill[open];
            fill[open] = 0;
            now++;
        }
        if (waiting > 0) Arrays.fill(fill, 0);
    }

    private int offer(int now, int node, long millis) {
        long label = 2 * millis + 1;
        if (label >= blocks[node]) return 0;
        blocks[node] = (int) label;
        blocks[node + 1] = ReducedGraph.START;
        append(now & mask, node);
        return 1;
    }

    private void append(int slot, int node) {
        int count = fill[slot];
        if (count == bucket[slot].length) bucket[slot] = Arrays.copyOf(bucket[slot], 2 * count);
        bucket[slot][count] = node;
        fill[slot] = count + 1;
    }

    /** Works out time and length from the last start to a place. */
    void measure(Stand place) {
        boolean leave = reduced.direction == Direction.FROM;
        long overBase = arrival(place.baseNode(), place.millis(false, !leave));
        long overHead = arrival(place.headNode(), place.millis(true, !leave));
        long straight = leave ? start.straight(place, cuts) : place.straight(start, cuts);
        long best = Math.min(straight, Math.min(overBase, overHead));
        if (best >= TravelTimes.UNREACHED) {
            foundMillis = TravelTimes.UNREACHED;
            foundMetres = Double.NaN;
            return;
        }
        foundMillis = (int) best;
        double length = graph.edgeMetres(place.edge());
        if (best == straight) foundMetres = length * Math.abs(place.fraction() - start.fraction());
        else if (best == overBase) foundMetres = metresTo(place.baseNode()) + length * place.baseShare();
        else foundMetres = metresTo(place.headNode()) + length * place.headShare();
    }

    int foundMillis() {
        return foundMillis;
    }

    double foundMetres() {
        return foundMetres;
    }

    private long arrival(int node, long wayMillis) {
        if (wayMillis == Long.MAX_VALUE) return Long.MAX_VALUE;
        int label = blocks[reduced.block[node]];
        return label == Integer.MAX_VALUE ? Long.MAX_VALUE : (label >>> 1) + wayMillis;
    }

    /** Back along the way until a node whose length is known from another place of the same search. */
    private double metresTo(int node) {
        int at = reduced.block[node];
        int count = 0;
        while (measuredIn[at >> 1] != searches && blocks[at + 1] != ReducedGraph.START) {
            if (count == wayBack.length) wayBack = Arrays.copyOf(wayBack, 2 * count);
            wayBack[count++] = at;
            at = reduced.tail[blocks[at + 1] >> 1];
        }
        if (measuredIn[at >> 1] != searches) {
            measuredIn[at >> 1] = searches;
            double share = at == headBlock && blocks[at] >>> 1 == headMillis ? start.headShare() : start.baseShare();
            metres[at >> 1] = graph.edgeMetres(start.edge()) * share;
        }
        double length = metres[at >> 1];
        while (count > 0) {
            at = wayBack[--count];
            length += reduced.metres[blocks[at + 1] >> 1];
            measuredIn[at >> 1] = searches;
            metres[at >> 1] = length;
        }
        return length;
    }
}
