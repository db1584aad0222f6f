package org.anquan.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.geo.KnownCrs.Datum;
import org.anquan.geo.KnownCrs.Grid;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * The coordinate system that a file is in. Source coordinates are always x = longitude or easting, then y = latitude or
 * northing, whatever the registry says about axes; the other side is longitude, latitude in EPSG:4326.
 *
 * <p>Understood: {@code EPSG:n}, {@code CRS84}, {@code GCJ-02}, {@code BD-09}, and WKT as in a {@code .prj}. CGCS2000 and
 * the other modern datums (ITRF, ETRS89, NAD83, JGD, TWD97) are taken as equal to WGS84: within a metre or two, CGCS2000
 * within centimetres. Beijing 1954, Xian 1980 and every other datum without parameters are refused: guessing them moves
 * a shelter by 50 to 200 m. Resolved systems are kept; immutable and safe for many threads.
 */
public final class SourceCrs {
    private static final Pattern EPSG = Pattern.compile(
            "(?:EPSG:+|URN:OGC:DEF:CRS:EPSG:[0-9.]*:|HTTPS?://WWW\\.OPENGIS\\.NET/(?:DEF/CRS/EPSG/[0-9.]+/|GML/SRS/EPSG\\.XML#))?([0-9]{4,6})");
    private static final Set<String> CRS84_NAMES = Set.of(
            "CRS84",
            "OGC:CRS84",
            "URN:OGC:DEF:CRS:OGC:1.3:CRS84",
            "URN:OGC:DEF:CRS:OGC::CRS84",
            "HTTP://WWW.OPENGIS.NET/DEF/CRS/OGC/1.3/CRS84",
            "WGS84",
            "WGS-84",
            "WGS 84");
    private static final Set<String> CGCS2000_NAMES = Set.of("CGCS2000", "国家2000", "2000国家大地坐标系", "CHINA2000");
    private static final Set<String> GCJ_NAMES = Set.of("GCJ-02", "GCJ02", "GCJ_02", "火星坐标", "高德", "腾讯", "AMAP");
    private static final Set<String> BD_NAMES = Set.of("BD-09", "BD09", "BD_09", "BD-09LL", "BD09LL", "百度", "BAIDU");

    /** Names of datums, as {@link Wkt#plain} writes them, that lie within a metre or two of WGS84. */
    private static final Set<String> AS_WGS84 = Set.of(
            "wgs1984",
            "wgs84",
            "worldgeodeticsystem1984",
            "worldgeodeticsystem1984ensemble",
            "china2000",
            "chinageodeticcoordinatesystem2000",
            "cgcs2000",
            "etrs1989",
            "europeanterrestrialreferencesystem1989",
            "europeanterrestrialreferencesystem1989ensemble",
            "northamerican1983",
            "northamericandatum1983",
            "jgd2000",
            "jgd2011",
            "japanesegeodeticdatum2000",
            "japanesegeodeticdatum2011",
            "twd1997",
            "taiwandatum1997",
            "gda1994",
            "gda2020",
            "geocentricdatumofaustralia1994",
            "geocentricdatumofaustralia2020",
            "korea2000",
            "geocentricdatumofkorea");

    private static final int MOST_KEPT = 500;
    private static final Map<String, SourceCrs> KEPT = new ConcurrentHashMap<>();

    private static final GeometryFactory PLAIN = new GeometryFactory();

    /** EPSG:4326, longitude first. */
    public static final SourceCrs WGS84 = resolve("EPSG:4326");

    public static final SourceCrs GCJ02 = resolve("GCJ-02");

    public static final SourceCrs BD09 = resolve("BD-09");

    private final String id;
    private final int epsg;
    private final boolean geographic;
    private final List<CoordinateStep> steps;
    private final String wkt;
    private final String esriWkt;
    private final List<Text> notes;

    private SourceCrs(
            String id,
            int epsg,
            boolean geographic,
            List<CoordinateStep> steps,
            String wkt,
            String esriWkt,
            List<Text> notes) {
        this.id = id;
        this.epsg = epsg;
        this.geographic = geographic;
        this.steps = List.copyOf(steps);
        this.wkt = wkt;
        this.esriWkt = esriWkt;
        this.notes = List.copyOf(notes);
    }

