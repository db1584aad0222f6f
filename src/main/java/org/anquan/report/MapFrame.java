package org.anquan.report;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.anquan.geo.Bbox;
import org.anquan.geo.MetricCrs;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/**
 * The part of the paper that holds the map, and what lies in it. The map is drawn in the Gauss-Krüger zone of the county,
 * grid north upwards.
 *
 * @param box of the frame on the paper, millimetres
 * @param east easting of the frame's left edge, metres
 * @param north northing of its upper edge, metres
 * @param scale n of 1:n
 */
record MapFrame(MetricCrs crs, Rectangle2D box, double east, double north, long scale) {
    /** Points nearer to each other on paper than this are one: a twentieth of a dot of a good printer is not seen. */
    private static final double THIN = 0.03;

    private static final double[] ROUND = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10};
    private static final int STEPS_ALONG_EDGE = 20;

    /** The largest round scale at which all of the area is in the frame, which has it in its middle. */
    static MapFrame around(Bbox area, MetricCrs crs, Rectangle2D box) {
        Envelope metric = metric(area, crs);
        double least = Math.max(metric.getWidth() / box.getWidth(), metric.getHeight() / box.getHeight()) * 1000;
        return around(area, crs, box, round(Math.max(least, 100)));
    }

    static MapFrame around(Bbox area, MetricCrs crs, Rectangle2D box, long scale) {
        Envelope metric = metric(area, crs);
        double metresPerMillimetre = scale / 1000.0;
        return new MapFrame(
                crs,
                box,
                metric.centre().x - box.getWidth() / 2 * metresPerMillimetre,
                metric.centre().y + box.getHeight() / 2 * metresPerMillimetre,
                scale);
    }

    private static long round(double least) {
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : ROUND) if (step * ten >= least - 1e-6) return Math.round(step * ten);
        return Math.round(10 * ten);
    }

    private static Envelope metric(Bbox area, MetricCrs crs) {
        Envelope all = new Envelope();
        for (int i = 0; i <= STEPS_ALONG_EDGE; i++) {
            double lon = area.west() + (area.east() - area.west()) * i / STEPS_ALONG_EDGE;
            double lat = area.south() + (area.north() - area.south()) * i / STEPS_ALONG_EDGE;
            for (double[] at :
                    new double[][] {{lon, area.south()}, {lon, area.north()}, {area.west(), lat}, {area.east(), lat}}) {
                double[] metres = crs.toMetres(at[0], at[1]);
                all.expandToInclude(metres[0], metres[1]);
            }
        }
        return all;
    }

    double metresPerMillimetre() {
        return scale / 1000.0;
    }

    /** Metres of a standard pixel (0.28 mm), as the limits of scale in styles count. */
    double resolution() {
        return scale * 0.000_28;
    }

    /** A place (degrees) on the paper. */
    Point2D at(double lon, double lat) {
        double[] metres = crs.toMetres(lon, lat);
        return new Point2D.Double(
                box.getX() + (metres[0] - east) / metresPerMillimetre(),
                box.getY() + (north - metres[1]) / metresPerMillimetre());
    }

    /** A place on the paper in degrees: lon, lat. */
    double[] lonLat(double x, double y) {
        return crs.toLonLat(
                east + (x - box.getX()) * metresPerMillimetre(), north - (y - box.getY()) * metresPerMillimetre());
    }

    /** What the frame shows, in degrees, with a little around it. */
    Envelope shown() {
        Envelope all = new Envelope();
        for (int i = 0; i <= STEPS_ALONG_EDGE; i++) {
            double x = box.getX() + box.getWidth() * i / STEPS_ALONG_EDGE;
            double y = box.getY() + box.getHeight() * i / STEPS_ALONG_EDGE;
            for (double[] at :
                    new double[][] {{x, box.getMinY()}, {x, box.getMaxY()}, {box.getMinX(), y}, {box.getMaxX(), y}}) {
                double[] place = lonLat(at[0], at[1]);
                all.expandToInclude(place[0], place[1]);
            }
        }
        all.expandBy(all.getWidth() * 0.01);
        return all;
    }

    /** Lines and areas (degrees) on the paper; what is too small to be seen is thinned. */
    Path2D path(Geometry lonLat) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        add(path, lonLat);
        return path;
    }

    private void add(Path2D path, Geometry geometry) {
        if (geometry instanceof GeometryCollection many) {
            for (int i = 0; i < many.getNumGeometries(); i++) add(path, many.getGeometryN(i));
        } else if (geometry instanceof Polygon polygon) {
            if (polygon.isEmpty()) return;
            ring(path, polygon.getExteriorRing());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) ring(path, polygon.getInteriorRingN(i));
        } else if (geometry instanceof LineString line) points(path, line.getCoordinateSequence());
    }

    private void ring(Path2D path, LineString ring) {
        points(path, ring.getCoordinateSequence());
        path.closePath();
    }

    private void points(Path2D path, CoordinateSequence sequence) {
        int count = sequence.size();
        if (count == 0) return;
        double[] all = new double[2 * count];
        for (int i = 0; i < count; i++) {
            all[2 * i] = sequence.getX(i);
            all[2 * i + 1] = sequence.getY(i);
        }
        crs.toMetres(all, 0, all, 0, count);
        double lastX = 0;
        double lastY = 0;
        for (int i = 0; i < count; i++) {
            double x = box.getX() + (all[2 * i] - east) / metresPerMillimetre();
            double y = box.getY() + (north - all[2 * i + 1]) / metresPerMillimetre();
            if (i == 0) path.moveTo(x, y);
            else if (Math.abs(x - lastX) + Math.abs(y - lastY) >= THIN || i == count - 1) path.lineTo(x, y);
            else continue;
            lastX = x;
            lastY = y;
        }
    }

    /** How far true north lies to the right of the paper's upward direction in the middle of the map, radians. */
    double convergence() {
        double[] middle = lonLat(box.getCenterX(), box.getCenterY());
        Point2D from = at(middle[0], middle[1]);
        Point2D to = at(middle[0], middle[1] + 0.01);
        return Math.atan2(to.getX() - from.getX(), from.getY() - to.getY());
    }
}
