package org.anquan.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Travel time at the centre of every cell: to the road pieces near it and the straight walk from there, and then on
 * foot from cell to cell as far as people walk. Each cell also knows whose time it is and how far from the road it was
 * walked.
 *
 * <p>The walk goes in 16 directions (to the 8 neighbours and the knight's moves), so a way over the grid is never
 * shorter than the straight one and at most 2.8 % longer: the surface is late rather than early.
 *
 * <p>The earliest to come to a cell may have used up the walking limit, while a later one, who left the road nearer by,
 * can still go on. So a cell passes on its earliest arrival and every later one that has walked a fifth of a cell less.
 * With the earliest alone, places near the limit were lost: up to 12 minutes late for people on foot in Liechtenstein,
 * who gain by leaving the road early everywhere; now 1.5 minutes. Tried and dropped: a second surface with dearer walking
 * (7 minutes), asking the nearest road where nobody came (no help where somebody late did), and a whole cell instead of
 * a fifth (7 minutes: the loss adds up from cell to cell).
 *
 * <p>The front is Dial's buckets, no wider than the shortest step: nothing in a bucket can make another thing in it
 * earlier, so each bucket is taken in any order and no heap is needed. They are much narrower than that (0.16 s for a cell
 * of 50 m): within a bucket one who walked less may be taken first and stand for one who is earlier, and with buckets of a
 * whole step (40 s) such a place was up to a bucket late.
 */
final class TravelSurface {
    final SurfaceGrid grid;
    /** Milliseconds and source packed as in {@link EdgeTimes}; {@link EdgeTimes#NONE} where nobody arrives. */
    final long[] arrival;
    /** Metres walked from the road. */
    final float[] walked;

    final double millisPerMetre;
    final double maxMetres;
    final Terrain terrain;

    private TravelSurface(SurfaceGrid grid, double millisPerMetre, double maxMetres, Terrain terrain) {
        this.grid = grid;
        this.terrain = terrain;
        this.millisPerMetre = millisPerMetre;
        this.maxMetres = maxMetres;
        arrival = new long[grid.size()];
        walked = new float[grid.size()];
    }

    /**
     * @param maxMetres how far people walk from the road
     * @param latestMillis later places may stay unreached
     */
    static TravelSurface of(
            RoadAccess access,
            EdgeTimes times,
            Terrain terrain,
            double millisPerMetre,
            double maxMetres,
            int latestMillis) {
        return of(access, times, List.of(), terrain, millisPerMetre, maxMetres, latestMillis);
    }

    /** The same, where people also walk on from spots of their own. */
    static TravelSurface of(
            RoadAccess access,
            EdgeTimes times,
            List<Yard> yards,
            Terrain terrain,
            double millisPerMetre,
            double maxMetres,
            int latestMillis) {
        TravelSurface surface = new TravelSurface(access.grid, millisPerMetre, maxMetres, terrain);
        surface.seed(access, times);
        for (Yard yard : yards) surface.walkOff(yard);
        if (terrain != Terrain.EVEN) surface.clear(terrain);
        new Front(surface, terrain, latestMillis).run();
        return surface;
    }

    int millis(int cell) {
        return arrival[cell] == EdgeTimes.NONE ? Integer.MAX_VALUE : EdgeTimes.millis(arrival[cell]);
    }

    /** Milliseconds on foot from the centre of a cell to that of its neighbour; infinite where the way is barred. */
    double stepMillis(int from, int to) {
        double even = millisPerMetre * grid.cellMetres;
        return terrain == Terrain.EVEN ? even : even * terrain.step(from, to);
    }

    /** Whose time it is, or -1 where nobody arrives. */
    int source(int cell) {
        return arrival[cell] == EdgeTimes.NONE ? -1 : EdgeTimes.source(arrival[cell]);
    }

    /** The earlier of two surfaces on the same grid; the sources of the other are counted on from a number. */
    static TravelSurface earlier(TravelSurface one, TravelSurface other, int sourcesBefore) {
        TravelSurface both =
                new TravelSurface(one.grid, one.millisPerMetre, Math.max(one.maxMetres, other.maxMetres), one.terrain);
        for (int cell = 0; cell < both.arrival.length; cell++) {
            long second = other.arrival[cell];
            if (second != EdgeTimes.NONE) second += sourcesBefore;
            boolean first = one.arrival[cell] <= second;
            both.arrival[cell] = first ? one.arrival[cell] : second;
            both.walked[cell] = first ? one.walked[cell] : other.walked[cell];
        }
        return both;
    }

    /**
     * Several surfaces on the same grid as one: how late the last (or the first) of them is against its own limit, counted
     * so that being in time means the widest limit. The source is the number of the surface that decides.
     *
     * @param every whether all must be in time, or one is enough
     */
    static TravelSurface together(List<TravelSurface> kinds, int[] limitMillis, boolean every) {
        TravelSurface first = kinds.get(0);
        TravelSurface both = new TravelSurface(first.grid, first.millisPerMetre, first.maxMetres, first.terrain);
        long[] arrivals = new long[kinds.size()];
        for (int cell = 0; cell < both.arrival.length; cell++) {
            for (int k = 0; k < arrivals.length; k++) arrivals[k] = kinds.get(k).arrival[cell];
            long decided = together(arrivals, limitMillis, every);
            both.arrival[cell] = decided;
            if (decided != EdgeTimes.NONE) both.walked[cell] = kinds.get(EdgeTimes.source(decided)).walked[cell];
        }
        return both;
    }

    /** The same for one place. */
    static long together(long[] arrivals, int[] limitMillis, boolean every) {
        int widest = 0;
        for (int limit : limitMillis) widest = Math.max(widest, limit);
        long decided = every ? -1 : EdgeTimes.NONE;
        for (int k = 0; k < arrivals.length; k++) {
            if (arrivals[k] == EdgeTimes.NONE) {
                if (every) return EdgeTimes.NONE;
                continue;
            }
            long late = EdgeTimes.packed((long) EdgeTimes.millis(arrivals[k]) + widest - limitMillis[k], k);
            decided = every ? Math.max(decided, late) : Math.min(decided, late);
        }
        return decided;
    }

    /** People who stand at a spot of their own walk to the centres around it. */
    private void walkOff(Yard yard) {
        int reach = 1;
        int middle = grid.cellAt(yard.x(), yard.y());
        if (middle < 0) return;
        for (int r = middle / grid.cols - reach; r <= middle / grid.cols + reach; r++)
            for (int c = middle % grid.cols - reach; c <= middle % grid.cols + reach; c++) {
                if (r < 0 || c < 0 || r >= grid.rows || c >= grid.cols) continue;
                double metres = yard.metresTo(grid.x(c), grid.y(r));
                if (metres > maxMetres) continue;
                float factor = terrain.straight(yard.x(), yard.y(), grid.x(c), grid.y(r));
                if (factor == Terrain.BARRED) continue;
                int cell = r * grid.cols + c;
                long arrives = EdgeTimes.packed(
                        yard.startMillis() + (long) Math.ceil(metres * millisPerMetre * factor), yard.station());
                if (arrives >= arrival[cell]) continue;
                arrival[cell] = arrives;
                walked[cell] = (float) metres;
            }
    }

    /** Nobody stands where nobody can walk. */
    private void clear(Terrain terrain) {
        for (int cell = 0; cell < arrival.length; cell++) if (!terrain.open(cell)) arrival[cell] = EdgeTimes.NONE;
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
        boolean even = terrain == Terrain.EVEN;
        for (int cell = fromCell; cell < toCell; cell++) {
            long best = EdgeTimes.NONE;
            float bestMetres = 0;
            for (int i = first[cell]; i < first[cell + 1]; i++) {
                if (metres[i] > maxMetres) continue;
                long road = times.at(edge[i], fraction[i]);
                if (road == EdgeTimes.NONE) continue;
                double walk = metres[i] * millisPerMetre;
                if (!even) {
                    float factor = terrain.piece(i, cell, metres[i]);
                    if (factor == Terrain.BARRED) continue;
                    walk *= factor;
                }
                long whole = road + ((long) Math.ceil(walk) << 32);
                if (whole < best) {
                    best = whole;
                    bestMetres = metres[i];
                }
            }
            arrival[cell] = best;
            walked[cell] = bestMetres;
        }
    }

    /**
     * Arrays that a front works in, used again by the next: making some megabytes anew for each answer took longer than
     * filling them. Those of very large grids are let go.
     */
    private static final class Room {
        private static final ArrayBlockingQueue<Room> SPARE = new ArrayBlockingQueue<>(4);
        private static final int LARGEST = 1 << 20;

        private int[] head = new int[0];
        private float[] leastWalked = new float[0];
        private int[] labelNext = new int[1 << 12];
        private int[] labelCell = new int[1 << 12];
        private long[] labelArrival = new long[1 << 12];
        private float[] labelWalked = new float[1 << 12];

        void clear(int buckets, int cells) {
            if (head.length < buckets) head = new int[buckets];
            Arrays.fill(head, 0, buckets, -1);
            if (leastWalked.length < cells) leastWalked = new float[cells];
            Arrays.fill(leastWalked, 0, cells, Float.POSITIVE_INFINITY);
        }

        void giveBack(int[] next, int[] cell, long[] arrival, float[] walked) {
            if (next.length > LARGEST || leastWalked.length > LARGEST) return;
            labelNext = next;
            labelCell = cell;
            labelArrival = arrival;
            labelWalked = walked;
            SPARE.offer(this);
        }
    }

    /** Carries the times of the seeded cells on over the open ground. */
    private static final class Front {
        private static final int[] EAST = Relief.EAST;

        /** How much less, in cells, a later arrival must have walked to be passed on. */
        private static final double BREATH_CELLS = 0.2;

        private static final int[] NORTH = Relief.NORTH;

        /** Buckets of one shortest step. */
        private static final int PARTS = 256;

        private static final int MOST_BUCKETS = 1_000_000;

        private final TravelSurface on;
        private final Terrain terrain;
        private final int cols;
        private final int rows;
        private final int latestMillis;
        private final float least;
        private final int bucketMillis;
        private final int directions;
        private final int[] stepCells;
        private final float[] stepMetres;
        private final long[] stepMillis;
        /** First label of each bucket; -1 for none. */
        private final int[] head;

        private final float breath;

        /** The least that anybody who was passed on from a cell had walked. */
        private final float[] leastWalked;

        private final Room room;
        private final int buckets;
        private int labels;
        private int[] labelNext;
        private int[] labelCell;
        private long[] labelArrival;
        private float[] labelWalked;

        Front(TravelSurface on, Terrain terrain, int latestMillis) {
            this.on = on;
            this.terrain = terrain;
            cols = on.grid.cols;
            rows = on.grid.rows;
            this.latestMillis = latestMillis;
            breath = (float) (BREATH_CELLS * on.grid.cellMetres);
            directions = 16;
            stepCells = new int[directions];
            stepMetres = new float[directions];
            stepMillis = new long[directions];
            for (int d = 0; d < directions; d++) {
                stepCells[d] = NORTH[d] * cols + EAST[d];
                stepMetres[d] = (float) (Math.sqrt(EAST[d] * EAST[d] + NORTH[d] * NORTH[d]) * on.grid.cellMetres);
                stepMillis[d] = (long) Math.ceil(stepMetres[d] * on.millisPerMetre);
            }
            least = terrain.least();
            bucketMillis = (int) Math.max(Math.max(1, latestMillis / MOST_BUCKETS), stepMillis[0] * least / PARTS);
            buckets = latestMillis / bucketMillis + 1;
            Room spare = Room.SPARE.poll();
            room = spare == null ? new Room() : spare;
            room.clear(buckets, on.grid.size());
            head = room.head;
            leastWalked = room.leastWalked;
            labelNext = room.labelNext;
            labelCell = room.labelCell;
            labelArrival = room.labelArrival;
            labelWalked = room.labelWalked;
        }

        void run() {
            for (int cell = 0; cell < on.arrival.length; cell++)
                if (on.arrival[cell] != EdgeTimes.NONE && leadsOn(cell)) queue(cell, on.arrival[cell], on.walked[cell]);
            for (int bucket = 0; bucket < buckets; bucket++)
                for (int label = head[bucket]; label >= 0; label = labelNext[label]) take(label);
            room.giveBack(labelNext, labelCell, labelArrival, labelWalked);
        }

        private void take(int label) {
            int cell = labelCell[label];
            float walked = labelWalked[label];
            boolean earliest = labelArrival[label] == on.arrival[cell] && walked == on.walked[cell];
            if (!earliest && walked >= leastWalked[cell] - breath) return;
            if (walked < leastWalked[cell]) leastWalked[cell] = walked;
            spread(cell, labelArrival[label], walked);
        }

        /** Would the way from this cell be of use to any of its neighbours? From most cells in a town it would not. */
        private boolean leadsOn(int cell) {
            int col = cell % cols;
            int row = cell / cols;
            if (col < 2 || row < 2 || col >= cols - 2 || row >= rows - 2) return true;
            for (int d = 0; d < directions; d++)
                if (useful(
                        cell + stepCells[d],
                        on.arrival[cell] + ((long) (stepMillis[d] * (double) least) << 32),
                        on.walked[cell] + stepMetres[d])) return true;
            return false;
        }

        private boolean useful(int cell, long arrives, float walked) {
            return arrives < on.arrival[cell]
                    || (walked < on.walked[cell] - breath && walked < leastWalked[cell] - breath);
        }

        private void queue(int cell, long arrival, float walked) {
            int millis = EdgeTimes.millis(arrival);
            if (millis > latestMillis) return;
            if (labels == labelNext.length) grow();
            int bucket = millis / bucketMillis;
            labelCell[labels] = cell;
            labelArrival[labels] = arrival;
            labelWalked[labels] = walked;
            labelNext[labels] = head[bucket];
            head[bucket] = labels++;
        }

        private void grow() {
            labelNext = Arrays.copyOf(labelNext, 2 * labels);
            labelCell = Arrays.copyOf(labelCell, 2 * labels);
            labelArrival = Arrays.copyOf(labelArrival, 2 * labels);
            labelWalked = Arrays.copyOf(labelWalked, 2 * labels);
        }

        private void spread(int cell, long start, float metres) {
            int col = cell % cols;
            int row = cell / cols;
            boolean inside = col >= 2 && row >= 2 && col < cols - 2 && row < rows - 2;
            float left = (float) on.maxMetres - metres;
            for (int d = 0; d < directions; d++) {
                if (stepMetres[d] > left) continue;
                if (!inside
                        && (col + EAST[d] < 0 || col + EAST[d] >= cols || row + NORTH[d] < 0 || row + NORTH[d] >= rows))
                    continue;
                int to = cell + stepCells[d];
                long millis = stepMillis[d];
                if (terrain != Terrain.EVEN) {
                    // Slopes are worked out only where even the best of ground would be of use.
                    if (!useful(to, start + ((long) (millis * (double) least) << 32), metres + stepMetres[d])) continue;
                    float factor = terrain.step(cell, to);
                    if (factor == Terrain.BARRED) continue;
                    millis = (long) Math.ceil(millis * (double) factor);
                }
                long arrives = start + (millis << 32);
                float walked = metres + stepMetres[d];
                if (!useful(to, arrives, walked)) continue;
                if (arrives < on.arrival[to]) {
                    on.arrival[to] = arrives;
                    on.walked[to] = walked;
                }
                queue(to, arrives, walked);
            }
        }
    }
}
