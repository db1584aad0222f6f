package org.anquan.coverage;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.IntStream;

/**
 * Carries the times of the seeded cells on over the open ground, for {@link TravelSurface}.
 *
 * <p>The front is Dial's buckets, no wider than the shortest step: nothing in a bucket can make another thing in it
 * earlier, so each bucket is taken in any order and no heap is needed. They are much narrower than that (0.16 s for a cell
 * of 50 m): within a bucket one who walked less may be taken first and stand for one who is earlier, and with buckets of a
 * whole step (40 s) such a place was up to a bucket late.
 *
 * <p>Nobody walks farther than the limit, so a cell depends only on what lies that near. The grid is cut into tiles, and
 * each is worked out for itself, with a rim as wide as the limit around it, from which it takes only those who can still
 * come in. One front over a million junctions (2.9 million cells) had its cells anywhere in memory, five times dearer a
 * step than in Porto; a tile lies in the processor's cache, and tiles are shared among the cores.
 */
final class WalkFront {
    /** How much less, in cells, a later arrival must have walked to be passed on. */
    private static final double BREATH_CELLS = 0.2;

    /** Buckets of one shortest step. */
    private static final int PARTS = 256;

    private static final int MOST_BUCKETS = 1_000_000;

    /** Cells along a tile, about. */
    private static final int TILE = 256;

    /** Beside a rim wider than a part of the tile, larger tiles are less work. */
    private static final int RIMS = 4;

    /** Two cells that nobody enters around each window, so that no step needs to ask for the edge. */
    private static final int FRAME = 2;

    private static final int DIRECTIONS = 16;

    private final TravelSurface on;
    private final SurfaceGrid grid;
    private final Terrain terrain;
    private final int latestMillis;
    private final int rim;
    private final float breath;
    private final float least;
    private final int bucketMillis;
    private final float[] stepMetres = new float[DIRECTIONS];
    private final long[] stepMillis = new long[DIRECTIONS];
    /** Packed as arrivals are: what a step takes at the very least. */
    private final long[] leastStep = new long[DIRECTIONS];

    private WalkFront(TravelSurface on, int latestMillis) {
        this.on = on;
        grid = on.grid;
        terrain = on.terrain;
        this.latestMillis = latestMillis;
        rim = rim(grid, on.maxMetres);
        breath = (float) (BREATH_CELLS * grid.cellMetres);
        least = terrain.least();
        for (int d = 0; d < DIRECTIONS; d++) {
            stepMetres[d] = (float) (Math.hypot(Relief.EAST[d], Relief.NORTH[d]) * grid.cellMetres);
            stepMillis[d] = (long) Math.ceil(stepMetres[d] * on.millisPerMetre);
            leastStep[d] = (long) (stepMillis[d] * (double) least) << 32;
        }
        bucketMillis = (int) Math.max(Math.max(1, latestMillis / MOST_BUCKETS), stepMillis[0] * least / PARTS);
    }

    /** Cells along a tile, where people walk so far. */
    static int tile(SurfaceGrid grid, double maxMetres) {
        return Math.max(TILE, RIMS * rim(grid, maxMetres));
    }

    private static int rim(SurfaceGrid grid, double maxMetres) {
        return (int) Math.min(Math.max(grid.cols, grid.rows), Math.ceil(maxMetres / grid.cellMetres));
    }

    /**
     * Walks on from the cells that are reached, in place.
     *
     * @param side cells along a tile, about
     */
    static void spread(TravelSurface on, int latestMillis, int side) {
        WalkFront front = new WalkFront(on, latestMillis);
        int across = parts(on.grid.cols, side);
        int up = parts(on.grid.rows, side);
        long[] arrival = new long[on.arrival.length];
        float[] walked = new float[on.walked.length];
        IntStream.range(0, across * up)
                .parallel()
                .forEach(t -> front.tile(t % across, across, t / across, up, arrival, walked));
        System.arraycopy(arrival, 0, on.arrival, 0, arrival.length);
        System.arraycopy(walked, 0, on.walked, 0, walked.length);
    }

    private static int parts(int cells, int side) {
        return Math.max(1, (cells + side / 2) / side);
    }

