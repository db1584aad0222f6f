package org.anquan.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.home.AnquanHome;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.terrain.Rasters;
import org.anquan.terrain.TerrainData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real mountains: Andorra with its SRTM tile. */
@Tag("real-data")
class AndorraReliefTest {
    private static final Path TILE = Path.of("../shared/data/raster/N42E001.hgt.zip");

    @TempDir
    Path folder;

    @Test
    void inTheMountainsTheLastWalkTakesItsTime() {
        boolean there = Files.isReadable(TILE);
        if (!there) System.out.println("skipped: " + TILE + " is not there");
        Assumptions.assumeTrue(there);
        TerrainData data = Rasters.in(new AnquanHome(folder));
        long cells = data.install(TerrainData.Kind.DEM, TILE, false);
        assertThat(cells).isGreaterThan(1_400_000);
        // The town hall of Andorra la Vella stands at 1 023 m, the summit of Comapedrosa at 2 942 m.
        float[] heights = data.sample(TerrainData.Kind.DEM, new double[] {1.5218, 42.5063, 1.4450, 42.5917});
        assertThat((double) heights[0]).isCloseTo(1023, within(60.0));
        assertThat((double) heights[1]).isCloseTo(2942, within(150.0));
        RoadNetwork network = RealRoads.of("andorra-2013.osm.pbf");
        Lands lands = new Lands() {
            @Override
            String version() {
                return data.version(TerrainData.Kind.DEM);
            }

            @Override
            @Nullable
            Relief relief(RoadAccess access) {
                return Relief.of(
                        access, data, List.of(), List.of(), Circles.settings().land());
            }
        };
        RescueCircle circle = new RescueCircle(Circles.settings(), lands);
        CircleAnswer hilly = ask(circle, network, false);
        CircleAnswer flat = ask(circle, network, true);
        Ground ground = circle.grounds().of(network, TravelProfile.FIRE_ENGINE, new OffRoad(2000, 4.5, 100.0));
        assertThat(ground.relief).isNotNull();
        assertThat(ground.relief.heightShare).isGreaterThan(0.98);
        // Slopes of a third are common there; an hour reaches much less on foot than on a plain.
        assertThat(hilly.covered().areaSquareMetres())
                .isBetween(
                        0.3 * flat.covered().areaSquareMetres(),
                        0.95 * flat.covered().areaSquareMetres());
        for (CircleAnswer.Band band : hilly.bands())
            assertThat(band.geometry().isValid()).isTrue();
        // No walk is faster than five per cent downhill.
        for (int cell = 0; cell < hilly.surface().arrival.length; cell++)
            if (hilly.surface().arrival[cell] != EdgeTimes.NONE && flat.surface().arrival[cell] != EdgeTimes.NONE)
                assertThat(hilly.surface().millis(cell))
                        .isGreaterThan((int) (Tobler.LEAST * flat.surface().millis(cell)) - 2);
    }

    private static CircleAnswer ask(RescueCircle circle, RoadNetwork network, boolean even) {
        List<Station> stations = new ArrayList<>(List.of(
                new Station("capital", "capital", 1.5218, 42.5063, 60, null),
                new Station("north", "north", 1.5380, 42.5720, 180, null)));
        CircleRequest request = new CircleRequest(
                stations,
                List.of(15, 60),
                Direction.FROM,
                TravelProfile.FIRE_ENGINE,
                new OffRoad(2000, 4.5, 100.0, even),
                network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                List.of(),
                false);
        return circle.answer(network, request, new Villages("village", 1, null, false, List.of()), null);
    }
}
