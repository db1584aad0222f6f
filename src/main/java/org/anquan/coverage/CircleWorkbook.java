package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.anquan.coverage.CircleAnswer.Accuracy;
import org.anquan.coverage.CircleAnswer.Covered;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleResult.Compared;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.problem.Text;
import org.anquan.process.Provenance;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The answer as an Excel workbook: summary, stations, villages outside. Words are in the asker's language. */
final class CircleWorkbook {
    private static final String SQUARE_KILOMETRES = "0.00";

    private final Worksheet sheet;
    private int row;

    private CircleWorkbook(Worksheet sheet) {
        this.sheet = sheet;
    }

    /** @param answer of the process: a {@link CircleResult}, or two compared */
    static void write(Object answer, OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        if (answer instanceof CircleResult one) {
            all(book, "", one.bands(), one.areas(), one.covered(), one.uncovered(), one.accuracy(), one.provenance());
        } else if (answer instanceof Compared two) {
            String before = words("before") + " ";
            String after = words("after") + " ";
            CircleResult.Side a = two.before();
            CircleResult.Side b = two.after();
            all(book, before, a.bands(), a.areas(), a.covered(), a.uncovered(), a.accuracy(), two.provenance());
            all(book, after, b.bands(), b.areas(), b.covered(), b.uncovered(), b.accuracy(), two.provenance());
        } else throw new IllegalArgumentException("no answer of rescue-circle: " + answer.getClass());
        book.finish();
    }

    private static void all(
            Workbook book,
            String prefix,
            Features bands,
            Features areas,
            Covered covered,
            List<Uncovered> uncovered,
            Accuracy accuracy,
            Provenance provenance) {
        on(book, prefix + words("summary")).summary(bands, covered, uncovered, accuracy, provenance);
        on(book, prefix + words("stations")).stations(areas);
        on(book, prefix + words("uncovered")).villages(uncovered);
    }

    private static CircleWorkbook on(Workbook book, String name) {
        return new CircleWorkbook(book.newWorksheet(name));
    }

    private static String words(String key) {
        return new Text("coverage.sheet." + key, List.of()).toString();
    }

    private void summary(
            Features bands, Covered covered, List<Uncovered> uncovered, Accuracy accuracy, Provenance provenance) {
        head(List.of("item", "value"));
        // The widest band stands first in the answer; a reader expects the nearest first.
        for (int i = bands.features().size() - 1; i >= 0; i--) {
            OneFeature band = bands.features().get(i);
            Object minutes = String.valueOf(band.properties().get("minutes"));
            line(Text.of("coverage.sheet.peopleWithin", minutes).toString(), number(band, "people"));
            squareKilometres(
                    Text.of("coverage.sheet.areaWithin", minutes).toString(), number(band, "areaSquareMetres"));
        }
        line(words("peopleTotal"), covered.peopleKnownTotal());
        if (covered.shareOfPeople() != null) {
            sheet.style(row, 1).format("0.0%").set();
            line(words("share"), covered.shareOfPeople());
        }
        line(words("villagesTotal"), covered.villagesTotal());
        line(words("villagesUncovered"), uncovered.size());
        line(words("samples"), accuracy.samples());
        sheet.style(row, 1).format("0.0%").set();
        line(words("sameShare"), accuracy.sameShare());
        line(words("maxError"), accuracy.maxErrorSeconds());
        row++;
        for (Text warning : provenance.warnings()) line(words("warning"), warning.toString());
        if (provenance.data().illustrative()) line(words("warning"), words("illustrative"));
        for (Provenance.LayerUsed layer : provenance.data().layers())
            line(words("layer"), layer.layer() + " v" + layer.version());
        if (provenance.data().roads() != null)
            line(words("roads"), provenance.data().roads().source());
        line(words("inputs"), provenance.inputs().toString());
        sheet.width(0, 34);
        sheet.width(1, 40);
    }

    private void stations(Features areas) {
        head(List.of("id", "name", "turnout", "people", "villages", "area"));
        for (OneFeature area : areas.features()) {
            sheet.value(row, 0, String.valueOf(area.properties().get("facilityId")));
            sheet.value(row, 1, String.valueOf(area.properties().get("name")));
            sheet.value(row, 2, number(area, "turnoutSeconds"));
            sheet.value(row, 3, number(area, "people"));
            sheet.value(row, 4, number(area, "villages"));
            sheet.value(row, 5, km2(number(area, "areaSquareMetres")));
            sheet.style(row++, 5).format(SQUARE_KILOMETRES).set();
        }
        sheet.width(1, 28);
        sheet.freezePane(0, 1);
    }

    private void villages(List<Uncovered> villages) {
        head(List.of("id", "name", "people", "minutes", "nearest", "reason", "lon", "lat"));
        for (Uncovered village : villages) {
            sheet.value(row, 0, village.id());
            sheet.value(row, 1, village.name());
            if (village.people() == null) sheet.value(row, 2, words("unknown"));
            else sheet.value(row, 2, village.people());
            if (village.seconds() != null) {
                sheet.value(row, 3, village.seconds() / 60);
                sheet.style(row, 3).format("0.0").set();
            }
            sheet.value(row, 4, village.nearestFacilityId());
            sheet.value(row, 5, village.reasonText().toString());
            sheet.value(row, 6, village.lon());
            sheet.value(row++, 7, village.lat());
        }
        sheet.width(1, 28);
        sheet.width(5, 28);
        sheet.freezePane(0, 1);
    }

    private void head(List<String> columns) {
        for (int c = 0; c < columns.size(); c++) {
            sheet.value(row, c, words("column." + columns.get(c)));
            sheet.style(row, c).bold().fillColor("E8EEF4").set();
        }
        row++;
    }

    private void line(String label, @Nullable Object value) {
        sheet.value(row, 0, label);
        if (value instanceof Number number) sheet.value(row, 1, number);
        else sheet.value(row, 1, value == null ? words("unknown") : value.toString());
        row++;
    }

    private void squareKilometres(String label, @Nullable Number squareMetres) {
        sheet.style(row, 1).format(SQUARE_KILOMETRES).set();
        line(label, km2(squareMetres));
    }

    private static @Nullable Number km2(@Nullable Number squareMetres) {
        return squareMetres == null ? null : Double.valueOf(squareMetres.doubleValue() / 1e6);
    }

    private static @Nullable Number number(OneFeature of, String property) {
        return of.properties().get(property) instanceof Number number ? number : null;
    }
}
