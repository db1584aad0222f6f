package org.anquan.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * A formula over the attributes of one feature, as a layer's file writes it: numbers, attributes, {@code + - * /},
 * brackets, {@code min max floor ceil round}, {@code known(a, b)} for the first that is known, and tables by their names.
 *
 * <p>It is worked out with ranges: an unknown attribute may be anything that its limits allow. The result is known only
 * where no value of what is unknown could change it. So an unknown never counts as zero, and yet a slope that threatens
 * 2 000 people has the highest grade whatever its property may be worth.
 */
final class Formula {
    private static final double ALL = Double.POSITIVE_INFINITY;

    /** What may be wrong with a formula; its text says where. */
    static final class Wrong extends Exception {
        private final Text what;

        Wrong(Text what) {
            super(what.key());
            this.what = what;
        }

        Text what() {
            return what;
        }
    }

    /** From the least to the largest value that is possible. */
    private record Range(double low, double high) {
        static final Range UNKNOWN = new Range(-ALL, ALL);

        static Range of(double value) {
            return new Range(value, value);
        }

        static Range ordered(double low, double high) {
            return Double.isNaN(low) || Double.isNaN(high) ? UNKNOWN : new Range(low, high);
        }

        boolean known() {
            return low == high && Math.abs(low) != ALL;
        }
    }

    /**
     * A table of the layer's file.
     *
     * @param steps result from each number on, for numbers; empty for a table of texts
     * @param texts result of each text
     */
    record Table(TreeMap<Double, Double> steps, Map<String, Double> texts) {}

    private interface Term {
        Range range(Map<String, ?> values);
    }

    private final Term term;
    private final Set<String> inputs;
    private final boolean whole;

    private Formula(Term term, Set<String> inputs, boolean whole) {
        this.term = term;
        this.inputs = inputs;
        this.whole = whole;
    }

    /** @param attributes that it may name, by name */
    static Formula parse(String text, Map<String, AttributeDefinition> attributes, Map<String, Table> tables)
            throws Wrong {
        Parser parser = new Parser(text, attributes, tables);
        Term term = parser.all();
        return new Formula(term, parser.inputs, parser.whole);
    }

    /** The attributes that it names. */
    Set<String> inputs() {
        return inputs;
    }

    /** Whether its results are whole numbers by its form. */
    boolean whole() {
        return whole;
    }

    /** Null where it is not known. */
    @Nullable
    Double value(Map<String, ?> values) {
        Range range = term.range(values);
        return range.known() ? Double.valueOf(range.low() == 0 ? 0.0 : range.low()) : null;
    }

    /** Rounds what division left just below a whole number up to it: 1 100 / 1.1 is 1 000, not 999.999 999 999 9. */
    private static double settled(double value) {
        double near = Math.rint(value);
        return Math.abs(value - near) <= 1e-9 * Math.max(1, Math.abs(value)) ? near : value;
    }

    private static final class Parser {
        private final String text;
        private final Map<String, AttributeDefinition> attributes;
        private final Map<String, Table> tables;
        private final Set<String> inputs = new LinkedHashSet<>();
        private boolean whole;
        private int at;

        Parser(String text, Map<String, AttributeDefinition> attributes, Map<String, Table> tables) {
            this.text = text;
            this.attributes = attributes;
            this.tables = tables;
        }

        Term all() throws Wrong {
            Term term = sum();
            blanks();
            if (at < text.length()) throw unexpected();
            whole = text.strip().matches("(floor|ceil|round)\\s*\\(.*\\)");
            return term;
        }

        private Wrong unexpected() {
            String what = at < text.length() ? text.substring(at, at + 1) : "";
            return new Wrong(Text.of("catalog.formula.unexpected", at + 1, what));
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        }

        private boolean next(char wanted) {
            blanks();
            if (at >= text.length() || text.charAt(at) != wanted) return false;
            at++;
            return true;
        }

        private Term sum() throws Wrong {
            Term left = product();
            while (true) {
                Term a = left;
                if (next('+')) {
                    Term b = product();
                    left = values -> {
                        Range x = a.range(values);
                        Range y = b.range(values);
                        return Range.ordered(x.low() + y.low(), x.high() + y.high());
                    };
                } else if (next('-')) {
                    Term b = product();
                    left = values -> {
                        Range x = a.range(values);
                        Range y = b.range(values);
                        return Range.ordered(x.low() - y.high(), x.high() - y.low());
                    };
                } else return left;
            }
        }

        private Term product() throws Wrong {
            Term left = one();
            while (true) {
                Term a = left;
                if (next('*')) {
                    Term b = one();
                    left = values -> times(a.range(values), b.range(values));
                } else if (next('/')) {
                    Term b = one();
                    left = values -> {
                        Range y = b.range(values);
                        // Something divided by what may be zero may be anything.
                        if (y.low() <= 0 && y.high() >= 0) return Range.UNKNOWN;
                        return times(a.range(values), new Range(1 / y.high(), 1 / y.low()), y);
                    };
                } else return left;
            }
        }

