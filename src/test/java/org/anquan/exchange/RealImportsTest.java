package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.Distances;
import org.anquan.home.AnquanHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** Files as offices and agencies give them, into the shipped layers, by the shipped profiles. Counts are the README's. */
@Tag("real-data")
class RealImportsTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    private TestCatalogue store;
    private LayerImport imports;

    @BeforeEach
    void open() throws IOException {
        boolean there = Files.isDirectory(DATA);
        if (!there) System.out.println("skipped: " + DATA + " is not there");
        Assumptions.assumeTrue(there);
        List<String> yaml = new ArrayList<>();
        try (var files = Files.list(Path.of("layers"))) {
            for (Path file : files.sorted().toList()) yaml.add(Files.readString(file));
        }
        store = TestCatalogue.open(folder, yaml.toArray(String[]::new));
        imports = Imports.into(
                store.layers(),
                store.edits(),
                ExchangeSettings.usual(),
                new Profiles(store.layers(), new AnquanHome(folder.resolve("home"))));
    }

    @AfterEach
    void close() {
        if (store != null) store.close();
    }

    private ImportReport run(ImportRequest request) {
        return imports.run(request.mode(LoadMode.REPLACE), "test", ImportProgress.none());
    }

    private ImportReport run(String layer, String file) {
        return run(ImportRequest.of(layer, DATA.resolve(file)));
    }

    private List<Feature> features(String layer) {
        return store.layers().find(FeatureQuery.all(layer)).features();
    }

    private long with(String layer, String attribute, Object item) {
        return features(layer).stream()
                .filter(f -> f.get(attribute) instanceof List<?> list && list.contains(item))
                .count();
    }

    @Test
    void theTaiwanRosterComesInWholeWithItsHazards() {
        ImportReport report = run("shelter", "shelters/taiwan_shelters_west.csv.gz");
        assertThat(report.profile()).isEqualTo("tw-shelters");
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(4631);
        assertThat(with("shelter", "hazards", "flood")).isEqualTo(3918);
        assertThat(with("shelter", "hazards", "seismic")).isEqualTo(3466);
        assertThat(features("shelter").stream()
                        .mapToLong(f -> f.get("statedCapacity") instanceof Long n ? n : 0)
                        .sum())
                .isEqualTo(2_049_443);
        // Four stand in the wrong place. They are on the globe: finding them is the doctor's work.
        assertThat(features("shelter").stream()
                        .map(f -> f.geometry().getCoordinate().x)
                        .filter(lon -> lon < 118)
                        .count())
                .isEqualTo(4);
    }

    @Test
    void theJapaneseFilesComeInWithTheirHazardFlags() {
        ImportReport sites = run("shelter", "shelters/japan_emergency_sites_pref01-30.csv.gz");
        assertThat(sites.profile()).isEqualTo("jp-emergency-sites");
        assertThat(sites.accepted()).as(sites.lines().toString()).isEqualTo(81_779);
        assertThat(with("shelter", "hazards", "flood")).isEqualTo(51_708);
        assertThat(with("shelter", "hazards", "geo")).isEqualTo(47_525);
        assertThat(with("shelter", "hazards", "seismic")).isEqualTo(63_734);
        assertThat(with("shelter", "hazards", "fire")).isEqualTo(32_169);
        ImportReport shelters = run("shelter", "shelters/japan_designated_shelters_pref01-30.csv.gz");
        assertThat(shelters.profile()).isEqualTo("jp-designated-shelters");
        assertThat(shelters.accepted()).as(shelters.lines().toString()).isEqualTo(58_129);
    }

    @ParameterizedTest
    @CsvSource({
        "encodings/guangyuan_cgcs2000_gk105_gbk/districts.shp, 7, 利州区, 104.62, 31.53, 106.78, 32.93",
        "encodings/shizuishan_cgcs2000_geographic_gbk_nocpg/districts.shp, 3, 大武口区, 105.96, 38.60, 106.97, 39.38",
    })
    void shapefilesInGbkLandWhereTheyBelong(
            String file, int rows, String name, double west, double south, double east, double north) {
        ImportReport report = run("district", file);
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(rows);
        assertThat(features("district")).extracting(Feature::name).contains(name);
        assertThat(features("district"))
                .allMatch(f -> String.valueOf(f.get("adminCode")).length() == 6);
        Envelope box = new Envelope();
        features("district").forEach(f -> box.expandToInclude(f.geometry().getEnvelopeInternal()));
        Envelope near = new Envelope(west - 0.02, east + 0.02, south - 0.02, north + 0.02);
        assertThat(near.contains(box)).as(box.toString()).isTrue();
    }

    @Test
    void theSameRosterInThreeEncodingsAndFormatsIsTheSameLayer() {
        ImportReport csv = run("shelter", "encodings/taiwan_nantou_shelters_gb18030.csv");
        assertThat(csv.accepted()).as(csv.lines().toString()).isEqualTo(387);
        assertThat(csv.encoding()).isEqualTo("GB18030");
        List<Feature> fromCsv = features("shelter");
        ImportReport excel = run("shelter", "encodings/taiwan_nantou_shelters.xlsx");
        assertThat(excel.accepted()).as(excel.lines().toString()).isEqualTo(387);
        List<Feature> fromExcel = features("shelter");
        assertThat(fromExcel).hasSameSizeAs(fromCsv);
        for (int i = 0; i < fromCsv.size(); i++) {
            assertThat(fromExcel.get(i).id()).isEqualTo(fromCsv.get(i).id());
            assertThat(fromExcel.get(i).get("hazards")).isEqualTo(fromCsv.get(i).get("hazards"));
            assertThat(fromExcel.get(i).get("statedCapacity"))
                    .isEqualTo(fromCsv.get(i).get("statedCapacity"));
            assertThat(fromExcel
                            .get(i)
                            .geometry()
                            .getCoordinate()
                            .distance(fromCsv.get(i).geometry().getCoordinate()))
                    .isLessThan(1e-9);
        }
        ImportReport gbk = run("shelter", "encodings/taiwan_changhua_shelters_gbk.csv");
        assertThat(gbk.accepted()).as(gbk.lines().toString()).isEqualTo(426);
    }

    @Test
    void declaredGcj02LandsOnTheDerivedWgs84() {
        run("district", "admin/five_counties_wgs84_derived.geojson");
        Map<String, Feature> truth = byCode();
        ImportReport report = run(ImportRequest.of("district", DATA.resolve("admin/five_counties_gcj02.geojson"))
                .crs("GCJ-02"));
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(5);
        Map<String, Feature> moved = byCode();
        assertThat(moved.keySet()).isEqualTo(truth.keySet()).hasSize(5);
        moved.forEach((code, feature) -> {
            Coordinate[] here = feature.geometry().getCoordinates();
            Coordinate[] there = truth.get(code).geometry().getCoordinates();
            assertThat(here).as(code).hasSameSizeAs(there);
            for (int i = 0; i < here.length; i++)
                assertThat(Distances.metres(here[i].x, here[i].y, there[i].x, there[i].y))
                        .as("%s %s", code, i)
                        .isLessThan(5);
        });
    }

    private Map<String, Feature> byCode() {
        Map<String, Feature> all = new java.util.TreeMap<>();
        features("district").forEach(f -> all.put(String.valueOf(f.get("adminCode")), f));
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "near_lizhou, 18",
        "near_pingluo_dawukou, 7",
        "near_qinshui, 3",
        "near_fuliang, 0",
        "himatibetmap_east_of_95E, 216",
        "gem_faults_china_geometry_only, 482"
    })
    void faultsComeInTheEmptyFileToo(String file, long count) {
        ImportReport report = run("fault", "faults/" + file + ".geojson");
        assertThat(report.stored()).as(report.lines().toString()).isTrue();
        assertThat(report.refused()).as(report.lines().toString()).isZero();
        assertThat(report.count()).isEqualTo(count);
    }

    @Test
    void quotedLineBreaksAreNoEndOfARow() {
        ImportReport report = run(ImportRequest.of("landslide_point", DATA.resolve("landslides/nasa_glc_us_canada.csv"))
                .columns(Map.of("nearest_places", "name")));
        assertThat(report.read()).isEqualTo(995);
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(995);
    }

    @ParameterizedTest
    @CsvSource({
        "rescue_station, liechtenstein_rescue_stations.geojson, osm-rescue-stations, 9, 10",
        "hospital, liechtenstein_rescue_stations.geojson, osm-hospitals, 3, 16",
        "helipad, liechtenstein_rescue_stations.geojson, osm-helipads, 1, 18",
        "forest_fire_area, liechtenstein_forests.geojson.gz, osm-forests, 574, 0",
        "flood_channel, liechtenstein_waterways.geojson, osm-waterways, 678, 9",
        "village, liechtenstein_places.geojson, osm-places, 47, 37",
        "hazardous_facility, liechtenstein_hazardous_facilities.geojson, osm-hazardous-facilities, 95, 0",
        "building, liechtenstein_buildings.geojson.gz, osm-buildings, 17717, 0",
    })
    void layersOfOpenStreetMapComeInByTheirTags(String layer, String file, String profile, long rows, long passedOver) {
        ImportReport report =
                run(ImportRequest.of(layer, DATA.resolve("layers/" + file)).profile(profile));
        assertThat(report.refused()).as(report.lines().toString()).isLessThan(5);
        assertThat(report.accepted() + report.refused())
                .as(report.lines().toString())
                .isEqualTo(rows);
        assertThat(report.passedOver()).isEqualTo(passedOver);
        // Unasked, the same profile is found by the header.
        assertThat(run("" + layer, "layers/" + file).profile()).isEqualTo(profile);
    }

    @Test
    void candidatesForSheltersAreSchoolsAndHallsAndNoPicnicHuts() {
        ImportReport report = run("shelter", "layers/liechtenstein_candidate_shelters.geojson");
        assertThat(report.profile()).isEqualTo("osm-shelters");
        assertThat(report.refused()).as(report.lines().toString()).isZero();
        // 104 features, 29 of them amenity=shelter.
        assertThat(report.accepted() + report.passedOver()).isEqualTo(104);
        assertThat(report.passedOver()).isGreaterThanOrEqualTo(20);
        assertThat(features("shelter")).allMatch(f -> "planned".equals(f.get("status")));
    }
}
