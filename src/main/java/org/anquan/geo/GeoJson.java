package org.anquan.geo;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** GeoJSON geometries (RFC 7946), lon before lat, degrees; written with seven decimals (about one centimetre). */
public final class GeoJson {
    /** Every geometry of the service is made by this factory: floating precision, SRID 4326. */
    public static final GeometryFactory FACTORY = new GeometryFactory(new PrecisionModel(), 4326);

    private static final double DECIMALS = 1e7;

    private GeoJson() {}

    /**
     * @throws IllegalArgumentException with a sentence for the user when the node is not a geometry, a number is missing
     *     or a position lies off the globe
     */
    public static Geometry read(JsonNode node) {
        if (!node.isObject()) throw new IllegalArgumentException("a GeoJSON geometry is an object with a type");
        String type = node.path("type").asString("");
        JsonNode at = node.path("coordinates");
        return switch (type) {
            case "Point" -> FACTORY.createPoint(position(at));
            case "MultiPoint" -> FACTORY.createMultiPointFromCoords(positions(at, 0));
            case "LineString" -> line(at);
            case "MultiLineString" ->
                FACTORY.createMultiLineString(list(at, GeoJson::line).toArray(LineString[]::new));
            case "Polygon" -> polygon(at);
            case "MultiPolygon" ->
                FACTORY.createMultiPolygon(list(at, GeoJson::polygon).toArray(Polygon[]::new));
            case "GeometryCollection" ->
                FACTORY.createGeometryCollection(
                        list(node.path("geometries"), GeoJson::read).toArray(Geometry[]::new));
            case "" -> throw new IllegalArgumentException("a GeoJSON geometry needs a type");
            default -> throw new IllegalArgumentException(type + " is no GeoJSON geometry type");
        };
    }

    private static <T> List<T> list(JsonNode array, java.util.function.Function<JsonNode, T> each) {
        if (!array.isArray()) throw new IllegalArgumentException("coordinates are missing or no list");
        List<T> all = new ArrayList<>(array.size());
        for (JsonNode one : array) all.add(each.apply(one));
        return all;
    }

    private static Coordinate position(JsonNode pair) {
        if (!pair.isArray()
                || pair.size() < 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isNumber())
            throw new IllegalArgumentException("a position is [longitude, latitude]; got " + pair);
        double lon = pair.get(0).asDouble();
        double lat = pair.get(1).asDouble();
        if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90))
            throw new IllegalArgumentException(
                    "position [" + lon + ", " + lat + "] lies off the globe; give [longitude, latitude] in degrees");
        return new Coordinate(lon, lat);
    }

    private static Coordinate[] positions(JsonNode array, int atLeast) {
        List<Coordinate> all = list(array, GeoJson::position);
        if (all.size() < atLeast)
            throw new IllegalArgumentException("at least " + atLeast + " positions are needed; got " + all.size());
        return all.toArray(Coordinate[]::new);
    }

    private static LineString line(JsonNode at) {
        return FACTORY.createLineString(positions(at, 2));
    }

    private static Polygon polygon(JsonNode at) {
        List<LinearRing> rings = list(at, GeoJson::ring);
        if (rings.isEmpty()) return FACTORY.createPolygon();
        return FACTORY.createPolygon(
                rings.get(0), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
    }

    private static LinearRing ring(JsonNode at) {
        Coordinate[] all = positions(at, 4);
        if (!all[0].equals2D(all[all.length - 1]))
            throw new IllegalArgumentException("a polygon's ring must end where it begins");
        return FACTORY.createLinearRing(all);
    }

    public static void write(JsonGenerator out, Geometry geometry) {
        out.writeStartObject();
        out.writeStringProperty(
                "type", geometry.getGeometryType().equals("LinearRing") ? "LineString" : geometry.getGeometryType());
        if (geometry instanceof GeometryCollection collection
                && !(geometry instanceof MultiPoint)
                && !(geometry instanceof MultiLineString)
                && !(geometry instanceof MultiPolygon)) {
            out.writeArrayPropertyStart("geometries");
            for (int i = 0; i < collection.getNumGeometries(); i++) write(out, collection.getGeometryN(i));
            out.writeEndArray();
        } else {
            out.writeName("coordinates");
            writeCoordinates(out, geometry);
        }
        out.writeEndObject();
    }

    private static void writeCoordinates(JsonGenerator out, Geometry geometry) {
        if (geometry instanceof Point point) {
            if (point.isEmpty()) {
                out.writeStartArray();
                out.writeEndArray();
            } else writePosition(out, point.getX(), point.getY());
        } else if (geometry instanceof LineString line) {
            out.writeStartArray();
            var sequence = line.getCoordinateSequence();
            for (int i = 0; i < sequence.size(); i++) writePosition(out, sequence.getX(i), sequence.getY(i));
            out.writeEndArray();
        } else if (geometry instanceof Polygon polygon) {
            out.writeStartArray();
            if (!polygon.isEmpty()) {
                writeCoordinates(out, polygon.getExteriorRing());
                for (int i = 0; i < polygon.getNumInteriorRing(); i++)
                    writeCoordinates(out, polygon.getInteriorRingN(i));
            }
            out.writeEndArray();
        } else {
            out.writeStartArray();
            for (int i = 0; i < geometry.getNumGeometries(); i++) writeCoordinates(out, geometry.getGeometryN(i));
            out.writeEndArray();
        }
    }

    private static void writePosition(JsonGenerator out, double lon, double lat) {
        out.writeStartArray();
        out.writeNumber(Math.round(lon * DECIMALS) / DECIMALS);
        out.writeNumber(Math.round(lat * DECIMALS) / DECIMALS);
        out.writeEndArray();
    }
}
