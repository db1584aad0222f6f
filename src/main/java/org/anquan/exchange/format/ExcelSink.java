package org.anquan.exchange.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * An Excel sheet: a bold header that stays in sight, typed cells. Long whole numbers stay texts, because Excel keeps 15
 * digits; so do dates before 1900-03-01, which it miscounts. Rows are flushed in batches, so memory stays flat.
 */
final class ExcelSink extends SinkFile {
    private static final int FLUSH_EVERY = 1000;
    private static final int LONGEST_CELL = 32_767;
    private static final long EXACT_TO = 999_999_999_999_999L;
    private static final LocalDate FIRST_SURE_DATE = LocalDate.of(1900, 3, 1);

    /** Excel's number of the first of January 1970. */
    private static final int DAYS_TO_1970 = 25_569;

    private static final Pattern ESCAPE = Pattern.compile("_(x[0-9A-Fa-f]{4}_)");

    private final OutputStream out;
    private final Workbook book;
    private final Worksheet sheet;
    private final PlaceCells places;
    private int row;

    ExcelSink(Path target, SinkSchema schema, SinkOptions options, FormatSettings settings, Path tempFolder)
            throws IOException {
        super(target, schema, options, settings, tempFolder);
        places = new PlaceCells(schema, options);
        out = new BufferedOutputStream(Files.newOutputStream(working), 1 << 16);
        book = new Workbook(out, "Anquan", "1.0");
        sheet = book.newWorksheet(sheetName(schema.title()));
        List<String> headings = places.headings();
        for (int c = 0; c < headings.size(); c++) {
            sheet.value(0, c, legal(headings.get(c)));
            sheet.style(0, c).bold().fillColor("E6EEF5").set();
            sheet.width(c, Math.min(40, Math.max(10, headings.get(c).length() * 2 + 2)));
        }
        sheet.freezePane(0, 1);
        row = 1;
    }

    private static String sheetName(String title) {
        String plain = legal(title).replaceAll("[\\\\/?*\\[\\]:']", " ").strip();
        if (plain.isEmpty()) return "data";
        return plain.length() <= 31 ? plain : plain.substring(0, 31);
    }

    @Override
    void writeRecord(Map<String, Object> values, @Nullable Geometry lonLat) throws IOException {
        if (row >= Worksheet.MAX_ROWS)
            throw ProblemException.invalid("exchange.format.excelRows", Worksheet.MAX_ROWS - 1);
        int c = 0;
        for (SinkColumn column : schema.columns()) {
            Object value = values.get(column.name());
            if (value != null) cell(c, value);
            c++;
        }
        for (Object value : places.cells(lonLat == null ? null : inCrs(lonLat))) {
            // Half an outline would be no outline.
            if (value instanceof String wkt && wkt.length() > LONGEST_CELL)
                throw ProblemException.invalid("exchange.format.excelGeometry", row + 1, LONGEST_CELL);
            if (value != null) cell(c, value);
            c++;
        }
        row++;
        if (row % FLUSH_EVERY == 0) sheet.flush();
    }

    private void cell(int column, Object value) {
        if (value instanceof Boolean truth) sheet.value(row, column, truth);
        else if (value instanceof Long || value instanceof Integer) whole(column, ((Number) value).longValue());
        else if (value instanceof Double number) sheet.value(row, column, number);
        else if (value instanceof LocalDate date && !date.isBefore(FIRST_SURE_DATE)) {
            sheet.value(row, column, date);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof OffsetDateTime
                || value instanceof LocalDateTime
                || value instanceof java.time.Instant) moment(column, value);
        else if (value instanceof BigDecimal exact && exact.precision() <= 15) sheet.value(row, column, exact);
        else text(column, SinkValues.text(value));
    }

    private void whole(int column, long number) {
        if (Math.abs(number) <= EXACT_TO) sheet.value(row, column, number);
        else text(column, Long.toString(number));
    }

    private void moment(int column, Object value) {
        OffsetDateTime moment = SinkValues.moment(value, settings.zone());
        if (moment == null) return;
        LocalDateTime local = moment.atZoneSameInstant(settings.zone()).toLocalDateTime();
        if (local.toLocalDate().isBefore(FIRST_SURE_DATE)) {
            text(column, moment.toString());
            return;
        }
        double seconds = local.toLocalTime().toNanoOfDay() / 1e9;
        sheet.value(row, column, local.toLocalDate().toEpochDay() + DAYS_TO_1970 + seconds / 86_400);
        sheet.style(row, column)
                .format(local.getNano() == 0 ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd hh:mm:ss.000")
                .set();
    }

    private void text(int column, String text) {
        String legal = legal(text);
        if (legal.length() > LONGEST_CELL) {
            note(Text.of("exchange.format.note.cutCell", LONGEST_CELL, Shapes.shortened(text)));
            legal = legal.substring(0, LONGEST_CELL);
        }
        // What looks like Excel's own escape is escaped, or it would come back as another sign.
        sheet.inlineString(row, column, ESCAPE.matcher(legal).replaceAll("_x005F_$1"));
    }

    /** XML knows no control characters but tab and line breaks. */
    static String legal(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean loneSurrogate = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1)))
                    && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            boolean bad =
                    (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == '\uFFFE' || c == '\uFFFF' || loneSurrogate;
            if (bad && out == null) out = new StringBuilder(text.substring(0, i));
            if (out != null && !bad) out.append(c);
        }
        return out == null ? text : out.toString();
    }

    @Override
    void writeEnd() throws IOException {
        sheet.finish();
        book.finish();
    }

    @Override
    void release() throws IOException {
        try {
            book.close();
        } finally {
            out.close();
        }
    }
}
