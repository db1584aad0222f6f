package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Layers;
import org.anquan.catalog.TestCatalogue;
import org.anquan.home.AnquanHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadLayerTest {
    @TempDir
    Path folder;

    private Roads.ImportSummary importInto(TestCatalogue catalogue, OsmText osm) throws IOException {
        Path file = Files.writeString(folder.resolve("a.osm"), osm.xml());
        Roads roads = new ImportedRoads(
                new AnquanHome(folder.resolve("home")),
                Imported.settings(),
                new RoadLayer(catalogue.edits(), catalogue.layers()));
        return roads.importOsm(file, share -> {});
    }

    private static Feature road(Layers layers, String id) {
        return layers.get("road", id).orElseThrow();
    }

    @Test
    void everyRoadBecomesOneFeature() throws IOException {
        OsmText osm = new OsmText();
        int a = osm.node(0, 0);
        int b = osm.node(500, 0);
        int c = osm.node(1_000, 0);
        int d = osm.node(500, 400);
        // Road 1 is two edges, because road 2 begins in its middle.
        osm.way(1, List.of(a, b, c), "highway", "primary", "name", "利州东路")
                .way(2, List.of(d, b), "highway", "tertiary", "oneway", "yes", "bridge", "yes", "maxheight", "3.2")
                .way(3, List.of(d, osm.node(500, 900)), "highway", "footway");
        try (TestCatalogue catalogue = TestCatalogue.open(folder, Files.readString(Path.of("layers/road.yaml")))) {
            assertThat(importInto(catalogue, osm).roads()).isEqualTo(3);
            Feature first = road(catalogue.layers(), "w1");
            assertThat(first.name()).isEqualTo("利州东路");
            assertThat(first.text("roadClass")).isEqualTo("second");
            assertThat(first.get("oneway")).isEqualTo(false);
            assertThat(first.text("structure")).isEqualTo("ground");
            assertThat(first.number("lengthMetres")).isCloseTo(1_000, within(0.5));
            assertThat(first.number("speedKmh")).isCloseTo(50, within(0.1));
            assertThat(first.text("source")).isEqualTo("a.osm");
            assertThat(first.geometry().getGeometryType()).isEqualTo("LineString");
            assertThat(first.geometry().getNumPoints()).isEqualTo(3);

            Feature second = road(catalogue.layers(), "w2");
            assertThat(second.name()).isEqualTo("四级公路");
            assertThat(second.get("oneway")).isEqualTo(true);
            assertThat(second.text("structure")).isEqualTo("bridge");
            assertThat(second.number("heightLimitM")).isEqualTo(3.2);
            assertThat(second.number("loadLimitT")).isNull();
            assertThat(first.number("heightLimitM")).isNull();
            // A fire engine does not fit under it; its direction is known all the same, and the line runs as one
            // drives.
            assertThat(second.geometry().getCoordinates()[0].y)
                    .isGreaterThan(second.geometry().getCoordinates()[1].y);

            Feature third = road(catalogue.layers(), "w3");
            assertThat(third.text("roadClass")).isEqualTo("footway");
            assertThat(third.number("speedKmh")).isNull();
        }
    }

    @Test
    void theNextImportReplacesTheLayer() throws IOException {
        try (TestCatalogue catalogue = TestCatalogue.open(folder, Files.readString(Path.of("layers/road.yaml")))) {
            OsmText osm = new OsmText();
            importInto(catalogue, osm.way(1, List.of(osm.node(0, 0), osm.node(500, 0)), "highway", "primary"));
            OsmText other = new OsmText();
            importInto(catalogue, other.way(2, List.of(other.node(0, 0), other.node(500, 0)), "highway", "primary"));
            assertThat(catalogue.layers().get("road", "w1")).isEmpty();
            assertThat(catalogue.layers().get("road", "w2")).isPresent();
            assertThat(catalogue.layers().state("road").count()).isEqualTo(1);
        }
    }
}
