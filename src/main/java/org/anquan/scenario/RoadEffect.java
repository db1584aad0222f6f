package org.anquan.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.Filters;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.geo.MetricCrs;
import org.anquan.network.AddedRoad;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.RoadWorks.Extended;
import org.anquan.network.TravelProfile;
import org.anquan.network.Vehicle;
import org.anquan.problem.Text;
import org.anquan.scenario.Scenario.Closure;
import org.anquan.scenario.Scenario.Factor;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.Puntal;

/**
 * Puts the closures and factors of a scenario on one graph: a mask and a multiplication over a copy of the times by key,
 * never a rebuild of the graph.
 */
final class RoadEffect {
    static final String BRIDGES = "bridge";
    private static final int NAMED = 10;

    private final Layers layers;
    private final ScenarioSettings settings;
    private final Touched.Sections index;
    private final RoadNetwork network;
    private final RoadGraph graph;
    private final List<Text> warnings = new ArrayList<>();
    private final List<Geometry> impassable = new ArrayList<>();
    /** Closed as a whole. */
    private final BitSet closed = new BitSet();
    /** Touched in part: marks (piece and share of the piece) from, until, from, until … in no order. */
    private final Map<Integer, double[]> touched = new TreeMap<>();
    /** Number of the closure that touched a section first, plus one. */
    private final int[] closedBy;

    private final BridgeRoster roster;
    private final UsualTimes usualTimes;

    /** A place whose own closures are left out. */
    private record Spared(int edge, double fraction, double metres) {}

    /** @param marks as of {@link #touched}, or null for the whole section */
    private record Piece(int edge, double @Nullable [] marks, int number) {}

    private @Nullable Spared spared;
    /** Of the one thing that is being closed, while some place is spared. */
    private final List<Piece> pieces = new ArrayList<>();

    RoadEffect(
            Layers layers,
            ScenarioSettings settings,
            Touched.Sections index,
            Extended world,
            BridgeRoster roster,
            UsualTimes usualTimes) {
        this.roster = roster;
        this.usualTimes = usualTimes;
        this.layers = layers;
        this.settings = settings;
        this.index = index;
        network = world.network();
        graph = network.graph();
        closedBy = new int[graph.edgeCount()];
        for (AddedRoad road : world.loose())
            warnings.add(Text.of(
                    "scenario.roadLoose", road.name().isEmpty() ? road.id() : road.name(), settings.joinMetres()));
    }

    /** Leaves out what closes this place, or its section so near to it. */
    RoadEffect sparing(int edge, double fraction, double metres) {
        spared = new Spared(edge, fraction, metres);
        return this;
    }

    WhatIf apply(Scenario scenario, TravelProfile profile) {
        Vehicle usual = graph.vehicle(profile);
        Vehicle vehicle =
                scenario.vehicle() == null ? usual : scenario.vehicle().or(usual);
        int[] normal = usualTimes.of(graph, roster, profile, vehicle);
        int[] base = vehicle.equals(usual) ? normal : usualTimes.of(graph, roster, profile, usual);
        if (scenario.closures().isEmpty() && scenario.factors().isEmpty())
            return new WhatIf(
                    network,
                    normal,
                    base,
                    Cuts.NONE,
                    0,
                    List.of(),
                    warnings,
                    edge -> roster.reason(edge, vehicle),
                    roster::closes);
        List<Closure> closures = scenario.closures();
        for (int i = 0; i < closures.size(); i++) close(closures.get(i), i);
        int[] times = normal.clone();
        slow(scenario.factors(), times);
        Cuts cuts = cut(times);
        closed.stream().forEach(edge -> {
            times[2 * edge] = RoadGraph.CLOSED;
            times[2 * edge + 1] = RoadGraph.CLOSED;
        });
        int closedEdges = closed.cardinality() + cuts.count();
        if (closedEdges > 0 && closedEdges >= drivable()) warnings.add(Text.of("scenario.allClosed"));
        return new WhatIf(
                network,
                times,
                base,
                cuts,
                closedEdges,
                impassable,
                warnings,
                edge -> closedBy[edge] == 0
                        ? roster.reason(edge, vehicle)
                        : reason(closures.get(closedBy[edge] - 1), closedBy[edge]),
                edge -> closedBy[edge] != 0 || roster.closes(edge));
    }

    private int drivable() {
        int all = 0;
        for (int edge = 0; edge < graph.edgeCount(); edge++) if (!network.replaced(edge)) all++;
        return all;
    }

    private Text reason(Closure closure, int number) {
        if (!closure.why().isEmpty()) return Text.of("scenario.closedBy.why", number, closure.why());
        if (closure instanceof Scenario.Hazard hazard)
            return Text.of(
                    "scenario.closedBy.layer",
                    number,
                    layers.definition(hazard.layer()).title());
        if (closure instanceof Scenario.Structures structures)
            return Text.of("scenario.closedBy.bridges", number, structures.namesOrIds());
        return Text.of(
                closure instanceof Scenario.Drawn ? "scenario.closedBy.drawn" : "scenario.closedBy.roads", number);
    }

    // Closing

