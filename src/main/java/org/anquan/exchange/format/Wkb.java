package org.anquan.exchange.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Well-known binary in GeoPackage's wrapping (OGC 12-128r17, 2.1.3), with any envelope, and the ISO and extended marks
 * for Z and M, which are left out. JTS' reader was left aside: a few kilobytes of nested collections overflow its stack.
 */
final class Wkb {
    private static final int DEEPEST = 10;
    private static final int[] ENVELOPE_BYTES = {0, 32, 48, 48, 64};

    private final ByteBuffer in;
    private final FormatLimits limits;
    private final List<Problem> problems;
    private int vertices;
    private boolean heights;

    private Wkb(ByteBuffer in, FormatLimits limits, List<Problem> problems) {
        this.in = in;
        this.limits = limits;
        this.problems = problems;
    }

    private static final class Wrong extends RuntimeException {
        private final transient Text why;

        Wrong(Text why) {
            super(why.key(), null, false, false);
            this.why = why;
        }
    }

    /** Null where there is no geometry or a bad one; then the problems say why. */
    static @Nullable Geometry ofGeoPackage(byte[] blob, String column, FormatLimits limits, List<Problem> problems) {
        if (blob.length == 0) return null;
        try {
            ByteBuffer in = ByteBuffer.wrap(blob);
            if (in.get() != 'G' || in.get() != 'P') throw new Wrong(Text.of("exchange.format.gpkgBlob"));
            in.get();
            int flags = in.get();
            if ((flags & 0x20) != 0) throw new Wrong(Text.of("exchange.format.gpkgExtended"));
            int envelope = (flags >> 1) & 7;
            if (envelope >= ENVELOPE_BYTES.length) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
            in.getInt();
            in.position(in.position() + ENVELOPE_BYTES[envelope]);
            Geometry geometry = new Wkb(in, limits, problems).geometry(0);
            // An empty point is written with NaN.
            return geometry;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            problems.add(Problem.refused(column, null, Text.of("exchange.format.gpkgBlob")));
        } catch (Wrong e) {
            problems.add(Problem.refused(column, null, e.why));
        }
        return null;
    }

    private Geometry geometry(int depth) {
        if (depth > DEEPEST) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
        int order = in.get();
        if (order != 0 && order != 1) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
        in.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int code = in.getInt();
        if ((code & 0x20000000) != 0) in.getInt();
        int plain = code & 0x1fffffff;
        int iso = plain / 1000;
        boolean z = (code & 0x80000000) != 0 || iso == 1 || iso == 3;
        boolean m = (code & 0x40000000) != 0 || iso == 2 || iso == 3;
        heights |= z;
        int ordinates = 2 + (z ? 1 : 0) + (m ? 1 : 0);
        return switch (plain % 1000) {
            case 1 -> point(ordinates);
            case 2 -> line(ordinates);
            case 3 -> polygon(ordinates);
            case 4 -> Shapes.FACTORY.createMultiPoint(parts(Point.class, depth).toArray(Point[]::new));
            case 5 ->
                Shapes.FACTORY.createMultiLineString(
                        parts(LineString.class, depth).toArray(LineString[]::new));
            case 6 ->
                Shapes.FACTORY.createMultiPolygon(parts(Polygon.class, depth).toArray(Polygon[]::new));
            case 7 ->
                Shapes.FACTORY.createGeometryCollection(
                        parts(Geometry.class, depth).toArray(Geometry[]::new));
            default -> throw new Wrong(Text.of("exchange.format.geometryType", "WKB " + plain % 1000));
        };
    }

    private <T extends Geometry> List<T> parts(Class<T> kind, int depth) {
        // A part has five bytes at least, so a lying count ends with the blob.
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / 5) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteOrder order = in.order();
            Geometry part = geometry(depth + 1);
            in.order(order);
            if (!kind.isInstance(part)) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
            all.add(kind.cast(part));
        }
        return all;
    }

    private Point point(int ordinates) {
        Coordinate at = coordinate(ordinates, true);
        return Double.isNaN(at.x) && Double.isNaN(at.y) ? Shapes.FACTORY.createPoint() : Shapes.FACTORY.createPoint(at);
    }

    private Coordinate coordinate(int ordinates, boolean mayBeEmpty) {
        double x = in.getDouble();
        double y = in.getDouble();
        for (int i = 2; i < ordinates; i++) in.getDouble();
        boolean empty = mayBeEmpty && Double.isNaN(x) && Double.isNaN(y);
        if (!empty && !Shapes.isFinite(x, y)) throw new Wrong(Text.of("exchange.format.position", x + ", " + y));
        return new Coordinate(x, y);
    }

    private Coordinate[] coordinates(int ordinates) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / (8 * ordinates)) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
        vertices += count;
        if (vertices > limits.maxVertices())
            throw new Wrong(Text.of("exchange.format.vertices.detail", limits.maxVertices()));
        Coordinate[] all = new Coordinate[count];
        for (int i = 0; i < count; i++) all[i] = coordinate(ordinates, false);
        return all;
    }

    private LineString line(int ordinates) {
        Coordinate[] all = coordinates(ordinates);
        if (all.length == 1) throw new Wrong(Text.of("exchange.format.shortLine"));
        return Shapes.FACTORY.createLineString(all);
    }

    private Polygon polygon(int ordinates) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / 4) throw new Wrong(Text.of("exchange.format.gpkgBlob"));
        if (count == 0) return Shapes.FACTORY.createPolygon();
        LinearRing shell = null;
        List<LinearRing> holes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LinearRing ring = Shapes.ring(coordinates(ordinates), problems);
            if (i == 0) {
                if (ring == null) throw new Wrong(Text.of("exchange.format.noRing"));
                shell = ring;
            } else if (ring != null) holes.add(ring);
        }
        return shell == null
                ? Shapes.FACTORY.createPolygon()
                : Shapes.FACTORY.createPolygon(shell, holes.toArray(LinearRing[]::new));
    }
}
