package org.anquan.coverage;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.RoadAccess.Near;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/**
 * Places whose times are wanted exactly (villages, sample points), with the roads within reach of each, made once and
 * asked again and again.
 */
final class Points {
    /** So far from the middle the projection ends, and no road of the network is near. */
    private static final double FAR_DEGREES = 6;

    final double[] lon;
    final double[] lat;
    final double[] x;
    final double[] y;
    final Near[] near;
    /** Numbers of the points from south to north, and their latitudes. */
    private final int[] northward;

    private final double[] sortedLat;
    private final Lately<Terrain, float[][]> factors = new Lately<>(4);

    Points(RoadAccess access, double[] lon, double[] lat, double reachMetres) {
        this.lon = lon;
        this.lat = lat;
        int n = lon.length;
        x = new double[n];
        y = new double[n];
        near = new Near[n];
        RoadAccess.Finder finder = access.new Finder();
        for (int i = 0; i < n; i++) {
            if (Math.abs(lon[i] - access.grid.crs().centralMeridianDegrees()) > FAR_DEGREES) {
                near[i] = Near.NOTHING;
                continue;
            }
            double[] at = access.grid.crs().toMetres(lon[i], lat[i]);
            x[i] = at[0];
            y[i] = at[1];
            near[i] = finder.within(at[0], at[1], reachMetres);
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(lat[a], lat[b]));
        northward = new int[n];
        sortedLat = new double[n];
        for (int i = 0; i < n; i++) {
            northward[i] = order[i];
            sortedLat[i] = lat[order[i]];
        }
    }

    int count() {
        return lon.length;
    }

    /** Factors on the straight walks between each point and the roads near it, on a terrain; made once for each. */
    float[][] factors(Terrain terrain, RoadPlane plane) {
        return factors.get(terrain, () -> {
            float[][] all = new float[near.length][];
            for (int p = 0; p < all.length; p++) {
                all[p] = new float[near[p].count()];
                for (int i = 0; i < all[p].length; i++) {
                    double[] road = plane.pointAt(near[p].edge[i], near[p].fraction[i]);
                    all[p][i] = terrain.straight(road[0] + plane.originX, road[1] + plane.originY, x[p], y[p]);
                }
            }
            return all;
        });
    }

    /** Factors on straight walks, or null on even ground. */
    float @Nullable [][] walks(Terrain terrain, RoadPlane plane) {
        return terrain == Terrain.EVEN ? null : factors(terrain, plane);
    }

    /**
     * The exact time of a place over some road times and straight walks; ways round a barrier are left out.
     *
     * @param walks see {@link #walks}
     * @param least no factor is below it
     * @param open which of the straight walks are not barred by something else
     */
    long exact(
            int place, EdgeTimes times, float @Nullable [][] walks, float least, OffRoad offRoad, IntPredicate open) {
        return near[place].best(
                times,
                offRoad.millisPerMetre(),
                offRoad.maxMetres(),
                0,
                walks == null ? null : walks[place],
                least,
                open);
    }

    /**
     * Which points lie inside, by even-odd crossings to the east, for all points in one walk over the boundary: a
     * segment looks only at the points between its two latitudes.
     */
    boolean[] inside(MultiPolygon area) {
        boolean[] in = new boolean[lon.length];
        for (int i = 0; i < area.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) area.getGeometryN(i);
            cross(polygon.getExteriorRing().getCoordinateSequence(), in);
            for (int h = 0; h < polygon.getNumInteriorRing(); h++)
                cross(polygon.getInteriorRingN(h).getCoordinateSequence(), in);
        }
        return in;
    }

    private void cross(CoordinateSequence ring, boolean[] in) {
        double x0 = ring.getX(0);
        double y0 = ring.getY(0);
        for (int i = 1; i < ring.size(); i++) {
            double x1 = ring.getX(i);
            double y1 = ring.getY(i);
            double low = Math.min(y0, y1);
            double high = Math.max(y0, y1);
            // Half open: a point on a vertex's latitude is crossed by one of the two segments, not by both.
            for (int k = firstAbove(low); k < sortedLat.length && sortedLat[k] <= high; k++) {
                int p = northward[k];
                if (lon[p] < x0 + (lat[p] - y0) / (y1 - y0) * (x1 - x0)) in[p] = !in[p];
            }
            x0 = x1;
            y0 = y1;
        }
    }

    /** Place of the first point strictly north of a latitude. */
    private int firstAbove(double latitude) {
        int low = 0;
        int high = sortedLat.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sortedLat[middle] <= latitude) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
