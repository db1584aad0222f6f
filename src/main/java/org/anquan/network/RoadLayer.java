package org.anquan.network;

import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Layer {@code road}. */
@Component
final class RoadLayer implements RoadLayerWriter {
    @Override
    public long write(HopperNetwork network) {
        RoadGraph graph = network.graph();
        long[] roads = new long[graph.edgeCount()];
        for (int edge = 0; edge < roads.length; edge++) roads[edge] = graph.edgeRoad(edge);
        return Arrays.stream(roads).distinct().count();
    }
}
