package org.anquan.network;

import java.util.Arrays;

/**
 * Times on a {@link Hierarchy}: of each arc the least upward and downward over junctions below it, with the length of that
 * way. One pass over all triangles, from the bottom to the top.
 */
final class HierarchyTimes {
    /** No way; two of them still fit into an int. */
    static final int NONE = (1 << 30) - 1;

    final Hierarchy order;
    final int[] up;
    final int[] down;
    final float[] upMetres;
    final float[] downMetres;

    HierarchyTimes(Hierarchy order, RoadGraph graph, int[] keyMillis) {
        this.order = order;
        int arcs = order.arcs();
        up = new int[arcs];
        down = new int[arcs];
        upMetres = new float[arcs];
        downMetres = new float[arcs];
        Arrays.fill(up, NONE);
        Arrays.fill(down, NONE);
        for (int edge = 0; edge < order.arcOfEdge.length; edge++) {
            int arc = order.arcOfEdge[edge];
            if (arc < 0) continue;
            int there = keyMillis[2 * edge];
            int back = keyMillis[2 * edge + 1];
            float metres = (float) graph.edgeMetres(edge);
            int upward = order.baseIsLower[edge] ? there : back;
            int downward = order.baseIsLower[edge] ? back : there;
            if (upward < up[arc]) {
                up[arc] = upward;
                upMetres[arc] = metres;
            }
            if (downward < down[arc]) {
                down[arc] = downward;
                downMetres[arc] = metres;
            }
        }
        triangles();
    }

    private void triangles() {
        int[] first = order.first;
        int[] head = order.head;
        int nodes = order.nodes();
        for (int low = 0; low < nodes; low++) {
            int end = first[low + 1];
            for (int a = first[low]; a < end; a++) {
                int toLow = down[a];
                int fromLow = up[a];
                if (toLow == NONE && fromLow == NONE) continue;
                int middle = head[a];
                // What is above both is above the middle one: the lists ascend, so one pass finds them.
                int c = first[middle];
                for (int b = a + 1; b < end; b++) {
                    int top = head[b];
                    while (head[c] != top) c++;
                    int over = toLow + up[b];
                    if (over < up[c]) {
                        up[c] = over;
                        upMetres[c] = downMetres[a] + upMetres[b];
                    }
                    over = down[b] + fromLow;
                    if (over < down[c]) {
                        down[c] = over;
                        downMetres[c] = downMetres[b] + upMetres[a];
                    }
                }
            }
        }
    }
}
