package org.anquan.geo;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Understands degrees as people write them: {@code 105.82}, {@code 105°49′12″}, {@code 105°49'12"E}, {@code 105-49-12},
 * {@code E105.49.12}, {@code 105度49分12秒}, {@code N32°26.4′}, {@code 东经105°49′12″}, with full-width digits and
 * blanks, a decimal comma where nothing else can be meant. What may be read in two ways is refused in words: a guess
 * would put a shelter kilometres away.
 */
public final class CoordinateText {
    /** What the text says of itself. */
    public enum Axis {
        LONGITUDE,
        LATITUDE,
        /** Nothing says which. */
        UNSAID
    }

    /** An angle, or the reason why there is none. */
    public sealed interface Reading {}

    /** Decimal degrees, west and south negative. */
    public record Angle(double degrees, Axis axis) implements Reading {}

    /** A place; {@code swapped} where the two values stood latitude first. */
    public record Position(double lon, double lat, boolean swapped) implements Reading {}

    public record Refused(Text why) implements Reading {}

    private static final int MOST_CHARS = 100;
    // Marks stand as private-use characters while a text is read: NFKC would tear ″ into ′′.
    private static final char DEGREE = '\uE001';
    private static final char MINUTE = '\uE002';
    private static final char SECOND = '\uE003';
    private static final String NUMBER = "\\s*(\\d{1,9}(?:\\.\\d{1,15})?)\\s*";
    private static final Pattern DEGREES_MINUTES =
            Pattern.compile(NUMBER + DEGREE + "(?:" + NUMBER + MINUTE + "?)?\\s*");
    private static final Pattern DEGREES_MINUTES_SECONDS =
            Pattern.compile(NUMBER + DEGREE + NUMBER + MINUTE + NUMBER + SECOND + "?\\s*");
    private static final Pattern WITH_DOTS = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})\\.(\\d{1,2}(?:\\.\\d{1,10})?)");
    private static final Pattern WITH_SEPARATOR = Pattern.compile(
            "(\\d{1,3})\\s*([-: ])\\s*(\\d{1,2}(?:\\.\\d{1,12})?)(?:\\s*\\2\\s*(\\d{1,2}(?:\\.\\d{1,12})?))?");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(?:\\.\\d{0,20})?|\\.\\d{1,20}");
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d(?:\\.\\d{1,18})?E[+-]\\d{1,2}");
    private static final Pattern COMMA = Pattern.compile("(\\d{1,3}),(\\d{1,18})");

    private CoordinateText() {}

    /** One angle: an {@link Angle} or {@link Refused}. */
    public static Reading angle(String text) {
        if (text.length() > MOST_CHARS) return refused("geo.coordinate.notUnderstood", text.substring(0, 20) + "…");
        String plain = normalised(text);
        Axis axis = Axis.UNSAID;
        double sign = 1;
        boolean minus = plain.startsWith("-");
        boolean lettered = false;
        if (plain.startsWith("-") || plain.startsWith("+")) {
            if (minus) sign = -1;
            plain = plain.substring(1).strip();
        }
        char first = plain.isEmpty() ? ' ' : plain.charAt(0);
        char last = plain.isEmpty() ? ' ' : plain.charAt(plain.length() - 1);
        boolean ahead = "EWNS".indexOf(first) >= 0;
        boolean behind = "EWNS".indexOf(last) >= 0;
        if (ahead && behind && plain.length() > 1) return refused("geo.coordinate.notUnderstood", text.strip());
        if (ahead || behind) {
            char letter = ahead ? first : last;
            lettered = true;
            axis = letter == 'E' || letter == 'W' ? Axis.LONGITUDE : Axis.LATITUDE;
            if (letter == 'W' || letter == 'S') sign = -sign;
            plain = (ahead ? plain.substring(1) : plain.substring(0, plain.length() - 1)).strip();
            if (ahead && plain.startsWith(":")) plain = plain.substring(1).strip();
        }
        if (minus && lettered) return refused("geo.coordinate.signAndLetter", text.strip());
        if (plain.isEmpty()) return refused("geo.coordinate.empty");
        return degrees(plain, text.strip(), sign, axis);
    }

    private static Reading degrees(String plain, String said, double sign, Axis axis) {
        if (DECIMAL.matcher(plain).matches() || SCIENTIFIC.matcher(plain).matches())
            return checked(sign * Double.parseDouble(plain), axis, said);
        Matcher comma = COMMA.matcher(plain);
        if (comma.matches()) {
            String tail = comma.group(2);
            if (tail.length() < 3 && Integer.parseInt(tail) < 60) return refused("geo.coordinate.comma", said);
            return checked(sign * Double.parseDouble(comma.group(1) + "." + tail), axis, said);
        }
        if (plain.indexOf(DEGREE) > 0) {
            Matcher three = DEGREES_MINUTES_SECONDS.matcher(plain);
            if (three.matches()) return sexagesimal(three.group(1), three.group(2), three.group(3), sign, axis, said);
            Matcher two = DEGREES_MINUTES.matcher(plain);
            if (two.matches()) return sexagesimal(two.group(1), two.group(2), null, sign, axis, said);
            return refused("geo.coordinate.notUnderstood", said);
        }
        Matcher dots = WITH_DOTS.matcher(plain);
        if (dots.matches()) return sexagesimal(dots.group(1), dots.group(2), dots.group(3), sign, axis, said);
        Matcher parts = WITH_SEPARATOR.matcher(plain);
        if (parts.matches()) return sexagesimal(parts.group(1), parts.group(3), parts.group(4), sign, axis, said);
        return refused("geo.coordinate.notUnderstood", said);
    }

    private static Reading sexagesimal(
            String degrees, @Nullable String minutes, @Nullable String seconds, double sign, Axis axis, String said) {
        if (minutes != null && degrees.contains(".")) return refused("geo.coordinate.fractionThenMinutes", said);
        if (seconds != null && minutes != null && minutes.contains("."))
            return refused("geo.coordinate.fractionThenMinutes", said);
        double m = minutes == null ? 0 : Double.parseDouble(minutes);
        double s = seconds == null ? 0 : Double.parseDouble(seconds);
        if (m >= 60 || s >= 60) return refused("geo.coordinate.sixty", said);
        return checked(sign * (Double.parseDouble(degrees) + m / 60 + s / 3600), axis, said);
    }

    private static Reading checked(double degrees, Axis axis, String said) {
        double most = axis == Axis.LATITUDE ? 90 : 180;
        if (Math.abs(degrees) <= most) return new Angle(degrees, axis);
        return refused(axis == Axis.UNSAID ? "geo.coordinate.notDegrees" : "geo.coordinate.range", said, most);
    }

    /**
     * The two cells of a place: a {@link Position} or {@link Refused}. Letters decide what is what; without them the
     * order is longitude, latitude, unless only the other way round lies on the globe.
     */
    public static Reading position(String longitude, String latitude) {
        Reading first = angle(longitude);
        if (!(first instanceof Angle x)) return first;
        Reading second = angle(latitude);
        if (!(second instanceof Angle y)) return second;
        if (x.axis != Axis.UNSAID && x.axis == y.axis)
            return refused("geo.coordinate.twice", longitude.strip(), latitude.strip());
        boolean saidSwapped = x.axis == Axis.LATITUDE || y.axis == Axis.LONGITUDE;
        boolean said = x.axis != Axis.UNSAID || y.axis != Axis.UNSAID;
        boolean swapped = said ? saidSwapped : Math.abs(y.degrees) > 90;
        double lon = swapped ? y.degrees : x.degrees;
        double lat = swapped ? x.degrees : y.degrees;
        if (Math.abs(lat) > 90) return refused("geo.coordinate.noLatitude", longitude.strip(), latitude.strip());
        return new Position(lon, lat, swapped);
    }

    /** Both in one cell: {@code 105.845, 32.434}, {@code N32°26′ E105°49′}, {@code 105°49′12″；32°26′24″}. */
    public static Reading position(String both) {
        if (both.length() > 2 * MOST_CHARS) return refused("geo.coordinate.notUnderstood", both.substring(0, 20) + "…");
        String text = Normalizer.normalize(both, Normalizer.Form.NFKC).strip();
        if (text.length() > 1
                && (text.startsWith("(") && text.endsWith(")") || text.startsWith("[") && text.endsWith("]")))
            text = text.substring(1, text.length() - 1).strip();
        for (String separator : new String[] {"[;；/|\\t\\n]", "[,，、]", "\\s+"}) {
            String[] parts = text.split("\\s*" + separator + "\\s*");
            if (parts.length == 2) return position(parts[0], parts[1]);
        }
        Matcher letters = Pattern.compile(
                        "(?i)^(.*?[NSEW])\\s*[,，]?\\s*([^NSEW]+[NSEW])$|^([NSEW][^NSEW]+?)\\s*[,，]?\\s*([NSEW].*)$")
                .matcher(text);
        if (letters.matches())
            return letters.group(1) != null
                    ? position(letters.group(1), letters.group(2))
                    : position(letters.group(3), letters.group(4));
        return refused("geo.coordinate.onePair", both.strip());
    }

    private static Refused refused(String key, Object... values) {
        return new Refused(Text.of(key, values));
    }

    /** Marks in one spelling, hemispheres as E, W, N, S, no full-width characters. */
    private static String normalised(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) out.append(mark(text.charAt(i)));
        String plain = Normalizer.normalize(out, Normalizer.Form.NFKC).strip();
        plain = plain.replace("" + MINUTE + MINUTE, "" + SECOND)
                .replaceFirst("^[经經纬緯]" + DEGREE + "\\s*:?\\s*", "")
                .replaceFirst("^[东東][经經]?|[东東][经經]?$", "E")
                .replaceFirst("^西[经經]?|西[经經]?$", "W")
                .replaceFirst("^北[纬緯]?|北[纬緯]?$", "N")
                .replaceFirst("^南[纬緯]?|南[纬緯]?$", "S")
                .replaceFirst("(?i)(?<=\\d)\\s*d(?:eg)?(?=[\\s\\d]|$)", "" + DEGREE)
                .replaceAll("\\s+", " ");
        return plain.toUpperCase(Locale.ROOT);
    }

    private static char mark(char c) {
        return switch (c) {
            case '°', 'º', '˚', '度', '∘' -> DEGREE;
            case '\'', '′', '’', '‘', '`', '´', '＇', '分', 'ˊ', '‵' -> MINUTE;
            case '"', '″', '”', '“', '＂', '秒', '〃', 'ʺ', '‶' -> SECOND;
            case '－', '—', '–', '‐', '‑', '−' -> '-';
            case '：' -> ':';
            case '，' -> ',';
            case '。', '．' -> '.';
            case '\u3000', '\u00a0' -> ' ';
            default -> c;
        };
    }
}
