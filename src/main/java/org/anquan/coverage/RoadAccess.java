package org.anquan.coverage;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.jspecify.annotations.Nullable;

/**
 * Where people get off the road: for each cell of the grid the pieces of road near its centre, made once for a network,
 * a profile and a grid.
 *
 * <p>A piece is the point of an edge closest to the centre, kept where it is at most {@link #REACH_CELLS} cells away;
 * since half a cell's diagonal is 0.71 cells, every edge that passes through a cell is among the cell's pieces. Edges
 * that one cannot leave beside the road (expressways, bridges, tunnels; see settings) have none: they give access only
 * where they meet other roads, and there those roads' pieces stand.
 *
 * <p>Measured on Porto (85 000 edges, 100 m): see {@code RescueCircleBench}. A reach of 1.5 cells was tried: three times
 * the pieces for a largest error that stayed the same.
 */
final class RoadAccess {
    static final double REACH_CELLS = 0.75;

    /**
     * On a road this slow (km/h) it pays to get off before the closest point and walk aslant: at five times the walking
     * speed the way is 2 % shorter, at the walking speed itself there is no sense in the road at all. So exact times look
     * at more points of slow roads than the closest one.
     */
    private static final double SLOW_KMH = 22.5;

    /** Metres between those points: an exit may be half of that from the best one, which costs a second. */
    private static final double SLOW_STEP_METRES = 25;

    final RoadPlane plane;
    final SurfaceGrid grid;
    private final boolean[] open;
    private final boolean[] slow;
    /**
     * Edges with a closed direction. Their ends count as points of their own: one may stand at the junction and have no
     * way to the closest point.
     */
    private final boolean[] oneWay;

    /** Pieces of cell c: {@code first[c]} to {@code first[c + 1]}. */
    final int[] first;

    final int[] edge;
    final float[] fraction;
    final float[] metres;

    RoadAccess(RoadPlane plane, TravelProfile profile, SurfaceGrid grid, CoverageSettings.OffRoad rules) {
        this.plane = plane;
        this.grid = grid;
        open = open(plane.graph, profile, rules);
        slow = slow(plane.graph, profile);
        oneWay = oneWay(plane.graph, profile);
        Collector pieces = new Collector();
        for (int e = 0; e < open.length; e++) if (open[e]) pieces.collect(e);
        first = new int[grid.size() + 1];
        for (int i = 0; i < pieces.count; i++) first[pieces.cell[i] + 1]++;
        for (int c = 0; c < grid.size(); c++) first[c + 1] += first[c];
        edge = new int[pieces.count];
        fraction = new float[pieces.count];
        metres = new float[pieces.count];
        int[] next = Arrays.copyOf(first, grid.size());
        for (int i = 0; i < pieces.count; i++) {
            int to = next[pieces.cell[i]]++;
            edge[to] = pieces.edge[i];
            fraction[to] = pieces.fraction[i];
            metres[to] = pieces.metres[i];
        }
    }

    /** Edges that the profile may use and leave. */
    private static boolean[] open(RoadGraph graph, TravelProfile profile, CoverageSettings.OffRoad rules) {
        int[] millis = graph.keyMillis(profile);
        boolean[] open = new boolean[graph.edgeCount()];
        for (int e = 0; e < open.length; e++) {
            RoadClass kind = graph.edgeClass(e);
            Structure structure = graph.edgeStructure(e);
            open[e] = (millis[2 * e] != RoadGraph.CLOSED || millis[2 * e + 1] != RoadGraph.CLOSED)
                    && !rules.noAccessClasses().contains(kind)
                    && !rules.noAccessStructures().contains(structure);
        }
        return open;
    }

    private static boolean[] slow(RoadGraph graph, TravelProfile profile) {
        int[] millis = graph.keyMillis(profile);
        boolean[] slow = new boolean[graph.edgeCount()];
        for (int e = 0; e < slow.length; e++) {
            double atLeast = graph.edgeMetres(e) / SLOW_KMH * 3600;
            slow[e] = (millis[2 * e] != RoadGraph.CLOSED && millis[2 * e] > atLeast)
                    || (millis[2 * e + 1] != RoadGraph.CLOSED && millis[2 * e + 1] > atLeast);
        }
        return slow;
    }

