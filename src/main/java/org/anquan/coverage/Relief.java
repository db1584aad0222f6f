package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.Sweep.Direction;
import org.anquan.terrain.TerrainData;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Ground with slopes, land cover and water, made once for a grid. Slopes count after {@link Tobler} in the direction
 * walked, land cover by its speed, and water bars the way except where a bridge, a ford or a tunnel crosses it.
 *
 * <p>Water is kept as lines, the banks of lakes and wide rivers and the middles of streams: a step or a straight way that
 * crosses one is barred, so a village on the bank is not taken for one in the river, as it would be if whole cells were
 * barred. Where a bridge crosses, the lines have a gap of one and a half cells.
 *
 * <p>Where heights are unknown the ground counts as even, where land cover is unknown as open.
 */
final class Relief {
    /** Half the gap in the water at a bridge, in cells: some step between centres always finds through. */
    private static final double BRIDGE_CELLS = 0.75;

    /** A roster's length beyond this is a mistake of units, not a bridge that opens a whole bank. */
    private static final double LONGEST_BRIDGE_METRES = 2000;

    final SurfaceGrid grid;
    /** Metres above sea level at the cells' centres; NaN where unknown. */
    final float[] height;
    /** Time against open ground by land cover at the cells' centres. */
    final float[] cover;

    /** Share of the cells within walking reach of roads whose height is known. */
    final double heightShare;

    final double coverShare;
    final boolean heightsLoaded;
    final boolean coverLoaded;
    final int waters;
    final float least;
    private final float steepest;
    private final double openKmh;
    private final float[] pieceRise;
    private final BitSet wetPiece = new BitSet();
    /** By cell and direction (see {@link #direction}): steps that cross water. */
    private final short @Nullable [] wetStep;

    private final BitSet inWater = new BitSet();
    private final @Nullable CellLines banks;

    /** Where the road network crosses the water. */
    private final List<Bridge> bridges = new ArrayList<>();

    /** @param gap the ground around it where people get across */
    private record Bridge(int edge, Geometry gap) {}

    /**
     * A bridge, ford or culvert that a layer knows.
     *
     * @param at lon, lat
     * @param lengthMetres 0 where unknown
     */
    record Crossing(Geometry at, double lengthMetres) {}

    private Relief(
            RoadAccess access,
            float[] height,
            float[] coverClass,
            Map<Integer, Double> kmhByClass,
            CoverageSettings.Land settings,
            List<Geometry> water,
            List<Crossing> crossings,
            boolean heightsLoaded,
            boolean coverLoaded) {
        this.heightsLoaded = heightsLoaded;
        this.coverLoaded = coverLoaded;
        grid = access.grid;
        this.height = height;
        steepest = (float) Math.tan(Math.toRadians(settings.steepestDegrees()));
        openKmh = settings.openKmh();
        cover = cover(coverClass, kmhByClass);
        float fastest = 1;
        for (float one : cover) fastest = Math.min(fastest, one);
        boolean slopes = false;
        int near = 0;
        int known = 0;
        int covered = 0;
        for (int cell = 0; cell < height.length; cell++) {
            if (!Float.isNaN(height[cell])) slopes = true;
            if (access.first[cell] == access.first[cell + 1]) continue;
            near++;
            if (!Float.isNaN(height[cell])) known++;
            if (!Float.isNaN(coverClass[cell])) covered++;
        }
        heightShare = near == 0 ? 0 : known / (double) near;
        coverShare = near == 0 ? 0 : covered / (double) near;
        least = fastest * (slopes ? Tobler.LEAST : 1);
        pieceRise = rises(access, slopes);
        waters = water.size();
        List<LineString> lines = water.isEmpty() ? List.of() : lines(access, water, crossings);
        wetStep = lines.isEmpty() ? null : new short[grid.size()];
        banks = lines.isEmpty() ? null : new CellLines(grid, lines);
        if (wetStep != null) soak(access, lines);
    }

