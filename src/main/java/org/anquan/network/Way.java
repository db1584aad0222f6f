package org.anquan.network;

/**
 * A way by road: pieces of edges in the order of travel. Piece {@code i} goes over edge {@code keys[i] / 2}, from
 * {@code from[i]} to {@code to[i]}, shares of the edge's length from its base.
 *
 * @param keys edges and directions as in {@link RoadGraph}
 * @param millis by piece, the turn into it included
 */
public record Way(int[] keys, double[] from, double[] to, long[] millis, double[] metres) {
    public long totalMillis() {
        long sum = 0;
        for (long one : millis) sum += one;
        return sum;
    }

    public double totalMetres() {
        double sum = 0;
        for (double one : metres) sum += one;
        return sum;
    }

    public int pieces() {
        return keys.length;
    }

    public int edge(int piece) {
        return keys[piece] >> 1;
    }

    /** Driven from the edge's base toward its head? */
    public boolean towardHead(int piece) {
        return (keys[piece] & 1) == 0;
    }
}
