package org.anquan.report;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerStyles;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.JsonNode;

/** Draws features of layers with the layers' own styles, and tells which signs it used. */
final class LayerPainter {
    private final Canvas canvas;
    private final MapFrame frame;
    private final Labels labels;
    private final LayerStyles styles;
    private final double pixel;
    private final Map<String, Optional<SvgSymbol>> symbols = new HashMap<>();

    /** @param pixel millimetres of a style's pixel */
    LayerPainter(Canvas canvas, MapFrame frame, Labels labels, LayerStyles styles, double pixel) {
        this.canvas = canvas;
        this.frame = frame;
        this.labels = labels;
        this.styles = styles;
        this.pixel = pixel;
    }

    /** A sign of the legend: the layer's geometry and the flat styles that draw it. */
    record Sign(String title, String geometry, List<FlatStyle> styles) {}

    private record Painted(int zIndex, Feature feature, FlatStyle style) {}

    /**
     * @param rank of the layer's names, the smaller the more important
     * @return the signs that are on the map, in the order of the legend
     */
    List<Sign> draw(LayerDefinition layer, List<Feature> features, int rank) {
        JsonNode style = styles.mapStyle(layer);
        List<Painted> all = new ArrayList<>();
        Envelope shown = frame.shown();
        List<Feature> seen = features.stream()
                .filter(feature -> feature.geometry().getEnvelopeInternal().intersects(shown))
                .toList();
        for (Feature feature : seen)
            for (JsonNode flat : matching(style.path("style"), feature))
                all.add(new Painted(flat.path("z-index").asInt(0), feature, new FlatStyle(flat, pixel)));
        all.sort(Comparator.comparingInt(Painted::zIndex));
        for (Painted one : all) draw(one.feature(), one.style(), rank);
        return all.stream().allMatch(one -> one.style().has("text-value"))
                ? List.of()
                : signs(style.path("legend"), layer, seen);
    }

    private List<JsonNode> matching(JsonNode rules, Feature feature) {
        List<JsonNode> flats = new ArrayList<>();
        boolean any = false;
        for (JsonNode rule : rules) {
            boolean otherwise = rule.path("else").asBoolean(false);
            if (otherwise && any) continue;
            if (!Expression.holds(rule.path("filter"), feature.id(), feature.attributes(), frame.resolution()))
                continue;
            any = true;
            JsonNode given = rule.path("style");
            if (given.isArray()) given.forEach(flats::add);
            else flats.add(given);
        }
        return flats;
    }

    private List<Sign> signs(JsonNode legend, LayerDefinition layer, List<Feature> seen) {
        List<Sign> signs = new ArrayList<>();
        for (JsonNode entry : legend) {
            boolean there = seen.stream()
                    .anyMatch(feature -> Expression.holds(
                            entry.path("filter"), feature.id(), feature.attributes(), frame.resolution()));
            if (!there) continue;
            List<FlatStyle> flats = new ArrayList<>();
            JsonNode given = entry.path("style");
            if (given.isArray()) given.forEach(flat -> flats.add(new FlatStyle(flat, pixel)));
            else flats.add(new FlatStyle(given, pixel));
            flats.removeIf(flat -> flat.has("text-value"));
            String title =
                    entry.path("title").path(language()).asString(layer.title().toString());
            signs.add(new Sign(
                    legend.size() == 1 ? layer.title().toString() : title,
                    entry.path("geometry").asString("point"),
                    flats));
        }
        return signs;
    }

    private static String language() {
        return Texts.currentLanguage().equals(Texts.ENGLISH) ? "en" : "zh";
    }

    private void draw(Feature feature, FlatStyle style, int rank) {
        Geometry geometry = feature.geometry();
        if (style.has("text-value")) {
            label(feature, style, rank);
            return;
        }
        if (geometry.getDimension() == 0) {
            for (Coordinate at : geometry.getCoordinates()) {
                Point2D place = frame.at(at.x, at.y);
                Rectangle2D taken = symbol(canvas, style, place.getX(), place.getY());
                if (taken != null && frame.box().contains(place)) labels.take(taken);
            }
            return;
        }
        Path2D path = frame.path(geometry);
        Color fill = style.colour("fill-color");
        if (fill != null && geometry.getDimension() == 2) canvas.fill(path, fill);
        Color line = style.colour("stroke-color");
        if (line != null) canvas.stroke(path, line, style.pen(""));
    }

