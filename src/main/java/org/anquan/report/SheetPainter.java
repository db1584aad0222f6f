package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerStyles;
import org.anquan.problem.Text;
import org.anquan.report.SheetContent.Key;
import org.anquan.report.SheetContent.Table;
import org.jspecify.annotations.Nullable;

/** Puts a sheet on paper: title, map in its frame, legend, table, and where all of it comes from. */
final class SheetPainter {
    private static final Color INK = new Color(0x1b2733);
    private static final Color QUIET = new Color(0x5b6b7a);
    private static final Color LINE = new Color(0xb9c4ce);
    private static final Color DANGER = new Color(0xc62828);

    /** Outermost edge of what is printed; printers leave five millimetres free. */
    private static final double MARGIN = 8;

    /** A layer with those of its features that may be drawn. */
    record Drawn(LayerDefinition layer, List<Feature> features) {}

    /** A line of the legend. */
    private record Row(String title, @Nullable Key key, LayerPainter.@Nullable Sign sign, boolean heading) {}

    private final Canvas canvas;
    private final Lettering lettering;
    private final LayerStyles styles;
    private final SheetContent content;
    private final Paper paper;
    private final boolean landscape;
    private final boolean drill;
    private final double pixel;
    private final double letters;
    private @Nullable LayerPainter painter;
    private int namesLeftOut;

    SheetPainter(
            Canvas canvas,
            Lettering lettering,
            LayerStyles styles,
            SheetContent content,
            Paper paper,
            boolean landscape,
            boolean drill,
            double pixel) {
        this.canvas = canvas;
        this.lettering = lettering;
        this.styles = styles;
        this.content = content;
        this.paper = paper;
        this.landscape = landscape;
        this.drill = drill;
        this.pixel = pixel;
        letters = paper == Paper.A3 ? 3.0 : 2.35;
    }

    int namesLeftOut() {
        return namesLeftOut;
    }

    private static double titleHeight(Paper paper) {
        return paper == Paper.A3 ? 20 : 15;
    }

    private static double sideWidth(Paper paper) {
        return paper == Paper.A3 ? 100 : 74;
    }

    private static double footHeight(Paper paper) {
        return paper == Paper.A3 ? 132 : 98;
    }

    /** Where the map lies: the rest of the paper beside the column (or above the foot), with room for figures around. */
    static Rectangle2D mapBox(Paper paper, boolean landscape) {
        double figures = paper == Paper.A3 ? 5 : 4;
        double top = MARGIN + titleHeight(paper);
        double width = paper.width(landscape) - 2 * MARGIN - (landscape ? sideWidth(paper) : 0);
        double height = paper.height(landscape) - MARGIN - top - (landscape ? 0 : footHeight(paper));
        return new Rectangle2D.Double(
                MARGIN + figures,
                top + figures,
                width - 2 * figures - (landscape ? 3 : 0),
                height - 2 * figures - (landscape ? 0 : 3));
    }

    /**
     * @param drawn layers from the lowest to the uppermost
     * @param foot lines about the map itself: coordinate system, date, maker
     */
    void draw(MapFrame frame, List<Drawn> drawn, List<String> foot) {
        title();
        List<Row> legend = map(frame, drawn);
        double top = MARGIN + titleHeight(paper);
        if (landscape) {
            double x = paper.width(true) - MARGIN - sideWidth(paper) + 3;
            column(x, top, sideWidth(paper) - 3, paper.height(true) - MARGIN - top, legend, foot);
        } else {
            double y = paper.height(false) - MARGIN - footHeight(paper) + 3;
            feet(MARGIN, y, paper.width(false) - 2 * MARGIN, footHeight(paper) - 3, legend, foot);
        }
        if (drill) acrossTheMap(frame.box(), Text.of("report.drill").toString());
    }

    private void text(String words, double x, double y, double size, Color colour, boolean bold) {
        canvas.text(new Canvas.Words(words, x, y, 0, size, colour, bold));
    }

    private void title() {
        double size = paper == Paper.A3 ? 8.5 : 6.2;
        double middle = paper.width(landscape) / 2;
        double badge = badges();
        double room = 2 * (middle - MARGIN - badge);
        String words = lettering.fit(content.title, size, room);
        text(words, middle - lettering.width(words, size) / 2, MARGIN + size, size, INK, true);
        double small = letters * 1.25;
        String below = lettering.fit(content.subtitle, small, paper.width(landscape) - 2 * MARGIN);
        text(below, middle - lettering.width(below, small) / 2, MARGIN + size + small * 1.75, small, QUIET, false);
    }

