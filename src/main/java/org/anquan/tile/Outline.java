package org.anquan.tile;

import java.util.Arrays;

/**
 * Positions of one part in the units of a tile (4096 to its width), x, y in turn: thinned, cut to the tile, put on the
 * whole numbers.
 */
final class Outline {
    private Outline() {}

    static double[] inTile(double[] world, double tiles, int x, int y, int extent) {
        double[] at = new double[world.length];
        for (int i = 0; i < world.length; i += 2) {
            at[i] = (world[i] * tiles - x) * extent;
            at[i + 1] = (world[i + 1] * tiles - y) * extent;
        }
        return at;
    }

    /** Douglas and Peucker's thinning (1973) with its own stack; ends stay. */
    static double[] thinned(double[] line, double tolerance) {
        int count = line.length / 2;
        if (count <= 2 || tolerance <= 0) return line;
        boolean[] kept = new boolean[count];
        kept[0] = true;
        kept[count - 1] = true;
        int[] stack = new int[64];
        int top = 0;
        stack[top++] = 0;
        stack[top++] = count - 1;
        double limit = tolerance * tolerance;
        while (top > 0) {
            int last = stack[--top];
            int first = stack[--top];
            double most = limit;
            int farthest = -1;
            for (int i = first + 1; i < last; i++) {
                double away = squareAway(line, i, first, last);
                if (away > most) {
                    most = away;
                    farthest = i;
                }
            }
            if (farthest < 0) continue;
            kept[farthest] = true;
            if (top + 4 > stack.length) stack = Arrays.copyOf(stack, 2 * stack.length);
            stack[top++] = first;
            stack[top++] = farthest;
            stack[top++] = farthest;
            stack[top++] = last;
        }
        double[] out = new double[line.length];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (!kept[i]) continue;
            out[size++] = line[2 * i];
            out[size++] = line[2 * i + 1];
        }
        return Arrays.copyOf(out, size);
    }

    private static double squareAway(double[] line, int i, int first, int last) {
        double ax = line[2 * first];
        double ay = line[2 * first + 1];
        double dx = line[2 * last] - ax;
        double dy = line[2 * last + 1] - ay;
        double px = line[2 * i] - ax;
        double py = line[2 * i + 1] - ay;
        double length = dx * dx + dy * dy;
        double share = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
        double rx = px - share * dx;
        double ry = py - share * dy;
        return rx * rx + ry * ry;
    }

    /** A ring cut to a square by Sutherland and Hodgman (1974), one side after the other; empty where nothing is left. */
    static double[] ringInside(double[] ring, double low, double high) {
        double[] cut = ring;
        for (int side = 0; side < 4 && cut.length > 0; side++) cut = cutAt(cut, side, side < 2 ? low : high);
        return cut;
    }

    /** Sides 0 and 1 keep what is not below the limit in x and y, sides 2 and 3 what is not above. */
    private static double[] cutAt(double[] ring, int side, double limit) {
        int axis = side & 1;
        boolean below = side < 2;
        double[] out = new double[2 * ring.length + 4];
        int size = 0;
        int count = ring.length / 2;
        for (int i = 0; i < count; i++) {
            int before = i == 0 ? count - 1 : i - 1;
            double a = ring[2 * before + axis];
            double b = ring[2 * i + axis];
            boolean aIn = below ? a >= limit : a <= limit;
            boolean bIn = below ? b >= limit : b <= limit;
            if (aIn != bIn) {
                double share = (limit - a) / (b - a);
                int other = 1 - axis;
                double crossing = ring[2 * before + other] + share * (ring[2 * i + other] - ring[2 * before + other]);
                out[size + axis] = limit;
                out[size + other] = crossing;
                size += 2;
            }
            if (bIn) {
                out[size] = ring[2 * i];
                out[size + 1] = ring[2 * i + 1];
                size += 2;
            }
        }
        return Arrays.copyOf(out, size);
    }

    /**
     * The share of a segment that lies inside a square (Liang and Barsky 1984): from and to, 0 to 1.
     *
     * @return false where none does
     */
    static boolean segmentInside(double ax, double ay, double bx, double by, double low, double high, double[] fromTo) {
        fromTo[0] = 0;
        fromTo[1] = 1;
        double dx = bx - ax;
        double dy = by - ay;
        return cut(-dx, ax - low, fromTo)
                && cut(dx, high - ax, fromTo)
                && cut(-dy, ay - low, fromTo)
                && cut(dy, high - ay, fromTo);
    }

    private static boolean cut(double step, double room, double[] fromTo) {
        if (step == 0) return room >= 0;
        double at = room / step;
        if (step < 0) fromTo[0] = Math.max(fromTo[0], at);
        else fromTo[1] = Math.min(fromTo[1], at);
        return fromTo[0] <= fromTo[1];
    }
}
