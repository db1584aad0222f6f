package org.anquan.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import org.anquan.problem.Text;

/**
 * The bar that says how long a length of the map is, in metres of the map's Gauss-Krüger zone (true to 0.03 % within it).
 *
 * @param metres round, of the whole bar
 * @param millimetres on paper
 */
record ScaleBar(double metres, double millimetres) {
    private static final double[] ROUND = {1, 2, 4, 5};
    private static final int PARTS = 4;

    /** The longest round one that is no longer than this on paper. */
    static ScaleBar of(MapFrame frame, double longestMillimetres) {
        double most = longestMillimetres * frame.metresPerMillimetre();
        double ten = Math.pow(10, Math.floor(Math.log10(most)));
        double metres = ten;
        for (double step : ROUND) if (step * ten <= most) metres = step * ten;
        return new ScaleBar(metres, metres / frame.metresPerMillimetre());
    }

    double height(double letters) {
        return 3.6 * letters;
    }

    /** With its upper left corner at x, y: the scale in words, the bar, its figures. */
    void draw(Canvas canvas, Lettering lettering, MapFrame frame, double x, double y, double letters) {
        String scale = Text.of("report.scale", spaced(frame.scale())).toString();
        double wide = lettering.width(scale, letters * 1.1);
        canvas.text(new Canvas.Words(
                scale, x + (millimetres - wide) / 2, y + letters, 0, letters * 1.1, Color.BLACK, true));
        double top = y + 1.5 * letters;
        double part = millimetres / PARTS;
        for (int i = 0; i < PARTS; i++)
            canvas.fill(
                    new Rectangle2D.Double(x + i * part, top, part, 0.45 * letters),
                    i % 2 == 0 ? Color.BLACK : Color.WHITE);
        canvas.stroke(new Rectangle2D.Double(x, top, millimetres, 0.45 * letters), Color.BLACK, Canvas.pen(0.15));
        for (int i = 0; i <= PARTS; i += 2) {
            String figure = figure(metres * i / PARTS, i == PARTS);
            double half = lettering.width(figure, 0.85 * letters) / 2;
            canvas.text(new Canvas.Words(
                    figure, x + i * part - half, top + 1.45 * letters, 0, 0.85 * letters, Color.BLACK, false));
        }
    }

    private String figure(double at, boolean withUnit) {
        if (metres < 1000) return Figures.number(at) + (withUnit ? " m" : "");
        return Figures.number(at / 1000) + (withUnit ? " km" : "");
    }

    static String spaced(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
