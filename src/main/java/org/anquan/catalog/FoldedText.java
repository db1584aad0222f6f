package org.anquan.catalog;

import java.text.Normalizer;

/**
 * Text as it is compared in searches: without case, width and accents, each character by itself, so that a place in the
 * folded text is the same place in the original.
 */
final class FoldedText {
    private static final char FIRST_HAN = 0x4E00;
    private static final char LAST_HAN = 0x9FFF;
    private static final char[] FOLDED = new char[1 << 16];

    static {
        for (int c = 0; c < FOLDED.length; c++) FOLDED[c] = fold((char) c);
    }

    private FoldedText() {}

    private static char fold(char c) {
        if (c <= ' ' || c == 0x7F || Character.isSpaceChar(c)) return ' ';
        if (Character.isSurrogate(c)) return c;
        String usual = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
        char folded = usual.length() == 1 ? usual.charAt(0) : c;
        if (folded == ' ') return ' ';
        if (Character.UnicodeScript.of(folded) == Character.UnicodeScript.LATIN) {
            char base = Normalizer.normalize(String.valueOf(folded), Normalizer.Form.NFD)
                    .charAt(0);
            if (Character.isLetter(base)) folded = base;
        }
        return Character.toLowerCase(folded);
    }

    static String of(String text) {
        char[] all = text.toCharArray();
        for (int i = 0; i < all.length; i++) all[i] = FOLDED[all[i]];
        return new String(all);
    }

    /** What was typed: folded, with single blanks between its words. */
    static String query(String typed) {
        return of(typed).strip().replaceAll(" +", " ");
    }

    /** Whether a word begins here: at the start, behind a blank, bracket or hyphen, or where letters meet Chinese. */
    static boolean wordStart(String folded, int at, int start) {
        if (at <= start) return true;
        char before = folded.charAt(at - 1);
        if (before >= FIRST_HAN && before <= LAST_HAN && folded.charAt(at) >= FIRST_HAN) return false;
        if (!Character.isLetterOrDigit(before)) return true;
        return kind(before) != kind(folded.charAt(at));
    }

    private static int kind(char c) {
        if (c >= '0' && c <= '9') return 1;
        return c < 0x250 ? 2 : 3;
    }
}
