package org.anquan.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;

/** The rows of a CSV file with a header. */
final class CsvRows {
    private final CsvReader csv;
    private final int longestRow;
    private final List<String> header;

    CsvRows(String fileName, Reader in, int longestRow) throws IOException {
        this.longestRow = longestRow;
        this.csv = new CsvReader(in, longestRow);
        List<String> first = csv.next();
        if (first == null) throw ProblemException.invalid("exchange.empty", fileName);
        if (csv.tooLong()) throw ProblemException.invalid("exchange.noHeader", fileName, longestRow);
        this.header = distinct(first);
    }

    List<String> header() {
        return header;
    }

    private static List<String> distinct(List<String> names) {
        List<String> header = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            if (name.isEmpty()) name = "#" + (i + 1);
            String free = name;
            for (int again = 2; header.contains(free); again++) free = name + "_" + again;
            header.add(free);
        }
        return header;
    }

    void each(RawRow.Taker taker) throws IOException {
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            if (csv.tooLong()) {
                taker.take(RawRow.unreadable(csv.number(), Text.of("exchange.row.tooLong", longestRow)));
                continue;
            }
            if (fields.size() > header.size()
                    && fields.subList(header.size(), fields.size()).stream().anyMatch(f -> !f.isBlank())) {
                taker.take(RawRow.unreadable(
                        csv.number(), Text.of("exchange.row.tooManyFields", fields.size(), header.size())));
                continue;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(fields.size(), header.size()); i++)
                if (!fields.get(i).isBlank()) values.put(header.get(i), fields.get(i));
            taker.take(new RawRow(csv.number(), null, null, values, null));
        }
    }
}
