package org.anquan.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.anquan.geo.Distances;

/** The sample's {@code roads.osm} read plainly, and travel times on it: the judge, on purpose without our network module. */
final class SampleRoads {
    /** Emergency speeds of the handbook, km/h, by highway value. */
    private static final Map<String, Double> KMH = Map.of(
            "motorway", 90.0,
            "primary", 50.0,
            "secondary", 40.0,
            "tertiary", 25.0,
            "unclassified", 20.0,
            "residential", 25.0);

    record Place(double lon, double lat) {
        double metresTo(Place other) {
            return Distances.metres(lon, lat, other.lon, other.lat);
        }
    }

    record OsmWay(List<Long> nodes, Map<String, String> tags) {
        String tag(String key) {
            return tags.getOrDefault(key, "");
        }

        boolean isForVehicles() {
            return KMH.containsKey(tag("highway"));
        }
    }

    private record Arrival(long node, double seconds) {}

    private record Arc(long to, double seconds) {}

    final Map<Long, Place> nodes = new HashMap<>();
    final List<OsmWay> ways = new ArrayList<>();
    private final Map<Long, List<Arc>> arcs = new HashMap<>();

    SampleRoads(Path file) throws IOException, XMLStreamException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(in);
            while (xml.hasNext()) if (xml.next() == XMLStreamConstants.START_ELEMENT) element(xml);
        }
        for (OsmWay way : ways) {
            if (!way.isForVehicles()) continue;
            double metresPerSecond = KMH.getOrDefault(way.tag("highway"), 0.0) / 3.6;
            for (int i = 1; i < way.nodes().size(); i++) {
                long a = way.nodes().get(i - 1);
                long b = way.nodes().get(i);
                double seconds = metres(a, b) / metresPerSecond;
                arcs.computeIfAbsent(a, n -> new ArrayList<>()).add(new Arc(b, seconds));
                arcs.computeIfAbsent(b, n -> new ArrayList<>()).add(new Arc(a, seconds));
            }
        }
    }

    private void element(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "node" ->
                nodes.put(
                        Long.parseLong(xml.getAttributeValue(null, "id")),
                        new Place(
                                Double.parseDouble(xml.getAttributeValue(null, "lon")),
                                Double.parseDouble(xml.getAttributeValue(null, "lat"))));
            case "way" -> ways.add(new OsmWay(new ArrayList<>(), new HashMap<>()));
            case "nd" -> last().nodes().add(Long.parseLong(xml.getAttributeValue(null, "ref")));
            case "tag" -> last().tags().put(xml.getAttributeValue(null, "k"), xml.getAttributeValue(null, "v"));
            default -> {}
        }
    }

    private OsmWay last() {
        return ways.get(ways.size() - 1);
    }

    private double metres(long a, long b) {
        return place(a).metresTo(place(b));
    }

    Place place(long node) {
        Place place = nodes.get(node);
        if (place == null) throw new IllegalArgumentException("no node " + node);
        return place;
    }

    /** Length of all ways of a name, metres. */
    double metresOf(String name) {
        double sum = 0;
        for (OsmWay way : ways)
            if (way.tag("name").equals(name))
                for (int i = 1; i < way.nodes().size(); i++)
                    sum += metres(way.nodes().get(i - 1), way.nodes().get(i));
        return sum;
    }

    /** The nearest node of a road for vehicles. */
    long nearest(Place to) {
        return arcs.keySet().stream()
                .min(Comparator.comparingDouble(node -> place(node).metresTo(to)))
                .orElseThrow();
    }

    double metresToRoad(Place from) {
        return place(nearest(from)).metresTo(from);
    }

    /** Seconds from the sources (node and its start) to every node that can be reached: plain Dijkstra. */
    Map<Long, Double> seconds(Map<Long, Double> sources) {
        Map<Long, Double> best = new HashMap<>(sources);
        Set<Long> settled = new HashSet<>();
        PriorityQueue<Arrival> open = new PriorityQueue<>(Comparator.comparingDouble(Arrival::seconds));
        sources.forEach((node, start) -> open.add(new Arrival(node, start)));
        while (!open.isEmpty()) {
            Arrival here = open.remove();
            if (!settled.add(here.node())) continue;
            for (Arc arc : arcs.getOrDefault(here.node(), List.of())) {
                double seconds = here.seconds() + arc.seconds();
                if (seconds >= best.getOrDefault(arc.to(), Double.POSITIVE_INFINITY)) continue;
                best.put(arc.to(), seconds);
                open.add(new Arrival(arc.to(), seconds));
            }
        }
        return best;
    }
}
