package org.anquan.network;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.anquan.geo.Bbox;
import org.anquan.geo.Distances;

/**
 * Finds the nearest point of the network: a square grid over all straight pieces of all edges, one for all profiles. The
 * search goes from the place outward ring by ring and ends when no nearer piece can come.
 *
 * <p>Why not GraphHopper's LocationIndex: it looks only a few of its cells far (a few hundred metres), tests one edge
 * after the other through a filter object, and cannot be told of parts of the network that are no parts of the stored
 * graph.
 */
final class EdgeIndex {
    private static final double METRES_A_DEGREE = Math.toRadians(1) * Distances.EARTH_RADIUS_METRES;
    private static final double SMALLEST_CELL_METRES = 100;

    private final RoadGraph graph;
    private final double west;
    private final double south;
    private final double cellLon;
    private final double cellLat;
    private final int columns;
    private final int rows;
    private final int[] firstPiece;
    /** Edge and place of the piece's first point in the graph's shapes, in pairs. */
    private final int[] pieces;

    EdgeIndex(RoadGraph graph) {
        this.graph = graph;
        if (graph.edgeCount() == 0) {
            west = south = 0;
            cellLon = cellLat = 1;
            columns = rows = 0;
            firstPiece = new int[1];
            pieces = new int[0];
            return;
        }
        Bbox box = graph.bbox();
        double midCos = Math.max(0.01, Math.cos(Math.toRadians((box.south() + box.north()) / 2)));
        double width = Math.max(1, (box.east() - box.west()) * METRES_A_DEGREE * midCos);
        double height = Math.max(1, (box.north() - box.south()) * METRES_A_DEGREE);
        int points = graph.shapeLon().length;
        // About as many cells as points, so that lonely roads in a wide country do not fill the memory with empty
        // cells.
        double cell = Math.max(SMALLEST_CELL_METRES, Math.sqrt(width * height / points));
        cell = Math.max(cell, Math.max(width, height) / 20_000);
        west = box.west();
        south = box.south();
        cellLat = cell / METRES_A_DEGREE;
        cellLon = cellLat / midCos;
        columns = 1 + (int) ((box.east() - west) / cellLon);
        rows = 1 + (int) ((box.north() - south) / cellLat);
        int[] counts = new int[columns * rows + 1];
        eachPiece((edge, point, at) -> counts[at + 1]++);
        for (int i = 1; i < counts.length; i++) counts[i] += counts[i - 1];
        firstPiece = counts;
        int[] next = Arrays.copyOf(counts, counts.length - 1);
        pieces = new int[2 * counts[counts.length - 1]];
        eachPiece((edge, point, at) -> {
            int place = 2 * next[at]++;
            pieces[place] = edge;
            pieces[place + 1] = point;
        });
    }

    private interface PieceInCell {
        void take(int edge, int point, int cell);
    }

