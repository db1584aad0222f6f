package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A symbol as our SVG files draw it: {@code path, circle, ellipse, rect, line, polyline, polygon, g} with fill, stroke and
 * transform. Anything else in the file is passed over. Immutable.
 */
final class SvgSymbol {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern TRANSFORM = Pattern.compile("(\\w+)\\s*\\(([^)]*)\\)");

    private final List<Part> parts = new ArrayList<>();
    private double width = 32;
    private double height = 32;
    private double left;
    private double top;

    /** @param line null for none */
    private record Part(
            Shape shape, @Nullable Color fill, @Nullable Color line, BasicStroke pen) {}

    /** What an element hands down to those inside it. */
    private record Look(AffineTransform place, Map<String, String> values) {
        String get(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }
    }

    private SvgSymbol() {}

    /** A file that cannot be read gives a symbol of what was read before the mistake. */
    static SvgSymbol read(byte[] svg) {
        SvgSymbol symbol = new SvgSymbol();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        try {
            symbol.read(factory.createXMLStreamReader(new ByteArrayInputStream(svg)));
        } catch (XMLStreamException | IllegalArgumentException e) {
            org.slf4j.LoggerFactory.getLogger(SvgSymbol.class)
                    .warn("A symbol cannot be read whole: {}", e.getMessage());
        }
        return symbol;
    }

