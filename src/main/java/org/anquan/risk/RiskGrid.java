package org.anquan.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.geo.MetricCrs;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.noding.NodedSegmentString;
import org.locationtech.jts.noding.SegmentString;
import org.locationtech.jts.noding.snapround.SnapRoundingNoder;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.precision.GeometryPrecisionReducer;

/**
 * The square cells of an area, in metres of its metric coordinate system, cut off at the area's edge. Cells are numbered
 * row by row from the south-west; only those that share ground with the area have a number. A cell that the edge cuts
 * keeps the pieces inside, so that the cells' areas sum to the area's. All vertices lie on whole millimetres and
 * neighbouring pieces have the same ones: what is dissolved from them has neither gaps nor overlaps. Immutable.
 */
final class RiskGrid {
    static final double MILLIMETRES = 1000;
    /** No piece lies on the other side of an edge. */
    static final int OUTSIDE = -1;

    private static final GeometryFactory METRIC = new GeometryFactory(new PrecisionModel(MILLIMETRES));

    final MetricCrs crs;
    final double cell;
    final double west;
    final double south;
    final int cols;
    final int rows;
    /** Number of the cell at {@code row * cols + col}, or -1. */
    final int[] numbers;

    final int size;
    final int[] cols0;
    final int[] rows0;
    /** Where a cell is judged: its centre, or a point inside its largest piece. Metres. */
    final double[] x;

    final double[] y;
    final double[] areas;
    final boolean[] cut;
    private final int[] cutCells;
    /** First cell of each row, and one more. */
    final int[] rowStarts;
    /** Pieces of cut cells: element {@code size + i} belongs to cell {@code pieceCells[i]}. */
    final int[] pieceCells;
    /** Edges of the pieces, in millimetres from the south-west corner, the piece on their left. */
    final Edges edges;

    /** @param other element on the right of each edge: a whole cell, a piece, or {@link #OUTSIDE} */
    record Edges(long[] fromX, long[] fromY, long[] toX, long[] toY, int[] element, int[] other) {}

    private RiskGrid(
            MetricCrs crs,
            double cell,
            double west,
            double south,
            int cols,
            int rows,
            byte[] state,
            Map<Integer, List<Polygon>> pieces) {
        this.crs = crs;
        this.cell = cell;
        this.west = west;
        this.south = south;
        this.cols = cols;
        this.rows = rows;
        numbers = new int[cols * rows];
        int n = 0;
        rowStarts = new int[rows + 1];
        for (int at = 0; at < numbers.length; at++) {
            if (at % cols == 0) rowStarts[at / cols] = n;
            boolean there = state[at] == WHOLE || (state[at] == MARKED && pieces.containsKey(at));
            numbers[at] = there ? n++ : -1;
        }
        rowStarts[rows] = n;
        size = n;
        cols0 = new int[n];
        rows0 = new int[n];
        x = new double[n];
        y = new double[n];
        areas = new double[n];
        cut = new boolean[n];
        int count = pieces.values().stream().mapToInt(List::size).sum();
        pieceCells = new int[count];
        List<Polygon> flat = new ArrayList<>(count);
        for (int at = 0; at < numbers.length; at++) {
            int number = numbers[at];
            if (number < 0) continue;
            cols0[number] = at % cols;
            rows0[number] = at / cols;
            x[number] = west + (at % cols + 0.5) * cell;
            y[number] = south + (at / cols + 0.5) * cell;
            areas[number] = cell * cell;
            if (state[at] != MARKED) continue;
            cut[number] = true;
            double area = 0;
            List<Polygon> own = pieces.getOrDefault(at, List.of());
            Polygon largest = own.get(0);
            for (Polygon piece : own) {
                area += piece.getArea();
                if (piece.getArea() > largest.getArea()) largest = piece;
                pieceCells[flat.size()] = number;
                flat.add(piece);
            }
            areas[number] = area;
            if (area < cell * cell * (1 - 1e-9)) {
                Point inside = largest.getInteriorPoint();
                x[number] = inside.getX();
                y[number] = inside.getY();
            }
        }
        cutCells = java.util.stream.IntStream.range(0, n).filter(i -> cut[i]).toArray();
        edges = edges(flat);
    }

