package org.anquan.report;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

/** Patterns that tell areas apart without colour. Each is a square tile that joins itself. */
enum Hatch {
    NONE,
    /** Sparse dots. */
    DOTS,
    /** Level lines. */
    LEVEL,
    /** Lines that rise to the right. */
    RISING,
    /** Lines both ways. */
    CROSSED,
    /** Lines that fall to the right: what is not known or not reached. */
    FALLING;

    /** Side of the tile, millimetres. */
    static final double TILE = 2.4;

    static final double LINE = 0.16;

    /** Drawn with a line of {@link #LINE}; beyond the tile too, so that lines join across its edge. */
    List<Shape> lines() {
        double t = TILE;
        Shape rising = new Line2D.Double(-t / 2, t * 1.5, t * 1.5, -t / 2);
        Shape risingBefore = new Line2D.Double(-t / 2, t / 2, t / 2, -t / 2);
        Shape risingAfter = new Line2D.Double(t / 2, t * 1.5, t * 1.5, t / 2);
        Shape falling = new Line2D.Double(-t / 2, -t / 2, t * 1.5, t * 1.5);
        Shape fallingBefore = new Line2D.Double(-t / 2, t / 2, t / 2, t * 1.5);
        Shape fallingAfter = new Line2D.Double(t / 2, -t / 2, t * 1.5, t / 2);
        return switch (this) {
            case NONE, DOTS -> List.of();
            case LEVEL -> List.of(new Line2D.Double(-1, t / 2, t + 1, t / 2));
            case RISING -> List.of(risingBefore, rising, risingAfter);
            case FALLING -> List.of(fallingBefore, falling, fallingAfter);
            case CROSSED -> List.of(risingBefore, rising, risingAfter, fallingBefore, falling, fallingAfter);
        };
    }

    List<Shape> spots() {
        if (this != DOTS) return List.of();
        double r = 0.17;
        double q = TILE / 4;
        return List.of(
                new Ellipse2D.Double(q - r, q - r, 2 * r, 2 * r),
                new Ellipse2D.Double(3 * q - r, 3 * q - r, 2 * r, 2 * r));
    }
}
