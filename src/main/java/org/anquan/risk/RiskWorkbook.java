package org.anquan.risk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.anquan.problem.Text;
import org.anquan.risk.RiskAnswer.OneFeature;
import org.anquan.risk.RiskAnswer.Weighted;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A zoning as an Excel workbook: what it is made of, its zones, townships, villages, and what hangs on each weight. */
final class RiskWorkbook {
    private final Worksheet sheet;
    private int row;

    private RiskWorkbook(Worksheet sheet) {
        this.sheet = sheet;
    }

    static void write(RiskAnswer answer, OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        new RiskWorkbook(book.newWorksheet(words("summary"))).summary(answer);
        new RiskWorkbook(book.newWorksheet(words("townships"))).rows(answer.townships(), false);
        new RiskWorkbook(book.newWorksheet(words("villages"))).rows(answer.villages(), true);
        if (!answer.sensitivity().isEmpty())
            new RiskWorkbook(book.newWorksheet(words("sensitivity"))).sensitivity(answer);
        new RiskWorkbook(book.newWorksheet(words("factors")))
                .factors(answer.made().recipe());
        book.finish();
    }

    static String words(String key) {
        return new Text("risk.sheet." + key, List.of()).toString();
    }

    private void summary(RiskAnswer answer) {
        line(words("title"), answer.title());
        line(words("run"), answer.run() == null ? "" : answer.run());
        line(words("at"), answer.made().at().toString());
        line(words("cell"), answer.summary().cellMetres());
        line(words("area"), answer.summary().areaSquareMetres() / 1e6);
        line(words("people"), answer.summary().people());
        line(words("breaks"), answer.breaks().values().toString());
        for (Text warning : answer.provenance().warnings()) line(words("warning"), warning.toString());
        row++;
        head("level", "area", "share", "people");
        for (List<OneFeature> all :
                List.of(answer.zones().features(), answer.unknown().features()))
            for (OneFeature zone : all) {
                sheet.value(row, 0, String.valueOf(zone.properties().get("levelName")));
                number(1, zone.properties().get("areaSquareMetres"), 1e-6, "0.00");
                number(2, zone.properties().get("shareOfArea"), 1, "0.0%");
                number(3, zone.properties().get("people"), 1, "0");
                row++;
            }
        row++;
        head("hazard", "weight", "counted", "source");
        for (Weighted one : answer.weights()) {
            sheet.value(row, 0, one.title());
            number(1, one.weight(), 1, "0.000");
            if (one.known()) number(2, one.share(), 1, "0.000");
            else sheet.value(row, 2, words("unknown"));
            sheet.value(row, 3, one.source());
            row++;
        }
        sheet.width(0, 28);
        sheet.width(1, 24);
        sheet.width(3, 48);
    }

    private void rows(List<RiskTables.Row> rows, boolean villages) {
        if (villages)
            head(
                    "name",
                    "township",
                    "level",
                    "mean",
                    "max",
                    "areaMean",
                    "people",
                    "area",
                    "p5",
                    "p4",
                    "p3",
                    "p2",
                    "p1",
                    "a5",
                    "a4",
                    "a3",
                    "a2",
                    "a1",
                    "aUnknown");
        else
            head(
                    "name",
                    "level",
                    "mean",
                    "max",
                    "areaMean",
                    "people",
                    "area",
                    "p5",
                    "p4",
                    "p3",
                    "p2",
                    "p1",
                    "a5",
                    "a4",
                    "a3",
                    "a2",
                    "a1",
                    "aUnknown");
        for (RiskTables.Row one : rows) {
            int c = 0;
            sheet.value(row, c++, one.name());
            if (villages) sheet.value(row, c++, one.within());
            sheet.value(
                    row, c++, Levels.name(one.level() == null ? 0 : one.level()).toString());
            number(c++, one.mean(), 1, "0.000");
            number(c++, one.max(), 1, "0.000");
            number(c++, one.areaMean(), 1, "0.000");
            number(c++, one.people(), 1, "0");
            number(c++, one.areaSquareMetres(), 1e-6, "0.00");
            for (int l = Levels.HIGHEST; l > 0; l--)
                number(c++, one.peopleByLevel().get(Integer.toString(l)), 1, "0");
            for (int l = Levels.HIGHEST; l > 0; l--)
                number(c++, one.areaByLevel().get(Integer.toString(l)), 1e-6, "0.00");
            number(c, one.areaByLevel().getOrDefault("unknown", 0.0), 1e-6, "0.00");
            row++;
        }
        sheet.width(0, 26);
        sheet.freezePane(1, 1);
    }

    private void sensitivity(RiskAnswer answer) {
        head("hazard", "from", "to", "changed", "share");
        for (RiskTables.Moved one : answer.sensitivity()) {
            String title = answer.weights().stream()
                    .filter(weight -> weight.id().equals(one.hazard()))
                    .map(Weighted::title)
                    .findFirst()
                    .orElse(one.hazard());
            sheet.value(row, 0, title);
            number(1, one.share(), 1, "0.000");
            number(2, one.moved(), 1, "0.000");
            number(3, one.areaSquareMetres(), 1e-6, "0.00");
            number(4, one.shareOfArea(), 1, "0.0%");
            row++;
        }
        sheet.width(0, 20);
    }

    /** Every number with its source, so that the sheet can be checked without the service. */
    private void factors(Recipe recipe) {
        head("hazard", "part", "factor", "weight", "layer", "mark", "source");
        for (Recipe.Hazard hazard : recipe.hazards()) {
            part(hazard, "hazardPart", hazard.hazard());
            part(hazard, "exposurePart", hazard.exposure());
            part(hazard, "vulnerabilityPart", hazard.vulnerability());
            part(hazard, "capacityPart", hazard.capacity());
        }
        sheet.width(2, 24);
        sheet.width(6, 70);
    }

    private void part(Recipe.Hazard hazard, String part, Recipe.Component component) {
        for (Recipe.Factor factor : component.factors()) {
            sheet.value(row, 0, hazard.title().toString());
            sheet.value(row, 1, words("column." + part));
            sheet.value(row, 2, factor.title().toString());
            number(3, factor.weight(), 1, "0.00");
            String from = factor.layer() != null ? factor.layer() : factor.raster();
            sheet.value(row, 4, from == null ? "" : from);
            sheet.value(row, 5, factor.origin().mark());
            sheet.value(row, 6, factor.origin().source());
            row++;
        }
    }

    private void head(String... columns) {
        for (int c = 0; c < columns.length; c++) {
            sheet.value(row, c, words("column." + columns[c]));
            sheet.style(row, c).bold().fillColor("E8EEF4").set();
        }
        row++;
    }

    private void number(int column, @Nullable Object value, double factor, String format) {
        if (!(value instanceof Number number)) {
            sheet.value(row, column, words("unknown"));
            return;
        }
        sheet.value(row, column, number.doubleValue() * factor);
        sheet.style(row, column).format(format).set();
    }

    private void line(String label, @Nullable Object value) {
        sheet.value(row, 0, label);
        if (value instanceof Number number) sheet.value(row, 1, number);
        else sheet.value(row, 1, value == null ? words("unknown") : value.toString());
        row++;
    }
}
