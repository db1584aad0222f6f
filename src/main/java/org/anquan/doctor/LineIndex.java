package org.anquan.doctor;

import java.util.Arrays;
import org.anquan.geo.Distances;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * How far the nearest of many lines is: roads, or the boundary of a district. A square grid over pieces no longer than a
 * cell; the search goes outward ring by ring and ends when nothing nearer can come. Immutable.
 */
final class LineIndex {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;
    private static final double SMALLEST_CELL_METRES = 100;

    private final double west;
    private final double south;
    private final double cellLon;
    private final double cellLat;
    private final int columns;
    private final int rows;
    private final int[] first;
    private final int[] inCell;
    /** x1, y1, x2, y2 of each piece, degrees. */
    private final double[] pieces;

    private LineIndex(Builder from) {
        double[] raw = from.raw;
        int count = from.size / 4;
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < from.size; i += 2) {
            minX = Math.min(minX, raw[i]);
            maxX = Math.max(maxX, raw[i]);
            minY = Math.min(minY, raw[i + 1]);
            maxY = Math.max(maxY, raw[i + 1]);
        }
        if (count == 0) {
            west = south = 0;
            cellLon = cellLat = 1;
            columns = rows = 0;
            first = new int[1];
            inCell = new int[0];
            pieces = new double[0];
            return;
        }
        west = minX;
        south = minY;
        double midCos = Math.max(0.01, Math.cos(Math.toRadians((minY + maxY) / 2)));
        double width = Math.max(1, (maxX - minX) * METRES_A_DEGREE * midCos);
        double height = Math.max(1, (maxY - minY) * METRES_A_DEGREE);
        double cell = Math.max(SMALLEST_CELL_METRES, Math.sqrt(width * height / count));
        cell = Math.max(cell, Math.max(width, height) / 4000);
        cellLat = cell / METRES_A_DEGREE;
        cellLon = cellLat / midCos;
        columns = 1 + (int) ((maxX - minX) / cellLon);
        rows = 1 + (int) ((maxY - minY) / cellLat);
        pieces = cut(raw, from.size);
        int[] counts = new int[columns * rows + 1];
        eachCell((piece, at) -> counts[at + 1]++);
        for (int i = 1; i < counts.length; i++) counts[i] += counts[i - 1];
        first = counts;
        int[] next = Arrays.copyOf(counts, counts.length - 1);
        inCell = new int[counts[counts.length - 1]];
        eachCell((piece, at) -> inCell[next[at]++] = piece);
    }

    private double[] cut(double[] raw, int size) {
        double[] out = new double[size];
        int at = 0;
        for (int i = 0; i < size; i += 4) {
            double dx = raw[i + 2] - raw[i];
            double dy = raw[i + 3] - raw[i + 1];
            int parts = (int) Math.max(1, Math.ceil(Math.max(Math.abs(dx) / cellLon, Math.abs(dy) / cellLat)));
            if (at + 4 * parts > out.length) out = Arrays.copyOf(out, Math.max(out.length * 2, at + 4 * parts));
            for (int p = 0; p < parts; p++) {
                out[at++] = raw[i] + dx * p / parts;
                out[at++] = raw[i + 1] + dy * p / parts;
                out[at++] = raw[i] + dx * (p + 1) / parts;
                out[at++] = raw[i + 1] + dy * (p + 1) / parts;
            }
        }
        return Arrays.copyOf(out, at);
    }

    private interface InCell {
        void take(int piece, int cell);
    }

    private void eachCell(InCell task) {
        for (int i = 0; i < pieces.length; i += 4) {
            int c0 = column(Math.min(pieces[i], pieces[i + 2]));
            int c1 = column(Math.max(pieces[i], pieces[i + 2]));
            int r0 = row(Math.min(pieces[i + 1], pieces[i + 3]));
            int r1 = row(Math.max(pieces[i + 1], pieces[i + 3]));
            for (int r = r0; r <= r1; r++) for (int c = c0; c <= c1; c++) task.take(i, r * columns + c);
        }
    }

    private int column(double lon) {
        return Math.max(0, Math.min(columns - 1, (int) Math.floor((lon - west) / cellLon)));
    }

    private int row(double lat) {
        return Math.max(0, Math.min(rows - 1, (int) Math.floor((lat - south) / cellLat)));
    }

    boolean isEmpty() {
        return pieces.length == 0;
    }

    /** Metres to the nearest line, or {@code maxMetres} where none is nearer. */
    double metresAway(double lon, double lat, double maxMetres) {
        if (isEmpty()) return maxMetres;
        double yMetres = METRES_A_DEGREE;
        double xMetres = METRES_A_DEGREE * Math.max(1e-6, Math.cos(Math.toRadians(lat)));
        double cellMetres = Math.min(cellLon * xMetres, cellLat * yMetres);
        int column = (int) Math.floor((lon - west) / cellLon);
        int row = (int) Math.floor((lat - south) / cellLat);
        double best = maxMetres * maxMetres;
        int farthest = Math.max(
                Math.max(Math.abs(column), Math.abs(column - columns + 1)),
                Math.max(Math.abs(row), Math.abs(row - rows + 1)));
        int ring = Math.max(Math.max(-column, column - columns + 1), Math.max(0, Math.max(-row, row - rows + 1)));
        for (; ring <= farthest; ring++) {
            double atLeast = (ring - 1) * cellMetres;
            if (atLeast > 0 && atLeast * atLeast > best) break;
            int r0 = Math.max(0, row - ring);
            int r1 = Math.min(rows - 1, row + ring);
            for (int r = r0; r <= r1; r++) {
                boolean whole = r == row - ring || r == row + ring;
                int step = whole || ring == 0 ? 1 : 2 * ring;
                int c = column - ring;
                if (step == 1) c = Math.max(0, c);
                for (; c <= Math.min(columns - 1, column + ring); c += step) {
                    if (c < 0) continue;
                    int cell = r * columns + c;
                    for (int i = first[cell], end = first[cell + 1]; i < end; i++)
                        best = Math.min(best, squared(inCell[i], lon, lat, xMetres, yMetres));
                }
            }
        }
        return Math.sqrt(best);
    }

    private double squared(int p, double lon, double lat, double xMetres, double yMetres) {
        double ax = (pieces[p] - lon) * xMetres;
        double ay = (pieces[p + 1] - lat) * yMetres;
        double dx = (pieces[p + 2] - pieces[p]) * xMetres;
        double dy = (pieces[p + 3] - pieces[p + 1]) * yMetres;
        double length = dx * dx + dy * dy;
        double share = length > 0 ? -(ax * dx + ay * dy) / length : 0;
        share = share < 0 ? 0 : Math.min(share, 1);
        double x = ax + share * dx;
        double y = ay + share * dy;
        return x * x + y * y;
    }

    static final class Builder {
        private double[] raw = new double[4096];
        private int size;

        /** One straight piece, degrees. */
        void add(double lon1, double lat1, double lon2, double lat2) {
            if (!(Double.isFinite(lon1) && Double.isFinite(lat1) && Double.isFinite(lon2) && Double.isFinite(lat2)))
                return;
            if (size + 4 > raw.length) raw = Arrays.copyOf(raw, raw.length * 2);
            raw[size++] = lon1;
            raw[size++] = lat1;
            raw[size++] = lon2;
            raw[size++] = lat2;
        }

        /** All lines of a geometry, all rings of its polygons. */
        void add(Geometry geometry) {
            for (int g = 0; g < geometry.getNumGeometries(); g++) {
                Geometry part = geometry.getGeometryN(g);
                if (part instanceof LineString line) add(line.getCoordinateSequence());
                if (part instanceof Polygon polygon) {
                    add(polygon.getExteriorRing().getCoordinateSequence());
                    for (int r = 0; r < polygon.getNumInteriorRing(); r++) {
                        LinearRing hole = polygon.getInteriorRingN(r);
                        add(hole.getCoordinateSequence());
                    }
                }
            }
        }

        private void add(CoordinateSequence line) {
            for (int i = 1; i < line.size(); i++) add(line.getX(i - 1), line.getY(i - 1), line.getX(i), line.getY(i));
        }

        LineIndex build() {
            return new LineIndex(this);
        }
    }
}
