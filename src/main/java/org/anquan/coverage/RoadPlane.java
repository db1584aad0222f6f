package org.anquan.coverage;

import org.anquan.geo.MetricCrs;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;

/**
 * A network's road shapes in metres, in the metric system of its middle, and which roads hang together. Made once for
 * an import. Positions are floats relative to the network's south-west corner: at 100 km that is exact to 1 cm.
 */
final class RoadPlane {
    /** Nearer to an end than this share of the edge is the end: floats and doubles differ by less. */
    private static final double END = 1e-5;

    final RoadGraph graph;
    final MetricCrs crs;
    final double originX;
    final double originY;
    final float widthMetres;
    final float heightMetres;
    final float[] x;
    final float[] y;
    /** Length of an edge's shape in the plane. */
    final float[] edgeLength;

    private final int[] component;

    RoadPlane(RoadNetwork network) {
        graph = network.graph();
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        double west = 180;
        double east = -180;
        for (double one : lon) {
            west = Math.min(west, one);
            east = Math.max(east, one);
        }
        crs = MetricCrs.at(lon.length == 0 ? 105 : (west + east) / 2);
        double[] metric = new double[2 * lon.length];
        for (int i = 0; i < lon.length; i++) {
            metric[2 * i] = lon[i];
            metric[2 * i + 1] = lat[i];
        }
        crs.toMetres(metric, 0, metric, 0, lon.length);
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < metric.length; i += 2) {
            minX = Math.min(minX, metric[i]);
            maxX = Math.max(maxX, metric[i]);
            minY = Math.min(minY, metric[i + 1]);
            maxY = Math.max(maxY, metric[i + 1]);
        }
        originX = minX;
        originY = minY;
        widthMetres = (float) (maxX - minX);
        heightMetres = (float) (maxY - minY);
        x = new float[lon.length];
        y = new float[lon.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (metric[2 * i] - minX);
            y[i] = (float) (metric[2 * i + 1] - minY);
        }
        edgeLength = new float[graph.edgeCount()];
        for (int e = 0; e < edgeLength.length; e++) {
            double length = 0;
            for (int i = graph.shapeFirst(e); i + 1 < graph.shapeFirst(e + 1); i++)
                length += Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
            edgeLength[e] = (float) length;
        }
        component = components(graph);
    }

    /** West, south, east, north in metres. */
    double[] box() {
        return new double[] {originX, originY, originX + widthMetres, originY + heightMetres};
    }

    /** Do two edges hang together, one-ways and closures aside? */
    boolean connected(int edge, int other) {
        return component[graph.edgeBase(edge)] == component[graph.edgeBase(other)];
    }

    /** Share of an edge; its ends come out as exactly 0 and 1, since standing at a junction needs no way on the edge. */
    static float fraction(double along, double whole) {
        if (whole == 0) return 0;
        double share = along / whole;
        return share < END ? 0 : share > 1 - END ? 1 : (float) share;
    }

    /** The point of an edge closest to a place: {@code [fraction by length, metres away]}. Metres from the origin. */
    void closest(int edge, double px, double py, double[] fractionAndMetres) {
        int last = graph.shapeFirst(edge + 1) - 1;
        double best = Double.POSITIVE_INFINITY;
        double bestAlong = 0;
        double along = 0;
        for (int i = graph.shapeFirst(edge); i < last; i++) {
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double squared = dx * dx + dy * dy;
            double length = Math.sqrt(squared);
            double t = squared == 0 ? 0 : ((px - x[i]) * dx + (py - y[i]) * dy) / squared;
            t = Math.max(0, Math.min(1, t));
            double ex = px - x[i] - t * dx;
            double ey = py - y[i] - t * dy;
            double away = ex * ex + ey * ey;
            if (away < best) {
                best = away;
                bestAlong = along + t * length;
            }
            along += length;
        }
        fractionAndMetres[0] = fraction(bestAlong, along);
        fractionAndMetres[1] = Math.sqrt(best);
    }

    /** A point of an edge, metres from the origin. */
    double[] pointAt(int edge, double fraction) {
        double wanted = fraction * edgeLength[edge];
        int last = graph.shapeFirst(edge + 1) - 1;
        for (int i = graph.shapeFirst(edge); i < last; i++) {
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double length = Math.sqrt(dx * dx + dy * dy);
            if (wanted <= length && length > 0)
                return new double[] {x[i] + dx * wanted / length, y[i] + dy * wanted / length};
            wanted -= length;
        }
        return new double[] {x[last], y[last]};
    }

    private static int[] components(RoadGraph graph) {
        int[] parent = new int[graph.nodeCount()];
        for (int n = 0; n < parent.length; n++) parent[n] = n;
        for (int e = 0; e < graph.edgeCount(); e++) {
            int a = root(parent, graph.edgeBase(e));
            int b = root(parent, graph.edgeHead(e));
            if (a != b) parent[Math.max(a, b)] = Math.min(a, b);
        }
        for (int n = 0; n < parent.length; n++) parent[n] = root(parent, n);
        return parent;
    }

    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
