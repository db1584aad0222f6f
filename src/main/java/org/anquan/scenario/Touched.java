package org.anquan.scenario;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.anquan.geo.Distances;
import org.anquan.network.RoadGraph;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;

/**
 * Which stretches of which road sections a line or polygon touches, as shares of the section's length.
 *
 * <p>Lines are straight in lon/lat, those of the roads and those of the closure. The closure's outline is taken in runs of
 * some segments; each run asks the index for the sections near it, and each is cut with the run's segments. Sections that
 * no outline touches lie wholly inside a polygon or wholly outside. Of a section that is crossed often, one place is looked
 * for; from there on every clean crossing leads from inside to outside or back.
 */
final class Touched {
    private static final int RUN = 16;
    /** A polygon of more vertices pays for an index of its own. */
    private static final int INDEXED_FROM = 50;

    private final RoadGraph graph;
    private final Sections sections;
    private final Map<Integer, Marks> marks = new HashMap<>();

    /** Finds sections whose box meets a box. */
    interface Sections {
        void near(Envelope box, Consumer<Integer> edge);
    }

    /** Takes what was found: the section, and from, until as shares of its length. */
    interface Stretches {
        void take(int edge, double from, double until);
    }

    Touched(RoadGraph graph, Sections sections) {
        this.graph = graph;
        this.sections = sections;
    }