    private void tile(int col, int across, int row, int up, long[] arrival, float[] walked) {
        int west = share(grid.cols, col, across);
        int east = share(grid.cols, col + 1, across);
        int south = share(grid.rows, row, up);
        int north = share(grid.rows, row + 1, up);
        Window window = new Window(west, south, east, north);
        window.run();
        window.writeTo(arrival, walked);
    }

    private static int share(int cells, int part, int parts) {
        return (int) ((long) cells * part / parts);
    }

    /** Arrays that a window works in, used again by the next. Those of very large windows are let go. */
    private static final class Room {
        private static final ArrayBlockingQueue<Room> SPARE = new ArrayBlockingQueue<>(4);
        private static final int LARGEST = 1 << 20;

        /** First label of each bucket, -1 for none; all -1 between two windows. */
        private int[] head = new int[0];

        private long[] arrival = new long[0];
        private float[] walked = new float[0];
        private float[] leastWalked = new float[0];
        private int[] labelNext = new int[1 << 12];
        private int[] labelCell = new int[1 << 12];
        private long[] labelArrival = new long[1 << 12];
        private float[] labelWalked = new float[1 << 12];

        static Room of(int buckets, int cells) {
            Room spare = SPARE.poll();
            Room room = spare == null ? new Room() : spare;
            if (room.head.length < buckets) {
                room.head = new int[buckets];
                Arrays.fill(room.head, -1);
            }
            if (room.arrival.length < cells) {
                room.arrival = new long[cells];
                room.walked = new float[cells];
                room.leastWalked = new float[cells];
            }
            return room;
        }

        void giveBack() {
            if (labelNext.length <= LARGEST && arrival.length <= LARGEST && head.length <= LARGEST) SPARE.offer(this);
        }

        void grow() {
            int twice = 2 * labelNext.length;
            labelNext = Arrays.copyOf(labelNext, twice);
            labelCell = Arrays.copyOf(labelCell, twice);
            labelArrival = Arrays.copyOf(labelArrival, twice);
            labelWalked = Arrays.copyOf(labelWalked, twice);
        }
    }

    /** A tile and the rim around it, in arrays of its own with a frame that nobody enters. */
    private final class Window {
        private final int tileWest;
        private final int tileSouth;
        private final int tileEast;
        private final int tileNorth;
        private final int west;
        private final int south;
        private final int east;
        private final int north;
        /** Columns with the frame. */
        private final int cols;

        private final int size;
        private final int[] stepCells = new int[DIRECTIONS];
        /** Straight metres at least from a column or row of the window to the tile. */
        private final float[] colAway;

        private final float[] rowAway;
        private final Room room;
        private final int[] head;
        private final long[] arrival;
        private final float[] walked;
        /** The least that anybody who was passed on from a cell had walked. */
        private final float[] leastWalked;

        private int labels;
        private int lastBucket;

        Window(int tileWest, int tileSouth, int tileEast, int tileNorth) {
            this.tileWest = tileWest;
            this.tileSouth = tileSouth;
            this.tileEast = tileEast;
            this.tileNorth = tileNorth;
            west = Math.max(0, tileWest - rim);
            south = Math.max(0, tileSouth - rim);
            east = Math.min(grid.cols, tileEast + rim);
            north = Math.min(grid.rows, tileNorth + rim);
            cols = east - west + 2 * FRAME;
            size = cols * (north - south + 2 * FRAME);
            colAway = away(west, east, tileWest, tileEast);
            rowAway = away(south, north, tileSouth, tileNorth);
            for (int d = 0; d < DIRECTIONS; d++) stepCells[d] = Relief.NORTH[d] * cols + Relief.EAST[d];
            room = Room.of(latestMillis / bucketMillis + 1, size);
            head = room.head;
            arrival = room.arrival;
            walked = room.walked;
            leastWalked = room.leastWalked;
            Arrays.fill(arrival, 0, size, Long.MIN_VALUE);
            Arrays.fill(walked, 0, size, Float.NEGATIVE_INFINITY);
            Arrays.fill(leastWalked, 0, size, Float.POSITIVE_INFINITY);
            for (int r = south; r < north; r++) {
                System.arraycopy(on.arrival, r * grid.cols + west, arrival, at(west, r), east - west);
                System.arraycopy(on.walked, r * grid.cols + west, walked, at(west, r), east - west);
            }
        }

