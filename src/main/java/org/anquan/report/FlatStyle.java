package org.anquan.report;

import java.awt.BasicStroke;
import java.awt.Color;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A flat style of OpenLayers as our SLD reader writes it, read for paper: its pixels become millimetres.
 *
 * @param millimetres of a pixel
 */
record FlatStyle(JsonNode flat, double millimetres) {
    boolean has(String name) {
        return flat.has(name);
    }

    double length(String name, double otherwisePixels) {
        return flat.path(name).asDouble(otherwisePixels) * millimetres;
    }

    double number(String name, double otherwise) {
        return flat.path(name).asDouble(otherwise);
    }

    String word(String name, String otherwise) {
        return flat.path(name).asString(otherwise);
    }

    @Nullable
    Color colour(String name) {
        JsonNode given = flat.path(name);
        if (given.isArray() && given.size() >= 3)
            return new Color(
                    given.get(0).asInt(), given.get(1).asInt(), given.get(2).asInt(), (int)
                            Math.round(255 * (given.size() > 3 ? given.get(3).asDouble() : 1)));
        String text = given.asString("");
        return text.matches("#[0-9a-fA-F]{6}") ? Color.decode(text) : null;
    }

    /** @param prefix empty, {@code circle-} or {@code shape-} */
    BasicStroke pen(String prefix) {
        int cap = switch (word(prefix + "stroke-line-cap", "butt")) {
            case "round" -> BasicStroke.CAP_ROUND;
            case "square" -> BasicStroke.CAP_SQUARE;
            default -> BasicStroke.CAP_BUTT;
        };
        int join = switch (word(prefix + "stroke-line-join", "round")) {
            case "bevel" -> BasicStroke.JOIN_BEVEL;
            case "miter" -> BasicStroke.JOIN_MITER;
            default -> BasicStroke.JOIN_ROUND;
        };
        JsonNode given = flat.path(prefix + "stroke-line-dash");
        float[] dashes = null;
        if (given.size() > 0) {
            dashes = new float[given.size()];
            float sum = 0;
            for (int i = 0; i < dashes.length; i++)
                sum += dashes[i] = (float) (given.get(i).asDouble() * millimetres);
            if (sum <= 0) dashes = null;
        }
        float width = (float) length(prefix + "stroke-width", 1);
        return new BasicStroke(width, cap, join, 4, dashes, (float) length(prefix + "stroke-line-dash-offset", 0));
    }

    /** Size of the letters in millimetres: of {@code normal bold 12px …}. */
    double letterSize() {
        var found = java.util.regex.Pattern.compile("([\\d.]+)px").matcher(word("text-font", "12px"));
        return (found.find() ? Double.parseDouble(found.group(1)) : 12) * millimetres;
    }

    boolean boldLetters() {
        return word("text-font", "").contains(" bold ");
    }
}
