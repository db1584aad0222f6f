package org.anquan.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anquan.sample.Curves.Winding;
import org.anquan.sample.LizhouFacts.MainRoad;
import org.anquan.sample.LizhouFacts.River;
import org.anquan.sample.LizhouFacts.Unit;
import org.anquan.sample.RoadWeb.Crossing;
import org.anquan.sample.RoadWeb.Node;
import org.anquan.sample.RoadWeb.Way;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Rivers and roads of the sample. The main roads are the coarse lines of the facts, wound to the sinuosity of their
 * class between each pair of vertices; streets are an irregular grid round each town; village roads are spurs, one a
 * village, so that none of them can shorten a way between others.
 */
final class LizhouRoads {
    /** Tries for one winding road; the one that meets others least is kept. */
    private static final int TRIES = 120;

    private static final double JUNCTION_METRES = 25;
    /** A river on the way counts like so many metres more. */
    private static final double RIVER_DETOUR_METRES = 3000;

    final RoadWeb waters = new RoadWeb();
    final RoadWeb roads = new RoadWeb();
    /** Street nodes of each town by unit id: where its communities lie. */
    final Map<String, List<Node>> towns = new LinkedHashMap<>();
    /** Ways that belong to the network that is connected, and those that do not, kept apart. */
    private final RoadWeb island = new RoadWeb();

    private final Map<Coordinate, Node> shared = new HashMap<>();

    void layRivers(Random dice) {
        Map<Coordinate, Node> mouths = new HashMap<>();
        List<River> all = new ArrayList<>(LizhouFacts.RIVERS);
        all.addAll(LizhouFacts.SMALL_WATERS);
        for (River river : all) {
            boolean large = river.kind().equals("river");
            List<Coordinate> line = Curves.smooth(river.through(), large ? 90 : 70, large ? 130 : 180, dice);
            List<Node> nodes = new ArrayList<>();
            for (Coordinate at : line) nodes.add(mouths.computeIfAbsent(at, Node::new));
            waters.add(new Way(river.name(), "", large ? "river" : "stream", river.widthMetres(), nodes));
        }
    }

    void layMainRoads(Random dice) {
        List<MainRoad> all = new ArrayList<>(LizhouFacts.ROADS);
        all.addAll(LizhouFacts.HILL_ROADS);
        for (MainRoad road : all) {
            List<Node> nodes = new ArrayList<>();
            for (int i = 1; i < road.through().size(); i++) {
                Coordinate from = road.through().get(i - 1);
                Coordinate to = road.through().get(i);
                List<Coordinate> line = leastCrossing(from, to, road.winding(), dice);
                if (i == 1) nodes.add(node(from));
                for (Coordinate at : line.subList(1, line.size() - 1)) nodes.add(new Node(at));
                nodes.add(node(to));
            }
            roads.add(new Way(road.name(), road.ref(), road.highway(), 12, nodes));
        }
    }

    private Node node(Coordinate at) {
        return shared.computeIfAbsent(at, Node::new);
    }

