package org.anquan.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/** One index of road sections a graph, made at its first use and forgotten with the graph. */
final class EdgeIndexes {
    private final Map<RoadGraph, STRtree> byGraph = Collections.synchronizedMap(new WeakHashMap<>());

    /** The sections of a network near a box; those that a scenario added are looked at one by one. */
    Touched.Sections of(RoadNetwork network) {
        RoadGraph graph = network.graph();
        RoadGraph indexed = network.base().graph();
        STRtree tree = byGraph.computeIfAbsent(indexed, EdgeIndexes::build);
        return (box, take) -> {
            tree.query(box, item -> take.accept((Integer) item));
            more(graph, indexed.edgeCount(), box, take);
        };
    }

    private static void more(RoadGraph graph, int from, Envelope box, Consumer<Integer> take) {
        for (int edge = from; edge < graph.edgeCount(); edge++) if (box.intersects(box(graph, edge))) take.accept(edge);
    }

    private static STRtree build(RoadGraph graph) {
        STRtree tree = new STRtree();
        for (int edge = 0; edge < graph.edgeCount(); edge++) tree.insert(box(graph, edge), edge);
        tree.build();
        return tree;
    }

    private static Envelope box(RoadGraph graph, int edge) {
        Envelope box = new Envelope();
        for (int i = graph.shapeFirst(edge); i < graph.shapeFirst(edge + 1); i++)
            box.expandToInclude(graph.shapeLon()[i], graph.shapeLat()[i]);
        return box;
    }
}
