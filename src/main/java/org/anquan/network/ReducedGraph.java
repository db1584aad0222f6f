package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anquan.network.Sweep.Direction;

/**
 * What is left of a graph for searches between certain places: dead ends without a place are cut away, one after the
 * other, and a chain of edges without a junction or a place becomes one arc. Times between the places stay exactly the
 * same.
 *
 * <p>Laid out in blocks as {@link ArcBlocks} are. On Porto half of the junctions are left (41 602 of 79 697), and the
 * reduction takes about as long as two searches on the whole graph.
 */
final class ReducedGraph {
    /** Places of a block before its arcs. */
    static final int HEADER = 2;

    private static final int GONE = -1;
    static final int LAST = Integer.MIN_VALUE;

    /** Stands where a block has no arc by which it was reached. */
    static final int START = -1;

    /** Twelve days: what takes longer does not fit into a label and counts as no way. */
    private static final int TOO_LONG = 1 << 30;

    final RoadGraph graph;
    final int[] keyMillis;
    final Direction direction;

    /** Where the block of a node of the graph begins; only for junctions that are left, else -1. */
    final int[] block;

    /**
     * As in {@link ArcBlocks}, but of ints, because there is only one source: label (time and, in the lowest bit, whether
     * it is still to be passed on), the place of the arc by which the node was reached, then for each arc its head's block
     * (the last arc: with the sign bit) and its milliseconds.
     */
    final int[] blocks;

    /** Metres of the arc whose first place is twice this. */
    final double[] metres;

    /** The block in which the arc whose first place is twice this stands. */
    final int[] tail;

    /** The blocks of the ends of the edges on which the searches end. */
    final int[] ends;

    final int longestMillis;
    final int meanMillis;

    ReducedGraph(RoadGraph graph, int[] keyMillis, Direction direction, List<Stand> starts, List<Stand> ends) {
        if (keyMillis.length != 2 * graph.edgeCount())
            throw new IllegalArgumentException(
                    "times of " + 2 * graph.edgeCount() + " keys are needed; got " + keyMillis.length);
        this.graph = graph;
        this.keyMillis = keyMillis;
        this.direction = direction;
        int nodes = graph.nodeCount();
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        int flip = direction == Direction.FROM ? 0 : 1;
        boolean[] kept = new boolean[nodes];
        for (List<Stand> places : List.of(starts, ends))
            for (Stand place : places) {
                if (place.baseNode() >= 0) kept[place.baseNode()] = true;
                if (place.headNode() >= 0) kept[place.headNode()] = true;
            }
        int[] degree = new int[nodes];
        for (int node = 0; node < nodes; node++)
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++)
                if (open(keyMillis, arcKey[arc])) degree[node]++;
        boolean[] gone = cutDeadEnds(kept, degree);
        block = new int[nodes];
        Arrays.fill(block, GONE);
        int size = 0;
        for (int node = 0; node < nodes; node++) {
            if (gone[node] || (degree[node] == 2 && !kept[node])) continue;
            block[node] = size;
            size += HEADER + 2 * Math.max(1, degree[node]);
        }
        blocks = new int[size];
        metres = new double[size / 2];
        tail = new int[size / 2];
        int longest = 0;
        long sum = 0;
        int arcs = 0;
        for (int node = 0; node < nodes; node++) {
            int own = block[node];
            if (own == GONE) continue;
            int at = own;
            blocks[own] = Integer.MAX_VALUE;
            blocks[own + 1] = START;
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                long millis = keyMillis[arcKey[arc] ^ flip];
                int head = arcHead[arc];
                if (millis == RoadGraph.CLOSED || gone[head]) continue;
                int edge = arcKey[arc] >> 1;
                double length = graph.edgeMetres(edge);
                // Along the chain to the next node that is left.
                while (block[head] == GONE && millis < RoadGraph.CLOSED) {
                    int next = onward(head, edge, gone);
                    int time = keyMillis[arcKey[next] ^ flip];
                    millis = time == RoadGraph.CLOSED ? RoadGraph.CLOSED : millis + time;
                    edge = arcKey[next] >> 1;
                    length += graph.edgeMetres(edge);
                    head = arcHead[next];
                }
                if (millis >= TOO_LONG || head == node) continue;
                at += 2;
                blocks[at] = block[head];
                blocks[at + 1] = (int) millis;
                metres[at / 2] = length;
                tail[at / 2] = own;
                longest = (int) Math.max(longest, millis);
                sum += millis;
                arcs++;
            }
            if (at == own) {
                at += 2;
                blocks[at] = own;
                tail[at / 2] = own;
            }
            blocks[at] |= LAST;
        }
        longestMillis = longest;
        meanMillis = arcs == 0 ? 0 : (int) (sum / arcs);
        this.ends = ends.stream()
                .flatMapToInt(place -> IntStream.of(place.baseNode(), place.headNode()))
                .filter(node -> node >= 0)
                .map(node -> block[node])
                .distinct()
                .toArray();
    }

    private static boolean open(int[] keyMillis, int key) {
        return keyMillis[key] != RoadGraph.CLOSED || keyMillis[key ^ 1] != RoadGraph.CLOSED;
    }

    private boolean[] cutDeadEnds(boolean[] kept, int[] degree) {
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        boolean[] gone = new boolean[degree.length];
        int[] waiting = new int[degree.length];
        int count = 0;
        for (int node = 0; node < degree.length; node++)
            if (degree[node] <= 1 && !kept[node]) {
                gone[node] = true;
                waiting[count++] = node;
            }
        while (count > 0) {
            int node = waiting[--count];
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                int head = arcHead[arc];
                if (!open(keyMillis, graph.arcKey()[arc]) || gone[head]) continue;
                if (--degree[head] <= 1 && !kept[head]) {
                    gone[head] = true;
                    waiting[count++] = head;
                }
            }
        }
        return gone;
    }

    /** In a chain: the arc that does not go back over the edge by which one came. */
    private int onward(int node, int cameOver, boolean[] gone) {
        int[] arcKey = graph.arcKey();
        int back = -1;
        for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
            if (!open(keyMillis, arcKey[arc]) || gone[graph.arcHead()[arc]]) continue;
            if (arcKey[arc] >> 1 != cameOver) return arc;
            back = arc;
        }
        return back;
    }
}
