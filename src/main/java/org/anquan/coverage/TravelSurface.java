package org.anquan.coverage;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Travel time at the centre of every cell: to the road pieces near it and the straight walk from there, and then on
 * foot from cell to cell as far as people walk. Each cell also knows whose time it is and how far from the road it was
 * walked.
 *
 * <p>The walk goes in 16 directions (to the 8 neighbours and the knight's moves), so a way over the grid is never
 * shorter than the straight one and at most 2.8 % longer: the surface is late rather than early. A cell keeps only its
 * earliest arrival; where that one has used up the walking limit, a later one with more breath left would be lost. So
 * every cell that was left out in the end asks the road nearest to it. What is then still missed is late, never early.
 *
 * <p>The front is Dial's buckets as wide as the shortest step: nothing in a bucket can improve another thing in it, so
 * each bucket is taken in any order and no heap is needed.
 */
final class TravelSurface {
    final SurfaceGrid grid;
    /** Milliseconds and source packed as in {@link EdgeTimes}; {@link EdgeTimes#NONE} where nobody arrives. */
    final long[] arrival;
    /** Metres walked from the road. */
    final float[] walked;

    final double millisPerMetre;
    final double maxMetres;

    private TravelSurface(SurfaceGrid grid, double millisPerMetre, double maxMetres) {
        this.grid = grid;
        this.millisPerMetre = millisPerMetre;
        this.maxMetres = maxMetres;
        arrival = new long[grid.size()];
        walked = new float[grid.size()];
    }

    /**
     * @param nearest of the same grid, see {@link #nearest}
     * @param latestMillis later places may stay unreached
     * @param maxMetres how far people walk from the road
     */
    static TravelSurface of(
            RoadAccess access,
            TravelSurface nearest,
            EdgeTimes times,
            Terrain terrain,
            double millisPerMetre,
            double maxMetres,
            int latestMillis) {
        TravelSurface surface = new TravelSurface(access.grid, millisPerMetre, maxMetres);
        surface.seed(access, times);
        if (terrain != Terrain.EVEN) {
            surface.clear(terrain);
            new Front(surface, terrain, latestMillis).run();
            return surface;
        }
        long[] seeds = surface.arrival.clone();
        float[] seedMetres = surface.walked.clone();
        new Front(surface, terrain, latestMillis).run();
        surface.askNearest(nearest, seeds, seedMetres);
        return surface;
    }

    /**
     * How far every cell is from the nearest road that can be left ({@link #walked}), and over which cell
     * ({@link #source}): what does not depend on the question, made once for a grid.
     */
    static TravelSurface nearest(RoadAccess access, double maxMetres) {
        TravelSurface surface = new TravelSurface(access.grid, 1000, maxMetres);
        for (int cell = 0; cell < surface.arrival.length; cell++) {
            float least = Float.POSITIVE_INFINITY;
            for (int i = access.first[cell]; i < access.first[cell + 1]; i++) least = Math.min(least, access.metres[i]);
            boolean road = least <= maxMetres;
            surface.arrival[cell] = road ? EdgeTimes.packed((long) Math.ceil(least * 1000.0), cell) : EdgeTimes.NONE;
            surface.walked[cell] = road ? least : 0;
        }
        float[] seedMetres = surface.walked.clone();
        new Front(surface, Terrain.EVEN, (int) Math.ceil((maxMetres + 2 * access.grid.cellMetres) * 1000)).run();
        // What is wanted later is the way between the two cells.
        for (int cell = 0; cell < surface.arrival.length; cell++)
            if (surface.arrival[cell] != EdgeTimes.NONE) surface.walked[cell] -= seedMetres[surface.source(cell)];
        return surface;
    }

    private void askNearest(TravelSurface nearest, long[] seeds, float[] seedMetres) {
        for (int cell = 0; cell < arrival.length; cell++) {
            if (arrival[cell] != EdgeTimes.NONE || nearest.arrival[cell] == EdgeTimes.NONE) continue;
            int road = nearest.source(cell);
            float metres = seedMetres[road] + nearest.walked[cell];
            if (seeds[road] == EdgeTimes.NONE || metres > maxMetres) continue;
            arrival[cell] = seeds[road] + ((long) Math.ceil(nearest.walked[cell] * millisPerMetre) << 32);
            walked[cell] = metres;
        }
    }

    int millis(int cell) {
        return arrival[cell] == EdgeTimes.NONE ? Integer.MAX_VALUE : EdgeTimes.millis(arrival[cell]);
    }

    /** Whose time it is, or -1 where nobody arrives. */
    int source(int cell) {
        return arrival[cell] == EdgeTimes.NONE ? -1 : EdgeTimes.source(arrival[cell]);
    }

    /** Nobody stands where nobody can walk. */
    private void clear(Terrain terrain) {
        for (int cell = 0; cell < arrival.length; cell++)
            if (terrain.timeFactor(cell) == Float.POSITIVE_INFINITY) arrival[cell] = EdgeTimes.NONE;
    }

    private void seed(RoadAccess access, EdgeTimes times) {
        int middle = grid.rows / 2;
        ForkJoinTask<?> north =
                ForkJoinPool.commonPool().submit(() -> seed(access, times, middle * grid.cols, grid.size()));
        seed(access, times, 0, middle * grid.cols);
        north.join();
    }

    private void seed(RoadAccess access, EdgeTimes times, int fromCell, int toCell) {
        int[] first = access.first;
        int[] edge = access.edge;
        float[] fraction = access.fraction;
        float[] metres = access.metres;
        for (int cell = fromCell; cell < toCell; cell++) {
            long best = EdgeTimes.NONE;
            float bestMetres = 0;
            for (int i = first[cell]; i < first[cell + 1]; i++) {
                if (metres[i] > maxMetres) continue;
                long road = times.at(edge[i], fraction[i]);
                if (road == EdgeTimes.NONE) continue;
                long whole = road + ((long) Math.ceil(metres[i] * millisPerMetre) << 32);
                if (whole < best) {
                    best = whole;
                    bestMetres = metres[i];
                }
            }
            arrival[cell] = best;
            walked[cell] = bestMetres;
        }
    }

    /** Carries the times of the seeded cells on over the open ground. */
    private static final class Front {
        /** Steps east and north of the 16 directions; the first 8 reach the neighbours. */
        private static final int[] EAST = {1, -1, 0, 0, 1, 1, -1, -1, 2, 2, -2, -2, 1, 1, -1, -1};

        private static final int[] NORTH = {0, 0, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 2, -2, 2, -2};

        private final TravelSurface on;
        private final Terrain terrain;
        private final int cols;
        private final int rows;
        private final int latestMillis;
        private final int bucketMillis;
        private final int directions;
        private final int[] stepCells;
        private final float[] stepMetres;
        private final long[] stepMillis;
        /** First cell of each bucket and the cell after each cell in its bucket; -1 ends. */
        private final int[] head;

        private int[] next;
        private int[] queued;
        private int entries;

        Front(TravelSurface on, Terrain terrain, int latestMillis) {
            this.on = on;
            this.terrain = terrain;
            cols = on.grid.cols;
            rows = on.grid.rows;
            this.latestMillis = latestMillis;
            directions = terrain == Terrain.EVEN ? 16 : 8;
            stepCells = new int[directions];
            stepMetres = new float[directions];
            stepMillis = new long[directions];
            for (int d = 0; d < directions; d++) {
                stepCells[d] = NORTH[d] * cols + EAST[d];
                stepMetres[d] = (float) (Math.sqrt(EAST[d] * EAST[d] + NORTH[d] * NORTH[d]) * on.grid.cellMetres);
                stepMillis[d] = (long) Math.ceil(stepMetres[d] * on.millisPerMetre);
            }
            // Ground that is easier than even (a factor below 1) does not exist: Terrain says so.
            bucketMillis = (int) Math.max(1, stepMillis[0]);
            head = new int[latestMillis / bucketMillis + 1];
            Arrays.fill(head, -1);
            next = new int[on.grid.size()];
            queued = new int[on.grid.size()];
        }

        void run() {
            for (int cell = 0; cell < on.arrival.length; cell++)
                if (on.arrival[cell] != EdgeTimes.NONE && leadsOn(cell)) queue(cell, on.arrival[cell]);
            for (int bucket = 0; bucket < head.length; bucket++)
                for (int entry = head[bucket]; entry >= 0; entry = next[entry]) {
                    int cell = queued[entry];
                    // Was it improved after it came into this bucket? Then it has been taken from an earlier one.
                    if (EdgeTimes.millis(on.arrival[cell]) / bucketMillis == bucket) spread(cell);
                }
        }

        /** Would the way from this cell make any of its neighbours earlier? Most cells in a town would not. */
        private boolean leadsOn(int cell) {
            long step = stepMillis[0] << 32;
            int col = cell % cols;
            int row = cell / cols;
            if (col < 2 || row < 2 || col >= cols - 2 || row >= rows - 2) return true;
            long[] arrival = on.arrival;
            for (int d = 0; d < directions; d++)
                if (arrival[cell] + (d < 4 ? step : stepMillis[d] << 32) < arrival[cell + stepCells[d]]) return true;
            return false;
        }

        private void queue(int cell, long arrival) {
            int millis = EdgeTimes.millis(arrival);
            if (millis > latestMillis) return;
            if (entries == next.length) {
                next = Arrays.copyOf(next, 2 * entries);
                queued = Arrays.copyOf(queued, 2 * entries);
            }
            int bucket = millis / bucketMillis;
            queued[entries] = cell;
            next[entries] = head[bucket];
            head[bucket] = entries++;
        }

        private void spread(int cell) {
            int col = cell % cols;
            int row = cell / cols;
            boolean inside = col >= 2 && row >= 2 && col < cols - 2 && row < rows - 2;
            long start = on.arrival[cell];
            float metres = on.walked[cell];
            float left = (float) on.maxMetres - metres;
            for (int d = 0; d < directions; d++) {
                if (stepMetres[d] > left) continue;
                if (!inside
                        && (col + EAST[d] < 0 || col + EAST[d] >= cols || row + NORTH[d] < 0 || row + NORTH[d] >= rows))
                    continue;
                int to = cell + stepCells[d];
                long millis = stepMillis[d];
                if (terrain != Terrain.EVEN) {
                    float factor = (terrain.timeFactor(cell) + terrain.timeFactor(to)) / 2;
                    if (factor == Float.POSITIVE_INFINITY) continue;
                    millis = (long) Math.ceil(millis * (double) factor);
                }
                long arrives = start + (millis << 32);
                if (arrives < on.arrival[to]) {
                    on.arrival[to] = arrives;
                    on.walked[to] = metres + stepMetres[d];
                    queue(to, arrives);
                }
            }
        }
    }
}