    /** @throws ProblemException with words where the definition is unknown, unreadable or lacks datum parameters */
    public static SourceCrs resolve(String definition) {
        return resolve(definition, null);
    }

    /**
     * @param shift the datum's way to WGS84, for a definition that does not carry it; ignored for datums that are taken
     *     as equal to WGS84
     */
    public static SourceCrs resolve(String definition, @Nullable DatumShift shift) {
        String text = definition.strip();
        String key = shift == null ? text : text + "\n" + shift;
        SourceCrs known = KEPT.get(key);
        if (known != null) return known;
        SourceCrs made = make(text, shift);
        if (KEPT.size() < MOST_KEPT) KEPT.put(key, made);
        return made;
    }

    private static SourceCrs make(String text, @Nullable DatumShift shift) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (CRS84_NAMES.contains(upper)) return of(KnownCrs.WGS84, null);
        if (CGCS2000_NAMES.contains(upper)) return ofEpsg(4490, shift);
        if (GCJ_NAMES.contains(upper)) return shifted("GCJ-02", Gcj02.STEP);
        if (BD_NAMES.contains(upper)) return shifted("BD-09", Bd09.STEP);
        Matcher epsg = EPSG.matcher(upper);
        if (epsg.matches()) return ofEpsg(Integer.parseInt(epsg.group(1)), shift);
        if (text.indexOf('[') > 0 || text.indexOf('(') > 0) return ofWkt(text, shift);
        throw ProblemException.invalid("geo.crs.unknown", shortened(text));
    }

    private static SourceCrs shifted(String id, CoordinateStep step) {
        return new SourceCrs(id, 0, true, List.of(step), "", "", List.of(Text.of("geo.crs.note.shifted", id)));
    }

    private static SourceCrs ofEpsg(int code, @Nullable DatumShift shift) {
        Optional<KnownCrs> known = KnownCrs.ofEpsg(code);
        if (known.isPresent()) return of(known.get(), shift);
        try {
            CoordinateReferenceSystem crs = CRS.decode("EPSG:" + code, true);
            String wkt = crs.toWKT();
            // The registry has several sets of parameters for these; which one it hands out is chance.
            if (shift == null && (wkt.contains("Beijing") || wkt.contains("Xian")))
                throw ProblemException.invalid("geo.crs.datum", crs.getName().getCode(), "EPSG:" + code);
            SourceCrs made = ofWkt(wkt, shift);
            return new SourceCrs("EPSG:" + code, code, made.geographic, made.steps, made.wkt, made.esriWkt, made.notes);
        } catch (FactoryException | UnsupportedOperationException e) {
            throw ProblemException.invalid("geo.crs.unknown", "EPSG:" + code).causedBy(e);
        }
    }

    private static SourceCrs of(KnownCrs known, @Nullable DatumShift shift) {
        Datum datum = known.datum();
        List<CoordinateStep> steps = new ArrayList<>();
        List<Text> notes = new ArrayList<>();
        if (!datum.equalsWgs84()) {
            if (shift == null)
                throw ProblemException.invalid("geo.crs.datum", datumName(datum), "EPSG:" + known.epsg());
            steps.add(shift.step(datum.semiMajorMetres, datum.inverseFlattening));
            notes.add(Text.of("geo.crs.note.parameters"));
        } else if (datum == Datum.CGCS2000) notes.add(Text.of("geo.crs.note.cgcs2000"));
        CoordinateStep projection = known.projection();
        if (projection != null) steps.add(projection);
        return new SourceCrs(
                "EPSG:" + known.epsg(),
                known.epsg(),
                projection == null,
                steps,
                known.ogcWkt(),
                known.esriWkt(),
                notes);
    }

    private static Text datumName(Datum datum) {
        return Text.of(datum == Datum.XIAN_1980 ? "geo.crs.xian1980" : "geo.crs.beijing1954");
    }

    private static SourceCrs ofWkt(String text, @Nullable DatumShift shift) {
        Wkt wkt;
        try {
            wkt = Wkt.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("geo.crs.notReadable", shortened(text))
                    .causedBy(e);
        }
        if (wkt.is("COMPD_CS", "COMPOUNDCRS", "BOUNDCRS"))
            wkt = wkt.find("PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "GEODCRS", "PROJECTEDCRS", "GEOGRAPHICCRS")
                    .orElse(wkt);
        if (wkt.is("PROJCRS", "PROJECTEDCRS", "GEOGCRS", "GEODCRS", "GEOGRAPHICCRS", "GEODETICCRS"))
            return ofSecondWkt(wkt, shift);
        if (!wkt.is("PROJCS", "GEOGCS")) throw ProblemException.invalid("geo.crs.notReadable", shortened(text));
        try {
            return ofFirstWkt(wkt, shift);
        } catch (NumberFormatException e) {
            throw ProblemException.invalid("geo.crs.notReadable", shortened(text))
                    .causedBy(e);
        }
    }

    /** WKT of the second version is read by its code only. */
    private static SourceCrs ofSecondWkt(Wkt wkt, @Nullable DatumShift shift) {
        Optional<Wkt> code = wkt.child("ID");
        if (code.isPresent() && code.get().name().equalsIgnoreCase("EPSG"))
            return ofEpsg((int) code.get().number(1), shift);
        throw ProblemException.invalid("geo.crs.unsupported", shortened(wkt.name()));
    }

    private static SourceCrs ofFirstWkt(Wkt wkt, @Nullable DatumShift shift) {
        Wkt geographic = wkt.is("GEOGCS") ? wkt : wkt.child("GEOGCS").orElseThrow(() -> unreadable(wkt));
        Wkt datum = geographic.child("DATUM").orElseThrow(() -> unreadable(wkt));
        Wkt spheroid = datum.child("SPHEROID", "ELLIPSOID").orElseThrow(() -> unreadable(wkt));
        double a = spheroid.number(1);
        double inverseFlattening = spheroid.number(2);
        if (!(a > 6_300_000 && a < 6_450_000 && (inverseFlattening == 0 || inverseFlattening > 100)))
            throw unreadable(wkt);
        double meridian = geographic.child("PRIMEM").map(p -> p.number(1)).orElse(0.0);
        double degreeFactor = geographic.child("UNIT").map(u -> u.number(1)).orElse(Math.toRadians(1));
        boolean plainDegrees = Math.abs(meridian) < 1e-9 && Math.abs(degreeFactor - Math.toRadians(1)) < 1e-9;

        if (isWebMercator(wkt)) return resolve("EPSG:3857");
        Optional<Datum> known = knownDatum(datum, a, inverseFlattening);
        if (known.isPresent() && plainDegrees) {
            Optional<KnownCrs> registered = registered(wkt, known.get());
            if (registered.isPresent()
                    && (known.get().equalsWgs84() || towgs84(datum).isEmpty())) return of(registered.get(), shift);
        }
        List<CoordinateStep> steps = new ArrayList<>();
        List<Text> notes = new ArrayList<>();
        datumStep(datum, a, inverseFlattening, shift, steps, notes);
        if (wkt.is("GEOGCS")) {
            if (!plainDegrees) steps.add(new OtherDegrees(meridian, degreeFactor));
        } else steps.add(projection(wkt, a, inverseFlattening, plainDegrees));
        String again = wkt.withoutAxesAndCodes();
        return new SourceCrs(wkt.name(), 0, wkt.is("GEOGCS"), steps, again, again, notes);
    }

    private static void datumStep(
            Wkt datum,
            double a,
            double inverseFlattening,
            @Nullable DatumShift given,
            List<CoordinateStep> steps,
            List<Text> notes) {
        String name = plainDatum(datum);
        boolean modern = AS_WGS84.contains(name) || name.startsWith("itrf");
        Optional<DatumShift> carried = towgs84(datum);
        if (modern) {
            notes.add(Text.of("geo.crs.note.asWgs84", datum.name()));
            return;
        }
        DatumShift shift = given != null ? given : carried.orElse(null);
        if (shift == null
                && Set.of("northamerican1927", "northamericandatum1927").contains(name)) {
            shift = DatumShift.NAD27;
            notes.add(Text.of("geo.crs.note.nad27"));
        } else if (shift != null) notes.add(Text.of("geo.crs.note.parameters"));
        boolean nameless =
                name.isEmpty() || name.equals("unknown") || name.equals("unnamed") || name.contains("basedon");
        if (shift == null
                && nameless
                && Math.abs(a - 6_378_137) < 0.5
                && Math.abs(inverseFlattening - 298.257) < 0.01) {
            notes.add(Text.of("geo.crs.note.nameless"));
            return;
        }
        if (shift == null) {
            Object said = name.contains("xian1980") || name.contains("xian80")
                    ? Text.of("geo.crs.xian1980")
                    : name.contains("beijing1954") ? Text.of("geo.crs.beijing1954") : shortened(datum.name());
            throw ProblemException.invalid("geo.crs.datum", said, shortened(datum.name()));
        }
        if (!shift.nothing()) steps.add(shift.step(a, inverseFlattening));
    }

    private static String plainDatum(Wkt datum) {
        String name = Wkt.plain(datum.name());
        return datum.name().startsWith("D_") ? name.substring(1) : name;
    }

    private static Optional<DatumShift> towgs84(Wkt datum) {
        return datum.child("TOWGS84")
                .filter(t -> t.size() >= 3)
                .map(t -> new DatumShift(
                        t.number(0),
                        t.number(1),
                        t.number(2),
                        t.size() > 6 ? t.number(3) : 0,
                        t.size() > 6 ? t.number(4) : 0,
                        t.size() > 6 ? t.number(5) : 0,
                        t.size() > 6 ? t.number(6) : 0));
    }

    private static Optional<Datum> knownDatum(Wkt datum, double a, double inverseFlattening) {
        String name = plainDatum(datum);
        for (Datum known : Datum.values()) {
            boolean named = switch (known) {
                case CGCS2000 ->
                    name.contains("china2000") || name.equals("cgcs2000") || name.contains("chinageodetic");
                case WGS84 ->
                    name.equals("wgs1984") || name.equals("wgs84") || name.startsWith("worldgeodeticsystem1984");
                case XIAN_1980 -> name.contains("xian1980");
                case BEIJING_1954 -> name.equals("beijing1954");
            };
            if (named
                    && Math.abs(a - known.semiMajorMetres) < 0.01
                    && Math.abs(inverseFlattening - known.inverseFlattening) < 1e-4) return Optional.of(known);
        }
        return Optional.empty();
    }

    private static Optional<KnownCrs> registered(Wkt wkt, Datum datum) {
        if (wkt.is("GEOGCS")) return KnownCrs.ofEpsg(datum.epsg);
        if (!isTransverseMercator(wkt) || metresPerUnit(wkt) != 1) return Optional.empty();
        if (wkt.parameter("latitude_of_origin", 0) != 0) return Optional.empty();
        return KnownCrs.of(datum, grid(wkt));
    }

    private static boolean isTransverseMercator(Wkt wkt) {
        String projection =
                wkt.child("PROJECTION").map(p -> Wkt.plain(p.name())).orElse("");
        return projection.equals("transversemercator") || projection.equals("gausskruger");
    }

    private static boolean isWebMercator(Wkt wkt) {
        if (!wkt.is("PROJCS")) return false;
        String projection =
                wkt.child("PROJECTION").map(p -> Wkt.plain(p.name())).orElse("");
        String extension =
                wkt.child("EXTENSION").map(e -> e.size() > 1 ? e.values(1) : "").orElse("");
        return projection.equals("mercatorauxiliarysphere")
                || projection.contains("pseudomercator")
                || extension.contains("+nadgrids=@null");
    }

    private static double metresPerUnit(Wkt wkt) {
        return wkt.child("UNIT").map(u -> u.number(1)).orElse(1.0);
    }

    private static Grid grid(Wkt wkt) {
        return new Grid(
                wkt.parameter("central_meridian", 0),
                wkt.parameter("scale_factor", 1),
                wkt.parameter("false_easting", 0),
                wkt.parameter("false_northing", 0));
    }

    private static CoordinateStep projection(Wkt wkt, double a, double inverseFlattening, boolean plainDegrees) {
        if (isTransverseMercator(wkt) && plainDegrees && metresPerUnit(wkt) == 1) {
            Grid grid = grid(wkt);
            return new TransverseMercator(
                    a,
                    inverseFlattening,
                    grid.centralMeridian(),
                    wkt.parameter("latitude_of_origin", 0),
                    grid.scale(),
                    grid.falseEasting(),
                    grid.falseNorthing());
        }
        try {
            CoordinateReferenceSystem crs = CRS.parseWKT(wkt.withoutAxesAndCodes());
            if (!(crs instanceof ProjectedCRS projected)) throw unreadable(wkt);
            GeographicCRS base = (GeographicCRS) projected.getBaseCRS();
            String plainBase = "GEOGCS[\"base\",DATUM[\""
                    + base.getDatum().getName().getCode().replace("\"", "")
                    + "\",SPHEROID[\"base\"," + a + "," + inverseFlattening
                    + "]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
            MathTransform there = CRS.findMathTransform(CRS.parseWKT(plainBase), crs, true);
            return new GeotoolsStep(there, there.inverse());
        } catch (FactoryException | TransformException | RuntimeException e) {
            if (e instanceof ProblemException problem) throw problem;
            throw ProblemException.invalid("geo.crs.unsupported", shortened(wkt.name()))
                    .causedBy(e);
        }
    }

    private static ProblemException unreadable(Wkt wkt) {
        return ProblemException.invalid("geo.crs.notReadable", shortened(wkt.name()));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** {@code EPSG:4544}, {@code GCJ-02}, or the name that the WKT carries. */
    public String id() {
        return id;
    }

    /** The EPSG code, where there is one. */
    public OptionalInt epsg() {
        return epsg == 0 ? OptionalInt.empty() : OptionalInt.of(epsg);
    }

    /** Whether source coordinates are degrees. */
    public boolean isGeographic() {
        return geographic;
    }

    /** Whether coordinates may be used as they are: WGS84, CGCS2000 and the like in degrees. */
    public boolean isLonLat() {
        return steps.isEmpty();
    }

    /**
     * Whether the first number can only be the northing and the second only the easting: surveyors call the northing X.
     * Never for degrees and Web Mercator, whose numbers do not tell.
     */
    public boolean isNorthingFirst(double x, double y) {
        TransverseMercator grid = grid();
        return grid != null && !grid.isEasting(x) && grid.isNorthing(x) && grid.isEasting(y);
    }

    /** Whether the numbers are degrees while the system's are metres, and could not be such metres. */
    public boolean isDegreesForMetres(double x, double y) {
        TransverseMercator grid = grid();
        return grid != null && Math.abs(x) <= 180 && Math.abs(y) <= 180;
    }

    private @Nullable TransverseMercator grid() {
        return !steps.isEmpty() && steps.get(steps.size() - 1) instanceof TransverseMercator grid ? grid : null;
    }

    /** WKT of the first version with authority codes; empty for GCJ-02 and BD-09, which no registry knows. */
    public String wkt() {
        return wkt;
    }

    /** WKT as a {@code .prj} holds it; empty for GCJ-02 and BD-09. */
    public String esriWkt() {
        return esriWkt;
    }

    /** What a user should know of this way of understanding the file, for the report. */
    public List<Text> notes() {
        return notes;
    }

    /**
     * Turns {@code count} pairs, from {@code at} on, into lon, lat in place. A pair that lies outside the projection's
     * reach becomes NaN, NaN.
     */
    public void toLonLat(double[] xy, int at, int count) {
        if (steps.isEmpty()) return;
        double[] pair = new double[2];
        for (int i = at; i < at + 2 * count; i += 2) {
            pair[0] = xy[i];
            pair[1] = xy[i + 1];
            back(pair);
            xy[i] = pair[0];
            xy[i + 1] = pair[1];
        }
    }

    /** Turns {@code count} pairs lon, lat into source coordinates in place; NaN, NaN where there are none. */
    public void fromLonLat(double[] lonLat, int at, int count) {
        if (steps.isEmpty()) return;
        double[] pair = new double[2];
        for (int i = at; i < at + 2 * count; i += 2) {
            pair[0] = lonLat[i];
            pair[1] = lonLat[i + 1];
            there(pair);
            lonLat[i] = pair[0];
            lonLat[i + 1] = pair[1];
        }
    }

    public double[] toLonLat(double x, double y) {
        double[] pair = {x, y};
        toLonLat(pair, 0, 1);
        return pair;
    }

    public double[] fromLonLat(double lon, double lat) {
        double[] pair = {lon, lat};
        fromLonLat(pair, 0, 1);
        return pair;
    }

    /**
     * A copy in lon, lat, made by {@link GeoJson#FACTORY}.
     *
     * @throws ProblemException where a coordinate is not finite, lies outside the projection's reach or off the globe
     */
    public Geometry toLonLat(Geometry source) {
        Geometry copy = GeoJson.FACTORY.createGeometry(source);
        copy.apply(new Mover(true));
        copy.geometryChanged();
        return copy;
    }

    /**
     * A copy in source coordinates, SRID 0.
     *
     * @throws ProblemException where the projection does not reach
     */
    public Geometry fromLonLat(Geometry lonLat) {
        Geometry copy = PLAIN.createGeometry(lonLat);
        copy.apply(new Mover(false));
        copy.geometryChanged();
        return copy;
    }

    private void back(double[] pair) {
        for (int i = steps.size() - 1; i >= 0; i--) steps.get(i).inverse(pair);
    }

    private void there(double[] pair) {
        for (CoordinateStep step : steps) step.forward(pair);
    }

    @Override
    public String toString() {
        return id;
    }

    private final class Mover implements CoordinateSequenceFilter {
        private final double[] pair = new double[2];
        private final boolean toLonLat;

        Mover(boolean toLonLat) {
            this.toLonLat = toLonLat;
        }

        @Override
        public void filter(CoordinateSequence sequence, int i) {
            double x = sequence.getX(i);
            double y = sequence.getY(i);
            pair[0] = x;
            pair[1] = y;
            if (toLonLat) back(pair);
            else there(pair);
            boolean good = toLonLat
                    ? Math.abs(pair[0]) <= 180 && Math.abs(pair[1]) <= 90
                    : Double.isFinite(pair[0]) && Double.isFinite(pair[1]);
            if (!good) throw ProblemException.invalid("geo.crs.outside", x, y, id);
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
    }

    /** Degrees counted from another meridian, or grads. */
    private record OtherDegrees(double meridianInUnits, double radiansPerUnit) implements CoordinateStep {
        @Override
        public void forward(double[] pair) {
            pair[0] = Math.toRadians(pair[0]) / radiansPerUnit - meridianInUnits;
            pair[1] = Math.toRadians(pair[1]) / radiansPerUnit;
        }

        @Override
        public void inverse(double[] pair) {
            pair[0] = Math.toDegrees((pair[0] + meridianInUnits) * radiansPerUnit);
            pair[1] = Math.toDegrees(pair[1] * radiansPerUnit);
        }
    }

    private record GeotoolsStep(MathTransform there, MathTransform back) implements CoordinateStep {
        @Override
        public void forward(double[] pair) {
            run(there, pair);
        }

        @Override
        public void inverse(double[] pair) {
            run(back, pair);
        }

        private static void run(MathTransform transform, double[] pair) {
            try {
                transform.transform(pair, 0, pair, 0, 1);
            } catch (TransformException | RuntimeException e) {
                pair[0] = Double.NaN;
                pair[1] = Double.NaN;
            }
        }
    }
}
