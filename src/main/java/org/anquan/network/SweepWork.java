package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.jspecify.annotations.Nullable;

/**
 * The sweep itself and the arrays it works in, which are used again by later sweeps.
 *
 * <p>Each node has one label, a long: time in the upper bits, the source's number below it, and in the lowest bit
 * whether the label is still to be passed on. Comparing two labels as numbers so compares times and, at equal times,
 * sources: the smaller number wins a tie, whatever the order of the search. The start label of all nodes is one past the
 * limit, so the same comparison also keeps the limit.
 *
 * <p>Nodes wait in buckets of 2^{@link #shift} ms on a ring as long as the longest arc (R. B. Dial, CACM 12(11), 1969).
 * Within a bucket the order does not matter: a node whose label falls while its bucket is open is passed on again, and
 * when a bucket is empty its labels are final.
 */
final class SweepWork {
    private static final ArrayBlockingQueue<SweepWork> IDLE = new ArrayBlockingQueue<>(8);
    private static final int TIME_BIT = 31;
    private static final int LARGEST_RING = 1 << 16;

    /** 2^shift milliseconds in a bucket. */
    static int shift = 9;

    private long[] label = new long[0];
    /** The key by which a node got its label, -1 where a source stands on its edge. Null in a sweep without paths. */
    private int @Nullable [] via;

    private int[] bucket = new int[0];
    private int[] entryNode = new int[1024];
    private int[] entryNext = new int[1024];
    private int entries;

    private int[] offerNode = new int[64];
    private long[] offerLabel = new long[64];
    private long[] offerOrder = new long[64];
    private int offers;
    private int nodes;
    private long unreached;

    static <T> T with(Function<SweepWork, T> task) {
        SweepWork work = IDLE.poll();
        if (work == null) work = new SweepWork();
        try {
            return task.apply(work);
        } finally {
            IDLE.offer(work);
        }
    }

    void sweep(
            RoadGraph graph,
            ArcCosts costs,
            int[] keyMillis,
            List<Source> sources,
            Direction direction,
            int limitMillis) {
        via = null;
        start(graph, keyMillis, sources, direction, limitMillis);
        spread(costs);
    }

    void sweepWithPaths(
            RoadGraph graph,
            ArcCosts costs,
            int[] keyMillis,
            List<Source> sources,
            Direction direction,
            int limitMillis) {
        int[] keys = new int[graph.nodeCount()];
        Arrays.fill(keys, -1);
        via = keys;
        start(graph, keyMillis, sources, direction, limitMillis);
        spread(costs);
    }

    private void start(RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, int limitMillis) {
        if (sources.size() >= 1 << (TIME_BIT - 1))
            throw new IllegalArgumentException(sources.size() + " sources are too many for one sweep");
        nodes = graph.nodeCount();
        if (label.length < nodes) label = new long[nodes];
        unreached = (Math.min(limitMillis, TravelTimes.UNREACHED - 1) + 1L) << TIME_BIT;
        Arrays.fill(label, 0, nodes, unreached);
        entries = 0;
        offers = 0;
        int flip = direction == Direction.FROM ? 0 : 1;
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            int edge = source.at().edge();
            double fraction = source.at().fraction();
            offer(graph.edgeHead(edge), s, source.startMillis(), keyMillis[(2 * edge) ^ flip], 1 - fraction);
            offer(graph.edgeBase(edge), s, source.startMillis(), keyMillis[(2 * edge + 1) ^ flip], fraction);
        }
        Arrays.sort(offerOrder, 0, offers);
    }

    private void offer(int node, int source, int startMillis, int wholeMillis, double share) {
        if (wholeMillis == RoadGraph.CLOSED && share > 0) return;
        long millis = startMillis + (share > 0 ? Math.round(wholeMillis * share) : 0);
        long offered = millis << TIME_BIT | (long) source << 1 | 1;
        if (offered >= unreached) return;
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

    private void spread(ArcCosts costs) {
        int width = shift;
        while ((costs.maxMillis >> width) + 2 > LARGEST_RING) width++;
        int ring = Integer.highestOneBit((costs.maxMillis >> width) + 1) << 1;
        if (bucket.length < ring) bucket = new int[ring];
        int[] bucket = this.bucket;
        Arrays.fill(bucket, 0, ring, -1);
        int mask = ring - 1;
        int toBucket = TIME_BIT + width;
        int[] first = costs.first;
        int[] headAndMillis = costs.headAndMillis;
        int[] key = costs.key;
        long[] label = this.label;
        int[] via = this.via;
        int[] entryNode = this.entryNode;
        int[] entryNext = this.entryNext;
        int made = 0;
        int taken = 0;
        int nextOffer = 0;
        int now = 0;
        while (true) {
            if (made == taken) {
                if (nextOffer == offers) break;
                now = (int) (offerOrder[nextOffer] >>> (32 + width));
            }
            while (nextOffer < offers && (int) (offerOrder[nextOffer] >>> (32 + width)) == now) {
                int offer = (int) offerOrder[nextOffer++];
                int node = offerNode[offer];
                if (offerLabel[offer] >= label[node]) continue;
                label[node] = offerLabel[offer];
                if (via != null) via[node] = -1;
                if (made == entryNode.length) {
                    this.entryNode = entryNode = Arrays.copyOf(entryNode, 2 * made);
                    this.entryNext = entryNext = Arrays.copyOf(entryNext, 2 * made);
                }
                entryNode[made] = node;
                entryNext[made] = bucket[now & mask];
                bucket[now & mask] = made++;
            }
            int open = now & mask;
            for (int entry = bucket[open]; entry >= 0; entry = bucket[open]) {
                bucket[open] = -1;
                for (; entry >= 0; entry = entryNext[entry]) {
                    taken++;
                    int node = entryNode[entry];
                    long from = label[node];
                    if ((from & 1) == 0) continue;
                    label[node] = from - 1;
                    for (int arc = first[node], end = first[node + 1]; arc < end; arc += 2) {
                        int head = headAndMillis[arc];
                        long there = from + ((long) headAndMillis[arc + 1] << TIME_BIT);
                        if (there >= label[head]) continue;
                        label[head] = there;
                        if (via != null) via[head] = key[arc >> 1];
                        if (made == entryNode.length) {
                            this.entryNode = entryNode = Arrays.copyOf(entryNode, 2 * made);
                            this.entryNext = entryNext = Arrays.copyOf(entryNext, 2 * made);
                        }
                        int slot = (int) (there >>> toBucket) & mask;
                        entryNode[made] = head;
                        entryNext[made] = bucket[slot];
                        bucket[slot] = made++;
                    }
                }
            }
            now++;
        }
        entries = made;
    }

    TravelTimes times(RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction) {
        int[] millis = new int[nodes];
        int[] owner = new int[nodes];
        long[] label = this.label;
        for (int node = 0; node < nodes; node++) {
            long found = label[node];
            boolean reached = found < unreached;
            millis[node] = reached ? (int) (found >>> TIME_BIT) : TravelTimes.UNREACHED;
            owner[node] = reached ? (int) (found >>> 1) & ((1 << (TIME_BIT - 1)) - 1) : -1;
        }
        int[] keys = via;
        via = null;
        return new TravelTimes(graph, keyMillis, sources, direction, millis, owner, keys);
    }
}
