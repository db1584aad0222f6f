package org.anquan.geo;

import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/**
 * A metric coordinate system for measuring near a place: CGCS2000 3-degree Gauss-Krüger of the zone that holds it
 * ({@code central meridian = 3·floor((lon+1.5)/3)}), x east and y north in metres, false easting 500 km. Within a zone
 * lengths are true to 0.03 %. It is made from its parameters, not from the EPSG database, whose first use takes about
 * four seconds. Immutable and safe for many threads.
 */
public final class MetricCrs {
    private static final String GEOGRAPHIC = "GEOGCS[\"CGCS2000\",DATUM[\"China_2000\","
            + "SPHEROID[\"CGCS2000\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],"
            + "UNIT[\"degree\",0.0174532925199433],AXIS[\"Lon\",EAST],AXIS[\"Lat\",NORTH]]";

    private final int centralMeridianDegrees;
    private final CoordinateReferenceSystem crs;
    private final MathTransform forward;
    private final MathTransform backward;

    private MetricCrs(int centralMeridianDegrees) {
        this.centralMeridianDegrees = centralMeridianDegrees;
        try {
            CoordinateReferenceSystem geographic = CRS.parseWKT(GEOGRAPHIC);
            crs = CRS.parseWKT("PROJCS[\"CGCS2000 3-degree Gauss-Kruger CM " + centralMeridianDegrees + "\","
                    + GEOGRAPHIC
                    + ",PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
                    + "PARAMETER[\"central_meridian\"," + centralMeridianDegrees + "],PARAMETER[\"scale_factor\",1],"
                    + "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],"
                    + "AXIS[\"X\",EAST],AXIS[\"Y\",NORTH]" + authority(centralMeridianDegrees) + "]");
            forward = CRS.findMathTransform(geographic, crs, true);
            backward = forward.inverse();
        } catch (FactoryException | org.geotools.api.referencing.operation.NoninvertibleTransformException e) {
            throw new IllegalStateException("no metric coordinate system for " + centralMeridianDegrees, e);
        }
    }

    /** EPSG:4534 to 4554 are those of 75° to 135°, without zone in the easting; a file of ours is known by it elsewhere. */
    private static String authority(int meridian) {
        return meridian < 75 || meridian > 135 ? "" : ",AUTHORITY[\"EPSG\",\"" + (4534 + (meridian - 75) / 3) + "\"]";
    }

    /** The system of the zone that holds this longitude (degrees). */
    public static MetricCrs at(double lon) {
        return new MetricCrs(3 * (int) Math.floor((lon + 1.5) / 3));
    }

    public int centralMeridianDegrees() {
        return centralMeridianDegrees;
    }

    public CoordinateReferenceSystem crs() {
        return crs;
    }

    /** Turns {@code count} pairs lon, lat (degrees) into x, y (metres); {@code from} and {@code to} may be one array. */
    public void toMetres(double[] from, int fromAt, double[] to, int toAt, int count) {
        run(forward, from, fromAt, to, toAt, count);
    }

    /** Turns {@code count} pairs x, y (metres) into lon, lat (degrees); {@code from} and {@code to} may be one array. */
    public void toLonLat(double[] from, int fromAt, double[] to, int toAt, int count) {
        run(backward, from, fromAt, to, toAt, count);
    }

    public double[] toMetres(double lon, double lat) {
        double[] pair = {lon, lat};
        toMetres(pair, 0, pair, 0, 1);
        return pair;
    }

    public double[] toLonLat(double x, double y) {
        double[] pair = {x, y};
        toLonLat(pair, 0, pair, 0, 1);
        return pair;
    }

    /** A copy of a lon, lat geometry in metres. */
    public Geometry toMetres(Geometry lonLat) {
        return moved(lonLat, forward);
    }

    /** A copy of a metric geometry in lon, lat. */
    public Geometry toLonLat(Geometry metric) {
        return moved(metric, backward);
    }

    private static Geometry moved(Geometry geometry, MathTransform transform) {
        Geometry copy = geometry.copy();
        copy.apply(new CoordinateSequenceFilter() {
            private final double[] pair = new double[2];

            @Override
            public void filter(CoordinateSequence sequence, int i) {
                pair[0] = sequence.getX(i);
                pair[1] = sequence.getY(i);
                run(transform, pair, 0, pair, 0, 1);
                sequence.setOrdinate(i, 0, pair[0]);
                sequence.setOrdinate(i, 1, pair[1]);
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return true;
            }
        });
        copy.geometryChanged();
        return copy;
    }

    private static void run(MathTransform transform, double[] from, int fromAt, double[] to, int toAt, int count) {
        try {
            transform.transform(from, fromAt, to, toAt, count);
        } catch (TransformException e) {
            throw new IllegalArgumentException("coordinates lie outside the reach of the projection", e);
        }
    }
}
