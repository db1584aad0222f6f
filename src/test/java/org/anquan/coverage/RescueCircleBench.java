package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelProfile;
import org.anquan.network.TravelTimes;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The rescue circle of 20 stations spread over Porto, bands of 15, 30 and 60 minutes, 500 villages: the whole answer of
 * the engine (bands, areas, people, villages outside, accuracy), and its parts one after another on one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RescueCircleBench {
    /** Widest band: in an hour nearly all of Porto is reached, in 15 minutes much is not. */
    @Param({"60", "15"})
    int widest;

    private final RescueCircle circle = new RescueCircle(Circles.settings());
    private RoadNetwork network;
    private CircleRequest request;
    private Villages villages;
    private Ground ground;
    private List<Source> sources;
    private EdgeTimes times;
    private TravelSurface surface;

    @Setup
    public void setUp() {
        network = RealRoads.porto();
        RoadGraph graph = network.graph();
        SplittableRandom random = new SplittableRandom(7);
        List<Station> stations = new ArrayList<>();
        sources = new ArrayList<>();
        while (stations.size() < 20) {
            int node = random.nextInt(graph.nodeCount());
            double lon = graph.nodeLon(node);
            double lat = graph.nodeLat(node);
            var snap = network.snap(lon, lat, TravelProfile.FIRE_ENGINE, 100);
            if (snap.isEmpty()) continue;
            stations.add(new Station("s" + stations.size(), "s" + stations.size(), lon, lat, 60, null));
            sources.add(new Source(snap.get(), 60_000));
        }
        List<Village> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int node = random.nextInt(graph.nodeCount());
            double lon = graph.nodeLon(node) + random.nextDouble(-0.01, 0.01);
            double lat = graph.nodeLat(node) + random.nextDouble(-0.01, 0.01);
            all.add(new Village("v" + i, "v" + i, lon, lat, (long) random.nextInt(3000)));
        }
        villages = new Villages("village", 1, null, false, all);
        OffRoad offRoad = new OffRoad(2000, 4.5, null);
        request = new CircleRequest(
                stations,
                widest == 60 ? List.of(15, 30, 60) : List.of(5, 10, 15),
                Direction.FROM,
                TravelProfile.FIRE_ENGINE,
                offRoad,
                graph.keyMillis(TravelProfile.FIRE_ENGINE),
                List.of(),
                false);
        long start = System.nanoTime();
        ground = circle.grounds().of(network, TravelProfile.FIRE_ENGINE, offRoad);
        ground.villages(villages);
        System.out.printf(
                "%ncells %d x %d of %.0f m, pieces %d, made in %d ms%n",
                ground.grid.cols,
                ground.grid.rows,
                ground.grid.cellMetres,
                ground.access.pieces(),
                (System.nanoTime() - start) / 1_000_000);
        times = new EdgeTimes(graph, request.keyMillis(), sources, Direction.FROM, bareSweep());
        surface = travelSurface();
        CircleAnswer answer = wholeAnswer();
        System.out.println(answer.accuracy() + " " + answer.covered() + " outside "
                + answer.uncovered().size());
        System.out.println("vertices " + answer.widest().getNumPoints());
    }

    @Benchmark
    public CircleAnswer wholeAnswer() {
        return circle.answer(network, request, villages, null);
    }

    @Benchmark
    public TravelTimes bareSweep() {
        return Sweep.run(network.graph(), request.keyMillis(), sources, Direction.FROM, 86_400_000);
    }

    @Benchmark
    public TravelSurface travelSurface() {
        return TravelSurface.of(ground.access, times, Terrain.EVEN, 800, 2000, request.widestMillis() + 160_000);
    }

    @Benchmark
    public Contours.Partition widestBandAndAreas() {
        return Contours.partition(surface, request.widestMillis(), sources.size());
    }

    @Benchmark
    public Contours.Shape smallerBand() {
        return Contours.band(surface, request.minutes().get(0) * 60_000);
    }

    @Benchmark
    public long exactTimes() {
        long sum = 0;
        for (var near : ground.villages(villages).near) sum += near.best(times, 800, 2000);
        for (var near : ground.samples().near) sum += near.best(times, 800, 2000);
        return sum;
    }
}
