package org.anquan.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How characters are read, from {@code catalog/pinyin.txt}, so that 利州区 is found by lzq, lizhou, lizhouq or lzqu: each
 * character is given by its whole syllable or by its beginning (z or zh), the last one by any part of its syllable. A
 * character of several readings is found by each of them. ü is written v or u.
 */
final class Pinyin {
    static final char SEVERAL = '*';
    private static final int DIGIT = 26;
    private static final String[] NONE = {};
    private static final Pinyin SHIPPED = new Pinyin();

    /** By character. */
    private final String[][] readings = new String[1 << 16][];
    /** By character: one bit for each first letter. */
    private final int[] firstLetters = new int[1 << 16];

    private final int[] secondLetters = new int[1 << 16];

    private Pinyin() {
        try (InputStream in = Pinyin.class.getResourceAsStream("/catalog/pinyin.txt")) {
            if (in == null) throw new IllegalStateException("catalog/pinyin.txt is missing");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() || line.charAt(0) == '#') continue;
                int blank = line.indexOf(' ');
                String syllable = line.substring(0, blank);
                for (int i = blank + 1; i < line.length(); i++) {
                    add(line.charAt(i), syllable);
                    if (syllable.indexOf('v') > 0) add(line.charAt(i), syllable.replace('v', 'u'));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (char c = 'a'; c <= 'z'; c++) firstLetters[c] = 1 << (c - 'a');
        for (char c = '0'; c <= '9'; c++) firstLetters[c] = 1 << DIGIT;
    }

    static Pinyin shipped() {
        return SHIPPED;
    }

    private void add(char c, String syllable) {
        String[] old = readings[c];
        if (old == null) old = NONE;
        String[] all = java.util.Arrays.copyOf(old, old.length + 1);
        all[old.length] = syllable;
        readings[c] = all;
        firstLetters[c] |= bit(syllable, 0);
        secondLetters[c] |= bit(syllable, 1);
    }

    /** Whether the query can be pinyin: letters, digits too, and no other characters. */
    static boolean looksLike(String query) {
        boolean letter = false;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c >= 'a' && c <= 'z') letter = true;
            else if (c < '0' || c > '9') return false;
        }
        return letter;
    }

    /** Quick look at one character and the next: whether {@link #match} may succeed from here. */
    boolean mayBegin(String text, int at, int end, int first, int second) {
        char c = text.charAt(at);
        if ((firstLetters[c] & first) == 0) return false;
        return second == 0
                || (secondLetters[c] & second) != 0
                || at + 1 < end && (firstLetters[text.charAt(at + 1)] & second) != 0;
    }

    /** The letter by which a character begins: a letter or digit itself, {@link #SEVERAL} for different readings. */
    char initial(char c) {
        if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') return c;
        int letters = firstLetters[c];
        if (letters == 0) return ' ';
        return Integer.bitCount(letters) > 1 ? SEVERAL : (char) ('a' + Integer.numberOfTrailingZeros(letters));
    }

    /** One bit for a letter, one more for all digits; 0 for nothing. */
    static int bit(String query, int at) {
        if (at >= query.length()) return 0;
        char c = query.charAt(at);
        return 1 << (c >= 'a' && c <= 'z' ? c - 'a' : DIGIT);
    }

    /**
     * Reads the text from a place on by the query.
     *
     * @param text folded
     * @param end where the text ends
     * @return the place behind the last character that the query used up, or -1
     */
    int match(String text, int from, int end, String query) {
        return match(text, from, end, query, 0);
    }

    private int match(String text, int at, int end, String query, int done) {
        if (at >= end) return -1;
        char c = text.charAt(at);
        if (c == query.charAt(done)) {
            if (done + 1 == query.length()) return at + 1;
            return match(text, at + 1, end, query, done + 1);
        }
        String[] syllables = readings[c];
        if (syllables == null) return -1;
        int left = query.length() - done;
        char first = query.charAt(done);
        for (String syllable : syllables) {
            int length = syllable.length();
            if (syllable.charAt(0) != first) continue;
            if (left <= length && syllable.regionMatches(0, query, done, left)) return at + 1;
            if (left > length && query.startsWith(syllable, done)) {
                int found = match(text, at + 1, end, query, done + length);
                if (found >= 0) return found;
            }
            if (length > 1) {
                int found = match(text, at + 1, end, query, done + 1);
                if (found >= 0) return found;
            }
            if (length > 2 && left > 2 && syllable.charAt(1) == 'h' && query.charAt(done + 1) == 'h') {
                int found = match(text, at + 1, end, query, done + 2);
                if (found >= 0) return found;
            }
        }
        return -1;
    }
}
