package org.anquan.coverage;

import java.util.Arrays;

/**
 * Travel over a raster: every cell has a pace, and movement goes from centre to centre in 16 directions (to the eight
 * neighbours and the knight's moves). A step costs its length times the mean pace of the cells it passes; on cells that
 * are walked on, the slope of the step counts after {@link Tobler}. A Dijkstra search from all facilities at once, or
 * from one of them step by step.
 */
final class CostGrid {
    static final float BARRED = Float.POSITIVE_INFINITY;

    final int cols;
    final int rows;
    private final double cellX;
    private final double cellY;
    /** Seconds a metre on even ground; {@link #BARRED} where nobody goes. */
    private final float[] pace;
    /** Whether slopes count there. */
    private final boolean[] onFoot;
    /** Metres above sea level, NaN where unknown. */
    private final float[] height;

    private final boolean toward;

    /** @param toward whether people travel to the facilities instead of help from them */
    CostGrid(
            int cols,
            int rows,
            double cellX,
            double cellY,
            float[] pace,
            boolean[] onFoot,
            float[] height,
            boolean toward) {
        this.cols = cols;
        this.rows = rows;
        this.cellX = cellX;
        this.cellY = cellY;
        this.pace = pace;
        this.onFoot = onFoot;
        this.height = height;
        this.toward = toward;
    }

    /** Seconds from one centre to another, a neighbour or a knight's move away (row 0 is the northernmost). */
    float stepSeconds(int from, int to) {
        int dc = to % cols - from % cols;
        int dr = to / cols - from / cols;
        double metres = Math.sqrt(dc * dc * cellX * cellX + dr * dr * cellY * cellY);
        double rise = height[to] - height[from];
        float slope = Double.isNaN(rise) || rise == 0 ? 1 : Tobler.factor((toward ? -rise : rise) / metres);
        if (Math.abs(dc) < 2 && Math.abs(dr) < 2) return (float) (metres * (cost(from, slope) + cost(to, slope)) / 2);
        int beside = Math.abs(dc) == 2 ? dc / 2 : dr / 2 * cols;
        return (float) (metres
                * (cost(from, slope) + cost(to, slope) + cost(from + beside, slope) + cost(to - beside, slope))
                / 4);
    }

    private float cost(int cell, float slope) {
        return onFoot[cell] ? pace[cell] * slope : pace[cell];
    }

    boolean open(int cell) {
        return pace[cell] != BARRED;
    }

    /** Times of all cells in seconds, NaN where nobody comes, and whose time it is. */
    record Times(float[] seconds, int[] nearest) {}

    /**
     * @param starts cell of each facility; -1 for one that stands outside
     * @param limitSeconds later cells stay unreached
     */
    Times from(int[] starts, double limitSeconds) {
        Search search = new Search(starts, limitSeconds);
        while (search.next() >= 0) continue;
        float[] seconds = search.seconds;
        for (int i = 0; i < seconds.length; i++) if (seconds[i] == BARRED) seconds[i] = Float.NaN;
        return new Times(seconds, search.nearest);
    }

    /** A search that hands out cells in the order of their times. */
    final class Search {
        final float[] seconds = new float[cols * rows];
        final int[] nearest = new int[cols * rows];
        private final boolean[] settled = new boolean[cols * rows];
        private final double limitSeconds;
        private long[] heap = new long[1024];
        private int size;

        Search(int[] starts, double limitSeconds) {
            this.limitSeconds = limitSeconds;
            Arrays.fill(seconds, BARRED);
            Arrays.fill(nearest, -1);
            for (int f = 0; f < starts.length; f++) {
                // Two facilities in one cell: the first has it.
                if (starts[f] < 0 || !open(starts[f]) || nearest[starts[f]] >= 0) continue;
                seconds[starts[f]] = 0;
                nearest[starts[f]] = f;
                push(starts[f]);
            }
        }

        /** The next cell, or -1 where there is none left. Its time is final. */
        int next() {
            while (size > 0) {
                int cell = (int) heap[0];
                boolean stale = settled[cell];
                pop();
                if (stale) continue;
                settled[cell] = true;
                spread(cell);
                return cell;
            }
            return -1;
        }

        private void spread(int cell) {
            int col = cell % cols;
            int row = cell / cols;
            for (int d = 0; d < 16; d++) {
                int c = col + Relief.EAST[d];
                int r = row + Relief.NORTH[d];
                if (c < 0 || r < 0 || c >= cols || r >= rows) continue;
                int to = r * cols + c;
                if (settled[to]) continue;
                float arrives = seconds[cell] + stepSeconds(cell, to);
                if (!(arrives < seconds[to]) || arrives > limitSeconds) continue;
                seconds[to] = arrives;
                nearest[to] = nearest[cell];
                push(to);
            }
        }

        private void push(int cell) {
            if (size == heap.length) heap = Arrays.copyOf(heap, 2 * size);
            // Seconds are not negative, so their bits sort as they do.
            long label = (long) Float.floatToIntBits(seconds[cell]) << 32 | cell;
            int at = size++;
            while (at > 0 && heap[(at - 1) / 2] > label) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = label;
        }

        private void pop() {
            long label = heap[--size];
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child >= size) break;
                if (child + 1 < size && heap[child + 1] < heap[child]) child++;
                if (heap[child] >= label) break;
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = label;
        }
    }
}
