package org.anquan.coverage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * Areas of a scenario that nobody walks through, on ground of any kind: every cell that one touches is barred, and every
 * straight way that crosses one.
 */
final class Barrier implements Terrain {
    private final BitSet cells = new BitSet();
    private final List<PreparedGeometry> areas = new ArrayList<>();
    private final SurfaceGrid grid;
    private final Terrain ground;

    /** @param impassable lon, lat */
    Barrier(SurfaceGrid grid, List<Geometry> impassable, Terrain ground) {
        this.grid = grid;
        this.ground = ground;
        MetricCrs crs = grid.crs();
        for (Geometry area : impassable) {
            if (area.isEmpty()) continue;
            PreparedGeometry prepared = PreparedGeometryFactory.prepare(crs.toMetres(area));
            areas.add(prepared);
            mark(prepared);
        }
    }

    private void mark(PreparedGeometry area) {
        Envelope box = area.getGeometry().getEnvelopeInternal();
        double cell = grid.cellMetres;
        int c0 = (int) Math.max(0, Math.floor((box.getMinX() - grid.west) / cell));
        int c1 = (int) Math.min(grid.cols - 1, Math.floor((box.getMaxX() - grid.west) / cell));
        int r0 = (int) Math.max(0, Math.floor((box.getMinY() - grid.south) / cell));
        int r1 = (int) Math.min(grid.rows - 1, Math.floor((box.getMaxY() - grid.south) / cell));
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; c++) {
                double west = grid.west + c * cell;
                double south = grid.south + r * cell;
                Envelope square = new Envelope(west, west + cell, south, south + cell);
                if (!cells.get(r * grid.cols + c) && area.intersects(GeoJson.FACTORY.toGeometry(square)))
                    cells.set(r * grid.cols + c);
            }
    }

    @Override
    public boolean open(int cell) {
        return !cells.get(cell) && ground.open(cell);
    }

    /** A knight's move also passes between the two cells beside its way. */
    @Override
    public float step(int from, int to) {
        if (cells.get(to) || cells.get(from)) return BARRED;
        int cols = grid.cols;
        int dc = to % cols - from % cols;
        int dr = to / cols - from / cols;
        if (Math.abs(dc) == 2 && (cells.get(from + dc / 2) || cells.get(to - dc / 2))) return BARRED;
        if (Math.abs(dr) == 2 && (cells.get(from + dr / 2 * cols) || cells.get(to - dr / 2 * cols))) return BARRED;
        return ground.step(from, to);
    }

    @Override
    public float piece(int piece, int cell, float metres) {
        return cells.get(cell) ? BARRED : ground.piece(piece, cell, metres);
    }

    @Override
    public float straight(double x0, double y0, double x1, double y1) {
        return free(x0, y0, x1, y1) ? ground.straight(x0, y0, x1, y1) : BARRED;
    }

    @Override
    public float least() {
        return ground.least();
    }

    /**
     * Is the straight way between two places (metres) free? Every cell that an area touches is marked, so a way that meets
     * no marked cell is free; only the others are asked of the areas themselves.
     */
    boolean free(double x0, double y0, double x1, double y1) {
        if (!meetsMarked(x0, y0, x1, y1)) return true;
        Geometry way =
                GeoJson.FACTORY.createLineString(new Coordinate[] {new Coordinate(x0, y0), new Coordinate(x1, y1)});
        Envelope box = way.getEnvelopeInternal();
        for (PreparedGeometry area : areas)
            if (area.getGeometry().getEnvelopeInternal().intersects(box) && area.intersects(way)) return false;
        return true;
    }

    /** Row by row the columns that the way passes, one more on either side for rounding. */
    private boolean meetsMarked(double x0, double y0, double x1, double y1) {
        double cell = grid.cellMetres;
        double u0 = (x0 - grid.west) / cell;
        double v0 = (y0 - grid.south) / cell;
        double u1 = (x1 - grid.west) / cell;
        double v1 = (y1 - grid.south) / cell;
        int r0 = (int) Math.floor(Math.min(v0, v1));
        int r1 = (int) Math.floor(Math.max(v0, v1));
        double slope = v1 == v0 ? 0 : (u1 - u0) / (v1 - v0);
        for (int r = Math.max(0, r0); r <= Math.min(grid.rows - 1, r1); r++) {
            double from = v1 == v0 ? u0 : u0 + (Math.max(Math.min(v0, v1), r) - v0) * slope;
            double to = v1 == v0 ? u1 : u0 + (Math.min(Math.max(v0, v1), r + 1) - v0) * slope;
            int c0 = (int) Math.max(0, Math.floor(Math.min(from, to) - 1e-9));
            int c1 = (int) Math.min(grid.cols - 1, Math.floor(Math.max(from, to) + 1e-9));
            if (c0 > c1) continue;
            int marked = cells.nextSetBit(r * grid.cols + c0);
            if (marked >= 0 && marked <= r * grid.cols + c1) return true;
        }
        return false;
    }
}
