package org.anquan.coverage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/**
 * Areas of a scenario that nobody walks through, on ground of any kind: every cell that one touches is barred, and every
 * straight way that crosses one.
 *
 * <p>A way is barred where it meets an outline or starts inside an area.
 */
final class Barrier implements Terrain {
    private final BitSet cells = new BitSet();
    private final SurfaceGrid grid;
    private final Terrain ground;
    private final List<Area> areas = new ArrayList<>();
    private final CellLines outlines;

    private record Area(Envelope box, IndexedPointInAreaLocator locator) {}

    /** @param impassable polygons in metres of the grid */
    Barrier(SurfaceGrid grid, List<Geometry> impassable, Terrain ground) {
        this.grid = grid;
        this.ground = ground;
        outlines = new CellLines(grid, impassable);
        for (int c = 0; c < grid.size(); c++) if (outlines.in(c)) cells.set(c);
        for (Geometry area : impassable) {
            if (area.isEmpty()) continue;
            Area one = new Area(area.getEnvelopeInternal(), new IndexedPointInAreaLocator(area));
            areas.add(one);
            fill(one);
        }
    }

    /** Cells without outline between two with one are all inside the area or all outside. */
    private void fill(Area area) {
        double cell = grid.cellMetres;
        int c0 = (int) Math.max(0, Math.floor((area.box.getMinX() - grid.west) / cell));
        int c1 = (int) Math.min(grid.cols - 1, Math.floor((area.box.getMaxX() - grid.west) / cell));
        int r0 = (int) Math.max(0, Math.floor((area.box.getMinY() - grid.south) / cell));
        int r1 = (int) Math.min(grid.rows - 1, Math.floor((area.box.getMaxY() - grid.south) / cell));
        for (int r = r0; r <= r1; r++)
            for (int c = c0; c <= c1; ) {
                int until = c;
                if (outlines.in(r * grid.cols + c)) {
                    c++;
                    continue;
                }
                while (until <= c1 && !outlines.in(r * grid.cols + until)) until++;
                if (area.locator.locate(new Coordinate(grid.x(c), grid.y(r))) != Location.EXTERIOR)
                    cells.set(r * grid.cols + c, r * grid.cols + until);
                c = until;
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
    public double bar(int from, int to) {
        return Math.min(outlines.firstMeeting(from, to), ground.bar(from, to));
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

    /** Is the straight way between two places (metres) free? */
    boolean free(double x0, double y0, double x1, double y1) {
        return !crosses(x0, y0, x1, y1) && !inside(x0, y0);
    }

    /** Does a place lie in one of the areas or on its border? */
    boolean inside(double x, double y) {
        int cell = grid.cellAt(x, y);
        if (cell < 0 || !cells.get(cell)) return false;
        if (!outlines.in(cell)) return true;
        Coordinate place = new Coordinate(x, y);
        for (Area area : areas)
            if (area.box.contains(x, y) && area.locator.locate(place) != Location.EXTERIOR) return true;
        return false;
    }

    /** Does the straight way between two places meet an outline? Where not, it lies inside or outside as a whole. */
    boolean crosses(double x0, double y0, double x1, double y1) {
        return outlines.crosses(x0, y0, x1, y1);
    }
}
