package org.anquan.network;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.anquan.catalog.PostGisServer;
import org.anquan.network.Sweep.Direction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * pgRouting on the same arcs of Porto, in a cluster of its own, beside our sweep and matrix in the same run. The setup
 * prints the ratios of some runs of each, one after the other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class PgRoutingBench {
    private static final int HOUR = 3_600_000;
    private static final String EDGES = "'SELECT id, source, target, cost, reverse_cost FROM road'";

    private RoadGraph graph;
    private int[] times;
    private List<Snap> stations;
    private List<Snap> from;
    private List<Snap> to;
    private PostGisServer server;
    private Connection connection;

    @Setup
    public void load() throws SQLException {
        HopperNetwork network = Imported.porto();
        graph = network.graph();
        times = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        stations = atJunctions(Places.onRoads(network, TravelProfile.FIRE_ENGINE, 20, 1));
        from = atJunctions(Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 2));
        to = atJunctions(Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 3));
        server = PostGisServer.own();
        connection = DriverManager.getConnection(server.url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pgrouting CASCADE");
            statement.execute("CREATE TABLE road (id bigint PRIMARY KEY, source bigint, target bigint,"
                    + " cost double precision, reverse_cost double precision)");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO road VALUES (?, ?, ?, ?, ?)")) {
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                insert.setLong(1, edge + 1);
                insert.setLong(2, graph.edgeBase(edge));
                insert.setLong(3, graph.edgeHead(edge));
                insert.setDouble(4, seconds(times[2 * edge]));
                insert.setDouble(5, seconds(times[2 * edge + 1]));
                insert.addBatch();
                if (edge % 10_000 == 9_999) insert.executeBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE road");
        }
        ratio("20 stations, one hour", this::sweep, this::pgRoutingNearest);
        ratio("matrix 100 × 100", this::matrix, this::pgRoutingMatrix);
    }

    private static double seconds(int millis) {
        return millis == RoadGraph.CLOSED ? -1 : millis / 1_000.0;
    }

    private List<Snap> atJunctions(List<Snap> places) {
        return places.stream()
                .map(place -> new Snap(place.edge(), 0, 0, place.lon(), place.lat()))
                .toList();
    }

    private interface Work {
        Object done() throws SQLException;
    }

    private static void ratio(String what, Work mine, Work theirs) throws SQLException {
        double best = Double.POSITIVE_INFINITY;
        double peer = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 10; round++) {
            best = Math.min(best, millis(mine));
            if (round < 5) peer = Math.min(peer, millis(theirs));
        }
        System.out.printf("%s: %.1f ms, pgRouting %.1f ms, ratio %.0f%n", what, best, peer, peer / best);
    }

    private static double millis(Work work) throws SQLException {
        long start = System.nanoTime();
        work.done();
        return (System.nanoTime() - start) / 1e6;
    }

    @TearDown
    public void close() throws SQLException {
        connection.close();
        server.close();
    }

    @Benchmark
    public Object sweep() {
        return Sweep.run(graph, times, Places.sources(stations), Direction.FROM, HOUR);
    }

    /** Each junction's nearest station, in one search as ours. */
    @Benchmark
    public Object pgRoutingNearest() throws SQLException {
        return number("SELECT count(*) FROM pgr_drivingDistance(" + EDGES + ", " + nodes(stations)
                + ", 3600, directed := true, equicost := true)");
    }

    @Benchmark
    public Object matrix() {
        return TravelMatrix.between(graph, times, from, to);
    }

    @Benchmark
    public Object pgRoutingMatrix() throws SQLException {
        return number("SELECT count(*) FROM pgr_dijkstraCost(" + EDGES + ", " + nodes(from) + ", " + nodes(to)
                + ", directed := true)");
    }

    private String nodes(List<Snap> places) {
        return places.stream()
                .map(place -> Integer.toString(graph.edgeBase(place.edge())))
                .collect(Collectors.joining(",", "ARRAY[", "]::bigint[]"));
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
