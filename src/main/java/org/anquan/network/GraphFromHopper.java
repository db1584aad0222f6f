package org.anquan.network;

import com.graphhopper.routing.ev.IntEncodedValue;
import com.graphhopper.routing.ev.OSMWayID;
import com.graphhopper.routing.util.AllEdgesIterator;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import java.util.EnumMap;
import java.util.Map;

/**
 * Copies GraphHopper's graph into ours. Nodes and edges keep their numbers; GraphHopper has put both in the order of a
 * Hilbert curve, so that what is near on the ground is near in the arrays.
 */
final class GraphFromHopper {
    private GraphFromHopper() {}

    static RoadGraph build(OsmHopper hopper) {
        BaseGraph from = hopper.getBaseGraph();
        RoadRules rules = hopper.rules();
        IntEncodedValue wayId = hopper.getEncodingManager().getIntEncodedValue(OSMWayID.KEY);
        RoadGraph.Builder to = new RoadGraph.Builder();
        Map<TravelProfile, RoadWeighting> weightings = new EnumMap<>(TravelProfile.class);
        for (TravelProfile profile : TravelProfile.values()) {
            weightings.put(profile, hopper.plainWeighting(profile));
            to.vehicle(profile, hopper.vehicle(profile));
        }
        NodeAccess nodes = from.getNodeAccess();
        for (int node = 0; node < from.getNodes(); node++) to.node(nodes.getLon(node), nodes.getLat(node));
        AllEdgesIterator edge = from.getAllEdges();
        while (edge.next()) {
            int made = to.edge(
                    edge.getBaseNode(),
                    edge.getAdjNode(),
                    edge.getDistance(),
                    lonLat(edge.fetchWayGeometry(FetchMode.ALL)),
                    edge.get(wayId),
                    rules.roadClass(edge),
                    rules.structure(edge));
            if (made != edge.getEdge()) throw new IllegalStateException("edge " + edge.getEdge() + " became " + made);
            double[] limits = rules.limits(edge);
            if (limits != null) to.limits(made, limits[0], limits[1], limits[2]);
            weightings.forEach((profile, weighting) -> to.millis(
                    made,
                    profile,
                    millis(weighting.calcEdgeMillis(edge, false)),
                    millis(weighting.calcEdgeMillis(edge, true))));
        }
        return to.build();
    }

    private static int millis(long time) {
        return time >= RoadGraph.CLOSED ? RoadGraph.CLOSED : (int) time;
    }

    private static double[] lonLat(PointList points) {
        double[] shape = new double[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            shape[2 * i] = points.getLon(i);
            shape[2 * i + 1] = points.getLat(i);
        }
        return shape;
    }
}
