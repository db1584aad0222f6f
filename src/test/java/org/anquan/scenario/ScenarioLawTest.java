package org.anquan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anquan.geo.GeoJson;
import org.anquan.geo.Overlay;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks.Extended;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.network.Turns;
import org.anquan.network.Way;
import org.anquan.scenario.Scenario.Closure;
import org.anquan.scenario.Scenario.Drawn;
import org.anquan.scenario.Scenario.Facilities;
import org.anquan.scenario.Scenario.Factor;
import org.anquan.scenario.Scenario.Validity;
import org.anquan.town.Town;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;

/** What holds for any scenario on any streets. */
class ScenarioLawTest {
    private static final TravelProfile PROFILE = TravelProfile.FIRE_ENGINE;
    private static final ScenarioSettings SETTINGS =
            new ScenarioSettings(100, 80, 50, 20_000, 200_000, 5_000, 10_000, 5_000, 10, java.util.Map.of());

    /** Streets of a grid with bends, some missing, in a square of 5 km. */
    private static RoadNetwork streets(Random random) {
        Town town = Town.town();
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) {
                if (i < 5 && random.nextInt(5) > 0) street(town, random, i, j, i + 1, j);
                if (j < 5 && random.nextInt(5) > 0) street(town, random, i, j, i, j + 1);
            }
        return street(town, random, 0, 0, 5, 5).network();
    }

    private static Town street(Town town, Random random, int i, int j, int k, int l) {
        town.road("街", i * 1000, j * 1000).to(k * 1000, l * 1000).kmh(20 + random.nextInt(50));
        return town;
    }

    private static Geometry drawn(Random random) {
        double x = random.nextDouble() * 5000;
        double y = random.nextDouble() * 5000;
        if (random.nextInt(3) == 0)
            return GeoJson.FACTORY.createLineString(
                    new Coordinate[] {at(x, y), at(x + random.nextInt(1500) - 700, y + random.nextInt(1500) - 700)});
        int corners = 3 + random.nextInt(60);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int c = 0; c < corners; c++) {
            double angle = 2 * Math.PI * c / corners;
            double radius = 100 + random.nextInt(900);
            ring[c] = at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
        }
        ring[corners] = ring[0];
        return GeoJson.FACTORY.createPolygon(ring);
    }

    private static Coordinate at(double x, double y) {
        return new Coordinate(Town.lon(x, y), Town.lat(x, y));
    }

    private static WhatIf apply(RoadNetwork network, List<Closure> closures, List<Factor> factors) {
        Scenario scenario = new Scenario(closures, factors, Facilities.AS_THEY_ARE, List.of(), null, Validity.ALWAYS);
        return new RoadEffect(
                        new NoLayers(List.of()),
                        SETTINGS,
                        new EdgeIndexes().of(network),
                        new Extended(network, List.of()),
                        BridgeRoster.EMPTY,
                        new UsualTimes())
                .apply(scenario, PROFILE);
    }

    private static TravelTimes sweep(RoadNetwork network, WhatIf world, Snap from, Direction direction) {
        return Sweep.run(
                network.graph(),
                world.keyMillis(),
                world.cuts(),
                List.of(new Source(from, 0)),
                direction,
                Integer.MAX_VALUE);
    }

    private static Snap place(RoadNetwork network, Random random) {
        int edge = random.nextInt(network.graph().edgeCount());
        double share = random.nextDouble();
        LineString line = line(network.graph(), edge);
        Coordinate from = line.getCoordinateN(0);
        Coordinate to = line.getCoordinateN(1);
        return new Snap(edge, share, 0, from.x + share * (to.x - from.x), from.y + share * (to.y - from.y));
    }

    @Property(tries = 100)
    void whatIsTouchedIsWhatTheGeometryLibraryFindsTouched(@ForAll long seed) {
        Random random = new Random(seed);
        RoadNetwork network = streets(random);
        RoadGraph graph = network.graph();
        Geometry closure = random.nextInt(4) == 0 ? comb(random) : drawn(random);
        SortedMap<Integer, double[]> found = new TreeMap<>();
        new Touched(graph, new EdgeIndexes().of(network)).by(closure, (edge, from, until) -> {
            double[] shares = Touched.shares(graph, edge, new double[] {from, until});
            double[] before = found.getOrDefault(edge, new double[0]);
            double[] now = java.util.Arrays.copyOf(before, before.length + 2);
            now[before.length] = shares[0];
            now[before.length + 1] = shares[1];
            found.put(edge, now);
        });
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            LineString road = line(graph, edge);
            Geometry shared = closure.isValid() ? Overlay.intersection(closure, road) : null;
            if (shared == null) continue;
            assertThat(found.containsKey(edge)).as("section %d", edge).isEqualTo(closure.intersects(road));
            if (!found.containsKey(edge)) continue;
            double[] blocks = RoadEffect.joined(found.get(edge));
            double share = 0;
            for (int i = 0; i < blocks.length; i += 2) share += blocks[i + 1] - blocks[i];
            // Along one straight section degrees and metres grow alike.
            assertThat(share).as("section %d", edge).isCloseTo(shared.getLength() / road.getLength(), within(1e-3));
        }
    }

    /** Teeth of any size over the streets: most sections are crossed many times. */
    private static Geometry comb(Random random) {
        int teeth = 2 * (5 + random.nextInt(100));
        double south = random.nextDouble() * 4000;
        double north = south + 100 + random.nextDouble() * 3000;
        double west = random.nextDouble() * 3000;
        Coordinate[] ring = new Coordinate[teeth + 3];
        for (int i = 0; i < teeth; i++) ring[i] = at(west + 20.0 * i, i % 2 == 0 ? south : north);
        ring[teeth] = at(west + 20.0 * teeth, south - 10);
        ring[teeth + 1] = at(west, south - 10);
        ring[teeth + 2] = ring[0].copy();
        return GeoJson.FACTORY.createPolygon(ring);
    }

    private static LineString line(RoadGraph graph, int edge) {
        int first = graph.shapeFirst(edge);
        Coordinate[] all = new Coordinate[graph.shapeFirst(edge + 1) - first];
        for (int i = 0; i < all.length; i++)
            all[i] = new Coordinate(graph.shapeLon()[first + i], graph.shapeLat()[first + i]);
        return GeoJson.FACTORY.createLineString(all);
    }

    @Property(tries = 100)
    void closingMoreNeverHelpsAndTowardIsAsFarAsFrom(@ForAll long seed) {
        Random random = new Random(seed);
        RoadNetwork network = streets(random);
        List<Closure> closures = new ArrayList<>();
        Snap start = place(network, random);
        List<Snap> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) places.add(place(network, random));
        int[] before = new int[places.size()];
        for (int round = 0; round < 4; round++) {
            WhatIf world = apply(network, closures, List.of());
            TravelTimes from = sweep(network, world, start, Direction.FROM);
            TravelTimes toward = sweep(network, world, start, Direction.TO);
            for (int i = 0; i < before.length; i++) {
                Snap place = places.get(i);
                int now = from.millisAt(place.edge(), place.fraction());
                assertThat(now).isGreaterThanOrEqualTo(before[i]);
                // No street is one-way.
                assertThat(toward.millisAt(place.edge(), place.fraction())).isEqualTo(now);
                before[i] = now;
            }
            closures.add(new Drawn(drawn(random), ""));
        }
    }

    @Property(tries = 50)
    void aRouteTakesAsLongAsTheSweepSays(@ForAll long seed) {
        Random random = new Random(seed);
        RoadNetwork network = streets(random);
        WhatIf world = apply(network, List.of(new Drawn(drawn(random), ""), new Drawn(drawn(random), "")), List.of());
        RouteFinder finder = new RouteFinder(network.graph(), Turns.FREE);
        Snap start = place(network, random);
        TravelTimes sweep = sweep(network, world, start, Direction.FROM);
        for (int i = 0; i < 20; i++) {
            Snap end = place(network, random);
            int millis = sweep.millisAt(end.edge(), end.fraction());
            Optional<Way> way = finder.find(world.keyMillis(), world.cuts(), start, end);
            assertThat(way.isPresent()).isEqualTo(millis != TravelTimes.UNREACHED);
            if (way.isEmpty()) continue;
            assertThat(way.get().totalMillis()).isEqualTo(millis);
            for (int p = 0; p < way.get().pieces(); p++) {
                int cut = world.cuts().find(way.get().edge(p));
                if (cut >= 0 && way.get().from()[p] != way.get().to()[p])
                    assertThat(world.cuts()
                                    .open(cut, way.get().from()[p], way.get().to()[p]))
                            .isTrue();
            }
        }
    }

    @Property(tries = 50)
    void closingNothingAndSlowingNothingIsNoScenario(@ForAll long seed) {
        Random random = new Random(seed);
        RoadNetwork network = streets(random);
        WhatIf none = apply(network, List.of(), List.of());
        // Far from every street.
        Geometry nowhere = GeoJson.FACTORY.createPoint(at(50_000, 50_000)).buffer(0.001);
        WhatIf nothing = apply(
                network,
                List.of(new Drawn(nowhere, "")),
                List.of(new Factor(1, "", null), new Factor(0.5, "", nowhere)));
        assertThat(nothing.keyMillis()).isEqualTo(none.keyMillis());
        assertThat(nothing.cuts().isEmpty()).isTrue();
        assertThat(nothing.closedEdges()).isZero();
        assertThat(nothing.warnings()).extracting(text -> text.key()).containsExactly("scenario.closureTouchesNothing");
    }
}