    /** @param geometry of lines and polygons; lon, lat */
    void by(Geometry geometry, Stretches out) {
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            marks.clear();
            part.apply((GeometryComponentFilter) line -> {
                if (line instanceof LineString one) outline(one.getCoordinateSequence());
            });
            if (part instanceof Polygon polygon) inside(polygon, out);
            else marks.forEach((edge, found) -> found.pointsAndOverlaps(edge, out));
        }
    }

    private void outline(CoordinateSequence line) {
        for (int from = 0; from + 1 < line.size(); from += RUN) {
            int until = Math.min(from + RUN, line.size() - 1);
            Envelope box = new Envelope();
            for (int i = from; i <= until; i++) box.expandToInclude(line.getX(i), line.getY(i));
            int first = from;
            sections.near(box, edge -> cross(edge, line, first, until, box));
        }
    }

    /** Places of one section where an outline meets it: number of the piece plus share of the piece. */
    private static final class Marks {
        double[] at = new double[4];
        int count;
        /** Marks where the section does not simply cross one segment: at a corner of either, or along it. */
        double[] unclear = new double[0];

        int unclearCount;
        /** Pairs of marks between which the section runs along the outline. */
        double[] along = new double[0];

        /** @param clean whether the inner part of a piece of the section crosses the inner part of a segment */
        void add(double mark, boolean clean) {
            if (count == at.length) at = Arrays.copyOf(at, 2 * count);
            at[count++] = mark;
            if (clean) return;
            if (unclearCount == unclear.length) unclear = Arrays.copyOf(unclear, Math.max(4, 2 * unclearCount));
            unclear[unclearCount++] = mark;
        }

        void run(double from, double until) {
            add(from, false);
            add(until, false);
            along = Arrays.copyOf(along, along.length + 2);
            along[along.length - 2] = Math.min(from, until);
            along[along.length - 1] = Math.max(from, until);
        }

        void pointsAndOverlaps(int edge, Stretches out) {
            for (int i = 0; i < count; i++) out.take(edge, at[i], at[i]);
            for (int i = 0; i < along.length; i += 2) out.take(edge, along[i], along[i + 1]);
        }
    }

    private void cross(int edge, CoordinateSequence line, int from, int until, Envelope box) {
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        int first = graph.shapeFirst(edge);
        int last = graph.shapeFirst(edge + 1) - 1;
        for (int p = first; p < last; p++) {
            double west = Math.min(lon[p], lon[p + 1]);
            double east = Math.max(lon[p], lon[p + 1]);
            double south = Math.min(lat[p], lat[p + 1]);
            double north = Math.max(lat[p], lat[p + 1]);
            if (east < box.getMinX() || west > box.getMaxX() || north < box.getMinY() || south > box.getMaxY())
                continue;
            for (int i = from; i < until; i++) {
                double ax = line.getX(i);
                double ay = line.getY(i);
                double bx = line.getX(i + 1);
                double by = line.getY(i + 1);
                if (Math.max(ax, bx) < west
                        || Math.min(ax, bx) > east
                        || Math.max(ay, by) < south
                        || Math.min(ay, by) > north) continue;
                cross(edge, p - first, lon[p], lat[p], lon[p + 1], lat[p + 1], ax, ay, bx, by);
            }
        }
    }

    private void cross(
            int edge,
            int piece,
            double px,
            double py,
            double qx,
            double qy,
            double ax,
            double ay,
            double bx,
            double by) {
        double dx = qx - px;
        double dy = qy - py;
        double ex = bx - ax;
        double ey = by - ay;
        double turn = dx * ey - dy * ex;
        double size = Math.abs(dx * ey) + Math.abs(dy * ex);
        if (Math.abs(turn) > 1e-12 * size && size > 0) {
            double t = ((ax - px) * ey - (ay - py) * ex) / turn;
            double s = ((ax - px) * dy - (ay - py) * dx) / turn;
            if (t >= -1e-12 && t <= 1 + 1e-12 && s >= -1e-12 && s <= 1 + 1e-12)
                marks.computeIfAbsent(edge, e -> new Marks())
                        .add(piece + Math.max(0, Math.min(1, t)), inner(t) && inner(s));
            return;
        }
        // Parallel, or one of them is a point.
        double length = dx * dx + dy * dy;
        if (length == 0) {
            if (distance(px, py, ax, ay, bx, by) < 1e-12)
                marks.computeIfAbsent(edge, e -> new Marks()).add(piece, false);
            return;
        }
        if (Math.min(distance(ax, ay, px, py, qx, qy), distance(bx, by, px, py, qx, qy)) > 1e-12
                && Math.min(distance(px, py, ax, ay, bx, by), distance(qx, qy, ax, ay, bx, by)) > 1e-12) return;
        double one = ((ax - px) * dx + (ay - py) * dy) / length;
        double other = ((bx - px) * dx + (by - py) * dy) / length;
        double begin = Math.max(0, Math.min(one, other));
        double end = Math.min(1, Math.max(one, other));
        if (begin <= end) marks.computeIfAbsent(edge, e -> new Marks()).run(piece + begin, piece + end);
    }

    /** Surely between both ends, whatever was rounded. */
    private static boolean inner(double share) {
        return share > 1e-6 && share < 1 - 1e-6;
    }

    private static double distance(double x, double y, double ax, double ay, double bx, double by) {
        double dx = bx - ax;
        double dy = by - ay;
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
        return Math.hypot(x - ax - t * dx, y - ay - t * dy);
    }

    private void inside(Polygon polygon, Stretches out) {
        PointOnGeometryLocator locator = polygon.getNumPoints() > INDEXED_FROM
                ? new IndexedPointInAreaLocator(polygon)
                : new SimplePointInAreaLocator((Geometry & Polygonal) polygon);
        Coordinate place = new Coordinate();
        sections.near(polygon.getEnvelopeInternal(), edge -> {
            Marks found = marks.get(edge);
            int pieces = graph.shapeFirst(edge + 1) - 1 - graph.shapeFirst(edge);
            if (found == null) {
                if (within(locator, edge, 0, place)) out.take(edge, 0, pieces);
                return;
            }
            between(locator, edge, found, pieces, place, out);
            // What only touches is blocked at that point.
            found.pointsAndOverlaps(edge, out);
        });
    }

    /** The stretches between marks that lie inside. */
    private void between(
            PointOnGeometryLocator locator, int edge, Marks found, int pieces, Coordinate place, Stretches out) {
        double[] at = Arrays.copyOf(found.at, found.count + 2);
        at[found.count] = 0;
        at[found.count + 1] = pieces;
        Arrays.sort(at);
        double[] unclear = Arrays.copyOf(found.unclear, found.unclearCount);
        Arrays.sort(unclear);
        boolean known = false;
        boolean inside = false;
        for (int i = 0; i + 1 < at.length; i++) {
            if (i > 0) {
                // The start of the section is no crossing, and several at one mark are each counted.
                boolean clean = at[i] > 0 && Arrays.binarySearch(unclear, at[i]) < 0;
                known &= clean;
                inside = !inside;
            }
            if (at[i + 1] <= at[i]) continue;
            if (!known) inside = within(locator, edge, inOnePiece(at[i], at[i + 1]), place);
            known = true;
            if (inside) out.take(edge, at[i], at[i + 1]);
        }
    }

    /** Between two marks nothing is crossed, so any place between them tells; one off the corners is safest. */
    private static double inOnePiece(double from, double until) {
        double middle = (from + until) / 2;
        double piece = Math.floor(middle);
        return (Math.max(from, piece) + Math.min(until, piece + 1)) / 2;
    }

    private boolean within(PointOnGeometryLocator locator, int edge, double mark, Coordinate place) {
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        int first = graph.shapeFirst(edge);
        int last = graph.shapeFirst(edge + 1) - 1;
        int p = Math.min(first + (int) mark, Math.max(first, last - 1));
        double t = mark - (p - first);
        place.x = lon[p] + t * (lon[Math.min(last, p + 1)] - lon[p]);
        place.y = lat[p] + t * (lat[Math.min(last, p + 1)] - lat[p]);
        return locator.locate(place) != Location.EXTERIOR;
    }

    /** Turns marks (piece and share of the piece) into shares of the section's length. */
    static double[] shares(RoadGraph graph, int edge, double[] marks) {
        int first = graph.shapeFirst(edge);
        int pieces = graph.shapeFirst(edge + 1) - 1 - first;
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        double[] along = new double[pieces + 1];
        for (int p = 0; p < pieces; p++)
            along[p + 1] =
                    along[p] + Distances.metres(lon[first + p], lat[first + p], lon[first + p + 1], lat[first + p + 1]);
        double all = along[pieces];
        double[] shares = new double[marks.length];
        for (int i = 0; i < marks.length; i++) {
            if (all == 0) {
                shares[i] = marks[i] <= 0 ? 0 : 1;
                continue;
            }
            int p = Math.max(0, Math.min(pieces - 1, (int) marks[i]));
            shares[i] = (along[p] + (marks[i] - p) * (along[p + 1] - along[p])) / all;
        }
        return shares;
    }
}
