package org.anquan.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.anquan.doctor.Diagnosis.Count;
import org.anquan.problem.Text;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The findings as an Excel workbook: one sheet of counts, one of findings to work through and tick off. */
final class DoctorWorkbook {
    private static final String RED = "FBE3E4";
    private static final String YELLOW = "FFF4D6";

    private final Worksheet sheet;
    private int row;

    private DoctorWorkbook(Worksheet sheet) {
        this.sheet = sheet;
    }

    static void write(Diagnosis diagnosis, OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        new DoctorWorkbook(book.newWorksheet(words("summary"))).summary(diagnosis);
        new DoctorWorkbook(book.newWorksheet(words("findings"))).findings(diagnosis.findings());
        book.finish();
    }

    private static String words(String key) {
        return new Text("doctor.sheet." + key, List.of()).toString();
    }

    private void summary(Diagnosis diagnosis) {
        line(words("layer"), diagnosis.layer());
        line(words("version"), diagnosis.version());
        line(words("checked"), diagnosis.checked());
        for (Text warning : diagnosis.provenance().warnings()) line(words("warning"), warning.toString());
        row++;
        head("check", "severity", "count", "listed", "mendable");
        for (Count count : diagnosis.counts()) {
            sheet.value(row, 0, count.title().toString());
            sheet.value(row, 1, severity(count.severity()));
            sheet.value(row, 2, count.count());
            sheet.value(row, 3, count.listed());
            sheet.value(row++, 4, count.mendable());
        }
        sheet.width(0, 34);
        sheet.width(1, 30);
    }

    private void findings(List<Finding> findings) {
        head("severity", "check", "id", "name", "text", "mend", "others", "lon", "lat", "done");
        for (Finding finding : findings) {
            sheet.value(row, 0, severity(finding.severity()));
            if (finding.severity() != Severity.NOTICE)
                sheet.style(row, 0)
                        .fillColor(finding.severity() == Severity.ERROR ? RED : YELLOW)
                        .set();
            sheet.value(row, 1, finding.check().title().toString());
            sheet.value(row, 2, finding.feature() == null ? "" : finding.feature());
            sheet.value(row, 3, finding.name());
            sheet.value(row, 4, finding.text().toString());
            sheet.value(row, 5, mend(finding.mend()));
            sheet.value(row, 6, String.join(" ", finding.others()));
            if (finding.lon() != null) sheet.value(row, 7, finding.lon());
            if (finding.lat() != null) sheet.value(row, 8, finding.lat());
            sheet.style(row, 4).wrapText(true).set();
            sheet.style(row, 5).wrapText(true).set();
            row++;
        }
        int[] widths = {8, 18, 18, 28, 60, 36, 20, 11, 11, 8};
        for (int c = 0; c < widths.length; c++) sheet.width(c, widths[c]);
        sheet.freezePane(0, 1);
        if (row > 1) sheet.setAutoFilter(0, 0, row - 1, widths.length - 1);
    }

    private static String mend(Finding.@Nullable Mend mend) {
        if (mend == null) return "";
        return mend.safe()
                ? Text.of("doctor.sheet.safe", mend.title()).toString()
                : mend.title().toString();
    }

    private static String severity(Severity severity) {
        return new Text("doctor.severity." + severity.id(), List.of()).toString();
    }

    private void head(String... columns) {
        for (int c = 0; c < columns.length; c++) {
            sheet.value(row, c, words("column." + columns[c]));
            sheet.style(row, c).bold().fillColor("E8EEF4").set();
        }
        row++;
    }

    private void line(String label, Object value) {
        sheet.value(row, 0, label);
        if (value instanceof Number number) sheet.value(row, 1, number);
        else sheet.value(row, 1, value.toString());
        row++;
    }
}
