package org.anquan.population;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.geo.MetricCrs;
import org.jspecify.annotations.Nullable;

/**
 * Weights at many places (floor area of homes, metres of residential road, people of a raster) put together by square
 * cells, so that a county stays some thousands of places. A cell stands at the weighted mean of what is in it.
 */
final class Homes {
    private final double cellMetres;
    private final Map<Long, double[]> cells = new LinkedHashMap<>();
    private @Nullable MetricCrs crs;

    Homes(double cellMetres) {
        this.cellMetres = cellMetres;
    }

    /** @param lon degrees */
    void add(double lon, double lat, double weight) {
        if (!(weight > 0)) return;
        if (crs == null) crs = MetricCrs.at(lon);
        double[] at = crs.toMetres(lon, lat);
        long cell =
                ((long) Math.floor(at[0] / cellMetres) << 32) ^ ((long) Math.floor(at[1] / cellMetres) & 0xffffffffL);
        double[] sum = cells.computeIfAbsent(cell, none -> new double[3]);
        sum[0] += weight;
        sum[1] += weight * lon;
        sum[2] += weight * lat;
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    int size() {
        return cells.size();
    }

    /** Lon, lat and the whole number of people of each cell; together they are exactly the total (largest remainders). */
    List<Share> shared(long total) {
        double all = 0;
        for (double[] cell : cells.values()) all += cell[0];
        List<Share> shares = new ArrayList<>();
        List<double[]> rest = new ArrayList<>();
        long given = 0;
        for (double[] cell : cells.values()) {
            double exact = all > 0 ? total * (cell[0] / all) : 0;
            long whole = (long) Math.floor(exact);
            given += whole;
            rest.add(new double[] {exact - whole, shares.size()});
            shares.add(new Share(cell[1] / cell[0], cell[2] / cell[0], whole));
        }
        rest.sort((a, b) -> a[0] != b[0] ? Double.compare(b[0], a[0]) : Double.compare(a[1], b[1]));
        for (int i = 0; i < rest.size() && given < total; i++, given++) {
            int at = (int) rest.get(i)[1];
            Share one = shares.get(at);
            shares.set(at, new Share(one.lon(), one.lat(), one.people() + 1));
        }
        return shares;
    }

    /** What is in each cell, rounded so that the sum is kept. */
    List<Share> asTheyAre() {
        double all = 0;
        for (double[] cell : cells.values()) all += cell[0];
        return shared(Math.round(all));
    }

    record Share(double lon, double lat, long people) {}
}
