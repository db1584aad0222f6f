package org.anquan.doctor;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.problem.Text;

/**
 * Whether two names may mean one thing: the same but for width, blanks, brackets, the words 县/镇/村 and what the place is
 * for, or but for a slip of the pen. Names that differ in a number or a direction mean two things: 一组 and 二组, 东区 and
 * 西区.
 */
final class Names {
    private static final Pattern BRACKETS = Pattern.compile("[(（\\[【〔{<《「『]([^)）\\]】〕}>》」』]*)[)）\\]】〕}>》」』]?");
    private static final Pattern NOT_SAID = Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\p{Z}\\s\\p{Cf}]+");
    /** 广元市利州区宝轮镇… : a unit's name in front, as long as two characters remain. */
    private static final Pattern UNIT =
            Pattern.compile("^\\p{IsHan}{1,5}?(?:自治区|自治州|省|市|县|区|镇|乡|街道)(?=\\p{IsHan}{2,})");

    private static final Pattern UNIT_WORD = Pattern.compile("(?<=\\p{IsHan}{2})(?:街道|社区|镇|乡|村)");
    private static final String TELLING = "0123456789〇零一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸东南西北上下左右前后内外新老旧大小男女正副";

    private final List<String> noise;

    /** @param noise words that may stand or be missing */
    Names(List<String> noise) {
        this.noise = noise.stream()
                .map(word -> plain(word))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * A name taken apart.
     *
     * @param raw as written
     * @param key what is left of it when all that does not matter is gone
     * @param aside what stood in brackets
     * @param unit the administrative units named in front of it
     * @param telling the numbers and directions in it
     */
    record Name(String raw, String key, String aside, String unit, String telling) {}

    Name of(String raw) {
        StringBuilder aside = new StringBuilder();
        Matcher brackets = BRACKETS.matcher(raw);
        StringBuilder rest = new StringBuilder();
        while (brackets.find()) {
            aside.append(plain(brackets.group(1)));
            brackets.appendReplacement(rest, " ");
        }
        brackets.appendTail(rest);
        String whole = plain(rest.toString());
        String inBrackets = withoutNoise(aside.toString());
        String key = withoutNoise(whole);
        StringBuilder unit = new StringBuilder();
        for (Matcher front = UNIT.matcher(key); front.find(); front = UNIT.matcher(key)) {
            unit.append(front.group());
            key = key.substring(front.end());
        }
        String shorter = UNIT_WORD.matcher(key).replaceAll("");
        if (shorter.length() >= 2) key = shorter;
        if (key.isEmpty()) key = whole.isEmpty() ? plain(raw) : whole;
        return new Name(raw, key, inBrackets, unit.toString(), telling(key));
    }

    private String withoutNoise(String name) {
        String rest = name;
        for (String word : noise) {
            String shorter = rest.replace(word, "");
            if (!shorter.isEmpty()) rest = shorter;
        }
        return rest;
    }

    /** Half width, lower case, without blanks and marks. */
    private static String plain(String text) {
        String narrow = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return NOT_SAID.matcher(narrow).replaceAll("").replace('臺', '台');
    }

    private static String telling(String key) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (TELLING.indexOf(c) >= 0 || (c >= 'a' && c <= 'z')) out.append(c);
        }
        return out.toString();
    }

    /** Why the two may mean one thing; empty where they do not. */
    static Optional<Text> alike(Name a, Name b) {
        if (a.raw().equals(b.raw())) return Optional.of(Text.of("doctor.alike.same", a.raw()));
        if (!a.aside().isEmpty() && !b.aside().isEmpty() && !a.aside().equals(b.aside())) return Optional.empty();
        if (!a.unit().endsWith(b.unit()) && !b.unit().endsWith(a.unit())) return Optional.empty();
        if (a.key().equals(b.key())) return Optional.of(Text.of("doctor.alike.written", a.raw(), b.raw()));
        if (!a.telling().equals(b.telling())) return Optional.empty();
        int shorter = Math.min(a.key().length(), b.key().length());
        int allowed = shorter >= 9 ? 2 : shorter >= 5 ? 1 : 0;
        int distance = allowed == 0 ? 1 : distance(a.key(), b.key(), allowed);
        if (distance > allowed) return Optional.empty();
        return Optional.of(Text.of("doctor.alike.slip", a.raw(), b.raw(), distance));
    }

    /** How many characters must be put in, taken out or replaced, or more than {@code most}. */
    static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) return most + 1;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int up = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(up, row[j - 1]));
                diagonal = up;
                least = Math.min(least, row[j]);
            }
            if (least > most) return most + 1;
        }
        return row[b.length()];
    }
}
