package org.anquan.shelter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.anquan.problem.Text;
import org.anquan.process.Provenance;
import org.anquan.shelter.Capacities.Supply;
import org.anquan.shelter.Capacities.Unit;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The answers as Excel workbooks, in the asker's language; numbers stay numbers, the head stays in sight when printed. */
final class Sheets {
    static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Workbook book;
    private @Nullable Worksheet sheet;
    private int row;

    Sheets(OutputStream out) {
        book = new Workbook(out, "Anquan", "1.0");
    }

    private static String words(String key) {
        return new Text("shelter.sheet." + key, List.of()).toString();
    }

    private void on(String name, List<String> columns, int... widths) {
        Worksheet fresh = book.newWorksheet(words(name));
        for (int c = 0; c < columns.size(); c++) {
            fresh.value(0, c, words("column." + columns.get(c)));
            fresh.style(0, c).bold().fillColor("E8EEF4").wrapText(true).set();
        }
        for (int c = 0; c < widths.length; c++) fresh.width(c, widths[c]);
        fresh.freezePane(0, 1);
        fresh.pageOrientation("landscape");
        fresh.fitToWidth((short) 1);
        fresh.fitToHeight((short) 999);
        fresh.repeatRows(0);
        sheet = fresh;
        row = 1;
    }

    private void line(@Nullable Object... cells) {
        Worksheet on = sheet;
        if (on == null) throw new IllegalStateException("no sheet yet");
        for (int c = 0; c < cells.length; c++) {
            Object cell = cells[c];
            if (cell instanceof Number number) on.value(row, c, number);
            else if (cell != null) on.value(row, c, cell.toString());
        }
        row++;
    }

    private void origin(Provenance provenance) {
        on("origin", List.of("item", "value"), 24, 90);
        if (provenance.data().illustrative()) line(words("warning"), words("illustrative"));
        for (Text warning : provenance.warnings()) line(words("warning"), warning);
        for (Provenance.LayerUsed layer : provenance.data().layers())
            line(
                    words("layer"),
                    layer.layer() + " v" + layer.version() + (layer.asOf() == null ? "" : " " + layer.asOf()));
        if (provenance.data().roads() != null)
            line(words("roads"), provenance.data().roads().source());
        line(words("inputs"), provenance.inputs());
    }

    void capacity(Capacities.Answer answer) throws IOException {
        List<String> units = List.of(
                "township",
                "people",
                "need",
                "elderly",
                "shelters",
                "places",
                "area",
                "perHead",
                "indoor",
                "outdoor",
                "undivided",
                "gap",
                "withinReach",
                "placesNew",
                "gapNew",
                "placesAll",
                "gapAll");
        on("townships", units, 20);
        answer.townships().forEach(this::unit);
        unit(answer.district());
        on(
                "villages",
                List.of("village", "township", "people", "need", "elderly", "gapReach", "gapReachNew", "gapReachAll"),
                28,
                20);
        for (Capacities.Village one : answer.villages())
            line(
                    one.name(),
                    one.township(),
                    known(one.people()),
                    one.need(),
                    one.elderly(),
                    one.gap(),
                    one.gapWithNew(),
                    one.gapWithAll());
        on(
                "shelters",
                List.of("shelter", "township", "stay", "planned", "places", "stated", "area", "perPerson"),
                34,
                20);
        for (Capacities.Place one : answer.shelters())
            line(
                    one.name(),
                    one.township(),
                    one.stay() == null ? words("unknown") : words("stay." + one.stay()),
                    one.planned() ? words("yes") : "",
                    one.places(),
                    one.stated(),
                    known(one.squareMetres()),
                    one.perPersonSquareMetres());
        on("norms", List.of("item", "value", "unit", "source", "clause", "mark"), 28, 10, 10, 34, 44, 8);
        for (Capacities.UsedNorm one : answer.norms())
            line(
                    new Text("shelter.norm." + one.id(), List.of()),
                    one.norm().value(),
                    one.norm().unit(),
                    one.norm().source(),
                    one.norm().clause(),
                    words("mark." + one.norm().mark()));
        origin(answer.provenance());
        book.finish();
    }

    private static Object known(@Nullable Object value) {
        return value == null ? words("unknown") : value;
    }

