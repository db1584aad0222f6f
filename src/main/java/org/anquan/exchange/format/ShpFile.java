package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The geometries of a {@code .shp}, after ESRI's white paper of July 1998: points, multipoints, lines and polygons, plain
 * and with Z or M (which are left out), and null shapes. Outer rings run clockwise, holes the other way; a hole belongs
 * to the smallest outer ring around it, and one without any becomes a polygon of its own.
 */
final class ShpFile implements AutoCloseable {
    static final int FILE_CODE = 9994;
    private static final int HEADER_BYTES = 100;

    private final DataInputStream in;
    private final String fileName;
    private final FormatLimits limits;
    private final long size;
    private final int shapeType;
    private long at = HEADER_BYTES;
    private int number;

    ShpFile(Path file, FormatLimits limits, String fileName) throws IOException {
        this.limits = limits;
        this.fileName = fileName;
        this.size = Files.size(file);
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        this.in = new DataInputStream(raw);
        try {
            byte[] header = in.readNBytes(HEADER_BYTES);
            ByteBuffer buffer = ByteBuffer.wrap(header);
            if (header.length < HEADER_BYTES || buffer.getInt(0) != FILE_CODE)
                throw ProblemException.invalid("exchange.format.notShp", fileName);
            shapeType = buffer.order(ByteOrder.LITTLE_ENDIAN).getInt(32);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    int shapeType() {
        return shapeType;
    }

    /** Whether this kind carries heights, which are left out. */
    boolean hasHeights() {
        return shapeType >= 11 && shapeType <= 18;
    }

    /** Share of the file read so far. */
    double progress() {
        return size == 0 ? 1 : (double) at / size;
    }

    /** Number of the shape that was read last, from 1. */
    int number() {
        return number;
    }

    /** One shape; {@code geometry} is null for a null shape and for a bad one. */
    record Shape(@Nullable Geometry geometry, List<Problem> problems) {}

    /** The next shape, or null at the end. */
    @Nullable
    Shape next() throws IOException {
        if (at >= size) return null;
        number++;
        int words;
        try {
            in.readInt();
            words = in.readInt();
        } catch (EOFException e) {
            throw ProblemException.invalid("exchange.format.shpBreaks", fileName, number)
                    .causedBy(e);
        }
        long bytes = 2L * words;
        at += 8;
        if (bytes < 4 || at + bytes > size)
            throw ProblemException.invalid("exchange.format.shpBreaks", fileName, number);
        at += bytes;
        List<Problem> problems = new ArrayList<>();
        if (bytes > 64L + 40L * limits.maxVertices()) {
            in.skipNBytes(bytes);
            problems.add(refused(Text.of("exchange.format.vertices.detail", limits.maxVertices())));
            return new Shape(null, problems);
        }
        byte[] content = in.readNBytes((int) bytes);
        if (content.length < bytes) throw ProblemException.invalid("exchange.format.shpBreaks", fileName, number);
        Geometry geometry = shape(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN), problems);
        return new Shape(geometry, problems);
    }

    private static Problem refused(Text why) {
        return Problem.refused("geometry", null, why);
    }

    private @Nullable Geometry shape(ByteBuffer in, List<Problem> problems) {
        int type = in.getInt(0);
        Geometry geometry = switch (type) {
            case 0 -> null;
            case 1, 11, 21 -> point(in, problems);
            case 8, 18, 28 -> multiPoint(in, problems);
            case 3, 13, 23 -> lines(in, problems);
            case 5, 15, 25 -> polygons(in, problems);
            default -> {
                problems.add(refused(Text.of("exchange.format.shpType", type)));
                yield null;
            }
        };
        if (geometry == null || Shapes.isFinite(geometry)) return geometry;
        problems.add(refused(Text.of("exchange.format.shpNumbers")));
        return null;
    }

    private static @Nullable Geometry broken(List<Problem> problems) {
        problems.add(refused(Text.of("exchange.format.shpNumbers")));
        return null;
    }

    private static @Nullable Geometry point(ByteBuffer in, List<Problem> problems) {
        if (in.limit() < 20) return broken(problems);
        Coordinate at = new Coordinate(in.getDouble(4), in.getDouble(12));
        // Below -1e38 means "no data" in this format.
        if (at.x < -1e38 || at.y < -1e38) return null;
        return Shapes.FACTORY.createPoint(at);
    }

    private static @Nullable Geometry multiPoint(ByteBuffer in, List<Problem> problems) {
        if (in.limit() < 40) return broken(problems);
        int count = in.getInt(36);
        if (count < 0 || 40L + 16L * count > in.limit()) return broken(problems);
        return Shapes.FACTORY.createMultiPointFromCoords(coordinates(in, 40, count));
    }

    private static Coordinate[] coordinates(ByteBuffer in, int from, int count) {
        Coordinate[] all = new Coordinate[count];
        for (int i = 0; i < count; i++)
            all[i] = new Coordinate(in.getDouble(from + 16 * i), in.getDouble(from + 16 * i + 8));
        return all;
    }

    /** The parts of a line or polygon; null where the counts do not fit the record. */
    private static @Nullable List<Coordinate[]> parts(ByteBuffer in) {
        if (in.limit() < 44) return null;
        int parts = in.getInt(36);
        int points = in.getInt(40);
        if (parts < 0 || points < 0 || 44L + 4L * parts + 16L * points > in.limit()) return null;
        int from = 44 + 4 * parts;
        List<Coordinate[]> all = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int first = in.getInt(44 + 4 * p);
            int end = p + 1 < parts ? in.getInt(48 + 4 * p) : points;
            if (first < 0 || end < first || end > points) return null;
            all.add(coordinates(in, from + 16 * first, end - first));
        }
        return all;
    }

