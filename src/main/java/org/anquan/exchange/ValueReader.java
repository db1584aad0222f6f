package org.anquan.exchange;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.AttributeType;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what people write into cells: numbers with blanks, thousand separators, full-width digits or the attribute's own
 * unit; yes and no in their many forms; dates in the usual orders of China; allowed values by their code or title. It does
 * not guess: "about 300" is no number. Whether a value is allowed and within limits, the catalogue checks.
 */
final class ValueReader {
    private static final Set<String> YES = Set.of("是", "有", "对", "真", "√", "✓", "true", "t", "yes", "y", "1");
    private static final Set<String> NO = Set.of("否", "无", "無", "错", "假", "×", "false", "f", "no", "n", "0");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0'’_]");
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern DAY =
            Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?");
    private static final Pattern DAY_IN_DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern CLOCK = Pattern.compile("[T\\s]*(\\d{1,2})[:时](\\d{1,2})[:分]?(?:(\\d{1,2})秒?)?");
    private static final Pattern BETWEEN_ITEMS = Pattern.compile("[,，、;；|/\\n]");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ZoneId timeZone;
    private final Map<String, Map<String, String>> codes = new LinkedHashMap<>();

    ValueReader(ZoneId timeZone) {
        this.timeZone = timeZone;
    }

    /** A value, or what is wrong with it. */
    record Read(@Nullable Object value, @Nullable Text wrong) {
        static Read of(Object value) {
            return new Read(value, null);
        }

        static Read wrong(String key, Object... values) {
            return new Read(null, new Text(key, List.of(values)));
        }
    }

    /**
     * @param given of the types that {@link org.anquan.exchange.format.ColumnType} names, not blank
     * @param unit that the column's heading names, where it is another than the attribute's
     */
    Read read(AttributeDefinition attribute, Object given, @Nullable String unit) {
        String own = attribute.unit();
        BigDecimal withUnit = own == null || !(given instanceof String text) ? null : numberIn(own, text);
        if (withUnit != null && isNumber(attribute)) return Read.of(withUnit);
        Read read = read(attribute, given);
        BigDecimal factor = unit == null || own == null ? null : Units.factor(unit, own);
        if (factor != null
                && unit != null
                && read.wrong() != null
                && read.wrong().key().equals("exchange.value.numberIn"))
            return Read.wrong("exchange.value.numberIn", shown(RawRow.text(given)), unit);
        if (factor == null || !(read.value() instanceof BigDecimal number)) return read;
        return Read.of(scaled(number, factor));
    }

    private static boolean isNumber(AttributeDefinition attribute) {
        return attribute.type() == AttributeType.INTEGER || attribute.type() == AttributeType.NUMBER;
    }

    /** A number that carries its own unit, which goes before that of the heading: 3亩 is 2000 m²; null for all else. */
    private static @Nullable BigDecimal numberIn(String own, String given) {
        String text = usual(given);
        int end = text.length();
        while (end > 0 && !(text.charAt(end - 1) >= '0' && text.charAt(end - 1) <= '9')) end--;
        // m² is m2 in plain characters: its last digit belongs to the unit.
        for (int at : new int[] {end, end - 1, end - 2}) {
            while (at > 0 && isLetter(text.charAt(at - 1))) at--;
            if (at <= 0 || at == text.length()) continue;
            String unit = text.substring(at).strip();
            BigDecimal number = number(text.substring(0, at));
            BigDecimal factor = number == null ? null : Units.ofCell(unit, own);
            if (number != null && factor != null)
                return factor.equals(BigDecimal.ONE) ? number : scaled(number, factor);
        }
        return null;
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '/';
    }

    private Read read(AttributeDefinition attribute, Object given) {
        Object typed = typed(attribute.type(), given);
        if (typed != null) return Read.of(typed);
        String text = RawRow.text(given).strip();
        return switch (attribute.type()) {
            case TEXT -> Read.of(code(attribute, withoutControls(text)));
            case INTEGER, NUMBER -> number(attribute, text);
            case BOOLEAN -> yesOrNo(text);
            case DATE -> {
                LocalDate date = date(usual(text));
                yield date == null ? Read.wrong("catalog.value.notDate", shown(text)) : Read.of(date);
            }
            case TIME -> time(usual(text));
            case LIST -> list(attribute, given, text);
        };
    }

    /** What the file itself says by its types; null where the text has to be read. */
    private @Nullable Object typed(AttributeType type, Object given) {
        return switch (type) {
            case INTEGER, NUMBER -> {
                if (given instanceof BigDecimal) yield given;
                if (given instanceof Long number) yield BigDecimal.valueOf(number);
                yield given instanceof Double number && Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
            }
            case BOOLEAN -> given instanceof Boolean ? given : null;
            case DATE -> {
                if (given instanceof OffsetDateTime moment)
                    yield moment.atZoneSameInstant(timeZone).toLocalDate();
                if (given instanceof LocalDateTime moment) yield moment.toLocalDate();
                yield given instanceof LocalDate ? given : null;
            }
            case TIME -> {
                if (given instanceof OffsetDateTime moment) yield moment.toInstant();
                if (given instanceof LocalDateTime moment)
                    yield moment.atZone(timeZone).toInstant();
                yield given instanceof LocalDate day
                        ? day.atStartOfDay(timeZone).toInstant()
                        : null;
            }
            case TEXT, LIST -> null;
        };
    }

