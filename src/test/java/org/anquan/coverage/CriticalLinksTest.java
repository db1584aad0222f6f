package org.anquan.coverage;

import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CriticalLinks.Kind;
import org.anquan.coverage.CriticalLinks.Link;
import org.anquan.coverage.CriticalLinks.Loss;
import org.anquan.coverage.CriticalLinks.Ranking;
import org.anquan.geo.GeoJson;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.process.Progress;
import org.anquan.town.Town;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** Critical links against the plain way: close one, ask the circle again, see who is outside. */
class CriticalLinksTest {
    private static CriticalLinks links(RoadNetwork network, CircleRequest request, Villages villages) {
        return links(
                network,
                new Ground.Cache(Circles.settings()).of(network, request.profile(), request.offRoad()),
                request,
                villages);
    }

    private static CriticalLinks links(RoadNetwork network, Ground ground, CircleRequest request, Villages villages) {
        Located located =
                Located.of(network, request, ground, Circles.settings().station(), new ArrayList<>());
        return new CriticalLinks(network, ground, request, located, villages);
    }

    private static Set<String> outside(RoadNetwork network, CircleRequest request, Villages villages) {
        Set<String> ids = new HashSet<>();
        for (Uncovered one : new RescueCircle(Circles.settings())
                .answer(network, request, villages, null)
                .uncovered()) ids.add(one.id());
        return ids;
    }

    private static CircleRequest closing(CircleRequest request, int[] edges) {
        int[] closed = request.keyMillis().clone();
        for (int e : edges) {
            closed[2 * e] = RoadGraph.CLOSED;
            closed[2 * e + 1] = RoadGraph.CLOSED;
        }
        TreeMap<Integer, Cuts.Cut> left = new TreeMap<>();
        for (int c = 0; c < request.cuts().count(); c++) {
            int edge = request.cuts().edge(c);
            if (Arrays.stream(edges).noneMatch(e -> e == edge)) left.put(edge, cut(request.cuts(), c));
        }
        return with(request, closed, Cuts.of(left));
    }

    private static Cuts.Cut cut(Cuts all, int c) {
        return new Cuts.Cut(all.millis(c, true), all.millis(c, false), all.blocks(c));
    }

    private static CircleRequest with(CircleRequest request, int[] keyMillis, Cuts cuts) {
        return new CircleRequest(
                request.stations(),
                request.minutes(),
                request.direction(),
                request.profile(),
                request.offRoad(),
                keyMillis,
                cuts,
                List.of(),
                false,
                false,
                edge -> false);
    }

