package org.anquan.catalog;

import java.util.Arrays;

/**
 * A LIKE pattern in parts: {@code %} stands for any text, {@code _} for one character, a backslash before either takes it
 * literally. Case matters, as CQL2 has it.
 */
final class LikePattern {
    static final int ANY_TEXT = -1;
    static final int ANY_CHARACTER = -2;

    /** Code points of the pattern, or one of the two constants above. */
    private final int[] parts;

    private LikePattern(int[] parts) {
        this.parts = parts;
    }

    static LikePattern of(String pattern) {
        int[] given = pattern.codePoints().toArray();
        int[] parts = new int[given.length];
        int count = 0;
        for (int i = 0; i < given.length; i++) {
            if (given[i] == '\\' && i + 1 < given.length) parts[count++] = given[++i];
            else if (given[i] == '_') parts[count++] = ANY_CHARACTER;
            else if (given[i] != '%') parts[count++] = given[i];
            else if (count == 0 || parts[count - 1] != ANY_TEXT) parts[count++] = ANY_TEXT;
        }
        return new LikePattern(Arrays.copyOf(parts, count));
    }

    /** The pattern without case, for {@code CASEI(…) LIKE CASEI('…')}. */
    LikePattern folded() {
        return new LikePattern(Arrays.stream(parts)
                .map(c -> c < 0 ? c : Character.toLowerCase(c))
                .toArray());
    }

    int[] parts() {
        return parts.clone();
    }

    /** How many {@code %} it has: each may cost a pass over the text. */
    long wildcards() {
        return Arrays.stream(parts).filter(c -> c == ANY_TEXT).count();
    }

    /** Greedy with one step back to the last {@code %}: never more than text length times pattern length. */
    boolean matches(String text) {
        int[] code = text.codePoints().toArray();
        int at = 0;
        int part = 0;
        int backPart = -1;
        int backAt = 0;
        while (at < code.length) {
            if (part < parts.length && parts[part] == ANY_TEXT) {
                backPart = part++;
                backAt = at;
            } else if (part < parts.length && (parts[part] == ANY_CHARACTER || parts[part] == code[at])) {
                part++;
                at++;
            } else if (backPart >= 0) {
                part = backPart + 1;
                at = ++backAt;
            } else return false;
        }
        while (part < parts.length && parts[part] == ANY_TEXT) part++;
        return part == parts.length;
    }
}
