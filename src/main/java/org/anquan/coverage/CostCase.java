package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.terrain.Raster;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.LinearComponentExtracter;

/**
 * A raster on which travel is worked out: land cover with its paces, then barriers, then roads that cross them, all put
 * on cells; facilities, people and zones beside it. Coordinates are those of the raster, x east and y north.
 */
final class CostCase {
    final int cols;
    final int rows;
    final double west;
    final double north;
    final double cellX;
    final double cellY;
    final CoordinateReferenceSystem crs;
    final float[] pace;
    final boolean[] onFoot;
    final float[] height;
    final List<Facility> facilities = new ArrayList<>();
    final List<Zone> zones = new ArrayList<>();
    /** Whole people by cell, or null where nobody knows. */
    long @Nullable [] people;

    CostCase(int cols, int rows, double west, double north, double cellX, double cellY, CoordinateReferenceSystem crs) {
        this.cols = cols;
        this.rows = rows;
        this.west = west;
        this.north = north;
        this.cellX = cellX;
        this.cellY = cellY;
        this.crs = crs;
        pace = new float[cols * rows];
        Arrays.fill(pace, CostGrid.BARRED);
        onFoot = new boolean[cols * rows];
        height = new float[cols * rows];
        Arrays.fill(height, Float.NaN);
    }

    /**
     * @param cell that it stands in, -1 outside the raster
     * @param capacity in people, or null where it is not known, which is no limit to travel but takes nobody in
     */
    record Facility(
            String id, String name, int cell, @Nullable Long capacity) {}

    record Zone(String name, Geometry area) {}

    /**
     * What came out.
     *
     * @param travel seconds by cell and who is nearest
     * @param filled null where people or capacities are not known
     */
    record Result(CostGrid.Times travel, Catchments.@Nullable Filled filled, List<ZoneRow> zones) {}

    /**
     * @param people in the zone in all
     * @param within people within each of the minutes asked for
     * @param unreached people whom nobody reaches within the limit
     */
    record ZoneRow(String zone, long cells, long people, long[] within, long unreached) {}

    int cellAt(double x, double y) {
        double col = Math.floor((x - west) / cellX);
        double row = Math.floor((north - y) / cellY);
        return col < 0 || row < 0 || col >= cols || row >= rows ? -1 : (int) row * cols + (int) col;
    }