    /**
     * The ground of a grid as far as it is known.
     *
     * @param water lon, lat; areas and lines
     * @return null where nothing is known
     */
    static @Nullable Relief of(
            RoadAccess access,
            TerrainData data,
            List<Geometry> water,
            List<Crossing> crossings,
            CoverageSettings.Land settings) {
        boolean heights = !data.sources(TerrainData.Kind.DEM).isEmpty();
        boolean covers = !data.sources(TerrainData.Kind.LAND_COVER).isEmpty();
        if (!heights && !covers && water.isEmpty()) return null;
        SurfaceGrid grid = access.grid;
        double[] lonLat = new double[2 * grid.size()];
        if (heights || covers)
            for (int cell = 0; cell < grid.size(); cell++)
                grid.toLonLat(grid.x(cell % grid.cols), grid.y(cell / grid.cols), lonLat, 2 * cell);
        return new Relief(
                access,
                heights ? data.sample(TerrainData.Kind.DEM, lonLat) : unknown(grid.size()),
                covers ? data.sample(TerrainData.Kind.LAND_COVER, lonLat) : unknown(grid.size()),
                data.landCoverKmh(),
                settings,
                water,
                crossings,
                heights,
                covers);
    }

    /** The same of arrays, for tests. */
    static Relief of(
            RoadAccess access,
            float[] height,
            float[] coverClass,
            Map<Integer, Double> kmhByClass,
            List<Geometry> water,
            List<Crossing> crossings,
            CoverageSettings.Land settings) {
        return new Relief(access, height, coverClass, kmhByClass, settings, water, crossings, true, true);
    }

    private static float[] unknown(int size) {
        float[] all = new float[size];
        Arrays.fill(all, Float.NaN);
        return all;
    }

    private float[] cover(float[] classes, Map<Integer, Double> kmhByClass) {
        float[] factors = new float[classes.length];
        for (int cell = 0; cell < factors.length; cell++) {
            Double kmh = Float.isNaN(classes[cell]) ? null : kmhByClass.get(Math.round(classes[cell]));
            factors[cell] = kmh == null ? 1 : kmh == 0 ? Terrain.BARRED : (float) (openKmh / kmh);
        }
        return factors;
    }

    /** How much higher the centre of a piece's cell lies than the piece, by the heights of the cells around. */
    private float[] rises(RoadAccess access, boolean slopes) {
        float[] rise = new float[slopes ? access.pieces() : 0];
        if (!slopes) return rise;
        RoadPlane plane = access.plane;
        for (int cell = 0; cell < grid.size(); cell++)
            for (int i = access.first[cell]; i < access.first[cell + 1]; i++) {
                double[] at = plane.pointAt(access.edge[i], access.fraction[i]);
                float road = heightAt(at[0] + plane.originX, at[1] + plane.originY);
                rise[i] = Float.isNaN(road) || Float.isNaN(height[cell]) ? 0 : height[cell] - road;
            }
        return rise;
    }

    private float heightAt(double x, double y) {
        double u = (x - grid.west) / grid.cellMetres - 0.5;
        double v = (y - grid.south) / grid.cellMetres - 0.5;
        int c = (int) Math.floor(u);
        int r = (int) Math.floor(v);
        if (c < 0 || r < 0 || c + 1 >= grid.cols || r + 1 >= grid.rows) return Float.NaN;
        int at = r * grid.cols + c;
        double fu = u - c;
        double fv = v - r;
        double low = height[at] + (height[at + 1] - height[at]) * fu;
        double high = height[at + grid.cols] + (height[at + grid.cols + 1] - height[at + grid.cols]) * fu;
        return (float) (low + (high - low) * fv);
    }

