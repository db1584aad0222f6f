package org.anquan.coverage;

import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.anquan.coverage.CircleAnswer.Backup;
import org.anquan.coverage.CircleAnswer.StationOut;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleAnswer.VillageStations;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Question.Kind;
import org.anquan.coverage.Question.World;
import org.anquan.geo.Overlay;
import org.anquan.network.Cuts;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.town.Town;
import org.junit.jupiter.api.Test;

/** Toward and from, several kinds, who covers when the first is out. */
class CircleDepthTest {
    private static Circles circles(RoadNetwork network, List<double[]> stations, List<double[]> villages) {
        Circles circles = Circles.in(network).walk(900, 4.5).minutes(5, 12);
        for (int s = 0; s < stations.size(); s++) {
            double[] at = stations.get(s);
            circles.layerStation("s" + s, at[0], at[1]);
        }
        for (int v = 0; v < villages.size(); v++)
            circles.village("v" + v, villages.get(v)[0], villages.get(v)[1], (long) (v + 1));
        return circles;
    }

    private static Map<String, Double> late(CircleAnswer answer) {
        Map<String, Double> seconds = new HashMap<>();
        for (Uncovered one : answer.uncovered()) if (one.seconds() != null) seconds.put(one.id(), one.seconds());
        return seconds;
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void towardAndFromAgreeWhereNoStreetIsOneWay(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 20), false);
        List<double[]> stations = new ArrayList<>(List.of(new double[] {0, 10}));
        Circles circles =
                circles(network, stations, RandomTown.places(random, 30, 3000)).minutes(1);
        CircleAnswer from = circles.ask();
        CircleAnswer to = circles.to().ask();
        assertThat(to.covered().people())
                .as("seed %d", seed)
                .isEqualTo(from.covered().people());
        late(from)
                .forEach((id, seconds) ->
                        assertThat(late(to).get(id)).as("%s, seed %d", id, seed).isCloseTo(seconds, within(0.1)));
    }

    @Test
    void towardAPlaceOneWaysAreDrivenTheirWay() {
        // A ring of 4 km, one way round; the village lies 1 km before the hospital in driving direction.
        RoadNetwork ring = town().road("ring", 0, 0)
                .to(1000, 0)
                .to(1000, 1000)
                .to(0, 1000)
                .to(0, 0)
                .oneWay()
                .network();
        Circles circles = Circles.in(ring)
                .station("h", 1000, 0, 0)
                .village("v", 0, 0, 1L)
                .walk(400, 4.5)
                .minutes(1);
        // From the village to the hospital 1 000 m, from the hospital to the village the other 3 000 m.
        assertThat(circles.to().ask().uncovered().get(0).seconds()).isCloseTo(100, within(1.0));
        Circles back = Circles.in(ring)
                .station("h", 1000, 0, 0)
                .village("v", 0, 0, 1L)
                .walk(400, 4.5)
                .minutes(1);
        assertThat(back.ask().uncovered().get(0).seconds()).isCloseTo(300, within(1.0));
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void whoLosesCoverIsWhoIsOutsideWithoutThatStation(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 20), true);
        List<double[]> stations = new ArrayList<>();
        for (double[] at : RandomTown.places(random, 12, 3000))
            if (Math.hypot(at[0], at[1]) < 1500 && stations.size() < 5) stations.add(at);
        stations.add(new double[] {0, 10});
        List<double[]> villages = RandomTown.places(random, 30, 3000);
        Circles circles = circles(network, stations, villages);
        RescueCircle circle = new RescueCircle(Circles.settings());
        Villages all = circles.villages();
        CircleRequest request = circles.request();
        Question question = new Question(List.of(new Kind("all", "", request, null)), true, null, 0, false, true);
        CircleAnswer answer = circle.answer(network, question, new World(all, null, List.of(), null));
        Backup backup = answer.backup();
        assertThat(backup).isNotNull();
        assertThat(backup.people() + backup.peopleWithout())
                .isEqualTo(answer.covered().people());
        for (StationOut out : backup.stations()) {
            CircleRequest without = new CircleRequest(
                    request.stations().stream()
                            .filter(s -> !s.id().equals(out.facilityId()))
                            .toList(),
                    request.minutes(),
                    request.direction(),
                    request.profile(),
                    request.offRoad(),
                    request.keyMillis(),
                    List.of(),
                    false);
            long lost;
            if (without.stations().isEmpty()) lost = answer.covered().people();
            else {
                Long left;
                try {
                    left = circle.answer(network, without, all, null).covered().people();
                } catch (org.anquan.problem.ProblemException nobodyNearARoad) {
                    left = 0L;
                }
                lost = answer.covered().people() - left;
            }
            assertThat(out.losesPeople())
                    .as("%s, seed %d", out.facilityId(), seed)
                    .isEqualTo(lost);
            long taken = out.takenOverBy().stream().mapToLong(t -> t.people()).sum();
            assertThat(taken + out.losesPeople())
                    .as("%s, seed %d", out.facilityId(), seed)
                    .isEqualTo(out.people());
        }
        assertThat(backup.nearest())
                .as("every village inside, seed %d", seed)
                .hasSize(answer.covered().villages());
        assertThat(backup.nearest().subList(0, backup.villagesWithout()))
                .as("those without a second first, seed %d", seed)
                .isEqualTo(backup.villages());
        for (VillageStations one : backup.nearest())
            if (one.secondSeconds() != null) {
                assertThat(one.secondSeconds()).isGreaterThanOrEqualTo(one.firstSeconds());
                assertThat(one.secondFacilityId()).isNotEqualTo(one.firstFacilityId());
            }
        for (VillageStations one : backup.villages())
            if (one.secondSeconds() != null)
                assertThat(one.secondSeconds())
                        .as("%s, seed %d", one.id(), seed)
                        .isGreaterThan(720);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void helicoptersTakeOverAsOneStationWhateverNumberOfPlacesTheyLandAt(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 20), true);
        List<double[]> stations = List.of(new double[] {0, 10}, new double[] {600, 10});
        Circles circles = circles(network, stations, RandomTown.places(random, 30, 3000));
        CircleRequest request = circles.request();
        List<Station> pads = new ArrayList<>();
        for (double[] at : RandomTown.places(random, 3, 3000)) {
            double[] lonLat = Town.lonLat(at[0], at[1]);
            pads.add(new Station("air:" + pads.size(), "pad", lonLat[0], lonLat[1], 300, null));
        }
        CircleRequest byAir = new CircleRequest(
                pads,
                request.minutes(),
                request.direction(),
                TravelProfile.FOOT,
                request.offRoad(),
                network.graph().keyMillis(TravelProfile.FOOT),
                Cuts.NONE,
                List.of(),
                false,
                true,
                edge -> false);
        World world = new World(circles.villages(), null, List.of(), null);
        RescueCircle circle = new RescueCircle(Circles.settings());
        List<Kind> kinds = List.of(new Kind("all", "", request, null));
        CircleAnswer answer = circle.answer(network, new Question(kinds, true, byAir, 0, false, true), world);
        long byRoad = circle.answer(network, new Question(kinds, true, null, 0, false, false), world)
                .covered()
                .people();
        Backup backup = answer.backup();
        assertThat(backup).isNotNull();
        assertThat(backup.people() + backup.peopleWithout())
                .as("seed %d", seed)
                .isEqualTo(answer.covered().people());
        StationOut air = backup.stations().stream()
                .filter(one -> one.facilityId().equals("air"))
                .findFirst()
                .orElseThrow();
        // Where they do not fly, the circle is that of the roads.
        assertThat(air.losesPeople())
                .as("seed %d", seed)
                .isEqualTo(answer.covered().people() - byRoad);
        for (VillageStations one : backup.nearest())
            assertThat(one.firstFacilityId()).as("seed %d", seed).isNotEqualTo(one.secondFacilityId());
    }

    @Test
    void severalKindsTogetherAreNeverMoreThanEachOfThem() {
        RoadNetwork road =
                town().road("East Road", 0, 0).to(5000, 0).to(10_000, 0).network();
        CircleRequest fire = Circles.in(road).station("f", 0, 0, 60).minutes(10).request();
        CircleRequest ambulance =
                Circles.in(road).station("a", 10_000, 0, 180).minutes(15).request();
        Villages villages = new Villages(
                "village",
                1,
                null,
                false,
                List.of(village("near", 1000), village("middle", 4000), village("far", 9000)));
        Question both = new Question(
                List.of(new Kind("fire", "fire", fire, null), new Kind("ambulance", "ambulance", ambulance, null)),
                true,
                null,
                0,
                false,
                false);
        CircleAnswer answer =
                new RescueCircle(Circles.settings()).answer(road, both, new World(villages, null, List.of(), null));
        assertThat(answer.uncovered()).extracting(Uncovered::id).containsExactly("far", "near");
        for (CircleAnswer.OfKind kind : answer.kinds())
            assertThat(Overlay.difference(answer.widest(), kind.answer().widest())
                            .getArea())
                    .as(kind.id())
                    // The border between two surfaces may be drawn a little differently: 10 m of a band's width.
                    .isLessThan(1e-6);
    }

    private static Village village(String id, double x) {
        double[] at = Town.lonLat(x, 0);
        return new Village(id, id, at[0], at[1], 1L);
    }

    @Test
    void theSunRisesWhenTheAlmanacSays() {
        // Beijing, 2024-06-20: sunrise 04:46, sunset 19:46 (China Standard Time).
        assertThat(Daylight.at(116.4, 39.9, Instant.parse("2024-06-19T20:43:00Z")))
                .isFalse();
        assertThat(Daylight.at(116.4, 39.9, Instant.parse("2024-06-19T20:49:00Z")))
                .isTrue();
        assertThat(Daylight.at(116.4, 39.9, Instant.parse("2024-06-20T11:43:00Z")))
                .isTrue();
        assertThat(Daylight.at(116.4, 39.9, Instant.parse("2024-06-20T11:50:00Z")))
                .isFalse();
    }
}
