package org.anquan.network;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The parts of the network within which a profile can get from everywhere to everywhere and back (strongly connected
 * components; Tarjan, SIAM J. Comput. 1(2), 1972, without recursion).
 *
 * <p>A place is brought only to edges inside a part of some size. A one-way road that leads out of the network and ends
 * there (a cut at the border, a mapping error) is no part of it: who starts at its far end gets nowhere, and who is
 * called there does not come back. A dead end with two directions is part of it.
 */
final class NetworkParts {
    private final int[] part;
    private final int[] junctions;
    private final int largest;

    private NetworkParts(int[] part, int[] junctions) {
        this.part = part;
        this.junctions = junctions;
        int most = 0;
        for (int i = 1; i < junctions.length; i++) if (junctions[i] > junctions[most]) most = i;
        largest = most;
    }

    static NetworkParts of(RoadGraph graph, int[] keyMillis) {
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        int nodes = graph.nodeCount();
        int[] part = new int[nodes];
        int[] low = new int[nodes];
        int[] order = new int[nodes];
        int[] nextArc = new int[nodes];
        int[] way = new int[nodes];
        int[] waiting = new int[nodes];
        Arrays.fill(part, -1);
        Arrays.fill(order, -1);
        int[] sizes = new int[16];
        int parts = 0;
        int seen = 0;
        int waitingCount = 0;
        for (int root = 0; root < nodes; root++) {
            if (order[root] >= 0) continue;
            int depth = 0;
            way[0] = root;
            order[root] = low[root] = seen++;
            nextArc[root] = firstArc[root];
            waiting[waitingCount++] = root;
            while (depth >= 0) {
                int node = way[depth];
                if (nextArc[node] < firstArc[node + 1]) {
                    int arc = nextArc[node]++;
                    if (keyMillis[arcKey[arc]] == RoadGraph.CLOSED) continue;
                    int head = arcHead[arc];
                    if (order[head] < 0) {
                        order[head] = low[head] = seen++;
                        nextArc[head] = firstArc[head];
                        waiting[waitingCount++] = head;
                        way[++depth] = head;
                    } else if (part[head] < 0) low[node] = Math.min(low[node], order[head]);
                    continue;
                }
                if (low[node] == order[node]) {
                    if (parts == sizes.length) sizes = Arrays.copyOf(sizes, 2 * parts);
                    int size = 0;
                    int member;
                    do {
                        member = waiting[--waitingCount];
                        part[member] = parts;
                        size++;
                    } while (member != node);
                    sizes[parts++] = size;
                }
                depth--;
                if (depth >= 0) low[way[depth]] = Math.min(low[way[depth]], low[node]);
            }
        }
        return new NetworkParts(part, Arrays.copyOf(sizes, Math.max(1, parts)));
    }

    /** The edges inside a part of at least so many junctions, or inside the largest part where none has so many. */
    BitSet edgesOfParts(RoadGraph graph, int[] keyMillis, int minJunctions) {
        BitSet inside = new BitSet(graph.edgeCount());
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            if (keyMillis[2 * edge] == RoadGraph.CLOSED && keyMillis[2 * edge + 1] == RoadGraph.CLOSED) continue;
            int own = part[graph.edgeBase(edge)];
            if (own == part[graph.edgeHead(edge)] && (own == largest || junctions[own] >= minJunctions))
                inside.set(edge);
        }
        return inside;
    }
}