    /** Banks and streams in metres, with gaps where bridges cross; cells in the water are marked. */
    private List<LineString> lines(RoadAccess access, List<Geometry> water, List<Crossing> crossings) {
        STRtree overRoads = overRoads(access);
        List<Geometry> known = new ArrayList<>();
        for (Crossing crossing : crossings) known.add(around(crossing));
        Set<Bridge> found = new LinkedHashSet<>();
        List<LineString> lines = new ArrayList<>();
        for (Geometry one : water) {
            Geometry metric = grid.crs().toMetres(one);
            if (metric instanceof Polygonal) markInside(metric);
            Geometry edge = metric instanceof Polygonal ? metric.getBoundary() : metric;
            List<Bridge> over = new ArrayList<>();
            overRoads.query(edge.getEnvelopeInternal(), item -> over.add((Bridge) item));
            PreparedGeometry whole = PreparedGeometryFactory.prepare(metric);
            List<Geometry> gaps = new ArrayList<>();
            for (Bridge bridge : over) {
                if (!whole.intersects(bridge.gap)) continue;
                found.add(bridge);
                gaps.add(bridge.gap);
            }
            for (Geometry crossing : known) if (whole.intersects(crossing)) gaps.add(crossing);
            for (Geometry gap : gaps) edge = OverlayNGRobust.overlay(edge, gap, OverlayNG.DIFFERENCE);
            for (Object line : LinearComponentExtracter.getLines(edge)) lines.add((LineString) line);
        }
        bridges.addAll(found);
        openUnder(access);
        for (Geometry crossing : known) open(crossing);
        return lines;
    }

    private STRtree overRoads(RoadAccess access) {
        RoadPlane plane = access.plane;
        RoadGraph graph = plane.graph;
        STRtree tree = new STRtree();
        for (int e = 0; e < graph.edgeCount(); e++) {
            if (!crossesWater(graph.edgeStructure(e))) continue;
            Geometry wide = shape(plane, e).buffer(BRIDGE_CELLS * grid.cellMetres);
            tree.insert(wide.getEnvelopeInternal(), new Bridge(e, wide));
        }
        tree.build();
        return tree;
    }

    /** A roster's point lies somewhere at the bridge: half its length and half a gap around it people get across. */
    private Geometry around(Crossing crossing) {
        double reach = Math.min(crossing.lengthMetres(), LONGEST_BRIDGE_METRES) / 2 + BRIDGE_CELLS * grid.cellMetres;
        return grid.crs().toMetres(crossing.at()).buffer(reach);
    }

    private void open(Geometry crossing) {
        Envelope box = crossing.getEnvelopeInternal();
        for (int cell = inWater.nextSetBit(0); cell >= 0; cell = inWater.nextSetBit(cell + 1)) {
            Coordinate centre = new Coordinate(grid.x(cell % grid.cols), grid.y(cell / grid.cols));
            if (box.contains(centre) && crossing.intersects(GeoJson.FACTORY.createPoint(centre))) inWater.clear(cell);
        }
    }

    /** Adds the ground around bridges over water that are lost: who went across there before does not any more. */
    void lost(IntPredicate edges, List<Geometry> to) {
        for (Bridge bridge : bridges) if (edges.test(bridge.edge)) to.add(bridge.gap);
    }

    /** The ground around bridges over water, by their sections; in metres of the grid. */
    Map<Integer, List<Geometry>> gaps() {
        Map<Integer, List<Geometry>> gaps = new HashMap<>();
        for (Bridge bridge : bridges)
            gaps.computeIfAbsent(bridge.edge, e -> new ArrayList<>()).add(bridge.gap);
        return gaps;
    }

    private static boolean crossesWater(Structure structure) {
        return structure == Structure.BRIDGE || structure == Structure.FORD || structure == Structure.TUNNEL;
    }

    private static LineString shape(RoadPlane plane, int edge) {
        int first = plane.graph.shapeFirst(edge);
        Coordinate[] all = new Coordinate[plane.graph.shapeFirst(edge + 1) - first];
        for (int i = 0; i < all.length; i++)
            all[i] = new Coordinate(plane.x[first + i] + plane.originX, plane.y[first + i] + plane.originY);
        return GeoJson.FACTORY.createLineString(all);
    }

