package org.anquan.network;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sections that cannot be passed as a whole, but from their ends up to a closure somewhere along the way. In the times by
 * key such a section is {@link RoadGraph#CLOSED} in both directions, so that a search never drives over it; only places on
 * it ask here how far they get along it.
 *
 * <p>Positions are shares of the section's length, 0 at its base and 1 at its head. Immutable.
 */
public final class Cuts {
    public static final Cuts NONE = new Cuts(new TreeMap<>());

    private static final int EMPTY = -1;

    private final int[] edges;
    private final int[] towardHead;
    private final int[] towardBase;
    /** By section: from, until, from, until …, ascending. */
    private final double[][] blocks;

    private final int[] table;
    private final int mask;

    /**
     * One section.
     *
     * @param towardHeadMillis over the whole section if nothing cut it; {@link RoadGraph#CLOSED} against a one-way
     * @param blocks from, until, from, until … ascending, not overlapping; both ends are blocked too
     */
    public record Cut(int towardHeadMillis, int towardBaseMillis, double[] blocks) {}

    private Cuts(SortedMap<Integer, Cut> all) {
        int count = all.size();
        edges = new int[count];
        towardHead = new int[count];
        towardBase = new int[count];
        blocks = new double[count][];
        mask = Integer.highestOneBit(Math.max(2, 4 * count)) - 1;
        table = new int[mask + 1];
        Arrays.fill(table, EMPTY);
        int i = 0;
        for (Map.Entry<Integer, Cut> one : all.entrySet()) {
            edges[i] = one.getKey();
            towardHead[i] = one.getValue().towardHeadMillis();
            towardBase[i] = one.getValue().towardBaseMillis();
            blocks[i] = one.getValue().blocks();
            int place = place(edges[i]);
            while (table[place] != EMPTY) place = (place + 1) & mask;
            table[place] = i++;
        }
    }

    /** By edge. */
    public static Cuts of(SortedMap<Integer, Cut> all) {
        return all.isEmpty() ? NONE : new Cuts(all);
    }

    public boolean isEmpty() {
        return edges.length == 0;
    }

    public int count() {
        return edges.length;
    }

    /** The edge of a cut, by its number from 0 to {@link #count()}. */
    public int edge(int cut) {
        return edges[cut];
    }

    /** The number of an edge's cut, or -1 where it has none. */
    public int find(int edge) {
        if (edges.length == 0) return -1;
        int place = place(edge);
        while (table[place] != EMPTY) {
            if (edges[table[place]] == edge) return table[place];
            place = (place + 1) & mask;
        }
        return -1;
    }

    private int place(int edge) {
        return (edge * 0x9E3779B9 >>> 7) & mask;
    }

    /** Time over the whole section if nothing cut it. */
    public int millis(int cut, boolean toHead) {
        return toHead ? towardHead[cut] : towardBase[cut];
    }

    /** Blocked stretches as from, until, from, until …; not to be changed. */
    public double[] blocks(int cut) {
        return blocks[cut];
    }

    /** Is nothing blocked between two places, both included? */
    public boolean open(int cut, double one, double other) {
        double from = Math.min(one, other);
        double until = Math.max(one, other);
        double[] all = blocks[cut];
        for (int i = 0; i < all.length; i += 2) if (all[i] <= until && from <= all[i + 1]) return false;
        return true;
    }

    /** Is the way from a section's base to a place on it open? */
    public boolean openFromBase(int cut, double fraction) {
        return open(cut, 0, fraction);
    }

    /** Is the way from a section's head to a place on it open? */
    public boolean openFromHead(int cut, double fraction) {
        return open(cut, fraction, 1);
    }
}
