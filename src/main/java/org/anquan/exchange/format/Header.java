package org.anquan.exchange.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * The header of a table: the first row that is about as wide as the rows below and holds texts only. Title rows above
 * it are passed over; a second header row that fills the gaps of merged headings is joined to it.
 *
 * @param names of the columns, never empty, no two alike
 * @param lastRow number of the last row that belongs to the header; 0 where the table has none
 */
record Header(List<String> names, long lastRow, List<Text> notes) {
    private static final Pattern BRACKETS = Pattern.compile("[(（\\[【][^()（）\\[\\]【】]{1,8}[)）\\]】]$");

    /**
     * @param headerSetsWidth for CSV, where a row with more cells than the header is broken; in a sheet people write
     *     remarks beside the table
     */
    static Header find(
            List<TableRow> top, @Nullable Integer wanted, String fileName, int mostColumns, boolean headerSetsWidth) {
        int width = 0;
        for (TableRow row : top) width = Math.max(width, row.cells().length);
        if (width > mostColumns)
            throw ProblemException.invalid("exchange.format.tooManyColumns", fileName, width, mostColumns);
        if (wanted != null && wanted == 0) return without(width);
        int at = wanted == null ? likely(top) : indexOf(top, wanted);
        if (at < 0) {
            if (wanted != null) throw ProblemException.invalid("exchange.format.noHeader", fileName, wanted);
            return without(width);
        }
        List<Text> notes = new ArrayList<>();
        TableRow head = top.get(at);
        TableRow below = at + 1 < top.size() ? top.get(at + 1) : null;
        boolean two = below != null && isSecondRow(head, below, width);
        if (headerSetsWidth) width = Math.max(head.cells().length, two && below != null ? below.cells().length : 0);
        if (at > 0) notes.add(Text.of("exchange.format.note.titleRows", at, head.number()));
        String[] names = new String[width];
        for (int c = 0; c < width; c++) names[c] = nameAt(head, c);
        long last = head.number();
        if (two && below != null) {
            String group = "";
            for (int c = 0; c < width; c++) {
                if (!nameAt(head, c).isEmpty()) group = nameAt(head, c);
                String here = nameAt(below, c);
                if (!here.isEmpty()) names[c] = withUnit(here, group);
            }
            last = below.number();
            notes.add(Text.of("exchange.format.note.twoHeaderRows", head.number(), last));
        }
        return new Header(unique(names), last, notes);
    }

    /** 占地 below 面积（公顷） is 占地（公顷）: the unit of a group is that of its columns. */
    private static String withUnit(String name, String group) {
        Matcher unit = BRACKETS.matcher(group);
        return name.equals(group) || !unit.find() || BRACKETS.matcher(name).find() ? name : name + unit.group();
    }

    private static Header without(int width) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < width; c++) names.add(letters(c));
        return new Header(names, 0, List.of(Text.of("exchange.format.note.noHeader")));
    }

    private static int indexOf(List<TableRow> top, int wanted) {
        for (int i = 0; i < top.size(); i++) if (top.get(i).number() == wanted) return i;
        return -1;
    }

    private static int likely(List<TableRow> top) {
        int widest = 0;
        for (TableRow row : top) widest = Math.max(widest, row.filled());
        for (int i = 0; i < top.size(); i++) {
            TableRow row = top.get(i);
            if (row.filled() * 2 < widest || (row.filled() < 2 && widest > 1)) continue;
            // The first wide row is the header or the table has none.
            return isAllWords(row) ? i : -1;
        }
        return -1;
    }

    private static boolean isAllWords(TableRow row) {
        for (Object cell : row.cells()) {
            if (TableRow.isBlank(cell)) continue;
            if (!(cell instanceof String text)) return false;
            String plain = text.strip();
            char first = plain.charAt(0);
            boolean numeric = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
            if (numeric && isNumber(plain)) return false;
        }
        return true;
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Fills gaps of the row above, leaves gaps below its headings, and holds words only. */
    private static boolean isSecondRow(TableRow head, TableRow below, int width) {
        if (!isAllWords(below) || below.filled() == 0) return false;
        int fills = 0;
        int gaps = 0;
        int both = 0;
        for (int c = 0; c < width; c++) {
            String above = nameAt(head, c);
            String here = nameAt(below, c);
            // Merged over both rows, it says the same twice.
            if (here.isEmpty() || here.equals(above)) {
                if (!above.isEmpty()) gaps++;
            } else if (above.isEmpty()) fills++;
            else both++;
        }
        // A data row below a header with gaps stands under most headings; a second header row under one a group.
        return fills > 0 && gaps > 0 && both <= fills;
    }

    private static String nameAt(TableRow row, int column) {
        Object cell = column < row.cells().length ? row.cells()[column] : null;
        return cell == null ? "" : cell.toString().strip().replaceAll("\\s+", " ");
    }

    private static List<String> unique(String[] names) {
        List<String> all = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int c = 0; c < names.length; c++) {
            String name = names[c].isEmpty() ? letters(c) : names[c];
            String free = name;
            for (int n = 2; !used.add(free); n++) free = name + " (" + n + ")";
            all.add(free);
        }
        return all;
    }

    /** A, B, … Z, AA: as a spreadsheet names a column. */
    static String letters(int column) {
        StringBuilder out = new StringBuilder();
        for (int c = column; c >= 0; c = c / 26 - 1) out.insert(0, (char) ('A' + c % 26));
        return out.toString();
    }
}