    private void markInside(Geometry area) {
        var box = area.getEnvelopeInternal();
        IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(area);
        int c0 = (int) Math.max(0, Math.floor((box.getMinX() - grid.west) / grid.cellMetres));
        int c1 = (int) Math.min(grid.cols - 1, Math.floor((box.getMaxX() - grid.west) / grid.cellMetres));
        int r0 = (int) Math.max(0, Math.floor((box.getMinY() - grid.south) / grid.cellMetres));
        int r1 = (int) Math.min(grid.rows - 1, Math.floor((box.getMaxY() - grid.south) / grid.cellMetres));
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; c++)
                if (locator.locate(new Coordinate(grid.x(c), grid.y(r))) == Location.INTERIOR)
                    inWater.set(r * grid.cols + c);
    }

    /** On a bridge one stands above the water. */
    private void openUnder(RoadAccess access) {
        RoadPlane plane = access.plane;
        for (int e = 0; e < plane.graph.edgeCount(); e++) {
            if (!crossesWater(plane.graph.edgeStructure(e))) continue;
            int steps = (int) Math.ceil(plane.edgeLength[e] / (grid.cellMetres / 4)) + 1;
            for (int i = 0; i <= steps; i++) {
                double[] at = plane.pointAt(e, i / (double) steps);
                int cell = grid.cellAt(at[0] + plane.originX, at[1] + plane.originY);
                if (cell >= 0) inWater.clear(cell);
            }
        }
    }

    /** Marks the steps and the ways to the road that cross a line. */
    private void soak(RoadAccess access, List<LineString> lines) {
        RobustLineIntersector meeting = new RobustLineIntersector();
        double cell = grid.cellMetres;
        for (LineString line : lines)
            for (int i = 1; i < line.getNumPoints(); i++) {
                Coordinate a = line.getCoordinateN(i - 1);
                Coordinate b = line.getCoordinateN(i);
                // A step reaches two cells, and its ends are centres.
                int c0 = (int) Math.max(0, Math.floor((Math.min(a.x, b.x) - grid.west) / cell) - 2);
                int c1 = (int) Math.min(grid.cols - 1, Math.floor((Math.max(a.x, b.x) - grid.west) / cell) + 2);
                int r0 = (int) Math.max(0, Math.floor((Math.min(a.y, b.y) - grid.south) / cell) - 2);
                int r1 = (int) Math.min(grid.rows - 1, Math.floor((Math.max(a.y, b.y) - grid.south) / cell) + 2);
                for (int r = r0; r <= r1; r++) for (int c = c0; c <= c1; c++) soak(access, meeting, a, b, r, c);
            }
    }

    private void soak(RoadAccess access, RobustLineIntersector meeting, Coordinate a, Coordinate b, int r, int c) {
        int cell = r * grid.cols + c;
        Coordinate centre = new Coordinate(grid.x(c), grid.y(r));
        short[] wet = Objects.requireNonNull(wetStep);
        for (int d = 0; d < 16; d++) {
            int mask = 1 << d;
            if ((wet[cell] & mask) != 0) continue;
            Coordinate to = new Coordinate(centre.x + EAST[d] * grid.cellMetres, centre.y + NORTH[d] * grid.cellMetres);
            if (crosses(meeting, a, b, centre, to)) wet[cell] |= (short) mask;
        }
        RoadPlane plane = access.plane;
        for (int i = access.first[cell]; i < access.first[cell + 1]; i++) {
            if (wetPiece.get(i)) continue;
            double[] at = plane.pointAt(access.edge[i], access.fraction[i]);
            Coordinate road = new Coordinate(at[0] + plane.originX, at[1] + plane.originY);
            if (crosses(meeting, a, b, centre, road)) wetPiece.set(i);
        }
    }

    private static boolean crosses(
            RobustLineIntersector meeting, Coordinate a, Coordinate b, Coordinate from, Coordinate to) {
        if (Math.max(a.x, b.x) < Math.min(from.x, to.x)
                || Math.min(a.x, b.x) > Math.max(from.x, to.x)
                || Math.max(a.y, b.y) < Math.min(from.y, to.y)
                || Math.min(a.y, b.y) > Math.max(from.y, to.y)) return false;
        meeting.computeIntersection(a, b, from, to);
        return meeting.hasIntersection();
    }

    /** Steps east and north of the 16 directions, as the surface walks them. */
    static final int[] EAST = {1, -1, 0, 0, 1, 1, -1, -1, 2, 2, -2, -2, 1, 1, -1, -1};

    static final int[] NORTH = {0, 0, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 2, -2, 2, -2};

    /** Number of a direction by its steps, at {@code (north + 2) · 5 + east + 2}. */
    private static final int[] DIRECTION = new int[25];

    static {
        for (int d = 0; d < 16; d++) DIRECTION[(NORTH[d] + 2) * 5 + EAST[d] + 2] = d;
    }

    /** Walked away from the road (help comes), or toward it (people come). */
    Terrain walked(Direction direction) {
        return new Walked(direction == Direction.FROM ? 1 : -1);
    }

    private final class Walked implements Terrain {
        private final float sign;

        Walked(float sign) {
            this.sign = sign;
        }

        @Override
        public boolean open(int cell) {
            return cover[cell] != BARRED && !inWater.get(cell);
        }

        private float slope(double rise, double run) {
            if (run <= 0) return 1;
            double slope = sign * rise / run;
            return Math.abs(slope) > steepest ? BARRED : Tobler.factor(slope);
        }

        @Override
        public float step(int from, int to) {
            int cols = grid.cols;
            int dc = to % cols - from % cols;
            int dr = to / cols - from / cols;
            float ground = (cover[from] + cover[to]) / 2;
            if (inWater.get(from) || inWater.get(to)) return BARRED;
            if (Math.abs(dc) == 2 || Math.abs(dr) == 2) {
                // A knight's move passes between the two cells beside its way.
                int beside = Math.abs(dc) == 2 ? dc / 2 : dr / 2 * cols;
                if (inWater.get(from + beside) || inWater.get(to - beside)) return BARRED;
                ground = (2 * ground + cover[from + beside] + cover[to - beside]) / 4;
            }
            if (wetStep != null && (wetStep[from] & 1 << DIRECTION[(dr + 2) * 5 + dc + 2]) != 0) return BARRED;
            float rise = height[to] - height[from];
            if (Float.isNaN(rise) || rise == 0) return ground;
            return ground * slope(rise, Math.sqrt((double) dc * dc + dr * dr) * grid.cellMetres);
        }

        @Override
        public double bar(int from, int to) {
            return banks == null ? 2 : banks.firstMeeting(from, to);
        }

        @Override
        public float piece(int piece, int cell, float metres) {
            if (wetPiece.get(piece)) return BARRED;
            // Nearer than a tenth of a cell heights between centres say nothing of the slope.
            float run = Math.max(metres, (float) grid.cellMetres / 10);
            return pieceRise.length == 0 ? cover[cell] : cover[cell] * slope(pieceRise[piece], run);
        }

        @Override
        public float straight(double x0, double y0, double x1, double y1) {
            if (banks != null && banks.crosses(x0, y0, x1, y1)) return BARRED;
            double length = Math.hypot(x1 - x0, y1 - y0);
            int parts = (int) Math.max(1, Math.ceil(length / (grid.cellMetres / 2)));
            double sum = 0;
            float before = heightAt(x0, y0);
            for (int i = 1; i <= parts; i++) {
                double middle = (i - 0.5) / parts;
                int cell = grid.cellAt(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0));
                double factor = cell < 0 ? 1 : cover[cell];
                float here = heightAt(x0 + (x1 - x0) * i / parts, y0 + (y1 - y0) * i / parts);
                float rise = here - before;
                if (!Float.isNaN(rise) && rise != 0) factor *= slope(rise, length / parts);
                before = here;
                sum += factor;
            }
            return (float) (sum / parts);
        }

        @Override
        public float least() {
            return least;
        }
    }
}
