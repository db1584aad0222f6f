package org.anquan.risk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anquan.risk.Recipe.Decay;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Numbers of all cells from features in metres. Hot: each feature touches only the cells within its reach, bands of rows
 * are worked on side by side, and nothing is allocated inside the loops. An index of features that each cell would ask was
 * left aside: most cells are reached by none.
 */
final class FactorMap {
    /** Rows of a band that one thread works on. */
    private static final int BAND = 16;

    private FactorMap() {}

    /**
     * A feature as a factor sees it.
     *
     * @param value NaN where unknown
     * @param reach metres
     */
    record Thing(Geometry metric, double value, double reach) {}

    /** The greatest of the features' values, each falling with the distance; NaN where an unknown one reaches. */
    static float[] distance(RiskGrid grid, List<Thing> things, Decay decay, double outside) {
        float[] out = new float[grid.size];
        Arrays.fill(out, -1);
        boolean[] unknown = new boolean[grid.size];
        for (Thing thing : things)
            if (thing.metric().getDimension() == 2)
                grid.inside(thing.metric(), cell -> take(out, unknown, cell, thing.value()));
        Segments segments = new Segments(things);
        bands(grid, (low, high) -> segments.distance(grid, low, high, decay, out, unknown));
        for (int i = 0; i < out.length; i++)
            out[i] = unknown[i] ? Float.NaN : out[i] < 0 ? (float) outside : Math.max(out[i], known(outside));
        return out;
    }

    private static float known(double outside) {
        return Double.isNaN(outside) ? 0 : (float) outside;
    }

    private static void take(float[] out, boolean[] unknown, int cell, double value) {
        if (Double.isNaN(value)) unknown[cell] = true;
        else if (value > out[cell]) out[cell] = (float) value;
    }

    /** The value of the area that holds a cell, the greatest of several; outside all of them {@code outside}. */
    static float[] area(RiskGrid grid, List<Thing> things, double outside) {
        float[] out = new float[grid.size];
        Arrays.fill(out, -1);
        boolean[] unknown = new boolean[grid.size];
        for (Thing thing : things) grid.inside(thing.metric(), cell -> take(out, unknown, cell, thing.value()));
        for (int i = 0; i < out.length; i++) out[i] = unknown[i] ? Float.NaN : out[i] < 0 ? (float) outside : out[i];
        return out;
    }

    /** The sum of the values of features within their reach, for each square kilometre of that circle, over {@code full}. */
    static float[] density(RiskGrid grid, List<Thing> things, double full) {
        float[] out = new float[grid.size];
        double[][] at = points(things);
        bands(grid, (low, high) -> {
            for (int t = 0; t < things.size(); t++) {
                Thing thing = things.get(t);
                double reach = thing.reach();
                float each = (float) (thing.value() / (Math.PI * reach * reach / 1e6) / full);
                around(grid, low, high, at[0][t], at[1][t], reach, out, each);
            }
        });
        for (int i = 0; i < out.length; i++) if (out[i] > 1) out[i] = 1;
        return out;
    }

