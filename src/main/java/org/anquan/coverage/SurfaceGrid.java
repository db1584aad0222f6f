package org.anquan.coverage;

import org.anquan.geo.MetricCrs;

/**
 * A regular grid of square cells in a metric coordinate system. Cell {@code row·cols + col}, row 0 in the south; what is
 * known of a cell is known at its centre.
 *
 * <p>Going back to degrees is asked for every vertex of every band. The projection takes about 0.5 µs a point, so the
 * grid keeps exact degrees for every fourth cell corner and goes linearly between them: at 100 m cells that is 3 mm off
 * at most, and the same place always gets the same degrees.
 */
final class SurfaceGrid {
    private static final int KNOT_CELLS = 4;
    private static final double DECIMALS = 1e7;

    final double west;
    final double south;
    final double cellMetres;
    final int cols;
    final int rows;
    private final MetricCrs crs;
    private final int knotCols;
    private final double[] knotLon;
    private final double[] knotLat;

    SurfaceGrid(MetricCrs crs, double west, double south, double cellMetres, int cols, int rows) {
        this.crs = crs;
        this.west = west;
        this.south = south;
        this.cellMetres = cellMetres;
        this.cols = cols;
        this.rows = rows;
        knotCols = cols / KNOT_CELLS + 2;
        int knotRows = rows / KNOT_CELLS + 2;
        double[] knots = new double[2 * knotCols * knotRows];
        double step = KNOT_CELLS * cellMetres;
        for (int r = 0, i = 0; r < knotRows; r++)
            for (int c = 0; c < knotCols; c++) {
                knots[i++] = west + c * step;
                knots[i++] = south + r * step;
            }
        crs.toLonLat(knots, 0, knots, 0, knots.length / 2);
        knotLon = new double[knots.length / 2];
        knotLat = new double[knots.length / 2];
        for (int i = 0; i < knotLon.length; i++) {
            knotLon[i] = knots[2 * i];
            knotLat[i] = knots[2 * i + 1];
        }
    }

    /** How many cells of this size it takes to hold a box with a margin on all sides. */
    static long cellsFor(double widthMetres, double heightMetres, double marginMetres, double cellMetres) {
        return (long) span(widthMetres, marginMetres, cellMetres) * span(heightMetres, marginMetres, cellMetres);
    }

    private static int span(double metres, double margin, double cell) {
        return (int) Math.min(1_000_000, Math.ceil((metres + 2 * margin) / cell) + 5);
    }

    /** The grid that holds a box of metres with a margin and two empty cells more, its lines on whole cell sizes. */
    static SurfaceGrid around(MetricCrs crs, double[] box, double marginMetres, double cellMetres) {
        double west = Math.floor((box[0] - marginMetres) / cellMetres - 2) * cellMetres;
        double south = Math.floor((box[1] - marginMetres) / cellMetres - 2) * cellMetres;
        return new SurfaceGrid(
                crs,
                west,
                south,
                cellMetres,
                span(box[2] - box[0], marginMetres, cellMetres),
                span(box[3] - box[1], marginMetres, cellMetres));
    }

    MetricCrs crs() {
        return crs;
    }

    /** Has another one the very same cells? */
    boolean same(SurfaceGrid other) {
        return this == other
                || (west == other.west
                        && south == other.south
                        && cellMetres == other.cellMetres
                        && cols == other.cols
                        && rows == other.rows
                        && crs.centralMeridianDegrees() == other.crs.centralMeridianDegrees());
    }

    int size() {
        return cols * rows;
    }

    double x(int col) {
        return west + (col + 0.5) * cellMetres;
    }

    double y(int row) {
        return south + (row + 0.5) * cellMetres;
    }

    /** The cell that holds a point in metres, or -1. */
    int cellAt(double x, double y) {
        double col = Math.floor((x - west) / cellMetres);
        double row = Math.floor((y - south) / cellMetres);
        return col < 0 || row < 0 || col >= cols || row >= rows ? -1 : (int) row * cols + (int) col;
    }

    /** Lon, lat rounded to seven decimals, as GeoJSON is written, into {@code to[at]} and {@code to[at + 1]}. */
    void toLonLat(double x, double y, double[] to, int at) {
        double u = (x - west) / (KNOT_CELLS * cellMetres);
        double v = (y - south) / (KNOT_CELLS * cellMetres);
        int c = (int) u;
        int r = (int) v;
        double fu = u - c;
        double fv = v - r;
        int k = r * knotCols + c;
        to[at] = rounded(between(knotLon, k, fu, fv));
        to[at + 1] = rounded(between(knotLat, k, fu, fv));
    }

    private double between(double[] knot, int k, double fu, double fv) {
        double low = knot[k] + (knot[k + 1] - knot[k]) * fu;
        double high = knot[k + knotCols] + (knot[k + knotCols + 1] - knot[k + knotCols]) * fu;
        return low + (high - low) * fv;
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * DECIMALS) / DECIMALS;
    }
}