    private static final byte EMPTY = 0;
    private static final byte WHOLE = 1;
    private static final byte MARKED = 2;

    /** How many cells the box of an area would hold, cheaply. */
    static long boxCells(Geometry metric, double cell) {
        var box = metric.getEnvelopeInternal();
        return (long) (Math.ceil(box.getWidth() / cell) + 1) * (long) (Math.ceil(box.getHeight() / cell) + 1);
    }

    /** How often the outline of an area crosses the lines of the grid: each cuts a cell into pieces. */
    static long outlineCells(Geometry metric, double cell) {
        double crossed = 0;
        for (LinearRing ring : rings(metric)) {
            CoordinateSequence at = ring.getCoordinateSequence();
            for (int i = 1; i < at.size(); i++)
                crossed += Math.abs(Math.floor(at.getX(i) / cell) - Math.floor(at.getX(i - 1) / cell))
                        + Math.abs(Math.floor(at.getY(i) / cell) - Math.floor(at.getY(i - 1) / cell));
        }
        return (long) crossed;
    }

    /**
     * @param lonLat polygons, degrees
     * @param cell side of a cell, whole millimetres
     */
    static RiskGrid of(Geometry lonLat, double cell) {
        MetricCrs crs = MetricCrs.at(lonLat.getEnvelopeInternal().centre().x);
        return of(crs, crs.toMetres(lonLat), cell);
    }

    static RiskGrid of(MetricCrs crs, Geometry metric, double cell) {
        Geometry area = GeometryPrecisionReducer.reduce(metric, new PrecisionModel(MILLIMETRES));
        var box = area.getEnvelopeInternal();
        // On multiples of the cell, so that two areas of one county share their cells.
        double west = Math.floor(box.getMinX() / cell) * cell;
        double south = Math.floor(box.getMinY() / cell) * cell;
        int cols = (int) Math.max(1, Math.ceil((box.getMaxX() - west) / cell));
        int rows = (int) Math.max(1, Math.ceil((box.getMaxY() - south) / cell));
        byte[] state = new byte[cols * rows];
        Fill.inside(area, west, south, cell, cols, rows, at -> state[at] = WHOLE);
        List<LinearRing> rings = rings(area);
        for (LinearRing ring : rings) mark(ring.getCoordinateSequence(), west, south, cell, cols, rows, state);
        Map<Integer, List<Polygon>> pieces = pieces(area, rings, west, south, cell, cols, rows, state);
        return new RiskGrid(crs, cell, west, south, cols, rows, state, pieces);
    }

    private static List<LinearRing> rings(Geometry area) {
        List<LinearRing> rings = new ArrayList<>();
        for (int i = 0; i < area.getNumGeometries(); i++)
            if (area.getGeometryN(i) instanceof Polygon polygon) {
                rings.add(polygon.getExteriorRing());
                for (int h = 0; h < polygon.getNumInteriorRing(); h++) rings.add(polygon.getInteriorRingN(h));
            }
        return rings;
    }

    /** Marks the cells near a ring: a few more than it crosses, which costs nothing but time. */
    private static void mark(
            CoordinateSequence ring, double west, double south, double cell, int cols, int rows, byte[] state) {
        for (int i = 1; i < ring.size(); i++) {
            double x0 = (ring.getX(i - 1) - west) / cell;
            double y0 = (ring.getY(i - 1) - south) / cell;
            double dx = (ring.getX(i) - west) / cell - x0;
            double dy = (ring.getY(i) - south) / cell - y0;
            int steps = (int) Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
            for (int s = 0; s < steps; s++) {
                double ax = x0 + dx * s / steps;
                double bx = x0 + dx * (s + 1) / steps;
                double ay = y0 + dy * s / steps;
                double by = y0 + dy * (s + 1) / steps;
                // A hair more on each side: an edge along a line of the grid touches the cells on both.
                int c0 = (int) Math.max(0, Math.floor(Math.min(ax, bx) - 1e-6));
                int c1 = (int) Math.min(cols - 1.0, Math.floor(Math.max(ax, bx) + 1e-6));
                int r0 = (int) Math.max(0, Math.floor(Math.min(ay, by) - 1e-6));
                int r1 = (int) Math.min(rows - 1.0, Math.floor(Math.max(ay, by) + 1e-6));
                for (int r = r0; r <= r1; r++) for (int c = c0; c <= c1; c++) state[r * cols + c] = MARKED;
            }
        }
    }