        private static Range times(Range x, Range y) {
            double a = x.low() * y.low();
            double b = x.low() * y.high();
            double c = x.high() * y.low();
            double d = x.high() * y.high();
            return Range.ordered(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
        }

        /** Divides known numbers by each other directly: x · (1 / y) is not always x / y. */
        private static Range times(Range x, Range inverse, Range divisor) {
            if (x.known() && divisor.known()) return Range.of(x.low() / divisor.low());
            return times(x, inverse);
        }

        private Term one() throws Wrong {
            blanks();
            if (next('(')) {
                Term inside = sum();
                if (!next(')')) throw unexpected();
                return inside;
            }
            if (next('-')) {
                Term inside = one();
                return values -> {
                    Range x = inside.range(values);
                    return new Range(-x.high(), -x.low());
                };
            }
            if (at >= text.length()) throw unexpected();
            char c = text.charAt(at);
            if (Character.isDigit(c) || c == '.') return number();
            if (Character.isLetter(c)) return named();
            throw unexpected();
        }

        private Term number() throws Wrong {
            int from = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) at++;
            try {
                Range value = Range.of(Double.parseDouble(text.substring(from, at)));
                return values -> value;
            } catch (NumberFormatException e) {
                at = from;
                throw unexpected();
            }
        }

        private Term named() throws Wrong {
            int from = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) at++;
            String name = text.substring(from, at);
            blanks();
            if (at < text.length() && text.charAt(at) == '(') return call(name, from);
            AttributeDefinition attribute = attribute(name, from);
            if (attribute.type() != AttributeType.INTEGER && attribute.type() != AttributeType.NUMBER)
                throw new Wrong(Text.of("catalog.formula.notNumber", from + 1, name));
            Double min = attribute.min();
            Double max = attribute.max();
            Range unknown = new Range(min == null ? -ALL : min, max == null ? ALL : max);
            return values -> values.get(name) instanceof Number known ? Range.of(known.doubleValue()) : unknown;
        }

        private AttributeDefinition attribute(String name, int from) throws Wrong {
            AttributeDefinition attribute = attributes.get(name);
            if (attribute == null)
                throw new Wrong(Text.of("catalog.formula.unknown", from + 1, name, List.copyOf(attributes.keySet())));
            inputs.add(name);
            return attribute;
        }

        private Term call(String name, int from) throws Wrong {
            next('(');
            Table table = tables.get(name);
            if (table != null && table.steps().isEmpty()) return textTable(table);
            List<Term> given = new ArrayList<>();
            do given.add(sum());
            while (next(','));
            if (!next(')')) throw unexpected();
            Term first = given.get(0);
            boolean several = name.equals("min") || name.equals("max") || name.equals("known");
            if (given.size() > 1 && !several) throw new Wrong(Text.of("catalog.formula.oneOnly", from + 1, name));
            if (table != null) return values -> steps(table.steps(), first.range(values));
            return switch (name) {
                case "min" ->
                    values -> {
                        double low = ALL;
                        double high = ALL;
                        for (Term term : given) {
                            low = Math.min(low, term.range(values).low());
                            high = Math.min(high, term.range(values).high());
                        }
                        return Range.ordered(low, high);
                    };
                case "max" ->
                    values -> {
                        double low = -ALL;
                        double high = -ALL;
                        for (Term term : given) {
                            low = Math.max(low, term.range(values).low());
                            high = Math.max(high, term.range(values).high());
                        }
                        return Range.ordered(low, high);
                    };
                case "floor" -> values -> each(first.range(values), x -> Math.floor(settled(x)));
                case "ceil" -> values -> each(first.range(values), x -> Math.ceil(settled(x)));
                case "round" -> values -> each(first.range(values), x -> Math.floor(settled(x + 0.5)));
                case "known" ->
                    values -> {
                        for (Term term : given) {
                            Range range = term.range(values);
                            if (range.known()) return range;
                        }
                        return Range.UNKNOWN;
                    };
                default ->
                    throw new Wrong(
                            Text.of("catalog.formula.noFunction", from + 1, name, List.copyOf(tables.keySet())));
            };
        }

        private interface Rounding {
            double of(double value);
        }

        private static Range each(Range range, Rounding rounding) {
            return Range.ordered(
                    Math.abs(range.low()) == ALL ? range.low() : rounding.of(range.low()),
                    Math.abs(range.high()) == ALL ? range.high() : rounding.of(range.high()));
        }

        private Term textTable(Table table) throws Wrong {
            blanks();
            int from = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) at++;
            String name = text.substring(from, at);
            AttributeDefinition attribute = attribute(name, from);
            if (attribute.type() != AttributeType.TEXT)
                throw new Wrong(Text.of("catalog.formula.notText", from + 1, name));
            if (!next(')')) throw unexpected();
            return values -> {
                Double found =
                        values.get(name) instanceof String known ? table.texts().get(known) : null;
                return found == null ? Range.UNKNOWN : Range.of(found);
            };
        }

        /** All results that are possible within the range; unknown where it may lie below the first step. */
        private static Range steps(TreeMap<Double, Double> steps, Range given) {
            Map.Entry<Double, Double> first = steps.floorEntry(given.low());
            if (first == null) return Range.UNKNOWN;
            double low = first.getValue();
            double high = first.getValue();
            for (double result : steps.subMap(first.getKey(), true, Math.max(given.high(), first.getKey()), true)
                    .values()) {
                low = Math.min(low, result);
                high = Math.max(high, result);
            }
            return new Range(low, high);
        }
    }
}
