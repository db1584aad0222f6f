package org.anquan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.TestCatalogue;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapping profiles, the shipped ones on the shipped layers. */
class ProfilesTest {
    @TempDir
    Path folder;

    private TestCatalogue store;
    private Profiles profiles;
    private LayerImport imports;

    @BeforeEach
    void open() throws IOException {
        List<String> yaml = new java.util.ArrayList<>();
        try (var files = Files.list(Path.of("layers"))) {
            for (Path file : files.sorted().toList()) yaml.add(Files.readString(file));
        }
        store = TestCatalogue.open(folder, yaml.toArray(String[]::new));
        profiles = new Profiles(store.layers(), new AnquanHome(folder.resolve("home")));
        imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual(), profiles);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ImportReport run(String layer, String name, String text) throws IOException {
        return imports.run(
                ImportRequest.of(layer, Files.writeString(folder.resolve(name), text)),
                "planner",
                ImportProgress.none());
    }

    private List<Feature> features(String layer) {
        return store.layers().find(FeatureQuery.all(layer)).features();
    }

    @Test
    void everyShippedProfileFitsItsLayer() {
        assertThat(profiles.all()).hasSizeGreaterThanOrEqualTo(12);
        for (Profile profile : profiles.all())
            assertThat(ProfileRules.mistakes(profile, store.layers().definition(profile.layer())))
                    .as(profile.id())
                    .isEmpty();
    }

    @Test
    void storeysOfAMapInPartsAndHalvesAreReadDownwardsAndItIsSaid() throws IOException {
        StringBuilder features = new StringBuilder();
        String[] levels = {"3.5", "2;3", "4", "1;2.5", "2-3"};
        for (int i = 0; i < levels.length; i++)
            features.append(i == 0 ? "" : ",").append("""
                            {"type":"Feature","id":"b%d","properties":{"building":"yes","building:levels":"%s","height":"%s"},
                            "geometry":{"type":"Polygon","coordinates":[[[105.8,32.4],[105.801,32.4],[105.801,32.401],[105.8,32.4]]]}}""".formatted(i, levels[i], i == 0 ? "7.5;9" : "12 m"));
        ImportReport report =
                run("building", "b.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}");
        assertThat(report.profile()).isEqualTo("osm-buildings");
        assertThat(features("building"))
                .extracting(building -> building.get("floors"))
                .containsExactly(3L, 3L, 4L, 2L);
        assertThat(features("building"))
                .extracting(building -> building.get("heightM"))
                .containsExactly(9.0, 12.0, 12.0, 12.0);
        // Storeys: two in parts (2;3 and 1;2.5), two with decimals (3.5 and 2.5); heights: one in parts.
        assertThat(report.repairs())
                .filteredOn(repair -> repair.what().key().equals("exchange.mend.largest"))
                .extracting(ImportReport.Repair::rows)
                .containsExactlyInAnyOrder(2L, 1L);
        assertThat(report.repairs())
                .filteredOn(repair -> repair.what().key().equals("exchange.mend.floor"))
                .extracting(ImportReport.Repair::rows)
                .containsExactly(2L);
        assertThat(report.refusedRows()).hasSize(1);
        assertThat(report.refusedRows().get(0).value()).isEqualTo("2-3");
    }

    @Test
    void aRosterIsRecognisedByItsHeaderAndItsHazardListIsUnderstood() throws IOException {
        ImportReport report = run("shelter", "名冊.csv", """
                序號,經度,緯度,避難收容處所名稱,預計收容人數,適用災害類別,室內,室外
                7,121.4,24.8,霞雲社區活動中心,36,"水災,震災,土石流,海嘯",是,否
                8,121.3,24.9,操場,500,震災,否,是
                9,121.2,24.7,國小,90,,是,是
                """);
        assertThat(report.profile()).isEqualTo("tw-shelters");
        assertThat(report.refusedRows()).isEmpty();
        assertThat(features("shelter")).extracting(Feature::id).containsExactly("tw-7", "tw-8", "tw-9");
        // A tsunami is none of the layer's hazards, and is not made into a flood.
        assertThat(features("shelter"))
                .extracting(f -> f.get("hazards"))
                .containsExactly(List.of("flood", "seismic", "geo"), List.of("seismic"), null);
        assertThat(features("shelter")).extracting(f -> f.get("space")).containsExactly("indoor", "outdoor", "both");
        assertThat(features("shelter")).extracting(f -> f.get("statedCapacity")).containsExactly(36L, 500L, 90L);
    }

    @Test
    void hazardFlagsBecomeTheListOfHazards() throws IOException {
        ImportReport report = run("shelter", "jp.csv", """
                共通ID,施設・場所名,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,大規模な火事,内水氾濫,火山現象,団体コード,経度,緯度
                E1,中学校,1,1,,1,,,,,011002,141.48,43.03
                E2,公園,,,1,,1,1,1,,011002,141.49,43.04
                """);
        assertThat(report.profile()).isEqualTo("jp-emergency-sites");
        assertThat(features("shelter"))
                .extracting(f -> f.get("hazards"))
                .containsExactly(List.of("flood", "geo", "seismic"), List.of("fire"));
        assertThat(features("shelter").get(0).get("adminCode")).isEqualTo("011002");
    }