    /** 示例数据 and 演练 in the upper right corner; their width. */
    private double badges() {
        List<String> badges = new ArrayList<>();
        if (content.illustrative) badges.add(Text.of("report.illustrative").toString());
        if (drill) badges.add(Text.of("report.drill").toString());
        double size = letters * 1.35;
        double x = paper.width(landscape) - MARGIN;
        for (String badge : badges) {
            double width = lettering.width(badge, size) + size;
            x -= width;
            canvas.stroke(new Rectangle2D.Double(x, MARGIN + 0.3, width, size * 1.7), DANGER, Canvas.pen(0.5));
            text(badge, x + size / 2, MARGIN + 0.3 + size * 1.22, size, DANGER, true);
            x -= 2;
        }
        return badges.isEmpty() ? 0 : paper.width(landscape) - MARGIN - x + 2;
    }

    // ---- the map ------------------------------------------------------------------------------------------------

    private List<Row> map(MapFrame frame, List<Drawn> drawn) {
        Rectangle2D box = frame.box();
        Labels labels = new Labels();
        painter = new LayerPainter(canvas, frame, labels, styles, pixel);
        LayerPainter layers = painter;
        Map<String, List<LayerPainter.Sign>> signs = new LinkedHashMap<>();
        Map<String, String> titles = new LinkedHashMap<>();
        ScaleBar bar = ScaleBar.of(frame, paper == Paper.A3 ? 70 : 50);
        double pad = letters * 0.9;
        Rectangle2D barBox = new Rectangle2D.Double(
                box.getMinX() + 3,
                box.getMaxY() - 3 - bar.height(letters) - pad,
                bar.millimetres() + 4 * pad,
                bar.height(letters) + pad);
        double arrowSize = paper == Paper.A3 ? 16 : 12;
        Rectangle2D arrowBox =
                new Rectangle2D.Double(box.getMaxX() - arrowSize - 3, box.getMinY() + 3, arrowSize, arrowSize * 1.35);
        labels.take(barBox);
        labels.take(arrowBox);
        Graticule graticule = new Graticule(frame);
        canvas.within(box, () -> {
            for (Drawn one : drawn)
                if (one.layer().geometry() == GeometryKind.POLYGON) draw(layers, one, signs, titles);
            for (SheetContent.Overlay overlay : content.overlays) overlay(frame, overlay);
            graticule.lines(canvas);
            for (Drawn one : drawn)
                if (one.layer().geometry() != GeometryKind.POLYGON) draw(layers, one, signs, titles);
            for (SheetContent.Mark mark : content.marks) mark(frame, mark, labels);
            labels.draw(canvas, lettering, box);
            plate(barBox);
            bar.draw(canvas, lettering, frame, barBox.getX() + 2 * pad, barBox.getY() + pad * 0.6, letters);
            northArrow(arrowBox, frame.convergence());
        });
        namesLeftOut = labels.leftOut();
        canvas.stroke(box, INK, Canvas.pen(0.3));
        double figures = paper == Paper.A3 ? 5 : 4;
        canvas.stroke(
                new Rectangle2D.Double(
                        box.getX() - figures,
                        box.getY() - figures,
                        box.getWidth() + 2 * figures,
                        box.getHeight() + 2 * figures),
                INK,
                Canvas.pen(0.6));
        graticule.figures(canvas, lettering, letters * 0.85);
        return legend(signs, titles);
    }

    /** Names of districts and townships come before those of things. */
    private static void draw(
            LayerPainter layers, Drawn one, Map<String, List<LayerPainter.Sign>> signs, Map<String, String> titles) {
        boolean area = one.layer().group().equals("admin") && one.layer().geometry() == GeometryKind.POLYGON;
        int rank = area ? 0 : 1000 - one.layer().order();
        signs.put(one.layer().id(), layers.draw(one.layer(), one.features(), rank));
        titles.put(one.layer().id(), one.layer().title().toString());
    }

    private void overlay(MapFrame frame, SheetContent.Overlay overlay) {
        Path2D path = frame.path(overlay.geometry());
        if (overlay.fill() != null) canvas.fill(path, overlay.fill());
        if (overlay.line() != null) canvas.stroke(path, overlay.line(), Canvas.pen(overlay.width()));
    }