    private static Map<Integer, List<Polygon>> pieces(
            Geometry area,
            List<LinearRing> rings,
            double west,
            double south,
            double cell,
            int cols,
            int rows,
            byte[] state) {
        List<NodedSegmentString> lines = new ArrayList<>();
        for (LinearRing ring : rings) lines.add(new NodedSegmentString(ring.getCoordinates(), null));
        for (int r = 0; r <= rows; r++)
            for (int c = 0; c <= cols; c++) {
                boolean here = marked(state, cols, rows, c, r);
                double x = west + c * cell;
                double y = south + r * cell;
                if (here || marked(state, cols, rows, c, r - 1)) lines.add(line(x, y, x + cell, y));
                if (here || marked(state, cols, rows, c - 1, r)) lines.add(line(x, y, x, y + cell));
            }
        SnapRoundingNoder noder = new SnapRoundingNoder(new PrecisionModel(MILLIMETRES));
        noder.computeNodes(lines);
        // One and the same piece of line may come twice, of the area's edge and of the grid.
        java.util.Set<Edge> seen = new java.util.HashSet<>();
        Polygonizer polygonizer = new Polygonizer();
        for (Object one : noder.getNodedSubstrings()) {
            Coordinate[] all = ((SegmentString) one).getCoordinates();
            for (int i = 1; i < all.length; i++) {
                Coordinate a = all[i - 1].compareTo(all[i]) < 0 ? all[i - 1] : all[i];
                Coordinate b = a == all[i] ? all[i - 1] : all[i];
                Edge edge = new Edge(mm(a.x, west), mm(a.y, south), mm(b.x, west), mm(b.y, south));
                if (a.equals2D(b) || !seen.add(edge)) continue;
                polygonizer.add(METRIC.createLineString(new Coordinate[] {a, b}));
            }
        }
        IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(area);
        Map<Integer, List<Polygon>> pieces = new HashMap<>();
        for (Object one : polygonizer.getPolygons()) {
            Polygon face = (Polygon) one;
            Point inside = face.getInteriorPoint();
            int c = (int) Math.floor((inside.getX() - west) / cell);
            int r = (int) Math.floor((inside.getY() - south) / cell);
            if (!marked(state, cols, rows, c, r) || locator.locate(inside.getCoordinate()) != Location.INTERIOR)
                continue;
            pieces.computeIfAbsent(r * cols + c, key -> new ArrayList<>()).add((Polygon) face.norm());
        }
        return pieces;
    }

    private static boolean marked(byte[] state, int cols, int rows, int c, int r) {
        return c >= 0 && r >= 0 && c < cols && r < rows && state[r * cols + c] == MARKED;
    }

    private static NodedSegmentString line(double x0, double y0, double x1, double y1) {
        return new NodedSegmentString(new Coordinate[] {new Coordinate(x0, y0), new Coordinate(x1, y1)}, null);
    }

