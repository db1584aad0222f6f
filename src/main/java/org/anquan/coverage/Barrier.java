package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.anquan.geo.MetricCrs;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;

/**
 * Areas of a scenario that nobody walks through, on ground of any kind: every cell that one touches is barred, and every
 * straight way that crosses one.
 *
 * <p>Each cell knows the pieces of outline that pass it. A way is barred where it meets one of the pieces in the cells it
 * passes, or where it starts inside an area. Asking JTS's prepared polygons instead took half of a before/after answer
 * under 200 areas (Porto): it makes objects for each of some ten thousand short ways.
 */
final class Barrier implements Terrain {
    /** Rounding, in cells: a way along the border of a cell passes the cells on both sides. */
    private static final double TOUCHING = 1e-9;

    private final BitSet cells = new BitSet();
    private final SurfaceGrid grid;
    private final Terrain ground;
    private final List<Area> areas = new ArrayList<>();
    /** Ends of each piece of outline: x, y, x, y. */
    private double[] pieces = new double[1 << 10];

    private int pieceCount;
    /** Pieces that pass cell c: {@code pieceIn[firstPiece[c]]} to {@code pieceIn[firstPiece[c + 1] - 1]}. */
    private final int[] firstPiece;

    private final int[] pieceIn;

    private record Area(Envelope box, IndexedPointInAreaLocator locator) {}

    /** @param impassable polygons, lon, lat */
    Barrier(SurfaceGrid grid, List<Geometry> impassable, Terrain ground) {
        this.grid = grid;
        this.ground = ground;
        MetricCrs crs = grid.crs();
        for (Geometry area : impassable) {
            if (area.isEmpty()) continue;
            Geometry metric = crs.toMetres(area);
            areas.add(new Area(metric.getEnvelopeInternal(), new IndexedPointInAreaLocator(metric)));
            metric.apply((GeometryComponentFilter) part -> {
                if (part instanceof LineString line) outline(line.getCoordinateSequence());
            });
        }
        firstPiece = new int[grid.size() + 1];
        for (int p = 0; p < pieceCount; p++) passed(piece(p), cell -> firstPiece[cell + 1]++);
        for (int c = 0; c < grid.size(); c++) {
            if (firstPiece[c + 1] > 0) cells.set(c);
            firstPiece[c + 1] += firstPiece[c];
        }
        pieceIn = new int[firstPiece[grid.size()]];
        int[] next = Arrays.copyOf(firstPiece, grid.size());
        for (int p = 0; p < pieceCount; p++) {
            int number = p;
            passed(piece(p), cell -> pieceIn[next[cell]++] = number);
        }
        for (Area area : areas) fill(area);
    }

    private void outline(CoordinateSequence line) {
        for (int i = 1; i < line.size(); i++) {
            if (4 * pieceCount == pieces.length) pieces = Arrays.copyOf(pieces, 2 * pieces.length);
            pieces[4 * pieceCount] = line.getX(i - 1);
            pieces[4 * pieceCount + 1] = line.getY(i - 1);
            pieces[4 * pieceCount + 2] = line.getX(i);
            pieces[4 * pieceCount + 3] = line.getY(i);
            pieceCount++;
        }
    }

    private Way piece(int p) {
        return new Way(pieces[4 * p], pieces[4 * p + 1], pieces[4 * p + 2], pieces[4 * p + 3]);
    }

    /** A straight way in metres of the grid. */
    private record Way(double x0, double y0, double x1, double y1) {}

    private interface CellTask {
        void take(int cell);
    }

    private void passed(Way way, CellTask task) {
        Rows rows = new Rows(way.x0, way.y0, way.x1, way.y1);
        for (int r = rows.first; r <= rows.last; r++) {
            rows.columns(r);
            for (int c = rows.from; c <= rows.until; c++) task.take(r * grid.cols + c);
        }
    }

    /** Row by row the columns that a way passes, both sides of a border counting. */
    private final class Rows {
        private final double u0;
        private final double v0;
        private final double u1;
        private final double v1;
        private final double slope;
        final int first;
        final int last;
        int from;
        int until;

        Rows(double x0, double y0, double x1, double y1) {
            double cell = grid.cellMetres;
            u0 = (x0 - grid.west) / cell;
            v0 = (y0 - grid.south) / cell;
            u1 = (x1 - grid.west) / cell;
            v1 = (y1 - grid.south) / cell;
            slope = v1 == v0 ? 0 : (u1 - u0) / (v1 - v0);
            first = (int) Math.max(0, Math.floor(Math.min(v0, v1) - TOUCHING));
            last = (int) Math.min(grid.rows - 1, Math.floor(Math.max(v0, v1) + TOUCHING));
        }

