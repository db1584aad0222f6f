package org.anquan.doctor;

/** Texts as they come out of spreadsheets and web pages: with blanks of all kinds at the ends and marks nobody sees. */
final class TextEdges {
    private TextEdges() {}

    /** Without blanks at the ends (no-break and full-width ones too) and without invisible marks anywhere. */
    static String tidy(String text) {
        int[] kept = text.codePoints().filter(c -> !isInvisible(c)).toArray();
        int from = 0;
        int to = kept.length;
        while (from < to && isBlank(kept[from])) from++;
        while (to > from && isBlank(kept[to - 1])) to--;
        boolean whole = from == 0 && to == kept.length && kept.length == text.codePointCount(0, text.length());
        return whole ? text : new String(kept, from, to - from);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Zero-width blanks, byte order marks, marks of direction, soft hyphens. Joiners stay: some scripts need them. */
    private static boolean isInvisible(int c) {
        return c == 0x200B || c == 0xFEFF || c == 0x2060 || c == 0x00AD || c == 0x200E || c == 0x200F;
    }
}
