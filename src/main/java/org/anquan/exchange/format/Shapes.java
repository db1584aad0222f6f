package org.anquan.exchange.format;

import java.util.ArrayList;
import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Geometries in source coordinates: the factory, and what several formats need to make sound ones. */
final class Shapes {
    /** SRID 0: these are not degrees of EPSG:4326 until they were converted. */
    static final GeometryFactory FACTORY = new GeometryFactory();

    private static final int DEEPEST_WKT = 10;

    private Shapes() {}

    /** A ring of at least four points that ends where it begins; null where there is no area, with a remark. */
    static @Nullable LinearRing ring(Coordinate[] points, List<Problem> problems) {
        Coordinate[] all = points;
        if (all.length > 1 && !all[0].equals2D(all[all.length - 1])) {
            all = java.util.Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = all[0].copy();
            problems.add(Problem.mended("geometry", null, Text.of("exchange.format.ringClosed")));
        }
        if (all.length < 4) {
            problems.add(Problem.mended("geometry", null, Text.of("exchange.format.ringDropped", all.length)));
            return null;
        }
        return FACTORY.createLinearRing(all);
    }

    static boolean isFinite(double x, double y) {
        return Double.isFinite(x) && Double.isFinite(y);
    }

    /** @throws ProblemException with a detail that says why the text is no geometry */
    static Geometry ofWkt(String text, FormatLimits limits) {
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' && ++depth > DEEPEST_WKT)
                throw ProblemException.invalid("exchange.format.wkt", shortened(text));
            if (c == ')') depth--;
            if (c == ',' && ++commas > limits.maxVertices())
                throw ProblemException.invalid("exchange.format.vertices", limits.maxVertices());
        }
        try {
            // SRID=4326; is PostGIS' way to write the system in front.
            String plain = text.strip().replaceFirst("(?i)^SRID=\\d{1,7};", "");
            Geometry read = new WKTReader(FACTORY).read(plain);
            if (!isFinite(read)) throw ProblemException.invalid("exchange.format.wkt", shortened(text));
            return flat(read);
        } catch (ParseException | IllegalArgumentException e) {
            throw ProblemException.invalid("exchange.format.wkt", shortened(text))
                    .causedBy(e);
        }
    }

    static boolean isFinite(Geometry geometry) {
        for (Coordinate c : geometry.getCoordinates()) if (!isFinite(c.x, c.y)) return false;
        return true;
    }

    /** The same without heights. */
    static Geometry flat(Geometry geometry) {
        geometry.apply((Coordinate c) -> {
            if (!Double.isNaN(c.getZ())) c.setZ(Double.NaN);
        });
        return geometry;
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    static Coordinate[] array(List<Coordinate> points) {
        return new ArrayList<>(points).toArray(Coordinate[]::new);
    }
}
