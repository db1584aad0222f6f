package org.anquan.exchange.format;

import java.util.List;
import java.util.Map;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.geo.CoordinateText;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Makes the geometry of a table's record from its columns; what is wrong is added to the record's problems. */
final class TablePlace {
    private final PlaceColumns columns;
    private final FormatLimits limits;
    private final boolean metres;
    private long pairs;
    private long metrePairs;

    /** @param metres whether the numbers are metres, so that nothing is taken as degrees in any spelling */
    TablePlace(PlaceColumns columns, FormatLimits limits, boolean metres) {
        this.columns = columns;
        this.limits = limits;
        this.metres = metres;
    }

    boolean mostlyMetres() {
        return metrePairs * 2 > pairs;
    }

    @Nullable
    Geometry of(Map<String, Object> values, List<Problem> problems) {
        Object wkt = columns.wkt() == null ? null : values.get(columns.wkt());
        if (wkt != null) return wkt(columns.wkt(), wkt, problems);
        if (columns.both() != null) {
            Object both = values.get(columns.both());
            if (both == null) return null;
            return point(CoordinateText.position(both.toString()), columns.both(), both, problems);
        }
        if (columns.x() == null || columns.y() == null) return null;
        Object x = values.get(columns.x());
        Object y = values.get(columns.y());
        if (x == null && y == null) return null;
        if (x == null || y == null) {
            problems.add(Problem.refused(x == null ? columns.x() : columns.y(), null, Text.of("geo.coordinate.empty")));
            return null;
        }
        return xy(x, y, problems);
    }

    private @Nullable Geometry wkt(@Nullable String column, Object text, List<Problem> problems) {
        try {
            String said = text.toString().strip();
            if (said.startsWith("{")) return geoJson(column, said, problems);
            return Shapes.ofWkt(said, limits);
        } catch (ProblemException e) {
            problems.add(Problem.refused(column, text, e.detail()));
            return null;
        }
    }

    private @Nullable Geometry geoJson(@Nullable String column, String text, List<Problem> problems) {
        Json json = new Json(limits, "");
        try (JsonParser in = json.parser(text)) {
            in.nextToken();
            Geometry geometry = new JsonGeometry(limits, problems).read(in);
            if (in.nextToken() == null) return geometry;
        } catch (JacksonException e) {
            // Said below.
        }
        problems.add(Problem.refused(column, text, Text.of("exchange.format.geometryShape")));
        return null;
    }

    private @Nullable Geometry xy(Object x, Object y, List<Problem> problems) {
        double plainX = plain(x);
        double plainY = plain(y);
        boolean both = Double.isFinite(plainX) && Double.isFinite(plainY);
        pairs++;
        if (both && (Math.abs(plainX) > 180 || Math.abs(plainY) > 180)) metrePairs++;
        if (both && (metres || (Math.abs(plainX) <= 180 && Math.abs(plainY) <= 90)))
            return Shapes.FACTORY.createPoint(new Coordinate(plainX, plainY));
        if (metres) {
            String wrong = Double.isFinite(plainX) ? columns.y() : columns.x();
            Object value = Double.isFinite(plainX) ? y : x;
            problems.add(Problem.refused(wrong, value, Text.of("exchange.format.notMetres", value)));
            return null;
        }
        return point(CoordinateText.position(x.toString(), y.toString()), columns.x(), x + ", " + y, problems);
    }

    private static double plain(Object value) {
        if (value instanceof Number number) return number.doubleValue();
        String text = value.toString().strip();
        if (text.isEmpty() || text.length() > 40) return Double.NaN;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private @Nullable Geometry point(
            CoordinateText.Reading reading, @Nullable String column, Object said, List<Problem> problems) {
        if (reading instanceof CoordinateText.Position at) {
            if (at.swapped()) problems.add(Problem.mended(column, said, Text.of("exchange.format.swapped")));
            return Shapes.FACTORY.createPoint(new Coordinate(at.lon(), at.lat()));
        }
        if (reading instanceof CoordinateText.Refused refused)
            problems.add(Problem.refused(column, said, refused.why()));
        return null;
    }
}
