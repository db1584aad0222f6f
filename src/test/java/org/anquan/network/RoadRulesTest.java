package org.anquan.network;

import static org.anquan.network.OsmText.lat;
import static org.anquan.network.OsmText.lon;
import static org.anquan.network.TravelProfile.CAR;
import static org.anquan.network.TravelProfile.FIRE_ENGINE;
import static org.anquan.network.TravelProfile.FOOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork.Route;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hand-worked worlds: what a profile may do and how long it takes. */
class RoadRulesTest {
    @TempDir
    Path home;

    private final OsmText osm = new OsmText();

    /** One kilometre of road from west to east, with these tags. */
    private HopperNetwork kilometre(String... tags) {
        int west = osm.node(0, 0);
        int east = osm.node(1_000, 0);
        osm.way(1, List.of(west, east), tags);
        return Imported.network(home, osm.xml());
    }

    private static double seconds(HopperNetwork network, TravelProfile profile, int key) {
        int millis = network.graph().keyMillis(profile)[key];
        return millis == RoadGraph.CLOSED ? Double.POSITIVE_INFINITY : millis / 1_000.0;
    }

    // 3 600 s / km/h for the kilometre: 90 → 40, 70 → 51.4, 50 → 72, 40 → 90, 25 → 144, 20 → 180, 4.5 → 800;
    // a ramp at 40 → 90.
    @ParameterizedTest
    @CsvSource({
        "motorway, EXPRESSWAY, 40, 40, ",
        "motorway_link, EXPRESSWAY, 90, 90, ",
        "trunk, FIRST, 51.429, 51.429, 800",
        "primary, SECOND, 72, 72, 800",
        "primary_link, SECOND, 90, 90, 800",
        "secondary, THIRD, 90, 90, 800",
        "tertiary, FOURTH, 144, 144, 800",
        "unclassified, VILLAGE, 180, 180, 800",
        "track, VILLAGE, 180, 180, 800",
        "residential, STREET, 144, 144, 800",
        "living_street, STREET, 144, 144, 800",
        "service, STREET, 144, 144, 800",
        "busway, STREET, 144, , ",
        "footway, FOOTWAY, , , 800",
        "steps, FOOTWAY, , , 800",
    })
    void aKilometreTakesItsClasssTime(String highway, RoadClass roadClass, Double engine, Double car, Double foot) {
        boolean oneWay = highway.startsWith("motorway");
        HopperNetwork network = kilometre("highway", highway, "oneway", oneWay ? "yes" : "no");
        assertThat(network.graph().edgeClass(0)).isEqualTo(roadClass);
        assertThat(network.graph().edgeRoad(0)).isEqualTo(1);
        // Key 0 leads from base to head; which of the two is west depends on the order of the nodes.
        int eastward = network.graph().nodeLon(network.graph().edgeBase(0)) < lon(500) ? 0 : 1;
        assertSeconds(network, FIRE_ENGINE, eastward, engine);
        assertSeconds(network, CAR, eastward, car);
        assertSeconds(network, FOOT, eastward, foot);
        assertSeconds(network, FIRE_ENGINE, 1 - eastward, oneWay ? null : engine);
        assertSeconds(network, FOOT, 1 - eastward, foot);
    }

    private static void assertSeconds(HopperNetwork network, TravelProfile profile, int key, Double expected) {
        double found = seconds(network, profile, key);
        if (expected == null) assertThat(found).as("%s", profile).isInfinite();
        else assertThat(found).as("%s", profile).isCloseTo(expected, within(0.05));
    }

    @Test
    void aSpeedLimitSlowsCarsButNoFireEngine() {
        HopperNetwork network = kilometre("highway", "secondary", "maxspeed", "20");
        assertThat(seconds(network, CAR, 0)).isCloseTo(180, within(0.05));
        assertThat(seconds(network, FIRE_ENGINE, 0)).isCloseTo(90, within(0.05));
    }

    @Test
    void aSpeedLimitAboveTheClassSpeedMakesNobodyFaster() {
        HopperNetwork network = kilometre("highway", "secondary", "maxspeed", "80");
        assertThat(seconds(network, CAR, 0)).isCloseTo(90, within(0.05));
    }

