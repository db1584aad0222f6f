package org.anquan.coverage;

import java.util.Arrays;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;

/**
 * Lines that a straight way must not meet, outlines of closed areas or banks of rivers: each cell of the grid knows the
 * pieces of line that pass it, so a way is asked only of those in the cells that it passes.
 *
 * <p>JTS's prepared geometries instead took half of a before/after answer under 200 areas (Porto): they make objects for
 * each of some ten thousand short ways.
 */
final class CellLines {
    /** Rounding, in cells: a way along the border of a cell passes the cells on both sides. */
    private static final double TOUCHING = 1e-9;

    private final SurfaceGrid grid;
    /** Ends of each piece: x, y, x, y. */
    private double[] pieces = new double[1 << 10];

    private int pieceCount;
    /** Pieces that pass cell c: {@code pieceIn[firstPiece[c]]} to {@code pieceIn[firstPiece[c + 1] - 1]}. */
    private final int[] firstPiece;

    private final int[] pieceIn;

    /** @param lines all their lines and rings count; in metres of the grid */
    CellLines(SurfaceGrid grid, Iterable<? extends Geometry> lines) {
        this.grid = grid;
        for (Geometry one : lines)
            one.apply((GeometryComponentFilter) part -> {
                if (part instanceof LineString line) add(line.getCoordinateSequence());
            });
        firstPiece = new int[grid.size() + 1];
        for (int p = 0; p < pieceCount; p++) passed(p, cell -> firstPiece[cell + 1]++);
        for (int c = 0; c < grid.size(); c++) firstPiece[c + 1] += firstPiece[c];
        pieceIn = new int[firstPiece[grid.size()]];
        int[] next = Arrays.copyOf(firstPiece, grid.size());
        for (int p = 0; p < pieceCount; p++) {
            int number = p;
            passed(p, cell -> pieceIn[next[cell]++] = number);
        }
    }

    private void add(CoordinateSequence line) {
        for (int i = 1; i < line.size(); i++) {
            if (4 * pieceCount == pieces.length) pieces = Arrays.copyOf(pieces, 2 * pieces.length);
            pieces[4 * pieceCount] = line.getX(i - 1);
            pieces[4 * pieceCount + 1] = line.getY(i - 1);
            pieces[4 * pieceCount + 2] = line.getX(i);
            pieces[4 * pieceCount + 3] = line.getY(i);
            pieceCount++;
        }
    }

    private interface CellTask {
        void take(int cell);
    }

    private void passed(int p, CellTask task) {
        Rows rows = new Rows(pieces[4 * p], pieces[4 * p + 1], pieces[4 * p + 2], pieces[4 * p + 3]);
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

    /** Does any line pass or touch a cell? */
    boolean in(int cell) {
        return firstPiece[cell] < firstPiece[cell + 1];
    }

    /** Does the straight way between two places (metres) meet a line? */
    boolean crosses(double x0, double y0, double x1, double y1) {
        Rows rows = new Rows(x0, y0, x1, y1);
        for (int r = rows.first; r <= rows.last; r++) {
            rows.columns(r);
            if (rows.from > rows.until) continue;
            int from = firstPiece[r * grid.cols + rows.from];
            int until = firstPiece[r * grid.cols + rows.until + 1];
            for (int i = from; i < until; i++) if (meets(4 * pieceIn[i], x0, y0, x1, y1)) return true;
        }
        return false;
    }

    /** Where the way between the centres of two cells first meets a line, as a share; more than 1 where it meets none. */
    double firstMeeting(int fromCell, int toCell) {
        double x0 = grid.x(fromCell % grid.cols);
        double y0 = grid.y(fromCell / grid.cols);
        double x1 = grid.x(toCell % grid.cols);
        double y1 = grid.y(toCell / grid.cols);
        double least = 2;
        Rows rows = new Rows(x0, y0, x1, y1);
        for (int r = rows.first; r <= rows.last; r++) {
            rows.columns(r);
            if (rows.from > rows.until) continue;
            int from = firstPiece[r * grid.cols + rows.from];
            int until = firstPiece[r * grid.cols + rows.until + 1];
            for (int i = from; i < until; i++)
                if (meets(4 * pieceIn[i], x0, y0, x1, y1))
                    least = Math.min(least, meeting(4 * pieceIn[i], x0, y0, x1, y1));
        }
        return least;
    }

    private double meeting(int p, double x0, double y0, double x1, double y1) {
        double ex = pieces[p + 2] - pieces[p];
        double ey = pieces[p + 3] - pieces[p + 1];
        double turn = (x1 - x0) * ey - (y1 - y0) * ex;
        // Along the line: it is met at once.
        if (turn == 0) return 0;
        return Math.max(0, Math.min(1, ((pieces[p] - x0) * ey - (pieces[p + 1] - y0) * ex) / turn));
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
