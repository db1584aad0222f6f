package org.anquan.town;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.anquan.geo.MetricCrs;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.jspecify.annotations.Nullable;

/**
 * A small world in metres: {@code town().road("North St", 0, 100).to(800, 100).kmh(36).road(…)}. x is east, y is north
 * of a fixed place in Lizhou. Every point given is a node; roads that name the same point meet there, roads that only
 * cross do not. Times are straight metres over the road's speed, the same for all profiles.
 */
public final class Town {
    private static final MetricCrs CRS = MetricCrs.at(105.8);
    private static final double[] ORIGIN = CRS.toMetres(105.8, 32.4);

    private final List<Road> roads = new ArrayList<>();

    private Town() {}

    public static Town town() {
        return new Town();
    }

    /** Lon, lat of a place so many metres east and north of the town's origin. */
    public static double[] lonLat(double x, double y) {
        return CRS.toLonLat(ORIGIN[0] + x, ORIGIN[1] + y);
    }

    public static double lon(double x, double y) {
        return lonLat(x, y)[0];
    }

    public static double lat(double x, double y) {
        return lonLat(x, y)[1];
    }

    /** Metres east and north of the town's origin. */
    public static double[] metres(double lon, double lat) {
        double[] at = CRS.toMetres(lon, lat);
        return new double[] {at[0] - ORIGIN[0], at[1] - ORIGIN[1]};
    }

    /** Begins a two-way village road at 36 km/h (10 m/s: easy to work out by hand). */
    public Road road(String name, double x, double y) {
        Road road = new Road(this, name);
        road.points.add(new double[] {x, y});
        roads.add(road);
        return road;
    }

    public RoadGraph graph() {
        RoadGraph.Builder builder = new RoadGraph.Builder();
        Map<String, Integer> nodes = new HashMap<>();
        for (int r = 0; r < roads.size(); r++) {
            Road road = roads.get(r);
            for (int i = 0; i + 1 < road.points.size(); i++) {
                double[] from = road.points.get(i);
                double[] to = road.points.get(i + 1);
                double metres = Math.hypot(to[0] - from[0], to[1] - from[1]);
                double[] a = lonLat(from[0], from[1]);
                double[] b = lonLat(to[0], to[1]);
                int edge = builder.edge(
                        node(builder, nodes, from),
                        node(builder, nodes, to),
                        metres,
                        new double[] {a[0], a[1], b[0], b[1]},
                        r + 1,
                        road.roadClass,
                        road.structure);
                int millis = (int) Math.round(metres / road.kmh * 3600);
                for (TravelProfile profile : TravelProfile.values())
                    if (road.only == null || road.only == profile)
                        builder.millis(edge, profile, millis, road.oneWay ? RoadGraph.CLOSED : millis);
            }
        }
        return builder.build();
    }

    private static int node(RoadGraph.Builder builder, Map<String, Integer> nodes, double[] at) {
        return nodes.computeIfAbsent(at[0] + "," + at[1], key -> {
            double[] lonLat = lonLat(at[0], at[1]);
            return builder.node(lonLat[0], lonLat[1]);
        });
    }

    public RoadNetwork network() {
        RoadGraph graph = graph();
        List<String> names = new ArrayList<>();
        for (Road road : roads) for (int i = 0; i + 1 < road.points.size(); i++) names.add(road.name);
        return new PlainNetwork(graph, names);
    }

    /** Any graph as a network: snapping looks at every edge. */
    public static RoadNetwork network(RoadGraph graph) {
        String[] names = new String[graph.edgeCount()];
        Arrays.fill(names, "");
        return new PlainNetwork(graph, List.of(names));
    }

    /** A road under construction. */
    public static final class Road {
        private final Town town;
        private final String name;
        private final List<double[]> points = new ArrayList<>();
        private double kmh = 36;
        private boolean oneWay;
        private RoadClass roadClass = RoadClass.VILLAGE;
        private Structure structure = Structure.GROUND;
        private @Nullable TravelProfile only;

        private Road(Town town, String name) {
            this.town = town;
            this.name = name;
        }

        public Road to(double x, double y) {
            points.add(new double[] {x, y});
            return this;
        }

        public Road kmh(double speed) {
            kmh = speed;
            return this;
        }

        /** Only in the direction in which its points were given. */
        public Road oneWay() {
            oneWay = true;
            return this;
        }

        public Road as(RoadClass kind) {
            roadClass = kind;
            return this;
        }

        public Road on(Structure carrier) {
            structure = carrier;
            return this;
        }

        public Road onlyFor(TravelProfile profile) {
            only = profile;
            return this;
        }

        public Road road(String next, double x, double y) {
            return town.road(next, x, y);
        }

        public Town done() {
            return town;
        }

        public RoadGraph graph() {
            return town.graph();
        }

        public RoadNetwork network() {
            return town.network();
        }
    }

    private static final class PlainNetwork implements RoadNetwork {
        private static int made;

        private final String version = "town-" + ++made;
        private final RoadGraph graph;
        private final List<String> names;

        PlainNetwork(RoadGraph graph, List<String> names) {
            this.graph = graph;
            this.names = names;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public String source() {
            return "town";
        }

        @Override
        public @Nullable Instant asOf() {
            return null;
        }

        @Override
        public RoadGraph graph() {
            return graph;
        }

        @Override
        public String edgeName(int edge) {
            return names.get(edge);
        }

        @Override
        public Optional<Snap> snap(
                double lon, double lat, TravelProfile profile, double maxMetres, IntPredicate edges) {
            if (Math.abs(lon - CRS.centralMeridianDegrees()) > 6) return Optional.empty();
            int[] millis = graph.keyMillis(profile);
            double[] p = metres(lon, lat);
            Snap best = null;
            for (int e = 0; e < graph.edgeCount(); e++) {
                if (millis[2 * e] == RoadGraph.CLOSED && millis[2 * e + 1] == RoadGraph.CLOSED) continue;
                if (!edges.test(e)) continue;
                Snap snap = onEdge(e, p);
                if (snap.metresAway() <= maxMetres && (best == null || snap.metresAway() < best.metresAway()))
                    best = snap;
            }
            return Optional.ofNullable(best);
        }

        private Snap onEdge(int edge, double[] p) {
            double total = 0;
            double bestAlong = 0;
            double bestAway = Double.POSITIVE_INFINITY;
            double[] bestAt = {0, 0};
            for (int i = graph.shapeFirst(edge); i + 1 < graph.shapeFirst(edge + 1); i++) {
                double[] a = metres(graph.shapeLon()[i], graph.shapeLat()[i]);
                double[] b = metres(graph.shapeLon()[i + 1], graph.shapeLat()[i + 1]);
                double dx = b[0] - a[0];
                double dy = b[1] - a[1];
                double length = Math.hypot(dx, dy);
                double t = length == 0
                        ? 0
                        : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (length * length)));
                double x = a[0] + t * dx;
                double y = a[1] + t * dy;
                double away = Math.hypot(p[0] - x, p[1] - y);
                if (away < bestAway) {
                    bestAway = away;
                    bestAlong = total + t * length;
                    bestAt = lonLat(x, y);
                }
                total += length;
            }
            return new Snap(edge, total == 0 ? 0 : bestAlong / total, bestAway, bestAt[0], bestAt[1]);
        }

        @Override
        public Optional<Route> route(
                double fromLon, double fromLat, double toLon, double toLat, TravelProfile profile, Locale language) {
            throw new UnsupportedOperationException("a town has no turn-by-turn routes");
        }
    }
}
