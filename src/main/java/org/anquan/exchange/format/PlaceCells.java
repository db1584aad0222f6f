package org.anquan.exchange.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anquan.exchange.format.SinkOptions.Headings;
import org.anquan.exchange.format.SinkOptions.Places;
import org.anquan.geo.SourceCrs;
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

/** Headings of a written table, and its cells that hold the place. */
final class PlaceCells {
    private final SinkSchema schema;
    private final SinkOptions options;

    PlaceCells(SinkSchema schema, SinkOptions options) {
        this.schema = schema;
        this.options = options;
    }

    List<String> headings() {
        List<String> all = new ArrayList<>();
        Set<String> used = new HashSet<>(placeHeadings());
        for (SinkColumn column : schema.columns()) {
            String plain = options.headings() == Headings.NAMES
                    ? column.name()
                    : column.unit().isEmpty() ? column.title() : column.title() + "（" + column.unit() + "）";
            String free = plain;
            for (int n = 2; !used.add(free); n++) free = plain + " (" + n + ")";
            all.add(free);
        }
        all.addAll(placeHeadings());
        return all;
    }

    private List<String> placeHeadings() {
        if (options.places() == Places.WKT) return List.of("wkt");
        return options.crs().isGeographic() ? List.of("lon", "lat", "wkt") : List.of("easting", "northing", "wkt");
    }

    /** Numbers for points, WKT for the rest; null for what stays empty. */
    List<@Nullable Object> cells(@Nullable Geometry inCrs) {
        List<@Nullable Object> all = new ArrayList<>();
        Point point = inCrs instanceof Point p && !p.isEmpty() ? p : null;
        if (options.places() == Places.COORDINATES) {
            all.add(point == null ? null : rounded(point.getX()));
            all.add(point == null ? null : rounded(point.getY()));
        }
        boolean text = point == null || options.places() == Places.WKT;
        all.add(text && inCrs != null ? wkt(inCrs, options.crs()) : null);
        return all;
    }

    private Double rounded(double number) {
        return Double.valueOf(SinkValues.coordinate(number, options.crs()));
    }

    static String wkt(Geometry geometry, SourceCrs crs) {
        StringBuilder out = new StringBuilder();
        wkt(geometry, crs, out);
        return out.toString();
    }

    private static void wkt(Geometry geometry, SourceCrs crs, StringBuilder out) {
        out.append(
                geometry.getGeometryType().equals("LinearRing")
                        ? "LINESTRING"
                        : geometry.getGeometryType().toUpperCase(java.util.Locale.ROOT));
        out.append(' ');
        body(geometry, crs, out);
    }

    private static void body(Geometry geometry, SourceCrs crs, StringBuilder out) {
        if (geometry.isEmpty()) {
            out.append("EMPTY");
            return;
        }
        out.append('(');
        if (geometry instanceof Point point) points(point.getCoordinateSequence(), crs, out);
        else if (geometry instanceof LineString line) points(line.getCoordinateSequence(), crs, out);
        else if (geometry instanceof Polygon polygon) {
            body(polygon.getExteriorRing(), crs, out);
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                out.append(", ");
                body(polygon.getInteriorRingN(i), crs, out);
            }
        } else
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                if (i > 0) out.append(", ");
                boolean named = geometry instanceof GeometryCollection
                        && !(geometry instanceof MultiPoint)
                        && !(geometry instanceof MultiLineString)
                        && !(geometry instanceof MultiPolygon);
                if (named) wkt(geometry.getGeometryN(i), crs, out);
                else body(geometry.getGeometryN(i), crs, out);
            }
        out.append(')');
    }

    private static void points(CoordinateSequence points, SourceCrs crs, StringBuilder out) {
        for (int i = 0; i < points.size(); i++) {
            if (i > 0) out.append(", ");
            out.append(SinkValues.coordinate(points.getX(i), crs))
                    .append(' ')
                    .append(SinkValues.coordinate(points.getY(i), crs));
        }
    }
}
