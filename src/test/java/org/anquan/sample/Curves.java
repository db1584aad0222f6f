package org.anquan.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.locationtech.jts.geom.Coordinate;

/** Makes coarse lines look grown: rivers smooth, roads winding by a given ratio. */
final class Curves {
    /** How a road winds: true length over straight length, the wavelengths of its bends and the distance of its points, metres. */
    record Winding(double ratio, double shortestBendMetres, double longestBendMetres, double stepMetres) {
        /** 高速公路: long bends. */
        static final Winding EXPRESSWAY = new Winding(1.1, 2500, 9000, 160);
        /** Every other main road. */
        static final Winding COUNTRY = new Winding(1.3, 900, 5000, 90);

        static Winding village(double ratio) {
            return new Winding(ratio, 500, 2500, 90);
        }
    }

    private static final int BENDS = 5;
    private static final double STRAIGHT_END_METRES = 350;

    private Curves() {}

    /**
     * A line from a to b whose length is {@code ratio} times the straight one, within 0.01 %. It is the graph of a sum
     * of sines over the straight line, so it never crosses itself; the height of the sines is found by halving.
     */
    static List<Coordinate> winding(Coordinate a, Coordinate b, Winding how, Random dice) {
        double straight = a.distance(b);
        double target = Ground.metres(a, b) * how.ratio();
        int steps = Math.max(6, (int) Math.ceil(straight * how.ratio() / how.stepMetres()));
        double longest = Math.min(straight, how.longestBendMetres());
        double shortest = Math.min(longest, how.shortestBendMetres());
        double[] offset = new double[steps + 1];
        addBend(offset, straight, 2 * straight, 0, (dice.nextDouble() * 2 - 1) * 0.7);
        for (int bend = 0; bend < BENDS; bend++) {
            double wave = shortest * StrictMath.pow(longest / shortest, dice.nextDouble());
            addBend(offset, straight, wave, dice.nextDouble() * 2 * Math.PI, 0.3 + 0.7 * dice.nextDouble());
        }
        double end = Math.min(STRAIGHT_END_METRES, straight / 3);
        for (int i = 0; i <= steps; i++) {
            double along = straight * Math.min(i, steps - i) / steps;
            double share = Math.min(1, along / end);
            offset[i] *= share * share * (3 - 2 * share);
        }
        double low = 0;
        double high = 8;
        for (int halving = 0; halving < 40; halving++) {
            double middle = (low + high) / 2;
            if (Ground.metres(line(a, b, offset, middle)) < target) low = middle;
            else high = middle;
        }
        return line(a, b, offset, high);
    }

    private static void addBend(double[] offset, double straight, double wave, double phase, double slope) {
        double height = slope * wave / (2 * Math.PI);
        for (int i = 0; i < offset.length; i++) {
            double along = straight * i / (offset.length - 1);
            offset[i] += height * StrictMath.sin(2 * Math.PI * along / wave + phase);
        }
    }

    private static List<Coordinate> line(Coordinate a, Coordinate b, double[] offset, double height) {
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double straight = a.distance(b);
        int steps = offset.length - 1;
        List<Coordinate> line = new ArrayList<>(steps + 1);
        line.add(a);
        for (int i = 1; i < steps; i++) {
            double aside = offset[i] * height / straight;
            line.add(Ground.onGrid(
                    new Coordinate(a.x + dx * i / steps - dy * aside, a.y + dy * i / steps + dx * aside)));
        }
        line.add(b);
        return line;
    }

    /** A smooth line through all points (Catmull-Rom), with small bends between them. */
    static List<Coordinate> smooth(List<Coordinate> through, double stepMetres, double bendMetres, Random dice) {
        List<Coordinate> line = new ArrayList<>();
        for (int i = 0; i + 1 < through.size(); i++) {
            Coordinate p0 = through.get(Math.max(0, i - 1));
            Coordinate p1 = through.get(i);
            Coordinate p2 = through.get(i + 1);
            Coordinate p3 = through.get(Math.min(through.size() - 1, i + 2));
            double straight = p1.distance(p2);
            int steps = Math.max(3, (int) Math.ceil(straight / stepMetres));
            double waves = Math.max(1, Math.round(straight / 1800));
            double height = bendMetres * (dice.nextDouble() * 2 - 1);
            for (int k = 0; k < steps; k++) {
                double t = (double) k / steps;
                double swell = StrictMath.sin(Math.PI * t);
                double aside = height * swell * StrictMath.sin(2 * Math.PI * waves * t) / straight;
                line.add(Ground.onGrid(new Coordinate(
                        spline(p0.x, p1.x, p2.x, p3.x, t) - (p2.y - p1.y) * aside,
                        spline(p0.y, p1.y, p2.y, p3.y, t) + (p2.x - p1.x) * aside)));
            }
        }
        line.add(through.get(through.size() - 1));
        return line;
    }

    private static double spline(double p0, double p1, double p2, double p3, double t) {
        return 0.5
                * (2 * p1
                        + (p2 - p0) * t
                        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t
                        + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
    }
}