    /** Draws a point's sign with its middle at x, y (millimetres); what it covers, or null where it draws none. */
    @Nullable
    Rectangle2D symbol(Canvas on, FlatStyle style, double x, double y) {
        if (style.has("icon-src")) return icon(on, style, x, y);
        String prefix = style.has("circle-radius") ? "circle-" : style.has("shape-radius") ? "shape-" : "";
        if (prefix.isEmpty()) return null;
        double radius = style.length(prefix + "radius", 5);
        java.awt.Shape shape = prefix.equals("circle-")
                ? new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius)
                : regular(style, x, y, radius);
        Color fill = style.colour(prefix + "fill-color");
        if (fill != null) on.fill(shape, fill);
        Color line = style.colour(prefix + "stroke-color");
        if (line != null) on.stroke(shape, line, style.pen(prefix));
        return shape.getBounds2D();
    }

    private @Nullable Rectangle2D icon(Canvas on, FlatStyle style, double x, double y) {
        String source = style.word("icon-src", "");
        String file = source.substring(source.lastIndexOf('/') + 1);
        SvgSymbol symbol = symbols.computeIfAbsent(
                        file, name -> styles.symbol(name).map(SvgSymbol::read))
                .orElse(null);
        if (symbol == null) return null;
        double high = style.length("icon-height", 16);
        double wide = symbol.widthOf(high);
        symbol.draw(on, x, y, high, style.number("icon-rotation", 0), style.number("icon-opacity", 1));
        return new Rectangle2D.Double(x - wide / 2, y - high / 2, wide, high);
    }

    /** A polygon or star around its middle; the first corner points upwards unless it is turned. */
    private static Path2D regular(FlatStyle style, double x, double y, double radius) {
        int points = (int) style.number("shape-points", 4);
        boolean star = style.has("shape-radius2");
        double inner = style.length("shape-radius2", 0);
        double turn = style.number("shape-angle", 0) + style.number("shape-rotation", 0);
        int corners = star ? 2 * points : points;
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = turn - Math.PI / 2 + 2 * Math.PI * i / corners;
            double r = star && i % 2 == 1 ? inner : radius;
            double px = x + r * Math.cos(angle);
            double py = y + r * Math.sin(angle);
            if (i == 0) path.moveTo(px, py);
            else path.lineTo(px, py);
        }
        path.closePath();
        return path;
    }

    private void label(Feature feature, FlatStyle style, int rank) {
        Object value = Expression.value(
                style.flat().path("text-value"), feature.id(), feature.attributes(), frame.resolution());
        if (value == null || value.toString().isBlank()) return;
        Geometry geometry = feature.geometry();
        double x;
        double y;
        double angle = style.number("text-rotation", 0);
        double gap = -1;
        if (geometry.getDimension() == 0) {
            Point2D at = frame.at(geometry.getCoordinate().x, geometry.getCoordinate().y);
            x = at.getX();
            y = at.getY();
            gap = Math.max(1.2, Math.hypot(style.length("text-offset-x", 0), style.length("text-offset-y", 0)) * 0.6);
        } else if (geometry.getDimension() == 1) {
            double[] at = along(geometry);
            if (at == null) return;
            x = at[0];
            y = at[1];
            if (style.word("text-placement", "point").equals("line")) angle = at[2];
        } else {
            Point2D at = inside(geometry);
            if (at == null) return;
            x = at.getX();
            y = at.getY();
        }
        String base = style.word("text-baseline", "middle");
        double rise = base.equals("bottom") ? -style.letterSize() / 2 : base.equals("top") ? style.letterSize() / 2 : 0;
        Color colour = style.colour("text-fill-color");
        labels.want(new Labels.Label(
                value.toString(),
                rank,
                x,
                y,
                style.length("text-offset-x", 0),
                style.length("text-offset-y", 0) + rise,
                style.word("text-align", "center"),
                angle,
                style.letterSize(),
                style.boldLetters(),
                colour == null ? Color.BLACK : colour,
                style.colour("text-stroke-color"),
                style.length("text-stroke-width", 0),
                gap));
    }

    /** The middle of the longest part of a line that is in the frame: x, y, angle; null where none is. */
    private double @Nullable [] along(Geometry geometry) {
        double[] best = null;
        double longest = 0;
        for (int g = 0; g < geometry.getNumGeometries(); g++) {
            if (!(geometry.getGeometryN(g) instanceof LineString line)) continue;
            Coordinate[] all = line.getCoordinates();
            for (int i = 1; i < all.length; i++) {
                Point2D from = frame.at(all[i - 1].x, all[i - 1].y);
                Point2D to = frame.at(all[i].x, all[i].y);
                double x = (from.getX() + to.getX()) / 2;
                double y = (from.getY() + to.getY()) / 2;
                double length = from.distance(to);
                if (length <= longest || !frame.box().contains(x, y)) continue;
                longest = length;
                double angle = Math.atan2(to.getY() - from.getY(), to.getX() - from.getX());
                // Never upside down.
                if (angle > Math.PI / 2) angle -= Math.PI;
                if (angle < -Math.PI / 2) angle += Math.PI;
                best = new double[] {x, y, angle};
            }
        }
        return best;
    }

    /** A place well within the largest part of an area, as far as it is in the frame. */
    private @Nullable Point2D inside(Geometry geometry) {
        Geometry largest = geometry;
        double most = -1;
        for (int g = 0; g < geometry.getNumGeometries(); g++)
            if (geometry.getGeometryN(g) instanceof Polygon part && part.getArea() > most) {
                most = part.getArea();
                largest = part;
            }
        if (largest.isEmpty()) return null;
        var at = largest.getCentroid();
        if (!largest.contains(at)) at = largest.getInteriorPoint();
        Point2D place = frame.at(at.getX(), at.getY());
        return frame.box().contains(place) ? place : null;
    }
}
