package org.anquan.geo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The coordinate systems that Chinese data come in, made from their parameters: the EPSG database costs four seconds
 * at its first use. Codes and parameters are those of the EPSG registry.
 */
record KnownCrs(int epsg, Datum datum, @Nullable Grid grid, boolean webMercator, String name) {
    /** {@code places} says how many metres such data may be off without the datum's parameters. */
    enum Datum {
        CGCS2000(4490, 6_378_137, 298.257222101, "China_Geodetic_Coordinate_System_2000", "China_2000", "CGCS2000"),
        WGS84(4326, 6_378_137, 298.257223563, "WGS_1984", "WGS_1984", "WGS_1984"),
        XIAN_1980(4610, 6_378_140, 298.257, "Xian_1980", "Xian_1980", "Xian_1980"),
        BEIJING_1954(4214, 6_378_245, 298.3, "Beijing_1954", "Beijing_1954", "Krasovsky_1940");

        final int epsg;
        final double semiMajorMetres;
        final double inverseFlattening;
        private final String esriSystem;
        private final String esriDatum;
        private final String esriSpheroid;

        Datum(int epsg, double a, double inverseFlattening, String esriSystem, String esriDatum, String esriSpheroid) {
            this.epsg = epsg;
            this.semiMajorMetres = a;
            this.inverseFlattening = inverseFlattening;
            this.esriSystem = esriSystem;
            this.esriDatum = esriDatum;
            this.esriSpheroid = esriSpheroid;
        }

        /** CGCS2000 and WGS84 differ by centimetres and are taken as equal; the old datums need their parameters. */
        boolean equalsWgs84() {
            return this == CGCS2000 || this == WGS84;
        }

        String esriWkt() {
            return "GEOGCS[\"GCS_" + esriSystem + "\",DATUM[\"D_" + esriDatum + "\",SPHEROID[\"" + esriSpheroid + "\","
                    + semiMajorMetres + "," + inverseFlattening + "]],PRIMEM[\"Greenwich\",0.0],"
                    + "UNIT[\"Degree\",0.0174532925199433]]";
        }

        String ogcWkt() {
            String title = switch (this) {
                case CGCS2000 -> "China Geodetic Coordinate System 2000";
                case WGS84 -> "WGS 84";
                case XIAN_1980 -> "Xian 1980";
                case BEIJING_1954 -> "Beijing 1954";
            };
            return "GEOGCS[\"" + title + "\",DATUM[\"" + esriDatum + "\",SPHEROID[\"" + esriSpheroid + "\","
                    + semiMajorMetres + "," + inverseFlattening + "]],PRIMEM[\"Greenwich\",0,"
                    + "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"
                    + "AUTHORITY[\"EPSG\",\"" + epsg + "\"]]";
        }
    }

    record Grid(double centralMeridian, double scale, double falseEasting, double falseNorthing) {}

    /** A run of EPSG codes whose central meridians go up by {@code step} degrees from 75 E. */
    private record Family(int first, int count, int step, int firstZone, Datum datum, String esriName) {
        KnownCrs at(int epsg) {
            int i = epsg - first;
            int meridian = 75 + i * step;
            double easting = firstZone == 0 ? 500_000 : (firstZone + i) * 1_000_000.0 + 500_000;
            String tail = firstZone == 0 ? "CM_" + meridian + "E" : "Zone_" + (firstZone + i);
            return new KnownCrs(epsg, datum, new Grid(meridian, 1, easting, 0), false, esriName + "_" + tail);
        }
    }

    private static final List<Family> FAMILIES = List.of(
            new Family(4513, 21, 3, 25, Datum.CGCS2000, "CGCS2000_3_Degree_GK"),
            new Family(4534, 21, 3, 0, Datum.CGCS2000, "CGCS2000_3_Degree_GK"),
            new Family(4491, 11, 6, 13, Datum.CGCS2000, "CGCS2000_GK"),
            new Family(4502, 11, 6, 0, Datum.CGCS2000, "CGCS2000_GK"),
            new Family(2349, 21, 3, 25, Datum.XIAN_1980, "Xian_1980_3_Degree_GK"),
            new Family(2370, 21, 3, 0, Datum.XIAN_1980, "Xian_1980_3_Degree_GK"),
            new Family(2327, 11, 6, 13, Datum.XIAN_1980, "Xian_1980_GK"),
            new Family(2338, 11, 6, 0, Datum.XIAN_1980, "Xian_1980_GK"),
            new Family(2401, 21, 3, 25, Datum.BEIJING_1954, "Beijing_1954_3_Degree_GK"),
            new Family(2422, 21, 3, 0, Datum.BEIJING_1954, "Beijing_1954_3_Degree_GK"),
            new Family(21413, 11, 6, 13, Datum.BEIJING_1954, "Beijing_1954_GK"),
            new Family(21453, 11, 6, 0, Datum.BEIJING_1954, "Beijing_1954_GK"));

    static final KnownCrs WGS84 = new KnownCrs(4326, Datum.WGS84, null, false, "GCS_WGS_1984");

