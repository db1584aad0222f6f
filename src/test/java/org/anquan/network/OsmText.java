package org.anquan.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.geo.Distances;

/** Writes small OSM XML files whose places are given in metres east and north of 105°E 32°N. */
final class OsmText {
    static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;
    private static final double COS = Math.cos(Math.toRadians(32));

    private final StringBuilder nodes = new StringBuilder();
    private final StringBuilder ways = new StringBuilder();
    private final StringBuilder relations = new StringBuilder();
    private final List<double[]> places = new ArrayList<>();
    private int relationCount;

    static double lon(double east) {
        return 105 + east / (METRES_A_DEGREE * COS);
    }

    static double lat(double north) {
        return 32 + north / METRES_A_DEGREE;
    }

    /** @return the node's OSM id */
    int node(double east, double north, String... tags) {
        places.add(new double[] {east, north});
        nodes.append(String.format(
                Locale.ROOT,
                "<node id=\"%d\" version=\"1\" lat=\"%.9f\" lon=\"%.9f\">%s</node>%n",
                places.size(),
                lat(north),
                lon(east),
                tags(tags)));
        return places.size();
    }

    OsmText way(int id, List<Integer> through, String... tags) {
        ways.append("<way id=\"").append(id).append("\" version=\"1\">");
        for (int node : through) ways.append("<nd ref=\"").append(node).append("\"/>");
        ways.append(tags(tags)).append("</way>\n");
        return this;
    }

    OsmText restriction(int from, int via, int to, String... tags) {
        relations.append(String.format(
                "<relation id=\"%d\" version=\"1\"><member type=\"way\" ref=\"%d\" role=\"from\"/><member type=\"node\""
                        + " ref=\"%d\" role=\"via\"/><member type=\"way\" ref=\"%d\" role=\"to\"/><tag k=\"type\""
                        + " v=\"restriction\"/>%s</relation>%n",
                ++relationCount, from, via, to, tags(tags)));
        return this;
    }

    private static String tags(String... tags) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < tags.length; i += 2)
            out.append("<tag k=\"")
                    .append(tags[i])
                    .append("\" v=\"")
                    .append(tags[i + 1])
                    .append("\"/>");
        return out.toString();
    }

    String xml() {
        return "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n" + nodes + ways + relations
                + "</osm>\n";
    }
}
