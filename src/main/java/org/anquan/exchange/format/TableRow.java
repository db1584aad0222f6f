package org.anquan.exchange.format;

import java.util.List;
import org.anquan.exchange.format.SourceRecord.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One row of a CSV or a sheet.
 *
 * @param number as a person counts it
 * @param cells null or empty text where there is nothing
 * @param problems of single cells, with the place of the cell as the column (0, 1, …)
 */
record TableRow(long number, @Nullable Object[] cells, List<CellProblem> problems) {
    record CellProblem(int column, Problem problem) {}

    boolean isBlank() {
        for (Object cell : cells) if (!isBlank(cell)) return false;
        return true;
    }

    int filled() {
        int count = 0;
        for (Object cell : cells) if (!isBlank(cell)) count++;
        return count;
    }

    static boolean isBlank(@Nullable Object cell) {
        return cell == null || (cell instanceof String text && text.isBlank());
    }
}