    private void close(Closure closure, int number) {
        boolean some = false;
        if (closure instanceof Scenario.Drawn drawn) some = closeDrawn(drawn.geometry(), number);
        else if (closure instanceof Scenario.Roads roads) some = closeRoads(roads.ids(), number);
        else if (closure instanceof Scenario.Structures structures)
            some = closeStructures(structures.namesOrIds(), number);
        else if (closure instanceof Scenario.Hazard hazard) some = closeHazard(hazard, number);
        if (!some) warnings.add(Text.of("scenario.closureTouchesNothing", number + 1));
    }

    private boolean whole(int edge, int number) {
        return piece(new Piece(edge, null, number));
    }

    private boolean stretch(int edge, double from, double until, int number) {
        return piece(new Piece(edge, new double[] {from, until}, number));
    }

    private boolean piece(Piece piece) {
        if (network.replaced(piece.edge())) return false;
        if (spared == null) take(piece);
        else pieces.add(piece);
        return true;
    }

    private void take(Piece piece) {
        int edge = piece.edge();
        if (closedBy[edge] == 0) closedBy[edge] = piece.number() + 1;
        double[] more = piece.marks();
        if (more == null) {
            closed.set(edge);
            return;
        }
        double[] before = touched.get(edge);
        double[] now = before == null ? new double[2] : Arrays.copyOf(before, before.length + 2);
        now[now.length - 2] = more[0];
        now[now.length - 1] = more[1];
        touched.put(edge, now);
    }

    /** One thing is closed: a part of a geometry, a road, a bridge, a feature. */
    private void oneDone() {
        Spared place = spared;
        if (place == null) return;
        if (pieces.stream().noneMatch(piece -> closes(piece, place))) pieces.forEach(this::take);
        pieces.clear();
    }

    private boolean closes(Piece piece, Spared place) {
        if (piece.edge() != place.edge()) return false;
        double[] marks = piece.marks();
        if (marks == null) return true;
        double[] shares = Touched.shares(graph, piece.edge(), marks);
        double away = Math.max(shares[0] - place.fraction(), place.fraction() - shares[1]);
        return away * graph.edgeMetres(piece.edge()) <= place.metres();
    }

