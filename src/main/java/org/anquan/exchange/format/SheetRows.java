package org.anquan.exchange.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.anquan.exchange.format.CellFormats.Kind;
import org.anquan.exchange.format.SheetMerges.Range;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.exchange.format.TableRow.CellProblem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Rows of one sheet, with merged ranges filled in. A bad cell is a problem of its row. */
final class SheetRows implements TableRows {
    private static final int MOST_OPEN = 1000;
    private static final long LAST_SERIAL = 2_958_465;

    private final ZipContent zip;
    private final Xml xml;
    private final FormatLimits limits;
    private final String fileName;
    private final SharedTexts texts;
    private final CellFormats formats;
    private final SheetMerges merges;
    private final boolean from1904;
    private final Map<Range, Object> open = new HashMap<>();
    private int nextMerge;
    private long rowNumber;
    private List<CellProblem> problems = new ArrayList<>();

    SheetRows(
            Input input,
            ZipContent zip,
            String entry,
            SharedTexts texts,
            CellFormats formats,
            SheetMerges merges,
            boolean from1904)
            throws IOException {
        this.zip = zip;
        this.limits = input.limits();
        this.fileName = input.name();
        this.texts = texts;
        this.formats = formats;
        this.merges = merges;
        this.from1904 = from1904;
        Xml sheet;
        try {
            sheet = ExcelSource.xml(zip, entry, input);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
        if (sheet == null) {
            zip.close();
            throw ProblemException.invalid("exchange.format.noSheet", fileName);
        }
        xml = sheet;
    }

    @Override
    public @Nullable TableRow next() {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("sheetData")) return null;
            if (event == XMLStreamReader.START_ELEMENT && xml.name().equals("row")) return row();
        }
        return null;
    }

    private TableRow row() {
        long said = number(xml.attribute("r"));
        rowNumber = said > rowNumber ? said : rowNumber + 1;
        problems = new ArrayList<>();
        @Nullable Object[] cells = new Object[16];
        int width = 0;
        int column = -1;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT && xml.name().equals("row")) break;
            if (event != XMLStreamReader.START_ELEMENT) continue;
            if (!xml.name().equals("c")) {
                xml.skip();
                continue;
            }
            column = column(xml.attribute("r"), column);
            if (column >= limits.maxColumns()) {
                // Stray formatting far to the right is common and means nothing.
                if (cell(column) != null)
                    throw ProblemException.invalid(
                            "exchange.format.tooManyColumns", fileName, column + 1, limits.maxColumns());
                continue;
            }
            Object value = cell(column);
            if (value == null) continue;
            if (column >= cells.length) cells = Arrays.copyOf(cells, Math.min(16_384, (column + 1) * 2));
            cells[column] = value;
            width = Math.max(width, column + 1);
        }
        cells = Arrays.copyOf(cells, width);
        if (merges.count() > 0) cells = filled(cells, width > 0);
        return new TableRow(rowNumber, cells, problems);
    }

    private static long number(String text) {
        try {
            return text.isEmpty() || text.length() > 9 ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int column(String reference, int before) {
        long[] cell = SheetMerges.cell(reference);
        return cell.length == 2 ? (int) cell[1] : before + 1;
    }

    private @Nullable Object cell(int column) {
        String type = xml.attribute("t");
        Kind kind = formats.of(xml.attribute("s"));
        String value = null;
        String inline = null;
        boolean formula = false;
        int openTags = 1;
        while (openTags > 0 && xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT) openTags--;
            if (event != XMLStreamReader.START_ELEMENT) continue;
            switch (xml.name()) {
                case "v" -> value = xml.text();
                case "is" -> inline = SharedTexts.item(xml);
                case "f" -> {
                    formula = true;
                    xml.skip();
                }
                default -> xml.skip();
            }
        }
        if (inline != null) return inline.isEmpty() ? null : inline;
        // Excel writes an empty value where the result is empty text; programs that do not calculate write none.
        if (formula && value == null) return wrong(column, "", "exchange.format.excelFormula");
        if (value == null || value.isEmpty()) return null;
        return switch (type) {
            case "s" -> shared(value, column);
            case "str" -> SharedTexts.unescaped(value);
            case "inlineStr" -> value;
            case "b" -> value.equals("1") || value.equals("true");
            case "e" -> wrong(column, value, "exchange.format.excelError");
            case "d" -> isoDate(value, column);
            default -> numeric(value, kind, column);
        };
    }

    private @Nullable Object shared(String value, int column) {
        if (texts == SharedTexts.NONE) return value;
        try {
            int index = Integer.parseInt(value);
            if (index >= 0 && index < texts.all().size()) {
                String text = texts.all().get(index);
                return text.isEmpty() ? null : text;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        return wrong(column, value, "exchange.format.excelText");
    }

    private @Nullable Object wrong(int column, String value, String key) {
        problems.add(new CellProblem(column, Problem.refused(null, value, new Text(key, List.of(value)))));
        return null;
    }

    private @Nullable Object isoDate(String value, int column) {
        try {
            return value.length() > 10 ? LocalDateTime.parse(value.replace("Z", "")) : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            return wrong(column, value, "exchange.format.excelDate");
        }
    }

    private @Nullable Object numeric(String value, Kind kind, int column) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return wrong(column, value, "exchange.format.excelNumber");
        }
        if (!Double.isFinite(number)) return wrong(column, value, "exchange.format.excelNumber");
        if (kind == Kind.NUMBER) return plain(number, value);
        if (number < 0 || number > LAST_SERIAL) return wrong(column, value, "exchange.format.excelDate");
        return moment(number, kind);
    }

    private static Object plain(double number, String written) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) return (long) number;
        // Excel itself keeps 15 digits; other writers put longer integers as they are.
        if (Math.abs(number) < 1e18 && written.chars().allMatch(c -> c >= '0' && c <= '9'))
            return Long.parseLong(written);
        if (Math.abs(number) >= 1e18 && written.length() < 40 && written.chars().allMatch(c -> c >= '0' && c <= '9'))
            return new BigDecimal(written);
        return number;
    }

    private Object moment(double serial, Kind kind) {
        long days = (long) Math.floor(serial);
        // A serial of today keeps a few microseconds.
        long millis = Math.round((serial - days) * 86_400_000);
        if (kind == Kind.CLOCK && days == 0)
            return LocalTime.ofSecondOfDay(Math.min(86_399, Math.round(millis / 1000.0)))
                    .toString();
        // Serial 60 is the 29 February 1900 that never was.
        LocalDate zero = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, days < 60 ? 31 : 30);
        LocalDate date = zero.plusDays(days);
        if (millis == 0 && kind != Kind.MOMENT) return date;
        return date.atStartOfDay().plusNanos(millis * 1_000_000);
    }

    /** Puts the value of a merged range into those of its cells that lie in this row. */
    private @Nullable Object[] filled(@Nullable Object[] row, boolean hasValues) {
        @Nullable Object[] cells = row;
        while (nextMerge < merges.count() && merges.get(nextMerge).firstRow() <= rowNumber) {
            Range range = merges.get(nextMerge++);
            if (range.firstRow() < rowNumber || range.firstColumn() >= limits.maxColumns()) continue;
            Object value = range.firstColumn() < cells.length ? cells[range.firstColumn()] : null;
            // A title across the sheet is no value of its columns.
            boolean title = range.firstRow() == range.lastRow();
            if (value != null && !title && open.size() < MOST_OPEN) open.put(range, value);
        }
        // A row that holds nothing of its own stays blank.
        if (!hasValues) return cells;
        var ranges = open.entrySet().iterator();
        while (ranges.hasNext()) {
            var one = ranges.next();
            Range range = one.getKey();
            if (range.lastRow() < rowNumber) {
                ranges.remove();
                continue;
            }
            int last = Math.min(range.lastColumn(), range.firstColumn() + 64);
            if (last >= limits.maxColumns()) last = range.firstColumn();
            if (last >= cells.length) cells = Arrays.copyOf(cells, last + 1);
            for (int c = range.firstColumn(); c <= last; c++) if (cells[c] == null) cells[c] = one.getValue();
        }
        return cells;
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } finally {
            zip.close();
        }
    }
}
