package org.anquan.coverage;

import java.util.List;
import java.util.stream.IntStream;

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
 */
final class TravelSurface {
    /** Strips of rows that are seeded side by side. */
    private static final int SEED_STRIPS = 16;

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
        int tile = WalkFront.tile(access.grid, maxMetres);
        return of(access, times, yards, terrain, millisPerMetre, maxMetres, latestMillis, tile);
    }

    /** @param tile see {@link WalkFront} */
    static TravelSurface of(
            RoadAccess access,
            EdgeTimes times,
            List<Yard> yards,
            Terrain terrain,
            double millisPerMetre,
            double maxMetres,
            int latestMillis,
            int tile) {
        TravelSurface surface = new TravelSurface(access.grid, millisPerMetre, maxMetres, terrain);
        surface.seed(access, times);
        for (Yard yard : yards) surface.walkOff(yard);
        if (terrain != Terrain.EVEN) surface.clear(terrain);
        WalkFront.spread(surface, latestMillis, tile);
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
        int strips = Math.min(SEED_STRIPS, grid.rows);
        IntStream.range(0, strips)
                .parallel()
                .forEach(s -> seed(
                        access, times, s * grid.rows / strips * grid.cols, (s + 1) * grid.rows / strips * grid.cols));
    }

    private void seed(RoadAccess access, EdgeTimes times, int fromCell, int toCell) {
        int[] first = access.first;
        int[] edge = access.edge;
        float[] fraction = access.fraction;
        float[] metres = access.metres;
        boolean even = terrain == Terrain.EVEN;
        double leastPerMetre = millisPerMetre * terrain.least();
        for (int cell = fromCell; cell < toCell; cell++) {
            long best = EdgeTimes.NONE;
            float bestMetres = 0;
            for (int i = first[cell]; i < first[cell + 1]; i++) {
                if (metres[i] > maxMetres) continue;
                // Of most pieces one sees by the ends of their edges that they are no earlier than what was found.
                long floor = times.floor(edge[i]);
                if (floor >= best || floor + ((long) (metres[i] * leastPerMetre) << 32) >= best) continue;
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
}