    private boolean closeDrawn(Geometry geometry, int number) {
        boolean some = false;
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            if (part instanceof Puntal) some |= closeNearest((Point) part, number);
            else some |= closeTouched(part, number);
            if (part instanceof Polygonal) impassable.add(part);
            oneDone();
        }
        return some;
    }

    private boolean closeTouched(Geometry geometry, int number) {
        boolean[] some = new boolean[1];
        new Touched(graph, index).by(geometry, (edge, from, until) -> some[0] |= stretch(edge, from, until, number));
        return some[0];
    }

    private boolean closeNearest(Point point, int number) {
        Nearest nearest = new Nearest(graph, point.getX(), point.getY(), settings.pointReachMetres());
        index.near(nearest.box(), edge -> {
            if (!network.replaced(edge)) nearest.look(edge);
        });
        return nearest.edge >= 0 && stretch(nearest.edge, nearest.mark, nearest.mark, number);
    }

    private boolean closeRoads(List<String> ids, int number) {
        Set<String> wanted = new HashSet<>(ids);
        Set<Long> roads = new HashSet<>();
        for (String id : wanted) if (id.matches("w\\d{1,18}")) roads.add(Long.parseLong(id.substring(1)));
        Set<String> found = new HashSet<>();
        boolean some = false;
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            if (!roads.contains(graph.edgeRoad(edge))) continue;
            found.add("w" + graph.edgeRoad(edge));
            if (spared != null && graph.edgeRoad(spared.edge()) == graph.edgeRoad(edge)) continue;
            some |= whole(edge, number);
            oneDone();
        }
        wanted.removeAll(found);
        if (!wanted.isEmpty())
            warnings.add(Text.of(
                    "scenario.roadsUnknown",
                    wanted.stream().sorted().limit(NAMED).toList()));
        return some;
    }

    /** By id or whole name; only where neither the roster nor the roads have one, by a part of the name. */
    private boolean closeStructures(List<String> wanted, int number) {
        LayerSnapshot snapshot =
                layers.definitions().stream().anyMatch(layer -> layer.id().equals(BRIDGES))
                        ? layers.snapshot(BRIDGES)
                        : null;
        boolean some = false;
        List<String> unknown = new ArrayList<>();
        for (String one : wanted) {
            String name = plain(one);
            boolean found = closeByRoster(
                    snapshot,
                    number,
                    bridge -> bridge.id().equals(one) || plain(bridge.name()).equals(name));
            found |= closeByName(
                    number,
                    edge -> plain(network.edgeName(edge)).equals(name) || one.equals("w" + graph.edgeRoad(edge)));
            if (!found && name.length() > 1) {
                found = closeByRoster(
                        snapshot, number, bridge -> plain(bridge.name()).contains(name));
                found |= closeByName(
                        number, edge -> plain(network.edgeName(edge)).contains(name));
            }
            oneDone();
            if (!found) unknown.add(one);
            some |= found;
        }
        if (!unknown.isEmpty())
            warnings.add(Text.of(
                    "scenario.bridgesUnknown",
                    unknown.stream().sorted().limit(NAMED).toList()));
        return some;
    }

    /** Features of layer bridge: all bridge or tunnel sections within reach, else the road there is cut. */
    private boolean closeByRoster(@Nullable LayerSnapshot bridges, int number, Predicate<Feature> wanted) {
        if (bridges == null) return false;
        boolean some = false;
        for (Feature feature : bridges.features()) {
            if (!wanted.test(feature)) continue;
            Point at = feature.geometry() instanceof Point point
                    ? point
                    : feature.geometry().getInteriorPoint();
            boolean carried = false;
            Nearest around = new Nearest(graph, at.getX(), at.getY(), settings.structureReachMetres());
            List<Integer> near = new ArrayList<>();
            index.near(around.box(), near::add);
            for (int edge : near) {
                if (!carried(edge) || network.replaced(edge)) continue;
                Nearest one = new Nearest(graph, at.getX(), at.getY(), settings.structureReachMetres());
                one.look(edge);
                if (one.edge >= 0) carried |= whole(edge, number);
            }
            some |= carried || closeNearest(at, number);
        }
        return some;
    }

    private boolean carried(int edge) {
        Structure structure = graph.edgeStructure(edge);
        return structure == Structure.BRIDGE || structure == Structure.TUNNEL || structure == Structure.FORD;
    }

    /** Sections that are bridges, tunnels or fords. */
    private boolean closeByName(int number, IntPredicate wanted) {
        boolean some = false;
        for (int edge = 0; edge < graph.edgeCount(); edge++)
            if (carried(edge) && !network.replaced(edge) && wanted.test(edge)) some |= whole(edge, number);
        return some;
    }

    private static String plain(String name) {
        return name.strip().replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private boolean closeHazard(Scenario.Hazard hazard, int number) {
        LayerSnapshot snapshot = layers.snapshot(hazard.layer());
        Filter filter = hazard.filter() == null ? null : Filters.parse(hazard.filter(), snapshot.definition());
        boolean some = false;
        MetricCrs metric = null;
        for (Feature feature : snapshot.features()) {
            if (filter != null && !filter.matches(feature)) continue;
            Geometry area = feature.geometry();
            if (hazard.bufferMetres() > 0) {
                double lon = area.getEnvelopeInternal().centre().x;
                if (metric == null || Math.abs(lon - metric.centralMeridianDegrees()) > 1.5) metric = MetricCrs.at(lon);
                area = metric.toLonLat(metric.toMetres(area).buffer(hazard.bufferMetres()));
            }
            if (area instanceof Puntal) some |= closeDrawn(area, number);
            else some |= closeTouched(area, number);
            if (area instanceof Polygonal) impassable.add(area);
            oneDone();
        }
        return some;
    }

    // Cutting

    /** Joins what was touched; a section that is touched from end to end is closed as a whole. */
    private Cuts cut(int[] times) {
        TreeMap<Integer, Cuts.Cut> all = new TreeMap<>();
        touched.forEach((edge, marks) -> {
            if (closed.get(edge)) return;
            double[] blocks = joined(Touched.shares(graph, edge, marks));
            if (blocks.length == 2 && blocks[0] <= 0 && blocks[1] >= 1) {
                closed.set(edge);
                return;
            }
            all.put(edge, new Cuts.Cut(times[2 * edge], times[2 * edge + 1], blocks));
            times[2 * edge] = RoadGraph.CLOSED;
            times[2 * edge + 1] = RoadGraph.CLOSED;
        });
        return Cuts.of(all);
    }

    /** Ascending and without overlaps. */
    static double[] joined(double[] stretches) {
        int count = stretches.length / 2;
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Arrays.sort(order, (a, b) -> Double.compare(stretches[2 * a], stretches[2 * b]));
        double[] out = new double[stretches.length];
        int used = 0;
        for (int i : order) {
            if (used > 0 && stretches[2 * i] <= out[used - 1]) {
                out[used - 1] = Math.max(out[used - 1], stretches[2 * i + 1]);
                continue;
            }
            out[used++] = stretches[2 * i];
            out[used++] = stretches[2 * i + 1];
        }
        return Arrays.copyOf(out, used);
    }

    // Slowing

    private void slow(List<Factor> factors, int[] times) {
        for (Factor factor : factors) {
            Geometry where = factor.area();
            if (where == null) {
                for (int key = 0; key < times.length; key++) times[key] = slowed(times[key], factor.value());
                continue;
            }
            BitSet inside = new BitSet();
            new Touched(graph, index).by(where, (edge, from, until) -> inside.set(edge));
            inside.stream().forEach(edge -> {
                times[2 * edge] = slowed(times[2 * edge], factor.value());
                times[2 * edge + 1] = slowed(times[2 * edge + 1], factor.value());
            });
        }
    }

    private static int slowed(int millis, double factor) {
        if (millis == RoadGraph.CLOSED) return millis;
        return (int) Math.min(RoadGraph.CLOSED - 1L, Math.round(millis / factor));
    }
}
