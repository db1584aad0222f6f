package org.anquan.catalog;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.anquan.catalog.AttributeDefinition.AllowedValue;
import org.jspecify.annotations.Nullable;

/** Brings a stored value into the form that a changed definition wants, where nothing of it is lost. */
final class ValueConversion {
    private static final List<String> YES = List.of("true", "是", "有", "1");
    private static final List<String> NO = List.of("false", "否", "无", "0");

    private ValueConversion() {}

    /** Null where it does not fit. */
    static @Nullable Object of(Object value, AttributeDefinition to) {
        Object turned = turned(value, to);
        return turned == null ? null : AttributeValues.check(to, turned).value();
    }

    private static @Nullable Object turned(Object value, AttributeDefinition to) {
        return switch (to.type()) {
            case TEXT -> titled(text(value), to);
            case LIST -> list(value, to);
            case INTEGER, NUMBER -> number(value);
            case BOOLEAN -> flag(value);
            case DATE, TIME -> value;
        };
    }

    private static String text(Object value) {
        if (value instanceof Double number)
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        if (value instanceof List<?> list)
            return String.join("、", list.stream().map(String::valueOf).toList());
        return value.toString();
    }

    /** An allowed value may stand there by its title: 县级 for county. */
    private static String titled(String text, AttributeDefinition to) {
        for (AllowedValue allowed : to.values())
            if (allowed.title().zh().equals(text) || allowed.title().en().equalsIgnoreCase(text))
                return allowed.value();
        return text;
    }

    private static Object list(Object value, AttributeDefinition to) {
        List<?> items = value instanceof List<?> list
                ? list
                : Arrays.stream(text(value).split("[、,，;；|]"))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
        return items.stream().map(item -> titled(String.valueOf(item), to)).toList();
    }

    private static @Nullable Object number(Object value) {
        if (value instanceof Number) return value;
        if (value instanceof Boolean yes) return yes ? 1L : 0L;
        if (!(value instanceof String text) || !text.strip().matches("[+-]?\\d{1,30}(\\.\\d{1,30})?")) return null;
        return new BigDecimal(text.strip());
    }

    private static @Nullable Object flag(Object value) {
        if (value instanceof Boolean) return value;
        String text = text(value);
        if (YES.contains(text)) return true;
        return NO.contains(text) ? Boolean.FALSE : null;
    }
}
