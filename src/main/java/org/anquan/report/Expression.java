package org.anquan.report;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Works out the expressions that our map styles use (a part of OpenLayers' flat styles). */
final class Expression {
    private Expression() {}

    /**
     * @param resolution metres of a standard pixel of 0.28 mm, so that limits of scale hold on paper
     * @return true, false, a number, a text, or null
     */
    static @Nullable Object value(JsonNode node, String id, Map<String, Object> attributes, double resolution) {
        if (node.isBoolean()) return node.asBoolean();
        if (node.isNumber()) return node.asDouble();
        if (!node.isArray()) return node.isNull() ? null : node.asString();
        String operator = node.path(0).asString("");
        Arguments of = new Arguments(node, id, attributes, resolution);
        return switch (operator) {
            case "all" -> of.count(true) == of.size();
            case "any" -> of.count(true) > 0;
            case "!" -> !of.truth(1);
            case "==" -> same(of.get(1), of.get(2));
            case "!=" -> !same(of.get(1), of.get(2));
            case "<", "<=", ">", ">=" -> compared(operator, of.get(1), of.get(2));
            case "between" -> compared(">=", of.get(1), of.get(2)) && compared("<=", of.get(1), of.get(3));
            case "get" -> of.attribute();
            case "has" -> of.attribute() != null;
            case "resolution" -> resolution;
            case "to-string" -> Objects.toString(of.get(1), "");
            case "case" -> of.firstCase();
            default -> null;
        };
    }

    static boolean holds(@Nullable JsonNode filter, String id, Map<String, Object> attributes, double resolution) {
        return filter == null
                || filter.isMissingNode()
                || Boolean.TRUE.equals(value(filter, id, attributes, resolution));
    }

    private record Arguments(JsonNode node, String id, Map<String, Object> attributes, double resolution) {
        int size() {
            return node.size() - 1;
        }

        @Nullable
        Object get(int i) {
            return value(node.path(i), id, attributes, resolution);
        }

        boolean truth(int i) {
            return Boolean.TRUE.equals(get(i));
        }

        int count(boolean wanted) {
            int n = 0;
            for (int i = 1; i < node.size(); i++) if (truth(i) == wanted) n++;
            return n;
        }

        @Nullable
        Object attribute() {
            String name = node.path(1).asString("");
            return name.equals("id") ? id : attributes.get(name);
        }

        @Nullable
        Object firstCase() {
            int i = 1;
            for (; i + 1 < node.size(); i += 2) if (truth(i)) return get(i + 1);
            return get(i);
        }
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) return x.doubleValue() == y.doubleValue();
        return a != null && b != null && a.toString().equals(b.toString());
    }

    private static boolean compared(String operator, @Nullable Object a, @Nullable Object b) {
        if (!(a instanceof Number x && b instanceof Number y)) return false;
        int order = Double.compare(x.doubleValue(), y.doubleValue());
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}
