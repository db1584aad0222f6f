package org.anquan.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.anquan.catalog.AttributeDefinition.AllowedValue;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Brings a value into the one form in which the store keeps it, and checks it against its definition. */
final class AttributeValues {
    /** Long enough for any remark; a longer text is a file pasted into a field. */
    static final int LONGEST_TEXT = 10_000;

    private static final int LAST_YEAR = 9999;

    private AttributeValues() {}

    /**
     * A value in its kept form, or what is wrong with it, or neither where it is blank and so unknown.
     */
    record Checked(@Nullable Object value, @Nullable Text wrong) {
        static final Checked UNKNOWN = new Checked(null, null);

        static Checked of(Object value) {
            return new Checked(value, null);
        }

        static Checked wrong(String key, Object... values) {
            return new Checked(null, new Text(key, List.of(values)));
        }
    }

    static Checked check(AttributeDefinition attribute, Object given) {
        return switch (attribute.type()) {
            case TEXT -> text(attribute, given);
            case INTEGER -> integer(attribute, given);
            case NUMBER -> number(attribute, given);
            case BOOLEAN ->
                given instanceof Boolean ? Checked.of(given) : Checked.wrong("catalog.value.notBoolean", shown(given));
            case DATE -> {
                LocalDate date = given instanceof LocalDate d ? inRange(d) : date(given);
                yield date == null ? Checked.wrong("catalog.value.notDate", shown(given)) : Checked.of(date);
            }
            case TIME -> {
                Instant time = given instanceof Instant t ? inRange(t) : time(given);
                yield time == null ? Checked.wrong("catalog.value.notTime", shown(given)) : Checked.of(time);
            }
            case LIST -> list(attribute, given);
        };
    }

    private static Checked text(AttributeDefinition attribute, Object given) {
        if (!(given instanceof String text)) return Checked.wrong("catalog.value.notText", shown(given));
        String kept = text.replace("\r\n", "\n").replace('\r', '\n').strip();
        if (kept.isEmpty()) return Checked.UNKNOWN;
        if (kept.length() > LONGEST_TEXT)
            return Checked.wrong("catalog.value.textTooLong", kept.length(), LONGEST_TEXT);
        if (kept.codePoints().anyMatch(AttributeValues::unprintable))
            return Checked.wrong("catalog.value.controlCharacter", shown(kept));
        return allowed(attribute, kept) ? Checked.of(kept) : notAllowed(attribute, kept);
    }

    /** Control characters other than tab and line feed, and halves of a surrogate pair. */
    private static boolean unprintable(int c) {
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || (c >= 0xD800 && c <= 0xDFFF);
    }

    private static boolean allowed(AttributeDefinition attribute, String value) {
        return attribute.values().isEmpty()
                || attribute.values().stream().anyMatch(v -> v.value().equals(value));
    }

    private static Checked notAllowed(AttributeDefinition attribute, String value) {
        return Checked.wrong(
                "catalog.value.notAllowed",
                shown(value),
                attribute.values().stream().map(AllowedValue::title).toList(),
                attribute.values().stream().map(AllowedValue::value).toList());
    }

    private static Checked integer(AttributeDefinition attribute, Object given) {
        Long whole = null;
        if (given instanceof Long || given instanceof Integer || given instanceof Short || given instanceof Byte)
            whole = ((Number) given).longValue();
        else if (given instanceof BigInteger big && big.bitLength() < Long.SIZE) whole = big.longValue();
        else if (given instanceof BigDecimal decimal) whole = exact(decimal);
        else if (given instanceof Double || given instanceof Float) {
            double d = ((Number) given).doubleValue();
            if (d == Math.rint(d) && Math.abs(d) <= 9.007199254740992e15) whole = (long) d;
        }
        if (whole == null) return Checked.wrong("catalog.value.notInteger", shown(given));
        Text outside = outside(attribute, whole);
        return outside == null ? Checked.of(whole) : new Checked(null, outside);
    }

    private static @Nullable Long exact(BigDecimal decimal) {
        try {
            return decimal.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static Checked number(AttributeDefinition attribute, Object given) {
        if (!(given instanceof Number number)) return Checked.wrong("catalog.value.notNumber", shown(given));
        double value = number.doubleValue();
        if (!Double.isFinite(value)) return Checked.wrong("catalog.value.notNumber", shown(given));
        Text outside = outside(attribute, value);
        // Minus zero would come back from the database as zero.
        return outside == null ? Checked.of(value == 0 ? 0.0 : value) : new Checked(null, outside);
    }

    private static @Nullable Text outside(AttributeDefinition attribute, double value) {
        Double min = attribute.min();
        Double max = attribute.max();
        Object unit = attribute.unitInWords();
        if (min != null && value < min) return Text.of("catalog.value.tooSmall", value, min, unit);
        if (max != null && value > max) return Text.of("catalog.value.tooLarge", value, max, unit);
        return null;
    }

    private static Checked list(AttributeDefinition attribute, Object given) {
        if (!(given instanceof Collection<?> items)) return Checked.wrong("catalog.value.notList", shown(given));
        List<String> kept = new ArrayList<>();
        for (Object item : items) {
            if (item == null) return Checked.wrong("catalog.value.notList", shown(given));
            Checked one = text(attribute, item);
            if (one.wrong() != null) return one;
            if (one.value() instanceof String text && !kept.contains(text)) kept.add(text);
        }
        return Checked.of(List.copyOf(kept));
    }

    static @Nullable LocalDate date(Object given) {
        try {
            return given instanceof String text ? inRange(LocalDate.parse(text.strip())) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Instant time(Object given) {
        if (given instanceof OffsetDateTime time) return inRange(time.toInstant());
        if (!(given instanceof String text)) return null;
        try {
            return inRange(OffsetDateTime.parse(text.strip()).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalDate inRange(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= LAST_YEAR ? date : null;
    }

    /** The store keeps milliseconds. */
    private static @Nullable Instant inRange(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= LAST_YEAR ? time.truncatedTo(ChronoUnit.MILLIS) : null;
    }

    /** As much of a wrong value as fits into a sentence. */
    static String shown(Object given) {
        String text = String.valueOf(given);
        return text.length() <= 60
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.min(50, text.codePointCount(0, text.length()))))
                        + "…";
    }
}
