package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import org.anquan.network.Sweep.Source;

/**
 * Which sources stand on an edge. A hash table with open places: an edge without sources, the usual case, costs one look
 * into a small array.
 */
final class SourcesByEdge {
    private static final int EMPTY = -1;

    private final int[] edges;
    private final int[] numbers;
    private final int mask;

    SourcesByEdge(List<Source> sources) {
        int size = Integer.highestOneBit(Math.max(4, 4 * sources.size()));
        mask = size - 1;
        edges = new int[size];
        numbers = new int[size];
        Arrays.fill(edges, EMPTY);
        for (int s = 0; s < sources.size(); s++) {
            int edge = sources.get(s).at().edge();
            int place = place(edge);
            while (edges[place] != EMPTY) place = (place + 1) & mask;
            edges[place] = edge;
            numbers[place] = s;
        }
    }

    /** A place that holds a source on this edge, or -1. */
    int first(int edge) {
        return search(place(edge), edge);
    }

    int next(int place) {
        return search((place + 1) & mask, edges[place]);
    }

    int source(int place) {
        return numbers[place];
    }

    private int search(int place, int edge) {
        while (edges[place] != EMPTY) {
            if (edges[place] == edge) return place;
            place = (place + 1) & mask;
        }
        return -1;
    }

    private int place(int edge) {
        return (edge * 0x9E3779B9 >>> 7) & mask;
    }
}
