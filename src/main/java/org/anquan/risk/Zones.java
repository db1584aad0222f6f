package org.anquan.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/**
 * Dissolves cells of one label into polygons by walking along the edges between unlike cells. Neighbouring zones get the
 * very same vertices, since a vertex is left out only where a straight border between the same two sides goes on; so they
 * have neither gaps nor overlaps, in metres and in degrees. Cells that meet only at a corner are not joined.
 *
 * <p>Hot: arrays only, one pass over the cells and one over the border's edges. Joining cell squares with JTS
 * ({@code CoverageUnion}) was left aside: it makes 150 000 polygons first.
 */
final class Zones {
    private static final int EAST = 1;
    private static final int NORTH = 2;
    private static final int WEST = 4;
    private static final int SOUTH = 8;
    private static final int KEEP = 16;

    private final RiskGrid grid;
    private final byte[] labels;
    private final long side;

    private int count;
    private long[] from = new long[1 << 14];
    private long[] to = new long[1 << 14];
    private int[] element = new int[1 << 14];
    private final int[] root;

    private long[] keys = {};
    private int[] firstEdge = {};
    private byte[] directions = {};
    private int[] nextEdge = {};

    private Zones(RiskGrid grid, byte[] labels) {
        this.grid = grid;
        this.labels = labels;
        this.side = Math.round(grid.cell * RiskGrid.MILLIMETRES);
        this.root = new int[grid.elements()];
        for (int i = 0; i < root.length; i++) root[i] = i;
    }

    /**
     * @param labels of each cell, from 0
     * @param most one more than the highest label
     * @param degrees whether the polygons are wanted in lon, lat instead of metres
     * @return for each label its polygons, empty where it has none
     */
    static MultiPolygon[] of(RiskGrid grid, byte[] labels, int most, boolean degrees) {
        return new Zones(grid, labels).dissolved(most, degrees);
    }

    private MultiPolygon[] dissolved(int most, boolean degrees) {
        collect();
        index();
        return assembled(most, degrees);
    }

    // Edges between unlike cells

    private void collect() {
        int cols = grid.cols;
        int rows = grid.rows;
        for (int i = 0; i < grid.size; i++) {
            if (grid.cut[i]) continue;
            int c = grid.cols0[i];
            int r = grid.rows0[i];
            long x0 = c * side;
            long y0 = r * side;
            side(i, c, r - 1, cols, rows, x0, y0, x0 + side, y0);
            side(i, c + 1, r, cols, rows, x0 + side, y0, x0 + side, y0 + side);
            side(i, c, r + 1, cols, rows, x0 + side, y0 + side, x0, y0 + side);
            side(i, c - 1, r, cols, rows, x0, y0 + side, x0, y0);
        }
        RiskGrid.Edges edges = grid.edges;
        for (int e = 0; e < edges.element().length; e++) {
            int mine = edges.element()[e];
            int other = edges.other()[e];
            if (other != RiskGrid.OUTSIDE && label(other) == label(mine)) join(mine, other);
            else add(mine, key(edges.fromX()[e], edges.fromY()[e]), key(edges.toX()[e], edges.toY()[e]));
        }
    }

    private void side(int cell, int c, int r, int cols, int rows, long x0, long y0, long x1, long y1) {
        int other = c < 0 || r < 0 || c >= cols || r >= rows ? -1 : grid.numbers[r * cols + c];
        if (other >= 0 && labels[other] == labels[cell]) {
            // A cut cell may be in several pieces; which of them lies here its own edges say.
            if (!grid.cut[other] && other < cell) join(cell, other);
            return;
        }
        add(cell, key(x0, y0), key(x1, y1));
    }

    private byte label(int of) {
        return labels[grid.cellOf(of)];
    }

