package org.anquan.coverage;

import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.geo.GeoJson;
import org.anquan.geo.Overlay;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.Text;
import org.anquan.town.Town;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** Slopes and water on the last walk. */
class ReliefTest {
    private static RoadNetwork straight() {
        return town().road("East Road", 0, 0).to(10_000, 0).network();
    }

    private static Geometry line(double... xy) {
        Coordinate[] all = new Coordinate[xy.length / 2];
        for (int i = 0; i < all.length; i++) {
            double[] at = Town.lonLat(xy[2 * i], xy[2 * i + 1]);
            all[i] = new Coordinate(at[0], at[1]);
        }
        return GeoJson.FACTORY.createLineString(all);
    }

    private static double seconds(CircleAnswer answer, String id) {
        for (Uncovered one : answer.uncovered())
            if (one.id().equals(id)) return one.seconds() == null ? Double.NaN : one.seconds();
        throw new AssertionError(id + " is not outside");
    }

    @Test
    void upHillTakesLongerThanDownHillAndTheDirectionCounts() {
        // The land rises to the north, 20 m on 100 m; the village lies 500 m up.
        Circles up = Circles.in(straight())
                .on((x, y) -> Math.max(0, 0.2 * y))
                .station("s", 0, 0, 0)
                .village("v", 3000, 500, 1L)
                .minutes(1);
        // Tobler against even ground: up exp(3.5 · (|0.2 + 0.05| - 0.05)) = exp(0.7) = 2.014, down exp(3.5 · 0.1) =
        // 1.419.
        // 300 s of road and 500 m at 1.25 m/s = 400 s.
        assertThat(seconds(up.ask(), "v")).isCloseTo(300 + 400 * 2.014, within(15.0));
        assertThat(seconds(up.to().ask(), "v")).isCloseTo(300 + 400 * 1.419, within(15.0));
    }

    @Test
    void evenGroundWithHeightsIsEvenGround() {
        CircleAnswer with = Circles.in(straight())
                .on((x, y) -> 812)
                .station("s", 0, 0, 0)
                .village("v", 3000, 500, 1L)
                .minutes(1, 20)
                .ask();
        CircleAnswer without = Circles.in(straight())
                .station("s", 0, 0, 0)
                .village("v", 3000, 500, 1L)
                .minutes(1, 20)
                .ask();
        assertThat(with.covered().areaSquareMetres())
                .isCloseTo(
                        without.covered().areaSquareMetres(),
                        within(1e-6 * without.covered().areaSquareMetres()));
        assertThat(with.uncovered()).isEqualTo(without.uncovered());
    }

    @Test
    void aRiverIsCrossedAtItsBridgeOnly() {
        // A river 300 m north of the road along all of it; a footbridge of the network at x = 5 000.
        Geometry river = line(-3000, 300, 13_000, 300);
        Circles barred = Circles.in(straight())
                .on((x, y) -> 0, river)
                .station("s", 0, 0, 0)
                .village("v", 3000, 500, 1L)
                .village("bank", 3000, 280, 1L)
                .minutes(1);
        CircleAnswer answer = barred.ask();
        assertThat(seconds(answer, "v")).isNaN();
        // The village on the near bank is reached, though the river runs through its cell.
        assertThat(seconds(answer, "bank")).isCloseTo(300 + 280 / 1.25, within(1.0));
        RoadNetwork bridged = town().road("East Road", 0, 0)
                .to(4000, 0)
                .to(10_000, 0)
                .road("foot bridge", 4000, 200)
                .to(4000, 400)
                .on(Structure.BRIDGE)
                .network();
        Circles open = Circles.in(bridged)
                .on((x, y) -> 0, river)
                .station("s", 0, 0, 0)
                .village("v", 3500, 500, 1L)
                .minutes(1);
        // To the bridge and back aslant: 4 000 m by road, over the bridge at y = 300, and 539 m to the village: 1 000 s
        // and a little, by the grid; never the 750 s of the barred straight way.
        assertThat(seconds(open.ask(), "v")).isBetween(400 + (300 + 530) / 1.25, 400 + (300 + 700) / 1.25);
    }

    @Test
    void aBridgeOfTheRosterIsAWayAcrossThoughTheNetworkKnowsNone() {
        Geometry river = line(-3000, 300, 13_000, 300);
        Circles circles = Circles.in(straight())
                .rosterBridge(4000, 300, 60)
                .on((x, y) -> 0, river)
                .station("s", 0, 0, 0)
                .village("v", 4000, 500, 1L)
                .minutes(1);
        // 4 000 m by road at 36 km/h, then straight over the bridge: 500 m at 1.25 m/s.
        assertThat(seconds(circles.ask(), "v")).isCloseTo(400 + 400, within(1.0));
    }