    @Test
    void anUrbanMainRoadIsTaggedAsOne() {
        HopperNetwork network = kilometre("highway", "primary", "anquan:class", "urban_main");
        assertThat(network.graph().edgeClass(0)).isEqualTo(RoadClass.URBAN_MAIN);
        assertThat(seconds(network, FIRE_ENGINE, 0)).isCloseTo(90, within(0.05));
    }

    // The access tag: fire engine, car, foot may pass (1) or not (0).
    @ParameterizedTest
    @CsvSource({
        "access, no, 0, 0, 0",
        "access, private, 1, 0, 0",
        "access, destination, 1, 1, 1",
        "access, emergency, 1, 0, 0",
        "motor_vehicle, no, 0, 0, 1",
        "motor_vehicle, delivery, 1, 0, 1",
        "motor_vehicle, agricultural, 1, 0, 1",
        "foot, no, 1, 1, 0",
        "emergency, no, 0, 1, 1",
    })
    void accessTagsOpenAndCloseRoads(String tag, String value, int engine, int car, int foot) {
        // The street has the tag; a plain road beside it keeps the network from being empty.
        HopperNetwork network = withSecondRoad("highway", "residential", tag, value);
        assertThat(open(network, FIRE_ENGINE)).isEqualTo(engine == 1);
        assertThat(open(network, CAR)).isEqualTo(car == 1);
        assertThat(open(network, FOOT)).isEqualTo(foot == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "access, no, yes, 1",
        "motor_vehicle, no, yes, 1",
        "access, private, no, 0",
    })
    void theEmergencyTagSpeaksLast(String tag, String value, String emergency, int engine) {
        HopperNetwork network = withSecondRoad("highway", "residential", tag, value, "emergency", emergency);
        assertThat(open(network, FIRE_ENGINE)).isEqualTo(engine == 1);
        assertThat(open(network, CAR)).isFalse();
    }

    @Test
    void aFootwayIsOpenToFireEnginesOnlyWhereItSaysSo() {
        HopperNetwork network = withSecondRoad("highway", "footway", "emergency", "yes");
        assertThat(open(network, FIRE_ENGINE)).isTrue();
        // 10 km/h
        assertThat(seconds(network, FIRE_ENGINE, 2 * edgeOf(network, 1))).isCloseTo(360, within(0.1));
    }

    private HopperNetwork withSecondRoad(String... tags) {
        int a = osm.node(0, 0);
        int b = osm.node(1_000, 0);
        int c = osm.node(2_000, 0);
        osm.way(1, List.of(a, b), tags).way(2, List.of(b, c), "highway", "residential");
        return Imported.network(home, osm.xml());
    }

    private static int edgeOf(HopperNetwork network, long road) {
        for (int edge = 0; edge < network.graph().edgeCount(); edge++)
            if (network.graph().edgeRoad(edge) == road) return edge;
        throw new AssertionError("no edge of road " + road);
    }

    private static boolean open(HopperNetwork network, TravelProfile profile) {
        return network.graph().keyMillis(profile)[2 * edgeOf(network, 1)] != RoadGraph.CLOSED;
    }

    // What stands on a node in the middle of a kilometre of street: does the way lead through?
    @ParameterizedTest
    @CsvSource({
        "barrier=gate, 1, 1, 1",
        "barrier=gate access=private, 1, 0, 0",
        "barrier=gate access=no, 0, 0, 0",
        "barrier=gate locked=yes, 0, 0, 0",
        "barrier=gate locked=yes emergency=yes, 1, 0, 0",
        "barrier=lift_gate, 1, 1, 1",
        "barrier=bollard, 0, 0, 1",
        "barrier=bollard access=private, 0, 0, 0",
        "barrier=bollard emergency=yes, 1, 0, 1",
        "barrier=bollard motor_vehicle=yes, 1, 1, 1",
        "barrier=block, 0, 0, 1",
        "barrier=jersey_barrier, 0, 0, 1",
    })
    void barriersStopWhomTheyAreMeantToStop(String tags, int engine, int car, int foot) {
        int west = osm.node(0, 0);
        int middle = osm.node(500, 0, tags.split("[ =]"));
        int east = osm.node(1_000, 0);
        osm.way(1, List.of(west, middle, east), "highway", "residential");
        // Somewhere else, so that there is always something open.
        osm.way(2, List.of(osm.node(0, 900), osm.node(900, 900)), "highway", "residential");
        HopperNetwork network = Imported.network(home, osm.xml());
        assertThat(reaches(network, FIRE_ENGINE)).isEqualTo(engine == 1);
        assertThat(reaches(network, CAR)).isEqualTo(car == 1);
        assertThat(reaches(network, FOOT)).isEqualTo(foot == 1);
    }

