package org.anquan.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadGraph;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.index.strtree.STRtree;

/** One index of road sections a graph, made at its first use and forgotten with the graph. */
final class EdgeIndexes {
    private final Map<RoadGraph, STRtree> byGraph = Collections.synchronizedMap(new WeakHashMap<>());

    /** Items are edge numbers ({@code Integer}); boxes in degrees. */
    STRtree of(RoadGraph graph) {
        return byGraph.computeIfAbsent(graph, EdgeIndexes::build);
    }

    private static STRtree build(RoadGraph graph) {
        STRtree tree = new STRtree();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            Envelope box = new Envelope();
            for (int i = graph.shapeFirst(edge); i < graph.shapeFirst(edge + 1); i++)
                box.expandToInclude(graph.shapeLon()[i], graph.shapeLat()[i]);
            tree.insert(box, edge);
        }
        tree.build();
        return tree;
    }

    static LineString shape(RoadGraph graph, int edge) {
        int first = graph.shapeFirst(edge);
        Coordinate[] all = new Coordinate[graph.shapeFirst(edge + 1) - first];
        for (int i = 0; i < all.length; i++)
            all[i] = new Coordinate(graph.shapeLon()[first + i], graph.shapeLat()[first + i]);
        return GeoJson.FACTORY.createLineString(all);
    }
}