    /**
     * The open cell nearest to a place, at most two cells away: a facility on a bank stands in a cell that the river bars. -1
     * where there is none.
     */
    int openNear(double x, double y) {
        int middle = cellAt(x, y);
        if (middle < 0 || pace[middle] != CostGrid.BARRED) return middle;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int r = Math.max(0, middle / cols - 2); r <= Math.min(rows - 1, middle / cols + 2); r++)
            for (int c = Math.max(0, middle % cols - 2); c <= Math.min(cols - 1, middle % cols + 2); c++) {
                int cell = r * cols + c;
                double away = Math.hypot(x(cell) - x, y(cell) - y);
                if (pace[cell] == CostGrid.BARRED || away >= least) continue;
                least = away;
                best = cell;
            }
        return best;
    }

    double x(int cell) {
        return west + (cell % cols + 0.5) * cellX;
    }

    double y(int cell) {
        return north - (cell / cols + 0.5) * cellY;
    }

    /** Sets the pace of a cell; 0 km/h bars it. */
    void ground(int cell, double kmh, boolean walked) {
        pace[cell] = kmh <= 0 ? CostGrid.BARRED : (float) (3.6 / kmh);
        onFoot[cell] = walked;
    }

    /** Bars every cell that a line touches, and every cell whose centre lies in an area. */
    void bar(Geometry barrier) {
        if (barrier instanceof Polygonal) within(barrier, cell -> pace[cell] = CostGrid.BARRED);
        for (Object line : LinearComponentExtracter.getLines(barrier))
            along((LineString) line, cell -> pace[cell] = CostGrid.BARRED);
    }

    /** Puts a road on every cell that it touches, where it is faster than what is there. Barriers give way to roads. */
    void road(Geometry road, double kmh, boolean walked) {
        float mine = (float) (3.6 / kmh);
        for (Object line : LinearComponentExtracter.getLines(road))
            along((LineString) line, cell -> {
                if (mine >= pace[cell]) return;
                pace[cell] = mine;
                onFoot[cell] = walked;
            });
    }

    interface Cells {
        void take(int cell);
    }

    void within(Geometry area, Cells task) {
        Envelope box = area.getEnvelopeInternal();
        IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(area);
        int c0 = (int) Math.max(0, Math.floor((box.getMinX() - west) / cellX));
        int c1 = (int) Math.min(cols - 1, Math.floor((box.getMaxX() - west) / cellX));
        int r0 = (int) Math.max(0, Math.floor((north - box.getMaxY()) / cellY));
        int r1 = (int) Math.min(rows - 1, Math.floor((north - box.getMinY()) / cellY));
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; c++) {
                int cell = r * cols + c;
                if (locator.locate(new Coordinate(x(cell), y(cell))) != Location.EXTERIOR) task.take(cell);
            }
    }

    /** Every cell that a line passes, one after another over their sides, so that no diagonal step slips through a line. */
    void along(LineString line, Cells task) {
        for (int i = 1; i < line.getNumPoints(); i++) {
            Coordinate a = line.getCoordinateN(i - 1);
            Coordinate b = line.getCoordinateN(i);
            passed((a.x - west) / cellX, (north - a.y) / cellY, (b.x - west) / cellX, (north - b.y) / cellY, task);
        }
    }

    /** In cells from the upper left corner. After J. Amanatides and A. Woo, "A fast voxel traversal algorithm", 1987. */
    private void passed(double u0, double v0, double u1, double v1, Cells task) {
        int c = (int) Math.floor(u0);
        int r = (int) Math.floor(v0);
        int endC = (int) Math.floor(u1);
        int endR = (int) Math.floor(v1);
        double du = Math.abs(u1 - u0);
        double dv = Math.abs(v1 - v0);
        int stepC = u1 > u0 ? 1 : -1;
        int stepR = v1 > v0 ? 1 : -1;
        double nextU = du == 0 ? Double.POSITIVE_INFINITY : (stepC > 0 ? c + 1 - u0 : u0 - c) / du;
        double nextV = dv == 0 ? Double.POSITIVE_INFINITY : (stepR > 0 ? r + 1 - v0 : v0 - r) / dv;
        int most = Math.abs(endC - c) + Math.abs(endR - r);
        take(c, r, task);
        for (int i = 0; i < most; i++) {
            if (nextU < nextV) {
                c += stepC;
                nextU += 1 / du;
            } else {
                r += stepR;
                nextV += 1 / dv;
            }
            take(c, r, task);
        }
    }

    private void take(int c, int r, Cells task) {
        if (c >= 0 && r >= 0 && c < cols && r < rows) task.take(r * cols + c);
    }

    CostGrid grid(boolean toward) {
        return new CostGrid(cols, rows, cellX, cellY, pace, onFoot, height, toward);
    }

    Result run(List<Integer> minutes, int limitMinutes, boolean toward) {
        CostGrid grid = grid(toward);
        int[] starts = facilities.stream().mapToInt(Facility::cell).toArray();
        CostGrid.Times travel = grid.from(starts, limitMinutes * 60.0);
        boolean capacities = facilities.stream().anyMatch(f -> f.capacity() != null);
        Catchments.Filled filled = people == null || !capacities
                ? null
                : Catchments.fill(
                        grid,
                        starts,
                        facilities.stream()
                                .mapToLong(f -> f.capacity() == null ? 0 : f.capacity())
                                .toArray(),
                        people,
                        limitMinutes * 60.0);
        List<ZoneRow> rows = new ArrayList<>();
        for (Zone zone : zones) rows.add(row(zone, minutes, travel));
        return new Result(travel, filled, rows);
    }

    private ZoneRow row(Zone zone, List<Integer> minutes, CostGrid.Times travel) {
        long[] within = new long[minutes.size()];
        long[] sums = new long[3];
        within(zone.area(), cell -> {
            long here = people == null ? 0 : people[cell];
            sums[0]++;
            sums[1] += here;
            float seconds = travel.seconds()[cell];
            if (Float.isNaN(seconds)) sums[2] += here;
            for (int b = 0; b < within.length; b++) if (seconds <= minutes.get(b) * 60f) within[b] += here;
        });
        return new ZoneRow(zone.name(), sums[0], sums[1], within, sums[2]);
    }

    Raster raster(float[] values) {
        return new Raster(cols, rows, west, north, cellX, cellY, crs, values);
    }
}
