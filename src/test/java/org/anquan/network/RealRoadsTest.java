package org.anquan.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.anquan.geo.Distances;
import org.anquan.network.RoadNetwork.Route;
import org.anquan.network.Roads.ImportSummary;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same on the road networks of real places. */
@Tag("real-data")
class RealRoadsTest {
    @TempDir
    Path home;

    private ImportedRoads roads;

    @BeforeEach
    void open() {
        roads = Imported.roads(home);
    }

    private HopperNetwork load(String name) {
        roads.importOsm(Imported.data(name), share -> {});
        return (HopperNetwork) roads.require();
    }

    // Junctions and ways counted when the files were chosen (../shared/data/README.md), as lower bounds: footways are
    // counted here too.
    @ParameterizedTest
    @CsvSource({
        "porto-2015-roads.osm.pbf, 60000, 45000",
        "andorra-2013.osm.pbf, 1700, 1100",
        "north-bayreuth-2014.osm.gz, 1000, 1800",
        "liechtenstein-2024.osm.pbf, 6000, 8000",
    })
    void theImportTakesInTheWholeNetwork(String name, int junctions, int ways) {
        ImportSummary summary = roads.importOsm(Imported.data(name), share -> {});
        RoadGraph graph = roads.require().graph();
        assertThat(summary.junctions()).isGreaterThan(junctions);
        long distinct = IntStream.range(0, graph.edgeCount())
                .mapToLong(graph::edgeRoad)
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(ways);
        HopperNetwork network = (HopperNetwork) roads.require();
        for (TravelProfile profile : TravelProfile.values())
            assertThat(network.startEdgesOf(profile).cardinality()).isGreaterThan(graph.edgeCount() / 3);
        System.out.printf(
                "%s: %d junctions, %d edges, %d roads, imported in %d ms%n",
                name, summary.junctions(), summary.edges(), distinct, summary.millis());
    }

    /** 500 pairs of junctions, the same in every run. */
    private static int[][] pairs(RoadGraph graph) {
        Random random = new Random(2024);
        int[][] pairs = new int[500][];
        for (int i = 0; i < pairs.length; i++)
            pairs[i] = new int[] {random.nextInt(graph.nodeCount()), random.nextInt(graph.nodeCount())};
        return pairs;
    }

    @Test
    void aFireEnginesSweepTakesAsLongAsGraphHoppersRoute() {
        HopperNetwork network = Imported.once("liechtenstein-2024.osm.pbf");
        RoadGraph graph = network.graph();
        int[] times = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        Random random = new Random(5);
        int ways = 0;
        for (int[] pair : pairs(graph)) {
            // Somewhere within 200 m of a junction, so that most lie beside the middle of an edge.
            Snap from = near(network, pair[0], random);
            Snap to = near(network, pair[1], random);
            Optional<Route> route = network.route(from, to, TravelProfile.FIRE_ENGINE, Locale.ENGLISH);
            TravelTimes sweep =
                    Sweep.run(graph, times, List.of(new Source(from, 0)), Direction.FROM, Integer.MAX_VALUE);
            int millis = sweep.at(to.edge(), to.fraction()).millis();
            TravelTimes back = Sweep.run(graph, times, List.of(new Source(to, 0)), Direction.TO, Integer.MAX_VALUE);
            int backMillis = back.at(from.edge(), from.fraction()).millis();
            assertThat(millis == TravelTimes.UNREACHED).isEqualTo(route.isEmpty());
            if (route.isEmpty()) continue;
            ways++;
            double seconds = route.get().seconds();
            assertThat(millis / 1_000.0).isCloseTo(seconds, within(Math.max(1, seconds / 100)));
            assertThat(backMillis / 1_000.0).isCloseTo(seconds, within(Math.max(1, seconds / 100)));
        }
        assertThat(ways).isGreaterThan(480);
    }

    private static Snap near(HopperNetwork network, int node, Random random) {
        double lon = network.graph().nodeLon(node) + (random.nextDouble() - 0.5) * 0.004;
        double lat = network.graph().nodeLat(node) + (random.nextDouble() - 0.5) * 0.004;
        return network.snap(lon, lat, TravelProfile.FIRE_ENGINE, 20_000).orElseThrow();
    }

