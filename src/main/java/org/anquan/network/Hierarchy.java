package org.anquan.network;

import java.util.Arrays;

/**
 * An order of the junctions and the arcs upward in it, by which many-to-many questions need only look at few junctions: a
 * customizable contraction hierarchy (Dibbelt, Strasser and Wagner, ACM JEA 21, 2016). It knows no times, so it is made
 * once a graph and serves every profile and scenario; {@link HierarchyTimes} puts times on it.
 *
 * <p>Junctions are taken away one after the other, always one with the fewest neighbours left, which are then joined with
 * each other. What was joined to a junction when it was taken away are its arcs upward.
 */
final class Hierarchy {
    /** By junction of the graph: its place in the order, 0 is taken away first. */
    final int[] rank;

    /** By rank: first arc upward, one more entry than junctions. */
    final int[] first;

    /** By arc: rank of the upper end; ascending for each junction. */
    final int[] head;

    /** By edge of the graph: its arc, -1 for a loop. */
    final int[] arcOfEdge;

    /** By edge of the graph: does the arc lead from its base up to its head? */
    final boolean[] baseIsLower;

    Hierarchy(RoadGraph graph) {
        int nodes = graph.nodeCount();
        int[][] near = neighbours(graph);
        int[] count = new int[nodes];
        for (int node = 0; node < nodes; node++) count[node] = near[node].length;
        rank = new int[nodes];
        Arrays.fill(rank, -1);
        int[][] upward = new int[nodes][];
        Waiting waiting = new Waiting(count);
        int[] scratch = new int[nodes];
        Arrays.fill(scratch, -1);
        for (int place = 0; place < nodes; place++) {
            int node = waiting.next(count, rank);
            rank[node] = place;
            int[] all = Arrays.copyOf(near[node], count[node]);
            near[node] = new int[0];
            upward[place] = all;
            for (int other : all) {
                near[other] = joined(near[other], count, other, node, all, scratch);
                waiting.add(other, count[other]);
            }
        }
        first = new int[nodes + 1];
        int arcs = 0;
        for (int place = 0; place < nodes; place++) {
            first[place] = arcs;
            arcs += upward[place].length;
        }
        first[nodes] = arcs;
        head = new int[arcs];
        for (int place = 0; place < nodes; place++) {
            int at = first[place];
            for (int node : upward[place]) head[at++] = rank[node];
            Arrays.sort(head, first[place], at);
        }
        arcOfEdge = new int[graph.edgeCount()];
        baseIsLower = new boolean[arcOfEdge.length];
        for (int edge = 0; edge < arcOfEdge.length; edge++) {
            int base = rank[graph.edgeBase(edge)];
            int top = rank[graph.edgeHead(edge)];
            baseIsLower[edge] = base < top;
            arcOfEdge[edge] = base == top ? -1 : arc(Math.min(base, top), Math.max(base, top));
        }
    }

    int arc(int lower, int upper) {
        return Arrays.binarySearch(head, first[lower], first[lower + 1], upper);
    }

    int nodes() {
        return rank.length;
    }

    int arcs() {
        return head.length;
    }

    /** The next junction on the way up, or the number of junctions at the top. Every junction reached lies on that way. */
    int parent(int place) {
        return first[place] < first[place + 1] ? head[first[place]] : nodes();
    }

    private static int[][] neighbours(RoadGraph graph) {
        int[][] near = new int[graph.nodeCount()][];
        int[] found = new int[16];
        int[] seen = new int[graph.nodeCount()];
        Arrays.fill(seen, -1);
        for (int node = 0; node < near.length; node++) {
            int count = 0;
            for (int arc = graph.firstArc()[node]; arc < graph.firstArc()[node + 1]; arc++) {
                int other = graph.arcHead()[arc];
                if (other == node || seen[other] == node) continue;
                seen[other] = node;
                if (count == found.length) found = Arrays.copyOf(found, 2 * count);
                found[count++] = other;
            }
            near[node] = Arrays.copyOf(found, count);
        }
        return near;
    }

    /** The neighbours of one without the one that is taken away and with all of its others. */
    private static int[] joined(int[] near, int[] count, int of, int gone, int[] others, int[] scratch) {
        int size = 0;
        for (int i = 0; i < count[of]; i++) {
            int one = near[i];
            if (one == gone) continue;
            near[size++] = one;
            scratch[one] = of;
        }
        scratch[of] = of;
        for (int one : others) {
            if (scratch[one] == of) continue;
            if (size == near.length) near = Arrays.copyOf(near, size + Math.max(4, size / 2));
            near[size++] = one;
        }
        for (int i = 0; i < size; i++) scratch[near[i]] = -1;
        scratch[of] = -1;
        count[of] = size;
        return near;
    }

    /** Junctions by how many neighbours they have; entries that are no longer true are passed over. */
    private static final class Waiting {
        private int[][] bucket = new int[64][16];
        private int[] fill = new int[64];
        private int least;

        Waiting(int[] count) {
            for (int node = 0; node < count.length; node++) add(node, count[node]);
        }

        void add(int node, int neighbours) {
            if (neighbours >= bucket.length) {
                int before = bucket.length;
                bucket = Arrays.copyOf(bucket, 2 * neighbours);
                fill = Arrays.copyOf(fill, bucket.length);
                for (int i = before; i < bucket.length; i++) bucket[i] = new int[4];
            }
            if (fill[neighbours] == bucket[neighbours].length)
                bucket[neighbours] = Arrays.copyOf(bucket[neighbours], 2 * fill[neighbours]);
            bucket[neighbours][fill[neighbours]++] = node;
            if (neighbours < least) least = neighbours;
        }

        int next(int[] count, int[] rank) {
            while (true) {
                while (fill[least] == 0) least++;
                int node = bucket[least][--fill[least]];
                if (rank[node] < 0 && count[node] == least) return node;
            }
        }
    }
}
