package org.anquan.exchange;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Units as headings and profiles write them, and how many of the unit wanted one of them is. 1 亩 is 10000/15 m² (State
 * Council order on legal units of 1984); the rest is the International System.
 */
final class Units {
    /** One unit: what it measures, how many base units it is, its spellings. */
    private record Unit(String measures, BigDecimal size, List<String> names) {
        Unit(String measures, String size, String... names) {
            this(measures, new BigDecimal(size), List.of(names));
        }
    }

    private static final List<Unit> KNOWN = List.of(
            new Unit("area", "1", "m2", "平方米", "平米", "平方公尺", "sqm", "squaremetres"),
            new Unit("area", "10000", "ha", "公顷", "公頃", "hm2", "hectares"),
            new Unit("area", "666.666666666667", "亩", "畝", "mu"),
            new Unit("area", "6666666.66666667", "万亩", "萬畝"),
            new Unit("area", "1000000", "km2", "平方公里", "平方千米"),
            new Unit("length", "1", "m", "米", "公尺", "metres", "meters"),
            new Unit("length", "1000", "km", "公里", "千米"),
            new Unit("length", "0.01", "cm", "厘米", "公分"),
            new Unit("length", "0.001", "mm", "毫米"),
            new Unit("volume", "1", "m3", "立方米", "方"),
            new Unit("volume", "10000", "万m3", "万立方米", "万方"),
            new Unit("volume", "100000000", "亿m3", "亿立方米"),
            new Unit("volume", "0.001", "l", "升"),
            new Unit("mass", "1", "t", "吨", "噸"),
            new Unit("mass", "10000", "万t", "万吨"),
            new Unit("mass", "0.001", "kg", "千克", "公斤"),
            new Unit("count", "1", "persons", "人", "people", "口", "个", "座", "辆", "处", "名", "位", "户", "间"),
            new Unit("count", "10000", "万人"),
            new Unit("money", "1", "yuan", "元", "cny", "rmb"),
            new Unit("money", "10000", "万元", "10000yuan"),
            new Unit("money", "100000000", "亿元"),
            new Unit("years", "1", "a", "年", "years"),
            new Unit("time", "1", "s", "秒"),
            new Unit("time", "60", "min", "分", "分钟"),
            new Unit("time", "3600", "h", "小时"),
            new Unit("pressure", "1", "mpa", "兆帕"),
            new Unit("pressure", "0.001", "kpa", "千帕"),
            new Unit("speed", "1", "km/h", "公里/小时", "千米/小时"),
            new Unit("flow", "1", "l/s", "升/秒"),
            new Unit("flow", "1000", "m3/s", "立方米/秒"));

    private static final Set<String> PERSONS = Set.of("persons", "people", "人", "名", "口", "位");

    private Units() {}

    /** How many {@code to} are one {@code from}; null where they do not measure the same, or one is unknown. */
    static @Nullable BigDecimal factor(String from, String to) {
        String a = plain(from);
        String b = plain(to);
        if (a.equals(b)) return BigDecimal.ONE;
        for (Unit left : known(a))
            for (Unit right : known(b))
                if (left.measures.equals(right.measures))
                    return left.size.divide(right.size, java.math.MathContext.DECIMAL64);
        return null;
    }

    /** As {@link #factor}, for a unit behind a number: 12 户 are not 12 人, though a heading's 户 counts them. */
    static @Nullable BigDecimal ofCell(String from, String to) {
        String a = plain(from);
        if (a.isEmpty()) return null;
        boolean things = known(a).stream().anyMatch(u -> u.measures.equals("count") && !PERSONS.contains(a));
        return things && !a.equals(plain(to)) && !a.equals("万人") ? null : factor(from, to);
    }

    private static List<Unit> known(String plain) {
        List<Unit> found = new ArrayList<>();
        for (Unit unit : KNOWN) if (unit.names.contains(plain)) found.add(unit);
        return found;
    }

    private static String plain(String unit) {
        return Normalizer.normalize(unit, Normalizer.Form.NFKC)
                .replaceAll("[\\s^]", "")
                .toLowerCase(Locale.ROOT);
    }
}
