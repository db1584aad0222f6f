package org.anquan.geo;

import java.util.ArrayList;
import java.util.List;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
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
    private static final int LONGEST_QUOTE = 60;

    private GeoJson() {}

    /**
     * @throws ProblemException invalid, saying what is wrong, when the node is not a geometry, a number is missing or a
     *     position lies off the globe
     */
    public static Geometry read(JsonNode node) {
        if (!node.isObject()) throw wrong(Text.of("geo.json.notObject"));
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
            case "" -> throw wrong(Text.of("geo.json.noType"));
            default -> throw wrong(Text.of("geo.json.unknownType", shown(type)));
        };
    }

    private static ProblemException wrong(Text what) {
        return ProblemException.invalid("geo.geometry", what);
    }

    /** As much of what was given as fits into a sentence. */
    private static String shown(String given) {
        return given.length() <= LONGEST_QUOTE ? given : given.substring(0, LONGEST_QUOTE) + "…";
    }

    private static <T> List<T> list(JsonNode array, java.util.function.Function<JsonNode, T> each) {
        if (!array.isArray()) throw wrong(Text.of("geo.json.noList"));
        List<T> all = new ArrayList<>(array.size());
        for (JsonNode one : array) all.add(each.apply(one));
        return all;
    }

    private static Coordinate position(JsonNode pair) {
        if (!pair.isArray()
                || pair.size() < 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isNumber()) throw wrong(Text.of("geo.json.notPosition", shown(pair.toString())));
        double lon = pair.get(0).asDouble();
        double lat = pair.get(1).asDouble();
        if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw wrong(Text.of("geo.json.offGlobe", lon, lat));
        return new Coordinate(lon, lat);
    }

    private static Coordinate[] positions(JsonNode array, int atLeast) {
        List<Coordinate> all = list(array, GeoJson::position);
        if (all.size() < atLeast) throw wrong(Text.of("geo.json.tooFew", atLeast, all.size()));
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
        if (!all[0].equals2D(all[all.length - 1])) throw wrong(Text.of("geo.json.openRing"));
        return FACTORY.createLinearRing(all);
    }

    /** Writes with seven decimals: right for answers, one centimetre on the ground. */
    public static void write(JsonGenerator out, Geometry geometry) {
        write(out, geometry, GeoJson::writeShort);
    }

    /** Writes every digit, so that reading gives the same geometry bit for bit: for files that are imported again. */
    public static void writeExact(JsonGenerator out, Geometry geometry) {
        write(out, geometry, JsonGenerator::writeNumber);
    }

    private interface Number {
        void write(JsonGenerator out, double degrees);
    }

    private static void write(JsonGenerator out, Geometry geometry, Number number) {
        out.writeStartObject();
        out.writeStringProperty(
                "type", geometry.getGeometryType().equals("LinearRing") ? "LineString" : geometry.getGeometryType());
        if (geometry instanceof GeometryCollection collection
                && !(geometry instanceof MultiPoint)
                && !(geometry instanceof MultiLineString)
                && !(geometry instanceof MultiPolygon)) {
            out.writeArrayPropertyStart("geometries");
            for (int i = 0; i < collection.getNumGeometries(); i++) write(out, collection.getGeometryN(i), number);
            out.writeEndArray();
        } else {
            out.writeName("coordinates");
            writeCoordinates(out, geometry, number);
        }
        out.writeEndObject();
    }

    private static void writeCoordinates(JsonGenerator out, Geometry geometry, Number number) {
        if (geometry instanceof Point point) {
            if (point.isEmpty()) {
                out.writeStartArray();
                out.writeEndArray();
            } else writePosition(out, point.getX(), point.getY(), number);
        } else if (geometry instanceof LineString line) {
            out.writeStartArray();
            var sequence = line.getCoordinateSequence();
            for (int i = 0; i < sequence.size(); i++) writePosition(out, sequence.getX(i), sequence.getY(i), number);
            out.writeEndArray();
        } else if (geometry instanceof Polygon polygon) {
            out.writeStartArray();
            if (!polygon.isEmpty()) {
                writeCoordinates(out, polygon.getExteriorRing(), number);
                for (int i = 0; i < polygon.getNumInteriorRing(); i++)
                    writeCoordinates(out, polygon.getInteriorRingN(i), number);
            }
            out.writeEndArray();
        } else {
            out.writeStartArray();
            for (int i = 0; i < geometry.getNumGeometries(); i++)
                writeCoordinates(out, geometry.getGeometryN(i), number);
            out.writeEndArray();
        }
    }

    private static void writePosition(JsonGenerator out, double lon, double lat, Number number) {
        out.writeStartArray();
        number.write(out, lon);
        number.write(out, lat);
        out.writeEndArray();
    }

    private static void writeShort(JsonGenerator out, double degrees) {
        out.writeNumber(Math.round(degrees * DECIMALS) / DECIMALS);
    }
}