    private void eachPiece(PieceInCell task) {
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            int last = graph.shapeFirst(edge + 1) - 1;
            for (int p = graph.shapeFirst(edge); p < last; p++) {
                int c0 = column(Math.min(lon[p], lon[p + 1]));
                int c1 = column(Math.max(lon[p], lon[p + 1]));
                int r0 = row(Math.min(lat[p], lat[p + 1]));
                int r1 = row(Math.max(lat[p], lat[p + 1]));
                for (int r = r0; r <= r1; r++)
                    for (int c = c0; c <= c1; c++)
                        if ((c0 == c1 || r0 == r1) || crosses(lon[p], lat[p], lon[p + 1], lat[p + 1], c, r))
                            task.take(edge, p, r * columns + c);
            }
        }
    }

    /** Does the piece's line pass the cell? The box is known to touch it; so only the line's side is asked. */
    private boolean crosses(double x1, double y1, double x2, double y2, int column, int row) {
        double left = west + column * cellLon;
        double bottom = south + row * cellLat;
        double dx = x2 - x1;
        double dy = y2 - y1;
        double a = dx * (bottom - y1) - dy * (left - x1);
        double b = a - dy * cellLon;
        double c = a + dx * cellLat;
        double d = b + dx * cellLat;
        double rounding = 1e-9 * (Math.abs(dx * cellLat) + Math.abs(dy * cellLon));
        return Math.min(Math.min(a, b), Math.min(c, d)) <= rounding
                && Math.max(Math.max(a, b), Math.max(c, d)) >= -rounding;
    }

    private int column(double lon) {
        return (int) Math.floor((lon - west) / cellLon);
    }

    private int row(double lat) {
        return (int) Math.floor((lat - south) / cellLat);
    }

    /**
     * @param usable the edges that may be found
     * @param maxMetres the farthest that the road may be away
     */
    Optional<Snap> nearest(double lon, double lat, BitSet usable, double maxMetres) {
        return nearest(lon, lat, usable, maxMetres, edge -> true);
    }

    /** The same among those edges that also pass a test. */
    Optional<Snap> nearest(double lon, double lat, BitSet usable, double maxMetres, IntPredicate also) {
        if (columns == 0 || !(maxMetres >= 0) || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
            return Optional.empty();
        double[] shapeLon = graph.shapeLon();
        double[] shapeLat = graph.shapeLat();
        double yMetres = METRES_A_DEGREE;
        double xMetres = METRES_A_DEGREE * Math.max(1e-6, Math.cos(Math.toRadians(lat)));
        double cellMetres = Math.min(cellLon * xMetres, cellLat * yMetres);
        int column = column(lon);
        int row = row(lat);
        // A little more than asked, because this plane measures a little differently from the sphere.
        double limit = maxMetres * 1.01 + 1;
        double best = limit * limit;
        int bestEdge = -1;
        int bestPoint = -1;
        double bestShare = 0;
        int farthestRing = Math.max(
                Math.max(Math.abs(column), Math.abs(column - columns + 1)),
                Math.max(Math.abs(row), Math.abs(row - rows + 1)));
        int firstRing = Math.max(Math.max(-column, column - columns + 1), Math.max(0, Math.max(-row, row - rows + 1)));
        for (int ring = firstRing; ring <= farthestRing; ring++) {
            // The place lies somewhere in its cell: what stands in this ring is at least ring - 1 whole cells away.
            double atLeast = (ring - 1) * cellMetres;
            if (atLeast > 0 && atLeast * atLeast > best) break;
            int r0 = Math.max(0, row - ring);
            int r1 = Math.min(rows - 1, row + ring);
            for (int r = r0; r <= r1; r++) {
                boolean whole = r == row - ring || r == row + ring;
                int step = whole || ring == 0 ? 1 : 2 * ring;
                int c0 = column - ring;
                if (step == 1) c0 = Math.max(0, c0);
                for (int c = c0; c <= Math.min(columns - 1, column + ring); c += step) {
                    if (c < 0) continue;
                    int cell = r * columns + c;
                    for (int i = 2 * firstPiece[cell], end = 2 * firstPiece[cell + 1]; i < end; i += 2) {
                        int edge = pieces[i];
                        if (!usable.get(edge) || !also.test(edge)) continue;
                        int p = pieces[i + 1];
                        double ax = (shapeLon[p] - lon) * xMetres;
                        double ay = (shapeLat[p] - lat) * yMetres;
                        double dx = (shapeLon[p + 1] - shapeLon[p]) * xMetres;
                        double dy = (shapeLat[p + 1] - shapeLat[p]) * yMetres;
                        double length = dx * dx + dy * dy;
                        double share = length > 0 ? -(ax * dx + ay * dy) / length : 0;
                        share = share < 0 ? 0 : Math.min(share, 1);
                        double x = ax + share * dx;
                        double y = ay + share * dy;
                        double distance = x * x + y * y;
                        if (distance < best || (distance == best && edge < bestEdge)) {
                            best = distance;
                            bestEdge = edge;
                            bestPoint = p;
                            bestShare = share;
                        }
                    }
                }
            }
        }
        if (bestEdge < 0) return Optional.empty();
        double onLon = shapeLon[bestPoint] + bestShare * (shapeLon[bestPoint + 1] - shapeLon[bestPoint]);
        double onLat = shapeLat[bestPoint] + bestShare * (shapeLat[bestPoint + 1] - shapeLat[bestPoint]);
        double metresAway = Distances.metres(lon, lat, onLon, onLat);
        if (metresAway > maxMetres) return Optional.empty();
        return Optional.of(new Snap(bestEdge, fraction(bestEdge, bestPoint, onLon, onLat), metresAway, onLon, onLat));
    }

    private double fraction(int edge, int point, double onLon, double onLat) {
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        double before = 0;
        double all = 0;
        for (int p = graph.shapeFirst(edge); p < graph.shapeFirst(edge + 1) - 1; p++) {
            if (p == point) before = all + Distances.metres(lon[p], lat[p], onLon, onLat);
            all += Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
        }
        return all > 0 ? Math.min(1, before / all) : 0;
    }
}
