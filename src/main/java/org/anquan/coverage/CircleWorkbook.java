package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.coverage.CircleAnswer.Accuracy;
import org.anquan.coverage.CircleAnswer.Covered;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleResult.Compared;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.CircleResult.Side;
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
            all(book, "", one.whole(), one.provenance());
        } else if (answer instanceof Compared two) {
            all(book, words("before") + " ", two.before(), two.provenance());
            all(book, words("after") + " ", two.after(), two.provenance());
        } else throw new IllegalArgumentException("no answer of rescue-circle: " + answer.getClass());
        book.finish();
    }

    private static void all(Workbook book, String prefix, Side side, Provenance provenance) {
        on(book, prefix + words("summary"))
                .summary(side.bands(), side.covered(), side.uncovered(), side.accuracy(), provenance);
        if (!side.townships().isEmpty()) on(book, prefix + words("townships")).townships(side);
        if (side.kinds().isEmpty()) on(book, prefix + words("stations")).stations(side.areas());
        for (CircleResult.KindResult kind : side.kinds()) {
            on(book, prefix + words("stations") + " " + kind.title()).stations(kind.areas());
            if (kind.backup() != null)
                on(book, prefix + words("backup") + " " + kind.title()).backup(kind.backup());
        }
        on(book, prefix + words("uncovered")).villages(side.uncovered());
        if (!side.lists().isEmpty()) on(book, prefix + words("lists")).lists(side.lists());
        if (side.backup() == null) return;
        on(book, prefix + words("backup")).backup(side.backup());
        on(book, prefix + words("nearestTwo")).nearestTwo(side.backup());
    }

    private static CircleWorkbook on(Workbook book, String name) {
        // Excel knows 31 characters and none of these.
        String plain = name.replaceAll("[\\[\\]:*?/\\\\]", " ");
        return new CircleWorkbook(book.newWorksheet(plain.substring(0, Math.min(31, plain.length()))));
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
        for (CircleAnswer.Group group : covered.groups())
            line(Text.of("coverage.sheet.group", group.title()).toString(), group.people());
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
        head(List.of("id", "name", "people", "minutes", "nearest", "reason", "lon", "lat", "township", "without"));
        for (Uncovered village : villages) {
            sheet.value(row, 0, village.id());
            sheet.value(row, 1, village.name());
            if (village.people() == null) sheet.value(row, 2, words("unknown"));
            else sheet.value(row, 2, village.people());
            minutes(3, village.seconds());
            sheet.value(row, 4, village.nearestFacilityId());
            sheet.value(row, 5, village.reasonText().toString());
            sheet.value(row, 6, village.lon());
            sheet.value(row, 7, village.lat());
            sheet.value(row, 8, village.township());
            minutes(9, village.secondsWithoutClosures());
            row++;
        }
        sheet.width(1, 28);
        sheet.width(5, 28);
        sheet.freezePane(0, 1);
    }

    private void minutes(int column, @Nullable Double seconds) {
        if (seconds == null) return;
        sheet.value(row, column, seconds / 60);
        sheet.style(row, column).format("0.0").set();
    }

    private void townships(Side side) {
        List<String> columns = new ArrayList<>(List.of(
                "township",
                "villages",
                "covered",
                "people",
                "peopleCovered",
                "peopleUncovered",
                "share",
                "unknown",
                "area",
                "areaCovered",
                "latest",
                "latestVillage",
                "reasons"));
        head(columns);
        List<CircleAnswer.Group> groups = side.covered().groups();
        for (int g = 0; g < groups.size(); g++) {
            sheet.value(
                    0,
                    columns.size() + g,
                    Text.of("coverage.sheet.group", groups.get(g).title()).toString());
            sheet.style(0, columns.size() + g).bold().fillColor("E8EEF4").set();
        }
        for (CircleAnswer.TownshipRow one : side.townships()) {
            sheet.value(row, 0, one.name().isEmpty() ? words("noTownship") : one.name());
            sheet.value(row, 1, one.villages());
            sheet.value(row, 2, one.villagesCovered());
            sheet.value(row, 3, one.people());
            sheet.value(row, 4, one.peopleCovered());
            sheet.value(row, 5, one.peopleUncovered());
            if (one.shareOfPeople() != null) sheet.value(row, 6, one.shareOfPeople());
            sheet.style(row, 6).format("0.0%").set();
            sheet.value(row, 7, one.villagesPeopleUnknown());
            sheet.value(row, 8, km2(one.areaSquareMetres()));
            sheet.style(row, 8).format(SQUARE_KILOMETRES).set();
            sheet.value(row, 9, km2(one.coveredSquareMetres()));
            sheet.style(row, 9).format(SQUARE_KILOMETRES).set();
            minutes(10, one.latestSeconds());
            sheet.value(row, 11, one.latestVillage());
            sheet.value(row, 12, reasons(one));
            for (int g = 0; g < groups.size(); g++)
                sheet.value(
                        row,
                        columns.size() + g,
                        one.groupsCovered().get(groups.get(g).id()));
            row++;
        }
        sheet.width(0, 20);
        sheet.width(12, 32);
        sheet.freezePane(1, 1);
    }

    private static String reasons(CircleAnswer.TownshipRow of) {
        List<String> all = new ArrayList<>();
        of.reasons().forEach((reason, villages) -> {
            int space = reason.lastIndexOf(' ');
            String code = new Text("coverage.reasonCode." + reason.substring(space + 1), List.of()).toString();
            all.add((space < 0 ? "" : reason.substring(0, space + 1)) + code + " " + villages);
        });
        return String.join("; ", all);
    }

    private void lists(List<CircleAnswer.ListedOutside> lists) {
        head(List.of("layer", "id", "name", "people", "minutes", "reason", "lon", "lat"));
        for (CircleAnswer.ListedOutside list : lists)
            for (Uncovered place : list.places()) {
                sheet.value(row, 0, list.title().toString());
                sheet.value(row, 1, place.id());
                sheet.value(row, 2, place.name());
                if (place.people() != null) sheet.value(row, 3, place.people());
                minutes(4, place.seconds());
                sheet.value(row, 5, place.reasonText().toString());
                sheet.value(row, 6, place.lon());
                sheet.value(row++, 7, place.lat());
            }
        sheet.width(0, 20);
        sheet.width(2, 28);
        sheet.width(5, 28);
        sheet.freezePane(0, 1);
    }

    private void backup(CircleAnswer.Backup backup) {
        head(List.of("id", "name", "people", "villages", "loses", "losesVillages", "takenOver"));
        for (CircleAnswer.StationOut out : backup.stations()) {
            sheet.value(row, 0, out.facilityId());
            sheet.value(row, 1, out.name());
            sheet.value(row, 2, out.people());
            sheet.value(row, 3, out.villages());
            sheet.value(row, 4, out.losesPeople());
            sheet.value(row, 5, out.losesVillages());
            List<String> by = new ArrayList<>();
            for (CircleAnswer.TakenOver one : out.takenOverBy()) by.add(one.name() + " " + one.people());
            sheet.value(row++, 6, String.join("; ", by));
        }
        sheet.width(1, 28);
        sheet.width(6, 48);
        sheet.freezePane(0, 1);
    }

    private void nearestTwo(CircleAnswer.Backup backup) {
        head(List.of("id", "name", "people", "first", "firstMinutes", "second", "secondMinutes"));
        Map<String, String> names = new HashMap<>();
        for (CircleAnswer.StationOut station : backup.stations()) names.put(station.facilityId(), station.name());
        for (CircleAnswer.VillageStations one : backup.nearest()) {
            sheet.value(row, 0, one.id());
            sheet.value(row, 1, one.name());
            if (one.people() == null) sheet.value(row, 2, words("unknown"));
            else sheet.value(row, 2, one.people());
            sheet.value(row, 3, names.get(one.firstFacilityId()));
            minutes(4, one.firstSeconds());
            sheet.value(row, 5, one.secondFacilityId() == null ? null : names.get(one.secondFacilityId()));
            minutes(6, one.secondSeconds());
            row++;
        }
        sheet.width(1, 28);
        sheet.width(3, 28);
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