    private static boolean reaches(HopperNetwork network, TravelProfile profile) {
        RoadGraph graph = network.graph();
        int west = -1;
        int east = -1;
        for (int node = 0; node < graph.nodeCount(); node++) {
            if (graph.nodeLat(node) > lat(100)) continue;
            if (graph.nodeLon(node) < lon(1)) west = node;
            if (graph.nodeLon(node) > lon(999)) east = node;
        }
        int edge = graph.arcKey()[graph.firstArc()[west]] >> 1;
        double fraction = graph.edgeBase(edge) == west ? 0 : 1;
        TravelTimes times = Sweep.run(
                graph,
                graph.keyMillis(profile),
                List.of(new Source(new Snap(edge, fraction, 0, lon(0), lat(0)), 0)),
                Direction.FROM,
                Integer.MAX_VALUE);
        return times.nodeMillis()[east] != TravelTimes.UNREACHED;
    }

    @Test
    void bridgesTunnelsAndFordsAreToldApart() {
        int[] n = {osm.node(0, 0), osm.node(300, 0), osm.node(600, 0), osm.node(900, 0), osm.node(1_200, 0)};
        osm.way(1, List.of(n[0], n[1]), "highway", "tertiary")
                .way(2, List.of(n[1], n[2]), "highway", "tertiary", "bridge", "yes")
                .way(3, List.of(n[2], n[3]), "highway", "tertiary", "tunnel", "yes")
                .way(4, List.of(n[3], n[4]), "highway", "tertiary", "ford", "yes");
        HopperNetwork network = Imported.network(home, osm.xml());
        assertThat(network.graph().edgeStructure(edgeOf(network, 1))).isEqualTo(Structure.GROUND);
        assertThat(network.graph().edgeStructure(edgeOf(network, 2))).isEqualTo(Structure.BRIDGE);
        assertThat(network.graph().edgeStructure(edgeOf(network, 3))).isEqualTo(Structure.TUNNEL);
        assertThat(network.graph().edgeStructure(edgeOf(network, 4))).isEqualTo(Structure.FORD);
    }

    @Test
    void ferriesAreNoRoadsUnlessTheSettingsSaySo() {
        int a = osm.node(0, 0);
        int b = osm.node(1_000, 0);
        int c = osm.node(2_000, 0);
        osm.way(1, List.of(a, b), "highway", "tertiary").way(2, List.of(b, c), "route", "ferry");
        HopperNetwork network = Imported.network(home, osm.xml());
        int ferry = edgeOf(network, 2);
        assertThat(network.graph().edgeStructure(ferry)).isEqualTo(Structure.FERRY);
        for (TravelProfile profile : TravelProfile.values())
            assertThat(seconds(network, profile, 2 * ferry)).isInfinite();
    }

    /**
     * A crossing of four streets of 500 m, and a detour: from the south arm one may not turn left (west).
     *
     * <pre>
     *            N (0, 500)
     *            |
     * W ———————— X ———————— E
     * |          |
     * |          S (0, -500)
     * +—— (-500, -250) … joins S by a street of its own
     * </pre>
     */
    private HopperNetwork forbiddenLeftTurn(String... restriction) {
        int x = osm.node(0, 0);
        int north = osm.node(0, 500);
        int east = osm.node(500, 0);
        int south = osm.node(0, -500);
        int west = osm.node(-500, 0);
        int corner = osm.node(-500, -500);
        osm.way(1, List.of(south, x), "highway", "secondary")
                .way(2, List.of(x, west), "highway", "secondary")
                .way(3, List.of(x, north), "highway", "secondary")
                .way(4, List.of(x, east), "highway", "secondary")
                .way(5, List.of(south, corner), "highway", "unclassified")
                .way(6, List.of(corner, west), "highway", "unclassified")
                .restriction(1, x, 2, restriction);
        return Imported.network(home, osm.xml());
    }

