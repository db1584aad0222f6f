package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.TestCatalogue;
import org.anquan.home.AnquanHome;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/import.md says of the example roster is so. */
class RosterExampleTest {
    @TempDir
    Path folder;

    private TestCatalogue store;
    private LayerImport imports;
    private FileLook look;

    @BeforeEach
    void open() throws IOException {
        store = TestCatalogue.open(
                folder,
                Files.readString(Path.of("layers/shelter.yaml")),
                Files.readString(Path.of("layers/team.yaml")),
                Files.readString(Path.of("layers/village.yaml")),
                Files.readString(Path.of("layers/district.yaml")));
        Profiles profiles = new Profiles(store.layers(), new AnquanHome(folder.resolve("home")));
        imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual(), profiles);
        look = new FileLook(store.layers(), imports, profiles, ExchangeSettings.usual());
        imports.run(
                ImportRequest.of("district", Path.of("data-samples/lizhou/district.geojson")),
                "test",
                ImportProgress.none());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Feature one(String id) {
        return store.layers().get("shelter", id).orElseThrow();
    }

    @Test
    void thePreviewKnowsTheLayerTheSystemAndTheColumns() {
        Preview seen = look.look(RosterExample.FILE, "名册.xlsx", null, ImportRequest.Hints.NONE, java.util.Map.of());
        assertThat(seen.layer()).isEqualTo("shelter");
        assertThat(seen.crs().origin()).isEqualTo("guessed");
        assertThat(seen.crs().value()).isEqualTo("EPSG:4490");
        assertThat(seen.columns())
                .extracting(Preview.Column::use)
                .containsExactly(
                        "id",
                        "attribute",
                        "aside",
                        "attribute",
                        "attribute",
                        "attribute",
                        "lon",
                        "lat",
                        "attribute",
                        "attribute",
                        "aside");
        assertThat(seen.columns().get(3).why().toString()).contains("亩").contains("m²");
        assertThat(seen.rows()).hasSize(10);
        assertThat(seen.features().features()).hasSize(12);
        assertThat(seen.warnings().toString()).contains("约3000");
    }

    @Test
    void metresOfASurveyorAreRecognisedNorthingFirst() throws IOException {
        // PROJ says 558452.093273669 3597801.21008616 (EPSG:4544) for 105.622° E, 32.503° N; surveyors call the
        // northing X.
        Path file = Files.writeString(
                folder.resolve("m.csv"), "名称,X坐标,Y坐标\n三堆,3597801.21008616,558452.093273669\n白朝,3597800.2,558460.1\n");
        Preview seen = look.look(file, "m.csv", "shelter", ImportRequest.Hints.NONE, java.util.Map.of());
        assertThat(seen.crs().origin()).isEqualTo("guessed");
        assertThat(seen.crs().value()).isEqualTo("EPSG:4544");
        assertThat(seen.columns()).extracting(Preview.Column::use).containsExactly("attribute", "lat", "lon");
        assertThat(seen.features().features().get(0).geometry().getCoordinate().x)
                .isCloseTo(105.622, Offset.offset(1e-8));
        // What the preview says, said to the run, does the same.
        java.util.Map<String, String> columns = new java.util.HashMap<>();
        seen.columns().forEach(c -> {
            if (c.attribute() != null) columns.put(c.name(), c.attribute());
        });
        ImportReport report = imports.run(
                ImportRequest.of("shelter", file).crs(seen.crs().value()).columns(columns),
                "planner",
                ImportProgress.none());
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(2);
        assertThat(store.layers().find(FeatureQuery.all("shelter")).features())
                .allMatch(f -> Math.abs(f.geometry().getCoordinate().y - 32.503) < 0.001);
    }

    @Test
    void theReportIsTheOneOfTheWalkThrough() throws IOException {
        RefusedRows refused = new RefusedRows();
        ImportReport report =
                imports.run(ImportRequest.of("shelter", RosterExample.FILE), "planner", ImportProgress.none(), refused);
        assertThat(report.read()).isEqualTo(17);
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(12);
        assertThat(report.refusedRows())
                .extracting(ImportReport.RefusedRow::row, ImportReport.RefusedRow::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(8L, "可容纳人数"),
                        org.assertj.core.groups.Tuple.tuple(9L, "适用灾种"),
                        org.assertj.core.groups.Tuple.tuple(12L, "启用状态"),
                        org.assertj.core.groups.Tuple.tuple(13L, "纬度"),
                        org.assertj.core.groups.Tuple.tuple(19L, "有效避难面积（亩）"));
        // In the words that people write, without codes.
        assertThat(report.refusedRows().get(2).reason().toString())
                .contains("规划、待启用、已启用、已满、关闭")
                .doesNotContain("ready");
        assertThat(report.refusedRows().get(1).reason().toString()).contains("海啸", "地质灾害");
        // Only rows that came in are counted as having kept another capacity than the formula gives.
        long kept = store.layers().find(FeatureQuery.all("shelter")).features().stream()
                .filter(f -> f.get("statedCapacity") != null)
                .count();
        assertThat(report.lines().stream().map(Object::toString)).anyMatch(l -> l.contains("有 " + kept + " 行给出的值"));
        // Swapped, without a name, with the id of the row above: three rows were mended.
        assertThat(report.repaired()).isEqualTo(3);
        // 18 亩 = 18 × 10000 / 15 m²
        assertThat(one("L-01").get("effectiveArea")).isEqualTo(12_000.0);
        assertThat(one("L-02").get("statedCapacity")).isEqualTo(1400L);
        assertThat(one("L-03").get("statedCapacity")).isEqualTo(2000L);
        assertThat(one("L-03").geometry().getCoordinate().x).isCloseTo(105.82, Offset.offset(1e-9));
        assertThat(one("L-07").geometry().getCoordinate().x).isEqualTo(105.936);
        assertThat(one("L-08").geometry().getCoordinate().y).isCloseTo(32.451, Offset.offset(1e-9));
        assertThat(one("L-13-2").name()).isEqualTo("龙潭小学（示例）");

        // The workbook of the refused rows, imported unmended, is refused for the same reasons; by row, all of them.
        Path workbook = folder.resolve("report.xlsx");
        try (OutputStream out = Files.newOutputStream(workbook)) {
            ReportWorkbook.write(report, refused, out);
        }
        ImportReport again = imports.run(
                ImportRequest.of("shelter", workbook).mode(LoadMode.UPDATE), "planner", ImportProgress.none());
        assertThat(again.read()).isEqualTo(5);
        // Which of its sheets is read is said once.
        assertThat(again.lines())
                .filteredOn(l -> l.toString().contains("被拒绝的行”"))
                .hasSize(1);
        assertThat(again.refused()).isEqualTo(5);
        assertThat(again.refusedRows())
                .extracting(ImportReport.RefusedRow::column)
                .isEqualTo(report.refusedRows().stream()
                        .map(ImportReport.RefusedRow::column)
                        .toList());
        assertThat(again.columns()).extracting(ImportReport.Column::name).containsAll(List.of("编号", "名称", "所在乡镇"));
        assertThat(store.layers().find(FeatureQuery.all("shelter")).matched()).isEqualTo(12);
    }
}
