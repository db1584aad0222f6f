package org.anquan.coverage;

import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Texts;
import org.anquan.town.Town;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class RescueCircleTest {
    private static boolean covers(Geometry area, double x, double y) {
        double[] at = Town.lonLat(x, y);
        return area.covers(GeoJson.FACTORY.createPoint(new Coordinate(at[0], at[1])));
    }

    private static RoadNetwork straight() {
        // 10 km east at 36 km/h = 10 m/s.
        return town().road("East Road", 0, 0).to(5000, 0).to(10_000, 0).network();
    }

    @Test
    void aVillageBesideAStraightRoadIsReachedByTurnoutRoadAndWalk() {
        CircleAnswer answer = Circles.in(straight())
                .station("s1", 0, 0, 60)
                .village("v1", 3000, 440, 100L)
                .minutes(10)
                .ask();
        // Turnout 60 s, 3 000 m at 10 m/s = 300 s, 440 m at 1.25 m/s = 352 s: 712 s, 112 s beyond ten minutes.
        Uncovered v1 = answer.uncovered().get(0);
        assertThat(v1.seconds()).isCloseTo(712, within(0.5));
        assertThat(v1.reason()).isEqualTo("beyond the limit by 2 min");
        assertThat(v1.reasonCode()).isEqualTo("beyond_limit");
        assertThat(Texts.in(Texts.CHINESE, v1.reasonText())).isEqualTo("超出时限 2 分钟");
        assertThat(v1.nearestFacilityId()).isEqualTo("s1");
        assertThat(answer.covered().people()).isZero();
        assertThat(answer.covered().peopleKnownTotal()).isEqualTo(100);
    }

    @Test
    void aVillageAtExactlyTheLimitIsInside() {
        // No turnout, 4 000 m at 10 m/s = 400 s, 250 m at 1.25 m/s = 200 s: 600 s. Projections cost centimetres,
        // so the village stands one metre nearer.
        CircleAnswer answer = Circles.in(straight())
                .station("s1", 0, 0, 0)
                .village("v1", 4000, 249, 7L)
                .minutes(10)
                .ask();
        assertThat(answer.uncovered()).isEmpty();
        assertThat(answer.covered().people()).isEqualTo(7);
        assertThat(answer.covered().shareOfPeople()).isEqualTo(1);
        assertThat(answer.bands().get(0).people()).isEqualTo(7);
        assertThat(answer.areas().get(0).people()).isEqualTo(7);
    }

    @Test
    void theBandEndsWhereTheTimeOrTheWalkEnds() {
        CircleAnswer answer = Circles.in(straight())
                .station("s1", 0, 0, 0)
                .minutes(10, 60)
                .walk(500, 4.5)
                .ask();
        Geometry ten = answer.bands().get(0).geometry();
        Geometry hour = answer.bands().get(1).geometry();
        // On the road 600 s carry 6 000 m, at x = 3 000 there are 300 s left = 375 m on foot.
        // Cell centres are up to 25 m beside the road, 20 s on foot, so the map may end 200 m early.
        assertThat(covers(ten, 5750, 0)).isTrue();
        assertThat(covers(ten, 6030, 0)).isFalse();
        assertThat(covers(ten, 3000, 340)).isTrue();
        assertThat(covers(ten, 3000, 410)).isFalse();
        // In an hour the whole road is reached; beside it the walk of 500 m ends.
        assertThat(covers(hour, 9990, 0)).isTrue();
        assertThat(covers(hour, 5000, 480)).isTrue();
        assertThat(covers(hour, 5000, 501)).isFalse();
        assertThat(covers(hour, 10_501, 0)).isFalse();
        // 10 000 m by 1 000 m and two half circles of 500 m: 10.79 km². The map may promise less, not more.
        double true_ = 10_000 * 1000 + Math.PI * 500 * 500;
        assertThat(answer.bands().get(1).areaSquareMetres()).isBetween(0.97 * true_, true_);
        assertThat(answer.covered().areaSquareMetres())
                .isEqualTo(answer.bands().get(1).areaSquareMetres());
    }

    @Test
    void theYardIsLeftSlowly() {
        CircleAnswer answer = Circles.in(straight())
                .station("s1", 0, 100, 0)
                .village("v1", 6000, 0, 1L)
                .minutes(5)
                .ask();
        // 100 m at 10 km/h = 36 s, 6 000 m at 10 m/s = 600 s.
        assertThat(answer.uncovered().get(0).seconds()).isCloseTo(636, within(0.5));
    }

    @Test
    void everyGapHasItsReason() {
        RoadNetwork network = town().road("East Road", 0, 0)
                .to(10_000, 0)
                .road("Island Road", 0, 9000)
                .to(1000, 9000)
                .network();
        CircleAnswer answer = Circles.in(network)
                .station("s1", 0, 0, 0)
                .village("far", 10_000, 1000, 5L)
                .village("wild", 5000, 3000, null)
                .village("island", 500, 9010, 9L)
                .minutes(15)
                .ask();
        // Most people first, unknown last. far: 1 000 s + 1 000 m / 1.25 m/s = 1 800 s, 15 min too late.
        assertThat(answer.uncovered()).extracting(Uncovered::id).containsExactly("island", "far", "wild");
        assertThat(answer.uncovered())
                .extracting(Uncovered::reason)
                .containsExactly("not connected", "beyond the limit by 15 min", "no road within 2000 m");
        assertThat(answer.uncovered())
                .extracting(Uncovered::reasonCode)
                .containsExactly("not_connected", "beyond_limit", "no_road");
        assertThat(answer.uncovered().get(0).seconds()).isNull();
        assertThat(answer.uncovered().get(0).nearestFacilityId()).isNull();
        assertThat(answer.warnings()).extracting(w -> w.key()).contains("coverage.peopleUnknown");
        assertThat(answer.covered().peopleKnownTotal()).isEqualTo(14);
    }

    @Test
    void nobodyLeavesAnExpresswayOrABridgeBesideTheRoad() {
        RoadNetwork network = town().road("Yard", 0, 0)
                .to(100, 0)
                .road("Expressway", 100, 0)
                .to(5000, 0)
                .as(RoadClass.EXPRESSWAY)
                .road("Bridge", 5000, 0)
                .to(6000, 0)
                .on(Structure.BRIDGE)
                .road("Exit", 6000, 0)
                .to(6500, 0)
                .network();
        CircleAnswer answer = Circles.in(network)
                .station("s1", 0, 0, 0)
                .village("beside", 3000, 50, 1L)
                .village("atTheExit", 6200, 0, 1L)
                .minutes(60)
                .walk(500, 4.5)
                .ask();
        assertThat(answer.uncovered()).extracting(Uncovered::id).containsExactly("beside");
        assertThat(answer.uncovered().get(0).reason()).isEqualTo("no road within 500 m");
        Geometry band = answer.bands().get(0).geometry();
        assertThat(covers(band, 3000, 0)).isFalse();
        assertThat(covers(band, 6200, 0)).isTrue();
        // Two islands: around the yard and around the exit.
        assertThat(band.getNumGeometries()).isEqualTo(2);
    }

    @Test
    void aTownOnAnIslandStaysAnIslandAndALakeStaysAHole() {
        // A ring road of 6 km by 6 km: its middle is 3 km from any road, 500 m are walked.
        RoadNetwork network = town().road("Ring", 0, 0)
                .to(6000, 0)
                .to(6000, 6000)
                .to(0, 6000)
                .to(0, 0)
                .road("Elsewhere", 20_000, 0)
                .to(21_000, 0)
                .network();
        CircleAnswer answer = Circles.in(network)
                .station("ring", 0, 0, 0)
                .station("elsewhere", 20_000, 0, 0)
                .minutes(60)
                .walk(500, 4.5)
                .ask();
        var band = answer.bands().get(0).geometry();
        assertThat(band.isValid()).isTrue();
        assertThat(band.getNumGeometries()).isEqualTo(2);
        assertThat(covers(band, 3000, 3000)).isFalse();
        assertThat(covers(band, 3000, 450)).isTrue();
        assertThat(covers(band, 20_500, 100)).isTrue();
        assertThat(answer.areas()).hasSize(2);
        assertThat(answer.areas().get(0).geometry().getNumPoints()).isPositive();
        long holes = 0;
        for (int i = 0; i < 2; i++)
            holes += ((org.locationtech.jts.geom.Polygon) band.getGeometryN(i)).getNumInteriorRing();
        assertThat(holes).isEqualTo(1);
    }

    @Test
    void twoStationsShareTheRoadWhereTheyMeet() {
        CircleAnswer answer = Circles.in(straight())
                .station("west", 0, 0, 0)
                .station("east", 10_000, 0, 200)
                .minutes(60)
                .ask();
        // West is at x after x/10 s, east after 200 + (10 000 - x)/10 s: equal at x = 6 000.
        Geometry west = answer.areas().get(0).geometry();
        Geometry east = answer.areas().get(1).geometry();
        assertThat(covers(west, 5940, 0)).isTrue();
        assertThat(covers(east, 5940, 0)).isFalse();
        assertThat(covers(east, 6060, 0)).isTrue();
        assertThat(covers(west, 6060, 0)).isFalse();
        assertThat(answer.areas().get(0).areaSquareMetres()
                        + answer.areas().get(1).areaSquareMetres())
                .isCloseTo(answer.covered().areaSquareMetres(), within(1.0));
    }

    @Test
    void towardAStationAOneWayStreetCountsTheOtherWayRound() {
        RoadNetwork network = town().road("There", 0, 0)
                .to(3000, 0)
                .oneWay()
                .road("Back", 3000, 0)
                .to(3000, 2000)
                .to(0, 2000)
                .to(0, 0)
                .oneWay()
                .network();
        Circles there = Circles.in(network).station("s1", 0, 0, 0).village("v1", 3000, 0, 1L);
        // From: 3 000 m = 300 s. To: 2 000 + 3 000 + 2 000 m = 700 s.
        assertThat(there.minutes(4).ask().uncovered().get(0).seconds()).isCloseTo(300, within(0.5));
        assertThat(there.to().ask().uncovered().get(0).seconds()).isCloseTo(700, within(0.5));
    }

    @Test
    void ringsLeaveOutWhatTheSmallerBandCovers() {
        CircleAnswer whole = Circles.in(straight())
                .station("s1", 0, 0, 0)
                .village("near", 1000, 0, 3L)
                .village("far", 8000, 0, 4L)
                .minutes(5, 15)
                .ask();
        CircleAnswer rings = Circles.in(straight())
                .station("s1", 0, 0, 0)
                .village("near", 1000, 0, 3L)
                .village("far", 8000, 0, 4L)
                .minutes(5, 15)
                .rings()
                .ask();
        assertThat(whole.bands()).extracting(b -> b.people()).containsExactly(3L, 7L);
        assertThat(rings.bands()).extracting(b -> b.people()).containsExactly(3L, 4L);
        assertThat(rings.bands().get(1).geometry().isValid()).isTrue();
        assertThat(covers(rings.bands().get(1).geometry(), 1000, 0)).isFalse();
        assertThat(covers(rings.bands().get(1).geometry(), 6000, 0)).isTrue();
        assertThat(rings.bands().get(1).areaSquareMetres())
                .isCloseTo(
                        whole.bands().get(1).areaSquareMetres()
                                - whole.bands().get(0).areaSquareMetres(),
                        within(1e-6));
    }

    @Test
    void theAccuracyIsMeasuredAndSmall() {
        CircleAnswer answer = Circles.in(straight())
                .station("s1", 0, 0, 0)
                .village("v1", 3000, 200, 1L)
                .minutes(5, 10, 15)
                .ask();
        assertThat(answer.accuracy().samples()).isEqualTo(301);
        assertThat(answer.accuracy().sameShare()).isBetween(0.9, 1.0);
        // Half a cell's diagonal of 50 m cells on foot: 28 s.
        assertThat(answer.accuracy().maxTooEarlySeconds()).isLessThanOrEqualTo(29);
        assertThat(answer.accuracy().maxErrorSeconds()).isLessThan(60);
    }

    @Test
    void aStationInTheSeaIsRefusedWithWords() {
        Circles sea = Circles.in(straight()).station("ok", 0, 0, 0).station("Neptune", 0, -50_000, 0);
        assertThatThrownBy(sea::ask).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.key()).isEqualTo("coverage.stationsFar");
            assertThat(e.mistakes()).hasSize(1);
            assertThat(e.mistakes().get(0).where()).isEqualTo("inputs.facilities[1]");
            assertThat(Texts.in(Texts.ENGLISH, e.mistakes().get(0).what()))
                    .contains("Neptune")
                    .contains("1000 m");
        });
    }

    @Test
    void aStationOfALayerInTheSeaIsLeftOutAndNamed() {
        CircleAnswer answer = Circles.in(straight())
                .layerStation("ok", 0, 0)
                .layerStation("Neptune", 0, -50_000)
                .ask();
        assertThat(answer.areas()).hasSize(1);
        assertThat(answer.warnings())
                .anySatisfy(w -> assertThat(Texts.in(Texts.CHINESE, w)).contains("Neptune"));
    }

    @Test
    void noStationAtAllIsAProblemWithWords() {
        assertThatThrownBy(() -> Circles.in(straight()).ask())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(Texts.in(Texts.CHINESE, e.help())).contains("筛选条件"));
        assertThatThrownBy(() -> Circles.in(straight())
                        .layerStation("Neptune", 0, -50_000)
                        .ask())
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.key()).isEqualTo("coverage.allStationsFar"));
    }
}
