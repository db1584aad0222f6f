package org.anquan.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.exchange.ImportReport.Column;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.anquan.exchange.RefusedRows.Refused;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * An import's report as an Excel workbook. Its first sheet holds the refused rows as they stood in the file, the bad cells
 * red with the reason as a comment: mended there, the very sheet can be imported. The summary follows. Words are in the
 * asker's language.
 */
public final class ReportWorkbook {
    private static final String BAD = "FFC7CE";
    private static final String HEAD = "E8EEF4";
    private static final String WKT = "wkt";
    private static final int LONGEST_CELL = 32_767;
    private static final int FLUSH_EVERY = 500;
    /** Comments stand in memory and open slowly in Excel; the reason stands in a column too. */
    private static final int MOST_COMMENTS = 5000;

    private ReportWorkbook() {}

    /** Headings of the columns that this workbook adds, in every language: an import passes them over. */
    static Set<String> ownColumns() {
        Set<String> all = new LinkedHashSet<>();
        for (String key : List.of("exchange.workbook.row", "exchange.workbook.reason"))
            for (java.util.Locale language : List.of(Texts.CHINESE, Texts.ENGLISH))
                all.add(Texts.in(language, Text.of(key)));
        return all;
    }

    public static void write(ImportReport report, RefusedRows refused, OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        if (!refused.rows().isEmpty()) refused(book.newWorksheet(words("refused")), refused);
        summary(book.newWorksheet(words("summary")), report, refused);
        book.finish();
    }

    private static String words(String name, Object... values) {
        return new Text("exchange.workbook." + name, List.of(values)).toString();
    }

    // Refused rows

    private static void refused(Worksheet sheet, RefusedRows refused) throws IOException {
        Map<String, Integer> places = new LinkedHashMap<>();
        places.put(words("row"), 0);
        for (String column : refused.columns()) places.putIfAbsent(column, places.size());
        boolean withWkt = !refused.geometryInCells() && refused.rows().stream().anyMatch(r -> r.lonLat() != null);
        for (Refused row : refused.rows())
            for (String column : row.row().values().keySet()) places.putIfAbsent(column, places.size());
        int wkt = withWkt ? places.computeIfAbsent(WKT, c -> places.size()) : -1;
        int reason = places.size();
        places.put(words("reason"), reason);
        places.forEach((name, at) -> {
            text(sheet, 0, at, name);
            sheet.style(0, at).bold().fillColor(HEAD).set();
            sheet.width(at, at == reason ? 60 : Math.min(30, Math.max(10, name.length() * 2 + 2)));
        });
        sheet.freezePane(1, 1);
        int at = 1;
        int comments = 0;
        for (Refused row : refused.rows()) {
            sheet.value(at, 0, row.row().number());
            for (Map.Entry<String, Object> value : row.row().values().entrySet())
                cell(sheet, at, places.getOrDefault(value.getKey(), reason), value.getValue());
            Geometry lonLat = row.lonLat();
            if (wkt >= 0 && lonLat != null) text(sheet, at, wkt, ExactWkt.write(lonLat));
            comments += mark(sheet, at, row, places, reason, comments < MOST_COMMENTS);
            if (at++ % FLUSH_EVERY == 0) sheet.flush();
        }
    }

    private static int mark(
            Worksheet sheet, int at, Refused row, Map<String, Integer> places, int reasonAt, boolean withComments) {
        Map<Integer, List<String>> marks = new LinkedHashMap<>();
        List<String> all = new ArrayList<>();
        for (RefusedRow reason : row.reasons()) {
            String said = reason.reason().toString();
            all.add(reason.column().isEmpty() ? said : words("cell", reason.column(), said));
            for (String column : reason.column().split(", ")) {
                Integer place = places.get(reason.column().isEmpty() ? "" : column);
                marks.computeIfAbsent(place == null ? reasonAt : place, c -> new ArrayList<>())
                        .add(said);
            }
        }
        text(sheet, at, reasonAt, String.join("\n", all));
        sheet.style(at, reasonAt).wrapText(true).set();
        int comments = 0;
        for (Map.Entry<Integer, List<String>> mark : marks.entrySet()) {
            sheet.style(at, mark.getKey()).fillColor(BAD).set();
            if (mark.getKey() == reasonAt || !withComments) continue;
            sheet.comment(at, mark.getKey(), String.join("\n", mark.getValue()));
            comments++;
        }
        return comments;
    }

    private static void cell(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof Long number && Math.abs(number) < 1_000_000_000_000_000L) sheet.value(row, column, number);
        else if (value instanceof Double number && Double.isFinite(number)) sheet.value(row, column, number);
        else if (value instanceof BigDecimal number && number.precision() <= 15) sheet.value(row, column, number);
        else if (value instanceof Boolean truth) sheet.value(row, column, truth);
        else if (value instanceof LocalDate date && date.getYear() > 1900) {
            sheet.value(row, column, date);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof LocalDateTime moment && moment.getYear() > 1900) {
            sheet.value(row, column, moment);
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        } else text(sheet, row, column, RawRow.text(value));
    }

    /** XML knows no control characters but tab and line breaks, and Excel no longer cells. */
    private static void text(Worksheet sheet, int row, int column, String text) {
        StringBuilder legal = new StringBuilder(Math.min(text.length(), LONGEST_CELL));
        text.codePoints()
                .filter(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r')
                .filter(c -> c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF))
                .limit(LONGEST_CELL / 2)
                .forEach(legal::appendCodePoint);
        sheet.inlineString(row, column, legal.toString());
    }

    // Summary

    private static void summary(Worksheet sheet, ImportReport report, RefusedRows refused) {
        int row = 0;
        for (Text line : report.summary()) text(sheet, row++, 0, line.toString());
        sheet.style(0, 0).bold().set();
        if (!refused.rows().isEmpty()) {
            text(sheet, row++, 0, words("how"));
            if (refused.geometryInCells()) text(sheet, row++, 0, words("crs", report.crs()));
            if (refused.rows().size() < report.refused())
                text(
                        sheet,
                        row++,
                        0,
                        words("more", report.refused() - refused.rows().size()));
        }
        row++;
        row = head(sheet, row, "column", "use", "attribute", "values");
        for (Column column : report.columns()) {
            text(sheet, row, 0, column.name());
            text(sheet, row, 1, words("use." + column.use()));
            text(sheet, row, 2, or(column.attribute()));
            sheet.value(row++, 3, column.values());
        }
        sheet.width(0, 60);
        sheet.width(1, 20);
        sheet.width(2, 20);
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int head(Worksheet sheet, int row, String... names) {
        for (int c = 0; c < names.length; c++) {
            text(sheet, row, c, words(names[c]));
            sheet.style(row, c).bold().fillColor(HEAD).set();
        }
        return row + 1;
    }
}
