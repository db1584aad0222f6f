package org.anquan.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/** All sentences of the service, in Chinese (the first language) and English, from one file each. */
public final class Texts {
    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    public static final Locale ENGLISH = Locale.ENGLISH;

    private static final Map<String, String> ZH = load("/text/zh.properties");
    private static final Map<String, String> EN = load("/text/en.properties");

    private static volatile Locale own = CHINESE;

    private Texts() {}

    /** The language of the service itself, for requests that ask for none and for work outside requests. */
    public static Locale ownLanguage() {
        return own;
    }

    static void speak(Locale language) {
        own = nearest(language);
    }

    /** The language nearest to what was asked for: English if that is asked for, else Chinese. */
    public static Locale nearest(@Nullable Locale asked) {
        return asked != null && asked.getLanguage().equals("en") ? ENGLISH : CHINESE;
    }

    /** The language of the present request; outside a request the service's own. */
    public static Locale currentLanguage() {
        LocaleContext context = LocaleContextHolder.getLocaleContext();
        Locale asked = context == null ? null : context.getLocale();
        return asked == null ? own : nearest(asked);
    }

    public static String inCurrentLanguage(Text text) {
        return in(currentLanguage(), text);
    }

    public static String in(Locale language, Text text) {
        Map<String, String> table = nearest(language).equals(ENGLISH) ? EN : ZH;
        String pattern = table.get(text.key());
        if (pattern == null) return text.key() + " " + text.values();
        return fill(language, pattern, text.values());
    }

    public static boolean has(String key) {
        return ZH.containsKey(key) || EN.containsKey(key);
    }

    /** Every key of one language with its pattern, sorted: for the test that keeps the two files alike. */
    public static Map<String, String> all(Locale language) {
        return new TreeMap<>(nearest(language).equals(ENGLISH) ? EN : ZH);
    }

    private static String fill(Locale language, String pattern, List<Object> values) {
        StringBuilder out = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('{', at);
            int close = open < 0 ? -1 : pattern.indexOf('}', open);
            if (close < 0) break;
            out.append(pattern, at, open);
            String inside = pattern.substring(open + 1, close);
            boolean number = !inside.isEmpty() && inside.chars().allMatch(c -> c >= '0' && c <= '9');
            int index = number ? Integer.parseInt(inside) : -1;
            if (index >= 0 && index < values.size()) out.append(inWords(language, values.get(index)));
            else out.append(pattern, open, close + 1);
            at = close + 1;
        }
        return out.append(pattern, at, pattern.length()).toString();
    }

    private static String inWords(Locale language, Object value) {
        if (value instanceof Text text) return in(language, text);
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) return value.toString();
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Collection<?> many) {
            List<String> parts = new ArrayList<>();
            for (Object one : many) parts.add(inWords(language, one));
            return String.join(nearest(language).equals(ENGLISH) ? ", " : "、", parts);
        }
        return value.toString();
    }

    private static Map<String, String> load(String resource) {
        Properties read = new Properties();
        try (InputStream in = Texts.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(resource + " is missing from the jar");
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> table = new TreeMap<>();
        read.forEach((key, value) -> table.put((String) key, (String) value));
        return Map.copyOf(table);
    }
}
