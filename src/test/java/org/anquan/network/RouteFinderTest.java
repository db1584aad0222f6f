package org.anquan.network;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.anquan.network.RoadNetwork.Route;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFinderTest {
    /** A square of 1 000 m a side: north over the top 3 000 m, straight along the bottom 1 000 m; 10 m/s. */
    private static final RoadNetwork SQUARE = town().road("南路", 0, 0)
            .to(1000, 0)
            .road("环路", 0, 0)
            .to(0, 1000)
            .to(1000, 1000)
            .to(1000, 0)
            .network();

    private static Snap at(RoadNetwork network, double x, double y) {
        return network.snap(lon(x, y), lat(x, y), TravelProfile.CAR, 100).orElseThrow();
    }

    private static Optional<Way> find(RoadNetwork network, Cuts cuts, int[] times, Snap from, Snap to) {
        return new RouteFinder(network.graph(), network.turns(TravelProfile.CAR)).find(times, cuts, from, to);
    }

    @Test
    void theWayGoesStraightAndItsPiecesAddUp() {
        // From 200 m to 800 m along the bottom: 60 s, 600 m.
        Way way = find(
                        SQUARE,
                        Cuts.NONE,
                        SQUARE.graph().keyMillis(TravelProfile.CAR),
                        at(SQUARE, 200, 0),
                        at(SQUARE, 800, 0))
                .orElseThrow();
        assertThat(way.totalMillis()).isCloseTo(60_000, within(50L));
        assertThat(way.totalMetres()).isCloseTo(600, within(0.5));
        assertThat(way.pieces()).isEqualTo(1);
    }

    @Test
    void aCutSectionIsLeftTheWayOneCameAndEnteredFromItsOtherEnd() {
        // The bottom is cut at its middle. From 200 m back 200, round 3 000, and 200 to the place at 800 m: 3 400 m.
        int[] times = SQUARE.graph().keyMillis(TravelProfile.CAR).clone();
        TreeMap<Integer, Cuts.Cut> all = new TreeMap<>();
        all.put(0, new Cuts.Cut(times[0], times[1], new double[] {0.5, 0.5}));
        times[0] = RoadGraph.CLOSED;
        times[1] = RoadGraph.CLOSED;
        Way way = find(SQUARE, Cuts.of(all), times, at(SQUARE, 200, 0), at(SQUARE, 800, 0))
                .orElseThrow();
        assertThat(way.totalMillis()).isCloseTo(340_000, within(100L));
        assertThat(way.totalMetres()).isCloseTo(3400, within(2.0));
        assertThat(find(SQUARE, Cuts.of(all), times, at(SQUARE, 200, 0), at(SQUARE, 400, 0))
                        .orElseThrow()
                        .totalMillis())
                .isCloseTo(20_000, within(50L));
    }

    @Test
    void aForbiddenTurnIsGoneRound() {
        // At the corner (1000, 0) nobody may turn from the bottom into the ring: round the other way.
        Turns turns = (in, node, out) -> in == 0 && out == 3 ? RoadGraph.CLOSED : in == out ? RoadGraph.CLOSED : 0;
        int[] times = SQUARE.graph().keyMillis(TravelProfile.CAR);
        Snap from = at(SQUARE, 900, 0);
        Snap to = at(SQUARE, 1000, 100);
        assertThat(new RouteFinder(SQUARE.graph(), Turns.FREE)
                        .find(times, Cuts.NONE, from, to)
                        .orElseThrow()
                        .totalMillis())
                .isCloseTo(20_000, within(50L));
        // 900 m back, 1 000 up, 1 000 over, 900 down.
        assertThat(new RouteFinder(SQUARE.graph(), turns)
                        .find(times, Cuts.NONE, from, to)
                        .orElseThrow()
                        .totalMillis())
                .isCloseTo(380_000, within(100L));
    }

    @Test
    void whereThereIsNoWayNothingIsFound() {
        int[] closed = SQUARE.graph().keyMillis(TravelProfile.CAR).clone();
        java.util.Arrays.fill(closed, RoadGraph.CLOSED);
        assertThat(find(SQUARE, Cuts.NONE, closed, at(SQUARE, 200, 0), at(SQUARE, 1000, 500)))
                .isEmpty();
    }

    @Tag("real-data")
    @ParameterizedTest
    @CsvSource({
        "liechtenstein-2024.osm.pbf, CAR",
        "liechtenstein-2024.osm.pbf, FIRE_ENGINE",
        "andorra-2013.osm.pbf, FOOT"
    })
    void itsTimesAreThoseOfGraphHoppersOwnRoutes(String file, TravelProfile profile, @TempDir Path home) {
        ImportedRoads roads = Imported.roads(home);
        roads.importOsm(Imported.data(file), share -> {});
        againstGraphHopper((HopperNetwork) roads.require(), profile);
    }

    @Tag("real-data")
    @Test
    void soOnPorto() {
        againstGraphHopper(Imported.porto(), TravelProfile.CAR);
    }

    private static void againstGraphHopper(HopperNetwork network, TravelProfile profile) {
        RoadGraph graph = network.graph();
        RouteFinder finder = new RouteFinder(graph, network.turns(profile));
        int[] times = graph.keyMillis(profile);
        Random random = new Random(77);
        List<Snap> places = Places.onRoads(network, profile, 300, 11);
        int ways = 0;
        for (int i = 0; i < 200; i++) {
            Snap from = places.get(random.nextInt(places.size()));
            Snap to = places.get(random.nextInt(places.size()));
            Optional<Route> judge = network.route(from, to, profile, Locale.ENGLISH);
            Optional<Way> way = finder.find(times, Cuts.NONE, from, to);
            assertThat(way.isPresent()).as("pair %d", i).isEqualTo(judge.isPresent());
            if (way.isEmpty()) continue;
            ways++;
            double seconds = judge.get().seconds();
            assertThat(way.get().totalMillis() / 1_000.0)
                    .as("pair %d", i)
                    .isCloseTo(seconds, within(Math.max(1, seconds / 200)));
            int swept = Sweep.run(graph, times, List.of(new Source(from, 0)), Direction.FROM, Integer.MAX_VALUE)
                    .at(to.edge(), to.fraction())
                    .millis();
            // A sweep knows no turn restrictions, so it is never later.
            assertThat((long) swept).isLessThanOrEqualTo(way.get().totalMillis() + 2);
        }
        assertThat(ways).isGreaterThan(100);
    }
}
