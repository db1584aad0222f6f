package org.anquan.exchange;

import java.util.ArrayList;
import java.util.List;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Title;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * What an import did. Rows are numbered as a spreadsheet shows them: the header of a CSV is row 1; features of GeoJSON
 * count from 1.
 *
 * @param crs the coordinate system that the file was read in
 * @param profile id of the profile that was used, or null
 * @param dryRun whether all this was only tried: the counts say what a run would do, and nothing was changed
 * @param stored whether the layer changed; where not, {@code warnings} say why
 * @param wouldStore for a dry run: whether a run would change the layer
 * @param read rows of the file; each was accepted, refused or passed over
 * @param accepted added, updated and unchanged ones
 * @param updated features that were there and are other now
 * @param unchanged features that were there and are already as the file says
 * @param repaired accepted rows that needed a mend
 * @param passedOver rows that the profile says are not of this layer: neither accepted nor refused
 * @param removed features that were in the layer before and are not any more
 * @param refusedRows the first ones
 * @param changeSet number in the history, or null where nothing was stored
 * @param layerVersion of the layer now
 * @param count features of the layer now
 */
public record ImportReport(
        String layer,
        Title layerTitle,
        String file,
        String format,
        String encoding,
        String crs,
        @Nullable String profile,
        LoadMode mode,
        boolean dryRun,
        boolean stored,
        boolean wouldStore,
        long read,
        long accepted,
        long added,
        long updated,
        long unchanged,
        long repaired,
        long refused,
        long passedOver,
        long removed,
        List<Repair> repairs,
        List<Column> columns,
        List<RefusedRow> refusedRows,
        List<Text> warnings,
        @Nullable Long changeSet,
        long layerVersion,
        long count,
        long millis) {
    public ImportReport {
        repairs = List.copyOf(repairs);
        columns = List.copyOf(columns);
        refusedRows = List.copyOf(refusedRows);
        warnings = List.copyOf(warnings);
    }

    /**
     * One kind of mend.
     *
     * @param rows how many rows had it
     * @param firstRows the numbers of the first few
     */
    public record Repair(Text what, long rows, List<Long> firstRows) {
        public Repair {
            firstRows = List.copyOf(firstRows);
        }
    }

    /** What a column of the file became. */
    public enum Use {
        ATTRIBUTE,
        GEOMETRY,
        ID,
        /** Kept beside the feature, out of its attributes. */
        KEPT_ASIDE
    }

    /**
     * @param attribute where it is one, else null
     * @param values how many rows had something in it
     */
    public record Column(String name, Use use, @Nullable String attribute, long values) {}

    /**
     * One thing that kept a row out; a row with several stands several times.
     *
     * @param column of the file, or empty where the whole row is meant
     * @param value as it stood there, shortened
     * @param reason what is wrong and how to mend it
     */
    public record RefusedRow(long row, String column, String value, Text reason) {
        public RefusedRow {
            // Whoever fills in a sheet knows the titles of the allowed values, not the codes that the API takes.
            if (reason.key().equals("catalog.value.notAllowed"))
                reason = new Text("exchange.value.notAllowed", reason.values());
            // An id that the import made of name and place is not the clerk's to change.
            if (column.isEmpty() && reason.key().equals("catalog.value.idTaken"))
                reason = new Text("exchange.value.sameAgain", reason.values());
        }

        /** In a sentence. */
        public Text inWords() {
            if (column.isEmpty()) return Text.of("exchange.report.badRow", row, reason);
            return Text.of("exchange.report.badCell", row, column, value, reason);
        }
    }

    /** The report in sentences, most important first. */
    public List<Text> lines() {
        List<Text> lines = new ArrayList<>(summary());
        refusedRows.forEach(row -> lines.add(row.inWords()));
        long listed = refusedRows.stream().map(RefusedRow::row).distinct().count();
        if (listed < refused) lines.add(Text.of("exchange.report.more", refused - listed));
        return lines;
    }

    /** The same without the refused rows. */
    public List<Text> summary() {
        List<Text> lines = new ArrayList<>();
        if (dryRun)
            lines.add(
                    wouldStore
                            ? Text.of("exchange.report.dryRun", file, layerTitle, accepted, refused, count)
                            : Text.of("exchange.report.dryRunNot", file, layerTitle));
        else
            lines.add(
                    stored
                            ? Text.of("exchange.report.stored", file, layerTitle, accepted, refused, count)
                            : Text.of("exchange.report.notStored", file, layerTitle));
        if (mode == LoadMode.UPDATE && (stored || wouldStore))
            lines.add(Text.of("exchange.report.updated", added, updated, unchanged));
        lines.add(Text.of("exchange.report.file", format, encoding, read));
        if (profile != null) lines.add(Text.of("exchange.report.profile", profile));
        if (passedOver > 0) lines.add(Text.of("exchange.report.passedOver", passedOver));
        lines.addAll(warnings);
        if (removed > 0) lines.add(Text.of("exchange.report.removed", removed));
        repairs.forEach(r -> lines.add(Text.of("exchange.report.repair", r.what(), r.rows(), r.firstRows())));
        List<String> used = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        for (Column column : columns) {
            if (column.use() == Use.KEPT_ASIDE) aside.add(column.name());
            else if (column.attribute() != null && !column.attribute().equals(column.name()))
                used.add(column.name() + " → " + column.attribute());
            else used.add(column.name());
        }
        if (!used.isEmpty()) lines.add(Text.of("exchange.report.used", used));
        if (!aside.isEmpty()) lines.add(Text.of("exchange.report.aside", aside));
        return lines;
    }
}