        private float[] away(int first, int end, int from, int until) {
            float[] metres = new float[end - first];
            for (int i = 0; i < metres.length; i++)
                metres[i] = (float) (Math.max(0, Math.max(from - first - i, first + i - until + 1)) * grid.cellMetres);
            return metres;
        }

        private int at(int col, int row) {
            return (row - south + FRAME) * cols + col - west + FRAME;
        }

        void run() {
            for (int r = south; r < north; r++)
                for (int c = west; c < east; c++) {
                    int cell = at(c, r);
                    if (arrival[cell] != EdgeTimes.NONE && leadsOn(cell)) queue(cell, arrival[cell], walked[cell]);
                }
            for (int bucket = 0; bucket <= lastBucket; bucket++) {
                for (int label = head[bucket]; label >= 0; label = room.labelNext[label]) take(label);
                head[bucket] = -1;
            }
        }

        void writeTo(long[] arrivals, float[] metres) {
            for (int r = tileSouth; r < tileNorth; r++) {
                int from = at(tileWest, r);
                System.arraycopy(arrival, from, arrivals, r * grid.cols + tileWest, tileEast - tileWest);
                System.arraycopy(walked, from, metres, r * grid.cols + tileWest, tileEast - tileWest);
            }
            room.giveBack();
        }

        private void take(int label) {
            int cell = room.labelCell[label];
            float metres = room.labelWalked[label];
            boolean earliest = room.labelArrival[label] == arrival[cell] && metres == walked[cell];
            if (!earliest && metres >= leastWalked[cell] - breath) return;
            if (metres < leastWalked[cell]) leastWalked[cell] = metres;
            spread(cell, room.labelArrival[label], metres);
        }

        /** Would the way from this cell be of use to any of its neighbours? From most cells in a town it would not. */
        private boolean leadsOn(int cell) {
            for (int d = 0; d < DIRECTIONS; d++)
                if (useful(cell + stepCells[d], arrival[cell] + leastStep[d], walked[cell] + stepMetres[d]))
                    return true;
            return false;
        }

        private boolean useful(int cell, long arrives, float metres) {
            return arrives < arrival[cell] || (metres < walked[cell] - breath && metres < leastWalked[cell] - breath);
        }

        private void queue(int cell, long arrives, float metres) {
            int millis = EdgeTimes.millis(arrives);
            if (millis > latestMillis) return;
            if (labels == room.labelNext.length) room.grow();
            int bucket = millis / bucketMillis;
            room.labelCell[labels] = cell;
            room.labelArrival[labels] = arrives;
            room.labelWalked[labels] = metres;
            room.labelNext[labels] = head[bucket];
            head[bucket] = labels++;
            if (bucket > lastBucket) lastBucket = bucket;
        }

        private void spread(int cell, long start, float metres) {
            int col = cell % cols - FRAME;
            int row = cell / cols - FRAME;
            float left = (float) on.maxMetres - metres;
            boolean even = terrain == Terrain.EVEN;
            int onGrid = (south + row) * grid.cols + west + col;
            for (int d = 0; d < DIRECTIONS; d++) {
                if (stepMetres[d] > left) continue;
                int to = cell + stepCells[d];
                float farther = metres + stepMetres[d];
                // Slopes are worked out only where even the best of ground would be of use.
                if (!useful(to, start + leastStep[d], farther)) continue;
                float home = Math.max(colAway[col + Relief.EAST[d]], rowAway[row + Relief.NORTH[d]]);
                if (home > 0 && farther + home > on.maxMetres) continue;
                long arrives = start + leastStep[d];
                if (!even) {
                    float factor = terrain.step(onGrid, onGrid + Relief.NORTH[d] * grid.cols + Relief.EAST[d]);
                    if (factor == Terrain.BARRED) continue;
                    arrives = start + ((long) Math.ceil(stepMillis[d] * (double) factor) << 32);
                    if (!useful(to, arrives, farther)) continue;
                }
                if (arrives < arrival[to]) {
                    arrival[to] = arrives;
                    walked[to] = farther;
                }
                queue(to, arrives, farther);
            }
        }
    }
}
