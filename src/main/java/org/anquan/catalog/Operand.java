package org.anquan.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One side of a comparison. */
sealed interface Operand {
    /** What may be compared with what. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        TIME,
        LIST
    }

    Kind kind();

    /** Its value for a feature; null where unknown. */
    @Nullable
    Object value(Feature feature);

    /** Whether {@link #writeSql} says exactly the same in the database. */
    boolean inSql();

    void writeSql(Sql out);

    /** An attribute of the layer. */
    record Property(AttributeDefinition attribute) implements Operand {
        @Override
        public Kind kind() {
            return switch (attribute.type()) {
                case TEXT -> Kind.TEXT;
                case INTEGER, NUMBER -> Kind.NUMBER;
                case BOOLEAN -> Kind.BOOLEAN;
                case DATE -> Kind.DATE;
                case TIME -> Kind.TIME;
                case LIST -> Kind.LIST;
            };
        }

        @Override
        public @Nullable Object value(Feature feature) {
            return feature.get(attribute.name());
        }

        @Override
        public boolean inSql() {
            return true;
        }

        @Override
        public void writeSql(Sql out) {
            out.column(attribute.name());
        }
    }

    /** The id of the feature. */
    record Id() implements Operand {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public Object value(Feature feature) {
            return feature.id();
        }

        @Override
        public boolean inSql() {
            return true;
        }

        @Override
        public void writeSql(Sql out) {
            out.column("id");
        }
    }

    /** A value that stands in the filter: String, Long, Double, Boolean, LocalDate or Instant. */
    record Literal(Object value) implements Operand {
        @Override
        public Kind kind() {
            if (value instanceof Number) return Kind.NUMBER;
            if (value instanceof Boolean) return Kind.BOOLEAN;
            if (value instanceof LocalDate) return Kind.DATE;
            return value instanceof Instant ? Kind.TIME : Kind.TEXT;
        }

        @Override
        public Object value(Feature feature) {
            return value;
        }

        @Override
        public boolean inSql() {
            return true;
        }

        @Override
        public void writeSql(Sql out) {
            out.value(value);
        }
    }

    /** {@code CASEI(…)}: the text without case. Databases fold letters each in their own way, so this one is ours. */
    record CaseFolded(Operand of) implements Operand {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public @Nullable Object value(Feature feature) {
            return of.value(feature) instanceof String text ? text.toLowerCase(Locale.ROOT) : null;
        }

        @Override
        public boolean inSql() {
            return false;
        }

        @Override
        public void writeSql(Sql out) {
            throw new IllegalStateException("CASEI has no SQL");
        }
    }

    /**
     * Order of two values of one kind, as the database orders them: texts by code point (which is the order of their
     * UTF-8 bytes), numbers exactly, even a long beside a double.
     */
    static int compare(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) return byCodePoint(x, y);
        if (a instanceof Number x && b instanceof Number y) return compareNumbers(x, y);
        if (a instanceof Boolean x && b instanceof Boolean y) return Boolean.compare(x, y);
        if (a instanceof LocalDate x && b instanceof LocalDate y) return x.compareTo(y);
        if (a instanceof Instant x && b instanceof Instant y) return x.compareTo(y);
        throw new IllegalStateException("cannot compare " + a.getClass() + " with " + b.getClass());
    }

    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) return Long.compare(x, y);
        if (a instanceof Double x && b instanceof Double y) return x.doubleValue() == y ? 0 : Double.compare(x, y);
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Double d ? new BigDecimal(d) : BigDecimal.valueOf(number.longValue());
    }

    static int byCodePoint(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) continue;
            // Surrogates stand for code points above all others.
            if (Character.isSurrogate(x) != Character.isSurrogate(y)) return Character.isSurrogate(x) ? 1 : -1;
            return Character.compare(x, y);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Whether one is a whole number and the other not: databases bring them to one type, and may round. */
    static boolean mixed(Operand a, Operand b) {
        return a.kind() == Kind.NUMBER && b.kind() == Kind.NUMBER && whole(a) != whole(b);
    }

    /** Whether this number is whole by its type. */
    static boolean whole(Operand of) {
        if (of instanceof Literal literal) return literal.value() instanceof Long;
        return of instanceof Property property && property.attribute().type() == AttributeType.INTEGER;
    }

    static boolean equal(Object a, Object b) {
        return compare(a, b) == 0;
    }

    /** The texts of a list attribute, or null where unknown. */
    @SuppressWarnings("unchecked")
    static @Nullable List<String> list(Operand of, Feature feature) {
        return of.value(feature) instanceof List<?> list ? (List<String>) list : null;
    }
}
