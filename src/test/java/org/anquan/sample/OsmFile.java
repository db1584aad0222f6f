package org.anquan.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.sample.RoadWeb.Node;
import org.anquan.sample.RoadWeb.Way;
import org.locationtech.jts.geom.Coordinate;

/** Writes ways as OSM XML. Ids are counted up in the order in which things are added. */
final class OsmFile {
    private static final double SAME_METRES = 2;

    private final Map<Node, Integer> nodes = new LinkedHashMap<>();
    private final StringBuilder ways = new StringBuilder();
    private int wayCount;

    /** @param bridges stretches, metres from the start; each becomes a way of its own with {@code bridge=yes} */
    void addRoad(Way road, List<double[]> bridges) {
        List<Node> rest = new ArrayList<>();
        rest.add(road.nodes.get(0));
        List<double[]> merged = merged(bridges, length(road.nodes));
        int next = 1;
        double at = 0;
        for (double[] bridge : merged) {
            List<Node> over = new ArrayList<>();
            while (next < road.nodes.size() && at + step(road, next) < bridge[0] - SAME_METRES) {
                at += step(road, next);
                rest.add(road.nodes.get(next++));
            }
            Node start = nodeAt(road, next, at, bridge[0]);
            if (start != rest.get(rest.size() - 1)) rest.add(start);
            while (next < road.nodes.size() && at + step(road, next) <= bridge[0] + SAME_METRES)
                at += step(road, next++);
            over.add(start);
            while (next < road.nodes.size() && at + step(road, next) < bridge[1] - SAME_METRES) {
                at += step(road, next);
                over.add(road.nodes.get(next++));
            }
            Node end = next < road.nodes.size() ? nodeAt(road, next, at, bridge[1]) : over.get(over.size() - 1);
            if (end != over.get(over.size() - 1)) over.add(end);
            while (next < road.nodes.size() && at + step(road, next) <= bridge[1] + SAME_METRES)
                at += step(road, next++);
            write(road, rest, false);
            write(road, over, true);
            rest = new ArrayList<>();
            rest.add(end);
        }
        rest.addAll(road.nodes.subList(next, road.nodes.size()));
        write(road, rest, false);
    }

    /** The node at a distance along the road, on the step that ends at node {@code next}; an old one where it is near. */
    private static Node nodeAt(Way road, int next, double at, double wanted) {
        Node before = road.nodes.get(next - 1);
        if (wanted - at <= SAME_METRES) return before;
        Node after = road.nodes.get(next);
        double length = step(road, next);
        if (at + length - wanted <= SAME_METRES) return after;
        double share = (wanted - at) / length;
        return new Node(new Coordinate(
                before.at.x + share * (after.at.x - before.at.x), before.at.y + share * (after.at.y - before.at.y)));
    }

    private static double step(Way road, int to) {
        return road.nodes.get(to - 1).at.distance(road.nodes.get(to).at);
    }

    private static double length(List<Node> nodes) {
        double sum = 0;
        for (int i = 1; i < nodes.size(); i++) sum += nodes.get(i - 1).at.distance(nodes.get(i).at);
        return sum;
    }

    private static List<double[]> merged(List<double[]> stretches, double length) {
        List<double[]> sorted = new ArrayList<>(stretches);
        sorted.sort(Comparator.comparingDouble(s -> s[0]));
        List<double[]> merged = new ArrayList<>();
        for (double[] stretch : sorted) {
            double from = Math.max(0, stretch[0]);
            double to = Math.min(length, stretch[1]);
            double[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && from <= last[1] + 4 * SAME_METRES) last[1] = Math.max(last[1], to);
            else merged.add(new double[] {from, to});
        }
        return merged;
    }

    private void write(Way road, List<Node> line, boolean bridge) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("highway", road.kind);
        if (!road.name.isEmpty()) tags.put("name", road.name);
        if (!road.ref.isEmpty()) tags.put("ref", road.ref);
        // An expressway is one line for both carriageways here; without this it would be one-way.
        if (road.isMotorway()) tags.put("oneway", "no");
        if (bridge) {
            tags.put("bridge", "yes");
            tags.put("layer", "1");
        }
        write(line, tags);
    }

    void addWater(Way water) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("waterway", water.kind);
        tags.put("name", water.name);
        write(water.nodes, tags);
    }

    private void write(List<Node> line, Map<String, String> tags) {
        if (line.size() < 2) return;
        ways.append(" <way id=\"").append(++wayCount).append("\">\n");
        for (Node node : line) {
            int id = nodes.computeIfAbsent(node, n -> nodes.size() + 1);
            ways.append("  <nd ref=\"").append(id).append("\"/>\n");
        }
        tags.put("source", GeoJsonFile.SOURCE);
        tags.forEach((key, value) -> ways.append("  <tag k=\"")
                .append(key)
                .append("\" v=\"")
                .append(value)
                .append("\"/>\n"));
        ways.append(" </way>\n");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        // Not as a comment before the root: GraphHopper's reader takes such a file for broken.
        text.append("<osm version=\"0.6\" generator=\"LizhouGenerator ")
                .append(GeoJsonFile.SOURCE)
                .append("\">\n");
        nodes.forEach((node, id) -> text.append(String.format(
                Locale.ROOT,
                " <node id=\"%d\" lat=\"%.6f\" lon=\"%.6f\"/>\n",
                id,
                Ground.lat(node.at),
                Ground.lon(node.at))));
        return text.append(ways).append("</osm>\n").toString();
    }
}
