package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names on the map. The more important come first; each is tried where its style puts it, then on other sides of its place;
 * where all would cover a symbol or another name it is left out.
 */
final class Labels {
    private static final double AIR = 0.4;

    private final List<Rectangle2D> taken = new ArrayList<>();
    private final List<Label> wanted = new ArrayList<>();
    private int leftOut;

    /**
     * @param rank the smaller the more important
     * @param x of the place, millimetres; the name's middle lies here, moved by dx, dy
     * @param align {@code left}: the name begins at the place; {@code right}: it ends there; else its middle
     * @param gap from the place to a name on another side of it; negative where it may not be moved
     */
    record Label(
            String text,
            int rank,
            double x,
            double y,
            double dx,
            double dy,
            String align,
            double angle,
            double size,
            boolean bold,
            Color colour,
            @Nullable Color halo,
            double haloWidth,
            double gap) {}

    /** A symbol stands here: names keep away. */
    void take(Rectangle2D box) {
        taken.add(box);
    }

    void want(Label label) {
        if (!label.text().isBlank()) wanted.add(label);
    }

    int leftOut() {
        return leftOut;
    }

    void draw(Canvas canvas, Lettering lettering, Rectangle2D frame) {
        wanted.sort(Comparator.comparingInt(Label::rank));
        for (Label label : wanted) if (!draw(canvas, lettering, frame, label)) leftOut++;
    }

    private boolean draw(Canvas canvas, Lettering lettering, Rectangle2D frame, Label label) {
        double width = lettering.width(label.text(), label.size());
        double high = label.size();
        for (double[] at : places(label, width, high)) {
            AffineTransform place = AffineTransform.getTranslateInstance(at[0], at[1]);
            place.rotate(label.angle());
            Rectangle2D around = place.createTransformedShape(
                            new Rectangle2D.Double(-AIR, -0.8 * high - AIR, width + 2 * AIR, high + 2 * AIR))
                    .getBounds2D();
            if (!frame.contains(around) || taken.stream().anyMatch(around::intersects)) continue;
            taken.add(around);
            if (label.halo() != null) halo(canvas, lettering, label, place);
            canvas.text(new Canvas.Words(
                    label.text(), at[0], at[1], label.angle(), label.size(), label.colour(), label.bold()));
            return true;
        }
        return false;
    }

    private static void halo(Canvas canvas, Lettering lettering, Label label, AffineTransform place) {
        Path2D shape = lettering.outline(label.text(), label.size());
        Shape there = place.createTransformedShape(shape);
        canvas.stroke(
                there,
                label.halo() == null ? Color.WHITE : label.halo(),
                new BasicStroke((float) label.haloWidth(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    /** Where the base line may begin, best first. */
    private static List<double[]> places(Label label, double width, double high) {
        double half = switch (label.align()) {
            case "left" -> 0;
            case "right" -> width;
            default -> width / 2;
        };
        // The middle of Chinese signs lies 0.38 em above the base line.
        double down = 0.38 * high;
        double cos = Math.cos(label.angle());
        double sin = Math.sin(label.angle());
        double x = label.x() + label.dx();
        double y = label.y() + label.dy();
        List<double[]> all = new ArrayList<>();
        all.add(new double[] {x - half * cos - down * sin, y - half * sin + down * cos});
        if (label.gap() < 0) return all;
        double gap = label.gap() + AIR;
        all.add(new double[] {label.x() + gap, label.y() + down});
        all.add(new double[] {label.x() - gap - width, label.y() + down});
        all.add(new double[] {label.x() - width / 2, label.y() - gap - 0.15 * high});
        all.add(new double[] {label.x() - width / 2, label.y() + gap + 0.8 * high});
        return all;
    }
}
