package org.anquan.style;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.style.LayerStyle.BothLanguages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns our part of SLD 1.0 (OGC 02-070) with Filter Encoding 1.0 into a flat style of OpenLayers 10. Whatever lies
 * outside of that part is a mistake with file and line: what would be passed over silently here would look different in
 * GeoServer, which gets the same file. Titles are written {@code 中文 | English}.
 */
final class SldReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Metres of a pixel at scale 1 : 1, as the standard fixes it (0.28 mm). */
    private static final double PIXEL_METRES = 0.000_28;

    private static final double DEFAULT_SIZE = 6;

    private final String file;
    private final @Nullable LayerDefinition layer;
    private final Predicate<String> symbolIsThere;
    private final List<Mistake> mistakes;
    private final List<JsonNode> rules = new ArrayList<>();
    /** By Chinese title: the rule of the closest view wins. */
    private final Map<String, Legend> legend = new LinkedHashMap<>();

    private record Legend(Title title, LayerStyle.Entry entry, double minScale) {}

    SldReader(String file, @Nullable LayerDefinition layer, Predicate<String> symbolIsThere, List<Mistake> mistakes) {
        this.file = file;
        this.layer = layer;
        this.symbolIsThere = symbolIsThere;
        this.mistakes = mistakes;
    }

    LayerStyle read(SldNode root) {
        String name = file.substring(0, file.length() - ".sld".length());
        Title title = layer == null ? new Title(name, name) : layer.title();
        if (!root.name().equals("StyledLayerDescriptor")) wrong(root, Text.of("style.mistake.root", root.name()));
        else {
            only(root, "NamedLayer", "Name", "Title", "Abstract");
            for (SldNode named : root.children("NamedLayer")) {
                only(named, "Name", "UserStyle");
                for (SldNode style : named.children("UserStyle")) {
                    only(style, "Name", "Title", "Abstract", "IsDefault", "FeatureTypeStyle");
                    title = style.child("Title").map(SldReader::title).orElse(title);
                    int painter = 0;
                    for (SldNode painted : style.children("FeatureTypeStyle")) painted(painted, painter++);
                }
            }
            if (rules.isEmpty()) wrong(root, Text.of("style.mistake.noRule"));
        }
        List<LayerStyle.Entry> entries =
                legend.values().stream().map(Legend::entry).toList();
        return new LayerStyle(name, BothLanguages.of(title), rules, entries);
    }

    private void wrong(SldNode at, Text what) {
        mistakes.add(new Mistake(file + ":" + at.line() + " <" + at.name() + ">", what));
    }

    private void only(SldNode node, String... allowed) {
        Set<String> names = new TreeSet<>(Set.of(allowed));
        for (SldNode child : node.children())
            if (!names.contains(child.name())) wrong(child, Text.of("style.mistake.element", node.name(), names));
    }

    private static Title title(SldNode node) {
        String[] both = node.text().split("\\|", 2);
        String zh = both[0].strip();
        return new Title(zh, both.length == 2 ? both[1].strip() : zh);
    }

    private void painted(SldNode node, int painter) {
        only(node, "Name", "Title", "Abstract", "FeatureTypeName", "SemanticTypeIdentifier", "Rule");
        for (SldNode rule : node.children("Rule")) rule(rule, painter);
    }

    private void rule(SldNode node, int painter) {
        only(
                node,
                "Name",
                "Title",
                "Abstract",
                "Filter",
                "ElseFilter",
                "MinScaleDenominator",
                "MaxScaleDenominator",
                "PointSymbolizer",
                "LineSymbolizer",
                "PolygonSymbolizer",
                "TextSymbolizer");
        JsonNode filter = node.child("Filter").map(this::filter).orElse(null);
        double min = scale(node, "MinScaleDenominator", 0);
        double max = scale(node, "MaxScaleDenominator", Double.POSITIVE_INFINITY);
        if (min >= max) wrong(node, Text.of("style.mistake.scales", min, max));
        List<JsonNode> styles = new ArrayList<>();
        String drawnOn = null;
        for (SldNode symbolizer : node.children()) {
            ObjectNode flat = switch (symbolizer.name()) {
                case "PointSymbolizer" -> point(symbolizer);
                case "LineSymbolizer" -> line(symbolizer);
                case "PolygonSymbolizer" -> polygon(symbolizer);
                case "TextSymbolizer" -> text(symbolizer);
                default -> null;
            };
            if (flat == null) continue;
            if (painter > 0) flat.put("z-index", painter);
            styles.add(flat);
            if (!symbolizer.name().equals("TextSymbolizer") && drawnOn == null) drawnOn = kind(symbolizer);
        }
        if (styles.isEmpty()) {
            wrong(node, Text.of("style.mistake.noSymbolizer"));
            return;
        }
        ObjectNode rule = JSON.objectNode();
        JsonNode whole = withScales(filter, min, max);
        if (whole != null) rule.set("filter", whole);
        if (node.child("ElseFilter").isPresent()) rule.put("else", true);
        ArrayNode all = rule.putArray("style");
        styles.forEach(all::add);
        rules.add(rule);
        if (drawnOn != null) inLegend(node, drawnOn, styles, filter, min);
    }

    private void inLegend(SldNode rule, String geometry, List<JsonNode> styles, @Nullable JsonNode filter, double min) {
        Title title =
                rule.child("Title").map(SldReader::title).orElse(layer == null ? new Title(file, file) : layer.title());
        Legend before = legend.get(title.zh());
        if (before != null && before.minScale() <= min) return;
        legend.put(
                title.zh(),
                new Legend(title, new LayerStyle.Entry(BothLanguages.of(title), geometry, styles, filter), min));
    }

    /** What the sign is drawn on: the layer's own geometry, since an outline may be drawn on an area. */
    private String kind(SldNode symbolizer) {
        if (layer != null) return layer.geometry().name().toLowerCase(Locale.ROOT);
        return symbolizer.name().replace("Symbolizer", "").toLowerCase(Locale.ROOT);
    }

    private double scale(SldNode rule, String name, double otherwise) {
        return rule.child(name).map(node -> number(node, otherwise)).orElse(otherwise);
    }

    private double number(SldNode node, double otherwise) {
        SldNode holder = node.child("Literal").orElse(node);
        try {
            double value = Double.parseDouble(holder.text());
            if (Double.isFinite(value)) return value;
        } catch (NumberFormatException e) {
            // said below
        }
        wrong(holder, Text.of("style.mistake.number", holder.text()));
        return otherwise;
    }

    private static @Nullable JsonNode withScales(@Nullable JsonNode filter, double min, double max) {
        List<JsonNode> all = new ArrayList<>();
        if (filter != null) all.add(filter);
        if (min > 0) all.add(call(">=", call("resolution"), JSON.numberNode(min * PIXEL_METRES)));
        if (max < Double.POSITIVE_INFINITY) all.add(call("<", call("resolution"), JSON.numberNode(max * PIXEL_METRES)));
        if (all.isEmpty()) return null;
        return all.size() == 1 ? all.get(0) : call("all", all.toArray(JsonNode[]::new));
    }

    private static ArrayNode call(String operator, JsonNode... arguments) {
        ArrayNode call = JSON.arrayNode().add(operator);
        for (JsonNode argument : arguments) call.add(argument);
        return call;
    }

    private @Nullable JsonNode filter(SldNode node) {
        if (node.children().size() != 1) {
            wrong(node, Text.of("style.mistake.oneCondition", node.children().size()));
            return null;
        }
        return condition(node.children().get(0));
    }

    private JsonNode condition(SldNode node) {
        return switch (node.name()) {
            case "And" -> many("all", node);
            case "Or" -> many("any", node);
            case "Not" -> {
                if (node.children().size() == 1)
                    yield call("!", condition(node.children().get(0)));
                wrong(
                        node,
                        Text.of("style.mistake.oneCondition", node.children().size()));
                yield JSON.booleanNode(true);
            }
            case "PropertyIsEqualTo" -> compared("==", node);
            case "PropertyIsNotEqualTo" -> compared("!=", node);
            case "PropertyIsLessThan" -> compared("<", node);
            case "PropertyIsLessThanOrEqualTo" -> compared("<=", node);
            case "PropertyIsGreaterThan" -> compared(">", node);
            case "PropertyIsGreaterThanOrEqualTo" -> compared(">=", node);
            case "PropertyIsBetween" -> between(node);
            case "PropertyIsNull" -> call("!", has(property(node)));
            default -> {
                wrong(node, Text.of("style.mistake.condition"));
                yield JSON.booleanNode(true);
            }
        };
    }

    private JsonNode many(String operator, SldNode node) {
        if (node.children().size() < 2)
            wrong(node, Text.of("style.mistake.twoConditions", node.children().size()));
        JsonNode[] all = node.children().stream().map(this::condition).toArray(JsonNode[]::new);
        return all.length == 1 ? all[0] : call(operator, all);
    }

    /** An attribute that a feature has not got is neither equal nor unequal, smaller nor larger. */
    private JsonNode compared(String operator, SldNode node) {
        only(node, "PropertyName", "Literal");
        String property = property(node);
        SldNode literal = node.child("Literal").orElse(null);
        if (literal == null) {
            wrong(node, Text.of("style.mistake.missing", "Literal"));
            return JSON.booleanNode(true);
        }
        boolean order = !operator.equals("==") && !operator.equals("!=");
        JsonNode value = literal(literal, property, order);
        JsonNode comparison = call(operator, get(property), value);
        return operator.equals("==") ? comparison : call("all", has(property), comparison);
    }

    private JsonNode between(SldNode node) {
        only(node, "PropertyName", "LowerBoundary", "UpperBoundary");
        String property = property(node);
        double low = node.child("LowerBoundary").map(bound -> number(bound, 0)).orElse(0.0);
        double high = node.child("UpperBoundary").map(bound -> number(bound, 0)).orElse(0.0);
        for (String bound : List.of("LowerBoundary", "UpperBoundary"))
            if (node.child(bound).isEmpty()) wrong(node, Text.of("style.mistake.missing", bound));
        return call("all", has(property), call("between", get(property), JSON.numberNode(low), JSON.numberNode(high)));
    }

    private static ArrayNode get(String property) {
        return JSON.arrayNode().add("get").add(property);
    }

    private static ArrayNode has(String property) {
        return JSON.arrayNode().add("has").add(property);
    }

    private String property(SldNode node) {
        SldNode name = node.child("PropertyName").orElse(null);
        if (name == null) {
            wrong(node, Text.of("style.mistake.missing", "PropertyName"));
            return "id";
        }
        String property = name.text();
        if (layer != null && !property.equals("id") && layer.attribute(property).isEmpty()) {
            List<String> names =
                    layer.attributes().stream().map(AttributeDefinition::name).toList();
            wrong(name, Text.of("style.mistake.attribute", layer.id(), property, names));
        }
        return property;
    }

    /** In the type that the attribute has on the map, since 5 and "5" are not equal there. */
    private JsonNode literal(SldNode node, String property, boolean order) {
        String text = node.text();
        AttributeDefinition attribute =
                layer == null ? null : layer.attribute(property).orElse(null);
        AttributeType type = attribute == null ? null : attribute.type();
        if (type == null) {
            boolean number = text.matches("[+-]?\\d+(\\.\\d+)?");
            return number ? JSON.numberNode(Double.parseDouble(text)) : JSON.stringNode(text);
        }
        if (type == AttributeType.LIST) wrong(node, Text.of("style.mistake.list", property));
        if (type == AttributeType.INTEGER || type == AttributeType.NUMBER) return JSON.numberNode(number(node, 0));
        if (order) wrong(node, Text.of("style.mistake.order", property));
        if (type == AttributeType.BOOLEAN) {
            if (!text.equals("true") && !text.equals("false")) wrong(node, Text.of("style.mistake.boolean", text));
            return JSON.booleanNode(text.equals("true"));
        }
        boolean allowed = attribute == null
                || attribute.values().isEmpty()
                || attribute.values().stream().anyMatch(value -> value.value().equals(text));
        if (!allowed && attribute != null)
            wrong(
                    node,
                    Text.of(
                            "style.mistake.value",
                            property,
                            text,
                            attribute.values().stream()
                                    .map(AttributeDefinition.AllowedValue::value)
                                    .toList()));
        return JSON.stringNode(text);
    }

    private ObjectNode point(SldNode node) {
        only(node, "Geometry", "Graphic");
        ObjectNode flat = JSON.objectNode();
        SldNode graphic = node.child("Graphic").orElse(null);
        if (graphic == null) {
            wrong(node, Text.of("style.mistake.missing", "Graphic"));
            return flat;
        }
        only(graphic, "ExternalGraphic", "Mark", "Opacity", "Size", "Rotation");
        double size =
                graphic.child("Size").map(child -> number(child, DEFAULT_SIZE)).orElse(DEFAULT_SIZE);
        double opacity = graphic.child("Opacity").map(child -> number(child, 1)).orElse(1.0);
        double rotation =
                graphic.child("Rotation").map(child -> number(child, 0)).orElse(0.0);
        SldNode external = graphic.child("ExternalGraphic").orElse(null);
        SldNode mark = graphic.child("Mark").orElse(null);
        if (external != null) icon(external, flat, size, opacity, rotation);
        else if (mark != null) mark(mark, flat, size, opacity, rotation);
        else wrong(graphic, Text.of("style.mistake.missing", "ExternalGraphic / Mark"));
        return flat;
    }

    private void icon(SldNode node, ObjectNode flat, double size, double opacity, double rotation) {
        only(node, "OnlineResource", "Format");
        String href = node.child("OnlineResource")
                .map(child -> child.attribute("href"))
                .orElse("");
        if (!href.matches("symbols/[A-Za-z0-9_-]+\\.svg")) wrong(node, Text.of("style.mistake.symbolName", href));
        else if (!symbolIsThere.test(href.substring("symbols/".length())))
            wrong(node, Text.of("style.mistake.symbolMissing", href));
        flat.put("icon-src", "/styles/" + href);
        flat.put("icon-height", size);
        if (opacity < 1) flat.put("icon-opacity", opacity);
        if (rotation != 0) flat.put("icon-rotation", Math.toRadians(rotation));
    }

    private void mark(SldNode node, ObjectNode flat, double size, double opacity, double rotation) {
        only(node, "WellKnownName", "Fill", "Stroke");
        SldNode named = node.child("WellKnownName").orElse(null);
        String shape = named == null ? "square" : named.text();
        String prefix = shape.equals("circle") ? "circle-" : "shape-";
        switch (shape) {
            case "circle" -> flat.put("circle-radius", size / 2);
            // The corners of a square lie on a circle of half its diagonal.
            case "square" ->
                flat.put("shape-points", 4)
                        .put("shape-radius", size / Math.sqrt(2))
                        .put("shape-angle", Math.PI / 4);
            // As high as the size: two thirds of the height lie above the middle.
            case "triangle" -> flat.put("shape-points", 3).put("shape-radius", size * 2 / 3);
            case "star" ->
                flat.put("shape-points", 5).put("shape-radius", size / 2).put("shape-radius2", size * 0.19);
            case "cross" ->
                flat.put("shape-points", 4).put("shape-radius", size / 2).put("shape-radius2", 0);
            case "x" ->
                flat.put("shape-points", 4)
                        .put("shape-radius", size / Math.sqrt(2))
                        .put("shape-radius2", 0)
                        .put("shape-angle", Math.PI / 4);
            default ->
                wrong(
                        named == null ? node : named,
                        Text.of(
                                "style.mistake.mark",
                                shape,
                                List.of("circle", "square", "triangle", "star", "cross", "x")));
        }
        if (rotation != 0 && prefix.equals("shape-")) flat.put("shape-rotation", Math.toRadians(rotation));
        node.child("Fill").ifPresent(fill -> flat.set(prefix + "fill-color", fillColour(fill, opacity)));
        node.child("Stroke").ifPresent(stroke -> stroke(stroke, flat, prefix, opacity));
    }

    private ObjectNode line(SldNode node) {
        only(node, "Geometry", "Stroke");
        ObjectNode flat = JSON.objectNode();
        SldNode stroke = node.child("Stroke").orElse(null);
        if (stroke == null) wrong(node, Text.of("style.mistake.missing", "Stroke"));
        else stroke(stroke, flat, "", 1);
        return flat;
    }

    private ObjectNode polygon(SldNode node) {
        only(node, "Geometry", "Fill", "Stroke");
        ObjectNode flat = JSON.objectNode();
        node.child("Fill").ifPresent(fill -> flat.set("fill-color", fillColour(fill, 1)));
        node.child("Stroke").ifPresent(stroke -> stroke(stroke, flat, "", 1));
        if (flat.isEmpty()) wrong(node, Text.of("style.mistake.missing", "Fill / Stroke"));
        return flat;
    }

    private Map<String, SldNode> parameters(SldNode node, String... allowed) {
        only(node, "CssParameter");
        Set<String> names = new TreeSet<>(Set.of(allowed));
        Map<String, SldNode> found = new LinkedHashMap<>();
        for (SldNode child : node.children("CssParameter")) {
            String name = child.attribute("name");
            if (!names.contains(name)) wrong(child, Text.of("style.mistake.parameter", name, names));
            found.put(name, child);
        }
        return found;
    }

    private JsonNode fillColour(SldNode fill, double opacity) {
        Map<String, SldNode> given = parameters(fill, "fill", "fill-opacity");
        return colour(given.get("fill"), given.get("fill-opacity"), "#808080", opacity);
    }

    private void stroke(SldNode node, ObjectNode flat, String prefix, double opacity) {
        Map<String, SldNode> given = parameters(
                node,
                "stroke",
                "stroke-width",
                "stroke-opacity",
                "stroke-linecap",
                "stroke-linejoin",
                "stroke-dasharray",
                "stroke-dashoffset");
        flat.set(prefix + "stroke-color", colour(given.get("stroke"), given.get("stroke-opacity"), "#000000", opacity));
        SldNode width = given.get("stroke-width");
        flat.put(prefix + "stroke-width", width == null ? 1 : number(width, 1));
        choice(given.get("stroke-linecap"), "butt", flat, prefix + "stroke-line-cap", "butt", "round", "square");
        choice(
                given.get("stroke-linejoin"),
                "miter",
                flat,
                prefix + "stroke-line-join",
                "bevel",
                "round",
                "miter",
                "mitre");
        SldNode dashes = given.get("stroke-dasharray");
        if (dashes != null) {
            ArrayNode all = flat.putArray(prefix + "stroke-line-dash");
            for (String one : dashes.text().split("[\\s,]+")) {
                if (one.matches("\\d+(\\.\\d+)?")) all.add(Double.parseDouble(one));
                else wrong(dashes, Text.of("style.mistake.number", one));
            }
        }
        SldNode offset = given.get("stroke-dashoffset");
        if (offset != null) flat.put(prefix + "stroke-line-dash-offset", number(offset, 0));
    }

    private void choice(@Nullable SldNode given, String otherwise, ObjectNode flat, String name, String... allowed) {
        String value = given == null ? otherwise : given.text();
        if (given != null && !List.of(allowed).contains(value))
            wrong(given, Text.of("style.mistake.choice", value, List.of(allowed)));
        flat.put(name, value.equals("mitre") ? "miter" : value);
    }

    /** Red, green, blue of 0 to 255 and opacity. */
    private JsonNode colour(@Nullable SldNode colour, @Nullable SldNode opacity, String otherwise, double more) {
        String text = colour == null ? otherwise : colour.text();
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            if (colour != null) wrong(colour, Text.of("style.mistake.colour", text));
            text = otherwise;
        }
        double share = (opacity == null ? 1 : number(opacity, 1)) * more;
        if (share < 0 || share > 1) {
            if (opacity != null) wrong(opacity, Text.of("style.mistake.opacity", share));
            share = 1;
        }
        if (share == 1) return JSON.stringNode(text);
        ArrayNode parts = JSON.arrayNode();
        for (int i = 1; i < 7; i += 2) parts.add(Integer.parseInt(text.substring(i, i + 2), 16));
        return parts.add(share);
    }

    private ObjectNode text(SldNode node) {
        only(node, "Geometry", "Label", "Font", "LabelPlacement", "Halo", "Fill", "VendorOption");
        ObjectNode flat = JSON.objectNode();
        SldNode label = node.child("Label").orElse(null);
        if (label == null) wrong(node, Text.of("style.mistake.missing", "Label"));
        else {
            only(label, "PropertyName");
            String property = property(label);
            flat.set("text-value", call("case", has(property), call("to-string", get(property)), JSON.stringNode("")));
        }
        font(node, flat);
        flat.put("text-overflow", true);
        placement(node, flat);
        SldNode fill = node.child("Fill").orElse(null);
        flat.set("text-fill-color", fill == null ? JSON.stringNode("#000000") : fillColour(fill, 1));
        node.child("Halo").ifPresent(halo -> {
            only(halo, "Radius", "Fill");
            double radius = halo.child("Radius").map(child -> number(child, 1)).orElse(1.0);
            JsonNode colour = halo.child("Fill")
                    .<JsonNode>map(child -> fillColour(child, 1))
                    .orElse(JSON.stringNode("#ffffff"));
            flat.set("text-stroke-color", colour);
            // The halo reaches out by its radius; a stroke lies half inside.
            flat.put("text-stroke-width", 2 * radius);
        });
        return flat;
    }

    private void font(SldNode node, ObjectNode flat) {
        Map<String, SldNode> given = node.child("Font")
                .map(font -> parameters(font, "font-family", "font-size", "font-weight", "font-style"))
                .orElse(Map.of());
        SldNode size = given.get("font-size");
        String pixels = plain(size == null ? 12 : number(size, 12));
        SldNode named = given.get("font-family");
        String family = named == null ? "" : named.text();
        if (named != null && !family.matches("[\\p{L}\\p{N} _-]*")) {
            wrong(named, Text.of("style.mistake.font", family));
            family = "";
        }
        String weight = word(given.get("font-weight"), "normal", "bold");
        String slant = word(given.get("font-style"), "normal", "italic", "oblique");
        String fallback = "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", sans-serif";
        String families = family.isBlank() ? fallback : "\"" + family + "\", " + fallback;
        flat.put("text-font", slant + " " + weight + " " + pixels + "px " + families);
    }

    private String word(@Nullable SldNode given, String... allowed) {
        if (given == null) return allowed[0];
        if (List.of(allowed).contains(given.text())) return given.text();
        wrong(given, Text.of("style.mistake.choice", given.text(), List.of(allowed)));
        return allowed[0];
    }

    private static String plain(double number) {
        return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** The standard begins a point's label at the point; an area's stands in its middle, a line's runs along it. */
    private void placement(SldNode node, ObjectNode flat) {
        GeometryKind kind = layer == null ? GeometryKind.POLYGON : layer.geometry();
        SldNode placement = node.child("LabelPlacement").orElse(null);
        if (placement == null) {
            if (kind == GeometryKind.LINE) flat.put("text-placement", "line");
            return;
        }
        only(placement, "PointPlacement", "LinePlacement");
        SldNode line = placement.child("LinePlacement").orElse(null);
        if (line != null) {
            only(line, "PerpendicularOffset");
            flat.put("text-placement", "line");
            line.child("PerpendicularOffset").ifPresent(offset -> flat.put("text-offset-y", -number(offset, 0)));
            return;
        }
        SldNode point = placement.child("PointPlacement").orElse(null);
        if (point == null) return;
        only(point, "AnchorPoint", "Displacement", "Rotation");
        point.child("AnchorPoint").ifPresent(anchor -> {
            only(anchor, "AnchorPointX", "AnchorPointY");
            double x = anchor.child("AnchorPointX")
                    .map(child -> number(child, 0.5))
                    .orElse(0.5);
            double y = anchor.child("AnchorPointY")
                    .map(child -> number(child, 0.5))
                    .orElse(0.5);
            flat.put("text-align", x < 0.25 ? "left" : x > 0.75 ? "right" : "center");
            flat.put("text-baseline", y < 0.25 ? "bottom" : y > 0.75 ? "top" : "middle");
        });
        point.child("Displacement").ifPresent(moved -> {
            only(moved, "DisplacementX", "DisplacementY");
            moved.child("DisplacementX").ifPresent(x -> flat.put("text-offset-x", number(x, 0)));
            // Upwards is positive in SLD and negative on the screen.
            moved.child("DisplacementY").ifPresent(y -> flat.put("text-offset-y", -number(y, 0)));
        });
        point.child("Rotation").ifPresent(rotation -> flat.put("text-rotation", Math.toRadians(number(rotation, 0))));
    }
}