    private static Route leftTurn(HopperNetwork network, TravelProfile profile) {
        return network.route(lon(0), lat(-400), lon(-400), lat(0), profile, Locale.ENGLISH)
                .orElseThrow();
    }

    @Test
    void carsHeedATurnRestrictionAndFireEnginesDoNot() {
        HopperNetwork network = forbiddenLeftTurn("restriction", "no_left_turn");
        // Straight to the crossing and left: 800 m at 40 km/h, 72 s.
        assertThat(leftTurn(network, FIRE_ENGINE).seconds()).isCloseTo(72, within(0.5));
        // Back to S 100 m (9 s), round the block 1 000 m at 20 km/h (180 s), 100 m (9 s): 198 s. Over the crossing, a
        // turn
        // in the road (60 s) and back would be 36 + 2·45 + 60 + … = 222 s.
        assertThat(leftTurn(network, CAR).seconds()).isCloseTo(198, within(0.5));
        // On foot 800 m at 4.5 km/h, 640 s: the sign is not for them.
        assertThat(leftTurn(network, FOOT).seconds()).isCloseTo(640, within(2.0));
    }

    @Test
    void aTurnRestrictionForPeopleOnFootIsForThem() {
        HopperNetwork network = forbiddenLeftTurn("restriction:foot", "no_left_turn");
        assertThat(leftTurn(network, CAR).seconds()).isCloseTo(72, within(0.5));
        assertThat(leftTurn(network, FOOT).metres()).isGreaterThan(801);
    }

    @Test
    void theSweepForCarsKnowsNoTurnRestrictions() {
        HopperNetwork network = forbiddenLeftTurn("restriction", "no_left_turn");
        Snap from = network.snap(lon(0), lat(-400), CAR, 10).orElseThrow();
        Snap to = network.snap(lon(-400), lat(0), CAR, 10).orElseThrow();
        TravelTimes times = Sweep.run(
                network.graph(),
                network.graph().keyMillis(CAR),
                List.of(new Source(from, 0)),
                Direction.FROM,
                Integer.MAX_VALUE);
        assertThat(times.at(to.edge(), to.fraction()).millis()).isCloseTo(72_000, within(100));
    }

    @Test
    void stepsAreInChineseOrInEnglish() {
        HopperNetwork network = forbiddenLeftTurn("restriction", "no_u_turn");
        Route chinese = network.route(lon(0), lat(-400), lon(-400), lat(0), FIRE_ENGINE, Locale.SIMPLIFIED_CHINESE)
                .orElseThrow();
        assertThat(chinese.steps()).extracting(RoadNetwork.Step::text).containsExactly("继续", "左转", "到达终点");
        assertThat(leftTurn(network, FIRE_ENGINE).steps().get(1).text()).isEqualTo("turn left");
        assertThat(chinese.steps().get(0).metres()).isCloseTo(400, within(1.0));
        assertThat(chinese.metres()).isCloseTo(800, within(1.0));
        assertThat(chinese.geometry().getNumPoints()).isEqualTo(3);
        assertThat(chinese.geometry().getCoordinateN(0).x).isCloseTo(lon(0), within(1e-5));
    }

    @Test
    void aRouteSaysHowFarTheRoadIs() {
        HopperNetwork network = kilometre("highway", "secondary");
        Route route = network.route(lon(100), lat(30), lon(900), lat(-50), FIRE_ENGINE, Locale.ENGLISH)
                .orElseThrow();
        assertThat(route.metres()).isCloseTo(800, within(1.0));
        assertThat(route.metresToRoad()).isCloseTo(30, within(0.5));
        assertThat(route.metresFromRoad()).isCloseTo(50, within(0.5));
    }

    @Test
    void aRouteToWhereOneStandsIsEmpty() {
        Route route = kilometre("highway", "secondary")
                .route(lon(100), lat(0), lon(100), lat(0), CAR, Locale.ENGLISH)
                .orElseThrow();
        assertThat(route.seconds()).isZero();
        assertThat(route.geometry().isValid() || route.geometry().getLength() == 0)
                .isTrue();
    }

