package org.anquan.exchange;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes WKT with every digit: JTS's own writer stops at sixteen decimals, and reading then gives another
 * number. Of kinds that no layer holds, JTS's is good enough. */
final class ExactWkt {
    private ExactWkt() {}

    static String write(Geometry geometry) {
        if (geometry.isEmpty()) return geometry.toText();
        StringBuilder out = new StringBuilder();
        if (geometry instanceof Point point) return "POINT (" + point.getX() + " " + point.getY() + ")";
        if (geometry instanceof LineString line) points(out.append("LINESTRING "), line.getCoordinateSequence());
        else if (geometry instanceof Polygon polygon) rings(out.append("POLYGON "), polygon);
        else if (geometry instanceof MultiLineString || geometry instanceof MultiPolygon) {
            out.append(geometry instanceof MultiPolygon ? "MULTIPOLYGON (" : "MULTILINESTRING (");
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                if (i > 0) out.append(", ");
                if (geometry.getGeometryN(i) instanceof Polygon polygon) rings(out, polygon);
                else points(out, ((LineString) geometry.getGeometryN(i)).getCoordinateSequence());
            }
            out.append(')');
        } else out.append(geometry.toText());
        return out.toString();
    }

    private static void rings(StringBuilder out, Polygon polygon) {
        points(out.append('('), polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++)
            points(out.append(", "), polygon.getInteriorRingN(i).getCoordinateSequence());
        out.append(')');
    }

    private static void points(StringBuilder out, CoordinateSequence points) {
        out.append('(');
        for (int i = 0; i < points.size(); i++) {
            if (i > 0) out.append(", ");
            out.append(points.getX(i)).append(' ').append(points.getY(i));
        }
        out.append(')');
    }
}
