package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anquan.geo.SourceCrs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** GDAL as a second judge: it reads what we wrote, and we read what it wrote. */
class GdalJudgeTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void gdalIsThere() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/ogr2ogr"));
        if (!there) System.out.println("skipped: ogr2ogr is not installed, GDAL cannot judge the formats");
        Assumptions.assumeTrue(there);
    }

    static Stream<Arguments> ours() {
        List<Arguments> all = new ArrayList<>();
        for (FileFormat format : FileFormat.values())
            for (String kind : List.of("points", "lines", "polygons", "multipoints"))
                for (String crs : List.of("EPSG:4326", "EPSG:4490", "EPSG:4544", "EPSG:4523")) {
                    if (format == FileFormat.KML && !crs.equals("EPSG:4326")) continue;
                    // GDAL's readers of tables need to be told where the places are; WKT they know by themselves.
                    if (format == FileFormat.EXCEL) continue;
                    all.add(Arguments.of(format, kind, crs));
                }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("ours")
    void gdalReadsWhatWeWrote(FileFormat format, String kind, String crs) throws Exception {
        SinkOptions options = SinkOptions.DEFAULT.withCrs(SourceCrs.resolve(crs));
        if (format == FileFormat.CSV) options = options.withPlaces(SinkOptions.Places.WKT);
        Path file = folder.resolve("out" + format.extension());
        FormatWorld.write(format, file, options, EveryFormatTest.entries(kind), folder);
        List<String> command = new ArrayList<>(List.of("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=10"));
        if (format == FileFormat.CSV) command.addAll(List.of("-s_srs", crs, "-oo", "AUTODETECT_TYPE=NO"));
        command.addAll(
                List.of("-t_srs", "EPSG:4326", folder.resolve("judged.geojson").toString()));
        command.add((format == FileFormat.SHAPEFILE ? "/vsizip/" : "") + file);
        String said = run(command);
        assertThat(said).doesNotContain("ERROR").doesNotContain("Warning");
        List<SourceRecord> judged = FormatWorld.read(folder.resolve("judged.geojson"), ReadOptions.NONE, folder);
        // GDAL's KML driver gives every folder its own layer and knows no type for moments; both come back as texts.
        FormatWorld.assertSame(judged, EveryFormatTest.entries(kind), SourceCrs.WGS84, 3e-9);
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @CsvSource({
        "GPKG, out.gpkg, points, ",
        "GPKG, out.gpkg, lines, ",
        "GPKG, out.gpkg, polygons, ",
        "GPKG, out.gpkg, multipoints, ",
        "GPKG, out.gpkg, polygons, -t_srs EPSG:4544",
        "GPKG, out.gpkg, polygons, -t_srs EPSG:4523",
        "ESRI Shapefile, out.shp, points, -lco ENCODING=UTF-8",
        "ESRI Shapefile, out.shp, lines, -lco ENCODING=UTF-8",
        "ESRI Shapefile, out.shp, polygons, -lco ENCODING=UTF-8",
        "ESRI Shapefile, out.shp, multipoints, -lco ENCODING=UTF-8",
        "ESRI Shapefile, out.shp, polygons, -t_srs EPSG:4544 -lco ENCODING=UTF-8",
        "ESRI Shapefile, out.shp, polygons, -t_srs EPSG:4490 -lco ENCODING=UTF-8 -lco SHPT=POLYGONZ",
        "KML, out.kml, points, ",
        "LIBKML, out.kml, points, ",
        "LIBKML, out.kml, polygons, ",
        "LIBKML, out.kmz, lines, ",
        "CSV, out.csv, points, -lco GEOMETRY=AS_XY",
        "CSV, out.csv, polygons, -lco GEOMETRY=AS_WKT -lco SEPARATOR=SEMICOLON",
        "CSV, out.csv, lines, -lco GEOMETRY=AS_WKT -lco WRITE_BOM=YES -lco SEPARATOR=TAB",
        "GeoJSON, out.geojson, polygons, -t_srs EPSG:4544",
        "GeoJSON, out.geojson, lines, -lco RFC7946=YES -lco COORDINATE_PRECISION=10",
        "GeoJSONSeq, out.geojsonl, polygons, -lco COORDINATE_PRECISION=10",
        "GeoJSONSeq, out.json, points, -lco RS=YES -lco COORDINATE_PRECISION=10",
    })
    void weReadWhatGdalWrote(String driver, String name, String kind, String extra) throws Exception {
        Path start = folder.resolve("start.geojson");
        FormatWorld.write(FileFormat.GEOJSON, start, SinkOptions.DEFAULT, EveryFormatTest.entries(kind), folder);
        List<String> command = new ArrayList<>(List.of("ogr2ogr", "-f", driver));
        if (extra != null) command.addAll(List.of(extra.strip().split(" ")));
        // The driver puts polygons and multipolygons into one table; it warns of the mixture.
        command.addAll(List.of(folder.resolve(name).toString(), start.toString()));
        run(command);
        Path file = folder.resolve(name);
        try (RecordSource source = FormatWorld.FORMATS.open(file, name, ReadOptions.NONE, folder);
                Stream<SourceRecord> records = source.records()) {
            DeclaredCrs crs = source.schema().crs();
            SourceCrs resolved = SourceCrs.resolve(crs.definition().isEmpty() ? "EPSG:4326" : crs.definition());
            if (extra != null && extra.contains("-t_srs EPSG:45"))
                assertThat(resolved.id()).isEqualTo(extra.split(" ")[1]);
            List<SourceRecord> all = records.toList();
            List<FormatWorld.Entry> expected = EveryFormatTest.entries(kind);
            assertThat(all).hasSameSizeAs(expected);
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).problems()).isEmpty();
                var geometry = expected.get(i).geometry();
                if (geometry == null) assertThat(all.get(i).geometry()).isNull();
                else FormatWorld.assertSameShape(resolved.toLonLat(all.get(i).geometry()), geometry, 2e-8);
                Object remark = expected.get(i).values().get("remark");
                assertThat(all.get(i).values().get("remark")).isEqualTo(remark);
                assertThat(String.valueOf(value(all.get(i), "name", "Name")))
                        .isEqualTo(expected.get(i).values().get("name"));
                Object people = expected.get(i).values().get("people");
                if (people != null)
                    assertThat(value(all.get(i), "people", "people").toString()).isEqualTo(people.toString());
            }
        }
    }

    private static Object value(SourceRecord record, String name, String otherwise) {
        Object value = record.values().get(name);
        return value == null ? record.values().get(otherwise) : value;
    }

    @Test
    void ourGeoPackageHasNoFaultForGdal() throws Exception {
        Path file = folder.resolve("out.gpkg");
        FormatWorld.write(
                FileFormat.GEOPACKAGE,
                file,
                SinkOptions.DEFAULT.withCrs(SourceCrs.resolve("EPSG:4544")),
                FormatWorld.polygons(),
                folder);
        String said = run(List.of("ogrinfo", "-al", "-so", file.toString()));
        assertThat(said)
                .contains("shelter")
                .contains("Feature Count: 5")
                .contains("4544")
                .contains("observedAt: DateTime")
                .contains("checked: Date")
                .contains("open: Integer(Boolean)")
                .doesNotContain("ERROR")
                .doesNotContain("Warning");
    }

    @Test
    void gbkShapefilesOfOursAreReadByGdalWithTheirChineseNames() throws Exception {
        Path file = folder.resolve("out.zip");
        FormatWorld.write(
                FileFormat.SHAPEFILE,
                file,
                SinkOptions.DEFAULT
                        .withCharset(java.nio.charset.Charset.forName("GBK"))
                        .withHeadings(SinkOptions.Headings.TITLES),
                FormatWorld.points(),
                folder);
        String said = run(List.of("ogrinfo", "-al", "/vsizip/" + file));
        assertThat(said).contains("凤凰山公园").contains("名称").contains("可容纳人数 (Integer");
        // 𠮷 is not in GBK: a question mark, and a note.
        assertThat(said).contains("?野家広場");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
