package org.anquan.network;

/**
 * A place brought to the road: the nearest point of an edge that the profile may use.
 *
 * @param edge of the graph
 * @param fraction 0 at the edge's base node, 1 at its head, by length along the shape
 * @param metresAway straight-line distance from the place to that point
 * @param lon of the point on the road, degrees
 * @param lat of the point on the road, degrees
 */
public record Snap(int edge, double fraction, double metresAway, double lon, double lat) {}
