package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** Where a sheet is drawn: PDF or picture. Millimetres from the upper left corner of the paper, y downwards. */
interface Canvas {
    void fill(Shape shape, Fill fill);

    void stroke(Shape shape, Color colour, BasicStroke pen);

    /** Words that stay words where the paper allows it. */
    void text(Words words);

    /** Draws only what lies in the box. */
    void within(Rectangle2D box, Runnable drawing);

    default void fill(Shape shape, Color colour) {
        fill(shape, Fill.of(colour));
    }

    /**
     * @param x where the base line begins
     * @param angle clockwise, radians
     * @param size height of an em
     */
    record Words(String text, double x, double y, double angle, double size, Color colour, boolean bold) {}

    static BasicStroke pen(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
}