    private List<Coordinate> leastCrossing(Coordinate from, Coordinate to, Winding how, Random dice) {
        List<Coordinate> best = List.of();
        double bestScore = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < TRIES && bestScore > 0; attempt++) {
            List<Coordinate> line = Curves.winding(from, to, how, dice);
            double score = roads.countCrossings(line) + 0.6 * waters.countCrossings(line) + crowding(line);
            if (score < bestScore) {
                bestScore = score;
                best = line;
            }
        }
        return best;
    }

    /** How much of the line runs close beside other roads or in a river. */
    private double crowding(List<Coordinate> line) {
        double sum = 0;
        for (int i = 4; i < line.size() - 4; i += 2) {
            if (roads.metresFrom(line.get(i), 90) < 90) sum += 0.15;
            if (waters.metresFrom(line.get(i), 160) < 160) sum += 0.1;
        }
        return sum;
    }

    // ---- streets

    void layStreets(Random dice) {
        for (Unit unit : LizhouFacts.UNITS) layStreets(unit, dice);
        Set<Node> reached = roads.connectedTo(shared.values());
        for (Way street : List.copyOf(roads.ways)) {
            if (!street.kind.equals("residential") || reached.contains(street.nodes.get(0))) continue;
            link(street, reached);
            reached = roads.connectedTo(shared.values());
        }
        for (Unit unit : LizhouFacts.UNITS) {
            List<Node> connected = new ArrayList<>();
            for (Node node : towns.getOrDefault(unit.id(), List.of())) if (reached.contains(node)) connected.add(node);
            towns.put(unit.id(), connected);
        }
    }

    private void layStreets(Unit unit, Random dice) {
        double radius = 300 + 4.0 * Math.sqrt(unit.people());
        double spacing = 190 + 50 * dice.nextDouble();
        double angle = dice.nextDouble() * Math.PI / 2;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        int half = (int) Math.ceil(radius * 1.2 / spacing);
        int size = 2 * half + 1;
        @Nullable Node[][] grid = new @Nullable Node[size][size];
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++) {
                double x = (i - half + 0.30 * (dice.nextDouble() - 0.5)) * spacing;
                double y = (j - half + 0.30 * (dice.nextDouble() - 0.5)) * spacing * 1.12;
                double reach = radius * (0.75 + 0.4 * dice.nextDouble());
                Coordinate at =
                        new Coordinate(unit.centre().x + x * cos - y * sin, unit.centre().y + x * sin + y * cos);
                if (Math.hypot(x, y) < reach && isFree(at, unit)) grid[i][j] = new Node(at);
            }
        List<Node> town = new ArrayList<>();
        int number = 0;
        for (int line = 0; line < size; line++) {
            List<@Nullable Node> row = new ArrayList<>();
            List<@Nullable Node> column = new ArrayList<>();
            for (int k = 0; k < size; k++) {
                row.add(grid[line][k]);
                column.add(grid[k][line]);
            }
            number += layStreet(unit.name() + "示例" + (number + 1) + "街", row, 0.07, dice, town) ? 1 : 0;
            number += layStreet(unit.name() + "示例" + (number + 1) + "巷", column, 0.14, dice, town) ? 1 : 0;
        }
        towns.put(unit.id(), town);
    }

    private boolean isFree(Coordinate at, Unit unit) {
        if (nearestUnit(at) != unit) return false;
        Crossing water = waters.nearest(at, 250);
        if (water != null && water.at().distance(at) < water.segment().way().widthMetres / 2 + 60) return false;
        Crossing road = roads.nearest(at, 60);
        return road == null
                || (road.at().distance(at) > 40 && !road.segment().way().isMotorway());
    }

    static Unit nearestUnit(Coordinate at) {
        return LizhouFacts.UNITS.stream()
                .min(Comparator.comparingDouble(u -> u.centre().distance(at)))
                .orElseThrow();
    }

    /** Lays one street through its row of the grid, broken at gaps, rivers and expressways. */
    private boolean layStreet(String name, List<@Nullable Node> row, double gaps, Random dice, List<Node> town) {
        boolean laid = false;
        List<Node> run = new ArrayList<>();
        Node last = null;
        for (Node node : row) {
            boolean broken = dice.nextDouble() < gaps;
            if (node == null || last == null || broken || !extend(run, last, node)) {
                laid |= finish(name, run, town);
                run.clear();
            }
            last = node;
        }
        return laid | finish(name, run, town);
    }

    /** Adds the edge to the run, with a junction at each main road on the way; false where it cannot be built. */
    private boolean extend(List<Node> run, Node from, Node to) {
        if (!waters.crossings(from.at, to.at).isEmpty()) return false;
        List<Crossing> met = roads.crossings(from.at, to.at);
        for (Crossing one : met)
            if (!List.of("primary", "secondary", "tertiary")
                    .contains(one.segment().way().kind)) return false;
        if (run.isEmpty()) run.add(from);
        for (Crossing one : met) {
            Node junction = roads.junction(one, JUNCTION_METRES);
            if (run.get(run.size() - 1) != junction) run.add(junction);
        }
        run.add(to);
        return true;
    }

    private boolean finish(String name, List<Node> run, List<Node> town) {
        if (run.size() < 2) return false;
        roads.add(new Way(name, "", "residential", 7, run));
        for (Node node : run) if (!town.contains(node)) town.add(node);
        return true;
    }

    /** Joins a loose piece of a town's streets to the network, or takes it away where that is far. */
    private void link(Way street, Set<Node> reached) {
        Set<Node> piece = roads.connectedTo(street.nodes);
        Node from = null;
        Node to = null;
        double best = piece.size() < 4 ? 0 : 2000;
        for (Way way : roads.ways) {
            if (way.isMotorway()) continue;
            for (Node there : way.nodes) {
                if (!reached.contains(there)) continue;
                for (Node here : street.nodes) {
                    double metres = here.at.distance(there.at);
                    if (metres >= best || !waters.crossings(here.at, there.at).isEmpty()) continue;
                    best = metres;
                    from = here;
                    to = there;
                }
            }
        }
        if (from != null && to != null) roads.add(new Way("", "", "residential", 7, List.of(from, to)));
        else
            for (Way way : List.copyOf(roads.ways))
                if (way.kind.equals("residential") && piece.contains(way.nodes.get(0))) roads.remove(way);
    }

    // ---- village roads

    /** A village that wants a road. */
    record Wish(String name, Coordinate at) {}

    /** Lays a road along given points, from a junction that is there already. */
    void layRoadThrough(String name, List<Coordinate> through, double ratio, Random dice) {
        Node last = node(through.get(0));
        for (int i = 1; i < through.size(); i++) {
            Node end = node(through.get(i));
            List<Node> nodes = new ArrayList<>();
            nodes.add(last);
            List<Coordinate> line = leastCrossing(last.at, end.at, Winding.village(ratio), dice);
            for (Coordinate at : line.subList(1, line.size() - 1)) nodes.add(new Node(at));
            nodes.add(end);
            roads.add(new Way(name, "", "unclassified", 6, nodes));
            last = end;
        }
    }

    /** Roads of their own with a lane to a farm every hundred metres, tied to nothing else. */
    void layIsland(String name, List<List<Coordinate>> lines, Random dice) {
        for (List<Coordinate> through : lines) {
            List<Node> nodes = new ArrayList<>();
            nodes.add(node(through.get(0)));
            for (int i = 1; i < through.size(); i++) {
                List<Coordinate> line = Curves.winding(through.get(i - 1), through.get(i), Winding.village(1.2), dice);
                for (Coordinate at : line.subList(1, line.size() - 1)) nodes.add(new Node(at));
                nodes.add(node(through.get(i)));
            }
            island.add(new Way(name, "", "unclassified", 5, nodes));
            for (int i = 2; i < nodes.size() - 1; i++) {
                Coordinate before = nodes.get(i - 1).at;
                Coordinate at = nodes.get(i).at;
                double aside = (60 + 110 * dice.nextDouble()) * (i % 2 == 0 ? 1 : -1) / before.distance(at);
                Node farm =
                        new Node(new Coordinate(at.x - (at.y - before.y) * aside, at.y + (at.x - before.x) * aside));
                if (island.crossings(at, farm.at).isEmpty() && island.metresFrom(farm.at, 40) > 40)
                    island.add(new Way("", "", "unclassified", 4, List.of(nodes.get(i), farm)));
            }
        }
    }

    /** Lays the village roads, always the shortest that is left first, so that they branch like real ones. */
    void layVillageRoads(List<Wish> wishes, Random dice) {
        List<Wish> open = new ArrayList<>(wishes);
        Map<Wish, Node> goal = new HashMap<>();
        Map<Wish, Double> cost = new HashMap<>();
        for (Way way : roads.ways) offer(way, open, goal, cost);
        while (!open.isEmpty()) {
            Wish next = open.get(0);
            for (Wish wish : open)
                if (cost.getOrDefault(wish, Double.MAX_VALUE) < cost.getOrDefault(next, Double.MAX_VALUE)) next = wish;
            Node to = goal.get(next);
            if (to == null) throw new IllegalStateException("no road to " + next.name());
            open.remove(next);
            Way road = villageRoad(next, to, dice);
            roads.add(road);
            offer(road, open, goal, cost);
        }
    }

    private void offer(Way way, List<Wish> open, Map<Wish, Node> goal, Map<Wish, Double> cost) {
        if (way.isMotorway()) return;
        for (Wish wish : open)
            for (Node node : way.nodes) {
                double metres = node.at.distance(wish.at());
                double best = cost.getOrDefault(wish, Double.MAX_VALUE);
                if (metres >= best) continue;
                for (Crossing met : waters.crossings(wish.at(), node.at))
                    if (met.segment().way().kind.equals("river")) metres += RIVER_DETOUR_METRES;
                if (metres >= best) continue;
                cost.put(wish, metres);
                goal.put(wish, node);
            }
    }

    private Way villageRoad(Wish wish, Node to, Random dice) {
        List<Coordinate> best = List.of();
        double bestScore = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < 30; attempt++) {
            double ratio = 1.12 + 0.3 * dice.nextDouble();
            List<Coordinate> line = Curves.winding(wish.at(), to.at, Winding.village(ratio), dice);
            double score = 4.0 * waters.countCrossings(line) + roads.countCrossings(line) + crowding(line);
            if (score < bestScore) {
                bestScore = score;
                best = line;
            }
        }
        List<Node> nodes = new ArrayList<>();
        nodes.add(node(wish.at()));
        for (int i = 1; i < best.size(); i++) {
            for (Crossing met : roads.crossings(best.get(i - 1), best.get(i)))
                if (!met.segment().way().isMotorway()) {
                    Node junction = roads.junction(met, JUNCTION_METRES);
                    nodes.add(junction);
                    return new Way(wish.name(), "", "unclassified", 6, nodes);
                }
            nodes.add(i == best.size() - 1 ? to : new Node(best.get(i)));
        }
        return new Way(wish.name(), "", "unclassified", 6, nodes);
    }

    /** A footpath from the nearest road. */
    void layPath(String name, String highway, List<Coordinate> through, Random dice) {
        Crossing start = roads.nearest(through.get(0), 3000);
        if (start == null) throw new IllegalStateException("no road near " + name);
        List<Node> nodes = new ArrayList<>();
        Node last = roads.junction(start, JUNCTION_METRES);
        nodes.add(last);
        for (Coordinate end : through) {
            List<Coordinate> line = Curves.winding(last.at, end, Winding.village(1.15), dice);
            for (int i = 1; i < line.size(); i++) {
                for (Crossing met : roads.crossings(line.get(i - 1), line.get(i)))
                    if (!met.segment().way().isMotorway()) nodes.add(roads.junction(met, 2));
                nodes.add(new Node(line.get(i)));
            }
            last = nodes.get(nodes.size() - 1);
        }
        roads.add(new Way(name, "", highway, 2, nodes));
    }

    // ---- the file

    /** All ways as OSM has them: bridges cut out, waters last. */
    OsmFile osm() {
        OsmFile file = new OsmFile();
        for (Way road : roads.ways) file.addRoad(road, bridges(road));
        for (Way road : island.ways) file.addRoad(road, List.of());
        for (Way water : waters.ways) file.addWater(water);
        return file;
    }

    /** Stretches of the road, metres from its start, that lie over water or over another road. */
    private List<double[]> bridges(Way road) {
        List<double[]> bridges = new ArrayList<>();
        double at = 0;
        for (int i = 1; i < road.nodes.size(); i++) {
            Coordinate p = road.nodes.get(i - 1).at;
            Coordinate q = road.nodes.get(i).at;
            double length = p.distance(q);
            for (Crossing met : waters.crossings(p, q))
                bridges.add(around(at + met.along() * length, met.segment().way().widthMetres / 2 + 20));
            for (Crossing met : roads.crossings(p, q))
                if (liesOver(road, met.segment().way())) bridges.add(around(at + met.along() * length, 30));
            at += length;
        }
        return bridges;
    }

    private boolean liesOver(Way road, Way other) {
        if (road.isMotorway() != other.isMotorway()) return road.isMotorway();
        return roads.ways.indexOf(road) > roads.ways.indexOf(other);
    }

    private static double[] around(double at, double half) {
        return new double[] {at - half, at + half};
    }
}
