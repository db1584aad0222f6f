package org.anquan.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes one layer as GeoJSON, a feature a line; places on {@link Ground} become longitude and latitude. */
final class GeoJsonFile {
    static final String SOURCE = "示例数据（示意，非真实）";
    private static final String OBSERVED_AT = "2026-03-01T12:00:00+08:00";
    private static final String DISTRICT = "510802";

    private final List<String> features = new ArrayList<>();

    /** One feature's attributes in the order given; {@code null} is no value and is not written. */
    static final class Attributes {
        private final Map<String, Object> values = new LinkedHashMap<>();

        static Attributes named(String name) {
            return new Attributes().with("name", name);
        }

        Attributes with(String attribute, Object value) {
            values.put(attribute, value);
            return this;
        }
    }

    int size() {
        return features.size();
    }

    void add(String id, Geometry geometry, Attributes attributes) {
        attributes
                .with("adminCode", DISTRICT)
                .with("source", SOURCE)
                .with("observedAt", OBSERVED_AT)
                .with("illustrative", true);
        StringBuilder text = new StringBuilder("{\"type\":\"Feature\",\"id\":");
        value(text, id);
        text.append(",\"geometry\":");
        geometry(text, geometry);
        text.append(",\"properties\":{");
        String comma = "";
        for (Map.Entry<String, Object> entry : attributes.values.entrySet()) {
            text.append(comma);
            value(text, entry.getKey());
            text.append(':');
            value(text, entry.getValue());
            comma = ",";
        }
        features.add(text.append("}}").toString());
    }

    private static void value(StringBuilder text, Object value) {
        if (value instanceof String words) {
            if (words.indexOf('"') >= 0 || words.indexOf('\\') >= 0) throw new IllegalArgumentException(words);
            text.append('"').append(words).append('"');
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) text.append(',');
                value(text, list.get(i));
            }
            text.append(']');
        } else text.append(value);
    }

    private static void geometry(StringBuilder text, Geometry geometry) {
        text.append("{\"type\":\"").append(geometry.getGeometryType()).append("\",\"coordinates\":");
        if (geometry instanceof Point point) position(text, point.getCoordinate());
        else if (geometry instanceof LineString line) positions(text, line.getCoordinates());
        else if (geometry instanceof Polygon polygon) rings(text, polygon);
        else if (geometry instanceof MultiPolygon many) {
            for (int i = 0; i < many.getNumGeometries(); i++) {
                text.append(i == 0 ? '[' : ',');
                rings(text, (Polygon) many.getGeometryN(i));
            }
            text.append(']');
        } else throw new IllegalArgumentException("no " + geometry.getGeometryType() + " in the sample");
        text.append('}');
    }

    private static void rings(StringBuilder text, Polygon polygon) {
        text.append('[');
        positions(text, polygon.getExteriorRing().getCoordinates());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            text.append(',');
            positions(text, polygon.getInteriorRingN(i).getCoordinates());
        }
        text.append(']');
    }

    private static void positions(StringBuilder text, Coordinate[] all) {
        text.append('[');
        for (int i = 0; i < all.length; i++) {
            if (i > 0) text.append(',');
            position(text, all[i]);
        }
        text.append(']');
    }

    private static void position(StringBuilder text, Coordinate at) {
        text.append(String.format(Locale.ROOT, "[%.6f,%.6f]", Ground.lon(at), Ground.lat(at)));
    }

    @Override
    public String toString() {
        return "{\"type\":\"FeatureCollection\",\"features\":[\n" + String.join(",\n", features) + "\n]}\n";
    }
}
