package org.anquan.exchange.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.anquan.geo.SourceCrs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values as the formats want them. */
final class SinkValues {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    /** What a reader of lists takes for the end of an item. */
    private static final String SEPARATORS = ",，、;；|/\n";

    private SinkValues() {}

    /** As text: numbers without exponent, moments after ISO 8601, lists joined by commas. */
    static String text(Object value) {
        if (value instanceof Double d) return number(d);
        if (value instanceof BigDecimal exact) return exact.toPlainString();
        // toString leaves out seconds that are zero.
        if (value instanceof OffsetDateTime moment) return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
        if (value instanceof LocalDateTime moment) return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment);
        if (value instanceof Collection<?> all) {
            // An empty list is no unknown one, and an item with a comma is no two: these keep their brackets.
            boolean plain = !all.isEmpty() && all.stream().allMatch(SinkValues::standsAlone);
            return plain
                    ? all.stream().map(SinkValues::text).collect(Collectors.joining(","))
                    : MAPPER.writeValueAsString(value);
        }
        return value instanceof Map ? MAPPER.writeValueAsString(value) : value.toString();
    }

    private static boolean standsAlone(@Nullable Object item) {
        if (item == null || item instanceof Map || item instanceof Collection) return false;
        String text = text(item);
        if (text.isEmpty() || !text.equals(text.strip()) || text.startsWith("[")) return false;
        for (int i = 0; i < text.length(); i++) if (SEPARATORS.indexOf(text.charAt(i)) >= 0) return false;
        return true;
    }

    static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) return Long.toString((long) number);
        String plain = Double.toString(number);
        return plain.indexOf('E') < 0 ? plain : new BigDecimal(plain).toPlainString();
    }

    /**
     * A coordinate: exact where it is as the layer has it; else, since it was computed, with as many digits as mean
     * something: nine for degrees (0.1 mm), four for metres.
     */
    static String coordinate(double number, SourceCrs crs) {
        if (crs.isLonLat()) return number(number);
        double scale = crs.isGeographic() ? 1e9 : 1e4;
        double rounded = Math.abs(number) < 1e9 ? Math.round(number * scale) / scale : number;
        return number(rounded);
    }

    /** The moment in UTC as GeoPackage writes it; a moment without offset is of this zone. */
    static @Nullable String utc(Object value, ZoneId zone) {
        OffsetDateTime moment = moment(value, zone);
        return moment == null
                ? null
                : UTC_MILLIS.format(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }

    /** Null where the value is no moment. */
    static @Nullable OffsetDateTime moment(Object value, ZoneId zone) {
        if (value instanceof OffsetDateTime moment) return moment;
        if (value instanceof Instant instant) return instant.atOffset(ZoneOffset.UTC);
        if (value instanceof LocalDateTime local) return local.atZone(zone).toOffsetDateTime();
        if (value instanceof LocalDate date) return date.atStartOfDay(zone).toOffsetDateTime();
        if (!(value instanceof String text)) return null;
        try {
            return text.length() > 19
                    ? OffsetDateTime.parse(text)
                    : LocalDateTime.parse(text).atZone(zone).toOffsetDateTime();
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }

    static @Nullable LocalDate date(Object value) {
        if (value instanceof LocalDate date) return date;
        if (value instanceof LocalDateTime moment) return moment.toLocalDate();
        if (!(value instanceof String text)) return null;
        try {
            return LocalDate.parse(text);
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }
}
