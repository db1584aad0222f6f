package org.anquan.catalog;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into the search box, as it is looked for.
 *
 * @param whole folded, with single blanks
 * @param words where there are several
 * @param reading without blanks and apostrophes, where it may be pinyin; else null
 */
record NameTerms(String whole, List<String> words, @Nullable String reading) {
    static NameTerms of(String typed) {
        String whole = FoldedText.query(typed);
        String letters = whole.replace(" ", "").replace("'", "").replace("’", "");
        return new NameTerms(whole, List.of(whole.split(" ")), Pinyin.looksLike(letters) ? letters : null);
    }

    boolean several() {
        return words.size() > 1;
    }

    String longest() {
        return words.stream().max(Comparator.comparingInt(String::length)).orElse(whole);
    }
}
