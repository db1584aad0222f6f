package org.anquan.ogcapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anquan.geo.Bbox;
import org.anquan.geo.SourceCrs;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/**
 * A coordinate system in which features can be asked for and boxes given, with its axes in the order that its
 * definition says: EPSG:4326 and EPSG:4490 latitude first, the Gauss-Krüger zones (EPSG:4534–4554) northing first.
 * CGCS2000 is taken as equal to WGS84.
 */
final class Crs {
    private static final double EARTH_METRES = 6_378_137;
    /** Where the square of Web Mercator ends. */
    private static final double MERCATOR_LATITUDE = 85.051_128_779_806_59;

    private static final String EPSG = "http://www.opengis.net/def/crs/EPSG/0/";
    static final Crs CRS84 = new Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", false, Kind.DEGREES);
    private static final Crs WGS84 = new Crs(EPSG + 4326, true, Kind.DEGREES);
    private static final Crs CGCS2000 = new Crs(EPSG + 4490, true, Kind.DEGREES);
    private static final Crs MERCATOR = new Crs(EPSG + 3857, false, Kind.MERCATOR);
    private static final List<Crs> ALL = all();
    private static final ConcurrentHashMap<String, SourceCrs> ZONES = new ConcurrentHashMap<>();

    private enum Kind {
        DEGREES,
        MERCATOR,
        GAUSS_KRUEGER
    }

    private final String uri;
    private final boolean northFirst;
    private final Kind kind;

    private Crs(String uri, boolean northFirst, Kind kind) {
        this.uri = uri;
        this.northFirst = northFirst;
        this.kind = kind;
    }

    private static List<Crs> all() {
        List<Crs> all = new ArrayList<>(List.of(CRS84, WGS84, CGCS2000, MERCATOR));
        for (int meridian = 75; meridian <= 135; meridian += 3)
            all.add(new Crs(EPSG + (4534 + (meridian - 75) / 3), true, Kind.GAUSS_KRUEGER));
        return List.copyOf(all);
    }

    static List<String> uris() {
        return ALL.stream().map(Crs::uri).toList();
    }

    /** By its address, or short as {@code EPSG:4326}, {@code CRS84}; also in the square brackets of a safe CURIE. */
    static Optional<Crs> find(String name) {
        String plain = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        for (Crs crs : ALL) {
            String code = crs.uri.substring(crs.uri.lastIndexOf('/') + 1);
            boolean isShort = crs == CRS84
                    ? plain.equalsIgnoreCase("CRS84") || plain.equalsIgnoreCase("OGC:CRS84")
                    : plain.equalsIgnoreCase("EPSG:" + code);
            if (isShort || crs.uri.equals(plain)) return Optional.of(crs);
        }
        return Optional.empty();
    }

    String uri() {
        return uri;
    }

    /** A copy in this system, axes in its order; the geometry itself where it is already so. */
    Geometry fromLonLat(Geometry lonLat) {
        if (this == CRS84) return lonLat;
        Geometry copy = kind == Kind.GAUSS_KRUEGER ? zone().fromLonLat(lonLat) : lonLat.copy();
        copy.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence at, int i) {
                double x = at.getX(i);
                double y = at.getY(i);
                if (kind == Kind.MERCATOR) {
                    x = Math.toRadians(x) * EARTH_METRES;
                    y = mercatorY(y);
                }
                at.setOrdinate(i, 0, northFirst ? y : x);
                at.setOrdinate(i, 1, northFirst ? x : y);
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
        return copy;
    }

    /** True to a millimetre 30 degrees off its meridian too: a county may be asked for in any zone. */
    private SourceCrs zone() {
        return ZONES.computeIfAbsent("EPSG:" + uri.substring(EPSG.length()), SourceCrs::resolve);
    }

    private static double mercatorY(double lat) {
        double cut = Math.max(-MERCATOR_LATITUDE, Math.min(MERCATOR_LATITUDE, lat));
        return EARTH_METRES * Math.log(Math.tan(Math.PI / 4 + Math.toRadians(cut) / 2));
    }

    /**
     * The box in degrees as west, south, east, north, from four numbers in this system's axis order. West is east of
     * east where the box crosses the antimeridian, which only a box in degrees can say. Null where it lies off the globe.
     */
    double @Nullable [] toLonLat(double[] box) {
        double a = northFirst ? box[1] : box[0];
        double b = northFirst ? box[0] : box[1];
        double c = northFirst ? box[3] : box[2];
        double d = northFirst ? box[2] : box[3];
        double[] found = switch (kind) {
            case DEGREES -> new double[] {a, b, c, d};
            case MERCATOR ->
                new double[] {
                    Math.toDegrees(a / EARTH_METRES), latitude(b), Math.toDegrees(c / EARTH_METRES), latitude(d)
                };
            case GAUSS_KRUEGER -> aroundInDegrees(a, b, c, d);
        };
        boolean onGlobe = Math.abs(found[0]) <= 180.0000001
                && Math.abs(found[2]) <= 180.0000001
                && Math.abs(found[1]) <= 90.0000001
                && Math.abs(found[3]) <= 90.0000001;
        return onGlobe ? found : null;
    }

    private static double latitude(double y) {
        return Math.toDegrees(2 * Math.atan(Math.exp(y / EARTH_METRES)) - Math.PI / 2);
    }

    /** The sides of a metric box bend in degrees: points along them are looked at. */
    private double[] aroundInDegrees(double west, double south, double east, double north) {
        double[] around = {180, 90, -180, -90};
        for (int i = 0; i <= 20; i++) {
            double x = west + (east - west) * i / 20;
            double y = south + (north - south) * i / 20;
            for (double[] at : new double[][] {{x, south}, {x, north}, {west, y}, {east, y}}) {
                double[] lonLat = zone().toLonLat(at[0], at[1]);
                around[0] = Math.min(around[0], lonLat[0]);
                around[1] = Math.min(around[1], lonLat[1]);
                around[2] = Math.max(around[2], lonLat[0]);
                around[3] = Math.max(around[3], lonLat[1]);
            }
        }
        return around;
    }

    /** The parts of a box that do not cross the antimeridian: one, or two. */
    static List<Bbox> parts(double[] box) {
        double west = Math.max(-180, box[0]);
        double east = Math.min(180, box[2]);
        if (west <= east) return List.of(new Bbox(west, box[1], east, box[3]));
        return List.of(new Bbox(west, box[1], 180, box[3]), new Bbox(-180, box[1], east, box[3]));
    }
}