    @Test
    void theMatrixIsTheSweepOnRealRoads() {
        HopperNetwork network = Imported.once("liechtenstein-2024.osm.pbf");
        RoadGraph graph = network.graph();
        int[] times = graph.keyMillis(TravelProfile.CAR);
        List<Snap> from = Places.onRoads(network, TravelProfile.CAR, 20, 3);
        List<Snap> to = Places.onRoads(network, TravelProfile.CAR, 30, 4);
        TravelMatrix matrix = TravelMatrix.between(graph, times, from, to);
        TravelMatrix turned = TravelMatrix.between(graph, times, to, from);
        for (int i = 0; i < from.size(); i++) {
            TravelTimes sweep = Sweep.runWithPaths(
                    graph, times, List.of(new Source(from.get(i), 0)), Direction.FROM, Integer.MAX_VALUE);
            TravelTimes back =
                    Sweep.run(graph, times, List.of(new Source(from.get(i), 0)), Direction.TO, Integer.MAX_VALUE);
            for (int j = 0; j < to.size(); j++) {
                Snap place = to.get(j);
                assertThat(matrix.millis()[i][j])
                        .isEqualTo(sweep.at(place.edge(), place.fraction()).millis());
                assertThat(turned.millis()[j][i])
                        .isCloseTo(back.at(place.edge(), place.fraction()).millis(), within(2));
                assertThat(matrix.metres()[i][j])
                        .isGreaterThanOrEqualTo(
                                Distances.metres(from.get(i).lon(), from.get(i).lat(), place.lon(), place.lat()) - 1);
            }
        }
    }

    @Test
    void theLengthsOfTheMatrixAreThoseOfTheRoutes() {
        HopperNetwork network = Imported.once("andorra-2013.osm.pbf");
        List<Snap> places = Places.onRoads(network, TravelProfile.FIRE_ENGINE, 12, 9);
        TravelMatrix matrix = TravelMatrix.between(
                network.graph(), network.graph().keyMillis(TravelProfile.FIRE_ENGINE), places, places);
        for (int i = 0; i < places.size(); i++)
            for (int j = 0; j < places.size(); j++) {
                Route route = network.route(places.get(i), places.get(j), TravelProfile.FIRE_ENGINE, Locale.ENGLISH)
                        .orElseThrow();
                assertThat(matrix.metres()[i][j]).isCloseTo(route.metres(), within(1 + route.metres() / 100));
                assertThat(matrix.millis()[i][j] / 1_000.0)
                        .isCloseTo(route.seconds(), within(1 + route.seconds() / 100));
            }
    }

