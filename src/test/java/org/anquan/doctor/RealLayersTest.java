package org.anquan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.ImportReport;
import org.anquan.exchange.ImportRequest;
import org.anquan.exchange.Imports;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.process.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real files have wrong with them, and what they have not. */
@Tag("real-data")
class RealLayersTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    @BeforeEach
    void onlyWithTheDataFolder() {
        boolean there = Files.isDirectory(DATA);
        if (!there) System.out.println("skipped: " + DATA + " is not there");
        org.junit.jupiter.api.Assumptions.assumeTrue(there);
    }

    private static ImportReport take(DoctorWorld world, String layer, String file, String crs) {
        return take(world, ImportRequest.of(layer, DATA.resolve(file)).crs(crs.isEmpty() ? null : crs));
    }

    private static ImportReport take(DoctorWorld world, ImportRequest request) {
        ImportReport report =
                Imports.into(world.store.layers(), world.store.edits()).run(request, "test", ImportProgress.none());
        assertThat(report.accepted()).as("%s", report.lines()).isPositive();
        return report;
    }

    private static List<Finding> of(List<Finding> all, Check check) {
        return all.stream().filter(finding -> finding.check() == check).toList();
    }

    @Test
    void theFourBadCoordinatesOfTheTaiwanRosterAreFoundAndTwentyOneMoreInTheSea() {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            take(
                    world,
                    ImportRequest.of("shelter", DATA.resolve("shelters/taiwan_shelters_west.csv.gz"))
                            .columns(Map.of("避難收容處所名稱", "name", "預計收容人數", "capacity")));
            List<Finding> all = world.findings("shelter");
            System.out.println(world.examine("shelter").findings().counts());
            // data/README.md: three with longitude 0, one near 117.87.
            assertThat(of(all, Check.ZERO_PLACE)).hasSize(3).allMatch(f -> f.lon() == 0);
            List<Finding> far = of(all, Check.FAR_OFF);
            assertThat(far).filteredOn(f -> f.lon() > 117.8 && f.lon() < 117.9).hasSize(1);
            // Not in README.md: twenty of 新屋區 (which lies at 24.97 N) stand at 26.9 N, one of 小港區 (120.35 E) at 118.57.
            assertThat(far).filteredOn(f -> f.lat() > 26.8 && f.lat() < 27).hasSize(20);
            assertThat(far).filteredOn(f -> f.lon() > 118.5 && f.lon() < 118.6).hasSize(1);
            assertThat(far).hasSize(22);
            assertThat(of(all, Check.SWAPPED)).isEmpty();
            assertThat(of(all, Check.SHIFTED)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"admin/city_510800_districts_gcj02.geojson", "admin/five_counties_gcj02.geojson"})
    void boundariesInGcj02ThatNobodyDeclaredAreFoundOnTheTrueBoundary(String file) {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            take(world, "district", "admin/five_counties_wgs84_derived.geojson", "");
            take(world, "township", file, "");
            List<Finding> shifted = of(world.findings("township"), Check.SHIFTED);
            assertThat(shifted).hasSize(1);
            assertThat(shifted.get(0).text().toString()).contains("GCJ-02");
            world.mend(new Mending.Wanted(
                    "township", java.util.Set.of(), java.util.Set.of(Check.SHIFTED), world.version("township")));
            assertThat(of(world.findings("township"), Check.SHIFTED)).isEmpty();
        }
    }

    @Test
    void theSameBoundariesDeclaredOrDerivedAreNoFinding() {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            take(world, "district", "admin/five_counties_wgs84_derived.geojson", "");
            take(world, "township", "admin/city_510800_districts_gcj02.geojson", "GCJ-02");
            assertThat(of(world.findings("township"), Check.SHIFTED)).isEmpty();
            assertThat(of(world.findings("district"), Check.SHIFTED)).isEmpty();
        }
    }

    private record Fixed(RoadNetwork network) implements Roads {
        @Override
        public java.util.Optional<RoadNetwork> current() {
            return java.util.Optional.of(network);
        }

        @Override
        public RoadNetwork require() {
            return network;
        }

        @Override
        public ImportSummary importOsm(Path file, ImportProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void layersOfLiechtensteinAreNotShiftedAgainstItsRoads() {
        RoadNetwork network = RealRoads.of("liechtenstein-2024.osm.pbf");
        try (DoctorWorld world = new DoctorWorld(
                folder, new Fixed(network), "village", "rescue_station", "hazardous_facility", "shelter", "building")) {
            take(world, "village", "layers/liechtenstein_places.geojson", "");
            take(world, "rescue_station", "layers/liechtenstein_rescue_stations.geojson", "");
            take(world, "hazardous_facility", "layers/liechtenstein_hazardous_facilities.geojson", "");
            take(world, "shelter", "layers/liechtenstein_candidate_shelters.geojson", "");
            take(world, "building", "layers/liechtenstein_buildings.geojson.gz", "");
            for (String layer : List.of("village", "rescue_station", "hazardous_facility", "shelter", "building")) {
                System.out.println(layer + " " + world.examine(layer).findings().counts());
                assertThat(of(world.findings(layer), Check.SHIFTED)).as(layer).isEmpty();
                assertThat(of(world.findings(layer), Check.SWAPPED)).as(layer).isEmpty();
                assertThat(of(world.findings(layer), Check.FAR_OFF)).as(layer).isEmpty();
            }
        }
    }

    @Test
    void theSameRosterInThreeEncodingsHasTheSameFindings() {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            take(
                    world,
                    ImportRequest.of("shelter", DATA.resolve("encodings/taiwan_nantou_shelters_gb18030.csv"))
                            .columns(Map.of("避難收容處所名稱", "name", "預計收容人數", "capacity")));
            List<Finding> all = world.findings("shelter");
            System.out.println(world.examine("shelter").findings().counts());
            assertThat(of(all, Check.FAR_OFF)).hasSize(1);
            assertThat(of(all, Check.FAR_OFF).get(0).lon()).isBetween(117.8, 117.9);
        }
    }

    @Test
    void districtsFromShapefilesAreSound() {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            take(world, "district", "encodings/guangyuan_cgcs2000_gk105_gbk/districts.shp", "");
            System.out.println(world.examine("district").findings().counts());
            assertThat(world.findings("district")).noneMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    /** Measured, not asserted: docs/doctor.md. */
    @Test
    void aHundredAndFortyThousandSitesAreExamined() {
        try (DoctorWorld world = new DoctorWorld(folder)) {
            for (String file : List.of("emergency_sites", "designated_shelters"))
                take(
                        world,
                        ImportRequest.of("shelter", DATA.resolve("shelters/japan_" + file + "_pref01-30.csv.gz"))
                                .columns(Map.of("施設・場所名", "name")));
            DataDoctor.Examined examined = world.doctor.examine(
                    new DataDoctor.Order("shelter", null, DataDoctor.allChecks(), 500), Progress.none());
            assertThat(examined.checked()).isGreaterThan(139_000);
        }
    }
}
