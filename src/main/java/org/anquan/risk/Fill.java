package org.anquan.risk;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/** Fills outlines row by row: which cells' centres lie inside. */
final class Fill {
    private Fill() {}

    /**
     * @param metric polygons; others are passed over
     * @param each takes {@code row * cols + col}; polygons that overlap give a cell more than once
     */
    static void inside(Geometry metric, double west, double south, double cell, int cols, int rows, IntConsumer each) {
        for (int i = 0; i < metric.getNumGeometries(); i++)
            if (metric.getGeometryN(i) instanceof Polygon polygon)
                polygon(polygon, west, south, cell, cols, rows, each);
    }

    private static void polygon(
            Polygon polygon, double west, double south, double cell, int cols, int rows, IntConsumer each) {
        double[][] crossings = new double[rows][];
        int[] counts = new int[rows];
        cross(polygon.getExteriorRing().getCoordinateSequence(), south, cell, rows, crossings, counts);
        for (int h = 0; h < polygon.getNumInteriorRing(); h++)
            cross(polygon.getInteriorRingN(h).getCoordinateSequence(), south, cell, rows, crossings, counts);
        for (int r = 0; r < rows; r++) {
            if (counts[r] == 0) continue;
            double[] x = crossings[r];
            Arrays.sort(x, 0, counts[r]);
            for (int i = 0; i + 1 < counts[r]; i += 2) {
                int c0 = (int) Math.max(0, Math.ceil((x[i] - west) / cell - 0.5));
                int c1 = (int) Math.min(cols - 1.0, Math.ceil((x[i + 1] - west) / cell - 0.5) - 1);
                for (int c = c0; c <= c1; c++) each.accept(r * cols + c);
            }
        }
    }

    private static void cross(
            CoordinateSequence ring, double south, double cell, int rows, double[][] crossings, int[] counts) {
        for (int i = 1; i < ring.size(); i++) {
            double y0 = ring.getY(i - 1);
            double y1 = ring.getY(i);
            if (y0 == y1) continue;
            double low = Math.min(y0, y1);
            double high = Math.max(y0, y1);
            int r0 = (int) Math.max(0, Math.floor((low - south) / cell - 0.5));
            for (int r = r0; r < rows; r++) {
                double at = south + (r + 0.5) * cell;
                if (at > high) break;
                // Half open, so that a corner on a row's line is crossed once.
                if (at <= low) continue;
                double share = (at - y0) / (y1 - y0);
                double x = ring.getX(i - 1) + share * (ring.getX(i) - ring.getX(i - 1));
                if (crossings[r] == null) crossings[r] = new double[4];
                else if (counts[r] == crossings[r].length) crossings[r] = Arrays.copyOf(crossings[r], 2 * counts[r]);
                crossings[r][counts[r]++] = x;
            }
        }
    }
}