    @Test
    void theNearestPointIsTheNearestOfAllEdges() {
        HopperNetwork network = Imported.once("andorra-2013.osm.pbf");
        RoadGraph graph = network.graph();
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            double lon = 1.35 + random.nextDouble() * 0.5;
            double lat = 42.40 + random.nextDouble() * 0.3;
            TravelProfile profile = TravelProfile.values()[i % 3];
            BitSet usable = network.startEdgesOf(profile);
            double nearest = Double.POSITIVE_INFINITY;
            for (int edge = usable.nextSetBit(0); edge >= 0; edge = usable.nextSetBit(edge + 1))
                nearest = Math.min(nearest, metresTo(graph, edge, lon, lat, nearest));
            Snap snap = network.snap(lon, lat, profile, 100_000).orElseThrow();
            assertThat(usable.get(snap.edge())).isTrue();
            assertThat(snap.metresAway()).isCloseTo(nearest, within(0.001 * nearest + 0.01));
            assertThat(network.snap(lon, lat, profile, snap.metresAway() * 0.99))
                    .isEmpty();
            // The share of the length leads to the same point.
            assertThat(Distances.metres(snap.lon(), snap.lat(), at(graph, snap)[0], at(graph, snap)[1]))
                    .isLessThan(0.1);
        }
    }

    /**
     * Distance to an edge, by cutting each of its pieces into many; pieces that lie farther off than {@code asked}
     * whichever way they run are passed over.
     */
    private static double metresTo(RoadGraph graph, int edge, double lon, double lat, double asked) {
        double best = asked;
        for (int p = graph.shapeFirst(edge); p < graph.shapeFirst(edge + 1) - 1; p++) {
            double lon1 = graph.shapeLon()[p];
            double lat1 = graph.shapeLat()[p];
            double dLon = graph.shapeLon()[p + 1] - lon1;
            double dLat = graph.shapeLat()[p + 1] - lat1;
            double length = Distances.metres(lon1, lat1, lon1 + dLon, lat1 + dLat);
            if (Distances.metres(lon, lat, lon1, lat1) - length > best) continue;
            double low = 0;
            double high = 1;
            for (int i = 0; i < 40; i++) {
                double a = low + (high - low) / 3;
                double b = high - (high - low) / 3;
                if (Distances.metres(lon, lat, lon1 + a * dLon, lat1 + a * dLat)
                        < Distances.metres(lon, lat, lon1 + b * dLon, lat1 + b * dLat)) high = b;
                else low = a;
            }
            best = Math.min(best, Distances.metres(lon, lat, lon1 + low * dLon, lat1 + low * dLat));
        }
        return best;
    }

    private static double[] at(RoadGraph graph, Snap snap) {
        int first = graph.shapeFirst(snap.edge());
        int last = graph.shapeFirst(snap.edge() + 1) - 1;
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        double all = 0;
        for (int p = first; p < last; p++) all += Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
        double left = all * snap.fraction();
        for (int p = first; p < last; p++) {
            double piece = Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
            if (left <= piece || p == last - 1) {
                double share = piece > 0 ? Math.min(1, left / piece) : 0;
                return new double[] {lon[p] + share * (lon[p + 1] - lon[p]), lat[p] + share * (lat[p + 1] - lat[p])};
            }
            left -= piece;
        }
        throw new AssertionError();
    }

    @Test
    void whatOneSweepMayTakeTooShortWithoutTurnRestrictionsIsKnown() {
        HopperNetwork network = Imported.once("liechtenstein-2024.osm.pbf");
        RoadGraph graph = network.graph();
        int slower = 0;
        int ways = 0;
        double extra = 0;
        double total = 0;
        List<Snap> places = Places.onRoads(network, TravelProfile.CAR, 1_000, 7);
        for (int i = 0; i < 500; i++) {
            Snap from = places.get(2 * i);
            Snap to = places.get(2 * i + 1);
            Optional<Route> route = network.route(from, to, TravelProfile.CAR, Locale.ENGLISH);
            TravelTimes sweep = Sweep.run(
                    graph,
                    graph.keyMillis(TravelProfile.CAR),
                    List.of(new Source(from, 0)),
                    Direction.FROM,
                    Integer.MAX_VALUE);
            double seconds = sweep.at(to.edge(), to.fraction()).millis() / 1_000.0;
            assertThat(route).isPresent();
            // Never shorter than the sweep: a restriction only takes ways away.
            assertThat(route.get().seconds()).isGreaterThan(seconds - 1);
            ways++;
            total += seconds;
            if (route.get().seconds() > seconds + 1) {
                slower++;
                extra += route.get().seconds() - seconds;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "turn restrictions: %d of %d routes slower, by %.1f s in the mean, %.2f %% of all time%n",
                slower,
                ways,
                slower == 0 ? 0 : extra / slower,
                100 * extra / total);
        assertThat(slower).isLessThan(ways / 4);
    }

    @Test
    void aPbfThatIsCutOffIsRefusedAndTheOldNetworkStays() throws IOException {
        byte[] whole = Files.readAllBytes(Imported.data("andorra-2013.osm.pbf"));
        HopperNetwork before = load("andorra-2013.osm.pbf");
        Path cut = home.resolve("cut.osm.pbf");
        for (int bytes : new int[] {2, 10, 200, whole.length / 2, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, bytes));
            assertThat(Imported.problem(() -> roads.importOsm(cut, share -> {})).key())
                    .isEqualTo("network.fileBroken");
        }
        // Whole blocks, but bytes inside one are not what was written.
        byte[] damaged = whole.clone();
        for (int i = 0; i < 500; i++) damaged[whole.length / 2 + i] ^= 0x5a;
        Files.write(cut, damaged);
        assertThat(Imported.problem(() -> roads.importOsm(cut, share -> {})).key())
                .isEqualTo("network.fileBroken");
        assertThat(roads.require()).isSameAs(before);
    }
}
