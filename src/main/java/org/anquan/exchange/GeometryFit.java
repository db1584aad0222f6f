package org.anquan.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anquan.catalog.GeometryKind;
import org.anquan.geo.GeoJson;
import org.anquan.geo.GeometryMend;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.Puntal;

/** Makes a geometry of a file fit for a layer, where that can be done without guessing what was meant. */
final class GeometryFit {
    private GeometryFit() {}

    /**
     * @param geometry null where it does not fit
     * @param wrong why not, or null
     * @param mends what was done to it, for the report
     */
    record Fitted(@Nullable Geometry geometry, @Nullable Text wrong, List<Text> mends) {}

    static Fitted fit(Geometry given, GeometryKind kind) {
        List<Text> mends = new ArrayList<>(1);
        Geometry geometry = flat(given, mends);
        if (geometry.isEmpty()) return new Fitted(null, Text.of("catalog.geometry.empty"), mends);
        if (geometry instanceof Point) return new Fitted(geometry, null, mends);
        if (geometry instanceof MultiPoint && geometry.getNumGeometries() == 1)
            return new Fitted(geometry.getGeometryN(0), null, mends);
        Optional<GeometryMend.Mended> mended = GeometryMend.mend(geometry);
        if (mended.isPresent()) {
            Geometry sound = mended.get().geometry();
            if (sound == null)
                return new Fitted(
                        null,
                        Text.of("exchange.geometry.beyondMending", mended.get().fault()),
                        mends);
            mends.add(Text.of("exchange.mend.geometry"));
            geometry = sound;
        }
        if (kind != GeometryKind.POINT) return new Fitted(geometry, null, mends);
        if (geometry instanceof Polygonal) mends.add(Text.of("exchange.mend.areaToPoint"));
        else if (geometry instanceof Puntal) mends.add(Text.of("exchange.mend.pointsToPoint"));
        else return new Fitted(geometry, null, mends);
        return new Fitted(geometry.getInteriorPoint(), null, mends);
    }

    /** A collection of parts of one kind is a multi-part geometry, oddly written. */
    private static Geometry flat(Geometry given, List<Text> mends) {
        if (!(given instanceof GeometryCollection)
                || given instanceof MultiPoint
                || given instanceof MultiLineString
                || given instanceof MultiPolygon) return given;
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < given.getNumGeometries(); i++) {
            Geometry part = given.getGeometryN(i);
            for (int k = 0; k < part.getNumGeometries(); k++) parts.add(part.getGeometryN(k));
        }
        Geometry built = GeoJson.FACTORY.buildGeometry(parts);
        boolean oneKind = !built.getGeometryType().equals("GeometryCollection");
        if (oneKind) mends.add(Text.of("exchange.mend.collection"));
        return oneKind ? built : given;
    }
}
