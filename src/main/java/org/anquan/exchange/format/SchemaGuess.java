package org.anquan.exchange.format;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Learns columns, their types and the kinds of geometry from the records that it is shown. */
final class SchemaGuess {
    private static final int MOST_EXAMPLES = 3;
    private static final int LONGEST_EXAMPLE = 60;
    private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17})");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17})?\\.?\\d{1,20}(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d.*");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}(?:-\\d{1,2}-\\d{1,2}|/\\d{1,2}/\\d{1,2}|年\\d{1,2}月\\d{1,2}日)");
    private static final Pattern TIME = Pattern.compile(
            "\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?");
    private static final Set<String> TRUTHS = Set.of("true", "false", "TRUE", "FALSE", "True", "False", "是", "否");

    private final boolean textsMayBeNumbers;
    private final int mostColumns;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Set<String> geometryTypes = new TreeSet<>();

    /** @param textsMayBeNumbers for text formats, where "12" says nothing of its type */
    SchemaGuess(boolean textsMayBeNumbers, int mostColumns) {
        this.textsMayBeNumbers = textsMayBeNumbers;
        this.mostColumns = mostColumns;
    }

    /** A column that stands in the file whether filled or not, with the type that the file declares, if any. */
    void declare(String name, @Nullable ColumnType type) {
        columns.computeIfAbsent(name, n -> new Column()).declared = type;
    }

    void add(SourceRecord record) {
        record.values().forEach((name, value) -> {
            Column column = columns.get(name);
            if (column == null && columns.size() < mostColumns) {
                column = new Column();
                columns.put(name, column);
            }
            if (column != null) column.add(value);
        });
        Geometry geometry = record.geometry();
        if (geometry != null) geometryTypes.add(geometry.getGeometryType());
    }

    List<SourceColumn> columns() {
        List<SourceColumn> all = new ArrayList<>();
        columns.forEach((name, column) ->
                all.add(new SourceColumn(name, column.type(), column.filled, List.copyOf(column.examples))));
        return all;
    }

    Set<String> geometryTypes() {
        return geometryTypes;
    }

    private final class Column {
        private @Nullable ColumnType declared;
        private @Nullable ColumnType seen;
        private long filled;
        private final Set<String> examples = new LinkedHashSet<>();

        void add(Object value) {
            if (value instanceof String text && text.isBlank()) return;
            filled++;
            if (examples.size() < MOST_EXAMPLES) {
                String text = value.toString();
                examples.add(text.length() <= LONGEST_EXAMPLE ? text : text.substring(0, LONGEST_EXAMPLE) + "…");
            }
            if (seen != ColumnType.TEXT) seen = both(seen, typeOf(value));
        }

        ColumnType type() {
            ColumnType said = declared;
            ColumnType found = seen;
            return said != null ? said : found != null ? found : ColumnType.TEXT;
        }
    }

    private static ColumnType both(@Nullable ColumnType a, ColumnType b) {
        if (a == null || a == b) return b;
        boolean numbers = (a == ColumnType.INTEGER || a == ColumnType.NUMBER)
                && (b == ColumnType.INTEGER || b == ColumnType.NUMBER);
        if (numbers) return ColumnType.NUMBER;
        boolean times =
                (a == ColumnType.DATE || a == ColumnType.TIME) && (b == ColumnType.DATE || b == ColumnType.TIME);
        return times ? ColumnType.TIME : ColumnType.TEXT;
    }

    private ColumnType typeOf(Object value) {
        if (value instanceof String text) return typeOfText(text.strip());
        if (value instanceof Long || value instanceof Integer) return ColumnType.INTEGER;
        if (value instanceof Double || value instanceof BigDecimal) return ColumnType.NUMBER;
        if (value instanceof Boolean) return ColumnType.BOOLEAN;
        if (value instanceof LocalDate) return ColumnType.DATE;
        if (value instanceof LocalDateTime || value instanceof OffsetDateTime) return ColumnType.TIME;
        if (value instanceof Collection) return ColumnType.LIST;
        return value instanceof Map ? ColumnType.OBJECT : ColumnType.TEXT;
    }

    private ColumnType typeOfText(String text) {
        if (text.length() > 40 || text.isEmpty()) return ColumnType.TEXT;
        char first = text.charAt(0);
        boolean digit = first >= '0' && first <= '9';
        if (digit && DATE.matcher(text).matches()) return ColumnType.DATE;
        if (digit && TIME.matcher(text).matches()) return ColumnType.TIME;
        if (!textsMayBeNumbers) return ColumnType.TEXT;
        if (INTEGER.matcher(text).matches()) return ColumnType.INTEGER;
        // 011002 is a code, and so is a number too long for any count.
        if (LEADING_ZERO.matcher(text).matches() && !text.contains(".")) return ColumnType.TEXT;
        if (NUMBER.matcher(text).matches() && text.length() <= 25)
            return text.contains(".") || text.contains("e") || text.contains("E") ? ColumnType.NUMBER : ColumnType.TEXT;
        return TRUTHS.contains(text) ? ColumnType.BOOLEAN : ColumnType.TEXT;
    }
}
