package org.anquan.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One node of a coordinate system in well-known text: {@code DATUM["D_China_2000",SPHEROID[…]]}. Reads the grammar of
 * both versions (brackets or parentheses), not the meaning; that is done in {@link SourceCrs}.
 */
final class Wkt {
    private static final int MOST_CHARS = 20_000;
    private static final int DEEPEST = 30;

    private final String keyword;
    private final List<String> values = new ArrayList<>();
    private final List<Wkt> children = new ArrayList<>();

    private Wkt(String keyword) {
        this.keyword = keyword;
    }

    /** @throws IllegalArgumentException where the text is no such tree */
    static Wkt parse(String text) {
        if (text.length() > MOST_CHARS) throw new IllegalArgumentException("longer than " + MOST_CHARS);
        Parser parser = new Parser(text);
        Wkt root = parser.node(0);
        parser.blanks();
        if (parser.at < text.length()) throw new IllegalArgumentException("more text at " + parser.at);
        return root;
    }

    boolean is(String... keywords) {
        for (String one : keywords) if (keyword.equals(one)) return true;
        return false;
    }

    /** The quoted name, or the first value. */
    String name() {
        return values.isEmpty() ? "" : values.get(0);
    }

    String values(int i) {
        return values.get(i);
    }

    double number(int i) {
        return i < values.size() ? Double.parseDouble(values.get(i)) : Double.NaN;
    }

    int size() {
        return values.size();
    }

    Optional<Wkt> child(String... keywords) {
        return children.stream().filter(c -> c.is(keywords)).findFirst();
    }

    /** The first such node anywhere below, in the order of the text. */
    Optional<Wkt> find(String... keywords) {
        for (Wkt child : children) {
            if (child.is(keywords)) return Optional.of(child);
            Optional<Wkt> below = child.find(keywords);
            if (below.isPresent()) return below;
        }
        return Optional.empty();
    }

    /** {@code PARAMETER["name",value]}, compared without case, blanks and underscores. */
    double parameter(String name, double otherwise) {
        for (Wkt child : children)
            if (child.is("PARAMETER") && plain(child.name()).equals(plain(name))) return child.number(1);
        return otherwise;
    }

    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The text again, without what a reader of coordinates must not obey: axes and authority codes. */
    String withoutAxesAndCodes() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append(keyword).append('[');
        String comma = "";
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            boolean quoted = i == 0 && !isNumber(value);
            out.append(comma).append(quoted ? "\"" + value.replace("\"", "") + "\"" : value);
            comma = ",";
        }
        for (Wkt child : children) {
            if (child.is("AXIS", "AUTHORITY", "EXTENSION", "ID")) continue;
            out.append(comma);
            child.write(out);
            comma = ",";
        }
        out.append(']');
    }

    private static boolean isNumber(String value) {
        try {
            Double.parseDouble(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Wkt node(int depth) {
            if (depth > DEEPEST) throw new IllegalArgumentException("nested too deep");
            Wkt node = new Wkt(word().toUpperCase(Locale.ROOT));
            if (node.keyword.isEmpty()) throw new IllegalArgumentException("a keyword is missing at " + at);
            char open = next();
            if (open != '[' && open != '(') throw new IllegalArgumentException("[ is missing at " + at);
            do {
                blanks();
                part(node, depth);
                blanks();
            } while (take(','));
            char close = next();
            if (close != ']' && close != ')') throw new IllegalArgumentException("] is missing at " + at);
            return node;
        }

        private void part(Wkt node, int depth) {
            if (at < text.length() && text.charAt(at) == '"') {
                node.values.add(quoted());
                return;
            }
            int start = at;
            String word = word();
            blanks();
            if (!word.isEmpty() && at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '(')) {
                at = start;
                node.children.add(node(depth + 1));
            } else node.values.add(word);
        }

        private String quoted() {
            int end = text.indexOf('"', at + 1);
            if (end < 0) throw new IllegalArgumentException("a closing quote is missing");
            String inside = text.substring(at + 1, end);
            at = end + 1;
            return inside;
        }

        private String word() {
            blanks();
            int start = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "_+-.".indexOf(text.charAt(at)) >= 0)) at++;
            return text.substring(start, at);
        }

        private char next() {
            blanks();
            if (at >= text.length()) throw new IllegalArgumentException("the text breaks off");
            return text.charAt(at++);
        }

        private boolean take(char wanted) {
            if (at >= text.length() || text.charAt(at) != wanted) return false;
            at++;
            return true;
        }

        private void blanks() {
            while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF')) at++;
        }
    }
}
