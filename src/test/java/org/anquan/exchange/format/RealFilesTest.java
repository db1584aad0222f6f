package org.anquan.exchange.format;

import static org.anquan.exchange.format.FormatWorld.FORMATS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anquan.exchange.format.SourceEncoding.How;
import org.anquan.geo.SourceCrs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Envelope;

/** Files as they come from offices, with the numbers of rows and boxes that their README states. */
@Tag("real-data")
class RealFilesTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    @BeforeAll
    static void theDataAreThere() {
        if (!Files.exists(DATA)) System.out.println("skipped: " + DATA + " is not there");
        Assumptions.assumeTrue(Files.exists(DATA));
    }

    private record Seen(SourceSchema schema, List<SourceRecord> records, Envelope lonLat) {}

    private Seen see(String name) {
        return see(name, "CRS84", ReadOptions.NONE);
    }

    private Seen see(String name, String undeclared, ReadOptions options) {
        Path file = DATA.resolve(name);
        try (RecordSource source = FORMATS.open(file, file.getFileName().toString(), options, folder);
                Stream<SourceRecord> stream = source.records()) {
            List<SourceRecord> records = stream.toList();
            String definition = source.schema().crs().definition();
            SourceCrs crs = SourceCrs.resolve(definition.isEmpty() ? undeclared : definition);
            Envelope box = new Envelope();
            for (SourceRecord record : records)
                if (record.geometry() != null)
                    box.expandToInclude(crs.toLonLat(record.geometry()).getEnvelopeInternal());
            return new Seen(source.schema(), records, box);
        }
    }

    private static void assertBox(Envelope box, double west, double south, double east, double north) {
        assertThat(box.getMinX()).isBetween(west - 0.01, west + 0.01);
        assertThat(box.getMinY()).isBetween(south - 0.01, south + 0.01);
        assertThat(box.getMaxX()).isBetween(east - 0.01, east + 0.01);
        assertThat(box.getMaxY()).isBetween(north - 0.01, north + 0.01);
    }

    @Test
    void aGbkShapefileInZone105LandsInGuangyuan() {
        Seen seen = see("encodings/guangyuan_cgcs2000_gk105_gbk/districts.shp");
        assertThat(seen.schema.encoding()).isEqualTo(new SourceEncoding("GBK", How.DECLARED));
        assertThat(SourceCrs.resolve(seen.schema.crs().definition()).id()).isEqualTo("EPSG:4544");
        assertThat(seen.schema.columns()).extracting(SourceColumn::name).contains("行政区代码", "名称", "级别", "上级代码");
        assertThat(seen.records).hasSize(7).allMatch(r -> r.problems().isEmpty());
        assertThat(seen.records).extracting(r -> r.values().get("名称")).contains("利州区", "昭化区", "朝天区");
        Envelope metres = new Envelope();
        for (SourceRecord record : seen.records)
            metres.expandToInclude(record.geometry().getEnvelopeInternal());
        assertThat(metres.getMinX()).isBetween(463_744.0, 463_746.0);
        assertThat(metres.getMaxY()).isBetween(3_645_632.0, 3_645_634.0);
        assertBox(seen.lonLat, 104.62, 31.53, 106.77, 32.93);
    }

    @Test
    void withoutCpgAndLanguageByteGbkIsFoundOut() {
        Seen seen = see("encodings/shizuishan_cgcs2000_geographic_gbk_nocpg/districts.shp");
        assertThat(seen.schema.encoding()).isEqualTo(new SourceEncoding("GB18030", How.DETECTED));
        assertThat(SourceCrs.resolve(seen.schema.crs().definition()).id()).isEqualTo("EPSG:4490");
        assertThat(seen.records).hasSize(3);
        assertThat(seen.records).extracting(r -> r.values().get("名称")).contains("大武口区", "平罗县", "惠农区");
        assertBox(seen.lonLat, 105.96, 38.60, 106.97, 39.38);
    }

    @ParameterizedTest
    @CsvSource({
        "encodings/taiwan_changhua_shelters_gbk.csv, 426, GB18030, 彰化縣",
        "encodings/taiwan_nantou_shelters_gb18030.csv, 387, GB18030, 南投縣",
        "encodings/taiwan_nantou_shelters.xlsx, 387, UTF-8, 南投縣",
        "shelters/taiwan_shelters_west.csv.gz, 4631, UTF-8, ''",
    })
    void rostersAreReadInTheirEncodings(String name, int rows, String charset, String county) {
        Seen seen = see(name);
        assertThat(seen.records).hasSize(rows);
        assertThat(seen.schema.encoding().charset()).isEqualTo(charset);
        assertThat(seen.schema.places()).isEqualTo(PlaceColumns.xy("經度", "緯度"));
        assertThat(seen.records).allMatch(r -> r.geometry() != null);
        assertThat(seen.records)
                .allMatch(r -> r.values().get("縣市及鄉鎮市區").toString().startsWith(county));
        Map<String, ColumnType> types =
                seen.schema.columns().stream().collect(Collectors.toMap(SourceColumn::name, SourceColumn::type));
        assertThat(types.get("預計收容人數")).isEqualTo(ColumnType.INTEGER);
        assertThat(types.get("室內")).isEqualTo(ColumnType.BOOLEAN);
        assertThat(seen.records.stream().filter(r -> !r.problems().isEmpty())).isEmpty();
    }

    @Test
    void thePrivateCharacterOfTheGb18030RosterComesThrough() {
        assertThat(see("encodings/taiwan_nantou_shelters_gb18030.csv").records)
                .anyMatch(r ->
                        r.values().values().stream().anyMatch(v -> v.toString().indexOf('\uE000') >= 0));
    }

    @Test
    void theExcelRosterSaysTheSameAsTheCsv() {
        List<SourceRecord> sheet = see("encodings/taiwan_nantou_shelters.xlsx").records;
        List<SourceRecord> csv = see("encodings/taiwan_nantou_shelters_gb18030.csv").records;
        for (int i = 0; i < csv.size(); i++) {
            assertThat(sheet.get(i).row()).isEqualTo(csv.get(i).row());
            Object people = csv.get(i).values().get("預計收容人數");
            if (people != null)
                assertThat(sheet.get(i).values().get("預計收容人數").toString()).isEqualTo(people);
            assertThat(sheet.get(i).geometry().equalsExact(csv.get(i).geometry(), 1e-9))
                    .isTrue();
            assertThat(sheet.get(i).values().get("避難收容處所名稱"))
                    .isEqualTo(csv.get(i).values().get("避難收容處所名稱"));
        }
        assertThat(sheet.get(0).row()).isEqualTo(2);
    }

    @Test
    void theJapaneseSitesAreAllThereWithCodesAsTexts() {
        Seen seen = see("shelters/japan_emergency_sites_pref01-30.csv.gz");
        assertThat(seen.records).hasSize(81_779).allMatch(r -> r.problems().isEmpty());
        assertThat(seen.records).allMatch(r -> r.geometry() != null);
        assertThat(seen.records.get(0).values()).containsEntry("団体コード", "011002");
        assertThat(seen.records.stream().filter(r -> "1".equals(r.values().get("地震"))))
                .hasSize(63_734);
        Map<String, ColumnType> types =
                seen.schema.columns().stream().collect(Collectors.toMap(SourceColumn::name, SourceColumn::type));
        assertThat(types.get("団体コード")).isEqualTo(ColumnType.TEXT);
        assertBox(seen.lonLat, 134.31, 26.64, 145.81, 45.52);
        assertThat(see("shelters/japan_designated_shelters_pref01-30.csv.gz").records)
                .hasSize(58_129);
    }

    @Test
    void quotedCommasOfTheLandslidesStayInTheirCells() {
        Seen seen = see("landslides/nasa_glc_us_canada.csv");
        assertThat(seen.records).hasSize(995).allMatch(r -> r.problems().isEmpty());
        assertThat(seen.records.get(994).row()).isEqualTo(996);
        assertThat(seen.records)
                .anyMatch(r ->
                        r.values().values().stream().anyMatch(v -> v.toString().contains(", ")));
        assertBox(seen.lonLat, -117.31, 28.55, -65.64, 45.43);
    }

    @ParameterizedTest
    @CsvSource({
        "layers/liechtenstein_forests.geojson.gz, 574",
        "layers/liechtenstein_waterways.geojson, 687",
        "layers/liechtenstein_places.geojson, 84",
        "layers/liechtenstein_rescue_stations.geojson, 19",
        "layers/liechtenstein_hazardous_facilities.geojson, 95",
        "layers/liechtenstein_candidate_shelters.geojson, 104",
        "layers/liechtenstein_buildings.geojson.gz, 17717",
        "faults/near_lizhou.geojson, 18",
        "faults/near_fuliang.geojson, 0",
        "faults/himatibetmap_east_of_95E.geojson, 216",
        "faults/gem_faults_china_geometry_only.geojson, 482",
        "admin/five_counties_gcj02.geojson, 5",
        "admin/five_counties_wgs84_derived.geojson, 5",
        "admin/five_counties_streets.csv, 69",
        "admin/five_counties_villages.csv, 824",
        "raster/accessmod-demo/land_cover_classes.xlsx, -1",
        "raster/accessmod-demo/speed_model.xlsx, -1",
    })
    void everyRecordIsReadWithoutAProblem(String name, int rows) {
        Seen seen = see(name);
        if (rows >= 0) assertThat(seen.records).hasSize(rows);
        else assertThat(seen.records).isNotEmpty();
        assertThat(seen.records).allMatch(r -> r.problems().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "road, 825, MultiLineString",
        "river, 107, LineString",
        "facility, 6, Point",
        "zone, 3, Polygon",
        "restricted_area, 4, Polygon"
    })
    void shapefilesInNad27LieInSouthDakota(String name, int features, String kind) {
        Seen seen = see("raster/accessmod-demo/" + name + ".shp");
        assertThat(seen.records).hasSize(features).allMatch(r -> r.problems().isEmpty());
        if (!kind.startsWith("Multi"))
            assertThat(seen.records)
                    .allMatch(r -> r.geometry().getGeometryType().endsWith(kind));
        assertThat(seen.lonLat.getMinX()).isBetween(-103.9, -103.6);
        assertThat(seen.lonLat.getMaxY()).isBetween(44.3, 44.6);
    }

    @Test
    void areasOfShapefilePolygonsAgreeWithGdal() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ogr2ogr")), "skipped: no GDAL");
        Path shp = DATA.resolve("encodings/guangyuan_cgcs2000_gk105_gbk/districts.shp");
        Path judged = folder.resolve("judged.geojson");
        new ProcessBuilder(
                        "ogr2ogr",
                        "-f",
                        "GeoJSON",
                        "-lco",
                        "COORDINATE_PRECISION=9",
                        "-t_srs",
                        "EPSG:4490",
                        judged.toString(),
                        shp.toString())
                .inheritIO()
                .start()
                .waitFor();
        List<SourceRecord> theirs = FormatWorld.read(judged, ReadOptions.NONE, folder);
        SourceCrs crs = SourceCrs.resolve("EPSG:4544");
        List<SourceRecord> ours = FormatWorld.read(shp, ReadOptions.NONE, folder);
        for (int i = 0; i < ours.size(); i++) {
            FormatWorld.assertSameShape(
                    crs.toLonLat(ours.get(i).geometry()), theirs.get(i).geometry(), 3e-8);
            assertThat(ours.get(i).values().get("名称"))
                    .isEqualTo(theirs.get(i).values().get("名称"));
        }
    }
}
