package org.anquan.report;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.locationtech.jts.geom.Envelope;

/** Lines of longitude and latitude, named at the frame. */
final class Graticule {
    /** Between two lines, degrees: from half a minute to ten degrees. */
    private static final double[] STEPS = {1 / 120.0, 1 / 60.0, 1 / 30.0, 1 / 12.0, 1 / 6.0, 0.25, 0.5, 1, 2, 5, 10};

    private static final int FEWEST = 3;
    private static final int POINTS = 60;
    private static final Color INK = new Color(70, 84, 97, 110);

    private final MapFrame frame;
    private final Envelope shown;
    private final double step;

    Graticule(MapFrame frame) {
        this.frame = frame;
        shown = frame.shown();
        double least = Math.min(shown.getWidth(), shown.getHeight());
        double chosen = STEPS[0];
        for (double one : STEPS) if (least / one >= FEWEST) chosen = one;
        step = chosen;
    }

    double stepDegrees() {
        return step;
    }

    void lines(Canvas canvas) {
        for (double lon : values(shown.getMinX(), shown.getMaxX())) canvas.stroke(meridian(lon), INK, Canvas.pen(0.12));
        for (double lat : values(shown.getMinY(), shown.getMaxY())) canvas.stroke(parallel(lat), INK, Canvas.pen(0.12));
    }

    /** Figures between the map and its outer edge. */
    void figures(Canvas canvas, Lettering lettering, double size) {
        Rectangle2D box = frame.box();
        for (double lon : values(shown.getMinX(), shown.getMaxX())) {
            String words = words(lon, "E", "W");
            double half = lettering.width(words, size) / 2;
            for (boolean top : new boolean[] {true, false}) {
                Double x = crossing(lon, top);
                if (x == null || x - half < box.getMinX() || x + half > box.getMaxX()) continue;
                double y = top ? box.getMinY() - 0.5 * size : box.getMaxY() + 1.2 * size;
                canvas.text(new Canvas.Words(words, x - half, y, 0, size, Color.BLACK, false));
            }
        }
        for (double lat : values(shown.getMinY(), shown.getMaxY())) {
            String words = words(lat, "N", "S");
            double half = lettering.width(words, size) / 2;
            for (boolean left : new boolean[] {true, false}) {
                Double y = crossingSide(lat, left);
                if (y == null || y - half < box.getMinY() || y + half > box.getMaxY()) continue;
                double x = left ? box.getMinX() - 0.5 * size : box.getMaxX() + 1.2 * size;
                canvas.text(new Canvas.Words(words, x, y + half, -Math.PI / 2, size, Color.BLACK, false));
            }
        }
    }

    private double[] values(double from, double to) {
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor(to / step + 1e-9);
        double[] all = new double[(int) Math.max(0, last - first + 1)];
        for (int i = 0; i < all.length; i++) all[i] = (first + i) * step;
        return all;
    }

    private Path2D meridian(double lon) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i <= POINTS; i++)
            add(path, frame.at(lon, shown.getMinY() + shown.getHeight() * i / POINTS), i == 0);
        return path;
    }

    private Path2D parallel(double lat) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i <= POINTS; i++)
            add(path, frame.at(shown.getMinX() + shown.getWidth() * i / POINTS, lat), i == 0);
        return path;
    }

    private static void add(Path2D path, Point2D at, boolean first) {
        if (first) path.moveTo(at.getX(), at.getY());
        else path.lineTo(at.getX(), at.getY());
    }

    private @org.jspecify.annotations.Nullable Double crossing(double lon, boolean top) {
        double edge = top ? frame.box().getMinY() : frame.box().getMaxY();
        for (int i = 1; i <= POINTS; i++) {
            Point2D a = frame.at(lon, shown.getMinY() + shown.getHeight() * (i - 1) / POINTS);
            Point2D b = frame.at(lon, shown.getMinY() + shown.getHeight() * i / POINTS);
            if ((a.getY() - edge) * (b.getY() - edge) > 0) continue;
            return a.getX() + (b.getX() - a.getX()) * (edge - a.getY()) / (b.getY() - a.getY());
        }
        return null;
    }

    private @org.jspecify.annotations.Nullable Double crossingSide(double lat, boolean left) {
        double edge = left ? frame.box().getMinX() : frame.box().getMaxX();
        for (int i = 1; i <= POINTS; i++) {
            Point2D a = frame.at(shown.getMinX() + shown.getWidth() * (i - 1) / POINTS, lat);
            Point2D b = frame.at(shown.getMinX() + shown.getWidth() * i / POINTS, lat);
            if ((a.getX() - edge) * (b.getX() - edge) > 0) continue;
            return a.getY() + (b.getY() - a.getY()) * (edge - a.getX()) / (b.getX() - a.getX());
        }
        return null;
    }

    /** 105°50′E, with half minutes as 30″. */
    static String words(double degrees, String positive, String negative) {
        long seconds = Math.round(Math.abs(degrees) * 3600);
        String text = seconds / 3600 + "°";
        if (seconds % 3600 != 0) text += String.format(Locale.ROOT, "%02d′", seconds / 60 % 60);
        if (seconds % 60 != 0) text += String.format(Locale.ROOT, "%02d″", seconds % 60);
        return text + (degrees >= 0 ? positive : negative);
    }
}
