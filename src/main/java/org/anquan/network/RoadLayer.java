package org.anquan.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition.AllowedValue;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.problem.ProblemException.Mistake;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.operation.linemerge.LineMerger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes layer {@code road}: a feature {@code w<number>} for each road (OSM way), made of all its edges. The lines of a
 * one-way run in its direction.
 */
@Component
final class RoadLayer implements RoadLayerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RoadLayer.class);
    private static final String LAYER = "road";

    private final LayerEdits edits;
    private final Layers layers;

    RoadLayer(LayerEdits edits, Layers layers) {
        this.edits = edits;
        this.layers = layers;
    }

    @Override
    public long write(HopperNetwork network) {
        try {
            return edits.load(
                            new ChangeContext("import roads", network.source()),
                            LAYER,
                            LoadMode.REPLACE,
                            sink -> writeAll(network, sink))
                    .added();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeAll(HopperNetwork network, LayerEdits.Sink sink) {
        RoadGraph graph = network.graph();
        Map<RoadClass, String> nameless = namesOfNameless();
        long[] byRoad = new long[graph.edgeCount()];
        for (int edge = 0; edge < byRoad.length; edge++) byRoad[edge] = graph.edgeRoad(edge) << 32 | edge;
        Arrays.sort(byRoad);
        int[] edges = new int[16];
        int refused = 0;
        for (int at = 0; at < byRoad.length; ) {
            long road = byRoad[at] >>> 32;
            int count = 0;
            for (; at < byRoad.length && byRoad[at] >>> 32 == road; at++) {
                if (count == edges.length) edges = Arrays.copyOf(edges, 2 * count);
                int edge = (int) byRoad[at];
                if (!isCopy(graph, edges, count, edge)) edges[count++] = edge;
            }
            List<Mistake> mistakes = sink.add(draft(network, road, Arrays.copyOf(edges, count), nameless));
            if (!mistakes.isEmpty() && refused++ == 0) LOG.warn("road w{} was not taken: {}", road, mistakes);
        }
        if (refused > 0) LOG.warn("{} roads were not taken into layer {}", refused, LAYER);
    }

    /** What a road without name and number is called: its class, in the first language. */
    private Map<RoadClass, String> namesOfNameless() {
        Map<RoadClass, String> names = new LinkedHashMap<>();
        List<AllowedValue> titles = layers.definition(LAYER)
                .attribute("roadClass")
                .map(attribute -> attribute.values())
                .orElse(List.of());
        for (RoadClass each : RoadClass.values())
            names.put(
                    each,
                    titles.stream()
                            .filter(title -> title.value().equals(each.id()))
                            .map(title -> title.title().zh())
                            .findFirst()
                            .orElse(each.id()));
        return names;
    }

    /** GraphHopper doubles edges where a turn restriction leads over a whole road. */
    private static boolean isCopy(RoadGraph graph, int[] edges, int count, int edge) {
        for (int i = 0; i < count; i++) {
            int other = edges[i];
            if (graph.edgeBase(other) == graph.edgeBase(edge)
                    && graph.edgeHead(other) == graph.edgeHead(edge)
                    && graph.edgeMetres(other) == graph.edgeMetres(edge)
                    && line(graph, other, false).equalsExact(line(graph, edge, false))) return true;
        }
        return false;
    }

    private static FeatureDraft draft(HopperNetwork network, long road, int[] edges, Map<RoadClass, String> nameless) {
        RoadGraph graph = network.graph();
        int[] times = graph.keyMillis(TravelProfile.FIRE_ENGINE);
        int[] carTimes = graph.keyMillis(TravelProfile.CAR);
        RoadClass roadClass = graph.edgeClass(edges[0]);
        Structure structure = Structure.GROUND;
        double metres = 0;
        boolean oneWay = true;
        double drivenMetres = 0;
        long drivenMillis = 0;
        List<LineString> lines = new ArrayList<>();
        for (int edge : edges) {
            boolean engineThere = times[2 * edge] != RoadGraph.CLOSED;
            boolean engineBack = times[2 * edge + 1] != RoadGraph.CLOSED;
            // A road too low for a fire engine has its direction all the same.
            boolean there = engineThere || carTimes[2 * edge] != RoadGraph.CLOSED;
            boolean back = engineBack || carTimes[2 * edge + 1] != RoadGraph.CLOSED;
            oneWay &= there != back;
            if (engineThere || engineBack) {
                drivenMetres += graph.edgeMetres(edge);
                drivenMillis += engineThere ? times[2 * edge] : times[2 * edge + 1];
            }
            metres += graph.edgeMetres(edge);
            if (structure == Structure.GROUND) structure = graph.edgeStructure(edge);
            lines.add(line(graph, edge, back && !there));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        String name = network.edgeName(edges[0]);
        attributes.put(CommonAttributes.NAME, name.isBlank() ? nameless.getOrDefault(roadClass, roadClass.id()) : name);
        attributes.put(CommonAttributes.SOURCE, network.source());
        if (network.asOf() != null) attributes.put(CommonAttributes.OBSERVED_AT, network.asOf());
        attributes.put("roadClass", roadClass.id());
        attributes.put("oneway", oneWay);
        attributes.put("structure", structure.name().toLowerCase(Locale.ROOT));
        attributes.put("lengthMetres", Math.round(metres * 10) / 10.0);
        // 3 600 m/s·(km/h): metres a millisecond times 3 600.
        if (drivenMillis > 0) attributes.put("speedKmh", Math.round(drivenMetres / drivenMillis * 36_000) / 10.0);
        putLimits(graph, edges, attributes);
        return new FeatureDraft("w" + road, merged(lines), attributes, null);
    }

    /** The strictest of its edges; unknown where none is marked. */
    private static void putLimits(RoadGraph graph, int[] edges, Map<String, Object> attributes) {
        double height = Double.POSITIVE_INFINITY;
        double width = Double.POSITIVE_INFINITY;
        double load = Double.POSITIVE_INFINITY;
        for (int edge : edges) {
            RoadGraph.Limits limits = graph.limits(edge);
            if (limits == null) continue;
            if (limits.heightMetres() < height) height = limits.heightMetres();
            if (limits.widthMetres() < width) width = limits.widthMetres();
            if (limits.loadTonnes() < load) load = limits.loadTonnes();
        }
        if (Double.isFinite(height)) attributes.put("heightLimitM", tenths(height));
        if (Double.isFinite(width)) attributes.put("widthLimitM", tenths(width));
        if (Double.isFinite(load)) attributes.put("loadLimitT", tenths(load));
    }

    /** The network keeps limits in tenths; this takes off what doubles add to them. */
    private static double tenths(double number) {
        return Math.round(number * 10) / 10.0;
    }

    private static LineString line(RoadGraph graph, int edge, boolean reversed) {
        int first = graph.shapeFirst(edge);
        int points = graph.shapeFirst(edge + 1) - first;
        Coordinate[] all = new Coordinate[points];
        for (int i = 0; i < points; i++) {
            int from = first + (reversed ? points - 1 - i : i);
            all[i] = new Coordinate(graph.shapeLon()[from], graph.shapeLat()[from]);
        }
        return GeoJson.FACTORY.createLineString(all);
    }

    private static Geometry merged(List<LineString> lines) {
        if (lines.size() == 1) return lines.get(0);
        LineMerger merger = new LineMerger();
        merger.add(lines);
        List<LineString> parts = new ArrayList<>();
        for (Object part : merger.getMergedLineStrings()) parts.add((LineString) part);
        if (parts.isEmpty()) return lines.get(0);
        return parts.size() == 1
                ? parts.get(0)
                : GeoJson.FACTORY.createMultiLineString(parts.toArray(LineString[]::new));
    }
}
