package org.anquan.catalog;

import java.util.Locale;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Cuts CQL2 text into tokens, one at a time, two of look-ahead. */
final class CqlTokens {
    enum Type {
        NAME,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    /**
     * @param text of a name or text: without its quotes
     * @param at index of its first character, from 0
     */
    record Token(Type type, String text, int at, int end) {
        boolean is(String sign) {
            return type == Type.SIGN && text.equals(sign);
        }
    }

    /** Makes the error for a character that fits nowhere. */
    interface Errors {
        ProblemException at(int character, Text what);
    }

    private final String source;
    private final Errors errors;
    private int at;
    private @Nullable Token first;
    private @Nullable Token second;

    CqlTokens(String source, Errors errors) {
        this.source = source;
        this.errors = errors;
    }

    Token peek() {
        if (first == null) first = read();
        return first;
    }

    Token peekAfter() {
        peek();
        if (second == null) second = read();
        return second;
    }

    Token next() {
        Token token = peek();
        first = second;
        second = null;
        return token;
    }

    boolean takeSign(String sign) {
        boolean found = peek().is(sign);
        if (found) next();
        return found;
    }

    boolean takeWord(String word) {
        Token token = peek();
        boolean found = token.type() == Type.NAME
                && token.text().toUpperCase(Locale.ROOT).equals(word);
        if (found) next();
        return found;
    }

    /** The source from this token to the bracket that closes the first one after it; reading goes on behind it. */
    String sourceUpToClosing(Token from) {
        int open = 0;
        for (int i = from.end(); i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '(') open++;
            if (c == ')' && --open <= 0) {
                at = i + 1;
                first = null;
                second = null;
                return source.substring(from.at(), at);
            }
        }
        throw errors.at(from.at(), Text.of("catalog.cql.expected", ")"));
    }

    private Token read() {
        while (at < source.length() && isBlank(source.charAt(at))) at++;
        int start = at;
        if (start >= source.length()) return new Token(Type.END, "", start, start);
        char c = source.charAt(start);
        if (c == '\'') return quoted('\'', Type.STRING);
        if (c == '"') return quoted('"', Type.QUOTED_NAME);
        if (isDigit(c) || ((c == '-' || c == '+' || c == '.') && numberFollows())) return number();
        if (Character.isUnicodeIdentifierStart(source.codePointAt(start)) || c == '_') return name();
        return sign();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean numberFollows() {
        int i = at + 1;
        if (i < source.length() && source.charAt(at) != '.' && source.charAt(i) == '.') i++;
        return i < source.length() && isDigit(source.charAt(i));
    }

    /** Inside the quotes, a doubled quote or one after a backslash stands for itself. */
    private Token quoted(char quote, Type type) {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < source.length()) {
            char c = source.charAt(at++);
            boolean more = at < source.length();
            if (c == quote && more && source.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else if (c == quote) {
                return new Token(type, text.toString(), start, at);
            } else if (c == '\\' && more && source.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else text.append(c);
        }
        throw errors.at(start, Text.of("catalog.cql.openQuote", String.valueOf(quote)));
    }

    private Token number() {
        int start = at++;
        while (at < source.length()) {
            char c = source.charAt(at);
            char before = source.charAt(at - 1);
            boolean exponentSign = (c == '-' || c == '+') && (before == 'e' || before == 'E');
            if (!isDigit(c) && c != '.' && c != 'e' && c != 'E' && !exponentSign) break;
            at++;
        }
        String text = source.substring(start, at);
        if (!text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?"))
            throw errors.at(start, Text.of("catalog.cql.notNumber", text));
        return new Token(Type.NUMBER, text, start, at);
    }

    private Token name() {
        int start = at;
        while (at < source.length()) {
            int c = source.codePointAt(at);
            if (!Character.isUnicodeIdentifierPart(c) && c != '.' && c != ':') break;
            at += Character.charCount(c);
        }
        return new Token(Type.NAME, source.substring(start, at), start, at);
    }

    private Token sign() {
        int start = at++;
        String text = source.substring(start, at);
        if (at < source.length()) {
            String two = source.substring(start, at + 1);
            if (two.equals("<>") || two.equals("<=") || two.equals(">=")) {
                at++;
                text = two;
            }
        }
        if (!"()=<>,<=>=".contains(text)) throw errors.at(start, Text.of("catalog.cql.unexpected", text));
        return new Token(Type.SIGN, text, start, at);
    }
}
