package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.Filters;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Bbox;
import org.anquan.problem.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-data")
class RealFilesTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    private TestCatalogue store;
    private LayerImport imports;

    @BeforeEach
    void open() {
        boolean there = Files.isDirectory(DATA);
        if (!there) System.out.println("skipped: " + DATA + " is not there");
        Assumptions.assumeTrue(there);
        store = TestCatalogue.open(folder);
        imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
    }

    @AfterEach
    void close() {
        if (store != null) store.close();
    }

    private ImportReport run(String layer, String file, Map<String, String> columns) {
        ImportReport report = imports.run(
                ImportRequest.of(layer, DATA.resolve(file)).columns(columns), "test", ImportProgress.none());
        System.out.println(file + " " + report.millis() + " ms");
        report.lines().stream().limit(12).map(Text::toString).forEach(System.out::println);
        return report;
    }

    @Test
    void placesOfLiechtensteinComeInWithTheirPopulationWhereItIsKnown() {
        ImportReport report = run("places", "layers/liechtenstein_places.geojson", Map.of("place", "remark"));
        assertThat(report.accepted()).isEqualTo(84);
        assertThat(report.refused()).isZero();
        assertThat(store.layers()
                        .find(FeatureQuery.all("places")
                                .where(Filters.parse(
                                        "people IS NOT NULL", store.layers().definition("places"))))
                        .matched())
                .isEqualTo(14);
        assertThat(store.layers().get("places", "n32011242").orElseThrow().number("people"))
                .isEqualTo(445);
    }

    @Test
    void stationsGivenAsPointsAndAreasAllBecomePoints() {
        ImportReport report = run("places", "layers/liechtenstein_rescue_stations.geojson", Map.of());
        assertThat(report.accepted()).isEqualTo(19);
        // 9 areas and one without a name.
        assertThat(report.repairs()).extracting(ImportReport.Repair::rows).containsExactlyInAnyOrder(9L, 1L);
        assertThat(store.layers().find(FeatureQuery.all("places")).features())
                .allMatch(f -> f.geometry().getGeometryType().equals("Point"));
    }

    @Test
    void everyOtherLayerOfLiechtensteinComesInWhole() {
        assertThat(run("places", "layers/liechtenstein_candidate_shelters.geojson", Map.of())
                        .accepted())
                .isEqualTo(104);
        assertThat(run("places", "layers/liechtenstein_hazardous_facilities.geojson", Map.of())
                        .accepted())
                .isEqualTo(95);
        assertThat(run("ways", "layers/liechtenstein_waterways.geojson", Map.of())
                        .accepted())
                .isEqualTo(687);
        ImportReport forests = run("areas", "layers/liechtenstein_forests.geojson.gz", Map.of());
        assertThat(forests.accepted() + forests.refused()).isEqualTo(574);
        assertThat(forests.refused()).isLessThan(5);
        ImportReport buildings = run("areas", "layers/liechtenstein_buildings.geojson.gz", Map.of());
        assertThat(buildings.accepted() + buildings.refused()).isEqualTo(17_717);
        assertThat(buildings.refused()).isLessThan(5);
    }

    @Test
    void theJapaneseEmergencySitesComeInWholeAndAreFoundByBox() {
        ImportReport report =
                run("places", "shelters/japan_emergency_sites_pref01-30.csv.gz", Map.of("施設・場所名", "name"));
        assertThat(report.read()).isEqualTo(81_779);
        assertThat(report.refused()).isZero();
        assertThat(report.count()).isEqualTo(81_779);
        Bbox sapporo = new Bbox(141.2, 42.9, 141.6, 43.2);
        long expected = store.layers().snapshot("places").features().stream()
                .filter(f -> sapporo.contains(
                        f.geometry().getCoordinate().x, f.geometry().getCoordinate().y))
                .count();
        assertThat(expected).isGreaterThan(100);
        assertThat(store.layers().find(FeatureQuery.all("places").in(sapporo)).matched())
                .isEqualTo(expected);
    }

    @Test
    void theGbkRosterOfChanghuaIsReadInItsEncoding() {
        ImportReport report = run(
                "places", "encodings/taiwan_changhua_shelters_gbk.csv", Map.of("避難收容處所名稱", "name", "預計收容人數", "people"));
        assertThat(report.encoding()).isEqualTo("GB18030");
        assertThat(report.accepted()).isEqualTo(426);
        assertThat(store.layers().find(FeatureQuery.all("places")).features())
                .extracting(Feature::name)
                .contains("中東社區活動中心");
    }

    @Test
    void theEmptyFileOfFaultsIsAnEmptyLayerAndTheFullOneKeepsItsLines() {
        ImportReport empty = run("ways", "faults/near_fuliang.geojson", Map.of());
        assertThat(empty.stored()).isTrue();
        assertThat(empty.count()).isZero();
        ImportReport full = run("ways", "faults/near_lizhou.geojson", Map.of());
        assertThat(full.accepted()).isEqualTo(18);
    }

    @Test
    void aRosterAsAnExcelWorkbookComesIn() {
        ImportReport report = run("places", "encodings/taiwan_nantou_shelters.xlsx", Map.of("避難收容處所名稱", "name"));
        assertThat(report.accepted() + report.refused()).isEqualTo(387);
        assertThat(report.accepted()).isGreaterThanOrEqualTo(386);
    }
}
