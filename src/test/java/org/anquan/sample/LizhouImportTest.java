package org.anquan.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Locale;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadNetwork.Route;
import org.anquan.network.Roads;
import org.anquan.network.TravelProfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The sample's roads through the real import: the handbook's times hold with the rules that the service uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LizhouImportTest {
    @Configuration
    @ComponentScan({"org.anquan.home", "org.anquan.catalog", "org.anquan.network"})
    static class RoadsAlone {}

    private ConfigurableApplicationContext context;
    private RoadNetwork network;

    @BeforeAll
    void importRoads(@TempDir Path home) {
        context = new SpringApplicationBuilder(RoadsAlone.class)
                .web(WebApplicationType.NONE)
                .run("--anquan.home=" + home);
        Roads roads = context.getBean(Roads.class);
        roads.importOsm(LizhouGenerator.FOLDER.resolve("roads.osm"), share -> {});
        network = roads.require();
    }

    @AfterAll
    void close() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({
        "105.845, 32.434, 105.622, 32.503, 47",
        "105.845, 32.434, 105.500, 32.485, 76",
        "105.845, 32.434, 105.560, 32.585, 81",
        "105.622, 32.503, 105.500, 32.485, 37",
        "105.622, 32.503, 105.560, 32.585, 34",
        "105.500, 32.485, 105.845, 32.434, 76",
        "105.560, 32.585, 105.845, 32.434, 81"
    })
    void fireEnginesTakeTheHandbooksMinutesBothWays(
            double fromLon, double fromLat, double toLon, double toLat, double minutes) {
        Route route = network.route(fromLon, fromLat, toLon, toLat, TravelProfile.FIRE_ENGINE, Locale.ENGLISH)
                .orElseThrow();
        assertThat(route.seconds() / 60).isCloseTo(minutes, within(minutes * 0.05));
    }

    @Test
    void theLakesideTracksAreAPartOfTheirOwnThatPlacesAreBroughtTo() {
        // village-jindong-09; the tracks have more junctions than anquan.network.min-component-junctions.
        assertThat(network.snap(105.515, 32.536, TravelProfile.FIRE_ENGINE, 500))
                .isPresent();
        assertThat(network.route(105.515, 32.536, 105.622, 32.503, TravelProfile.FIRE_ENGINE, Locale.ENGLISH))
                .isEmpty();
    }
}
