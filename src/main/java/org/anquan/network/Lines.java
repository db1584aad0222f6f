package org.anquan.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anquan.geo.Distances;
import org.anquan.geo.GeoJson;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;

/** The lines of ways, lon, lat. */
public final class Lines {
    private Lines() {}

    public static LineString line(RoadGraph graph, Way way) {
        return GeoJson.FACTORY.createLineString(of(graph, way));
    }

    /** At least two points, also of a way that goes nowhere. */
    public static Coordinate[] of(RoadGraph graph, Way way) {
        List<Coordinate> all = new ArrayList<>();
        for (int piece = 0; piece < way.pieces(); piece++)
            for (Coordinate one : of(graph, way, piece))
                if (all.isEmpty() || !all.get(all.size() - 1).equals2D(one)) all.add(one);
        if (all.size() == 1) all.add(all.get(0).copy());
        return all.toArray(Coordinate[]::new);
    }

    /** Of one piece, in the order of travel. */
    public static Coordinate[] of(RoadGraph graph, Way way, int piece) {
        int edge = way.edge(piece);
        double low = Math.min(way.from()[piece], way.to()[piece]);
        double high = Math.max(way.from()[piece], way.to()[piece]);
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        int first = graph.shapeFirst(edge);
        int last = graph.shapeFirst(edge + 1) - 1;
        double[] along = new double[last - first + 1];
        for (int p = first; p < last; p++)
            along[p - first + 1] = along[p - first] + Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
        double all = along[along.length - 1];
        List<Coordinate> line = new ArrayList<>();
        line.add(at(lon, lat, first, along, low * all));
        for (int i = 0; i < along.length; i++)
            if (along[i] > low * all && along[i] < high * all) line.add(new Coordinate(lon[first + i], lat[first + i]));
        line.add(at(lon, lat, first, along, high * all));
        if (!way.towardHead(piece)) Collections.reverse(line);
        return line.toArray(Coordinate[]::new);
    }

    private static Coordinate at(double[] lon, double[] lat, int first, double[] along, double metres) {
        int i = 0;
        while (i < along.length - 2 && along[i + 1] < metres) i++;
        double length = along[i + 1] - along[i];
        double t = length == 0 ? 0 : Math.max(0, Math.min(1, (metres - along[i]) / length));
        return new Coordinate(
                lon[first + i] + t * (lon[first + i + 1] - lon[first + i]),
                lat[first + i] + t * (lat[first + i + 1] - lat[first + i]));
    }
}
