package org.anquan.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Change;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.MetricCrs;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Texts;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.gce.geotiff.GeoTiffWriter;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopulationTest {
    @TempDir
    Path folder;

    private TestCatalogue store;
    private Population population;

    @BeforeEach
    void open() throws IOException {
        store = TestCatalogue.open(folder, Files.readString(Path.of("layers/village.yaml")));
        population = new Population(
                store.layers(),
                new AnquanHome(folder),
                new PopulationSettings(List.of("village"), List.of("people", "popNight"), List.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void village(String id, Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put("name", "村" + id);
        store.edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create("village", id, TestCatalogue.point(105.8, 32.4), all)));
    }

    @Test
    void unknownPeopleAreUnknownAndNotZero() {
        village("a", Map.of("people", 10L));
        village("b", Map.of());
        village("c", Map.of("popNight", 7L));
        village("d", Map.of("people", 0L));
        Villages villages = population.villages();
        assertThat(villages.all()).extracting(Villages.Village::people).containsExactly(10L, null, 7L, 0L);
        assertThat(villages.peopleKnown()).isEqualTo(17);
        assertThat(villages.withUnknownPeople()).isEqualTo(1);
    }

    @Test
    void villagesAreReadAgainWhenTheLayerChanges() {
        village("a", Map.of("people", 10L));
        Villages before = population.villages();
        assertThat(population.villages()).isSameAs(before);
        village("b", Map.of("people", 5L));
        assertThat(population.villages().peopleKnown()).isEqualTo(15);
    }

    /** A GeoTIFF of 3 columns and 2 rows over the box. */
    private Path tiff(String name, ReferencedEnvelope box, float[] cells) throws IOException {
        float[][] rows = {Arrays.copyOfRange(cells, 0, 3), Arrays.copyOfRange(cells, 3, 6)};
        Path file = folder.resolve(name);
        GridCoverage2D coverage = new GridCoverageFactory().create("people", rows, box);
        GeoTiffWriter writer = new GeoTiffWriter(file.toFile());
        writer.write(coverage, (GeneralParameterValue[]) null);
        writer.dispose();
        return file;
    }

    private static List<double[]> cells(PopulationRaster raster) {
        List<double[]> all = new ArrayList<>();
        raster.forEach((lon, lat, people) -> all.add(new double[] {lon, lat, people}));
        return all;
    }

    @Test
    void aRasterGivesTheCentresOfItsCellsWithTheirPeople() throws IOException {
        // Three columns of 0.1° and two rows of 0.1°, the first row in the north. Below zero is no people.
        Path file = tiff(
                "a.tif",
                new ReferencedEnvelope(105.0, 105.3, 32.0, 32.2, DefaultGeographicCRS.WGS84),
                new float[] {1, 0, 2, -9999, Float.NaN, 4});
        List<double[]> cells = cells(population.install(file));
        assertThat(cells).hasSize(3);
        assertThat(cells.get(0)).containsExactly(new double[] {105.05, 32.15, 1}, within(1e-9));
        assertThat(cells.get(1)).containsExactly(new double[] {105.25, 32.15, 2}, within(1e-9));
        assertThat(cells.get(2)).containsExactly(new double[] {105.25, 32.05, 4}, within(1e-9));
        assertThat(population.raster()).isPresent();
    }

    @Test
    void aRasterInMetresLandsInTheSamePlace() throws IOException, org.geotools.api.referencing.FactoryException {
        MetricCrs zone = MetricCrs.at(105.8);
        double[] corner = zone.toMetres(105.8, 32.4);
        Path file = tiff(
                "metric.tif",
                new ReferencedEnvelope(
                        corner[0], corner[0] + 300, corner[1], corner[1] + 200, CRS.decode("EPSG:32648", true)),
                new float[] {0, 0, 0, 5, 0, 0});
        // Written with UTM zone 48 numbers: central meridian 105 as in the 3-degree zone, scale 0.9996. So the place is
        // found by dividing the offsets from the meridian and the equator by 0.9996.
        double[] cell = cells(population.install(file)).get(0);
        double[] expected = zone.toLonLat(500_000 + (corner[0] + 50 - 500_000) / 0.9996, (corner[1] + 50) / 0.9996);
        assertThat(cell[0]).isCloseTo(expected[0], within(1e-6));
        assertThat(cell[1]).isCloseTo(expected[1], within(1e-6));
    }

    @Test
    void aNewRasterTakesThePlaceOfTheOldOne() throws IOException {
        ReferencedEnvelope box = new ReferencedEnvelope(105.0, 105.3, 32.0, 32.2, DefaultGeographicCRS.WGS84);
        population.install(tiff("z.tif", box, new float[] {1, 0, 0, 0, 0, 0}));
        population.install(tiff("a.tif", box, new float[] {7, 0, 0, 0, 0, 0}));
        assertThat(cells(population.raster().orElseThrow()).get(0)[2]).isEqualTo(7);
        assertThat(folder.resolve("population/z.tif.old")).exists();
    }

    @Test
    void aFileThatIsNoRasterIsRefusedAndTheOldOneStays() throws IOException {
        ReferencedEnvelope box = new ReferencedEnvelope(105.0, 105.3, 32.0, 32.2, DefaultGeographicCRS.WGS84);
        population.install(tiff("good.tif", box, new float[] {1, 0, 0, 0, 0, 0}));
        Path broken = Files.writeString(folder.resolve("broken.tif"), "not a tiff at all", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> population.install(broken)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.key()).isEqualTo("population.rasterBroken");
            assertThat(Texts.in(Texts.CHINESE, e.detail())).contains("broken.tif");
        });
        Path empty = tiff("empty.tif", box, new float[6]);
        assertThatThrownBy(() -> population.install(empty))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("population.rasterEmpty"));
        assertThatThrownBy(() -> population.install(folder.resolve("gone.tif")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("population.rasterMissing"));
        assertThat(population.raster().orElseThrow().source()).isEqualTo("good.tif");
    }
}