    private static void around(
            RiskGrid grid, int low, int high, double px, double py, double reach, float[] out, float each) {
        int r0 = Math.max(low, row(grid, py - reach));
        int r1 = Math.min(high - 1, row(grid, py + reach));
        int c0 = Math.max(0, col(grid, px - reach));
        int c1 = Math.min(grid.cols - 1, col(grid, px + reach));
        double far = reach * reach;
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; c++) {
                int cell = grid.numbers[r * grid.cols + c];
                if (cell < 0) continue;
                double dx = grid.x[cell] - px;
                double dy = grid.y[cell] - py;
                if (dx * dx + dy * dy <= far) out[cell] += each;
            }
    }

    /** The value of the nearest feature. */
    static float[] nearest(RiskGrid grid, List<Thing> things) {
        float[] out = new float[grid.size];
        double[][] at = points(things);
        double[] px = at[0];
        double[] py = at[1];
        bands(grid, (low, high) -> {
            for (int cell = grid.rowStarts[low]; cell < grid.rowStarts[high]; cell++) {
                double best = Double.POSITIVE_INFINITY;
                int nearest = 0;
                for (int t = 0; t < px.length; t++) {
                    double dx = grid.x[cell] - px[t];
                    double dy = grid.y[cell] - py[t];
                    double d = dx * dx + dy * dy;
                    if (d < best) {
                        best = d;
                        nearest = t;
                    }
                }
                out[cell] = (float) things.get(nearest).value();
            }
        });
        return out;
    }

    private static double[][] points(List<Thing> things) {
        double[][] at = new double[2][things.size()];
        for (int t = 0; t < things.size(); t++) {
            Geometry metric = things.get(t).metric();
            Point point = metric instanceof Point one ? one : metric.getInteriorPoint();
            at[0][t] = point.getX();
            at[1][t] = point.getY();
        }
        return at;
    }

    private static int row(RiskGrid grid, double y) {
        return (int) Math.floor(Math.max(-1, Math.min(grid.rows, (y - grid.south) / grid.cell)));
    }

    private static int col(RiskGrid grid, double x) {
        return (int) Math.floor(Math.max(-1, Math.min(grid.cols, (x - grid.west) / grid.cell)));
    }

    private interface Rows {
        void work(int low, int high);
    }

    private static void bands(RiskGrid grid, Rows rows) {
        IntStream.range(0, (grid.rows + BAND - 1) / BAND)
                .parallel()
                .forEach(b -> rows.work(b * BAND, Math.min(grid.rows, (b + 1) * BAND)));
    }

    /** All points and lines of the features as straight pieces; a point is one without length. */
    private static final class Segments {
        private double[] pieces = new double[6 * 256];
        private int count;

        Segments(List<Thing> things) {
            for (Thing thing : things) add(thing.metric(), thing);
        }

        private void add(Geometry geometry, Thing of) {
            if (geometry instanceof Point point) {
                if (!point.isEmpty()) add(point.getX(), point.getY(), point.getX(), point.getY(), of);
            } else if (geometry instanceof LineString line) line(line.getCoordinateSequence(), of);
            else if (geometry instanceof Polygon polygon) {
                line(polygon.getExteriorRing().getCoordinateSequence(), of);
                for (int h = 0; h < polygon.getNumInteriorRing(); h++)
                    line(polygon.getInteriorRingN(h).getCoordinateSequence(), of);
            } else for (int i = 0; i < geometry.getNumGeometries(); i++) add(geometry.getGeometryN(i), of);
        }

        private void line(CoordinateSequence line, Thing of) {
            for (int i = 1; i < line.size(); i++)
                add(line.getX(i - 1), line.getY(i - 1), line.getX(i), line.getY(i), of);
        }

        private void add(double x0, double y0, double x1, double y1, Thing of) {
            if (6 * count == pieces.length) pieces = Arrays.copyOf(pieces, 2 * pieces.length);
            int at = 6 * count++;
            pieces[at] = x0;
            pieces[at + 1] = y0;
            pieces[at + 2] = x1;
            pieces[at + 3] = y1;
            pieces[at + 4] = of.value();
            pieces[at + 5] = of.reach();
        }

        void distance(RiskGrid grid, int low, int high, Decay decay, float[] out, boolean[] unknown) {
            for (int s = 0; s < count; s++) {
                int at = 6 * s;
                double ax = pieces[at];
                double ay = pieces[at + 1];
                double bx = pieces[at + 2];
                double by = pieces[at + 3];
                double value = pieces[at + 4];
                double reach = pieces[at + 5];
                int r0 = Math.max(low, row(grid, Math.min(ay, by) - reach));
                int r1 = Math.min(high - 1, row(grid, Math.max(ay, by) + reach));
                if (r0 > r1) continue;
                int c0 = Math.max(0, col(grid, Math.min(ax, bx) - reach));
                int c1 = Math.min(grid.cols - 1, col(grid, Math.max(ax, bx) + reach));
                double dx = bx - ax;
                double dy = by - ay;
                double length = dx * dx + dy * dy;
                for (int r = r0; r <= r1; r++)
                    for (int c = c0; c <= c1; c++) {
                        int cell = grid.numbers[r * grid.cols + c];
                        if (cell < 0 || out[cell] >= value) continue;
                        double px = grid.x[cell] - ax;
                        double py = grid.y[cell] - ay;
                        double t = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
                        double ex = px - t * dx;
                        double ey = py - t * dy;
                        double d = Math.sqrt(ex * ex + ey * ey);
                        if (d > reach) continue;
                        take(out, unknown, cell, value * share(decay, d, reach));
                    }
            }
        }

        private static double share(Decay decay, double metres, double reach) {
            return switch (decay) {
                case NONE -> 1;
                case LINEAR -> reach == 0 ? 1 : 1 - metres / reach;
                case EXPONENTIAL -> reach == 0 ? 1 : Math.exp(-3 * metres / reach);
            };
        }
    }
}
