package org.anquan.exchange;

import static org.anquan.catalog.TestCatalogue.point;
import static org.anquan.catalog.TestCatalogue.wkt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.anquan.catalog.Change;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.HistoryEntry;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.TestCatalogue;
import org.anquan.exchange.ImportReport.Column;
import org.anquan.exchange.ImportReport.RefusedRow;
import org.anquan.exchange.ImportReport.Use;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
    @TempDir
    Path folder;

    private TestCatalogue store;
    private LayerImport imports;

    TestCatalogue openStore() {
        return TestCatalogue.open(folder);
    }

    @BeforeEach
    void open() {
        store = openStore();
        imports = Imports.into(store.layers(), store.edits(), ExchangeSettings.usual());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ImportReport run(ImportRequest request) {
        return imports.run(request, "planner", ImportProgress.none());
    }

    private ImportReport places(String name, String text) throws IOException {
        return run(ImportRequest.of("places", file(name, text)));
    }

    private List<Feature> features(String layer) {
        return store.layers().find(FeatureQuery.all(layer)).features();
    }

    @Test
    void aRowWithAnUnreadableCellIsToldAllThatIsWrongWithItAtOnce() throws IOException {
        ImportReport report = places("w.csv", """
                id,name,kind,people,heightM,经度,纬度
                a,甲,city,约300,12,105.8,32.4
                b,乙,town,-5,高,,
                c,丙,town,5,12,105.8,32.4
                """);
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.refusedRows())
                .extracting(RefusedRow::row, RefusedRow::column)
                .containsExactlyInAnyOrder(
                        tuple(2L, "people"),
                        tuple(2L, "kind"),
                        tuple(3L, "heightM"),
                        tuple(3L, "people"),
                        tuple(3L, "经度, 纬度"));
        // A row that changes what is there may leave out the rest.
        ImportReport update = run(ImportRequest.of("places", file("u.csv", "id,kind,people\nc,city,约300\n"))
                .mode(LoadMode.UPDATE));
        assertThat(update.refusedRows())
                .extracting(RefusedRow::row, RefusedRow::column)
                .containsExactlyInAnyOrder(tuple(2L, "people"), tuple(2L, "kind"));
    }

    /** The layer's title is 地点: its rosters head the name 地点名称, or as any roster does. */
    @Test
    void theNameIsFoundUnderTheHeadingsThatRostersHave() throws IOException {
        for (String heading : new String[] {"地点名称", "单位名称", "场所名称（全称）"}) {
            ImportReport report = places("n.csv", "编号," + heading + ",乡镇名称,经度,纬度\n" + heading + ",甲,乙,105.8,32.4\n");
            assertThat(report.columns()).contains(new Column(heading, Use.ATTRIBUTE, "name", 1));
            assertThat(report.columns()).contains(new Column("乡镇名称", Use.KEPT_ASIDE, null, 1));
        }
        // Its own name goes before; the other is kept beside it.
        places("o.csv", "编号,单位名称,名称,经度,纬度\no,乙,甲,105.8,32.4\n");
        assertThat(store.layers().get("places", "o").orElseThrow().get("name")).isEqualTo("甲");
    }

    @Test
    void aUnitBehindANumberGoesBeforeThatOfTheHeading() throws IOException {
        ImportReport report = places(
                "u.csv",
                "id,name,people（万人）,heightM（公里）,经度,纬度\n"
                        + "a,甲,0.5,1.2,105.8,32.4\nb,乙,300人,12 m,105.9,32.4\nc,丙,2万人,3千米,106,32.4\n"
                        + "d,丁,40户,1,106.1,32.4\ne,戊,1,5 吨,106.2,32.4\n");
        assertThat(features("places"))
                .extracting(Feature::id, f -> f.get("people"), f -> f.get("heightM"))
                .containsExactly(tuple("a", 5000L, 1200.0), tuple("b", 300L, 12.0), tuple("c", 20_000L, 3000.0));
        assertThat(report.refusedRows())
                .extracting(RefusedRow::row, RefusedRow::column)
                .containsExactly(tuple(5L, "people（万人）"), tuple(6L, "heightM（公里）"));
        // What is asked for is in the unit of the column that the reader sees.
        assertThat(report.refusedRows().get(1).reason().toString()).contains("公里");
    }

    @Test
    void aTableOfAGeoPackageWithoutShapesIsReadByItsColumnsAndEmptyTablesArePassedOver() throws Exception {
        Path file = folder.resolve("t.gpkg");
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement make = db.createStatement()) {
            make.execute("PRAGMA application_id = 1196444487");
            make.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER)");
            make.execute(
                    "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER, z INTEGER)");
            make.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT,"
                    + " organization_coordsys_id INTEGER, definition TEXT)");
            for (String table : new String[] {"a_draft", "roster"}) {
                make.execute("INSERT INTO gpkg_contents VALUES ('" + table + "', 'attributes', 0)");
                make.execute(
                        "CREATE TABLE " + table + " (fid INTEGER PRIMARY KEY, id TEXT, name TEXT, east TEXT, 纬度 TEXT)");
            }
            make.execute("INSERT INTO roster (id, name, east, 纬度) VALUES ('a', '甲', '105°48′', '32.4')");
        }
        ImportReport report = run(ImportRequest.of("places", file));
        assertThat(report.refusedRows()).isEmpty();
        assertThat(features("places")).singleElement().satisfies(f -> {
            assertThat(f.get("name")).isEqualTo("甲");
            assertThat(f.geometry().getCoordinate().x).isEqualTo(105.8, within(1e-9));
        });
    }

    @Test
    void aRefusedEmptyShapeDoesNotSpoilTheReportThatSaysSo() throws IOException {
        String features = "{\"type\":\"FeatureCollection\",\"features\":["
                + "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"name\":\"甲\"},"
                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[]}},"
                + "{\"type\":\"Feature\",\"id\":\"b\",\"properties\":{\"name\":\"乙\"},"
                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.8,32.4]}}]}";
        RefusedRows refused = new RefusedRows();
        ImportReport report = imports.run(
                ImportRequest.of("places", file("e.geojson", features)), "planner", ImportProgress.none(), refused);
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(1);
        Path workbook = folder.resolve("report.xlsx");
        try (var out = Files.newOutputStream(workbook)) {
            ReportWorkbook.write(report, refused, out);
        }
        assertThat(workbook).isNotEmptyFile();
    }

    @Test
    void aFeatureSaysInWhichSystemItsPlaceCameUnlessItIsTheStoresOwnOrTheFileSaysIt() throws IOException {
        // 105.844 E, 32.434 N on the 105° zone: 79 km east of its meridian.
        String metres = "id,名称,x,y\nm,甲,579340,3590030\n";
        assertThat(run(ImportRequest.of("places", file("m.csv", metres)).crs("EPSG:4544"))
                        .accepted())
                .isEqualTo(1);
        assertThat(crsSource("m")).isEqualTo("EPSG:4544");
        run(ImportRequest.of("places", file("g.csv", "id,名称,lon,lat\ng,乙,105.8,32.4\n"))
                .crs("GCJ-02"));
        assertThat(crsSource("g")).isEqualTo("GCJ-02");
        places("w.csv", "id,名称,lon,lat\nw,丙,105.8,32.4\n");
        assertThat(crsSource("w")).isNull();
        run(ImportRequest.of(
                        "places",
                        file(
                                "s.csv",
                                "id,名称,坐标系,定位精度（米）,有效期起,有效期至,lon,lat\ns,丁,西安80,15,2026-01-01,2026年12月31日,105.8,32.4\nt,戊,,,,长期有效,105.9,32.4\n"))
                .crs("GCJ-02"));
        Feature said = store.layers().get("places", "s").orElseThrow();
        assertThat(said.attributes())
                .containsEntry("crsSource", "西安80")
                .containsEntry("precisionM", 15.0)
                .containsEntry("validFrom", Instant.parse("2025-12-31T16:00:00Z"))
                .containsEntry("validTo", Instant.parse("2026-12-30T16:00:00Z"));
        assertThat(crsSource("t")).isNull();
        // For ever is no day.
        assertThat(store.layers().get("places", "t").orElseThrow().get("validTo"))
                .isNull();
    }

    @Test
    void aColumnThatOnlyLooksLikePrecisionOrValidityRefusesNoRowUnlessItWasChosen() throws IOException {
        String rows = "id,名称,精度,有效期至,lon,lat\nh,甲,高,换届为止,105.8,32.4\n";
        ImportReport report = places("h.csv", rows);
        assertThat(report.refusedRows()).isEmpty();
        assertThat(report.repairs().toString()).contains("精度", "定位精度", "有效期至");
        Feature kept = store.layers().get("places", "h").orElseThrow();
        assertThat(kept.get("precisionM")).isNull();
        store.edits().apply(TestCatalogue.me("look"), List.of(new Change.Delete("places", "h", null)));
        assertThat(store.edits().history("places", "h").toString()).contains("精度", "高", "有效期至", "换届为止");
        ImportReport chosen =
                run(ImportRequest.of("places", file("i.csv", rows)).columns(Map.of("精度", "precisionM")));
        assertThat(chosen.refusedRows()).extracting(RefusedRow::column).containsExactly("精度");
    }

    private @Nullable Object crsSource(String id) {
        return store.layers().get("places", id).orElseThrow().get("crsSource");
    }

    @Test
    void columnsAreFoundByNameTitleOrAliasAndCellsAreReadAsPeopleWriteThem() throws IOException {
        ImportReport report = places("a.csv", """
                编号,名称,类别,人口,Height,有人值守,启用日期,检查时间,适用灾种,经度,纬度,负责人
                V-1,三堆村,村,"1,234",５１２.5 m,是,2020年5月1日,2026/3/5 14:20,洪涝、地质灾害,105.622,32.503,张三
                V-2,"白朝,乡",town,,,否,2020-06-01,2026-03-05T06:20:00Z,,105.5,32.485,
                """);
        assertThat(report.refusedRows()).isEmpty();
        assertThat(report.accepted()).isEqualTo(2);
        Feature first = store.layers().get("places", "V-1").orElseThrow();
        assertThat(first.geometry()).isEqualTo(point(105.622, 32.503));
        assertThat(first.attributes())
                .isEqualTo(Map.of(
                        "name",
                        "三堆村",
                        "kind",
                        "village",
                        "people",
                        1234L,
                        "heightM",
                        512.5,
                        "staffed",
                        true,
                        "opened",
                        LocalDate.of(2020, 5, 1),
                        "checkedAt",
                        Instant.parse("2026-03-05T06:20:00Z"),
                        "hazards",
                        List.of("flood", "geo")));
        Feature second = store.layers().get("places", "V-2").orElseThrow();
        assertThat(second.attributes())
                .isEqualTo(Map.of(
                        "name",
                        "白朝,乡",
                        "kind",
                        "town",
                        "staffed",
                        false,
                        "opened",
                        LocalDate.of(2020, 6, 1),
                        "checkedAt",
                        Instant.parse("2026-03-05T06:20:00Z")));
        assertThat(report.columns()).contains(new Column("负责人", Use.KEPT_ASIDE, null, 1));
        assertThat(report.columns()).contains(new Column("人口", Use.ATTRIBUTE, "people", 1));
    }

    @Test
    void badRowsAreListedWithColumnValueAndReasonAndTheGoodOnesComeIn() throws IOException {
        ImportReport report = places("bad.csv", """
                name,people,kind,lon,lat
                good,5,village,105,32
                about,约300,village,105,32
                negative,-4,city,105,32
                swapped,1,town,32.4,105.8
                metres,1,town,463745,3489718
                text,1,town,东,32
                nowhere,1,town,,
                too,1,town,105,32,more
                """);
        assertThat(report.read()).isEqualTo(8);
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.refused()).isEqualTo(6);
        assertThat(report.stored()).isTrue();
        assertThat(report.refusedRows())
                .extracting(RefusedRow::row, RefusedRow::column, RefusedRow::value)
                .containsExactly(
                        tuple(3L, "people", "约300"),
                        tuple(4L, "kind", "city"),
                        tuple(4L, "people", "-4"),
                        tuple(6L, "lon", "463745, 3489718"),
                        tuple(7L, "lon", "东, 32"),
                        tuple(8L, "lon, lat", ""),
                        tuple(9L, "", ""));
        assertThat(report.lines().stream().map(Object::toString))
                .anyMatch(l -> l.contains("第 3 行被拒绝，people 列的值是“约300”"));
        // Swapped degrees can only be meant one way; that they were is said.
        assertThat(report.repairs()).extracting(r -> r.firstRows()).containsExactly(List.of(5L));
        assertThat(features("places"))
                .filteredOn(f -> f.name().equals("swapped"))
                .extracting(Feature::geometry)
                .containsExactly(point(105.8, 32.4));
    }

    /** GDAL 3.6: 105.9, 32.43 is 584646.03, 3589891.92 in EPSG:4544 and 35584646.03, 3589891.92 in EPSG:4523. */
    @ParameterizedTest
    @CsvSource({"EPSG:4544,584646.03", "EPSG:4523,35584646.03", "EPSG:4544,35584646.03"})
    void surveyorsCallTheNorthingX(String crs, String easting) throws IOException {
        Path file = file(
                "survey.csv", "name,people,X坐标,Y坐标\na,1,3589891.92," + easting + "\nb,1," + easting + ",3589891.92\n");
        ImportReport report = run(ImportRequest.of("places", file).crs(crs));
        if (crs.endsWith("4544") && easting.startsWith("35")) {
            // A number with the zone's prefix in a system without one lies nowhere.
            assertThat(report.refused()).isEqualTo(2);
            return;
        }
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.repairs()).extracting(r -> r.firstRows()).containsExactly(List.of(2L));
        assertThat(report.repairs().get(0).what().toString()).contains("X 是北");
        for (Feature one : features("places")) {
            assertThat(one.geometry().getCoordinate().x).isCloseTo(105.9, within(1e-7));
            assertThat(one.geometry().getCoordinate().y).isCloseTo(32.43, within(1e-7));
        }
    }

    @Test
    void metresOfAnUnnamedSystemAndDegreesInOneOfMetresAreRefusedWithTheMend() throws IOException {
        ImportReport metres = places("metres.csv", "name,people,X坐标,Y坐标\na,1,3589891.92,35584646.03\n");
        assertThat(metres.refusedRows())
                .singleElement()
                .satisfies(r -> assertThat(r.reason().toString()).contains("EPSG:4544"));
        Path file = file("degrees.csv", "name,people,lon,lat\na,1,105.9,32.43\n");
        ImportReport degrees = run(ImportRequest.of("places", file).crs("EPSG:4544"));
        assertThat(degrees.refusedRows())
                .singleElement()
                .satisfies(r -> assertThat(r.reason().toString()).contains("EPSG:4490"));
        assertThat(features("places")).isEmpty();
    }

    @Test
    void allOrNothingStoresNothingWhereOneRowIsBad() throws IOException {
        Path file = file("b.csv", "name,people,lon,lat\na,1,105,32\nb,x,105,32\n");
        ImportReport report = run(ImportRequest.of("places", file).allOrNothing(true));
        assertThat(report.stored()).isFalse();
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.changeSet()).isNull();
        assertThat(report.warnings().get(0).toString()).contains("什么都没有导入");
        assertThat(features("places")).isEmpty();
        assertThat(store.layers().state("places").version()).isZero();
    }

    @Test
    void aFileOfWhichNothingIsFitDoesNotEmptyTheLayer() throws IOException {
        store.place("旧", 105, 32, Map.of());
        Path file = file("b.csv", "name,lon,lat\nb,x,105\n");
        ImportReport report = run(ImportRequest.of("places", file).mode(LoadMode.REPLACE));
        assertThat(report.stored()).isFalse();
        assertThat(report.count()).isEqualTo(1);
        assertThat(features("places")).extracting(Feature::name).containsExactly("旧");
    }

    @Test
    void aFeatureWithoutANameIsCalledByLayerAndRowAndThatIsSaid() throws IOException {
        ImportReport report = places("n.geojson", """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","id":"n1","properties":{"name":"甲"},"geometry":{"type":"Point","coordinates":[105,32]}},
                {"type":"Feature","id":"n2","properties":{"name":" ","ele":"786"},"geometry":{"type":"Point","coordinates":[105,32,786]}}
                ]}
                """);
        assertThat(features("places")).extracting(Feature::name).containsExactly("甲", "地点 2");
        assertThat(features("places").get(1).number("heightM")).isEqualTo(786);
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(report.repairs()).hasSize(1);
        assertThat(report.repairs().get(0).firstRows()).containsExactly(2L);
    }

    @Test
    void anAreaGivenForAPointLayerBecomesAPointOnItsSurfaceAndThatIsSaid() throws IOException {
        // A U of which the centroid lies outside: arms from 0 to 1 and 3 to 4, floor from 0 to 1.
        ImportReport report = places("u.geojson", """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"name":"U"},"geometry":{"type":"Polygon","coordinates":
                [[[0,0],[4,0],[4,9],[3,9],[3,1],[1,1],[1,9],[0,9],[0,0]]]}},
                {"type":"Feature","properties":{"name":"L"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}},
                {"type":"Feature","properties":{"name":"M"},"geometry":{"type":"MultiPoint","coordinates":[[0,0],[1,1]]}}
                ]}
                """);
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.repairs()).hasSize(2);
        Feature u = features("places").stream()
                .filter(f -> f.name().equals("U"))
                .findFirst()
                .orElseThrow();
        assertThat(wkt("POLYGON ((0 0, 4 0, 4 9, 3 9, 3 1, 1 1, 1 9, 0 9, 0 0))")
                        .contains(u.geometry()))
                .isTrue();
        assertThat(report.refusedRows().get(0).row()).isEqualTo(2);
        assertThat(report.refusedRows().get(0).reason().toString()).contains("点");
    }

    @Test
    void aSmallFaultIsMendedAndAnEightIsRefused() throws IOException {
        ImportReport report = run(ImportRequest.of("areas", file("f.geojson", """
                        {"type":"FeatureCollection","features":[
                        {"type":"Feature","id":1,"properties":{"name":"spike"},"geometry":{"type":"Polygon","coordinates":
                        [[[0,0],[10,0],[10,10],[5,10],[5,12],[5,10],[0,10],[0,0]]]}},
                        {"type":"Feature","id":2,"properties":{"name":"eight"},"geometry":{"type":"Polygon","coordinates":
                        [[[0,0],[10,10],[10,0],[0,10],[0,0]]]}},
                        {"type":"Feature","id":3,"properties":{"name":"open"},"geometry":{"type":"Polygon","coordinates":
                        [[[0,0],[10,10],[10,0],[0,10]]]}},
                        {"type":"Feature","id":4,"properties":{"name":"off"},"geometry":{"type":"Polygon","coordinates":
                        [[[0,0],[1000,10],[10,0],[0,0]]]}},
                        {"type":"Feature","id":5,"properties":{"name":"none"},"geometry":null},
                        {"type":"Feature","id":6,"properties":{"name":"collection"},"geometry":{"type":"GeometryCollection","geometries":[
                        {"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},{"type":"Polygon","coordinates":[[[5,5],[6,5],[6,6],[5,5]]]}]}}
                        ]}
                        """)));
        assertThat(features("areas")).extracting(Feature::name).containsExactly("spike", "collection");
        assertThat(features("areas").get(0).geometry().getArea()).isEqualTo(100);
        assertThat(report.repaired()).isEqualTo(2);
        assertThat(report.refusedRows()).extracting(RefusedRow::row).containsExactly(2L, 3L, 4L, 5L);
        assertThat(report.refusedRows().get(0).reason().toString())
                .contains("自相交")
                .contains("5, 5");
    }

    @Test
    void theSameFileGivesTheSameIdsAndAddingItTwiceAddsNothing() throws IOException {
        Path file = file("s.csv", "name,lon,lat\n甲,105,32\n甲,105,32\n乙,106,32\n,107,32\n");
        run(ImportRequest.of("places", file));
        List<String> ids = features("places").stream().map(Feature::id).toList();
        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        ImportReport again = run(ImportRequest.of("places", file));
        assertThat(again.stored()).isFalse();
        assertThat(again.refused()).isEqualTo(4);
        assertThat(again.refusedRows().get(0).reason().toString()).contains("替换");
        ImportReport replaced = run(ImportRequest.of("places", file).mode(LoadMode.REPLACE));
        assertThat(replaced.removed()).isEqualTo(4);
        assertThat(features("places")).extracting(Feature::id).containsExactlyElementsOf(ids);
    }

    @Test
    void anIdOfTheFileThatStandsTwiceIsNumberedAndUnfitCharactersAreReplaced() throws IOException {
        ImportReport report = places("i.csv", "@id,name,lon,lat\nway/12,a,1,1\nway/12,b,2,2\n");
        assertThat(features("places")).extracting(Feature::id).containsExactly("way-12", "way-12-2");
        assertThat(report.repaired()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "GBK", "UTF-16LE"})
    void theEncodingIsFoundOut(String encoding) throws IOException {
        String text = "名称,经度,纬度,备注\n浮梁县应急避难场所,117.2,29.4,昌江“河畔”\n";
        String withMark = encoding.startsWith("UTF-16") ? "\uFEFF" + text : text;
        Path file = folder.resolve("e.csv");
        Files.write(file, withMark.getBytes(Charset.forName(encoding)));
        ImportReport report = run(ImportRequest.of("places", file));
        assertThat(report.refusedRows()).isEmpty();
        assertThat(features("places")).extracting(Feature::name).containsExactly("浮梁县应急避难场所");
        assertThat(features("places").get(0).text("remark")).isEqualTo("昌江“河畔”");
        assertThat(report.encoding()).isEqualTo(encoding.equals("GBK") ? "GB18030" : encoding);
    }

    @Test
    void aWrongEncodingThatIsGivenIsWarnedAbout() throws IOException {
        Path file = folder.resolve("w.csv");
        Files.write(file, "名称,lon,lat\n浮梁,117.2,29.4\n".getBytes("GBK"));
        ImportReport report = run(ImportRequest.of("places", file)
                .encoding(StandardCharsets.UTF_8)
                .columns(Map.of("lon", "lon")));
        assertThat(report.stored()).isTrue();
        Path named = folder.resolve("w2.csv");
        Files.write(named, "name,lon,lat\n浮梁,118.2,29.4\n".getBytes("GBK"));
        ImportReport bad = run(ImportRequest.of("places", named).encoding(StandardCharsets.UTF_8));
        assertThat(bad.warnings().get(0).toString()).contains("编码");
    }

    @Test
    void quotesLineBreaksSemicolonsAndTheByteOrderMarkAreUnderstood() throws IOException {
        ImportReport report = places(
                "q.csv", "\uFEFFname;remark;lon;lat\r\n\"a;\"\"b\"\"\";\"line 1\r\nline 2\";105;32\r\n\r\nc;;106;33");
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(features("places")).extracting(Feature::name).containsExactlyInAnyOrder("a;\"b\"", "c");
        assertThat(features("places")).extracting(f -> f.text("remark")).contains("line 1\nline 2");
    }

    private ImportReport update(String name, String text) throws IOException {
        return run(ImportRequest.of("places", file(name, text)).mode(LoadMode.UPDATE));
    }

    @Test
    void anUpdateChangesByIdAddsWhatIsNewAndLeavesWhatIsTheSame() throws IOException {
        places("u1.csv", "id,name,people,lon,lat\na,甲,1,105,32\nb,乙,2,106,33\nc,丙,3,107,34\n");
        ImportReport report =
                update("u2.csv", "id,people,lon,lat,name\na,9,105.5,32.5,\nb,2,,,\nd,4,108,35,丁\nx,5,,,\n");
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.updated()).isEqualTo(1);
        assertThat(report.unchanged()).isEqualTo(1);
        // x is new and has no place.
        assertThat(report.refusedRows()).extracting(RefusedRow::row).containsExactly(5L);
        Feature a = store.layers().get("places", "a").orElseThrow();
        assertThat(a.name()).isEqualTo("甲");
        assertThat(a.get("people")).isEqualTo(9L);
        assertThat(a.version()).isEqualTo(2);
        assertThat(store.layers().get("places", "b").orElseThrow().version()).isEqualTo(1);
        // The index of places moved with it.
        assertThat(found(105.4, 32.4)).containsExactly("a");
        assertThat(found(104.9, 31.9)).isEmpty();
        assertThat(found(107.9, 34.9)).containsExactly("d");
        assertThat(store.layers().state("places").count()).isEqualTo(4);
        assertThat(report.count()).isEqualTo(4);
    }

    /** More rows than are compared with the layer at a time; the plain model goes row by row. */
    @Test
    void anUpdateOfManyRowsDoesWhatOneAfterTheOtherWould() throws IOException {
        StringBuilder before = new StringBuilder("id,name,people,lon,lat\n");
        for (int i = 0; i < 1300; i++) before.append("p%d,点%d,%d,%.2f,32\n".formatted(i, i, i, 100 + i / 100.0));
        places("m1.csv", before.toString());
        StringBuilder file = new StringBuilder("id,people,name,lon,lat\n");
        java.util.Map<String, String> expected = new java.util.TreeMap<>();
        for (int i = 0; i < 1300; i++) expected.put("p" + i, "点%d %d %.2f 1".formatted(i, i, 100 + i / 100.0));
        List<Long> refused = new java.util.ArrayList<>();
        int updated = 0;
        for (int i = 0; i < 1203; i++) {
            long row = i + 2;
            switch (i % 6) {
                case 0 -> { // other people, same place
                    file.append("p%d,%d,,,\n".formatted(i, 5000 + i));
                    expected.put("p" + i, "点%d %d %.2f 2".formatted(i, 5000 + i, 100 + i / 100.0));
                    updated++;
                }
                case 1 -> { // moved
                    file.append("p%d,,,%.2f,32\n".formatted(i, 120 + i / 100.0));
                    expected.put("p" + i, "点%d %d %.2f 2".formatted(i, i, 120 + i / 100.0));
                    updated++;
                }
                case 2 -> file.append("p%d,%d,点%d,%.2f,32\n".formatted(i, i, i, 100 + i / 100.0)); // the same
                case 3 -> { // no number
                    file.append("p%d,许多,,,\n".formatted(i));
                    refused.add(row);
                }
                case 4 -> { // new
                    file.append("n%d,7,新%d,110,33\n".formatted(i, i));
                    expected.put("n" + i, "新%d 7 110.00 1".formatted(i));
                }
                default -> { // below the least allowed, seen only beside what is there
                    file.append("p%d,-1,,,\n".formatted(i));
                    refused.add(row);
                }
            }
        }
        ImportReport report = update("m2.csv", file.toString());
        java.util.Map<String, String> is = new java.util.TreeMap<>();
        for (Feature one : features("places"))
            is.put(
                    one.id(),
                    "%s %d %.2f %d"
                            .formatted(
                                    one.name(),
                                    (Long) one.get("people"),
                                    one.geometry().getCoordinate().x,
                                    one.version()));
        assertThat(is).isEqualTo(expected);
        assertThat(report.updated()).isEqualTo(updated);
        assertThat(report.refused()).isEqualTo(refused.size());
        // In the order of the file, whatever the reason was.
        assertThat(report.refusedRows())
                .extracting(RefusedRow::row)
                .containsExactlyElementsOf(
                        refused.subList(0, report.refusedRows().size()));
        // Each change has its before and after; p600 got other people, p601 another place.
        List<HistoryEntry> one = store.edits().history("places", "p600");
        assertThat(one).extracting(HistoryEntry::operation).containsExactly("load", "update");
        assertThat(one.get(1).before()).contains("\"people\":600");
        assertThat(one.get(1).after()).contains("\"people\":5600");
        assertThat(one.get(1).moved()).isFalse();
        assertThat(store.edits().history("places", "p601").get(1).moved()).isTrue();
        assertThat(found(126, 31.9)).contains("p601").doesNotContain("p600");
        store.edits().undo(TestCatalogue.me("back"), "places", java.util.Objects.requireNonNull(report.changeSet()));
        assertThat(features("places")).hasSize(1300);
        assertThat(store.layers().get("places", "p600").orElseThrow().get("people"))
                .isEqualTo(600L);
    }

    private List<String> found(double lon, double lat) {
        return store
                .layers()
                .find(FeatureQuery.all("places").in(new org.anquan.geo.Bbox(lon, lat, lon + 0.3, lat + 0.3)))
                .features()
                .stream()
                .map(Feature::id)
                .toList();
    }

    @Test
    void anUpdateIsTakenBackAsAWholeUnlessSomebodyHasGoneOnFromIt() throws IOException {
        places("u1.csv", "id,name,people,lon,lat\na,甲,1,105,32\nb,乙,2,106,33\n");
        ImportReport first = update("u2.csv", "id,people,name,lon,lat\na,5,,105.5,32.5\nd,4,丁,108,35\n");
        store.edits().undo(TestCatalogue.me("back"), "places", java.util.Objects.requireNonNull(first.changeSet()));
        assertThat(features("places")).extracting(Feature::id).containsExactly("a", "b");
        assertThat(store.layers().get("places", "a").orElseThrow().get("people"))
                .isEqualTo(1L);
        assertThat(found(104.9, 31.9)).containsExactly("a");
        ImportReport second = update("u3.csv", "id,people\na,6\n");
        update("u4.csv", "id,people\na,7\n");
        ProblemException conflict = catchThrowableOfType(
                ProblemException.class,
                () -> store.edits()
                        .undo(
                                TestCatalogue.me("late"),
                                "places",
                                java.util.Objects.requireNonNull(second.changeSet())));
        assertThat(conflict.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(store.layers().get("places", "a").orElseThrow().get("people"))
                .isEqualTo(7L);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(LoadMode.class)
    void aDryRunSaysWhatTheRunWillSayAndLeavesTheLayerAlone(LoadMode mode) throws IOException {
        places("d1.csv", "id,name,people,lon,lat\na,甲,1,105,32\nb,乙,2,106,33\n");
        long version = store.layers().state("places").version();
        ImportRequest request = ImportRequest.of(
                        "places", file("d2.csv", "id,people,name,lon,lat\na,5,甲,105,32\nd,4,丁,108,35\ne,x,戊,1,1\n"))
                .mode(mode);
        ImportReport tried = run(request.dryRun(true));
        assertThat(store.layers().state("places").version()).isEqualTo(version);
        assertThat(features("places")).extracting(Feature::id).containsExactly("a", "b");
        assertThat(tried.stored()).isFalse();
        assertThat(tried.wouldStore()).isTrue();
        ImportReport done = run(request);
        assertThat(done.stored()).isTrue();
        assertThat(List.of(tried.read(), tried.added(), tried.updated(), tried.unchanged(), tried.refused()))
                .isEqualTo(List.of(done.read(), done.added(), done.updated(), done.unchanged(), done.refused()));
        assertThat(tried.removed()).isEqualTo(done.removed());
        assertThat(tried.count()).isEqualTo(done.count());
        assertThat(tried.refusedRows()).isEqualTo(done.refusedRows());
        assertThat(tried.columns()).isEqualTo(done.columns());
    }

    @Test
    void moreRefusedRowsThanAreListedAreCounted() throws IOException {
        LayerImport small = Imports.into(
                store.layers(), store.edits(), new ExchangeSettings(1, 10, 10, java.time.ZoneId.of("Asia/Shanghai")));
        String text = "name,lon,lat\na,1,1\nx,2,x\nb,3,3\nc,x,3\n";
        ImportReport report = small.run(ImportRequest.of("places", file("l.csv", text)), "me", ImportProgress.none());
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.refusedRows()).extracting(RefusedRow::row).containsExactly(3L);
        assertThat(report.lines().stream().map(Object::toString)).anyMatch(l -> l.contains("另有 1 行"));
    }

    @Test
    void gzipIsKnownByItsBytesAndACutOneIsRefusedWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("name,lon,lat\na,1,1\nb,2,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Path whole = Files.write(folder.resolve("whole.csv"), bytes.toByteArray());
        assertThat(run(ImportRequest.of("places", whole)).accepted()).isEqualTo(2);
        Path cut = Files.write(
                folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> run(ImportRequest.of("places", cut)));
        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(features("places")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[1,2]",
                "{\"a\":1}",
                "{\"type\":\"FeatureCollection\"",
                "{\"type\":\"Feature\"}x",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,1]}},",
                "PK\u0003\u0004zip"
            })
    void aBrokenFileIsRefusedWholeWithWords(String text) throws IOException {
        Path file = file("broken.geojson", text);
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> run(ImportRequest.of("places", file)));
        assertThat(problem).isNotNull();
        assertThat(problem.detail().toString()).contains("broken.geojson");
        assertThat(store.layers().state("places").version()).isZero();
    }

    @Test
    void aCsvWithoutAPlaceIsRefusedAtItsHeader() throws IOException {
        Path file = file("p.csv", "name,甲,乙\na,105,32\n");
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> run(ImportRequest.of("places", file)));
        assertThat(problem.detail().toString()).contains("甲");
        ImportReport mapped = run(ImportRequest.of("places", file).columns(Map.of("甲", "lon", "乙", "lat")));
        assertThat(mapped.accepted()).isEqualTo(1);
        ProblemException unknown = catchThrowableOfType(
                ProblemException.class,
                () -> run(ImportRequest.of("places", file).columns(Map.of("甲", "east", "乙", "lat"))));
        assertThat(unknown.mistakes()).hasSize(1);
        ProblemException missing = catchThrowableOfType(
                ProblemException.class,
                () -> run(ImportRequest.of("places", file).columns(Map.of("甲", "lon", "乙", "lat", "人数", "people"))));
        assertThat(missing.detail().toString()).contains("人数");
    }

    @Test
    void anImportThatIsStoppedLeavesNothing() throws IOException {
        StringBuilder text = new StringBuilder("name,lon,lat\n");
        for (int i = 0; i < 5000; i++)
            text.append("p").append(i).append(",105,").append(i / 100.0).append('\n');
        Path file = file("c.csv", text.toString());
        long[] seen = {0};
        ImportProgress stop = new ImportProgress() {
            @Override
            public void report(double share, long rows) {
                assertThat(share).isBetween(0.0, 1.0);
                seen[0] = rows;
            }

            @Override
            public boolean cancelled() {
                return seen[0] >= 2000;
            }
        };
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> imports.run(ImportRequest.of("places", file), "me", stop));
        assertThat(problem.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(features("places")).isEmpty();
    }

    @Test
    void theHistoryKnowsWhoImportedWhatAndTheLayerItsState() throws IOException {
        places("h.csv", "id,name,observedAt,lon,lat\nh1,a,2025-01-02,105,32\nh2,b,2024-01-02,106,33\n");
        HistoryEntry entry = store.edits().history("places", "h1").get(0);
        assertThat(entry.who()).isEqualTo("planner");
        assertThat(entry.why()).isEqualTo("import h.csv");
        LayerState state = store.layers().state("places");
        assertThat(state.count()).isEqualTo(2);
        assertThat(state.asOf()).isEqualTo(Instant.parse("2025-01-01T16:00:00Z"));
        assertThat(store.events).hasSize(1);
    }

    @Test
    void anEmptyCollectionIsAnAnswerToo() throws IOException {
        ImportReport report =
                run(ImportRequest.of("ways", file("none.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}")));
        assertThat(report.stored()).isTrue();
        assertThat(report.read()).isZero();
        assertThat(store.layers().state("ways").version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,1]},{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}]}",
                "{\"type\":\"GeometryCollection\",\"geometries\":[]}",
                "{\"type\":\"MultiPoint\",\"coordinates\":[[1,1],[2,2]]}",
                "{\"type\":\"Point\",\"coordinates\":[]}",
                "{\"type\":\"Polygon\",\"coordinates\":[]}",
                "{\"type\":\"LineString\",\"coordinates\":[[1,1],[1,1]]}",
                "{\"type\":\"Circle\"}",
                "{}",
                "7"
            })
    void aGeometryThatNoLineLayerHoldsIsARefusedRowAndNoMore(String geometry) throws IOException {
        ImportReport report = run(ImportRequest.of(
                "ways",
                file(
                        "g.geojson",
                        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                                + geometry + "},{\"type\":\"Feature\",\"properties\":null,\"geometry\":"
                                + "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}}, 5]}")));
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refusedRows()).extracting(RefusedRow::row).containsExactly(1L, 3L);
    }

    @Test
    void aColumnOfWktOrGeoJsonIsAPlaceToo() throws IOException {
        ImportReport report = run(ImportRequest.of("ways", file("w.csv", """
                        name,width,geometry
                        a,3,"LINESTRING (0 0, 1 1)"
                        b,4,"{""type"":""LineString"",""coordinates"":[[0,0],[2,2]]}"
                        c,5,LINESTRING (0 0
                        """)));
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.refusedRows().get(0).column()).isEqualTo("geometry");
    }

    @Test
    void aTableInGaussKruegerMetresIsConvertedWhenTheSystemIsSaid() throws IOException {
        // PROJ (gdaltransform -t_srs EPSG:4544) says 558452.093273669 3597801.21008616 for 105.622° E, 32.503° N.
        ImportReport report =
                run(ImportRequest.of("places", file("gk.csv", "name,x,y\n三堆,558452.093273669,3597801.21008616\n"))
                        .crs("EPSG:4544"));
        assertThat(report.accepted()).as(report.lines().toString()).isEqualTo(1);
        var at = features("places").get(0).geometry().getCoordinate();
        assertThat(at.x).isCloseTo(105.622, org.assertj.core.data.Offset.offset(1e-8));
        assertThat(at.y).isCloseTo(32.503, org.assertj.core.data.Offset.offset(1e-8));
        assertThat(report.lines().stream().map(Object::toString)).anyMatch(l -> l.contains("EPSG:4544"));
    }

    @Test
    void metresWithoutASystemAreRefusedWithTheWayToSayIt() throws IOException {
        Path kml = file(
                "far.kml",
                "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>三堆</name>"
                        + "<Point><coordinates>105.6,32.5</coordinates></Point></Placemark><Placemark><name>远</name>"
                        + "<Point><coordinates>463745,3489718</coordinates></Point></Placemark></Document></kml>");
        ImportReport report = run(ImportRequest.of("places", kml));
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(features("places")).extracting(Feature::name).containsExactly("三堆");
    }

    @Test
    void anUnknownCoordinateSystemIsRefusedAndNothingIsStored() throws IOException {
        ImportRequest request =
                ImportRequest.of("places", file("u.csv", "name,x,y\na,1,1\n")).crs("EPSG:999999");
        assertThat(catchThrowableOfType(ProblemException.class, () -> run(request)))
                .isNotNull();
        assertThat(features("places")).isEmpty();
    }
}
