package org.anquan.doctor;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.Feature;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** The ground inside one or more areas, with its boundary. Degrees; immutable. */
final class Outline {
    private final Geometry area;
    private final IndexedPointInAreaLocator locator;
    private final PreparedGeometry prepared;
    private final LineIndex boundary;

    private Outline(Geometry area) {
        this.area = area;
        this.locator = new IndexedPointInAreaLocator(area);
        this.prepared = PreparedGeometryFactory.prepare(area);
        LineIndex.Builder lines = new LineIndex.Builder();
        lines.add(area);
        this.boundary = lines.build();
    }

    static Outline of(Geometry area) {
        return new Outline(area);
    }

    /** Of all features together; their inner borders are gone. Null where there is no area among them. */
    static @Nullable Outline of(List<Feature> features) {
        List<Geometry> areas = new ArrayList<>();
        for (Feature feature : features) {
            Geometry geometry = feature.geometry();
            if (!(geometry instanceof Polygonal) || geometry.isEmpty()) continue;
            areas.add(geometry.isValid() ? geometry : GeometryFixer.fix(geometry));
        }
        if (areas.isEmpty()) return null;
        Geometry union = areas.size() == 1 ? areas.get(0) : OverlayNGRobust.union(areas);
        return union.isEmpty() || !(union instanceof Polygonal) ? null : new Outline(union);
    }

    boolean contains(double lon, double lat) {
        return locator.locate(new Coordinate(lon, lat)) != Location.EXTERIOR;
    }

    /** Metres to the ground inside; 0 within. */
    double metresOutside(double lon, double lat) {
        return contains(lon, lat) ? 0 : boundary.metresAway(lon, lat, 4e7);
    }

    /** Metres from the place to the boundary, from either side; at most {@code maxMetres}. */
    double metresToBoundary(double lon, double lat, double maxMetres) {
        return boundary.metresAway(lon, lat, maxMetres);
    }

    /** Metres from a whole geometry, by its vertices, to the ground inside; 0 where they meet. */
    double metresOutside(Geometry geometry) {
        if (geometry instanceof Point point) return metresOutside(point.getX(), point.getY());
        if (prepared.intersects(geometry)) return 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (Coordinate at : geometry.getCoordinates())
            nearest = Math.min(nearest, boundary.metresAway(at.x, at.y, 4e7));
        return nearest;
    }

    Geometry area() {
        return area;
    }

    Envelope box() {
        return area.getEnvelopeInternal();
    }
}