    static Optional<KnownCrs> ofEpsg(int code) {
        // GDAL and QGIS write the three-dimensional twin where the file has heights.
        int epsg = code == 4979 ? 4326 : code == 4480 ? 4490 : code;
        for (Datum datum : Datum.values())
            if (datum.epsg == epsg)
                return Optional.of(new KnownCrs(epsg, datum, null, false, "GCS_" + datum.esriSystem));
        for (Family family : FAMILIES)
            if (epsg >= family.first && epsg < family.first + family.count) return Optional.of(family.at(epsg));
        if (epsg == 3857 || epsg == 900_913 || epsg == 3785 || epsg == 102_100 || epsg == 102_113)
            return Optional.of(new KnownCrs(3857, Datum.WGS84, null, true, "WGS_1984_Web_Mercator_Auxiliary_Sphere"));
        boolean north = epsg >= 32_601 && epsg <= 32_660;
        if (!north && !(epsg >= 32_701 && epsg <= 32_760)) return Optional.empty();
        int zone = epsg % 100;
        Grid grid = new Grid(zone * 6 - 183, 0.9996, 500_000, north ? 0 : 10_000_000);
        return Optional.of(
                new KnownCrs(epsg, Datum.WGS84, grid, false, "WGS_1984_UTM_Zone_" + zone + (north ? "N" : "S")));
    }

    /** The registered system with these very parameters; of 3-degree and 6-degree twins the 3-degree one. */
    static Optional<KnownCrs> of(Datum datum, Grid grid) {
        for (Family family : FAMILIES) {
            if (family.datum != datum) continue;
            for (int epsg = family.first; epsg < family.first + family.count; epsg++)
                if (grid.equals(family.at(epsg).grid)) return Optional.of(family.at(epsg));
        }
        if (datum != Datum.WGS84 || grid.scale != 0.9996) return Optional.empty();
        int zone = (int) Math.round((grid.centralMeridian + 183) / 6);
        int epsg = (grid.falseNorthing == 0 ? 32_600 : 32_700) + zone;
        return ofEpsg(epsg).filter(known -> grid.equals(known.grid));
    }

    @Nullable
    CoordinateStep projection() {
        if (webMercator) return new WebMercator();
        Grid g = grid;
        if (g == null) return null;
        return new TransverseMercator(
                datum.semiMajorMetres,
                datum.inverseFlattening,
                g.centralMeridian,
                0,
                g.scale,
                g.falseEasting,
                g.falseNorthing);
    }

    /** As ESRI writes it into a {@code .prj}. */
    String esriWkt() {
        Grid g = grid;
        if (webMercator)
            return "PROJCS[\"" + name + "\"," + datum.esriWkt() + ",PROJECTION[\"Mercator_Auxiliary_Sphere\"],"
                    + "PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],"
                    + "PARAMETER[\"Central_Meridian\",0.0],PARAMETER[\"Standard_Parallel_1\",0.0],"
                    + "PARAMETER[\"Auxiliary_Sphere_Type\",0.0],UNIT[\"Meter\",1.0]]";
        if (g == null) return datum.esriWkt();
        String projection = g.scale == 1 ? "Gauss_Kruger" : "Transverse_Mercator";
        return "PROJCS[\"" + name + "\"," + datum.esriWkt() + ",PROJECTION[\"" + projection + "\"],"
                + "PARAMETER[\"False_Easting\"," + plain(g.falseEasting) + "],PARAMETER[\"False_Northing\","
                + plain(g.falseNorthing) + "],PARAMETER[\"Central_Meridian\"," + g.centralMeridian
                + "],PARAMETER[\"Scale_Factor\"," + g.scale
                + "],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
    }

    /** With authority codes, as GeoPackage's table of systems wants it. */
    String ogcWkt() {
        Grid g = grid;
        if (webMercator)
            return "PROJCS[\"WGS 84 / Pseudo-Mercator\"," + datum.ogcWkt() + ",PROJECTION[\"Mercator_1SP\"],"
                    + "PARAMETER[\"central_meridian\",0],PARAMETER[\"scale_factor\",1],"
                    + "PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],"
                    + "EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 "
                    + "+units=m +nadgrids=@null +wktext +no_defs\"],AUTHORITY[\"EPSG\",\"3857\"]]";
        if (g == null) return datum.ogcWkt();
        return "PROJCS[\"" + name + "\"," + datum.ogcWkt() + ",PROJECTION[\"Transverse_Mercator\"],"
                + "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\"," + plain(g.centralMeridian)
                + "],PARAMETER[\"scale_factor\"," + g.scale + "],PARAMETER[\"false_easting\"," + plain(g.falseEasting)
                + "],PARAMETER[\"false_northing\"," + plain(g.falseNorthing)
                + "],UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AUTHORITY[\"EPSG\",\"" + epsg + "\"]]";
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** EPSG:3857: the sphere of radius 6 378 137 m. */
    private static final class WebMercator implements CoordinateStep {
        private static final double RADIUS = 6_378_137;

        @Override
        public void forward(double[] pair) {
            double lat = pair[1];
            pair[0] = RADIUS * Math.toRadians(pair[0]);
            pair[1] = Math.abs(lat) < 89.9
                    ? RADIUS * Math.log(Math.tan(Math.PI / 4 + Math.toRadians(lat) / 2))
                    : Double.NaN;
        }

        @Override
        public void inverse(double[] pair) {
            pair[0] = Math.toDegrees(pair[0] / RADIUS);
            pair[1] = Math.toDegrees(2 * Math.atan(Math.exp(pair[1] / RADIUS)) - Math.PI / 2);
        }
    }
}