    private static boolean[] oneWay(RoadGraph graph, TravelProfile profile) {
        int[] millis = graph.keyMillis(profile);
        boolean[] oneWay = new boolean[graph.edgeCount()];
        for (int e = 0; e < oneWay.length; e++)
            oneWay[e] = millis[2 * e] == RoadGraph.CLOSED || millis[2 * e + 1] == RoadGraph.CLOSED;
        return oneWay;
    }

    boolean open(int edge) {
        return open[edge];
    }

    private int col(double x) {
        return Math.max(0, Math.min(grid.cols - 1, (int) Math.floor((x - grid.west) / grid.cellMetres)));
    }

    private int row(double y) {
        return Math.max(0, Math.min(grid.rows - 1, (int) Math.floor((y - grid.south) / grid.cellMetres)));
    }

    int pieces() {
        return edge.length;
    }

    /**
     * Points where edges can be left within some metres of a place (straight line), nearest first: of every edge the
     * closest point, of slow edges some more.
     */
    static final class Near {
        static final Near NOTHING = new Near(new int[0], new float[0], new float[0]);

        final int[] edge;
        final float[] fraction;
        final float[] metres;

        private Near(int[] edge, float[] fraction, float[] metres) {
            this.edge = edge;
            this.fraction = fraction;
            this.metres = metres;
        }

        int count() {
            return edge.length;
        }

        /**
         * The exact time of a place: over all these points, time there plus the straight walk. Since they
         * come nearest first, the search ends where the walk alone is longer than what was found.
         */
        long best(EdgeTimes times, double millisPerMetre, double maxMetres) {
            return best(times, millisPerMetre, maxMetres, 0);
        }

        /** @param floorMillis none of the roads is reached before it; it only ends the search sooner */
        long best(EdgeTimes times, double millisPerMetre, double maxMetres, int floorMillis) {
            if (floorMillis == TravelTimes.UNREACHED) return EdgeTimes.NONE;
            long best = EdgeTimes.NONE;
            long floor = (long) floorMillis << 32;
            for (int i = 0; i < edge.length && metres[i] <= maxMetres; i++) {
                long walk = (long) Math.ceil(metres[i] * millisPerMetre) << 32;
                if (floor + walk >= best) break;
                long road = times.at(edge[i], fraction[i]);
                if (road != EdgeTimes.NONE) best = Math.min(best, road + walk);
            }
            return best;
        }

        /**
         * The same over ground that is not even.
         *
         * @param factor by point, on the time of its straight walk; null where only something else bars it
         * @param least no factor is below it
         * @param open which of the straight ways are not barred by something else
         */
        long best(
                EdgeTimes times,
                double millisPerMetre,
                double maxMetres,
                int floorMillis,
                float @Nullable [] factor,
                float least,
                IntPredicate open) {
            if (floorMillis == TravelTimes.UNREACHED) return EdgeTimes.NONE;
            long best = EdgeTimes.NONE;
            long floor = (long) floorMillis << 32;
            for (int i = 0; i < edge.length && metres[i] <= maxMetres; i++) {
                double even = metres[i] * millisPerMetre;
                if (floor + ((long) (even * least) << 32) >= best) break;
                float here = factor == null ? 1 : factor[i];
                if (here == Terrain.BARRED) continue;
                long walk = (long) Math.ceil(even * here) << 32;
                if (floor + walk >= best) continue;
                long road = times.at(edge[i], fraction[i]);
                if (road != EdgeTimes.NONE && road + walk < best && open.test(i)) best = road + walk;
            }
            return best;
        }

        /**
         * By how many milliseconds the place is outside a band, negative inside: what either limit, of time or of
         * walking, would have to give for it to change sides. Infinite where nothing arrives near it.
         */
        double marginMillis(EdgeTimes times, double millisPerMetre, double maxMetres, int limitMillis) {
            double margin = Double.POSITIVE_INFINITY;
            for (int i = 0; i < edge.length; i++) {
                long road = times.at(edge[i], fraction[i]);
                if (road == EdgeTimes.NONE) continue;
                double late = EdgeTimes.millis(road) + metres[i] * millisPerMetre - limitMillis;
                margin = Math.min(margin, Math.max(late, (metres[i] - maxMetres) * millisPerMetre));
            }
            return margin;
        }
    }

    /**
     * How early any road near a place is reached at all, by squares of {@link #SIDE} cells, each worked out when first
     * asked: in a dense town a place has thousands of roads within walking reach, and this floor ends the search among
     * them after some dozens. Not for two threads at once.
     */
    final class Floor {
        private static final int SIDE = 16;
        private static final int NOT_YET = -1;

