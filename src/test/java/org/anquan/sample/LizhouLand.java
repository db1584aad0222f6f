package org.anquan.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anquan.sample.LizhouFacts.Unit;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * The district and its townships: each place belongs to the nearest unit (Voronoi cells cut by the boundary ring). Then
 * the whole plane is bent by one smooth field, so that borders look grown and neighbours still share them exactly.
 */
final class LizhouLand {
    static final GeometryFactory PLANE = new GeometryFactory();
    private static final double STEP_METRES = 220;
    /** Wavelength and height of the bends, metres; the height over the wavelength stays so small that nothing folds. */
    private static final double[][] BENDS = {{1500, 40}, {2600, 80}, {4300, 150}, {7300, 240}};
    /** Long bends, only away from the town, whose cells are small. */
    private static final double[][] LONG_BENDS = {{11_000, 420}, {19_000, 600}};

    private static final double TOWN_METRES = 12_000;

    private final List<double[]> waves = new ArrayList<>();
    private final List<Coordinate> corners = new ArrayList<>();
    private final Coordinate town = Ground.at(845, 430);
    final Map<Unit, Polygon> townships = new LinkedHashMap<>();
    final Polygon district;

    LizhouLand(Random dice) {
        for (double[][] bends : List.of(BENDS, LONG_BENDS))
            for (double[] bend : bends)
                for (int axis = 0; axis < 2; axis++) {
                    double angle = dice.nextDouble() * Math.PI;
                    waves.add(new double[] {
                        2 * Math.PI / bend[0] * StrictMath.cos(angle),
                        2 * Math.PI / bend[0] * StrictMath.sin(angle),
                        dice.nextDouble() * 2 * Math.PI,
                        bend[1],
                        axis,
                        bends == LONG_BENDS ? 1 : 0
                    });
                }
        Polygon boundary = polygon(LizhouFacts.BOUNDARY);
        for (Unit unit : LizhouFacts.UNITS) {
            Geometry cell = boundary.intersection(polygon(cell(unit)));
            if (!(cell instanceof Polygon whole)) throw new IllegalStateException(unit.name() + " is in pieces");
            townships.put(unit, bent(whole));
        }
        district = (Polygon) UnaryUnionOp.union(townships.values());
    }

    private static Polygon polygon(List<Coordinate> ring) {
        List<Coordinate> closed = new ArrayList<>(ring);
        closed.add(ring.get(0));
        return PLANE.createPolygon(closed.toArray(Coordinate[]::new));
    }

    /** All places nearer to this unit than to any other: a large square, cut by each bisector. */
    private static List<Coordinate> cell(Unit unit) {
        List<Coordinate> cell = List.of(
                new Coordinate(-100_000, -100_000),
                new Coordinate(250_000, -100_000),
                new Coordinate(250_000, 250_000),
                new Coordinate(-100_000, 250_000));
        for (Unit other : LizhouFacts.UNITS) if (other != unit) cell = nearer(cell, unit.centre(), other.centre());
        return cell;
    }

    private static List<Coordinate> nearer(List<Coordinate> cell, Coordinate own, Coordinate other) {
        List<Coordinate> kept = new ArrayList<>();
        for (int i = 0; i < cell.size(); i++) {
            Coordinate a = cell.get(i);
            Coordinate b = cell.get((i + 1) % cell.size());
            double fromA = beyond(a, own, other);
            double fromB = beyond(b, own, other);
            if (fromA <= 0) kept.add(a);
            if (fromA < 0 != fromB < 0) {
                double share = fromA / (fromA - fromB);
                kept.add(new Coordinate(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)));
            }
        }
        return kept;
    }

    private static double beyond(Coordinate p, Coordinate own, Coordinate other) {
        return (p.x - (own.x + other.x) / 2) * (other.x - own.x) + (p.y - (own.y + other.y) / 2) * (other.y - own.y);
    }

    private Polygon bent(Polygon cell) {
        Coordinate[] ring = cell.getExteriorRing().getCoordinates();
        for (int i = 0; i < ring.length; i++) ring[i] = corner(ring[i]);
        List<Coordinate> line = new ArrayList<>();
        for (int i = 1; i < ring.length; i++) {
            // From the smaller end, so that both neighbours divide their border alike.
            boolean forward = ring[i - 1].compareTo(ring[i]) < 0;
            Coordinate from = forward ? ring[i - 1] : ring[i];
            Coordinate to = forward ? ring[i] : ring[i - 1];
            int steps = Math.max(1, (int) Math.round(from.distance(to) / STEP_METRES));
            for (int k = 0; k < steps; k++) {
                double share = (double) (forward ? k : steps - k) / steps;
                line.add(Ground.onGrid(
                        moved(new Coordinate(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)))));
            }
        }
        return polygon(line);
    }

    /** One place for a corner that neighbours have computed apart. */
    private Coordinate corner(Coordinate at) {
        for (Coordinate known : corners) if (known.distance(at) < 1) return known;
        corners.add(at);
        return at;
    }

    private Coordinate moved(Coordinate at) {
        double fromTown = at.distance(town) / TOWN_METRES;
        double away = 1 - StrictMath.exp(-fromTown * fromTown);
        Coordinate moved = new Coordinate(at);
        for (double[] wave : waves) {
            double height = wave[3] * (wave[5] == 1 ? away : 1);
            double by = height * StrictMath.sin(wave[0] * at.x + wave[1] * at.y + wave[2]);
            if (wave[4] == 0) moved.x += by;
            else moved.y += by;
        }
        return moved;
    }

    /** The unit that a place belongs to; the nearest one for a place outside. */
    Unit unitOf(Coordinate at) {
        for (Map.Entry<Unit, Polygon> one : townships.entrySet())
            if (one.getValue().contains(PLANE.createPoint(at))) return one.getKey();
        return LizhouRoads.nearestUnit(at);
    }
}
