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

    private Snap start = new Snap(0, 0, 0, 0, 0);
    private int headBlock;
    private int baseBlock;
    private long headMillis;
    private long baseMillis;
    private int foundMillis;
    private double foundMetres;

    MatrixSearch(ReducedGraph reduced) {
        this.reduced = reduced;
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

    void from(Snap place) {
        start = place;
        searches++;
        System.arraycopy(reduced.blocks, 0, blocks, 0, blocks.length);
        int edge = place.edge();
        int flip = reduced.direction == Direction.FROM ? 0 : 1;
        headBlock = reduced.block[graph.edgeHead(edge)];
        baseBlock = reduced.block[graph.edgeBase(edge)];
        headMillis = startMillis(reduced.keyMillis[(2 * edge) ^ flip], 1 - place.fraction());
        baseMillis = startMillis(reduced.keyMillis[(2 * edge + 1) ^ flip], place.fraction());
        for (int end : reduced.ends) isEnd[end / 2] = true;
        search(reduced.ends.length);
        for (int end : reduced.ends) isEnd[end / 2] = false;
    }

    private static long startMillis(int wholeMillis, double share) {
        if (share <= 0) return 0;
        return wholeMillis == RoadGraph.CLOSED ? RoadGraph.CLOSED : Math.round(wholeMillis * share);
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
    void measure(Snap place) {
        int edge = place.edge();
        boolean from = reduced.direction == Direction.FROM;
        double fraction = place.fraction();
        long overBase = arrival(graph.edgeBase(edge), reduced.keyMillis[2 * edge + (from ? 0 : 1)], fraction);
        long overHead = arrival(graph.edgeHead(edge), reduced.keyMillis[2 * edge + (from ? 1 : 0)], 1 - fraction);
        long straight = straight(place);
        long best = Math.min(straight, Math.min(overBase, overHead));
        if (best >= TravelTimes.UNREACHED) {
            foundMillis = TravelTimes.UNREACHED;
            foundMetres = Double.NaN;
            return;
        }
        foundMillis = (int) best;
        double length = graph.edgeMetres(edge);
        if (best == straight) foundMetres = length * Math.abs(fraction - start.fraction());
        else if (best == overBase) foundMetres = metresTo(graph.edgeBase(edge)) + length * fraction;
        else foundMetres = metresTo(graph.edgeHead(edge)) + length * (1 - fraction);
    }

    int foundMillis() {
        return foundMillis;
    }

    double foundMetres() {
        return foundMetres;
    }

    private long arrival(int node, int wholeMillis, double share) {
        int label = blocks[reduced.block[node]];
        if (label == Integer.MAX_VALUE) return Long.MAX_VALUE;
        if (share <= 0) return label >>> 1;
        return wholeMillis == RoadGraph.CLOSED ? Long.MAX_VALUE : (label >>> 1) + Math.round(wholeMillis * share);
    }

    private long straight(Snap place) {
        if (place.edge() != start.edge()) return Long.MAX_VALUE;
        double share = Math.abs(place.fraction() - start.fraction());
        if (share == 0) return 0;
        boolean towardHead = reduced.direction == Direction.FROM
                ? place.fraction() >= start.fraction()
                : place.fraction() <= start.fraction();
        int whole = reduced.keyMillis[2 * place.edge() + (towardHead ? 0 : 1)];
        return whole == RoadGraph.CLOSED ? Long.MAX_VALUE : Math.round(whole * share);
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
            double share = at == headBlock && blocks[at] >>> 1 == headMillis ? 1 - start.fraction() : start.fraction();
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