    @Test
    void whereAScenarioTakesTheBridgeNobodyWalksAcrossEither() {
        Geometry river = line(-3000, 300, 13_000, 300);
        RoadNetwork bridged = town().road("East Road", 0, 0)
                .to(4000, 0)
                .to(10_000, 0)
                .road("foot bridge", 4000, 200)
                .to(4000, 400)
                .on(Structure.BRIDGE)
                .network();
        Circles circles = Circles.in(bridged)
                .on((x, y) -> 0, river)
                .station("s", 0, 0, 0)
                .village("v", 3500, 500, 1L)
                .minutes(1);
        int bridge = 0;
        while (bridged.graph().edgeStructure(bridge) != Structure.BRIDGE) bridge++;
        assertThat(seconds(circles.ask(), "v")).isGreaterThan(0);
        assertThat(seconds(circles.askWithout(bridge), "v")).isNaN();
    }

    @Test
    void aLakeIsWalkedRound() {
        Geometry lake = GeoJson.FACTORY.createPolygon(
                line(2000, 200, 4000, 200, 4000, 900, 2000, 900, 2000, 200).getCoordinates());
        CircleAnswer answer = Circles.in(straight())
                .on((x, y) -> 0, lake)
                .station("s", 0, 0, 0)
                .village("behind", 3000, 950, 1L)
                .minutes(1, 60)
                .ask();
        double[] middle = Town.lonLat(3000, 500);
        assertThat(answer.widest().covers(GeoJson.FACTORY.createPoint(new Coordinate(middle[0], middle[1]))))
                .isFalse();
        double[] shore = Town.lonLat(3000, 1000);
        assertThat(answer.widest().covers(GeoJson.FACTORY.createPoint(new Coordinate(shore[0], shore[1]))))
                .isTrue();
    }

    @Test
    void heightsOfHalfTheDistrictAreSaidAndTheRestIsEven() {
        CircleAnswer answer = Circles.in(straight())
                .on((x, y) -> x < 5000 ? 0.3 * Math.abs(y) : Double.NaN)
                .station("s", 0, 0, 0)
                .village("hill", 3000, 500, 1L)
                .village("plain", 8000, 500, 1L)
                .minutes(1)
                .ask();
        assertThat(seconds(answer, "plain")).isCloseTo(800 + 400, within(5.0));
        assertThat(seconds(answer, "hill")).isGreaterThan(300 + 2 * 400);
        assertThat(answer.warnings()).extracting(Text::key).contains("coverage.land.heightsPart");
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void waterNeverHelps(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 15), true);
        double[] river = new double[8];
        for (int i = 0; i < river.length; i++) river[i] = random.nextDouble(-2500, 2500);
        Circles dry = Circles.in(network).walk(900, 4.5).minutes(5, 12).layerStation("s", 0, 10);
        Circles wet = Circles.in(network)
                .on((x, y) -> Double.NaN, line(river))
                .walk(900, 4.5)
                .minutes(5, 12)
                .layerStation("s", 0, 10);
        int number = 0;
        for (double[] at : RandomTown.places(random, 40, 3000)) {
            dry.village("v" + number, at[0], at[1], 1L);
            wet.village("v" + number++, at[0], at[1], 1L);
        }
        CircleAnswer without = dry.ask();
        CircleAnswer with = wet.ask();
        assertThat(with.covered().people())
                .as("seed %d", seed)
                .isLessThanOrEqualTo(without.covered().people());
        assertThat(Overlay.difference(with.widest(), without.widest()).getArea())
                .as("seed %d", seed)
                .isLessThan(2e-7);
    }

    @Test
    void toblerIsFastestFivePerCentDown() {
        assertThat(Tobler.factor(0)).isEqualTo(1f);
        // 6 · exp(-3.5 · 0.05) = 5.04 km/h on even ground, 6 km/h at five per cent down: a factor of 0.839.
        assertThat(Tobler.factor(-0.05)).isCloseTo(0.8395f, within(1e-4f));
        assertThat(Tobler.LEAST).isCloseTo(5.0368f / 6f, within(1e-4f));
        for (double slope = -1.5; slope < 1.5; slope += 0.013)
            assertThat((double) Tobler.factor(slope))
                    .isCloseTo(Tobler.exact(slope), within(0.01 * Tobler.exact(slope)));
    }
}