    private void mark(MapFrame frame, SheetContent.Mark mark, Labels labels) {
        Point2D at = frame.at(mark.lon(), mark.lat());
        if (!frame.box().contains(at)) return;
        double r = mark.radius();
        Shape shape = new Ellipse2D.Double(at.getX() - r, at.getY() - r, 2 * r, 2 * r);
        if (mark.ring()) canvas.stroke(shape, mark.colour(), Canvas.pen(0.5));
        else {
            canvas.fill(shape, mark.colour());
            canvas.stroke(shape, Color.WHITE, Canvas.pen(0.25));
        }
        labels.take(shape.getBounds2D());
        labels.want(new Labels.Label(
                mark.name(),
                500,
                at.getX(),
                at.getY(),
                r + 0.8,
                0,
                "left",
                0,
                letters * 0.8,
                false,
                mark.colour(),
                new Color(255, 255, 255, 220),
                letters * 0.3,
                r));
    }

    private void plate(Rectangle2D box) {
        canvas.fill(box, new Color(255, 255, 255, 225));
        canvas.stroke(box, LINE, Canvas.pen(0.2));
    }

    /** Turned to true north, which the grid's north differs from by the convergence of meridians. */
    private void northArrow(Rectangle2D box, double convergence) {
        Path2D left = new Path2D.Double();
        double x = box.getCenterX();
        double top = box.getMinY() + letters * 1.5;
        double height = box.getMaxY() - top;
        double half = height * 0.24;
        left.moveTo(x, top);
        left.lineTo(x - half, top + height);
        left.lineTo(x, top + height * 0.72);
        left.closePath();
        Path2D right = new Path2D.Double();
        right.moveTo(x, top);
        right.lineTo(x + half, top + height);
        right.lineTo(x, top + height * 0.72);
        right.closePath();
        var turn = java.awt.geom.AffineTransform.getRotateInstance(convergence, x, top + height / 2);
        canvas.fill(turn.createTransformedShape(left), Color.WHITE);
        canvas.fill(turn.createTransformedShape(right), INK);
        canvas.stroke(turn.createTransformedShape(left), INK, Canvas.pen(0.25));
        canvas.stroke(turn.createTransformedShape(right), INK, Canvas.pen(0.25));
        String north = Text.of("report.north").toString();
        double size = letters * 1.3;
        text(north, x - lettering.width(north, size) / 2, box.getMinY() + size * 0.95, size, INK, true);
    }

    private void acrossTheMap(Rectangle2D box, String words) {
        double angle = -Math.atan2(box.getHeight(), box.getWidth());
        double size = Math.min(box.getWidth(), box.getHeight()) * 0.4;
        double width = lettering.width(words, size);
        double x = box.getCenterX() - width / 2 * Math.cos(angle) - 0.35 * size * Math.sin(angle);
        double y = box.getCenterY() - width / 2 * Math.sin(angle) + 0.35 * size * Math.cos(angle);
        canvas.within(box, () -> {
            Path2D shape = lettering.outline(words, size);
            var place = java.awt.geom.AffineTransform.getTranslateInstance(x, y);
            place.rotate(angle);
            canvas.fill(place.createTransformedShape(shape), new Color(198, 40, 40, 38));
        });
    }

    // ---- beside the map -----------------------------------------------------------------------------------------

    private List<Row> legend(Map<String, List<LayerPainter.Sign>> signs, Map<String, String> titles) {
        List<Row> rows = new ArrayList<>();
        content.legend.forEach((title, key) -> rows.add(new Row(title, key, null, false)));
        List<String> ids = new ArrayList<>(signs.keySet());
        java.util.Collections.reverse(ids);
        for (String id : ids) {
            List<LayerPainter.Sign> of = signs.getOrDefault(id, List.of());
            if (of.size() > 1) rows.add(new Row(titles.getOrDefault(id, id), null, null, true));
            for (LayerPainter.Sign sign : of) rows.add(new Row(sign.title(), null, sign, false));
        }
        return rows;
    }

    private void column(double x, double y, double width, double height, List<Row> legend, List<String> foot) {
        canvas.stroke(new Rectangle2D.Double(x, y, width, height), INK, Canvas.pen(0.3));
        double pad = letters;
        List<String> notes = notes(width - 2 * pad, foot);
        double notesHeight = notes.size() * letters * 1.25 + letters;
        double room = height - 2 * pad - notesHeight;
        boolean table = content.table != null;
        double legendHeight = legend(x + pad, y + pad, width - 2 * pad, table ? room * 0.56 : room, legend);
        if (content.table != null)
            table(
                    x + pad,
                    y + pad + legendHeight + letters,
                    width - 2 * pad,
                    room - legendHeight - letters,
                    content.table);
        notes(x + pad, y + height - pad - notesHeight, width - 2 * pad, notes);
    }

