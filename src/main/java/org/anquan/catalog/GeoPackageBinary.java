package org.anquan.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * The geometry blob of GeoPackage (OGC 12-128r18, 2.1.3): a short header, an envelope for all but points, then WKB, all
 * little-endian. Lines and polygons are kept multi-part, as their column says; one part comes back as a single one.
 * Points, the great majority, are written and read without JTS's own WKB classes.
 */
final class GeoPackageBinary {
    private static final int SRS = 4326;
    private static final int LITTLE_ENDIAN = 1;
    private static final int ENVELOPE_XY = 1 << 1;
    private static final int EMPTY = 1 << 4;
    private static final int HEADER = 8;
    private static final int[] ENVELOPE_BYTES = {0, 32, 48, 48, 64};

    private static final int EWKB_SRS = 0x20000000;
    private static final int POINT_BYTES = 21;
    private static final int WKB_POINT = 1;
    private static final int WKB_LINE = 2;
    private static final int WKB_POLYGON = 3;
    private static final int WKB_MULTI = 3;

    private GeoPackageBinary() {}

    /** @param geometry lon, lat; not empty */
    static byte[] write(Geometry geometry) {
        if (geometry instanceof Point) {
            ByteBuffer out = header(HEADER + POINT_BYTES, 0);
            wkb(out, geometry, 0);
            return out.array();
        }
        ByteBuffer out = header(HEADER + 32 + 9 + size(geometry), ENVELOPE_XY);
        Envelope box = geometry.getEnvelopeInternal();
        out.putDouble(box.getMinX())
                .putDouble(box.getMaxX())
                .putDouble(box.getMinY())
                .putDouble(box.getMaxY());
        wkb(out, geometry, 0);
        return out.array();
    }

    /** The same as PostGIS takes it: WKB with the code of the system in its head (EWKB). */
    static byte[] ewkb(Geometry geometry) {
        int bytes = 4 + (geometry instanceof Point ? POINT_BYTES : 9 + size(geometry));
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        wkb(out, geometry, EWKB_SRS);
        return out.array();
    }

    private static void wkb(ByteBuffer out, Geometry geometry, int flags) {
        int single = geometry instanceof Point
                ? WKB_POINT
                : (geometry.getDimension() == 1 ? WKB_LINE : WKB_POLYGON) + WKB_MULTI;
        out.put((byte) 1).putInt(single | flags);
        if (flags != 0) out.putInt(SRS);
        if (geometry instanceof Point point) {
            out.putDouble(point.getX()).putDouble(point.getY());
            return;
        }
        out.putInt(geometry.getNumGeometries());
        for (int i = 0; i < geometry.getNumGeometries(); i++) part(out, geometry.getGeometryN(i));
    }

    private static ByteBuffer header(int size, int flags) {
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'G')
                .put((byte) 'P')
                .put((byte) 0)
                .put((byte) (flags | LITTLE_ENDIAN))
                .putInt(SRS);
    }

    private static int size(Geometry geometry) {
        int bytes = 0;
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            bytes += 9 + 16 * part.getNumPoints();
            if (part instanceof Polygon polygon) bytes += 4 * (1 + polygon.getNumInteriorRing());
        }
        return bytes;
    }

    private static void part(ByteBuffer out, Geometry part) {
        out.put((byte) 1);
        if (part instanceof LineString line) {
            out.putInt(WKB_LINE);
            points(out, line.getCoordinateSequence());
        } else if (part instanceof Polygon polygon) {
            out.putInt(WKB_POLYGON).putInt(1 + polygon.getNumInteriorRing());
            points(out, polygon.getExteriorRing().getCoordinateSequence());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++)
                points(out, polygon.getInteriorRingN(i).getCoordinateSequence());
        } else throw new IllegalArgumentException("no part of a line or polygon: " + part.getGeometryType());
    }

    private static void points(ByteBuffer out, CoordinateSequence points) {
        out.putInt(points.size());
        for (int i = 0; i < points.size(); i++) out.putDouble(points.getX(i)).putDouble(points.getY(i));
    }

    static Geometry read(byte[] blob) {
        int at = wkbAt(blob);
        ByteBuffer wkb = ByteBuffer.wrap(blob, at, blob.length - at).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (wkb.limit() == 21 && wkb.get(0) == 1 && wkb.getInt(1) == WKB_POINT)
            return GeoJson.FACTORY.createPoint(new Coordinate(wkb.getDouble(5), wkb.getDouble(13)));
        byte[] bytes = new byte[blob.length - at];
        wkb.get(0, bytes);
        return fromWkb(bytes);
    }

    /** Reads what {@link #ewkb} made, as the database gives it back. */
    static Geometry readEwkb(byte[] ewkb) {
        ByteBuffer in = ByteBuffer.wrap(ewkb).order(ByteOrder.LITTLE_ENDIAN);
        if (ewkb.length == POINT_BYTES + 4 && ewkb[0] == 1 && in.getInt(1) == (WKB_POINT | EWKB_SRS))
            return GeoJson.FACTORY.createPoint(new Coordinate(in.getDouble(9), in.getDouble(17)));
        return fromWkb(ewkb);
    }

    private static Geometry fromWkb(byte[] bytes) {
        try {
            Geometry geometry = new WKBReader(GeoJson.FACTORY).read(bytes);
            boolean single = geometry instanceof GeometryCollection && geometry.getNumGeometries() == 1;
            return single ? geometry.getGeometryN(0) : geometry;
        } catch (ParseException e) {
            throw new IllegalStateException("a geometry in the store cannot be read", e);
        }
    }

    static boolean isEmpty(byte[] blob) {
        return (blob[3] & EMPTY) != 0;
    }

    static Envelope envelope(byte[] blob) {
        int at = wkbAt(blob);
        ByteBuffer in = ByteBuffer.wrap(blob);
        if (at > HEADER) {
            in.order((blob[3] & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            return new Envelope(in.getDouble(8), in.getDouble(16), in.getDouble(24), in.getDouble(32));
        }
        return read(blob).getEnvelopeInternal();
    }

    private static int wkbAt(byte[] blob) {
        int code = blob.length < HEADER ? 99 : (blob[3] >> 1) & 7;
        if (code >= ENVELOPE_BYTES.length || blob[0] != 'G' || blob[1] != 'P')
            throw new IllegalStateException("a geometry in the store is no GeoPackage geometry");
        return HEADER + ENVELOPE_BYTES[code];
    }
}