    private Edges edges(List<Polygon> pieces) {
        List<long[]> all = new ArrayList<>();
        for (int p = 0; p < pieces.size(); p++) {
            Polygon piece = pieces.get(p);
            ring(piece.getExteriorRing(), p, all);
            for (int h = 0; h < piece.getNumInteriorRing(); h++) ring(piece.getInteriorRingN(h), p, all);
        }
        Map<Edge, Integer> byEnds = new HashMap<>();
        for (long[] e : all) byEnds.put(new Edge(e[0], e[1], e[2], e[3]), (int) e[4]);
        int n = all.size();
        Edges out = new Edges(new long[n], new long[n], new long[n], new long[n], new int[n], new int[n]);
        for (int i = 0; i < n; i++) {
            long[] e = all.get(i);
            out.fromX[i] = e[0];
            out.fromY[i] = e[1];
            out.toX[i] = e[2];
            out.toY[i] = e[3];
            out.element[i] = size + (int) e[4];
            Integer twin = byEnds.get(new Edge(e[2], e[3], e[0], e[1]));
            out.other[i] = twin != null ? size + twin : wholeBeside(e);
        }
        return out;
    }

    private record Edge(long x0, long y0, long x1, long y1) {}

    /** JTS turns normalised shells clockwise; here the piece shall be on the left. */
    private void ring(LinearRing ring, int piece, List<long[]> all) {
        CoordinateSequence at = ring.getCoordinateSequence();
        for (int i = at.size() - 1; i > 0; i--)
            all.add(new long[] {
                mm(at.getX(i), west), mm(at.getY(i), south), mm(at.getX(i - 1), west), mm(at.getY(i - 1), south), piece
            });
    }

    private static long mm(double metres, double from) {
        return Math.round((metres - from) * MILLIMETRES);
    }

    /** The whole cell on the right of a full side of a cell, or {@link #OUTSIDE}. */
    private int wholeBeside(long[] e) {
        long side = Math.round(cell * MILLIMETRES);
        long dx = e[2] - e[0];
        long dy = e[3] - e[1];
        if (Math.abs(dx) + Math.abs(dy) != side || (dx != 0 && dy != 0) || e[0] % side != 0 || e[1] % side != 0)
            return OUTSIDE;
        int c = (int) (Math.min(e[0], e[2]) / side);
        int r = (int) (Math.min(e[1], e[3]) / side);
        // On the right: going east it is below, going north it is to the east.
        if (dx > 0) r--;
        else if (dy < 0) c--;
        if (c < 0 || r < 0 || c >= cols || r >= rows) return OUTSIDE;
        int number = numbers[r * cols + c];
        return number >= 0 && !cut[number] ? number : OUTSIDE;
    }

    /** Cell that an element (a whole cell or a piece) belongs to. */
    int cellOf(int element) {
        return element < size ? element : pieceCells[element - size];
    }

    int elements() {
        return size + pieceCells.length;
    }

    /** Number of the cell at a place in metres, or -1. */
    int at(double xMetres, double yMetres) {
        int c = (int) Math.floor((xMetres - west) / cell);
        int r = (int) Math.floor((yMetres - south) / cell);
        return c < 0 || r < 0 || c >= cols || r >= rows ? -1 : numbers[r * cols + c];
    }

    /** Gives the cells that are judged at a place inside an area (metres); overlapping polygons may give one twice. */
    void inside(Geometry metric, java.util.function.IntConsumer each) {
        Fill.inside(metric, west, south, cell, cols, rows, at -> {
            int number = numbers[at];
            if (number >= 0 && !cut[number]) each.accept(number);
        });
        var box = metric.getEnvelopeInternal();
        IndexedPointInAreaLocator locator = null;
        for (int number : cutCells) {
            if (!box.contains(x[number], y[number])) continue;
            if (locator == null) locator = new IndexedPointInAreaLocator(metric);
            if (locator.locate(new Coordinate(x[number], y[number])) != Location.EXTERIOR) each.accept(number);
        }
    }

    double totalArea() {
        return Arrays.stream(areas).sum();
    }

    /** Where the cells are judged, in degrees, longitude first, in pairs. */
    double[] lonLat() {
        double[] out = new double[2 * size];
        for (int i = 0; i < size; i++) {
            out[2 * i] = x[i];
            out[2 * i + 1] = y[i];
        }
        crs.toLonLat(out, 0, out, 0, size);
        return out;
    }
}