    private void feet(double x, double y, double width, double height, List<Row> legend, List<String> foot) {
        canvas.stroke(new Rectangle2D.Double(x, y, width, height), INK, Canvas.pen(0.3));
        double pad = letters;
        double left = content.table == null ? width * 0.6 : width * 0.36;
        legend(x + pad, y + pad, left - 2 * pad, height - 2 * pad, legend);
        double rightX = x + left + pad;
        double rightWidth = width - left - 2 * pad;
        canvas.stroke(new Line2D.Double(x + left, y, x + left, y + height), LINE, Canvas.pen(0.2));
        List<String> notes = notes(rightWidth, foot);
        double notesHeight = notes.size() * letters * 1.25 + letters;
        if (content.table != null) table(rightX, y + pad, rightWidth, height - 2 * pad - notesHeight, content.table);
        notes(rightX, y + height - pad - notesHeight, rightWidth, notes);
    }

    private double heading(String words, double x, double y) {
        text(words, x, y + letters * 1.2, letters * 1.25, INK, true);
        return letters * 2.1;
    }

    /** @return the height that was used */
    private double legend(double x, double y, double width, double most, List<Row> rows) {
        if (rows.isEmpty()) return 0;
        double used = heading(Text.of("report.legend").toString(), x, y);
        double high = letters * 1.72;
        int fit = (int) Math.max(1, Math.floor((most - used) / high));
        int columns = rows.size() <= fit ? 1 : rows.size() <= 2 * fit || width < 25 * letters ? 2 : 3;
        int each = Math.min(fit, (rows.size() + columns - 1) / columns);
        int shown = Math.min(rows.size(), each * columns);
        double wide = width / columns;
        for (int i = 0; i < shown; i++) {
            Row row = rows.get(i);
            double rx = x + i / each * wide;
            double ry = y + used + i % each * high;
            if (i == shown - 1 && shown < rows.size()) row = new Row("…", null, null, true);
            row(row, rx, ry, wide - letters * 0.5, high);
        }
        return used + each * high;
    }

    private void row(Row row, double x, double y, double width, double high) {
        double base = y + high * 0.68;
        if (row.heading()) {
            text(lettering.fit(row.title(), letters * 0.95, width), x, base, letters * 0.95, QUIET, true);
            return;
        }
        double swatch = letters * 2.6;
        Rectangle2D box = new Rectangle2D.Double(x, y + high * 0.14, swatch, high * 0.72);
        if (row.key() != null) swatch(row.key(), box);
        if (row.sign() != null) swatch(row.sign(), box);
        double from = x + swatch + letters * 0.6;
        text(lettering.fit(row.title(), letters, width - (from - x)), from, base, letters, INK, false);
    }

    private void swatch(Key key, Rectangle2D box) {
        Color line = key.line();
        if (key.point()) {
            double r = box.getHeight() * 0.34;
            Shape dot = new Ellipse2D.Double(box.getCenterX() - r, box.getCenterY() - r, 2 * r, 2 * r);
            if (key.ring()) canvas.stroke(dot, line == null ? INK : line, Canvas.pen(0.5));
            else canvas.fill(dot, line == null ? INK : line);
            return;
        }
        if (key.fill() == null) {
            canvas.stroke(
                    new Line2D.Double(box.getMinX(), box.getCenterY(), box.getMaxX(), box.getCenterY()),
                    line == null ? INK : line,
                    Canvas.pen(key.width()));
            return;
        }
        canvas.fill(box, key.fill());
        canvas.stroke(
                box,
                line == null ? LINE : line,
                Canvas.pen(line == null ? 0.15 : Math.min(0.3, Math.max(0.15, key.width()))));
    }

    private void swatch(LayerPainter.Sign sign, Rectangle2D box) {
        canvas.within(
                new Rectangle2D.Double(box.getX() - 0.2, box.getY() - 0.4, box.getWidth() + 0.4, box.getHeight() + 0.8),
                () -> {
                    for (FlatStyle style : sign.styles()) {
                        if (sign.geometry().equals("point")) point(style, box);
                        else {
                            Path2D shape = new Path2D.Double();
                            if (sign.geometry().equals("line")) {
                                shape.moveTo(box.getMinX(), box.getCenterY());
                                shape.lineTo(box.getMaxX(), box.getCenterY());
                            } else shape.append(box, false);
                            Color fill = style.colour("fill-color");
                            if (fill != null && sign.geometry().equals("polygon")) canvas.fill(shape, fill);
                            Color line = style.colour("stroke-color");
                            if (line != null) canvas.stroke(shape, line, style.pen(""));
                        }
                    }
                });
    }

