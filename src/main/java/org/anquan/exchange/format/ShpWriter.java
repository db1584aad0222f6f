package org.anquan.exchange.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes {@code .shp} and {@code .shx}: outer rings clockwise, holes counterclockwise, each after its outer ring. */
final class ShpWriter implements AutoCloseable {
    private static final int HEADER_BYTES = 100;

    private final int shapeType;
    private final Path shpFile;
    private final Path shxFile;
    private final OutputStream shp;
    private final OutputStream shx;
    private final Envelope box = new Envelope();
    private long shpBytes = HEADER_BYTES;
    private int count;
    private boolean closed;

    ShpWriter(int shapeType, Path shpFile, Path shxFile) throws IOException {
        this.shapeType = shapeType;
        this.shpFile = shpFile;
        this.shxFile = shxFile;
        shp = new BufferedOutputStream(Files.newOutputStream(shpFile), 1 << 16);
        shx = new BufferedOutputStream(Files.newOutputStream(shxFile), 1 << 16);
        shp.write(new byte[HEADER_BYTES]);
        shx.write(new byte[HEADER_BYTES]);
    }

    void write(@Nullable Geometry geometry) throws IOException {
        byte[] content = content(geometry);
        // Readers take offsets as signed; beyond 2 GB the format ends.
        if (shpBytes + 8 + content.length > Integer.MAX_VALUE)
            throw ProblemException.invalid("exchange.format.shpTooLarge", count);
        ByteBuffer head = ByteBuffer.allocate(8).putInt(++count).putInt(content.length / 2);
        ByteBuffer entry = ByteBuffer.allocate(8).putInt((int) (shpBytes / 2)).putInt(content.length / 2);
        shp.write(head.array());
        shp.write(content);
        shx.write(entry.array());
        shpBytes += 8 + content.length;
        if (geometry != null) box.expandToInclude(geometry.getEnvelopeInternal());
    }

    private byte[] content(@Nullable Geometry geometry) {
        if (geometry == null) return little(4).putInt(0).array();
        if (geometry instanceof Point point)
            return little(20)
                    .putInt(1)
                    .putDouble(point.getX())
                    .putDouble(point.getY())
                    .array();
        if (shapeType == 8) return multiPoint(geometry);
        return parts(geometry);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void box(ByteBuffer out, Envelope box) {
        out.putDouble(box.getMinX())
                .putDouble(box.getMinY())
                .putDouble(box.getMaxX())
                .putDouble(box.getMaxY());
    }

    private static byte[] multiPoint(Geometry geometry) {
        int n = geometry.getNumGeometries();
        ByteBuffer out = little(40 + 16 * n).putInt(8);
        box(out, geometry.getEnvelopeInternal());
        out.putInt(n);
        for (int i = 0; i < n; i++) {
            Point point = (Point) geometry.getGeometryN(i);
            out.putDouble(point.getX()).putDouble(point.getY());
        }
        return out.array();
    }

    private byte[] parts(Geometry geometry) {
        List<CoordinateSequence> parts = new ArrayList<>();
        List<Boolean> backwards = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            if (part.isEmpty()) continue;
            if (part instanceof Polygon polygon) {
                ring(polygon.getExteriorRing(), true, parts, backwards);
                for (int h = 0; h < polygon.getNumInteriorRing(); h++)
                    ring(polygon.getInteriorRingN(h), false, parts, backwards);
            } else {
                parts.add(((LineString) part).getCoordinateSequence());
                backwards.add(false);
            }
        }
        int points = 0;
        for (CoordinateSequence part : parts) points += part.size();
        ByteBuffer out = little(44 + 4 * parts.size() + 16 * points).putInt(shapeType);
        box(out, geometry.getEnvelopeInternal());
        out.putInt(parts.size()).putInt(points);
        int at = 0;
        for (CoordinateSequence part : parts) {
            out.putInt(at);
            at += part.size();
        }
        for (int p = 0; p < parts.size(); p++) {
            CoordinateSequence part = parts.get(p);
            for (int i = 0; i < part.size(); i++) {
                int from = backwards.get(p) ? part.size() - 1 - i : i;
                out.putDouble(part.getX(from)).putDouble(part.getY(from));
            }
        }
        return out.array();
    }

    private static void ring(
            LineString ring, boolean clockwise, List<CoordinateSequence> parts, List<Boolean> backwards) {
        CoordinateSequence points = ring.getCoordinateSequence();
        parts.add(points);
        backwards.add(Orientation.isCCWArea(points.toCoordinateArray()) == clockwise);
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        shp.close();
        shx.close();
        header(shpFile, shpBytes);
        header(shxFile, HEADER_BYTES + 8L * count);
    }

    private void header(Path file, long bytes) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
        out.putInt(0, ShpFile.FILE_CODE).putInt(24, (int) (bytes / 2));
        out.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(28, 1000)
                .putInt(32, shapeType)
                .position(36);
        if (box.isNull()) box(out, new Envelope(0, 0, 0, 0));
        else box(out, box);
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.write(out.array());
        }
    }
}
