package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.anquan.geo.GeoJson;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.impl.PackedCoordinateSequence;
import org.locationtech.jts.noding.IntersectionAdder;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Turns the travel-time surface into polygons: marching squares over the cell centres with one label a cell, "out" or
 * whose area it is. All polygons are cut from one net of segments, so that neighbours share their vertices, nothing
 * overlaps and nothing is left between.
 *
 * <p>Where the border crosses the line between two centres:
 *
 * <ul>
 *   <li>between in and out, where the time reaches the limit: linear between the two times. Where the surface jumps (the
 *       times differ by more than the walk between the centres, or nobody arrives outside), the border lies where the
 *       walk from inside ends: at the limit of time or of walking, whichever comes first.
 *   <li>between two owners, where both would be equally late if both walked on.
 * </ul>
 *
 * A crossing keeps {@link #MARGIN} of a cell from both centres. In a square whose diagonals disagree, "out" is the side
 * that stays connected (late rather than early). Where three or four labels meet, they meet in one point. No vertex is
 * passed twice by the same polygon, hence rings are simple and apart, and the polygons valid.
 *
 * <p>Holes find their polygon by walking west over the cells from the hole to the ring that closes the run, instead of
 * point-in-polygon tests.
 */
final class Contours {
    private static final double MARGIN = 0.01;
    private static final int OUT = -1;
    /** How far the areas of a change may be from balancing, as a share of all: rounding, and a thousand times that. */
    private static final double BALANCE = 1e-11;

    private final TravelSurface surface;
    private final SurfaceGrid grid;
    private final int cols;
    private final int rows;
    private final int limitMillis;
    private final int[] label;

    /** Number of the vertex on the line from a cell to its east and to its north neighbour; only set where there is one. */
    private final int[] eastVertex;

    private final int[] northVertex;

    private int vertices;
    private double[] vertexX = new double[1 << 12];
    private double[] vertexY = new double[1 << 12];
    /** The cell west of a vertex on an east-west line, else -1. */
    private int[] vertexCell = new int[1 << 12];

    private int[] firstOut = new int[1 << 12];

    /** Half-edges: h and h ^ 1 are the two sides of a segment; {@code left} is the label on the left of h. */
    private int halfEdges;

    private int[] origin = new int[1 << 13];
    private int[] left = new int[1 << 13];
    private int[] nextOut = new int[1 << 13];
    private int[] ring = new int[0];

    /** Cells that are looked at, or null for all. The others are out. */
    private @Nullable BitSet only;

    private Contours(TravelSurface surface, int limitMillis, boolean byOwner) {
        this.surface = surface;
        this.limitMillis = limitMillis;
        grid = surface.grid;
        cols = grid.cols;
        rows = grid.rows;
        label = labels(byOwner);
        eastVertex = new int[label.length];
        northVertex = new int[label.length];
    }

    private Contours net() {
        placeVertices();
        for (int r = 0; r + 1 < rows; r++)
            for (int c = 0; c + 1 < cols; c++) {
                int a = r * cols + c;
                int first = label[a];
                if (first != label[a + 1] || first != label[a + cols + 1] || first != label[a + cols]) square(a);
            }
        return this;
    }

    /** @param areaSquareMetres in the metric system of the grid */
    record Shape(MultiPolygon geometry, double areaSquareMetres) {
        static final Shape EMPTY = new Shape(GeoJson.FACTORY.createMultiPolygon(), 0);
    }

    /** Everything within a limit. */
    static Shape band(TravelSurface surface, int limitMillis) {
        return new Contours(surface, limitMillis, false).net().shapes(1, true).get(0);
    }

    /** Everything within a limit, and its parts by owner; together the parts are the whole. */
    record Partition(Shape whole, List<Shape> parts) {}

    static Partition partition(TravelSurface surface, int limitMillis, int owners) {
        Contours net = new Contours(surface, limitMillis, true).net();
        return new Partition(net.shapes(1, true).get(0), net.shapes(owners, false));
    }

    /** Ground within a limit on one surface only. */
    record Change(MultiPolygon gained, MultiPolygon lost) {}

    /**
     * What a band gains and loses from one surface to another on the same grid.
     *
     * <p>The borders of the two are the same but where something changed. So both are drawn only in the cells around a
     * change, everything else counting as out in both, and those small areas are taken from each other: with 200 areas
     * closed in Porto a tenth of the time of taking the whole bands from each other.
     */
    static Change change(TravelSurface before, TravelSurface after, int limitMillis) {
        Contours one = new Contours(before, limitMillis, false);
        Contours other = new Contours(after, limitMillis, false);
        BitSet changed = one.changed(other);
        if (changed.isEmpty()) return new Change(Shape.EMPTY.geometry(), Shape.EMPTY.geometry());
        one.only = changed;
        other.only = changed;
        return change(one.drawn(), other.drawn());
    }

    /**
     * Both differences out of one overlay whose noding is not gone over a second time: 10 ms where two robust ones take
     * 40 ms of processor time (200 areas closed in Porto, 12 388 vertices). What it gives must balance, lost less gained
     * being the areas' own difference; where it does not, or the overlay gives up, the two robust ones decide.
     */
    static Change change(MultiPolygon was, MultiPolygon is) {
        Change quick = inOnePass(was, is);
        return quick != null ? quick : new Change(without(is, was), without(was, is));
    }

    private static @Nullable Change inOnePass(MultiPolygon was, MultiPolygon is) {
        if (was.isEmpty() || is.isEmpty()) return new Change(is, was);
        List<Polygon> gained = new ArrayList<>();
        List<Polygon> lost = new ArrayList<>();
        double balance = 0;
        try {
            MCIndexNoder noder = new MCIndexNoder();
            noder.setSegmentIntersector(new IntersectionAdder(new RobustLineIntersector()));
            MultiPolygon apart = multi(OverlayNG.overlay(was, is, OverlayNG.SYMDIFFERENCE, null, noder));
            IndexedPointInAreaLocator before = new IndexedPointInAreaLocator(was);
            for (int i = 0; i < apart.getNumGeometries(); i++) {
                Polygon piece = (Polygon) apart.getGeometryN(i);
                boolean gone = before.locate(piece.getInteriorPoint().getCoordinate()) != Location.EXTERIOR;
                (gone ? lost : gained).add(piece);
                balance += gone ? piece.getArea() : -piece.getArea();
            }
        } catch (TopologyException e) {
            return null;
        }
        double wanted = was.getArea() - is.getArea();
        if (Math.abs(balance - wanted) > BALANCE * (was.getArea() + is.getArea())) return null;
        return new Change(multi(gained), multi(lost));
    }

    /** Cells at a side where the two borders differ, and the cells around them. */
    private BitSet changed(Contours other) {
        BitSet ends = new BitSet();
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < cols; c++) {
                int a = r * cols + c;
                if (c + 1 < cols && differ(other, a, a + 1)) {
                    ends.set(a);
                    ends.set(a + 1);
                }
                if (r + 1 < rows && differ(other, a, a + cols)) {
                    ends.set(a);
                    ends.set(a + cols);
                }
            }
        BitSet around = new BitSet();
        for (int cell = ends.nextSetBit(0); cell >= 0; cell = ends.nextSetBit(cell + 1))
            for (int r = Math.max(0, cell / cols - 1); r <= Math.min(rows - 1, cell / cols + 1); r++)
                for (int c = Math.max(0, cell % cols - 1); c <= Math.min(cols - 1, cell % cols + 1); c++)
                    around.set(r * cols + c);
        return around;
    }

    private boolean differ(Contours other, int a, int b) {
        if (label[a] != other.label[a] || label[b] != other.label[b]) return true;
        return label[a] != label[b] && crossing(a, b) != other.crossing(a, b);
    }

    private MultiPolygon drawn() {
        for (int cell = 0; cell < label.length; cell++) if (!looksAt(cell)) label[cell] = OUT;
        return net().shapes(1, true).get(0).geometry();
    }

    private boolean looksAt(int cell) {
        return only == null || only.get(cell);
    }

    /** What an area has that another has not. */
    static MultiPolygon without(MultiPolygon area, MultiPolygon other) {
        return multi(OverlayNGRobust.overlay(area, other, OverlayNG.DIFFERENCE));
    }

    private static MultiPolygon multi(List<Polygon> polygons) {
        return GeoJson.FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private static MultiPolygon multi(Geometry mixed) {
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < mixed.getNumGeometries(); i++)
            if (mixed.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) polygons.add(polygon);
        return multi(polygons);
    }

    private int[] labels(boolean byOwner) {
        int[] all = new int[grid.size()];
        long[] arrival = surface.arrival;
        long latest = EdgeTimes.packed(limitMillis + 1L, 0);
        for (int i = 0; i < all.length; i++)
            all[i] = arrival[i] >= latest ? OUT : byOwner ? EdgeTimes.source(arrival[i]) : 0;
        // The rim is out, so that every ring closes.
        Arrays.fill(all, 0, cols, OUT);
        Arrays.fill(all, (rows - 1) * cols, all.length, OUT);
        for (int r = 0; r < rows; r++) {
            all[r * cols] = OUT;
            all[r * cols + cols - 1] = OUT;
        }
        return all;
    }

    private void placeVertices() {
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < cols; c++) {
                int a = r * cols + c;
                if (c + 1 < cols && label[a] != label[a + 1])
                    eastVertex[a] = vertex(grid.x(c) + crossing(a, a + 1) * grid.cellMetres, grid.y(r), a);
                if (r + 1 < rows && label[a] != label[a + cols])
                    northVertex[a] = vertex(grid.x(c), grid.y(r) + crossing(a, a + cols) * grid.cellMetres, -1);
            }
    }

    /** Where the border crosses the line from cell a to cell b, 0 to 1. */
    private double crossing(int a, int b) {
        if (!looksAt(a) || !looksAt(b)) return 0.5;
        double share;
        if (label[b] == OUT) share = wayOut(a, b);
        else if (label[a] == OUT) share = 1 - wayOut(b, a);
        else {
            double step = Math.min(surface.stepMillis(a, b), surface.stepMillis(b, a));
            share = Double.isInfinite(step) ? barShare(a, b) : (1 + (surface.millis(b) - surface.millis(a)) / step) / 2;
        }
        return Math.max(MARGIN, Math.min(1 - MARGIN, share));
    }

    private double wayOut(int in, int out) {
        double cell = grid.cellMetres;
        double step = surface.stepMillis(in, out);
        double start = surface.millis(in);
        double end = surface.millis(out);
        if (Double.isInfinite(step))
            return Math.min(barShare(in, out), (limitMillis - start) / (surface.millisPerMetre * cell));
        boolean jump = surface.arrival[out] == EdgeTimes.NONE || end - start > step + 1;
        if (!jump) return (limitMillis - start) / (end - start);
        return Math.min((limitMillis - start) / step, (surface.maxMetres - surface.walked[in]) / cell);
    }

    private double barShare(int a, int b) {
        double share = surface.terrain.bar(a, b);
        return share <= 1 ? share : 0.5;
    }

    private int vertex(double x, double y, int cell) {
        if (vertices == vertexX.length) {
            vertexX = Arrays.copyOf(vertexX, 2 * vertices);
            vertexY = Arrays.copyOf(vertexY, 2 * vertices);
            vertexCell = Arrays.copyOf(vertexCell, 2 * vertices);
            firstOut = Arrays.copyOf(firstOut, 2 * vertices);
        }
        vertexX[vertices] = x;
        vertexY[vertices] = y;
        vertexCell[vertices] = cell;
        firstOut[vertices] = -1;
        return vertices++;
    }

    /** The square whose south-west corner is cell a; corners and sides are counted counter-clockwise from there. */
    private void square(int a) {
        int k0 = label[a];
        int k1 = label[a + 1];
        int k2 = label[a + cols + 1];
        int k3 = label[a + cols];
        // The vertex on the side from corner i to corner i + 1, where there is one.
        int s0 = k0 == k1 ? -1 : eastVertex[a];
        int s1 = k1 == k2 ? -1 : northVertex[a + 1];
        int s2 = k2 == k3 ? -1 : eastVertex[a + cols];
        int s3 = k3 == k0 ? -1 : northVertex[a];
        int crossings = (s0 < 0 ? 0 : 1) + (s1 < 0 ? 0 : 1) + (s2 < 0 ? 0 : 1) + (s3 < 0 ? 0 : 1);
        if (crossings == 2) twoSides(k0, k1, k2, k3, s0, s1, s2, s3);
        else if (crossings == 4 && (k0 == k2 || k1 == k3)) saddle(k0, k1, k2, k3, s0, s1, s2, s3);
        else star(k0, k1, k2, k3, s0, s1, s2, s3);
    }

    /** One chord. Going counter-clockwise from p to q along the sides, the corners passed lie right of the chord. */
    private void twoSides(int k0, int k1, int k2, int k3, int s0, int s1, int s2, int s3) {
        if (s0 >= 0) {
            if (s1 >= 0) segment(s0, s1, k2, k1);
            else if (s2 >= 0) segment(s0, s2, k0, k1);
            else segment(s0, s3, k0, k1);
        } else if (s1 >= 0) {
            if (s2 >= 0) segment(s1, s2, k0, k2);
            else segment(s1, s3, k0, k2);
        } else segment(s2, s3, k0, k3);
    }

    /** Two opposite corners are alike: they stay connected and the other two are cut off. */
    private void saddle(int k0, int k1, int k2, int k3, int s0, int s1, int s2, int s3) {
        boolean evenConnected;
        if (k0 == k2 && k1 == k3) evenConnected = k0 == OUT || (k1 != OUT && k0 < k1);
        else evenConnected = k0 == k2;
        if (evenConnected) {
            segment(s0, s1, k0, k1);
            segment(s2, s3, k0, k3);
        } else {
            segment(s3, s0, k1, k0);
            segment(s1, s2, k1, k2);
        }
    }

    /** Three or four labels meet in one point; where one of them is out, the point lies on the border to it. */
    private void star(int k0, int k1, int k2, int k3, int s0, int s1, int s2, int s3) {
        int[] label4 = {k0, k1, k2, k3};
        int[] side = {s0, s1, s2, s3};
        double x = 0;
        double y = 0;
        int n = 0;
        boolean rim = k0 == OUT || k1 == OUT || k2 == OUT || k3 == OUT;
        for (int i = 0; i < 4; i++) {
            // Side i lies between corner i and corner i + 1.
            boolean atRim = label4[i] == OUT || label4[(i + 1) & 3] == OUT;
            if (side[i] < 0 || (rim && !atRim)) continue;
            x += vertexX[side[i]];
            y += vertexY[side[i]];
            n++;
        }
        int hub = vertex(x / n, y / n, -1);
        for (int i = 0; i < 4; i++) if (side[i] >= 0) segment(hub, side[i], label4[(i + 1) & 3], label4[i]);
    }

    private void segment(int from, int to, int leftLabel, int rightLabel) {
        if (halfEdges + 2 > origin.length) {
            origin = Arrays.copyOf(origin, 2 * origin.length);
            left = Arrays.copyOf(left, 2 * left.length);
            nextOut = Arrays.copyOf(nextOut, 2 * nextOut.length);
        }
        halfEdge(from, leftLabel);
        halfEdge(to, rightLabel);
    }

    private void halfEdge(int from, int leftLabel) {
        origin[halfEdges] = from;
        left[halfEdges] = leftLabel;
        nextOut[halfEdges] = firstOut[from];
        firstOut[from] = halfEdges++;
    }

    /** A ring by its half-edges' origins: where they stand in {@code vertex}, and its area, negative for a hole. */
    private record Ring(int label, int[] vertex, double area, int outer) {}

    private List<Shape> shapes(int owners, boolean whole) {
        ring = new int[halfEdges];
        Arrays.fill(ring, -1);
        List<Ring> rings = new ArrayList<>();
        int[] path = new int[1 << 10];
        for (int start = 0; start < halfEdges; start++) {
            if (ring[start] >= 0 || !bounds(start, whole)) continue;
            int count = 0;
            int at = start;
            do {
                ring[at] = rings.size();
                if (count == path.length) path = Arrays.copyOf(path, 2 * count);
                path[count++] = origin[at];
                at = following(at, whole);
            } while (at != start);
            int[] vertex = Arrays.copyOf(path, count);
            rings.add(new Ring(whole ? 0 : left[start], vertex, area(vertex), -1));
        }
        return assembled(rings, owners, whole);
    }

    /** Is this half-edge part of a ring: has it something on its left that its right side is not? */
    private boolean bounds(int half, boolean whole) {
        return left[half] != OUT && (!whole || left[half ^ 1] == OUT);
    }

    private int following(int half, boolean whole) {
        int wanted = left[half];
        for (int out = firstOut[origin[half ^ 1]]; out >= 0; out = nextOut[out])
            if (whole ? bounds(out, true) : left[out] == wanted) return out;
        throw new IllegalStateException("a border ends at vertex " + origin[half ^ 1]);
    }

    private double area(int[] vertex) {
        double x0 = vertexX[vertex[0]];
        double y0 = vertexY[vertex[0]];
        double twice = 0;
        for (int i = 0; i < vertex.length; i++) {
            int a = vertex[i];
            int b = vertex[i + 1 == vertex.length ? 0 : i + 1];
            twice += (vertexX[a] - x0) * (vertexY[b] - y0) - (vertexX[b] - x0) * (vertexY[a] - y0);
        }
        return twice / 2;
    }

    private List<Shape> assembled(List<Ring> rings, int owners, boolean whole) {
        List<List<LinearRing>> holes = new ArrayList<>(rings.size());
        for (int i = 0; i < rings.size(); i++) holes.add(List.of());
        for (Ring one : rings) {
            if (one.area > 0) continue;
            int outer = outerOf(one, rings, whole);
            if (holes.get(outer).isEmpty()) holes.set(outer, new ArrayList<>());
            holes.get(outer).add(linear(one));
        }
        List<List<Polygon>> polygons = new ArrayList<>(owners);
        double[] area = new double[owners];
        for (int k = 0; k < owners; k++) polygons.add(new ArrayList<>());
        for (int i = 0; i < rings.size(); i++) {
            Ring one = rings.get(i);
            area[one.label] += one.area;
            if (one.area > 0)
                polygons.get(one.label)
                        .add(GeoJson.FACTORY.createPolygon(
                                linear(one), holes.get(i).toArray(LinearRing[]::new)));
        }
        List<Shape> shapes = new ArrayList<>(owners);
        for (int k = 0; k < owners; k++)
            shapes.add(
                    new Shape(GeoJson.FACTORY.createMultiPolygon(polygons.get(k).toArray(Polygon[]::new)), area[k]));
        return shapes;
    }

    /** The ring around a hole: west over the hole's label to the ring that ends the run, and on if that is a hole too. */
    private int outerOf(Ring hole, List<Ring> rings, boolean whole) {
        Ring at = hole;
        while (true) {
            int cell = cellWestOf(at, whole);
            while (same(cell - 1, at.label, whole)) cell--;
            int found = ringAt(eastVertex[cell - 1], at.label, whole);
            at = rings.get(found);
            if (at.area > 0) return found;
        }
    }

    private boolean same(int cell, int wanted, boolean whole) {
        return whole ? label[cell] != OUT : label[cell] == wanted;
    }

    /** A cell of the ring's label whose east neighbour is not of it, on the ring. */
    private int cellWestOf(Ring of, boolean whole) {
        for (int v : of.vertex) {
            int cell = vertexCell[v];
            if (cell >= 0 && same(cell, of.label, whole)) return cell;
        }
        throw new IllegalStateException("a hole with nothing west of it");
    }

    private int ringAt(int vertex, int wanted, boolean whole) {
        for (int out = firstOut[vertex]; out >= 0; out = nextOut[out])
            if (whole ? bounds(out, true) : left[out] == wanted) return ring[out];
        throw new IllegalStateException("no ring at vertex " + vertex);
    }

    private LinearRing linear(Ring of) {
        int n = of.vertex.length;
        double[] lonLat = new double[2 * (n + 1)];
        for (int i = 0; i < n; i++) grid.toLonLat(vertexX[of.vertex[i]], vertexY[of.vertex[i]], lonLat, 2 * i);
        lonLat[2 * n] = lonLat[0];
        lonLat[2 * n + 1] = lonLat[1];
        return GeoJson.FACTORY.createLinearRing(new PackedCoordinateSequence.Double(lonLat, 2, 0));
    }
}