    private void unit(Unit one) {
        Supply now = one.now();
        line(
                one.id().equals("district") ? words("whole") : one.name().isEmpty() ? words("noTownship") : one.name(),
                known(one.people()),
                one.need(),
                one.elderly(),
                now.shelters(),
                now.places(),
                now.squareMetres(),
                now.squareMetresPerPerson(),
                now.indoor(),
                now.outdoor(),
                now.undivided(),
                now.gap(),
                now.withinReach(),
                one.withNew().places(),
                one.withNew().gap(),
                one.withAll().places(),
                one.withAll().gap());
    }

    void assignment(AssignmentAnswer answer) throws IOException {
        on(
                "transfer",
                List.of(
                        "village",
                        "township",
                        "people",
                        "elderly",
                        "responsible",
                        "phone",
                        "shelter",
                        "mode",
                        "minutes",
                        "metres",
                        "way"),
                26,
                16,
                9,
                9,
                14,
                16,
                34,
                8,
                8,
                9,
                44);
        for (AssignmentAnswer.Row one : answer.assignments())
            line(
                    one.village(),
                    one.township(),
                    one.people(),
                    one.elderly(),
                    one.responsible(),
                    one.responsiblePhone(),
                    one.shelter(),
                    words(one.mode()),
                    Math.round(one.seconds() / 60.0),
                    one.metres(),
                    one.way());
        AssignmentAnswer.Summary sum = answer.summary();
        on("summary", List.of("item", "value"), 34, 60);
        line(words("column.people"), sum.people());
        line(words("placed"), sum.placed());
        line(words("walking"), sum.walking());
        line(words("byBus"), sum.byBus());
        line(words("busTrips"), sum.busTrips());
        line(words("unplaced"), sum.unplaced());
        if (sum.meanSeconds() != null) line(words("mean"), Math.round(sum.meanSeconds() / 6) / 10.0);
        if (sum.longestSeconds() != null) line(words("longest"), Math.round(sum.longestSeconds() / 6.0) / 10.0);
        line(words("method"), sum.optimalText());
        on("shelters", List.of("shelter", "township", "free", "assigned", "share", "state", "wanted"), 34, 20);
        for (AssignmentAnswer.Load one : answer.shelters())
            line(
                    one.name(),
                    one.township(),
                    one.places(),
                    one.assigned(),
                    one.share(),
                    words("state." + one.state()),
                    one.wanted());
        on("unplacedSheet", List.of("village", "people", "reason"), 28, 10, 60);
        for (AssignmentAnswer.Unplaced one : answer.unplaced()) line(one.name(), one.people(), one.reasonText());
        on("overflow", List.of("nearest", "shelter", "people"), 34, 34, 10);
        for (AssignmentAnswer.Overflow one : answer.overflow()) line(one.fromName(), one.toName(), one.people());
        origin(answer.provenance());
        book.finish();
    }

    void audit(AuditProcess.Answer answer) throws IOException {
        on(
                "mendFirst",
                List.of("shelter", "township", "rule", "measured", "limit", "unit", "clause", "places", "mend"),
                34,
                16,
                26,
                10,
                10,
                8,
                34,
                10,
                50);
        for (AuditProcess.Mend one : answer.mendFirst())
            line(
                    one.shelter(),
                    one.township(),
                    one.title(),
                    one.value(),
                    one.sign() + " " + plain(one.limit()),
                    one.unit(),
                    one.clause(),
                    one.people(),
                    one.mend());
        on(
                "findings",
                List.of("shelter", "rule", "result", "measured", "limit", "unit", "source", "clause", "mark"),
                34,
                26,
                10,
                10,
                10,
                8,
                34,
                34,
                12);
        for (AuditProcess.Audited shelter : answer.shelters())
            for (AuditProcess.Found one : shelter.findings())
                line(
                        shelter.name(),
                        one.title(),
                        words("result." + one.result()),
                        one.value(),
                        one.sign() + " " + plain(one.limit()),
                        one.unit(),
                        one.source(),
                        one.clause(),
                        words("mark." + one.mark()));
        on("rules", List.of("rule", "passes", "fails", "unknowns", "limit", "unit", "source", "clause", "mark"), 28);
        for (AuditProcess.RuleCount one : answer.rules())
            line(
                    one.title(),
                    one.pass(),
                    one.fail(),
                    one.unknown(),
                    one.sign() + " " + plain(one.limit()),
                    one.unit(),
                    one.source(),
                    one.clause(),
                    words("mark." + one.mark()));
        origin(answer.provenance());
        book.finish();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