    private void read(XMLStreamReader reader) throws XMLStreamException {
        Deque<Look> open = new ArrayDeque<>();
        open.push(new Look(new AffineTransform(), Map.of()));
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) open.pop();
            if (event != XMLStreamConstants.START_ELEMENT) continue;
            Map<String, String> own = new HashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++)
                own.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            Look outer = open.element();
            Map<String, String> values = new HashMap<>(outer.values());
            for (String name :
                    List.of("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"))
                if (own.containsKey(name)) values.put(name, own.get(name));
            AffineTransform place = new AffineTransform(outer.place());
            place.concatenate(transform(own.getOrDefault("transform", "")));
            Look look = new Look(place, values);
            open.push(look);
            if (reader.getLocalName().equals("svg")) box(own);
            else {
                Shape shape = shape(reader.getLocalName(), own);
                if (shape != null) add(shape, look);
            }
        }
    }

    private void box(Map<String, String> own) {
        double[] box = numbers(own.getOrDefault("viewBox", ""));
        if (box.length == 4) {
            left = box[0];
            top = box[1];
            width = box[2];
            height = box[3];
        } else {
            width = one(own, "width", width);
            height = one(own, "height", height);
        }
    }

    private static double one(Map<String, String> own, String name, double otherwise) {
        double[] all = numbers(own.getOrDefault(name, ""));
        return all.length == 0 ? otherwise : all[0];
    }

    private static double[] numbers(String text) {
        Matcher m = NUMBER.matcher(text);
        List<Double> all = new ArrayList<>();
        while (m.find()) all.add(Double.parseDouble(m.group()));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void add(Shape shape, Look look) {
        AffineTransform place = look.place();
        double zoom = Math.sqrt(Math.abs(place.getDeterminant()));
        double[] dashes = numbers(look.get("stroke-dasharray", ""));
        float[] pattern = null;
        if (dashes.length > 0) {
            pattern = new float[dashes.length];
            for (int i = 0; i < dashes.length; i++) pattern[i] = (float) (dashes[i] * zoom);
        }
        double[] wide = numbers(look.get("stroke-width", "1"));
        int cap = switch (look.get("stroke-linecap", "butt")) {
            case "round" -> BasicStroke.CAP_ROUND;
            case "square" -> BasicStroke.CAP_SQUARE;
            default -> BasicStroke.CAP_BUTT;
        };
        int join = switch (look.get("stroke-linejoin", "miter")) {
            case "round" -> BasicStroke.JOIN_ROUND;
            case "bevel" -> BasicStroke.JOIN_BEVEL;
            default -> BasicStroke.JOIN_MITER;
        };
        BasicStroke pen = new BasicStroke((float) ((wide.length == 0 ? 1 : wide[0]) * zoom), cap, join, 4, pattern, 0);
        parts.add(new Part(
                place.createTransformedShape(shape),
                colour(look.get("fill", "#000000")),
                colour(look.get("stroke", "none")),
                pen));
    }

    private static @Nullable Color colour(String text) {
        if (text.matches("#[0-9a-fA-F]{6}")) return Color.decode(text);
        if (text.matches("#[0-9a-fA-F]{3}"))
            return Color.decode("#" + text.charAt(1) + text.charAt(1) + text.charAt(2) + text.charAt(2) + text.charAt(3)
                    + text.charAt(3));
        return switch (text) {
            case "white" -> Color.WHITE;
            case "black" -> Color.BLACK;
            default -> null;
        };
    }

    private static AffineTransform transform(String text) {
        AffineTransform all = new AffineTransform();
        Matcher m = TRANSFORM.matcher(text);
        while (m.find()) {
            double[] v = numbers(m.group(2));
            if (v.length == 0) continue;
            switch (m.group(1)) {
                case "translate" -> all.translate(v[0], v.length > 1 ? v[1] : 0);
                case "scale" -> all.scale(v[0], v.length > 1 ? v[1] : v[0]);
                case "rotate" -> {
                    if (v.length > 2) all.rotate(Math.toRadians(v[0]), v[1], v[2]);
                    else all.rotate(Math.toRadians(v[0]));
                }
                case "matrix" -> {
                    if (v.length == 6) all.concatenate(new AffineTransform(v));
                }
                default -> {
                    // passed over
                }
            }
        }
        return all;
    }

    private static @Nullable Shape shape(String element, Map<String, String> own) {
        return switch (element) {
            case "path" -> new SvgPath(own.getOrDefault("d", "")).shape();
            case "circle" -> ellipse(own, one(own, "r", 0), one(own, "r", 0));
            case "ellipse" -> ellipse(own, one(own, "rx", 0), one(own, "ry", 0));
            case "rect" -> {
                double rx = one(own, "rx", one(own, "ry", 0));
                double ry = one(own, "ry", rx);
                yield new RoundRectangle2D.Double(
                        one(own, "x", 0),
                        one(own, "y", 0),
                        one(own, "width", 0),
                        one(own, "height", 0),
                        2 * rx,
                        2 * ry);
            }
            case "line" ->
                new Line2D.Double(one(own, "x1", 0), one(own, "y1", 0), one(own, "x2", 0), one(own, "y2", 0));
            case "polyline", "polygon" -> {
                double[] at = numbers(own.getOrDefault("points", ""));
                if (at.length < 4) yield null;
                Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
                path.moveTo(at[0], at[1]);
                for (int i = 2; i + 1 < at.length; i += 2) path.lineTo(at[i], at[i + 1]);
                if (element.equals("polygon")) path.closePath();
                yield path;
            }
            default -> null;
        };
    }

    private static Shape ellipse(Map<String, String> own, double rx, double ry) {
        return new Ellipse2D.Double(one(own, "cx", 0) - rx, one(own, "cy", 0) - ry, 2 * rx, 2 * ry);
    }

    double widthOf(double high) {
        return height == 0 ? high : high * width / height;
    }

    /** Draws it with its middle at x, y, so high, turned clockwise by radians; lengths in millimetres. */
    void draw(Canvas canvas, double x, double y, double high, double angle, double opacity) {
        double zoom = high / height;
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(angle);
        place.scale(zoom, zoom);
        place.translate(-left - width / 2, -top - height / 2);
        for (Part part : parts) {
            Shape shape = place.createTransformedShape(part.shape());
            if (part.fill() != null) canvas.fill(shape, faded(part.fill(), opacity));
            if (part.line() == null) continue;
            float[] dashes = part.pen().getDashArray() == null
                    ? null
                    : part.pen().getDashArray().clone();
            if (dashes != null) for (int i = 0; i < dashes.length; i++) dashes[i] *= (float) zoom;
            canvas.stroke(
                    shape,
                    faded(part.line(), opacity),
                    new BasicStroke(
                            (float) (part.pen().getLineWidth() * zoom),
                            part.pen().getEndCap(),
                            part.pen().getLineJoin(),
                            4,
                            dashes,
                            0));
        }
    }

    private static Color faded(Color colour, double opacity) {
        return opacity >= 1
                ? colour
                : new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
    }
}
