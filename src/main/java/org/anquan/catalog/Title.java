package org.anquan.catalog;

import java.util.Locale;
import org.anquan.problem.Texts;

/** A name in Chinese and English, from a definition file. */
public record Title(String zh, String en) {
    public String in(Locale language) {
        return Texts.nearest(language).equals(Texts.ENGLISH) ? en : zh;
    }

    /** In the language of the present request. */
    @Override
    public String toString() {
        return in(Texts.currentLanguage());
    }
}