        private final EdgeTimes times;
        private final int across = (grid.cols + SIDE - 1) / SIDE;
        private final int[] earliest = new int[across * ((grid.rows + SIDE - 1) / SIDE)];

        Floor(EdgeTimes times) {
            this.times = times;
            Arrays.fill(earliest, NOT_YET);
        }

        /** For every road that {@link Finder#within} finds there. */
        int millis(double x, double y, double withinMetres) {
            int c0 = col(x - withinMetres) / SIDE;
            int c1 = col(x + withinMetres) / SIDE;
            int r0 = row(y - withinMetres) / SIDE;
            int r1 = row(y + withinMetres) / SIDE;
            int least = Integer.MAX_VALUE;
            for (int r = r0; r <= r1; r++)
                for (int c = c0; c <= c1; c++) {
                    int square = r * across + c;
                    if (earliest[square] == NOT_YET) earliest[square] = inSquare(c * SIDE, r * SIDE);
                    least = Math.min(least, earliest[square]);
                }
            return least;
        }

        private int inSquare(int fromCol, int fromRow) {
            int least = Integer.MAX_VALUE;
            int before = -1;
            for (int r = fromRow; r < Math.min(fromRow + SIDE, grid.rows); r++) {
                int from = first[r * grid.cols + fromCol];
                int until = first[r * grid.cols + Math.min(fromCol + SIDE, grid.cols)];
                for (int i = from; i < until; i++) {
                    if (edge[i] == before) continue;
                    before = edge[i];
                    least = Math.min(least, times.earliest(before));
                }
            }
            return least;
        }
    }

    /** Reused from place to place; not for two threads at once. */
    final class Finder {
        private final int[] seen = new int[open.length];
        private int round;
        private int[] found = new int[256];
        private float[] fractions = new float[256];
        private float[] away = new float[256];
        private final double[] pair = new double[2];
        private int count;

        Near within(double x, double y, double maxMetres) {
            round++;
            count = 0;
            double cell = grid.cellMetres;
            int c0 = (int) Math.max(0, Math.floor((x - maxMetres - grid.west) / cell));
            int c1 = (int) Math.min(grid.cols - 1, Math.floor((x + maxMetres - grid.west) / cell));
            int r0 = (int) Math.max(0, Math.floor((y - maxMetres - grid.south) / cell));
            int r1 = (int) Math.min(grid.rows - 1, Math.floor((y + maxMetres - grid.south) / cell));
            for (int r = r0; r <= r1; r++)
                for (int c = c0; c <= c1; c++)
                    for (int i = first[r * grid.cols + c]; i < first[r * grid.cols + c + 1]; i++) {
                        if (seen[edge[i]] == round) continue;
                        seen[edge[i]] = round;
                        plane.closest(edge[i], x - plane.originX, y - plane.originY, pair);
                        if (pair[1] > maxMetres) continue;
                        add(edge[i], pair[0], pair[1]);
                        if (slow[edge[i]]) addMore(edge[i], x - plane.originX, y - plane.originY, maxMetres);
                        if (oneWay[edge[i]]) addEnds(edge[i], x - plane.originX, y - plane.originY, maxMetres);
                    }
            return sorted();
        }

        private void add(int e, double at, double distance) {
            if (count == found.length) grow();
            found[count] = e;
            fractions[count] = (float) at;
            away[count++] = (float) distance;
        }

        private void addEnds(int e, double px, double py, double maxMetres) {
            int base = plane.graph.shapeFirst(e);
            int head = plane.graph.shapeFirst(e + 1) - 1;
            double toBase = Math.hypot(px - plane.x[base], py - plane.y[base]);
            double toHead = Math.hypot(px - plane.x[head], py - plane.y[head]);
            if (toBase <= maxMetres) add(e, 0, toBase);
            if (toHead <= maxMetres) add(e, 1, toHead);
        }

        private void addMore(int e, double px, double py, double maxMetres) {
            double whole = plane.edgeLength[e];
            double along = 0;
            double next = 0;
            for (int i = plane.graph.shapeFirst(e); i + 1 < plane.graph.shapeFirst(e + 1); i++) {
                double dx = plane.x[i + 1] - plane.x[i];
                double dy = plane.y[i + 1] - plane.y[i];
                double length = Math.sqrt(dx * dx + dy * dy);
                for (; next <= along + length && length > 0; next += SLOW_STEP_METRES) {
                    double t = (next - along) / length;
                    double ex = px - plane.x[i] - t * dx;
                    double ey = py - plane.y[i] - t * dy;
                    double distance = Math.sqrt(ex * ex + ey * ey);
                    if (distance <= maxMetres) add(e, RoadPlane.fraction(next, whole), distance);
                }
                along += length;
            }
        }

