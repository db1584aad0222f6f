package org.anquan.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/** Ways that share nodes, with an index over their segments: roads meet only where they share a node. */
final class RoadWeb {
    private static final double CELL_METRES = 500;

    /** A point of a way. Two nodes are one junction only if they are the same object. */
    static final class Node {
        final Coordinate at;

        Node(Coordinate at) {
            this.at = Ground.onGrid(at);
        }
    }

    static final class Way {
        final String name;
        final String ref;
        /** OSM's {@code highway} or {@code waterway} value. */
        final String kind;

        final double widthMetres;
        final List<Node> nodes;

        Way(String name, String ref, String kind, double widthMetres, List<Node> nodes) {
            this.name = name;
            this.ref = ref;
            this.kind = kind;
            this.widthMetres = widthMetres;
            this.nodes = new ArrayList<>(nodes);
        }

        boolean isMotorway() {
            return kind.equals("motorway");
        }
    }

    record Segment(Way way, Node a, Node b) {}

    /** Where a line from p to q meets a segment; {@code along} is its share of the way from p to q. */
    record Crossing(Segment segment, double along, Coordinate at) {}

    final List<Way> ways = new ArrayList<>();
    private final Map<Long, List<Segment>> cells = new HashMap<>();

    void add(Way way) {
        ways.add(way);
        for (int i = 1; i < way.nodes.size(); i++) index(new Segment(way, way.nodes.get(i - 1), way.nodes.get(i)));
    }

    void remove(Way way) {
        ways.remove(way);
        for (int i = 1; i < way.nodes.size(); i++) unindex(new Segment(way, way.nodes.get(i - 1), way.nodes.get(i)));
    }

    /** Makes a junction on a segment, or takes one of its ends where that is near enough. */
    Node junction(Crossing crossing, double nearMetres) {
        Segment segment = crossing.segment();
        if (segment.a().at.distance(crossing.at()) <= nearMetres) return segment.a();
        if (segment.b().at.distance(crossing.at()) <= nearMetres) return segment.b();
        Node middle = new Node(crossing.at());
        List<Node> nodes = segment.way().nodes;
        for (int i = 1; i < nodes.size(); i++)
            if (nodes.get(i - 1) == segment.a() && nodes.get(i) == segment.b()) {
                nodes.add(i, middle);
                unindex(segment);
                index(new Segment(segment.way(), segment.a(), middle));
                index(new Segment(segment.way(), middle, segment.b()));
                return middle;
            }
        throw new IllegalStateException("the index holds a segment that its way has not");
    }

    /** All crossings of the line p–q, nearest p first; one that only touches at a common end is none. */
    List<Crossing> crossings(Coordinate p, Coordinate q) {
        List<Crossing> found = new ArrayList<>();
        for (Segment segment : near(p, q, 0)) {
            Coordinate a = segment.a().at;
            Coordinate b = segment.b().at;
            if (a.equals2D(p) || a.equals2D(q) || b.equals2D(p) || b.equals2D(q)) continue;
            double turn = cross(p, q, a, b);
            if (turn == 0) continue;
            double along = ((a.x - p.x) * (b.y - a.y) - (a.y - p.y) * (b.x - a.x)) / turn;
            double onSegment = ((a.x - p.x) * (q.y - p.y) - (a.y - p.y) * (q.x - p.x)) / turn;
            if (along < 0 || along > 1 || onSegment < 0 || onSegment > 1) continue;
            found.add(
                    new Crossing(segment, along, new Coordinate(p.x + along * (q.x - p.x), p.y + along * (q.y - p.y))));
        }
        found.sort(Comparator.comparingDouble(Crossing::along));
        return found;
    }

    private static double cross(Coordinate p, Coordinate q, Coordinate a, Coordinate b) {
        return (q.x - p.x) * (b.y - a.y) - (q.y - p.y) * (b.x - a.x);
    }

    int countCrossings(List<Coordinate> line) {
        int count = 0;
        for (int i = 1; i < line.size(); i++)
            count += crossings(line.get(i - 1), line.get(i)).size();
        return count;
    }

    /** The nearest point of any way, metres away; infinity where none lies within {@code atMost}. */
    double metresFrom(Coordinate p, double atMost) {
        Crossing nearest = nearest(p, atMost);
        return nearest == null ? Double.POSITIVE_INFINITY : nearest.at().distance(p);
    }

    @Nullable
    Crossing nearest(Coordinate p, double atMost) {
        Crossing best = null;
        double bestMetres = atMost;
        for (Segment segment : near(p, p, atMost)) {
            Coordinate foot = foot(p, segment.a().at, segment.b().at);
            double metres = foot.distance(p);
            if (metres < bestMetres) {
                bestMetres = metres;
                best = new Crossing(segment, 0, foot);
            }
        }
        return best;
    }

    private static Coordinate foot(Coordinate p, Coordinate a, Coordinate b) {
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double square = dx * dx + dy * dy;
        double share = square == 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square));
        return new Coordinate(a.x + share * dx, a.y + share * dy);
    }

    /** Nodes that can be reached along ways from these. */
    Set<Node> connectedTo(Collection<Node> from) {
        Map<Node, List<Node>> next = new HashMap<>();
        for (Way way : ways)
            for (int i = 1; i < way.nodes.size(); i++) {
                next.computeIfAbsent(way.nodes.get(i - 1), n -> new ArrayList<>())
                        .add(way.nodes.get(i));
                next.computeIfAbsent(way.nodes.get(i), n -> new ArrayList<>()).add(way.nodes.get(i - 1));
            }
        Set<Node> reached = new HashSet<>(from);
        ArrayDeque<Node> open = new ArrayDeque<>(from);
        while (!open.isEmpty())
            for (Node node : next.getOrDefault(open.poll(), List.of())) if (reached.add(node)) open.add(node);
        return reached;
    }

    private List<Segment> near(Coordinate p, Coordinate q, double margin) {
        Map<Segment, Boolean> found = new LinkedHashMap<>();
        for (long key : keys(p, q, margin))
            for (Segment segment : cells.getOrDefault(key, List.of())) found.put(segment, true);
        return new ArrayList<>(found.keySet());
    }

    private void index(Segment segment) {
        for (long key : keys(segment.a().at, segment.b().at, 0))
            cells.computeIfAbsent(key, k -> new ArrayList<>()).add(segment);
    }

    private void unindex(Segment segment) {
        for (long key : keys(segment.a().at, segment.b().at, 0))
            cells.getOrDefault(key, Collections.emptyList()).remove(segment);
    }

    private static List<Long> keys(Coordinate p, Coordinate q, double margin) {
        List<Long> keys = new ArrayList<>();
        long left = cell(Math.min(p.x, q.x) - margin);
        long right = cell(Math.max(p.x, q.x) + margin);
        long top = cell(Math.max(p.y, q.y) + margin);
        for (long row = cell(Math.min(p.y, q.y) - margin); row <= top; row++)
            for (long column = left; column <= right; column++) keys.add(row * 100_003 + column);
        return keys;
    }

    private static long cell(double metres) {
        return (long) Math.floor(metres / CELL_METRES);
    }
}