    private static @Nullable Geometry lines(ByteBuffer in, List<Problem> problems) {
        List<Coordinate[]> parts = parts(in);
        if (parts == null) return broken(problems);
        List<LineString> lines = new ArrayList<>();
        for (Coordinate[] part : parts) {
            if (part.length >= 2) lines.add(Shapes.FACTORY.createLineString(part));
            else problems.add(Problem.mended("geometry", null, Text.of("exchange.format.shortLineDropped")));
        }
        if (lines.isEmpty()) {
            problems.add(refused(Text.of("exchange.format.shortLine")));
            return null;
        }
        return lines.size() == 1
                ? lines.get(0)
                : Shapes.FACTORY.createMultiLineString(lines.toArray(LineString[]::new));
    }

    private static @Nullable Geometry polygons(ByteBuffer in, List<Problem> problems) {
        List<Coordinate[]> parts = parts(in);
        if (parts == null) return broken(problems);
        List<LinearRing> rings = new ArrayList<>();
        for (Coordinate[] part : parts) {
            LinearRing ring = Shapes.ring(part, problems);
            if (ring != null) rings.add(ring);
        }
        if (rings.isEmpty()) {
            problems.add(refused(Text.of("exchange.format.noRing")));
            return null;
        }
        return polygons(rings);
    }

    /** Rings of one shape as shells with their holes. */
    static Geometry polygons(List<LinearRing> rings) {
        if (rings.size() == 1) return Shapes.FACTORY.createPolygon(rings.get(0));
        List<Ring> shells = new ArrayList<>();
        List<LinearRing> holes = new ArrayList<>();
        for (LinearRing ring : rings)
            if (Orientation.isCCWArea(ring.getCoordinates())) holes.add(ring);
            else shells.add(new Ring(ring));
        if (shells.isEmpty()) {
            // All the wrong way round: then what lies in nothing else is a shell.
            for (LinearRing ring : holes) shells.add(new Ring(ring));
            return byContainment(shells);
        }
        STRtree index = new STRtree();
        for (Ring shell : shells) index.insert(shell.line.getEnvelopeInternal(), shell);
        List<Ring> all = new ArrayList<>(shells);
        for (LinearRing hole : holes) {
            Ring around = smallestAround(hole, index);
            if (around == null) all.add(new Ring(hole));
            else around.holes.add(hole);
        }
        return of(all);
    }

    private static Geometry byContainment(List<Ring> rings) {
        List<Ring> byArea = new ArrayList<>(rings);
        byArea.sort(Comparator.comparingDouble((Ring r) -> -r.area));
        STRtree index = new STRtree();
        for (Ring ring : byArea) index.insert(ring.line.getEnvelopeInternal(), ring);
        List<Ring> shells = new ArrayList<>();
        for (Ring ring : byArea) {
            Ring around = smallestAround(ring.line, index);
            if (around == null || around.isHole) shells.add(ring);
            else {
                around.holes.add(ring.line);
                ring.isHole = true;
            }
        }
        return of(shells);
    }

    private static Geometry of(List<Ring> shells) {
        Polygon[] all = shells.stream()
                .map(s -> Shapes.FACTORY.createPolygon(s.line, s.holes.toArray(LinearRing[]::new)))
                .toArray(Polygon[]::new);
        return all.length == 1 ? all[0] : Shapes.FACTORY.createMultiPolygon(all);
    }

    private static final class Ring {
        private final LinearRing line;
        private final double area;
        private final List<LinearRing> holes = new ArrayList<>();
        private boolean isHole;

        Ring(LinearRing line) {
            this.line = line;
            this.area = Math.abs(org.locationtech.jts.algorithm.Area.ofRingSigned(line.getCoordinates()));
        }
    }

    private static @Nullable Ring smallestAround(LinearRing inner, STRtree shells) {
        Ring best = null;
        for (Object one : shells.query(inner.getEnvelopeInternal())) {
            Ring shell = (Ring) one;
            if (shell.line == inner || (best != null && best.area <= shell.area)) continue;
            if (shell.line.getEnvelopeInternal().covers(inner.getEnvelopeInternal()) && isInside(inner, shell.line))
                best = shell;
        }
        return best;
    }

    /** By the first vertex that does not lie on the outer ring; rings may touch. */
    private static boolean isInside(LinearRing inner, LinearRing outer) {
        Coordinate[] ring = outer.getCoordinates();
        for (Coordinate c : inner.getCoordinates()) {
            int where = PointLocation.locateInRing(c, ring);
            if (where != Location.BOUNDARY) return where == Location.INTERIOR;
        }
        return !Arrays.equals(inner.getCoordinates(), ring);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
