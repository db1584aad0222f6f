package org.anquan.exchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.exchange.format.SourceRecord;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row as the file has it.
 *
 * @param number as the report calls it
 * @param geometry in the file's coordinates; null where it has none
 * @param values by column, of the types that {@link org.anquan.exchange.format.ColumnType} names; blanks are left out
 * @param problems that the reader had with it
 */
record RawRow(long number, @Nullable Geometry geometry, Map<String, Object> values, List<Problem> problems) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static RawRow of(SourceRecord record) {
        return new RawRow(record.row(), record.geometry(), record.values(), record.problems());
    }

    /** The same with x and y of its point exchanged, which is told. */
    RawRow turned(@Nullable String column) {
        if (!(geometry instanceof Point point)) return this;
        Point other = point.getFactory().createPoint(new Coordinate(point.getY(), point.getX()));
        List<Problem> all = new ArrayList<>(problems);
        String said = column == null ? null : text(column);
        all.add(new Problem(column, said, Text.of("exchange.format.northingFirst"), true));
        return new RawRow(number, other, values, List.copyOf(all));
    }

    /** What stands in a column, as text; nothing where it is blank. */
    String text(String column) {
        Object value = values.get(column);
        return value == null ? "" : text(value);
    }

    static String text(Object value) {
        if (value instanceof Double number) return number(number);
        if (value instanceof BigDecimal number) return number.toPlainString();
        if (value instanceof Map || value instanceof List) return JSON.writeValueAsString(value);
        return value.toString();
    }

    private static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) return Long.toString((long) number);
        if (!Double.isFinite(number)) return Double.toString(number);
        String plain = Double.toString(number);
        return plain.indexOf('E') < 0 ? plain : new BigDecimal(plain).toPlainString();
    }

    /** Takes the rows of a file, one by one. */
    interface Taker {
        void take(RawRow row);
    }
}
