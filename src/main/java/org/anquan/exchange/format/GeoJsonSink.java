package org.anquan.exchange.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * GeoJSON. In WGS84 it is RFC 7946 (outer rings counterclockwise); in another system it carries the {@code crs} member of
 * the 2008 draft, which GDAL and QGIS obey.
 */
final class GeoJsonSink extends SinkFile {
    private final JsonGenerator out;

    GeoJsonSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        out = new JsonFactory()
                .createGenerator(
                        ObjectWriteContext.empty(),
                        new BufferedOutputStream(Files.newOutputStream(working), 1 << 16),
                        JsonEncoding.UTF8);
        out.writeStartObject();
        out.writeStringProperty("type", "FeatureCollection");
        out.writeStringProperty("name", schema.name());
        String name = crsName();
        if (!name.isEmpty()) {
            out.writeName("crs");
            out.writeStartObject();
            out.writeStringProperty("type", "name");
            out.writeName("properties");
            out.writeStartObject();
            out.writeStringProperty("name", name);
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeName("features");
        out.writeStartArray();
    }

    private String crsName() {
        if (crs().id().equals("EPSG:4326")) return "";
        return crs().epsg().isPresent()
                ? "urn:ogc:def:crs:EPSG::" + crs().epsg().getAsInt()
                : crs().id();
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) {
        out.writeStartObject();
        out.writeStringProperty("type", "Feature");
        Object id = values.get("id");
        if (id instanceof String text) out.writeStringProperty("id", text);
        out.writeName("properties");
        out.writeStartObject();
        for (SinkColumn column : schema.columns()) {
            out.writeName(column.name());
            value(values.get(column.name()));
        }
        out.writeEndObject();
        out.writeName("geometry");
        if (lonLat == null) out.writeNull();
        else geometry(inCrs(lonLat));
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private void value(@Nullable Object value) {
        if (value == null) out.writeNull();
        else if (value instanceof Boolean truth) out.writeBoolean(truth);
        else if (value instanceof Long || value instanceof Integer) out.writeNumber(((Number) value).longValue());
        else if (value instanceof BigDecimal exact) out.writeNumber(exact);
        else if (value instanceof Double number) out.writeNumber(number);
        else if (value instanceof Collection<?> all) {
            out.writeStartArray();
            for (Object one : all) value(one);
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((key, one) -> {
                out.writeName(String.valueOf(key));
                value(one);
            });
            out.writeEndObject();
        } else out.writeString(SinkValues.text(value));
    }

    private void geometry(Geometry geometry) {
        out.writeStartObject();
        boolean collection = geometry instanceof GeometryCollection
                && !(geometry instanceof MultiPoint)
                && !(geometry instanceof MultiLineString)
                && !(geometry instanceof MultiPolygon);
        out.writeStringProperty(
                "type", geometry.getGeometryType().equals("LinearRing") ? "LineString" : geometry.getGeometryType());
        out.writeName(collection ? "geometries" : "coordinates");
        if (collection) {
            out.writeStartArray();
            for (int i = 0; i < geometry.getNumGeometries(); i++) geometry(geometry.getGeometryN(i));
            out.writeEndArray();
        } else coordinates(geometry);
        out.writeEndObject();
    }

    private void coordinates(Geometry geometry) {
        if (geometry instanceof Point point) {
            if (point.isEmpty()) {
                out.writeStartArray();
                out.writeEndArray();
            } else position(point.getX(), point.getY());
            return;
        }
        out.writeStartArray();
        if (geometry instanceof LineString line) sequence(line.getCoordinateSequence(), false);
        else if (geometry instanceof Polygon polygon) {
            if (!polygon.isEmpty()) {
                ring(polygon.getExteriorRing(), true);
                for (int i = 0; i < polygon.getNumInteriorRing(); i++) ring(polygon.getInteriorRingN(i), false);
            }
        } else for (int i = 0; i < geometry.getNumGeometries(); i++) coordinates(geometry.getGeometryN(i));
        out.writeEndArray();
    }

    private void ring(LineString ring, boolean counterclockwise) {
        CoordinateSequence points = ring.getCoordinateSequence();
        boolean turn =
                org.locationtech.jts.algorithm.Orientation.isCCWArea(points.toCoordinateArray()) != counterclockwise;
        out.writeStartArray();
        sequence(points, turn);
        out.writeEndArray();
    }

    private void sequence(CoordinateSequence points, boolean backwards) {
        for (int i = 0; i < points.size(); i++) {
            int at = backwards ? points.size() - 1 - i : i;
            position(points.getX(at), points.getY(at));
        }
    }

    private void position(double x, double y) {
        out.writeStartArray();
        out.writeNumber(SinkValues.coordinate(x, crs()));
        out.writeNumber(SinkValues.coordinate(y, crs()));
        out.writeEndArray();
    }

    @Override
    void writeEnd() {
        out.writeEndArray();
        out.writeEndObject();
    }

    @Override
    void release() {
        out.close();
    }
}
