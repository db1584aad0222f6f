package org.anquan.exchange.format;

import java.util.ArrayList;
import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one GeoJSON geometry from a token stream, whatever the order of its members. A wrong one is read to its end all
 * the same, and said in the problems; so the next feature is found.
 */
final class JsonGeometry {
    private final FormatLimits limits;
    private final List<Problem> problems;
    private int vertices;
    private @Nullable Text wrong;
    private boolean heights;

    JsonGeometry(FormatLimits limits, List<Problem> problems) {
        this.limits = limits;
        this.problems = problems;
    }

    boolean hasHeights() {
        return heights;
    }

    /** From the present token, which is the geometry's value, to its end. */
    @Nullable
    Geometry read(JsonParser in) {
        if (in.currentToken() == JsonToken.VALUE_NULL) return null;
        Geometry geometry = geometry(in);
        Text why = wrong;
        if (why == null) return geometry;
        problems.add(Problem.refused("geometry", null, why));
        return null;
    }

    private @Nullable Geometry geometry(JsonParser in) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            wrong(Text.of("exchange.format.geometryShape"));
            in.skipChildren();
            return null;
        }
        String type = "";
        Object at = null;
        List<Geometry> parts = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            if (name.equals("type") && token == JsonToken.VALUE_STRING) type = in.getString();
            else if (name.equals("coordinates")) at = coordinates(in);
            else if (name.equals("geometries") && token == JsonToken.START_ARRAY) parts = geometries(in);
            else in.skipChildren();
        }
        if (wrong != null) return null;
        return build(type, at, parts);
    }

    private List<Geometry> geometries(JsonParser in) {
        List<Geometry> all = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Geometry one = geometry(in);
            if (one != null) all.add(one);
        }
        return all;
    }

    /** A Coordinate, a list of such results, or null with something wrong said. */
    private @Nullable Object coordinates(JsonParser in) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            wrong(Text.of("exchange.format.geometryShape"));
            in.skipChildren();
            return null;
        }
        JsonToken first = in.nextToken();
        if (first == JsonToken.VALUE_NUMBER_FLOAT || first == JsonToken.VALUE_NUMBER_INT) return position(in);
        List<Object> all = new ArrayList<>();
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                Object inside = coordinates(in);
                if (inside != null) all.add(inside);
            } else {
                wrong(Text.of("exchange.format.position", String.valueOf(in.getString())));
                in.skipChildren();
            }
        }
        return all;
    }

    private Coordinate position(JsonParser in) {
        double x = number(in);
        double y = Double.NaN;
        int count = 1;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (count == 1) y = number(in);
            else if (count == 2) heights = true;
            in.skipChildren();
            count++;
        }
        if (!Shapes.isFinite(x, y)) wrong(Text.of("exchange.format.position", x + ", " + y));
        if (++vertices > limits.maxVertices()) wrong(Text.of("exchange.format.vertices.detail", limits.maxVertices()));
        return new Coordinate(x, y);
    }

    private static double number(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT)
            return Double.parseDouble(in.getString());
        return Double.NaN;
    }

    private @Nullable Geometry build(String type, @Nullable Object at, @Nullable List<Geometry> parts) {
        return switch (type) {
            case "Point" -> {
                if (at instanceof Coordinate c) yield Shapes.FACTORY.createPoint(c);
                yield at instanceof List<?> none && none.isEmpty() ? Shapes.FACTORY.createPoint() : shape();
            }
            case "MultiPoint" -> {
                Coordinate[] all = line(at);
                yield all == null ? null : Shapes.FACTORY.createMultiPointFromCoords(all);
            }
            case "LineString" -> lineString(at);
            case "MultiLineString" -> {
                List<LineString> lines = new ArrayList<>();
                for (Object one : list(at)) {
                    LineString line = lineString(one);
                    if (line != null) lines.add(line);
                }
                yield wrong == null ? Shapes.FACTORY.createMultiLineString(lines.toArray(LineString[]::new)) : null;
            }
            case "Polygon" -> polygon(at);
            case "MultiPolygon" -> {
                List<Polygon> polygons = new ArrayList<>();
                for (Object one : list(at)) {
                    Polygon polygon = polygon(one);
                    if (polygon != null) polygons.add(polygon);
                }
                yield wrong == null ? Shapes.FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new)) : null;
            }
            case "GeometryCollection" ->
                parts == null ? shape() : Shapes.FACTORY.createGeometryCollection(parts.toArray(Geometry[]::new));
            default -> {
                wrong(Text.of("exchange.format.geometryType", type));
                yield null;
            }
        };
    }

    private List<?> list(@Nullable Object at) {
        if (at instanceof List<?> list) return list;
        shape();
        return List.of();
    }

    private Coordinate @Nullable [] line(@Nullable Object at) {
        List<?> list = list(at);
        if (wrong != null) return null;
        Coordinate[] all = new Coordinate[list.size()];
        for (int i = 0; i < all.length; i++) {
            if (!(list.get(i) instanceof Coordinate c)) {
                shape();
                return null;
            }
            all[i] = c;
        }
        return all;
    }

    private @Nullable LineString lineString(@Nullable Object at) {
        Coordinate[] all = line(at);
        if (all == null) return null;
        if (all.length == 1) {
            wrong(Text.of("exchange.format.shortLine"));
            return null;
        }
        return Shapes.FACTORY.createLineString(all);
    }

    private @Nullable Polygon polygon(@Nullable Object at) {
        LinearRing shell = null;
        List<LinearRing> holes = new ArrayList<>();
        List<?> rings = list(at);
        for (int i = 0; i < rings.size(); i++) {
            Coordinate[] points = line(rings.get(i));
            if (points == null) return null;
            LinearRing ring =
                    points.length == 0 && i == 0 ? Shapes.FACTORY.createLinearRing() : Shapes.ring(points, problems);
            if (i == 0 && ring == null) {
                wrong(Text.of("exchange.format.noRing"));
                return null;
            }
            if (i == 0) shell = ring;
            else if (ring != null) holes.add(ring);
        }
        if (wrong != null) return null;
        return shell == null
                ? Shapes.FACTORY.createPolygon()
                : Shapes.FACTORY.createPolygon(shell, holes.toArray(LinearRing[]::new));
    }

    private @Nullable Geometry shape() {
        wrong(Text.of("exchange.format.geometryShape"));
        return null;
    }

    private void wrong(Text why) {
        if (wrong == null) wrong = why;
    }
}
