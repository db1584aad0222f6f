package org.anquan.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * A layer at one version, ready to be cut into tiles: every position once put into the square of Web Mercator (0 to 1,
 * x to the east, y to the south), with an index.
 */
final class TileSource {
    /** Of one feature. A polygon's outer rings and holes follow each other; the outer ones are marked. */
    record Shape(Kind kind, double[][] parts, boolean[] outer) {}

    enum Kind {
        POINT,
        LINE,
        POLYGON
    }

    private final long version;
    private final List<Feature> features;
    private final Shape[] shapes;
    private final STRtree index = new STRtree();

    TileSource(LayerSnapshot snapshot) {
        version = snapshot.state().version();
        features = snapshot.features();
        shapes = new Shape[features.size()];
        for (int i = 0; i < shapes.length; i++) {
            Shape shape = shape(features.get(i).geometry());
            shapes[i] = shape;
            Envelope around = new Envelope();
            for (double[] part : shape.parts())
                for (int at = 0; at < part.length; at += 2) around.expandToInclude(part[at], part[at + 1]);
            if (!around.isNull()) index.insert(around, Integer.valueOf(i));
        }
        index.build();
    }

    long version() {
        return version;
    }

    Feature feature(int i) {
        return features.get(i);
    }

    Shape shape(int i) {
        return shapes[i];
    }

    /** Numbers of the features whose box meets this one, ascending. */
    int[] near(Envelope world) {
        List<Object> found = new ArrayList<>();
        index.query(world, found::add);
        int[] numbers = new int[found.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = (Integer) found.get(i);
        Arrays.sort(numbers);
        return numbers;
    }

    private static Shape shape(Geometry geometry) {
        List<double[]> parts = new ArrayList<>();
        List<Boolean> outer = new ArrayList<>();
        Kind kind = Kind.POINT;
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry one = geometry.getGeometryN(i);
            if (one.isEmpty()) continue;
            if (one instanceof Polygon polygon) {
                kind = Kind.POLYGON;
                add(polygon.getExteriorRing(), true, parts, outer);
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++)
                    add(polygon.getInteriorRingN(hole), false, parts, outer);
            } else if (one instanceof LineString line) {
                kind = Kind.LINE;
                add(line, true, parts, outer);
            } else if (one instanceof Point point) {
                parts.add(world(point.getCoordinateSequence()));
                outer.add(true);
            }
        }
        boolean[] marks = new boolean[outer.size()];
        for (int i = 0; i < marks.length; i++) marks[i] = outer.get(i);
        return new Shape(kind, parts.toArray(double[][]::new), marks);
    }

    private static void add(LineString line, boolean isOuter, List<double[]> parts, List<Boolean> outer) {
        parts.add(world(line.getCoordinateSequence()));
        outer.add(isOuter);
    }

    private static double[] world(CoordinateSequence lonLat) {
        double[] world = new double[2 * lonLat.size()];
        for (int i = 0; i < lonLat.size(); i++) {
            world[2 * i] = worldX(lonLat.getX(i));
            world[2 * i + 1] = worldY(lonLat.getY(i));
        }
        return world;
    }

    static double worldX(double lon) {
        return lon / 360 + 0.5;
    }

    static double worldY(double lat) {
        double sin = Math.sin(Math.toRadians(Math.max(-89.9, Math.min(89.9, lat))));
        double y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
        return Math.max(-0.5, Math.min(1.5, y));
    }
}
