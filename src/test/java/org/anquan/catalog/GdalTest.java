package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.anquan.catalog.TestCatalogue.wkt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.geo.Bbox;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's file is a GeoPackage for others too: judged by GDAL, which QGIS reads it with. */
class GdalTest {
    @TempDir
    Path folder;

    @BeforeEach
    void gdalIsThere() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/ogrinfo"));
        if (!there) System.out.println("skipped: ogrinfo is not installed");
        Assumptions.assumeTrue(there);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void gdalReadsTypesExtentsAndIndexWithoutAWarning() throws Exception {
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            store.place("三堆村", 105.622, 32.503, Map.of("people", 12, "opened", "2020-05-01", "staffed", true));
            store.edits().load(me("load"), "places", LoadMode.APPEND, sink -> {
                for (int i = 0; i < 500; i++)
                    sink.add(new FeatureDraft("p" + i, point(105 + i / 1000.0, 32), Map.of("name", "n" + i), null));
            });
            store.edits()
                    .apply(
                            me("areas"),
                            List.of(new Change.Create(
                                    "areas", "a", wkt("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))"), Map.of("name", "a"))));
        }
        String info = run("ogrinfo", "-so", "-al", "test.gpkg");
        assertThat(info).doesNotContain("Warning").doesNotContain("ERROR");
        assertThat(info)
                .contains("Layer name: places")
                .contains("Geometry: Point")
                .contains("Feature Count: 501")
                .contains("Extent: (105.000000, 32.000000) - (105.622000, 32.503000)")
                .contains("people: Integer64")
                .contains("opened: Date")
                .contains("staffed: Integer(Boolean)")
                .contains("checkedAt: DateTime")
                .contains("Geometry: Multi Polygon")
                .contains("WGS 84");
        String found = run("ogrinfo", "-spat", "105.6", "32.4", "105.7", "32.6", "test.gpkg", "places");
        assertThat(found).contains("三堆村").contains("Feature Count: 1").contains("POINT (105.622 32.503)");
        assertThat(run("ogrinfo", "-sql", "SELECT HasSpatialIndex('places', 'geom')", "test.gpkg"))
                .contains("= 1");
        run("ogr2ogr", "-f", "GeoJSON", "out.json", "test.gpkg", "places");
        assertThat(Files.readString(folder.resolve("out.json"))).contains("三堆村");
    }

    @Test
    void whatGdalAddsOurIndexFinds() throws Exception {
        TestCatalogue.open(folder).close();
        Files.writeString(
                folder.resolve("in.json"),
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"q1\",\"name\":\"QGIS\",\"version\":1},"
                        + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.5,32.5]}}]}");
        run("ogr2ogr", "-append", "-f", "GPKG", "test.gpkg", "in.json", "-nln", "places");
        try (TestCatalogue store = TestCatalogue.open(folder)) {
            assertThat(store.layers()
                            .find(FeatureQuery.all("places").in(new Bbox(105, 32, 106, 33)))
                            .features())
                    .extracting(Feature::name)
                    .containsExactly("QGIS");
        }
    }
}
