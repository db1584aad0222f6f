package org.anquan.exchange.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.anquan.exchange.format.TableRow.CellProblem;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV after RFC 4180: quoted fields with separators, doubled quotes and line breaks; any of CR, LF, CRLF ends
 * a record. A quote inside an unquoted field is taken as it stands. Blank lines are passed over.
 */
final class CsvRows implements TableRows {
    private static final char QUOTE = '"';

    private final Reader in;
    private final char separator;
    private final FormatLimits limits;
    private final String fileName;
    private final char[] buffer = new char[1 << 16];
    private int at;
    private int end;
    private long line = 1;
    private char[] field = new char[1024];
    private int fieldLength;
    private int recordLength;
    private boolean unreadable;
    private final List<@Nullable Object> cells = new ArrayList<>();
    private List<CellProblem> problems = List.of();

    CsvRows(Reader in, char separator, FormatLimits limits, String fileName) {
        this.in = in;
        this.separator = separator;
        this.limits = limits;
        this.fileName = fileName;
    }

    @Override
    public @Nullable TableRow next() throws IOException {
        while (peek() >= 0) {
            long start = line;
            TableRow row = record(start);
            if (row != null) return row;
        }
        return null;
    }

    private @Nullable TableRow record(long start) throws IOException {
        cells.clear();
        problems = List.of();
        recordLength = 0;
        boolean anything = false;
        for (; ; ) {
            fieldLength = 0;
            unreadable = false;
            boolean quoted = peek() == QUOTE;
            if (quoted) quoted(start);
            int stop = unquoted(start);
            anything |= quoted || fieldLength > 0 || stop == separator;
            endField();
            if (stop == separator) continue;
            if (stop == '\r') {
                if (peek() == '\n') at++;
                line++;
            } else if (stop == '\n') line++;
            return anything ? new TableRow(start, cells.toArray(), problems) : null;
        }
    }

    private void quoted(long start) throws IOException {
        at++;
        for (; ; ) {
            int c = read();
            if (c < 0) throw ProblemException.invalid("exchange.format.openQuote", fileName, start);
            if (c == QUOTE) {
                if (peek() != QUOTE) return;
                at++;
            } else if (c == '\n') line++;
            else if (c == '\r' && peek() != '\n') line++;
            append((char) c, start);
        }
    }

    /** Up to the end of the field; returns the separator, a line break, or -1 at the end of the file. */
    private int unquoted(long start) throws IOException {
        for (; ; ) {
            int c = read();
            if (c < 0 || c == separator || c == '\n' || c == '\r') return c;
            append((char) c, start);
        }
    }

    private void append(char c, long start) {
        if (fieldLength == field.length) {
            if (fieldLength >= limits.maxFieldChars())
                throw ProblemException.invalid("exchange.format.longField", fileName, start, limits.maxFieldChars());
            field = java.util.Arrays.copyOf(field, (int) Math.min((long) fieldLength * 2, limits.maxFieldChars()));
        }
        if (c == '\uFFFD') unreadable = true;
        field[fieldLength++] = c;
        if (++recordLength > limits.maxRecordChars())
            throw ProblemException.invalid("exchange.format.longRecord", fileName, start, limits.maxRecordChars());
    }

    private void endField() {
        int column = cells.size();
        if (column >= limits.maxColumns())
            throw ProblemException.invalid("exchange.format.tooManyColumns", fileName, column + 1, limits.maxColumns());
        String text = fieldLength == 0 ? null : new String(field, 0, fieldLength);
        cells.add(text);
        if (unreadable) {
            if (problems.isEmpty()) problems = new ArrayList<>();
            problems.add(new CellProblem(
                    column, Problem.mended(null, text, Text.of("exchange.format.unreadableCharacters"))));
        }
    }

    private int peek() throws IOException {
        if (at == end && !fill()) return -1;
        return buffer[at];
    }

    private int read() throws IOException {
        if (at == end && !fill()) return -1;
        return buffer[at++];
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
