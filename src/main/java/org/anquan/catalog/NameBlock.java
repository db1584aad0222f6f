package org.anquan.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * Names of one layer's features: all texts one after the other in one string, with a line feed before each, so that one
 * search of the processor's own (String.indexOf) runs over all of them. Of 140 000 sites with name and address (280 000
 * texts, 4 million characters) a query of two characters takes 4 ms of the processor's time, one character that stands in
 * every text 10 ms, pinyin 7 to 9 ms (FindBench); all matches are ranked, not the first ones met. Looking at each character
 * for pinyin took twice as long as going from one first letter to the next.
 */
final class NameBlock {
    /** How well a text answers; smaller is better. */
    static final int EXACT = 0;

    static final int PREFIX = 1;
    static final int READ_EXACT = 2;
    static final int READ_PREFIX = 3;
    static final int WORD = 4;
    static final int INSIDE = 5;
    static final int READ_INSIDE = 6;

    private final String folded;
    private final String raw;
    /** Where each text begins; one more for the end. */
    private final int[] start;

    private final int[] owner;
    private final byte[] attribute;
    /** Of texts that are looked for by pinyin, the first letter of each character, in bytes; blank for others. */
    private final String initials;
    /** The attribute that stands for the id. */
    private final int id;

    private final long[] fids;
    private final String[] ids;
    private final double[] lon;
    private final double[] lat;

    private NameBlock(Builder from) {
        this.raw = from.raw.toString();
        this.folded = from.folded.toString();
        this.start = Arrays.copyOf(from.start, from.texts + 1);
        this.start[from.texts] = raw.length() + 1;
        this.owner = Arrays.copyOf(from.owner, from.texts);
        this.attribute = Arrays.copyOf(from.attribute, from.texts);
        this.initials = from.initials.toString();
        this.id = from.readable.length - 1;
        this.fids = Arrays.copyOf(from.fids, from.features);
        this.ids = from.ids.toArray(String[]::new);
        this.lon = Arrays.copyOf(from.lon, from.features);
        this.lat = Arrays.copyOf(from.lat, from.features);
    }

    int features() {
        return ids.length;
    }

    long fid(int feature) {
        return fids[feature];
    }

    String id(int feature) {
        return ids[feature];
    }

    /** The text as it stands in the layer. */
    String text(int text) {
        return raw.substring(start[text], start[text + 1] - 1);
    }

    int attribute(int text) {
        return attribute[text];
    }

    int owner(int text) {
        return owner[text];
    }

    int length(int text) {
        return start[text + 1] - 1 - start[text];
    }

    /** Takes each match. */
    interface Matches {
        /**
         * @param kind how well, see above
         * @param from where it begins in the text
         * @param to behind its last character
         */
        void add(int text, int kind, int from, int to);
    }

    /** What may not be told of: features that changed since, attributes that the asker may not see. */
    interface Open {
        boolean feature(int feature);

        boolean attribute(int attribute);
    }

    void search(NameTerms terms, Open open, Matches matches) {
        String needle = terms.whole();
        int text = 0;
        for (int at = folded.indexOf(needle); at >= 0; ) {
            while (start[text + 1] <= at) text++;
            int next = start[text + 1];
            if (open.attribute(attribute[text]) && open.feature(owner[text])) judge(text, at, needle, matches);
            at = folded.indexOf(needle, next);
        }
        if (terms.several()) searchWords(terms, open, matches);
        if (terms.reading() != null) searchReadings(terms.reading(), open, matches);
    }

    private void judge(int text, int at, String needle, Matches matches) {
        int begin = start[text];
        int end = start[text + 1] - 1;
        if (at == begin) {
            matches.add(text, needle.length() == end - begin ? EXACT : PREFIX, 0, needle.length());
            return;
        }
        // An id is looked up, not searched: digits inside it mean nothing.
        if (attribute[text] == id) return;
        for (int place = at; place >= 0 && place < end; place = folded.indexOf(needle, place + 1)) {
            if (!FoldedText.wordStart(folded, place, begin)) continue;
            matches.add(text, WORD, place - begin, place - begin + needle.length());
            return;
        }
        matches.add(text, INSIDE, at - begin, at - begin + needle.length());
    }