    /** The same where three sections are cut somewhere along the way, as a drawn closure does. */
    private static CircleRequest cut(CircleRequest request, SplittableRandom random) {
        int[] times = request.keyMillis().clone();
        TreeMap<Integer, Cuts.Cut> all = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            int edge = random.nextInt(times.length / 2);
            if (all.containsKey(edge)) continue;
            double from = random.nextDouble(0.1, 0.9);
            double until = Math.min(0.95, from + random.nextDouble(0, 0.2));
            all.put(edge, new Cuts.Cut(times[2 * edge], times[2 * edge + 1], new double[] {from, until}));
            times[2 * edge] = RoadGraph.CLOSED;
            times[2 * edge + 1] = RoadGraph.CLOSED;
        }
        return with(request, times, Cuts.of(all));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void everyLossIsWhatTheCircleLosesWithoutTheLink(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 25), true);
        Circles circles = Circles.in(network).walk(600, 4.5).minutes(random.nextInt(2, 15));
        if (random.nextBoolean()) circles.to();
        circles.layerStation("s0", 0, 10);
        int number = 1;
        for (double[] at : RandomTown.places(random, 6, 1500)) circles.layerStation("s" + number++, at[0], at[1]);
        number = 0;
        for (double[] at : RandomTown.places(random, 40, 3000))
            circles.village("v" + number++, at[0], at[1], random.nextInt(5) == 0 ? null : (long) random.nextInt(500));
        Villages villages = circles.villages();
        CircleRequest request = random.nextBoolean() ? circles.request() : cut(circles.request(), random);
        CriticalLinks links = links(network, request, villages);
        List<Link> candidates = new ArrayList<>(CriticalLinks.candidates(
                network,
                network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                List.of(Kind.SECTIONS, Kind.BRIDGES),
                List.of(),
                null,
                30));
        // Pairs that are lost together, anywhere.
        int edges = network.graph().edgeCount();
        for (int i = 0; i < 10; i++) {
            int a = random.nextInt(edges);
            int b = random.nextInt(edges);
            if (a != b) candidates.add(new Link(Kind.SECTIONS, new int[] {a, b}));
        }
        Ranking ranking = links.rank(candidates, Progress.none());
        Map<Link, Loss> found = new HashMap<>();
        for (Loss loss : ranking.losses()) found.put(loss.link(), loss);
        Set<String> before = outside(network, request, villages);
        for (Link link : candidates) {
            Set<String> lost = outside(network, closing(request, link.edges()), villages);
            lost.removeAll(before);
            Set<String> said = new HashSet<>();
            if (found.containsKey(link))
                for (int v : found.get(link).lost())
                    said.add(villages.all().get(v).id());
            assertThat(said).as("edges %s, seed %d", link.edges(), seed).isEqualTo(lost);
        }
        long previous = Long.MAX_VALUE;
        for (Loss loss : ranking.losses()) {
            assertThat(loss.people()).as("seed %d", seed).isLessThanOrEqualTo(previous);
            previous = loss.people();
        }
    }

    private static Set<String> outside(RoadNetwork network, Question question, Villages villages) {
        Set<String> ids = new HashSet<>();
        for (Uncovered one : new RescueCircle(Circles.settings())
                .answer(network, question, new Question.World(villages, null, List.of(), null))
                .uncovered()) ids.add(one.id());
        return ids;
    }

    private static Question closing(Question question, int[] edges) {
        List<Question.Kind> kinds = question.kinds().stream()
                .map(kind -> new Question.Kind(kind.id(), kind.title(), closing(kind.request(), edges), null))
                .toList();
        CircleRequest air = question.byAir() == null ? null : landing(closing(question.byAir(), edges));
        return new Question(kinds, question.every(), air, question.byAirFor(), false, false);
    }

    private static CircleRequest landing(CircleRequest request) {
        return new CircleRequest(
                request.stations(),
                request.minutes(),
                request.direction(),
                request.profile(),
                request.offRoad(),
                request.keyMillis(),
                request.cuts(),
                List.of(),
                false,
                true,
                edge -> false);
    }

    private static CircleRequest some(RoadNetwork network, SplittableRandom random, String ids) {
        Circles circles = Circles.in(network).walk(600, 4.5).minutes(random.nextInt(2, 15));
        circles.layerStation(ids, 0, 10);
        int number = 0;
        for (double[] at : RandomTown.places(random, 3, 1500)) circles.layerStation(ids + number++, at[0], at[1]);
        return circles.request();
    }

    /** A bridge is not missed where a helicopter comes in time, and of several kinds all are wanted or one. */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void withHelicoptersAndSeveralKindsEveryLossIsWhatTheCircleLosesToo(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RoadNetwork network = RandomTown.network(random, random.nextInt(3, 25), true);
        List<Question.Kind> kinds = new ArrayList<>();
        for (int k = 0; k < 1 + random.nextInt(2); k++)
            kinds.add(new Question.Kind("k" + k, "k" + k, some(network, random, "k" + k + "s"), null));
        int byAirFor = random.nextInt(kinds.size());
        CircleRequest air = null;
        if (random.nextInt(3) > 0) {
            CircleRequest pads = some(network, random, "pad");
            air = new CircleRequest(
                    pads.stations(),
                    kinds.get(byAirFor).request().minutes(),
                    pads.direction(),
                    TravelProfile.FOOT,
                    pads.offRoad(),
                    network.graph().keyMillis(TravelProfile.FOOT),
                    Cuts.NONE,
                    List.of(),
                    false,
                    true,
                    edge -> false);
        }
        boolean every = random.nextBoolean();
        Question question = new Question(kinds, every, air, byAirFor, false, false);
        Circles circles = Circles.in(network);
        int number = 0;
        for (double[] at : RandomTown.places(random, 40, 3000))
            circles.village("v" + number++, at[0], at[1], (long) random.nextInt(500));
        Villages villages = circles.villages();
        Ground.Cache grounds = new Ground.Cache(Circles.settings());
        List<List<StationQuestions.Way>> ways = new ArrayList<>();
        for (int k = 0; k < kinds.size(); k++) {
            List<StationQuestions.Way> ofKind = new ArrayList<>();
            ofKind.add(way(network, grounds, kinds.get(k).request()));
            if (air != null && byAirFor == k) ofKind.add(way(network, grounds, air));
            ways.add(ofKind);
        }
        CriticalLinks links = new CriticalLinks(network, ways, every, villages);
        List<Link> candidates = CriticalLinks.candidates(
                network, network.graph().keyMillis(TravelProfile.FOOT), List.of(Kind.SECTIONS), List.of(), null, 30);
        Map<Link, Loss> found = new HashMap<>();
        for (Loss loss : links.rank(candidates, Progress.none()).losses()) found.put(loss.link(), loss);
        Set<String> before = outside(network, question, villages);
        assertThat(links.villagesInTime()).isEqualTo(villages.all().size() - before.size());
        for (Link link : candidates) {
            Set<String> lost = outside(network, closing(question, link.edges()), villages);
            lost.removeAll(before);
            Set<String> said = new HashSet<>();
            if (found.containsKey(link))
                for (int v : found.get(link).lost())
                    said.add(villages.all().get(v).id());
            assertThat(said).as("edges %s, seed %d", link.edges(), seed).isEqualTo(lost);
        }
    }

    private static StationQuestions.Way way(RoadNetwork network, Ground.Cache grounds, CircleRequest request) {
        Ground ground = grounds.of(network, request.profile(), request.offRoad());
        return new StationQuestions.Way(
                request,
                ground,
                Located.of(network, request, ground, Circles.settings().station(), new ArrayList<>()));
    }

    @Test
    void theOnlyBridgeIsWorseThanOneWithAWayRound() {
        // West bank with the station, two bridges over the river at x = 1 000: the north one 2 km away carries 300
        // people
        // alone; the south pair of a divided road counts as one and has the north bridge as its way round.
        RoadNetwork network = town().road("bank", 0, 0)
                .to(0, 5000)
                .road("south bridge", 0, 0)
                .to(1000, 0)
                .on(Structure.BRIDGE)
                .road("east", 1000, 0)
                .to(1000, 500)
                .road("lonely", 0, 5000)
                .to(1000, 5000)
                .on(Structure.BRIDGE)
                .road("north", 1000, 5000)
                .to(3000, 5000)
                .network();
        Circles circles = Circles.in(network)
                .station("s", 0, 100, 0)
                .walk(300, 4.5)
                .minutes(30)
                .village("south", 1000, 500, 100L)
                .village("north", 3000, 5000, 300L)
                .village("west", 0, 2000, 50L);
        CriticalLinks links = links(network, circles.request(), circles.villages());
        Ranking ranking = links.rank(
                CriticalLinks.candidates(
                        network,
                        network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                        List.of(Kind.BRIDGES),
                        List.of(),
                        null,
                        30),
                Progress.none());
        assertThat(ranking.candidates()).isEqualTo(2);
        assertThat(ranking.losses()).extracting(Loss::people).containsExactly(300L, 100L);
        assertThat(links.name(ranking.losses().get(0).link())).isEqualTo("lonely");
        assertThat(links.peopleInTime()).isEqualTo(450);
    }

    @Test
    void whoWalkedAcrossTheWaterBesideABridgeIsCutOffWithIt() {
        // A river at x = 500. The road ends on the west bank, its last 40 m are a bridge, which nobody leaves; people
        // on
        // the east bank are walked to from the bank at (480, 0) through the gap in the water beside the bridge: 140 m.
        RoadNetwork network = town().road("bank road", 0, 0)
                .to(480, 0)
                .road("bridge", 480, 0)
                .to(520, 0)
                .on(Structure.BRIDGE)
                .network();
        Geometry river = GeoJson.FACTORY.createLineString(new Coordinate[] {at(500, -3000), at(500, 3000)});
        Circles circles = Circles.in(network)
                .station("s", 0, 0, 0)
                .walk(300, 4.5)
                .minutes(30)
                .village("west", 300, 50, 70L)
                .village("east", 620, 0, 40L)
                .on((x, y) -> 0, river);
        CriticalLinks links = links(network, circles.ground(), circles.request(), circles.villages());
        assertThat(links.peopleInTime()).isEqualTo(110);
        List<Link> bridges = CriticalLinks.candidates(
                network,
                network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                List.of(Kind.BRIDGES),
                List.of(),
                null,
                30);
        Ranking ranking = links.rank(bridges, Progress.none());
        assertThat(ranking.losses()).hasSize(1);
        assertThat(ranking.losses().get(0).people()).isEqualTo(40);
        assertThat(links.without(bridges.get(0), List.of(0, 1), 86_400_000)
                        .get(1)
                        .after())
                .isEqualTo(EdgeTimes.NONE);
        assertThat(circles.askWithout(bridges.get(0).edges()).uncovered())
                .as("as the circle says it")
                .extracting(Uncovered::id)
                .containsExactly("east");
    }

    private static Coordinate at(double x, double y) {
        double[] lonLat = Town.lonLat(x, y);
        return new Coordinate(lonLat[0], lonLat[1]);
    }

    @Test
    void twinBridgesOfADividedRoadAreLostTogether() {
        RoadNetwork network = town().road("Ring", 0, 0)
                .to(200, 0)
                .on(Structure.BRIDGE)
                .oneWay()
                .road("Ring", 200, 15)
                .to(0, 15)
                .on(Structure.BRIDGE)
                .oneWay()
                .road("Ring", 5000, 0)
                .to(5200, 0)
                .on(Structure.BRIDGE)
                .network();
        assertThat(CriticalLinks.candidates(
                        network,
                        network.graph().keyMillis(TravelProfile.FIRE_ENGINE),
                        List.of(Kind.BRIDGES),
                        List.of(),
                        null,
                        30))
                .extracting(link -> link.edges().length)
                .containsExactlyInAnyOrder(2, 1);
    }
}
