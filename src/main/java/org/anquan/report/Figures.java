package org.anquan.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import tools.jackson.databind.JsonNode;

/** Figures as people read them: 58.6 万人, 94.3 %, 1,095 km²; unknown is said, not zero. */
final class Figures {
    private static final double TEN_THOUSAND = 10_000;
    private static final double SQUARE_KILOMETRE = 1e6;

    private Figures() {}

    static String number(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 1000;
        return format(whole ? "#,##0" : "#,##0.##", value);
    }

    private static String format(String pattern, double value) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    static String unknown() {
        return Text.of("report.unknown").toString();
    }

    static String number(JsonNode value) {
        return value.isNumber() ? number(value.asDouble()) : unknown();
    }

    static String people(JsonNode value) {
        if (!value.isNumber()) return Text.of("report.peopleUnknown").toString();
        double people = value.asDouble();
        boolean chinese = Texts.currentLanguage().equals(Texts.CHINESE);
        if (chinese && people >= TEN_THOUSAND - 0.5)
            return Text.of("report.tenThousandPeople", format("#,##0.0", people / TEN_THOUSAND))
                    .toString();
        return Text.of("report.people", format("#,##0", people)).toString();
    }

    static String percent(JsonNode share) {
        return share.isNumber() ? format("0.0", 100 * share.asDouble()) + "%" : unknown();
    }

    static String squareKilometres(JsonNode squareMetres) {
        if (!squareMetres.isNumber()) return unknown();
        double value = squareMetres.asDouble() / SQUARE_KILOMETRE;
        return format(value >= 100 ? "#,##0" : "#,##0.0", value);
    }

    static String minutes(double minutes) {
        if (minutes >= 60 && minutes % 60 == 0)
            return Text.of("report.hours", number(minutes / 60)).toString();
        return Text.of("report.minutes", number(minutes)).toString();
    }

    static String date(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return Text.of("report.date", local.getYear(), local.getMonthValue(), local.getDayOfMonth())
                .toString();
    }

    static String date(JsonNode at, ZoneId zone) {
        try {
            return at.isString() ? date(Instant.parse(at.asString()), zone) : unknown();
        } catch (java.time.format.DateTimeParseException e) {
            return at.asString();
        }
    }
}