    @Test
    void thereIsNoRouteFromNullIslandNorAgainstAOneWay() {
        HopperNetwork network = kilometre("highway", "secondary");
        assertThat(network.route(0, 0, lon(100), lat(0), CAR, Locale.ENGLISH)).isEmpty();
        assertThat(network.route(lon(100), lat(0), Double.NaN, 0, CAR, Locale.ENGLISH))
                .isEmpty();
    }

    @Test
    void aPlaceIsBroughtToTheNearestPointOfTheRoad() {
        HopperNetwork network = kilometre("highway", "secondary");
        Snap snap = network.snap(lon(250), lat(40), FIRE_ENGINE, 100).orElseThrow();
        boolean eastward = network.graph().nodeLon(network.graph().edgeBase(0)) < lon(500);
        assertThat(snap.fraction()).isCloseTo(eastward ? 0.25 : 0.75, within(1e-4));
        assertThat(snap.metresAway()).isCloseTo(40, within(0.1));
        assertThat(snap.lat()).isCloseTo(32, within(1e-9));
    }

    @Test
    void farFromEveryRoadThereIsNoPlaceOnIt() {
        HopperNetwork network = kilometre("highway", "secondary");
        assertThat(network.snap(lon(250), lat(40), FIRE_ENGINE, 39)).isEmpty();
        assertThat(network.snap(lon(250), lat(40), FIRE_ENGINE, 41)).isPresent();
        assertThat(network.snap(lon(-30_000), lat(0), FIRE_ENGINE, 29_000)).isEmpty();
        assertThat(network.snap(lon(-30_000), lat(0), FIRE_ENGINE, 31_000)).isPresent();
    }

    @Test
    void aFootwayIsNoStartForACar() {
        int a = osm.node(0, 0);
        int b = osm.node(1_000, 0);
        int c = osm.node(0, 100);
        int d = osm.node(1_000, 100);
        osm.way(1, List.of(a, b), "highway", "footway")
                .way(2, List.of(c, d), "highway", "secondary")
                .way(3, List.of(b, d), "highway", "footway");
        HopperNetwork network = Imported.network(home, osm.xml());
        assertThat(network.snap(lon(500), lat(10), FOOT, 500).orElseThrow().metresAway())
                .isCloseTo(10, within(0.1));
        assertThat(network.snap(lon(500), lat(10), CAR, 500).orElseThrow().metresAway())
                .isCloseTo(90, within(0.1));
    }

    @Test
    void aPlaceIsNotBroughtToAYardThatHangsOnNothing() {
        // Three streets in a row make the network; a street of its own and a one-way out of the network lie nearer.
        int a = osm.node(0, 0);
        int b = osm.node(1_000, 0);
        int c = osm.node(2_000, 0);
        osm.way(1, List.of(a, b), "highway", "secondary")
                .way(2, List.of(b, c), "highway", "secondary")
                .way(3, List.of(osm.node(400, 300), osm.node(600, 300)), "highway", "service")
                .way(4, List.of(b, osm.node(1_000, 300)), "highway", "service", "oneway", "yes");
        HopperNetwork network = Imported.network(home, osm.xml());
        Optional<Snap> yard = network.snap(lon(500), lat(290), FIRE_ENGINE, 1_000);
        assertThat(network.graph().edgeRoad(yard.orElseThrow().edge())).isEqualTo(1);
        Optional<Snap> oneWay = network.snap(lon(1_010), lat(200), FIRE_ENGINE, 1_000);
        assertThat(network.graph().edgeRoad(oneWay.orElseThrow().edge())).isIn(1L, 2L);
        // On foot the one-way leads both ways.
        Optional<Snap> onFoot = network.snap(lon(1_010), lat(200), FOOT, 1_000);
        assertThat(network.graph().edgeRoad(onFoot.orElseThrow().edge())).isEqualTo(4);
    }

    @Test
    void namesAndNumbersOfRoadsAreKept() {
        HopperNetwork network = kilometre("highway", "primary", "name", "利州东路", "ref", "G108");
        assertThat(network.edgeName(0)).isEqualTo("利州东路");
    }

    @Test
    void aRoadWithoutANameIsCalledByItsNumber() {
        assertThat(kilometre("highway", "primary", "ref", "G108").edgeName(0)).isEqualTo("G108");
    }
}