        void columns(int row) {
            double low = Math.min(u0, u1);
            double high = Math.max(u0, u1);
            if (v0 != v1) {
                double bottom = u0 + (Math.max(Math.min(v0, v1), row) - v0) * slope;
                double top = u0 + (Math.min(Math.max(v0, v1), row + 1) - v0) * slope;
                low = Math.max(low, Math.min(bottom, top));
                high = Math.min(high, Math.max(bottom, top));
            }
            from = (int) Math.max(0, Math.floor(low - TOUCHING));
            until = (int) Math.min(grid.cols - 1, Math.floor(high + TOUCHING));
        }
    }

    /** Cells without outline between two with one are all inside the area or all outside. */
    private void fill(Area area) {
        double cell = grid.cellMetres;
        int c0 = (int) Math.max(0, Math.floor((area.box.getMinX() - grid.west) / cell));
        int c1 = (int) Math.min(grid.cols - 1, Math.floor((area.box.getMaxX() - grid.west) / cell));
        int r0 = (int) Math.max(0, Math.floor((area.box.getMinY() - grid.south) / cell));
        int r1 = (int) Math.min(grid.rows - 1, Math.floor((area.box.getMaxY() - grid.south) / cell));
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; ) {
                int until = c;
                if (outlined(r * grid.cols + c)) {
                    c++;
                    continue;
                }
                while (until <= c1 && !outlined(r * grid.cols + until)) until++;
                if (area.locator.locate(new Coordinate(grid.x(c), grid.y(r))) != Location.EXTERIOR)
                    cells.set(r * grid.cols + c, r * grid.cols + until);
                c = until;
            }
    }

    private boolean outlined(int cell) {
        return firstPiece[cell] < firstPiece[cell + 1];
    }

    @Override
    public boolean open(int cell) {
        return !cells.get(cell) && ground.open(cell);
    }

    /** A knight's move also passes between the two cells beside its way. */
    @Override
    public float step(int from, int to) {
        if (cells.get(to) || cells.get(from)) return BARRED;
        int cols = grid.cols;
        int dc = to % cols - from % cols;
        int dr = to / cols - from / cols;
        if (Math.abs(dc) == 2 && (cells.get(from + dc / 2) || cells.get(to - dc / 2))) return BARRED;
        if (Math.abs(dr) == 2 && (cells.get(from + dr / 2 * cols) || cells.get(to - dr / 2 * cols))) return BARRED;
        return ground.step(from, to);
    }

    @Override
    public float piece(int piece, int cell, float metres) {
        return cells.get(cell) ? BARRED : ground.piece(piece, cell, metres);
    }

    @Override
    public float straight(double x0, double y0, double x1, double y1) {
        return free(x0, y0, x1, y1) ? ground.straight(x0, y0, x1, y1) : BARRED;
    }

    @Override
    public float least() {
        return ground.least();
    }

    /** Is the straight way between two places (metres) free? */
    boolean free(double x0, double y0, double x1, double y1) {
        return !crosses(x0, y0, x1, y1) && !inside(x0, y0);
    }

    /** Does a place lie in one of the areas or on its border? */
    boolean inside(double x, double y) {
        int cell = grid.cellAt(x, y);
        if (cell < 0 || !cells.get(cell)) return false;
        if (!outlined(cell)) return true;
        Coordinate place = new Coordinate(x, y);
        for (Area area : areas)
            if (area.box.contains(x, y) && area.locator.locate(place) != Location.EXTERIOR) return true;
        return false;
    }

    /** Does the straight way between two places meet an outline? Where not, it lies inside or outside as a whole. */
    boolean crosses(double x0, double y0, double x1, double y1) {
        Rows rows = new Rows(x0, y0, x1, y1);
        for (int r = rows.first; r <= rows.last; r++) {
            rows.columns(r);
            if (rows.from > rows.until) continue;
            int end = r * grid.cols + rows.until;
            for (int cell = cells.nextSetBit(r * grid.cols + rows.from);
                    cell >= 0 && cell <= end;
                    cell = cells.nextSetBit(cell + 1))
                for (int i = firstPiece[cell]; i < firstPiece[cell + 1]; i++)
                    if (meets(4 * pieceIn[i], x0, y0, x1, y1)) return true;
        }
        return false;
    }

    /** Exact also where the two only touch (orientation in double-double where plain numbers cannot tell). */
    private boolean meets(int p, double x0, double y0, double x1, double y1) {
        double ax = pieces[p];
        double ay = pieces[p + 1];
        double bx = pieces[p + 2];
        double by = pieces[p + 3];
        if (Math.max(ax, bx) < Math.min(x0, x1)
                || Math.min(ax, bx) > Math.max(x0, x1)
                || Math.max(ay, by) < Math.min(y0, y1)
                || Math.min(ay, by) > Math.max(y0, y1)) return false;
        int one = CGAlgorithmsDD.orientationIndex(ax, ay, bx, by, x0, y0);
        int other = CGAlgorithmsDD.orientationIndex(ax, ay, bx, by, x1, y1);
        if (one * other > 0) return false;
        return CGAlgorithmsDD.orientationIndex(x0, y0, x1, y1, ax, ay)
                        * CGAlgorithmsDD.orientationIndex(x0, y0, x1, y1, bx, by)
                <= 0;
    }
}