    /** A point's sign, made smaller where it would not fit. */
    private void point(FlatStyle style, Rectangle2D box) {
        double high = Math.max(
                style.length("icon-height", 0),
                2 * Math.max(style.length("circle-radius", 0), style.length("shape-radius", 0)));
        double most = box.getHeight() * 1.15;
        FlatStyle small = high <= most ? style : new FlatStyle(style.flat(), style.millimetres() * most / high);
        if (painter != null) painter.symbol(canvas, small, box.getCenterX(), box.getCenterY());
    }

    // ---- table and notes ----------------------------------------------------------------------------------------

    private void table(double x, double y, double width, double height, Table table) {
        double size = letters * 0.92;
        double[] widths = widths(table, size, width);
        int headLines = 1;
        List<List<String>> heads = new ArrayList<>();
        for (int c = 0; c < widths.length; c++) {
            List<String> lines = lettering.lines(table.columns().get(c), size, widths[c] - size * 0.8);
            heads.add(lines);
            headLines = Math.max(headLines, lines.size());
        }
        double high = size * 1.5;
        double top = y + (table.title().isBlank() ? 0 : letters * 2.0);
        double headHeight = headLines * size * 1.25 + size * 0.5;
        int fit = (int) Math.floor((y + height - top - headHeight) / high);
        if (fit < 2) return;
        if (!table.title().isBlank()) heading(table.title(), x, y);
        boolean all = table.rows().size() <= fit;
        int shown = all ? table.rows().size() : fit - 1;
        canvas.fill(new Rectangle2D.Double(x, top, width, headHeight), new Color(0xeef2f6));
        for (int c = 0; c < widths.length; c++)
            for (int l = 0; l < heads.get(c).size(); l++)
                cell(
                        heads.get(c).get(l),
                        left(widths, c) + x,
                        top + size * (1.15 + l * 1.25),
                        widths[c],
                        size,
                        table.numeric().get(c),
                        true);
        double at = top + headHeight;
        canvas.stroke(new Line2D.Double(x, at, x + width, at), INK, Canvas.pen(0.2));
        for (int r = 0; r < shown; r++, at += high) {
            for (int c = 0; c < widths.length; c++)
                cell(
                        table.rows().get(r).get(c),
                        left(widths, c) + x,
                        at + size * 1.1,
                        widths[c],
                        size,
                        table.numeric().get(c),
                        false);
            canvas.stroke(new Line2D.Double(x, at + high, x + width, at + high), LINE, Canvas.pen(0.1));
        }
        if (!all)
            text(
                    Text.of("report.moreRows", table.rows().size() - shown).toString(),
                    x + size * 0.4,
                    at + size * 1.1,
                    size,
                    QUIET,
                    false);
    }

    private void cell(String words, double x, double y, double width, double size, boolean right, boolean bold) {
        String fit = lettering.fit(words, size, width - size * 0.5);
        double from = right ? x + width - size * 0.4 - lettering.width(fit, size) : x + size * 0.4;
        text(fit, from, y, size, INK, bold);
    }

    private static double left(double[] widths, int column) {
        double sum = 0;
        for (int i = 0; i < column; i++) sum += widths[i];
        return sum;
    }

    /** As wide as the contents ask, heads in up to two lines, made to fill the width. */
    private double[] widths(Table table, double size, double width) {
        double[] widths = new double[table.columns().size()];
        double sum = 0;
        for (int c = 0; c < widths.length; c++) {
            double most = lettering.width(table.columns().get(c), size) / 2 + 1.7 * size;
            for (List<String> row : table.rows()) most = Math.max(most, lettering.width(row.get(c), size));
            widths[c] = Math.min(most, width * 0.4) + size * 0.9;
            sum += widths[c];
        }
        for (int c = 0; c < widths.length; c++) widths[c] *= width / sum;
        return widths;
    }

    private List<String> notes(double width, List<String> foot) {
        List<String> all = new ArrayList<>();
        for (String note : content.notes)
            all.addAll(lettering.lines(Text.of("report.note", note).toString(), letters * 0.9, width));
        for (String line : foot) all.addAll(lettering.lines(line, letters * 0.9, width));
        return all;
    }

    private void notes(double x, double y, double width, List<String> lines) {
        canvas.stroke(new Line2D.Double(x, y, x + width, y), LINE, new BasicStroke(0.2f));
        double at = y + letters * 0.6;
        for (String line : lines) {
            at += letters * 1.25;
            text(line, x, at - letters * 0.3, letters * 0.9, QUIET, false);
        }
    }
}