    /** Several words, in any order: all of them in one text. */
    private void searchWords(NameTerms terms, Open open, Matches matches) {
        String needle = terms.longest();
        int text = 0;
        for (int at = folded.indexOf(needle); at >= 0; ) {
            while (start[text + 1] <= at) text++;
            int next = start[text + 1];
            int begin = start[text];
            String one = folded.substring(begin, next - 1);
            boolean all = attribute[text] != id && !one.contains(terms.whole());
            for (String word : terms.words()) all = all && one.contains(word);
            if (all && open.attribute(attribute[text]) && open.feature(owner[text]))
                matches.add(text, INSIDE, at - begin, at - begin + needle.length());
            at = folded.indexOf(needle, next);
        }
    }

    private void searchReadings(String query, Open open, Matches matches) {
        Pinyin pinyin = Pinyin.shipped();
        char letter = query.charAt(0);
        int first = Pinyin.bit(query, 0);
        int second = Pinyin.bit(query, 1);
        int text = 0;
        int plain = initials.indexOf(letter);
        int several = initials.indexOf(Pinyin.SEVERAL);
        while (plain >= 0 || several >= 0) {
            int at = several < 0 || plain >= 0 && plain < several ? plain : several;
            while (start[text + 1] <= at) text++;
            int begin = start[text];
            int end = start[text + 1] - 1;
            int next = at + 1;
            // A single letter is the beginning of a name or nothing.
            if (at > begin && query.length() == 1) next = end + 1;
            else if (pinyin.mayBegin(folded, at, end, first, second)) {
                int to = pinyin.match(folded, at, end, query);
                // What stands there in letters was found as text.
                if (to >= 0 && !(to - at == query.length() && folded.startsWith(query, at))) {
                    int kind = at > begin ? READ_INSIDE : to == end ? READ_EXACT : READ_PREFIX;
                    if (open.attribute(attribute[text]) && open.feature(owner[text]))
                        matches.add(text, kind, at - begin, to - begin);
                    next = end + 1;
                }
            }
            if (plain >= 0 && plain < next) plain = initials.indexOf(letter, next);
            if (several >= 0 && several < next) several = initials.indexOf(Pinyin.SEVERAL, next);
        }
    }

    /** Square of the distance from the box in degrees, 0 inside it or where there is none. */
    double away(int feature, @Nullable Bbox near, double degreeOfLongitude) {
        if (near == null) return 0;
        double dLat = Math.max(0, Math.max(near.south() - lat[feature], lat[feature] - near.north()));
        double dLon = Math.max(0, Math.max(near.west() - lon[feature], lon[feature] - near.east()));
        dLon *= degreeOfLongitude;
        return dLat * dLat + dLon * dLon;
    }

    /** Gathers texts. */
    static final class Builder {
        private final StringBuilder raw = new StringBuilder();
        private final StringBuilder folded = new StringBuilder();
        private final StringBuilder initials = new StringBuilder();
        private final List<String> ids = new ArrayList<>();
        private final boolean[] readable;
        private int[] start = new int[1024];
        private int[] owner = new int[1024];
        private byte[] attribute = new byte[1024];
        private long[] fids = new long[1024];
        private double[] lon = new double[1024];
        private double[] lat = new double[1024];
        private int texts;
        private int features;

        /** @param readable by attribute, the id last: whether people look for it by pinyin */
        Builder(boolean[] readable) {
            this.readable = readable;
        }

        void feature(long fid, String id, Envelope box) {
            if (features == fids.length) {
                fids = Arrays.copyOf(fids, 2 * features);
                lon = Arrays.copyOf(lon, 2 * features);
                lat = Arrays.copyOf(lat, 2 * features);
            }
            fids[features] = fid;
            lon[features] = (box.getMinX() + box.getMaxX()) / 2;
            lat[features] = (box.getMinY() + box.getMaxY()) / 2;
            ids.add(id);
            features++;
        }

        /** A text of the last feature. */
        void text(int ofAttribute, String text) {
            if (texts + 1 == start.length) {
                start = Arrays.copyOf(start, 2 * start.length);
                owner = Arrays.copyOf(owner, 2 * owner.length);
                attribute = Arrays.copyOf(attribute, 2 * attribute.length);
            }
            raw.append('\n');
            folded.append('\n');
            start[texts] = raw.length();
            owner[texts] = features - 1;
            attribute[texts++] = (byte) ofAttribute;
            raw.append(text);
            String plain = FoldedText.of(text);
            folded.append(plain);
            initials.append(' ');
            for (int i = 0; i < plain.length(); i++)
                initials.append(readable[ofAttribute] ? Pinyin.shipped().initial(plain.charAt(i)) : ' ');
        }

        NameBlock build() {
            return new NameBlock(this);
        }
    }
}
