package org.anquan.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Vehicle;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Point;

/**
 * What the county's own roster of bridges says of the road sections: closed ones, and limits of height and load beside
 * those of the imported network; the stricter counts. A bridge belongs to the nearest section that is a bridge, tunnel or
 * ford, and to the other sections of the same road within reach (its twin); where there is none, to the nearest section.
 */
final class BridgeRoster {
    static final BridgeRoster EMPTY = new BridgeRoster();

    private final Map<Integer, Rule> rules = new TreeMap<>();

    /** @param name of the bridge that sets the rule */
    private record Rule(boolean closed, double heightMetres, double loadTonnes, String name) {
        boolean stops(Vehicle vehicle) {
            return closed || !vehicle.passes(heightMetres, Double.NaN, loadTonnes);
        }
    }

    private BridgeRoster() {}

    static BridgeRoster of(LayerSnapshot bridges, RoadNetwork network, Touched.Sections index, double reachMetres) {
        BridgeRoster roster = new BridgeRoster();
        for (Feature feature : bridges.features()) {
            boolean closed = Boolean.TRUE.equals(feature.get("closed"));
            double height = number(feature.get("heightLimitM"));
            double load = number(feature.get("loadLimitT"));
            if (feature.geometry().isEmpty() || (!closed && Double.isNaN(height) && Double.isNaN(load))) continue;
            Rule rule = new Rule(closed, height, load, feature.name());
            for (int edge : sections(feature, network, index, reachMetres))
                roster.rules.merge(edge, rule, BridgeRoster::stricter);
        }
        return roster.rules.isEmpty() ? EMPTY : roster;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() > 0 ? number.doubleValue() : Double.NaN;
    }

    private static Rule stricter(Rule one, Rule other) {
        return new Rule(
                one.closed || other.closed,
                least(one.heightMetres, other.heightMetres),
                least(one.loadTonnes, other.loadTonnes),
                one.name.equals(other.name) ? one.name : one.name + "、" + other.name);
    }

    private static double least(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }

    private static List<Integer> sections(
            Feature bridge, RoadNetwork network, Touched.Sections index, double reachMetres) {
        RoadGraph graph = network.graph();
        Point at = bridge.geometry() instanceof Point point
                ? point
                : bridge.geometry().getInteriorPoint();
        Nearest around = new Nearest(graph, at.getX(), at.getY(), reachMetres);
        List<Integer> near = new ArrayList<>();
        index.near(around.box(), near::add);
        near.removeIf(network::replaced);
        Nearest carried = new Nearest(graph, at.getX(), at.getY(), reachMetres);
        for (int edge : near) {
            around.look(edge);
            if (carries(graph, edge)) carried.look(edge);
        }
        if (carried.edge < 0) return around.edge < 0 ? List.of() : List.of(around.edge);
        List<Integer> all = new ArrayList<>();
        String name = network.edgeName(carried.edge);
        for (int edge : near) {
            boolean same = graph.edgeRoad(edge) == graph.edgeRoad(carried.edge)
                    || (!name.isBlank() && name.equals(network.edgeName(edge)));
            Nearest one = new Nearest(graph, at.getX(), at.getY(), reachMetres);
            if (same && carries(graph, edge)) one.look(edge);
            if (one.edge >= 0) all.add(edge);
        }
        return all;
    }

    private static boolean carries(RoadGraph graph, int edge) {
        Structure structure = graph.edgeStructure(edge);
        return structure == Structure.BRIDGE || structure == Structure.TUNNEL || structure == Structure.FORD;
    }

    /** Times by key with the sections closed that stop a vehicle; the very same array where none does. */
    int[] on(int[] times, Vehicle vehicle) {
        int[] now = times;
        for (Map.Entry<Integer, Rule> one : rules.entrySet()) {
            int edge = one.getKey();
            if (!one.getValue().stops(vehicle)
                    || (times[2 * edge] == RoadGraph.CLOSED && times[2 * edge + 1] == RoadGraph.CLOSED)) continue;
            if (now == times) now = times.clone();
            now[2 * edge] = RoadGraph.CLOSED;
            now[2 * edge + 1] = RoadGraph.CLOSED;
        }
        return now;
    }

    /** Is a section closed to everybody, people on foot too? */
    boolean closes(int edge) {
        Rule rule = rules.get(edge);
        return rule != null && rule.closed;
    }

    /** Why a section stops a vehicle, or null where it does not. */
    @Nullable
    Text reason(int edge, Vehicle vehicle) {
        Rule rule = rules.get(edge);
        if (rule == null || !rule.stops(vehicle)) return null;
        if (rule.closed) return Text.of("scenario.roster.closed", rule.name);
        if (vehicle.loadTonnes() > rule.loadTonnes)
            return Text.of("scenario.roster.load", rule.name, rule.loadTonnes, vehicle.loadTonnes());
        return Text.of("scenario.roster.height", rule.name, rule.heightMetres, vehicle.heightMetres());
    }
}
