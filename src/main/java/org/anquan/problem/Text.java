package org.anquan.problem;

import java.util.List;

/**
 * A sentence for people, named by its key in {@code text/zh.properties} and {@code text/en.properties}, with the
 * values that fill its {@code {0}}, {@code {1}} … A value that is itself a {@code Text} is put into words too.
 */
public record Text(String key, List<Object> values) {
    public Text {
        if (key.isBlank()) throw new IllegalArgumentException("a text needs a key");
        values = List.copyOf(values);
    }

    public static Text of(String key, Object... values) {
        return new Text(key, List.of(values));
    }

    /** In the language of the present request, else in the service's own. */
    @Override
    public String toString() {
        return Texts.inCurrentLanguage(this);
    }
}