    @Test
    void rowsThatAreNotOfTheLayerArePassedOverAndCounted() throws IOException {
        ImportReport report = run("flood_channel", "w.geojson", """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","id":"w1","properties":{"waterway":"river","width":"12.5","name":"昌江"},"geometry":{"type":"LineString","coordinates":[[117,29],[117.1,29]]}},
                {"type":"Feature","id":"w2","properties":{"waterway":"weir"},"geometry":{"type":"LineString","coordinates":[[117,29],[117.1,29]]}},
                {"type":"Feature","id":"w3","properties":{"waterway":"ditch"},"geometry":{"type":"LineString","coordinates":[[117,29],[117.1,29]]}}
                ]}
                """);
        assertThat(report.read()).isEqualTo(3);
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.passedOver()).isEqualTo(1);
        assertThat(features("flood_channel")).extracting(f -> f.get("kind")).containsExactly("river", "gully");
        assertThat(features("flood_channel").get(0).get("widthM")).isEqualTo(12.5);
    }

    @Test
    void aHeadingInAnotherUnitIsConvertedAndOneOfNoKnownUnitIsLeftAside() throws IOException {
        ImportReport report = run("shelter", "亩.csv", """
                名称,有效避难面积（亩）,占地面积（平方丈）,可容纳人数（万人）,经度,纬度
                体育场,3,10,1.2,117.2,29.4
                """);
        Feature one = features("shelter").get(0);
        // 3 亩 = 3 × 10000 / 15 = 2000 m²
        assertThat(one.get("effectiveArea")).isEqualTo(2000.0);
        assertThat(one.get("statedCapacity")).isEqualTo(12_000L);
        assertThat(one.get("grossArea")).isNull();
        assertThat(report.columns())
                .filteredOn(c -> c.name().startsWith("占地"))
                .extracting(ImportReport.Column::use)
                .containsExactly(ImportReport.Use.KEPT_ASIDE);
    }

    @Test
    void aProfileOfTheCountyIsKeptAndUsedByItsHeader() throws IOException {
        profiles.save("my-list", """
                title: 本县名单
                layer: shelter
                recognise: {columns: [场地, 能住]}
                crs: EPSG:4544
                places: {lon: 横, lat: 纵}
                attributes:
                  name: 场地
                  capacity: 能住
                  grossArea: {column: 地, unit: 亩}
                  status: {column: 情形, values: {在用: ready, 停用: closed}}
                constants: {type: short}
                """);
        // PROJ says 558452.093273669 3597801.21008616 (EPSG:4544) for 105.622° E, 32.503° N.
        ImportReport report = run("shelter", "l.csv", """
                场地,能住,地,情形,横,纵
                三堆,200,1.5,在用,558452.093273669,3597801.21008616
                """);
        assertThat(report.lines().toString()).contains("my-list");
        Feature one = features("shelter").get(0);
        assertThat(one.geometry().getCoordinate().x).isCloseTo(105.622, org.assertj.core.data.Offset.offset(1e-8));
        assertThat(one.attributes())
                .containsAllEntriesOf(Map.of(
                        "name", "三堆", "statedCapacity", 200L, "grossArea", 1000.0, "status", "ready", "type", "short"));
    }

    @Test
    void allThatIsWrongWithAProfileIsSaid() {
        ProblemException wrong = catchThrowableOfType(ProblemException.class, () -> profiles.save("Bad Id", """
                layer: shelter
                colour: red
                places: {east: x}
                attributes: {name: [a]}
                """));
        assertThat(wrong.mistakes())
                .extracting(ProblemException.Mistake::where)
                .contains("id", "title", "colour", "places.east", "attributes.name");
        ProblemException foreign = catchThrowableOfType(ProblemException.class, () -> profiles.save("b", """
                title: b
                layer: shelter
                attributes: {nowhere: a, capacity: {column: b, unit: 亩}}
                """));
        assertThat(foreign.mistakes()).hasSize(2);
        for (String yaml : List.of("", "[1", "a: &x [*x]", "x".repeat(300_000), "title: !!java.net.URL [x]"))
            assertThat(catchThrowableOfType(ProblemException.class, () -> profiles.save("c", yaml)))
                    .isNotNull();
        assertThat(Files.exists(folder.resolve("home/profiles/c.yaml"))).isFalse();
    }

    @Test
    void whatTheUserSaysGoesBeforeTheProfile() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                序號,經度,緯度,避難收容處所名稱,預計收容人數,適用災害類別,預計收容村里
                7,121.4,24.8,甲,36,水災,乙
                """);
        ImportReport report = imports.run(
                ImportRequest.of("shelter", file).columns(Map.of("預計收容村里", "name")), "planner", ImportProgress.none());
        assertThat(features("shelter")).extracting(Feature::name).containsExactly("乙");
        assertThat(report.profile()).isEqualTo("tw-shelters");
        ImportReport plain = imports.run(
                ImportRequest.of("shelter", file).profile("none").columns(Map.of("預計收容村里", "name")),
                "planner",
                ImportProgress.none());
        assertThat(plain.profile()).isNull();
    }
}