    private void add(int of, long a, long b) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            element = Arrays.copyOf(element, 2 * count);
        }
        from[count] = a;
        to[count] = b;
        element[count++] = of;
    }

    /** Both parts stay below 2^31 mm, 2 147 km. */
    private static long key(long xMillimetres, long yMillimetres) {
        return xMillimetres << 32 | yMillimetres;
    }

    private static long x(long key) {
        return key >>> 32;
    }

    private static long y(long key) {
        return key & 0xFFFF_FFFFL;
    }

    private int find(int of) {
        int at = of;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }

    private void join(int a, int b) {
        int ra = find(a);
        int rb = find(b);
        if (ra < rb) root[rb] = ra;
        else root[ra] = rb;
    }

    // Vertices

    private void index() {
        int capacity = Integer.highestOneBit(Math.max(16, count * 2)) << 1;
        keys = new long[capacity];
        Arrays.fill(keys, -1);
        firstEdge = new int[capacity];
        Arrays.fill(firstEdge, -1);
        directions = new byte[capacity];
        nextEdge = new int[count];
        for (int e = 0; e < count; e++) {
            int a = slot(from[e]);
            nextEdge[e] = firstEdge[a];
            firstEdge[a] = e;
            int d = direction(from[e], to[e]);
            directions[a] |= (byte) d;
            directions[slot(to[e])] |= (byte) opposite(d);
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long h = key * 0x9E3779B97F4A7C15L;
        int at = (int) (h >>> 40) & mask;
        while (keys[at] != -1 && keys[at] != key) at = (at + 1) & mask;
        keys[at] = key;
        return at;
    }

    private static int direction(long a, long b) {
        long dx = x(b) - x(a);
        long dy = y(b) - y(a);
        if (dx != 0 && dy != 0) return KEEP;
        return dx > 0 ? EAST : dx < 0 ? WEST : dy > 0 ? NORTH : SOUTH;
    }

    private static int opposite(int d) {
        return d == EAST ? WEST : d == WEST ? EAST : d == NORTH ? SOUTH : d == SOUTH ? NORTH : KEEP;
    }

    private boolean straight(long key) {
        int d = directions[slot(key)];
        return d == (EAST | WEST) || d == (NORTH | SOUTH);
    }

    // Rings

    private record Ring(int component, boolean shell, LinearRing line) {}

    private MultiPolygon[] assembled(int most, boolean degrees) {
        boolean[] used = new boolean[count];
        List<Ring> rings = new ArrayList<>();
        long[] walk = new long[1024];
        for (int start = 0; start < count; start++) {
            if (used[start]) continue;
            int component = find(element[start]);
            int n = 0;
            int e = start;
            do {
                used[e] = true;
                if (n == walk.length) walk = Arrays.copyOf(walk, 2 * n);
                walk[n++] = from[e];
                e = next(e, component, used, start);
            } while (e != start);
            rings.add(ring(component, walk, n, degrees));
        }
        return polygons(rings, most);
    }

    /** The edge that goes on from an edge's end; of several the one most to the right, so that no ring touches itself. */
    private int next(int edge, int component, boolean[] used, int start) {
        int best = -1;
        double bestAngle = Double.POSITIVE_INFINITY;
        for (int e = firstEdge[slot(to[edge])]; e >= 0; e = nextEdge[e]) {
            if ((used[e] && e != start) || find(element[e]) != component) continue;
            double angle = turn(edge, e);
            if (angle < bestAngle) {
                bestAngle = angle;
                best = e;
            }
        }
        if (best < 0) throw new IllegalStateException("an outline does not close");
        return best;
    }

    /** Radians from straight on, left positive. */
    private double turn(int a, int b) {
        double ax = x(to[a]) - x(from[a]);
        double ay = y(to[a]) - y(from[a]);
        double bx = x(to[b]) - x(from[b]);
        double by = y(to[b]) - y(from[b]);
        return Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
    }

    private Ring ring(int component, long[] walk, int n, boolean degrees) {
        double twice = 0;
        double[] kept = new double[2 * n];
        int k = 0;
        long x0 = x(walk[0]);
        long y0 = y(walk[0]);
        for (int i = 0; i < n; i++) {
            long a = walk[i];
            long b = walk[(i + 1) % n];
            twice += (double) (x(a) - x0) * (y(b) - y0) - (double) (x(b) - x0) * (y(a) - y0);
            if (straight(a)) continue;
            kept[2 * k] = grid.west + x(a) / RiskGrid.MILLIMETRES;
            kept[2 * k + 1] = grid.south + y(a) / RiskGrid.MILLIMETRES;
            k++;
        }
        if (degrees) grid.crs.toLonLat(kept, 0, kept, 0, k);
        Coordinate[] line = new Coordinate[k + 1];
        for (int i = 0; i < k; i++) line[i] = new Coordinate(kept[2 * i], kept[2 * i + 1]);
        line[k] = line[0].copy();
        return new Ring(component, twice > 0, GeoJson.FACTORY.createLinearRing(line));
    }

    private MultiPolygon[] polygons(List<Ring> rings, int most) {
        List<List<Polygon>> out = new ArrayList<>();
        for (int l = 0; l < most; l++) out.add(new ArrayList<>());
        // One shell a component; its holes follow it.
        java.util.Map<Integer, List<Ring>> byComponent = new java.util.LinkedHashMap<>();
        for (Ring ring : rings)
            byComponent
                    .computeIfAbsent(ring.component(), key -> new ArrayList<>())
                    .add(ring);
        byComponent.forEach((component, own) -> {
            LinearRing shell = null;
            List<LinearRing> holes = new ArrayList<>();
            for (Ring ring : own)
                if (ring.shell()) shell = ring.line();
                else holes.add(ring.line());
            if (shell == null) throw new IllegalStateException("a zone without an outline");
            out.get(label(component)).add(GeoJson.FACTORY.createPolygon(shell, holes.toArray(LinearRing[]::new)));
        });
        MultiPolygon[] zones = new MultiPolygon[most];
        for (int l = 0; l < most; l++)
            zones[l] = GeoJson.FACTORY.createMultiPolygon(out.get(l).toArray(Polygon[]::new));
        return zones;
    }
}
