package org.anquan.scenario;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.TestCatalogue;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.process.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClosedRoadsProcessTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** East road of two sections of 1 000 m, north road of one; 36 km/h. */
    private static final RoadNetwork NETWORK = town().road("东路", 0, 0)
            .to(1000, 0)
            .to(2000, 0)
            .road("北路", 0, 0)
            .to(0, 1000)
            .network();

    private TestCatalogue catalogue;
    private ClosedRoadsProcess process;

    @BeforeEach
    void open(@TempDir Path folder) {
        catalogue = TestCatalogue.open(folder);
        process = process();
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void aPointNamesTheOneSectionThatItCloses() {
        ClosedRoadsProcess.Answer answer = ask(String.format(
                Locale.ROOT,
                "{\"scenario\":{\"closures\":[{\"type\":\"Point\",\"coordinates\":[%.7f,%.7f]}]}}",
                lon(1700, 60),
                lat(1700, 60)));
        assertThat(answer.sections()).isEqualTo(1);
        assertThat(answer.metres()).isBetween(995.0, 1005.0);
        assertThat(answer.roads().features())
                .singleElement()
                .satisfies(
                        road -> assertThat(road.geometry().getEnvelopeInternal().getMinX())
                                .isGreaterThan(lon(900, 0)));
    }

    @Test
    void nothingIsClosedWithoutAScenarioOrByAFactor() {
        assertThat(ask("{}").sections()).isZero();
        assertThat(ask("{\"scenario\":{\"factors\":[{\"value\":0.5,\"why\":\"snow\"}]}}")
                        .sections())
                .isZero();
    }

    @Test
    void aClosureThatTouchesNoRoadIsSaid() {
        ClosedRoadsProcess.Answer answer = ask(String.format(
                Locale.ROOT,
                "{\"scenario\":{\"closures\":[{\"type\":\"Point\",\"coordinates\":[%.7f,%.7f]}]}}",
                lon(1700, 900),
                lat(1700, 900)));
        assertThat(answer.roads().features()).isEmpty();
        assertThat(answer.provenance().warnings()).extracting(Text::key).contains("scenario.closureTouchesNothing");
    }

    @Test
    void allMistakesComeAtOnce() {
        assertThatThrownBy(() -> ask("{\"profile\":\"boat\",\"colour\":\"red\"}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.mistakes()).hasSize(2));
    }

    private ClosedRoadsProcess.Answer ask(String inputs) {
        return (ClosedRoadsProcess.Answer) process.execute((ObjectNode) JSON.readTree(inputs), Progress.none());
    }

    private ClosedRoadsProcess process() {
        NoLayers layers = new NoLayers(java.util.List.of());
        Roads roads = new Roads() {
            @Override
            public Optional<RoadNetwork> current() {
                return Optional.of(NETWORK);
            }

            @Override
            public RoadNetwork require() {
                return NETWORK;
            }

            @Override
            public ImportSummary importOsm(Path file, ImportProgress progress) {
                throw new UnsupportedOperationException();
            }
        };
        PlaceSets places = new PlaceSets(layers, 100, Set.of("planned", "building", "closed", "full"));
        ScenarioSettings settings =
                new ScenarioSettings(100, 80, 50, 20_000, 200_000, 5_000, 10_000, 5_000, 10, Map.of());
        return new ClosedRoadsProcess(
                layers,
                roads,
                new Scenarios(
                        layers,
                        places,
                        settings,
                        RealRoads.works(),
                        new ScenarioStore(catalogue.documents(), places, settings, JSON)));
    }
}