        private void grow() {
            found = Arrays.copyOf(found, 2 * found.length);
            fractions = Arrays.copyOf(fractions, 2 * fractions.length);
            away = Arrays.copyOf(away, 2 * away.length);
        }

        private Near sorted() {
            // Metres are not negative, so their bits sort as they do.
            long[] order = new long[count];
            for (int i = 0; i < count; i++) order[i] = (long) Float.floatToIntBits(away[i]) << 32 | i;
            Arrays.sort(order);
            int[] edges = new int[count];
            float[] at = new float[count];
            float[] distance = new float[count];
            for (int i = 0; i < count; i++) {
                int k = (int) order[i];
                edges[i] = found[k];
                at[i] = fractions[k];
                distance[i] = away[k];
            }
            return new Near(edges, at, distance);
        }
    }

    /** Gathers pieces edge by edge, keeping the closest point of each edge for each cell. */
    private final class Collector {
        int[] cell = new int[1 << 16];
        int[] edge = new int[1 << 16];
        float[] fraction = new float[1 << 16];
        float[] metres = new float[1 << 16];
        int count;
        private final int[] pieceOfCell = new int[grid.size()];

        Collector() {
            Arrays.fill(pieceOfCell, -1);
        }

        void collect(int e) {
            int start = count;
            double along = 0;
            double whole = plane.edgeLength[e];
            for (int i = plane.graph.shapeFirst(e); i + 1 < plane.graph.shapeFirst(e + 1); i++) {
                double ax = plane.x[i] + plane.originX;
                double ay = plane.y[i] + plane.originY;
                double dx = plane.x[i + 1] - plane.x[i];
                double dy = plane.y[i + 1] - plane.y[i];
                along += segment(e, start, ax, ay, dx, dy, along, whole);
            }
            if (!oneWay[e]) return;
            end(e, plane.graph.shapeFirst(e), 0);
            end(e, plane.graph.shapeFirst(e + 1) - 1, 1);
        }

        private void end(int e, int point, float share) {
            segment(e, count, plane.x[point] + plane.originX, plane.y[point] + plane.originY, 0, 0, share, 1);
        }

        private double segment(
                int e, int start, double ax, double ay, double dx, double dy, double along, double whole) {
            double reach = REACH_CELLS * grid.cellMetres;
            double squared = dx * dx + dy * dy;
            double length = Math.sqrt(squared);
            int c0 = col(Math.min(ax, ax + dx) - reach);
            int c1 = col(Math.max(ax, ax + dx) + reach);
            int r0 = row(Math.min(ay, ay + dy) - reach);
            int r1 = row(Math.max(ay, ay + dy) + reach);
            for (int r = r0; r <= r1; r++) {
                double py = grid.y(r) - ay;
                for (int c = c0; c <= c1; c++) {
                    double px = grid.x(c) - ax;
                    double t = squared == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
                    double ex = px - t * dx;
                    double ey = py - t * dy;
                    double away = Math.sqrt(ex * ex + ey * ey);
                    if (away <= reach)
                        keep(e, start, r * grid.cols + c, RoadPlane.fraction(along + t * length, whole), (float) away);
                }
            }
            return length;
        }

        private void keep(int e, int start, int at, float share, float away) {
            int known = pieceOfCell[at];
            if (known >= start && cell[known] == at) {
                if (away < metres[known]) {
                    fraction[known] = share;
                    metres[known] = away;
                }
                return;
            }
            if (count == cell.length) {
                cell = Arrays.copyOf(cell, 2 * count);
                edge = Arrays.copyOf(edge, 2 * count);
                fraction = Arrays.copyOf(fraction, 2 * count);
                metres = Arrays.copyOf(metres, 2 * count);
            }
            pieceOfCell[at] = count;
            cell[count] = at;
            edge[count] = e;
            fraction[count] = share;
            metres[count++] = away;
        }
    }

    /**
     * The nearest edge that can be left and hangs together with the given one, or -1.
     *
     * @param near edges near the place, nearest first
     */
    int nearestConnected(Near near, int to) {
        for (int i = 0; i < near.count(); i++) if (plane.connected(near.edge[i], to)) return i;
        return -1;
    }
}
