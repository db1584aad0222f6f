package org.anquan.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.WKBWriter;

/** GeoJSON, shapefile, GeoPackage and KML in their less usual forms. */
class VectorFormatsTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) {
        return FormatWorld.file(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<SourceRecord> read(String name, String text) {
        return FormatWorld.read(file(name, text), ReadOptions.NONE, folder);
    }

    @Test
    void aBadFeatureDoesNotStopTheOthers() {
        List<SourceRecord> all = read("a.geojson", """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","id":7,"properties":{"name":"甲"},"geometry":{"coordinates":[105,32],"type":"Point"}},
                {"type":"Feature","properties":{"name":"乙"},"geometry":{"type":"Point","coordinates":["x",32]}},
                {"type":"Feature","properties":{"name":"丙"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}},
                {"type":"Feature","properties":{"name":"丁"},"geometry":{"type":"Circle","coordinates":[1,2]}},
                {"type":"Feature","properties":null,"geometry":null},
                17,
                {"type":"Feature","properties":{"name":"戊","tags":["a","b"],"x":{"y":1}},"geometry":{"type":"LineString","coordinates":[[1,2,900],[3,4,900]]}}
                ]}""");
        assertThat(all).extracting(SourceRecord::row).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(all).extracting(SourceRecord::isGood).containsExactly(true, false, true, false, true, false, true);
        assertThat(all.get(0).values()).containsEntry("id", 7L);
        assertThat(all.get(2).geometry().getCoordinates()).hasSize(4);
        assertThat(all.get(2).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.mended()).isTrue());
        assertThat(all.get(6).values()).containsEntry("tags", List.of("a", "b")).containsEntry("x", Map.of("y", 1L));
    }

    @Test
    void aBrokenLineOfLinesIsOneBadRecord() {
        String good = "{\"type\":\"Feature\",\"properties\":{\"n\":1},\"geometry\":null}\n";
        List<SourceRecord> all = read("a.geojsonl", good + "{\"type\":\"Feature\",\"prop\n" + good + "\n" + good);
        assertThat(all).extracting(SourceRecord::isGood).containsExactly(true, false, true, true);
    }

    @Test
    void theElderCrsMemberIsObeyedWhereverItStands() {
        String features =
                "\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[579469.5404,3590293.2688]}}]";
        String crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4544\"}}";
        for (String text : List.of(
                "{\"type\":\"FeatureCollection\"," + crs + "," + features + "}",
                "{" + features + "," + crs + ",\"type\":\"FeatureCollection\"}")) {
            SourceSchema schema = FormatWorld.schema(file("a.geojson", text), ReadOptions.NONE, folder);
            assertThat(schema.crs().how()).isEqualTo(DeclaredCrs.How.DECLARED);
            assertThat(org.anquan.geo.SourceCrs.resolve(schema.crs().definition())
                            .id())
                    .isEqualTo("EPSG:4544");
        }
    }

