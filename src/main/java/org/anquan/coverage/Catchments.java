package org.anquan.coverage;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Fills facilities up to their capacity in order of travel time: of all pairs of a cell and a facility that still has
 * room, the one with the least time comes first, and the cell's people go there as far as there is room; what is left of
 * them waits for the next facility. No facility ever holds more than its capacity, nobody is counted twice.
 *
 * <p>Each facility has a search of its own that runs only as far as it has room, so nothing is kept of pairs.
 */
final class Catchments {
    /**
     * @param people who each facility takes
     * @param latestSeconds of the last cell that each took anybody from; NaN where it took nobody
     * @param first which facility takes most of a cell's people, -1 for none
     * @param left people of each cell that nobody had room for
     */
    record Filled(long[] people, float[] latestSeconds, int[] first, long[] left) {}

    private Catchments() {}

    /**
     * @param starts cell of each facility, -1 for none
     * @param capacity of each facility
     * @param people whole people of each cell
     */
    static Filled fill(CostGrid grid, int[] starts, long[] capacity, long[] people, double limitSeconds) {
        long[] room = capacity.clone();
        long[] taken = new long[starts.length];
        float[] latest = new float[starts.length];
        Arrays.fill(latest, Float.NaN);
        int[] first = new int[people.length];
        Arrays.fill(first, -1);
        long[] most = new long[people.length];
        long[] left = people.clone();
        CostGrid.Search[] searches = new CostGrid.Search[starts.length];
        int[] at = new int[starts.length];
        // Time above, facility below.
        PriorityQueue<Long> waiting = new PriorityQueue<>();
        for (int f = 0; f < starts.length; f++) {
            if (room[f] <= 0 || starts[f] < 0) continue;
            searches[f] = grid.new Search(new int[] {starts[f]}, limitSeconds);
            advance(searches, at, left, f, waiting);
        }
        while (!waiting.isEmpty()) {
            int f = (int) (long) waiting.remove();
            int cell = at[f];
            long moved = Math.min(left[cell], room[f]);
            if (moved > 0) {
                left[cell] -= moved;
                room[f] -= moved;
                taken[f] += moved;
                latest[f] = searches[f].seconds[cell];
                if (moved > most[cell]) {
                    most[cell] = moved;
                    first[cell] = f;
                }
            }
            if (room[f] > 0) advance(searches, at, left, f, waiting);
            else searches[f] = null;
        }
        return new Filled(taken, latest, first, left);
    }

    /** On to the next cell where anybody is left. */
    private static void advance(CostGrid.Search[] searches, int[] at, long[] left, int f, PriorityQueue<Long> waiting) {
        int cell = searches[f].next();
        while (cell >= 0 && left[cell] == 0) cell = searches[f].next();
        if (cell < 0) {
            searches[f] = null;
            return;
        }
        at[f] = cell;
        waiting.add((long) Float.floatToIntBits(searches[f].seconds[cell]) << 32 | f);
    }
}