    /** A number as people write it, or null. */
    static @Nullable BigDecimal number(String given) {
        String text = BLANKS.matcher(usual(given)).replaceAll("").replace('−', '-');
        if (THOUSANDS.matcher(text).matches()) text = text.replace(",", "");
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** A number in another unit, without digits that the conversion made up. */
    static BigDecimal scaled(BigDecimal number, BigDecimal factor) {
        BigDecimal plain = number.multiply(factor)
                .round(new java.math.MathContext(15))
                .setScale(6, java.math.RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static Read number(AttributeDefinition attribute, String given) {
        BigDecimal number = number(given);
        String unit = attribute.unit();
        if (number != null) return Read.of(number);
        if (unit == null) return Read.wrong("exchange.value.number");
        return Read.wrong("exchange.value.numberIn", shown(given), attribute.unitInWords());
    }

    private static Read yesOrNo(String given) {
        String text = usual(given).toLowerCase(Locale.ROOT);
        if (YES.contains(text)) return Read.of(true);
        if (NO.contains(text)) return Read.of(false);
        return Read.wrong("exchange.value.boolean");
    }

    private static @Nullable LocalDate date(String text) {
        for (Pattern pattern : List.of(DAY, DAY_IN_DIGITS)) {
            Matcher m = pattern.matcher(text);
            if (m.matches()) return day(m);
        }
        return null;
    }

    private static @Nullable LocalDate day(Matcher m) {
        try {
            return LocalDate.of(
                    Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Read time(String text) {
        try {
            return Read.of(OffsetDateTime.parse(text.replaceFirst("(?<=\\d) (?=\\d)", "T"))
                    .toInstant());
        } catch (DateTimeException withoutOffset) {
            // A local time, then.
        }
        LocalDate day = date(text);
        if (day != null) return Read.of(day.atStartOfDay(timeZone).toInstant());
        Matcher m = DAY.matcher(text);
        if (m.lookingAt()) {
            day = day(m);
            Matcher clock = CLOCK.matcher(text.substring(m.end()));
            if (day != null && clock.matches()) {
                String seconds = clock.group(3);
                try {
                    LocalDateTime local = day.atTime(
                            Integer.parseInt(clock.group(1)),
                            Integer.parseInt(clock.group(2)),
                            seconds == null ? 0 : Integer.parseInt(seconds));
                    return Read.of(local.atZone(timeZone).toInstant());
                } catch (DateTimeException e) {
                    // There is no such hour or minute.
                }
            }
        }
        return Read.wrong("catalog.value.notTime", shown(text));
    }

    private Read list(AttributeDefinition attribute, Object given, String text) {
        List<String> items = new ArrayList<>();
        JsonNode array = given instanceof Collection<?> ? null : jsonArray(text);
        if (given instanceof Collection<?> all)
            for (Object item : all) items.add(item == null ? "" : RawRow.text(item));
        else if (array != null && array.isArray())
            for (JsonNode item : array) items.add(item.isString() ? item.asString() : item.toString());
        else for (String item : BETWEEN_ITEMS.split(text)) items.add(item);
        return Read.of(items.stream()
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(item -> code(attribute, withoutControls(item)))
                .toList());
    }

    private static @Nullable JsonNode jsonArray(String text) {
        if (!text.startsWith("[")) return null;
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The code of an allowed value that is given by its title; anything else as it stands. */
    private String code(AttributeDefinition attribute, String text) {
        if (attribute.values().isEmpty()) return text;
        Map<String, String> known = codes.computeIfAbsent(attribute.name(), name -> {
            Map<String, String> names = new LinkedHashMap<>();
            attribute.values().forEach(v -> names.put(v.value(), v.value()));
            attribute.values().forEach(v -> names.putIfAbsent(AttributeNames.plain(v.value()), v.value()));
            attribute
                    .values()
                    .forEach(v ->
                            names.putIfAbsent(AttributeNames.plain(v.title().zh()), v.value()));
            attribute
                    .values()
                    .forEach(v ->
                            names.putIfAbsent(AttributeNames.plain(v.title().en()), v.value()));
            return names;
        });
        String exact = known.get(text);
        return exact != null ? exact : known.getOrDefault(AttributeNames.plain(text), text);
    }

    /** Full-width digits and letters as the usual ones, no blanks around. */
    private static String usual(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    /** Control characters come from broken exports and mean nothing; line feeds and tabs stay. */
    private static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F)
                return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]", "");
        }
        return text;
    }

    static String shown(String text) {
        if (text.codePointCount(0, text.length()) <= 60) return text;
        return text.substring(0, text.offsetByCodePoints(0, 57)) + "…";
    }
}
