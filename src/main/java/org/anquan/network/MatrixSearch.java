package org.anquan.network;

import java.util.Arrays;
import org.anquan.network.Sweep.Direction;

/** Searches of a {@link TravelMatrix}, one after the other, in arrays of their own. The search is {@link SweepWork}'s. */
final class MatrixSearch {
    private static final int NO_ARC = -1;
    private static final int START = 4;

    private final ReducedGraph reduced;
    private final RoadGraph graph;
    private final long[] blocks;
    /** By block: the place of the arc by which it was reached, or -1 and less for the starts. */
    private final int[] via;

    private final boolean[] isEnd;
    private final int width;
    private final int mask;
    private final int[][] bucket;
    private final int[] fill;
    private final double[] startMetres = new double[2];
    private Snap start = new Snap(0, 0, 0, 0, 0);
    private int foundMillis;
    private double foundMetres;

    MatrixSearch(ReducedGraph reduced) {
        this.reduced = reduced;
        graph = reduced.graph;
        blocks = new long[reduced.blocks.length];
        via = new int[blocks.length];
        isEnd = new boolean[blocks.length];
        int narrow = Math.max(4, 31 - Integer.numberOfLeadingZeros(Math.max(1, reduced.meanMillis / 2)));
        while ((reduced.longestMillis >> narrow) + 2 > 1 << 16) narrow++;
        width = narrow;
        // One slot more than the longest arc needs: the two starts are up to one arc apart as well.
        int ring = Integer.highestOneBit((longest(reduced) >> width) + 1) << 1;
        mask = ring - 1;
        bucket = new int[ring][START];
        fill = new int[ring];
    }

    private static int longest(ReducedGraph reduced) {
        return reduced.longestMillis;
    }

    void from(Snap place) {
        start = place;
        System.arraycopy(reduced.blocks, 0, blocks, 0, blocks.length);
        int left = 0;
        for (int end : reduced.ends) {
            isEnd[end] = true;
            left++;
        }
        int edge = place.edge();
        int flip = reduced.direction == Direction.FROM ? 0 : 1;
        long toHead = startMillis(reduced.keyMillis[(2 * edge) ^ flip], 1 - place.fraction());
        long toBase = startMillis(reduced.keyMillis[(2 * edge + 1) ^ flip], place.fraction());
        startMetres[0] = graph.edgeMetres(edge) * (1 - place.fraction());
        startMetres[1] = graph.edgeMetres(edge) * place.fraction();
        int head = reduced.block[graph.edgeHead(edge)];
        int base = reduced.block[graph.edgeBase(edge)];
        int now = (int) (Math.min(toHead, toBase) >> width);
        if (Math.min(toHead, toBase) >= RoadGraph.CLOSED) {
            clearEnds();
            return;
        }
        int waiting = 0;
        long laterMillis = Math.max(toHead, toBase);
        int laterBlock = toHead <= toBase ? base : head;
        int laterVia = toHead <= toBase ? NO_ARC - 1 : NO_ARC;
        long soonerMillis = Math.min(toHead, toBase);
        int soonerBlock = toHead <= toBase ? head : base;
        int soonerVia = toHead <= toBase ? NO_ARC : NO_ARC - 1;
        waiting += offer(now, soonerBlock, soonerMillis, soonerVia);
        boolean laterToCome = laterMillis < RoadGraph.CLOSED;
        while (true) {
            if (waiting == 0) {
                if (!laterToCome) break;
                now = (int) (laterMillis >> width);
            }
            if (laterToCome && laterMillis >> width == now) {
                waiting += offer(now, laterBlock, laterMillis, laterVia);
                laterToCome = false;
            }
            int open = now & mask;
            for (int i = 0; i < fill[open]; i++) {
                int node = bucket[open][i];
                long from = blocks[node];
                if ((from & 1) == 0) continue;
                blocks[node] = from - 1;
                if (isEnd[node]) {
                    isEnd[node] = false;
                    left--;
                }
                int at = node;
                long arc;
                do {
                    arc = blocks[++at];
                    int next = ArcBlocks.head(arc);
                    long there = from + (ArcBlocks.millis(arc) << 1);
                    if (there >= blocks[next]) continue;
                    blocks[next] = there;
                    via[next] = at;
                    append((int) (there >>> (1 + width)) & mask, next);
                    waiting++;
                } while (!ArcBlocks.isLast(arc));
            }
            waiting -= fill[open];
            fill[open] = 0;
            now++;
            if (left == 0) break;
        }
        if (waiting > 0) Arrays.fill(fill, 0);
        clearEnds();
    }

    private void clearEnds() {
        for (int end : reduced.ends) isEnd[end] = false;
    }

    private static long startMillis(int wholeMillis, double share) {
        if (share <= 0) return 0;
        return wholeMillis == RoadGraph.CLOSED ? RoadGraph.CLOSED : Math.round(wholeMillis * share);
    }

    private int offer(int now, int node, long millis, int how) {
        long label = millis << 1 | 1;
        if (label >= blocks[node]) return 0;
        blocks[node] = label;
        via[node] = how;
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
        long label = blocks[reduced.block[node]];
        if (label == Long.MAX_VALUE) return Long.MAX_VALUE;
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

    private double metresTo(int node) {
        int block = reduced.block[node];
        double metres = 0;
        int arc = via[block];
        while (arc >= 0) {
            metres += reduced.metres[arc];
            arc = via[reduced.tail[arc]];
        }
        return metres + startMetres[arc == NO_ARC ? 0 : 1];
    }
}