    @Test
    void oneFeatureAndOneGeometryAreFilesToo() {
        assertThat(read("a.json", "{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":null}"))
                .hasSize(1);
        assertThat(read("a.json", "{\"coordinates\":[1,2],\"type\":\"Point\"}"))
                .singleElement()
                .satisfies(r -> assertThat(r.geometry()).isNotNull());
        assertThat(read("a.json", "{\"type\":\"FeatureCollection\",\"features\":[]}"))
                .isEmpty();
        assertThatThrownBy(() -> read("a.json", "{\"hello\":1}")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read("a.json", "[1,2]")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aCutFileGivesItsGoodPartAndThenSaysWhereItBreaks() {
        String text =
                "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},\n{\"type\":\"Feat";
        List<SourceRecord> got = new ArrayList<>();
        try (RecordSource source =
                        FormatWorld.FORMATS.open(file("a.geojson", text), "a.geojson", ReadOptions.NONE, folder);
                var records = source.records()) {
            assertThatThrownBy(() -> records.forEach(got::add))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.getMessage()).contains("3"));
        }
        assertThat(got).hasSize(1);
    }

    @Test
    void numbersThatADoubleWouldChangeStayExact() {
        Map<String, Object> values = read(
                        "a.json",
                        "{\"type\":\"Feature\",\"properties\":{\"big\":123456789012345678901234567890,\"id\":510802001001,\"exact\":0.12345678901234567890123,\"plain\":0.1,\"e\":1e400},\"geometry\":null}")
                .get(0)
                .values();
        assertThat(values.get("big").toString()).isEqualTo("123456789012345678901234567890");
        assertThat(values)
                .containsEntry("id", 510_802_001_001L)
                .containsEntry("plain", 0.1)
                .containsEntry("e", "1e400");
        assertThat(values.get("exact").toString()).isEqualTo("0.12345678901234567890123");
    }

    private static LinearRing square(double x, double y, double size, boolean clockwise) {
        Coordinate[] c = {
            new Coordinate(x, y),
            new Coordinate(x, y + size),
            new Coordinate(x + size, y + size),
            new Coordinate(x + size, y),
            new Coordinate(x, y)
        };
        LinearRing ring = Shapes.FACTORY.createLinearRing(c);
        return clockwise ? ring : ring.reverse();
    }

    @Test
    void ringsOfAShapefileBecomeShellsAndHoles() {
        // Two shells, a hole in the first, an island in that hole with a hole of its own; in any order.
        List<LinearRing> rings = new ArrayList<>(List.of(
                square(4, 4, 1, false),
                square(0, 0, 10, true),
                square(2, 2, 6, false),
                square(20, 0, 5, true),
                square(3, 3, 4, true)));
        Geometry geometry = ShpFile.polygons(rings);
        assertThat(geometry.getNumGeometries()).isEqualTo(3);
        // 100 − 36 + 25 + 16 − 1
        assertThat(geometry.getArea()).isEqualTo(104);
        assertThat(geometry.isValid()).isTrue();
    }

    @Test
    void ringsThatAllRunTheWrongWayAreSortedByWhatLiesInWhat() {
        Geometry geometry = ShpFile.polygons(List.of(
                square(2, 2, 6, false), square(0, 0, 10, false), square(3, 3, 4, false), square(20, 0, 5, false)));
        // 100 − 36 + 16 + 25
        assertThat(geometry.getArea()).isEqualTo(105);
        assertThat(geometry.isValid()).isTrue();
    }

    @Test
    void aHoleWithoutAShellIsAPolygonOfItsOwn() {
        Geometry geometry = ShpFile.polygons(List.of(square(0, 0, 10, true), square(20, 20, 2, false)));
        assertThat(geometry.getArea()).isEqualTo(104);
    }

    @Test
    void aFieldCutInsideACharacterLosesThatHalfOnly() throws IOException {
        Path zip = folder.resolve("a.zip");
        FormatWorld.write(FileFormat.SHAPEFILE, zip, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        Map<String, byte[]> set = DamagedFilesTest.unzipped(Files.readAllBytes(zip));
        byte[] dbf = set.get("shelter.dbf");
        // Field 2 (name) is 17 bytes less at its width: the text 凤凰山公园 has 15 bytes; 14 cut its last character.
        ByteBuffer header = ByteBuffer.wrap(dbf).order(ByteOrder.LITTLE_ENDIAN);
        int width = header.get(32 + 32 + 16) & 0xff;
        int start = (header.getShort(8) & 0xffff) + 1 + (header.get(32 + 16) & 0xff);
        byte[] full = "园".repeat(width / 3 + 1).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(full, 0, dbf, start, width);
        Path changed = FormatWorld.file(folder, "b.zip", DamagedFilesTest.zipped(set));
        SourceRecord first = FormatWorld.read(changed, ReadOptions.NONE, folder).get(0);
        assertThat(first.values()).containsEntry("name", "园".repeat(width / 3));
        assertThat(first.isGood()).isTrue();
        if (width % 3 != 0) assertThat(first.problems()).hasSize(1);
    }

    @Test
    void withoutATableOnlyShapesAreRead() throws IOException {
        Path zip = folder.resolve("a.zip");
        FormatWorld.write(FileFormat.SHAPEFILE, zip, SinkOptions.DEFAULT, FormatWorld.points(), folder);
        Map<String, byte[]> set = new HashMap<>(DamagedFilesTest.unzipped(Files.readAllBytes(zip)));
        set.remove("shelter.dbf");
        set.remove("shelter.prj");
        Path changed = FormatWorld.file(folder, "b.zip", DamagedFilesTest.zipped(set));
        SourceSchema schema = FormatWorld.schema(changed, ReadOptions.NONE, folder);
        assertThat(schema.crs()).isEqualTo(DeclaredCrs.UNDECLARED);
        assertThat(schema.notes()).isNotEmpty();
        assertThat(FormatWorld.read(changed, ReadOptions.NONE, folder)).hasSize(5);
    }

    @Test
    void mixedGeometriesAreSplitIntoTheirKinds() throws IOException {
        List<FormatWorld.Entry> mixed = new ArrayList<>();
        mixed.addAll(FormatWorld.polygons());
        mixed.addAll(FormatWorld.points());
        mixed.add(new FormatWorld.Entry(
                Map.of("id", "mixed"), FormatWorld.wkt("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))")));
        Path zip = folder.resolve("a.zip");
        FormatWorld.write(FileFormat.SHAPEFILE, zip, SinkOptions.DEFAULT, mixed, folder);
        SourceSchema schema = FormatWorld.schema(zip, ReadOptions.NONE, folder);
        assertThat(schema.layers()).containsExactly("shelter_point", "shelter_line", "shelter_polygon");
        int sum = 0;
        for (String layer : schema.layers())
            sum += FormatWorld.read(zip, ReadOptions.NONE.withLayer(layer), folder)
                    .size();
        assertThat(sum).isEqualTo(12);
    }

    @Test
    void longChineseNamesOfFieldsAreCutAtWholeCharactersAndExplained() throws IOException {
        SinkSchema schema = new SinkSchema(
                "t",
                "t",
                List.of(
                        new SinkColumn("effectiveAreaSquareMetres", "有效避难面积平方米", ColumnType.NUMBER, "m²"),
                        new SinkColumn("effectiveAreaShare", "有效避难面积比例", ColumnType.NUMBER, ""),
                        new SinkColumn("note", "备注", ColumnType.TEXT, "")));
        for (var charset : List.of(StandardCharsets.UTF_8, java.nio.charset.Charset.forName("GBK"))) {
            Path zip = folder.resolve("a.zip");
            SinkOptions options = SinkOptions.DEFAULT.withCharset(charset).withHeadings(SinkOptions.Headings.TITLES);
            try (RecordSink sink = FormatWorld.FORMATS.create(FileFormat.SHAPEFILE, zip, schema, options, folder)) {
                sink.write(
                        Map.of("effectiveAreaSquareMetres", 1.5, "effectiveAreaShare", 0.5, "note", "长".repeat(300)),
                        FormatWorld.wkt("POINT (1 2)"));
                sink.finish();
                assertThat(sink.notes()).hasSize(2);
            }
            Map<String, byte[]> set = DamagedFilesTest.unzipped(Files.readAllBytes(zip));
            assertThat(new String(set.get("t_fields.csv"), StandardCharsets.UTF_8))
                    .contains("effectiveAreaSquareMetres");
            SourceRecord record =
                    FormatWorld.read(zip, ReadOptions.NONE, folder).get(0);
            assertThat(record.problems()).isEmpty();
            // 254 bytes: 84 characters of three bytes, 127 of two.
            int fits = charset == StandardCharsets.UTF_8 ? 84 : 127;
            // The list of fields beside the shapefile gives the names back.
            assertThat(record.values())
                    .containsEntry("note", "长".repeat(fits))
                    .containsEntry("effectiveAreaSquareMetres", 1.5)
                    .containsEntry("effectiveAreaShare", 0.5)
                    .hasSize(3);
            // Elsewhere the names are those of the .dbf: at most 10 bytes, cut between characters. The first field
            // begins 32 bytes into the file.
            byte[] dbf = Objects.requireNonNull(set.get("t.dbf"));
            String first = charset == StandardCharsets.UTF_8 ? "有效避" : "有效避难面";
            assertThat(new String(dbf, 32, first.getBytes(charset).length, charset))
                    .isEqualTo(first);
        }
    }

    private byte[] blob(int flags, int envelopeBytes, byte[] wkb) {
        ByteBuffer out = ByteBuffer.allocate(8 + envelopeBytes + wkb.length);
        out.put((byte) 'G').put((byte) 'P').put((byte) 0).put((byte) flags);
        out.position(8 + envelopeBytes);
        return out.put(wkb).array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyKindOfEnvelopeIsPassedOver(int code) {
        Geometry line = FormatWorld.wkt("LINESTRING (1 2, 3 4)");
        int bytes = new int[] {0, 32, 48, 48, 64}[code];
        List<SourceRecord.Problem> problems = new ArrayList<>();
        Geometry read = Wkb.ofGeoPackage(
                blob(code << 1, bytes, new WKBWriter().write(line)), "geom", FormatWorld.SETTINGS.limits(), problems);
        assertThat(problems).isEmpty();
        assertThat(read).isEqualTo(line);
    }

    @Test
    void heightsAndMeasuresOfWkbAreLeftOut() {
        for (int type : new int[] {1001, 2001, 3001, 0x80000001, 0x40000001, 0xC0000001}) {
            int ordinates = type == 3001 || type == 0xC0000001 ? 4 : 3;
            ByteBuffer wkb = ByteBuffer.allocate(5 + 8 * ordinates)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 1)
                    .putInt(type);
            for (int i = 0; i < ordinates; i++) wkb.putDouble(i + 1);
            List<SourceRecord.Problem> problems = new ArrayList<>();
            Geometry read = Wkb.ofGeoPackage(blob(1, 0, wkb.array()), "geom", FormatWorld.SETTINGS.limits(), problems);
            assertThat(problems).isEmpty();
            assertThat(read).isEqualTo(FormatWorld.wkt("POINT (1 2)"));
        }
    }

    @Test
    void emptyAndExtendedAndNestedBlobsAreUnderstoodOrRefused() {
        List<SourceRecord.Problem> problems = new ArrayList<>();
        FormatLimits limits = FormatWorld.SETTINGS.limits();
        ByteBuffer nan = ByteBuffer.allocate(21)
                .put((byte) 0)
                .putInt(1)
                .putDouble(Double.NaN)
                .putDouble(Double.NaN);
        assertThat(Wkb.ofGeoPackage(blob(0x11, 0, nan.array()), "geom", limits, problems)
                        .isEmpty())
                .isTrue();
        assertThat(problems).isEmpty();
        assertThat(Wkb.ofGeoPackage(blob(0x21, 0, nan.array()), "geom", limits, problems))
                .isNull();
        assertThat(problems).hasSize(1);
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        byte[] level = ByteBuffer.allocate(9).put((byte) 0).putInt(7).putInt(1).array();
        for (int i = 0; i < 200_000; i++) nested.writeBytes(level);
        assertThat(Wkb.ofGeoPackage(blob(1, 0, nested.toByteArray()), "geom", limits, problems))
                .isNull();
        assertThat(problems).hasSize(2);
    }

    @Test
    void kmlFromGoogleEarthIsRead() {
        List<SourceRecord> all = read("a.kml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>文件</name>
                <Style id="s"><IconStyle><Icon><href>http://x/y.png</href></Icon></IconStyle></Style>
                <Folder><name>避难场所</name>
                  <Placemark><name>凤凰山公园</name><description><![CDATA[<b>大</b>]]></description>
                    <ExtendedData><Data name="人数"><displayName>x</displayName><value>300</value></Data></ExtendedData>
                    <Point><coordinates>105.836,32.436,480</coordinates></Point></Placemark>
                  <Folder><name>镇</name><Placemark><name>线</name><TimeStamp><when>2026-03-05</when></TimeStamp>
                    <LineString><coordinates>
                      105.1,32.1,0
                      105.2,32.2,0
                    </coordinates></LineString></Placemark></Folder>
                </Folder>
                <Placemark><MultiGeometry>
                  <Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 10,0 10,10 0,10 0,0</coordinates></LinearRing></outerBoundaryIs>
                    <innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>
                  <Polygon><outerBoundaryIs><LinearRing><coordinates>20,0 21,0 21,1 20,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
                </MultiGeometry></Placemark>
                <Placemark><gx:Track><when>2026-01-01</when><gx:coord>1 2 3</gx:coord><gx:coord>3 4 5</gx:coord></gx:Track></Placemark>
                <Placemark><name>坏</name><Point><coordinates>abc</coordinates></Point></Placemark>
                <Placemark><name>无</name></Placemark>
                <NetworkLink><Link><href>http://example.org/a.kml</href></Link></NetworkLink>
                </Document></kml>""");
        assertThat(all).hasSize(6);
        assertThat(all.get(0).values())
                .containsEntry("name", "凤凰山公园")
                .containsEntry("description", "<b>大</b>")
                .containsEntry("人数", "300")
                .containsEntry("folder", "避难场所");
        assertThat(all.get(1).values()).containsEntry("folder", "避难场所/镇").containsEntry("when", "2026-03-05");
        assertThat(all.get(2).geometry().getArea()).isEqualTo(99.5);
        assertThat(((Polygon) all.get(2).geometry().getGeometryN(0)).getNumInteriorRing())
                .isEqualTo(1);
        assertThat(all.get(3).geometry()).isEqualTo(FormatWorld.wkt("LINESTRING (1 2, 3 4)"));
        assertThat(all).extracting(SourceRecord::isGood).containsExactly(true, true, true, true, false, true);
    }

    @Test
    void gbkKmlIsReadWhetherItSaysSoOrNot() throws IOException {
        for (String declared : List.of("GBK", "UTF-8")) {
            String text = "<?xml version=\"1.0\" encoding=\"" + declared
                    + "\"?><kml><Placemark><name>凤凰山公园</name></Placemark></kml>";
            Path file = FormatWorld.file(folder, "a.kml", text.getBytes("GBK"));
            assertThat(FormatWorld.read(file, ReadOptions.NONE, folder).get(0).values())
                    .containsEntry("name", "凤凰山公园");
        }
    }
}
