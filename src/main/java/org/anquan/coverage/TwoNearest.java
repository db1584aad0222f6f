package org.anquan.coverage;

import java.util.Arrays;
import java.util.List;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.jspecify.annotations.Nullable;

/**
 * The two nearest different sources of every node and place. A Dijkstra search in which each node is settled by the first
 * two labels of different sources: the second nearest of a node is among the two nearest of one of its neighbours, so
 * nothing is missed. Arrivals are packed as in {@link EdgeTimes}.
 */
final class TwoNearest {
    private static final long NONE = EdgeTimes.NONE;

    private final RoadGraph graph;
    private final int[] keyMillis;
    private final Cuts cuts;
    private final List<Source> sources;
    private final boolean from;
    /** Nearest and second nearest of node n at {@code 2n} and {@code 2n + 1}. */
    private final long[] nodes;

    private final long[] sourcesByEdge;

    private long[] heap = new long[1024];
    private int[] heapNode = new int[1024];
    private int size;

    TwoNearest(
            RoadGraph graph, int[] keyMillis, Cuts cuts, List<Source> sources, Direction direction, int latestMillis) {
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.cuts = cuts;
        this.sources = sources;
        from = direction == Direction.FROM;
        nodes = new long[2 * graph.nodeCount()];
        Arrays.fill(nodes, NONE);
        sourcesByEdge = new long[sources.size()];
        for (int s = 0; s < sourcesByEdge.length; s++)
            sourcesByEdge[s] = (long) sources.get(s).at().edge() << 32 | s;
        Arrays.sort(sourcesByEdge);
        search(latestMillis);
    }

    private void search(int latestMillis) {
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            int edge = source.at().edge();
            double fraction = source.at().fraction();
            int cut = cuts.find(edge);
            if (cut < 0) {
                offer(graph.edgeHead(edge), s, source.startMillis(), there(edge), 1 - fraction);
                offer(graph.edgeBase(edge), s, source.startMillis(), back(edge), fraction);
                continue;
            }
            if (cuts.openFromHead(cut, fraction))
                offer(graph.edgeHead(edge), s, source.startMillis(), cuts.millis(cut, from), 1 - fraction);
            if (cuts.openFromBase(cut, fraction))
                offer(graph.edgeBase(edge), s, source.startMillis(), cuts.millis(cut, !from), fraction);
        }
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        while (size > 0) {
            long label = heap[0];
            int node = heapNode[0];
            pop();
            if (EdgeTimes.millis(label) > latestMillis || !settle(node, label)) continue;
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                int millis = keyMillis[from ? arcKey[arc] : arcKey[arc] ^ 1];
                if (millis == RoadGraph.CLOSED) continue;
                long next = label + ((long) millis << 32);
                if (next >= 0 && open(arcHead[arc], next)) push(next, arcHead[arc]);
            }
        }
    }

    private boolean open(int node, long label) {
        return label < nodes[2 * node + 1]
                && (nodes[2 * node] == NONE || EdgeTimes.source(nodes[2 * node]) != EdgeTimes.source(label));
    }

    private boolean settle(int node, long label) {
        if (nodes[2 * node] == NONE) nodes[2 * node] = label;
        else if (nodes[2 * node + 1] == NONE && EdgeTimes.source(nodes[2 * node]) != EdgeTimes.source(label))
            nodes[2 * node + 1] = label;
        else return false;
        return true;
    }

    private int there(int edge) {
        return keyMillis[2 * edge + (from ? 0 : 1)];
    }

    private int back(int edge) {
        return keyMillis[2 * edge + (from ? 1 : 0)];
    }

    private void offer(int node, int source, int startMillis, int wholeMillis, double share) {
        if (share > 0 && wholeMillis == RoadGraph.CLOSED) return;
        push(EdgeTimes.packed(startMillis + (share > 0 ? Math.round(wholeMillis * share) : 0), source), node);
    }

    /**
     * The two nearest of a place, by the roads near it and a straight walk: {@code [nearest, second nearest]}.
     *
     * @param factor on the time of each straight walk; null on even ground
     * @param least no factor is below it
     */
    long[] of(Near near, double millisPerMetre, double maxMetres, float @Nullable [] factor, float least) {
        long[] two = {NONE, NONE};
        for (int i = 0; i < near.count() && near.metres[i] <= maxMetres; i++) {
            double even = near.metres[i] * millisPerMetre;
            if ((long) (even * least) << 32 >= two[1]) break;
            float here = factor == null ? 1 : factor[i];
            if (here == Terrain.BARRED) continue;
            long walk = (long) Math.ceil(even * here) << 32;
            along(near.edge[i], near.fraction[i], walk, two);
        }
        return two;
    }

    private void along(int edge, float fraction, long walk, long[] two) {
        int cut = cuts.find(edge);
        int there = cut < 0 ? there(edge) : open(cut, fraction, false) ? cuts.millis(cut, from) : RoadGraph.CLOSED;
        int back = cut < 0 ? back(edge) : open(cut, fraction, true) ? cuts.millis(cut, !from) : RoadGraph.CLOSED;
        for (int rank = 0; rank < 2; rank++) {
            via(nodes[2 * graph.edgeBase(edge) + rank], there, fraction, walk, two);
            via(nodes[2 * graph.edgeHead(edge) + rank], back, 1 - fraction, walk, two);
        }
        int first = Arrays.binarySearch(sourcesByEdge, (long) edge << 32);
        if (first < 0) first = -first - 1;
        for (int i = first; i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
            int s = (int) sourcesByEdge[i];
            double onward = fraction - sources.get(s).at().fraction();
            int whole = onward >= 0 ? there(edge) : back(edge);
            if (cut >= 0)
                whole = cuts.open(cut, sources.get(s).at().fraction(), fraction)
                        ? cuts.millis(cut, (onward >= 0) == from)
                        : RoadGraph.CLOSED;
            if (onward != 0 && whole == RoadGraph.CLOSED) continue;
            long way = onward == 0 ? 0 : (long) Math.ceil(whole * Math.abs(onward));
            take(EdgeTimes.packed(sources.get(s).startMillis() + way, s) + walk, two);
        }
    }

    private boolean open(int cut, float fraction, boolean fromHead) {
        return fromHead ? cuts.openFromHead(cut, fraction) : cuts.openFromBase(cut, fraction);
    }

    private static void via(long node, int wholeMillis, float share, long walk, long[] two) {
        if (node == NONE || (share > 0 && wholeMillis == RoadGraph.CLOSED)) return;
        long way = share > 0 ? (long) Math.ceil((double) wholeMillis * share) : 0;
        take(node + (way << 32) + walk, two);
    }

    /** Keeps the two earliest of different sources. */
    static void take(long label, long[] two) {
        if (label == NONE) return;
        if (two[0] != NONE && EdgeTimes.source(two[0]) == EdgeTimes.source(label)) {
            two[0] = Math.min(two[0], label);
        } else if (label < two[0]) {
            two[1] = two[0];
            two[0] = label;
        } else two[1] = Math.min(two[1], label);
    }

    private void push(long label, int node) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            heapNode = Arrays.copyOf(heapNode, 2 * size);
        }
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2] > label) {
            heap[at] = heap[(at - 1) / 2];
            heapNode[at] = heapNode[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = label;
        heapNode[at] = node;
    }

    private void pop() {
        long label = heap[--size];
        int node = heapNode[size];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) break;
            if (child + 1 < size && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= label) break;
            heap[at] = heap[child];
            heapNode[at] = heapNode[child];
            at = child;
        }
        heap[at] = label;
        heapNode[at] = node;
    }
}
