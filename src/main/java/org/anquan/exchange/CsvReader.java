package org.anquan.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV records (RFC 4180, and what spreadsheets make of it): commas, semicolons or tabs, whichever the first line
 * has most of; quotes doubled inside quotes; line breaks inside quotes; any line end. A record longer than the limit is
 * passed over up to the next line end, in bounded memory.
 */
final class CsvReader {
    private static final int END = -1;
    private static final char QUOTE = '"';

    private final Reader in;
    private final int longestRow;
    private final StringBuilder field = new StringBuilder();
    private final char[] buffer = new char[1 << 15];
    private int at;
    private int limit;
    private char separator;
    private long records;
    private boolean tooLong;

    CsvReader(Reader in, int longestRow) throws IOException {
        this.in = in;
        this.longestRow = longestRow;
        fill();
        this.separator = separatorOfFirstLine();
    }

    /** The number of the record that {@link #next} gave last, from 1; blank lines count, as in a spreadsheet. */
    long number() {
        return records;
    }

    /** Whether the record that {@link #next} gave last passed the limit and is not all there. */
    boolean tooLong() {
        return tooLong;
    }

    /** The next record that is not blank, or null at the end. */
    @Nullable
    List<String> next() throws IOException {
        while (peek() != END) {
            records++;
            List<String> fields = record();
            if (tooLong || fields.stream().anyMatch(f -> !f.isBlank())) return fields;
        }
        return null;
    }

    private List<String> record() throws IOException {
        List<String> fields = new ArrayList<>();
        int length = 0;
        boolean quoted = false;
        boolean fresh = true;
        tooLong = false;
        field.setLength(0);
        while (true) {
            int c = read();
            if (++length > longestRow) {
                tooLong = true;
                passOver(c);
                return fields;
            }
            if (quoted) {
                if (c == END) break;
                if (c != QUOTE) field.append((char) c);
                else if (peek() == QUOTE) field.append((char) read());
                else quoted = false;
            } else if (c == QUOTE && fresh) {
                quoted = true;
                fresh = false;
                field.setLength(0);
            } else if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
                fresh = true;
            } else if (c == END || c == '\n') {
                break;
            } else if (c == '\r') {
                if (peek() == '\n') read();
                break;
            } else {
                field.append((char) c);
                // Blanks before an opening quote are not part of the text.
                if (!Character.isWhitespace(c)) fresh = false;
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private void passOver(int c) throws IOException {
        int last = c;
        while (last != END && last != '\n' && last != '\r') last = read();
        if (last == '\r' && peek() == '\n') read();
    }

    private char separatorOfFirstLine() {
        char[] candidates = {',', ';', '\t'};
        int[] counts = new int[candidates.length];
        boolean quoted = false;
        for (int i = 0; i < limit && (quoted || (buffer[i] != '\n' && buffer[i] != '\r')); i++) {
            if (buffer[i] == QUOTE) quoted = !quoted;
            for (int k = 0; k < candidates.length && !quoted; k++) if (buffer[i] == candidates[k]) counts[k]++;
        }
        int best = 0;
        for (int k = 1; k < counts.length; k++) if (counts[k] > counts[best]) best = k;
        return candidates[best];
    }

    private int read() throws IOException {
        if (at == limit) fill();
        return at < limit ? buffer[at++] : END;
    }

    private int peek() throws IOException {
        if (at == limit) fill();
        return at < limit ? buffer[at] : END;
    }

    private void fill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        at = 0;
        limit = Math.max(0, n);
    }
}
