package org.anquan.scenario;

import org.anquan.geo.Distances;
import org.anquan.network.RoadGraph;
import org.locationtech.jts.geom.Envelope;

/** The place on the roads nearest to a point, in a plane around it. */
final class Nearest {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;

    private final RoadGraph graph;
    private final double lon;
    private final double lat;
    private final double metresALon;
    private double best;
    int edge = -1;
    double mark;

    Nearest(RoadGraph graph, double lon, double lat, double reachMetres) {
        this.graph = graph;
        this.lon = lon;
        this.lat = lat;
        metresALon = METRES_A_DEGREE * Math.max(0.01, Math.cos(Math.toRadians(lat)));
        best = reachMetres;
    }

    Envelope box() {
        double east = best / metresALon;
        double north = best / METRES_A_DEGREE;
        return new Envelope(lon - east, lon + east, lat - north, lat + north);
    }

    void look(int candidate) {
        for (int p = graph.shapeFirst(candidate); p + 1 < graph.shapeFirst(candidate + 1); p++) {
            double ax = (graph.shapeLon()[p] - lon) * metresALon;
            double ay = (graph.shapeLat()[p] - lat) * METRES_A_DEGREE;
            double dx = (graph.shapeLon()[p + 1] - graph.shapeLon()[p]) * metresALon;
            double dy = (graph.shapeLat()[p + 1] - graph.shapeLat()[p]) * METRES_A_DEGREE;
            double length = dx * dx + dy * dy;
            double t = length == 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
            double away = Math.hypot(ax + t * dx, ay + t * dy);
            // At equal distance the smaller number, whatever the order of the index.
            if (away > best || (away == best && edge >= 0 && edge <= candidate)) continue;
            best = away;
            edge = candidate;
            mark = p - graph.shapeFirst(candidate) + t;
        }
    }
}
