package org.anquan.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last part of {@code bin/bench coverage}: with one argument it writes the places that Valhalla is asked, the very ones
 * of the other peers; with two (JMH's result file, Valhalla's) it prints one table with ratios.
 */
final class PeerTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode results;
    private final @Nullable JsonNode valhalla;

    private PeerTable(JsonNode results, @Nullable JsonNode valhalla) {
        this.results = results;
        this.valhalla = valhalla;
    }

    public static void main(String[] files) throws IOException {
        if (files.length == 1) {
            writePlaces(Path.of(files[0]));
            return;
        }
        Path theirs = Path.of(files[1]);
        new PeerTable(
                        JSON.readTree(Files.readString(Path.of(files[0]))),
                        Files.exists(theirs) ? JSON.readTree(Files.readString(theirs)) : null)
                .print();
    }

    private static void writePlaces(Path to) throws IOException {
        HopperNetwork network = Imported.porto();
        ObjectNode all = JSON.createObjectNode();
        put(all.putArray("stations"), Places.onRoads(network, TravelProfile.FIRE_ENGINE, 20, 1));
        put(all.putArray("from"), Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 2));
        put(all.putArray("to"), Places.onRoads(network, TravelProfile.FIRE_ENGINE, 100, 3));
        Files.createDirectories(to.getParent());
        Files.writeString(to, all.toString());
    }

    private static void put(ArrayNode to, List<Snap> places) {
        for (Snap place : places) to.addArray().add(place.lon()).add(place.lat());
    }

    private void print() {
        System.out.printf("%nPorto, 79 697 junctions, 20 stations, one hour; ms, means of JMH, ratio to Anquan%n");
        System.out.printf("%-52s %12s %8s%n", "work", "ms", "ratio");
        Double sweep = ours("every junction's nearest station, Anquan", "SweepBench.sweep", null);
        peer("  plain Dijkstra, one search", of("SweepBench.plainDijkstra"), sweep);
        peer("  pgRouting, driving distance, nearest", of("PgRoutingBench.pgRoutingNearest"), sweep);
        peer("  GraphHopper, 20 shortest-path trees", of("SweepBench.graphHopperTrees"), sweep);
        Double whole = ours("whole answer with areas and people, Anquan", "CoverageBench.wholeAnswer", "1");
        peer("  GraphHopper, the 20 trees alone", of("SweepBench.graphHopperTrees"), whole);
        peer("  Valhalla, 20 isochrones with islands", valhalla("circlesMillis"), whole);
        ours("a station off", "CoverageBench.stationOff", "1");
        ours("with backup", "CoverageBench.withBackup", "1");
        ours("200 polygons closed, before and after", "CoverageBench.after200PolygonsWithBeforeAndAfter", "1");
        Double matrix = ours("matrix 100 x 100, Anquan", "PgRoutingBench.matrix", null);
        peer("  pgRouting, Dijkstra cost", of("PgRoutingBench.pgRoutingMatrix"), matrix);
        peer("  Valhalla", valhalla("matrixMillis"), matrix);
        ours("critical links, all bridges and tunnels", "CriticalLinksBench", null);
        System.out.println(
                "Valhalla: its own speeds and turn costs, best of three in Node; - where a peer is not installed.");
    }

    private @Nullable Double ours(String what, String benchmark, @Nullable String side) {
        Double millis = of(benchmark, side);
        line(what, millis, null);
        return millis;
    }

    private static void peer(String what, @Nullable Double millis, @Nullable Double ours) {
        line(what, millis, millis == null || ours == null ? null : millis / ours);
    }

    private static void line(String what, @Nullable Double millis, @Nullable Double ratio) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %12s %8s%n",
                what,
                millis == null ? "-" : String.format(Locale.ROOT, "%.1f", millis),
                ratio == null ? "" : String.format(Locale.ROOT, "%.1f", ratio));
    }

    private @Nullable Double of(String benchmark) {
        return of(benchmark, null);
    }

    private @Nullable Double of(String benchmark, @Nullable String side) {
        for (JsonNode one : results) {
            if (!one.path("benchmark").asString().contains("." + benchmark)) continue;
            if (side != null && !one.path("params").path("side").asString("").equals(side)) continue;
            return one.path("primaryMetric").path("score").asDouble();
        }
        return null;
    }

    private @Nullable Double valhalla(String field) {
        return valhalla == null ? null : Double.valueOf(valhalla.path(field).asDouble());
    }
}
