package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Question.Kind;
import org.anquan.coverage.Question.World;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadGraph;
import org.anquan.network.TravelProfile;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;
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
 * What a dispatcher waits for, on Porto with 20 stations and 500 villages, bands of 15, 30 and 60 minutes; with side 4 on
 * Porto laid side by side sixteen times (synthetic, about a million junctions).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CoverageBench {
    /** Porto alone, or a million junctions. */
    @Param({"1", "4"})
    int side;

    private PortoCase porto;
    private World world;
    private CircleRequest open;
    private CircleRequest flooded;
    private CircleRequest oneOff;

    @Setup
    public void setUp() {
        porto = side == 1 ? new PortoCase(20, 60) : PortoCase.tiled(side, 20 * side * side, 60);
        world = new World(porto.villages, null, List.of(), null);
        open = porto.request();
        flooded = flooded();
        List<Station> fewer = new ArrayList<>(porto.stations);
        fewer.remove(0);
        oneOff = porto.request(fewer, open.keyMillis());
        Ground ground = porto.circle.grounds().of(porto.network, open.profile(), open.offRoad());
        System.out.printf(
                "%njunctions %d, cells %d x %d of %.0f m, pieces %d%n",
                porto.network.graph().nodeCount(),
                ground.grid.cols,
                ground.grid.rows,
                ground.grid.cellMetres,
                ground.access.pieces());
    }

    /** 200 flooded circles of 100 m somewhere on the roads; every section with a point in one is closed. */
    private CircleRequest flooded() {
        RoadGraph graph = porto.network.graph();
        SplittableRandom random = new SplittableRandom(3);
        int[] closed = graph.keyMillis(TravelProfile.FIRE_ENGINE).clone();
        List<Geometry> areas = new ArrayList<>();
        STRtree boxes = new STRtree();
        for (int i = 0; i < 200; i++) {
            int node = random.nextInt(graph.nodeCount());
            Geometry area = GeoJson.FACTORY
                    .createPoint(new Coordinate(graph.nodeLon(node), graph.nodeLat(node)))
                    .buffer(0.001);
            areas.add(area);
            boxes.insert(area.getEnvelopeInternal(), area.getEnvelopeInternal());
        }
        for (int e = 0; e < graph.edgeCount(); e++) {
            Envelope whole = new Envelope();
            for (int k = graph.shapeFirst(e); k < graph.shapeFirst(e + 1); k++)
                whole.expandToInclude(graph.shapeLon()[k], graph.shapeLat()[k]);
            for (Object box : boxes.query(whole))
                for (int k = graph.shapeFirst(e); k < graph.shapeFirst(e + 1); k++)
                    if (((Envelope) box).contains(graph.shapeLon()[k], graph.shapeLat()[k])) {
                        closed[2 * e] = RoadGraph.CLOSED;
                        closed[2 * e + 1] = RoadGraph.CLOSED;
                    }
        }
        return new CircleRequest(
                open.stations(),
                open.minutes(),
                open.direction(),
                open.profile(),
                open.offRoad(),
                closed,
                areas,
                false);
    }

    private CircleAnswer ask(CircleRequest request, boolean backup) {
        return porto.circle.answer(
                porto.network,
                new Question(List.of(new Kind("all", "", request, null)), true, null, 0, false, backup),
                world);
    }

    @Benchmark
    public CircleAnswer wholeAnswer() {
        return ask(open, false);
    }

    @Benchmark
    public CircleAnswer stationOff() {
        return ask(oneOff, false);
    }

    @Benchmark
    public CircleAnswer withBackup() {
        return ask(open, true);
    }

    /** Before and after beside each other, and the ground gained and lost, as the process does it. */
    @Benchmark
    public Object after200PolygonsWithBeforeAndAfter() {
        ForkJoinTask<CircleAnswer> other = ForkJoinPool.commonPool().submit(() -> ask(flooded, false));
        CircleAnswer before = ask(open, false);
        CircleAnswer after = other.join();
        return before.changeTo(after);
    }
}
