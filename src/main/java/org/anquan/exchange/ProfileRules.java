package org.anquan.exchange;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.LayerDefinition;
import org.anquan.exchange.Profile.Otherwise;
import org.anquan.exchange.Profile.Rule;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** A profile at work on the rows of one file. */
final class ProfileRules {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]+)}");
    private static final int MOST_KEPT = 10_000;
    private static final int LONGEST_KEPT = 100;
    private static final String USUAL_SEPARATORS = ",，、;；|/\n";
    private static final Set<String> NO = Set.of("", "0", "否", "无", "無", "no", "n", "false", "f", "×");

    private static final Pattern FIGURES = Pattern.compile("\\s*[;；]\\s*");

    private final Profile profile;
    private final Map<String, Map<String, String>> tables = new HashMap<>();
    private final Set<String> consumed = new HashSet<>();
    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, List<String>> only = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, List<String>> named = new HashMap<>();
    private final List<Piece> idTemplate;
    private final Map<String, Pattern> separators = new HashMap<>();

    ProfileRules(Profile profile, LayerDefinition layer) {
        this.profile = profile;
        this.idTemplate = pieces(profile.idTemplate());
        List<Mistake> mistakes = mistakes(profile, layer);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("exchange.profile.layer", profile.id(), layer.title())
                    .withMistakes(mistakes);
        profile.only().forEach((column, values) -> only.put(plain(column), values));
        profile.attributes().forEach((attribute, rule) -> {
            Map<String, String> table = new HashMap<>();
            rule.values().forEach((from, to) -> table.put(plain(from), to));
            tables.put(attribute, table);
            rule.columns().forEach(c -> consumed.add(plain(c)));
            rule.flags().keySet().forEach(c -> consumed.add(plain(c)));
        });
    }

    /** The same few names and words stand in every row: each is brought into its plain form once. */
    private String plain(String text) {
        String known = plain.get(text);
        if (known != null) return known;
        String made = AttributeNames.plain(text);
        if (plain.size() < MOST_KEPT && text.length() < LONGEST_KEPT) plain.put(text, made);
        return made;
    }

    /** What keeps a profile from being used on a layer. */
    static List<Mistake> mistakes(Profile profile, LayerDefinition layer) {
        List<Mistake> mistakes = new ArrayList<>();
        List<String> names =
                layer.attributes().stream().map(AttributeDefinition::name).toList();
        Set<String> named = new java.util.TreeSet<>(profile.attributes().keySet());
        named.addAll(profile.constants().keySet());
        for (String attribute : named)
            if (!names.contains(attribute))
                mistakes.add(new Mistake(
                        "attributes." + attribute, Text.of("exchange.profile.noAttribute", attribute, names)));
        profile.attributes().forEach((attribute, rule) -> {
            AttributeDefinition definition = layer.attribute(attribute).orElse(null);
            if (definition == null || rule.unit() == null) return;
            String unit = definition.unit();
            if (unit == null || Units.factor(rule.unit(), unit) == null)
                mistakes.add(new Mistake(
                        "attributes." + attribute + ".unit",
                        Text.of("exchange.profile.unit", rule.unit(), unit == null ? "-" : unit)));
        });
        return mistakes;
    }

    /** Whether the row belongs to the layer at all. */
    boolean takes(RawRow row) {
        if (profile.only().isEmpty()) return true;
        for (Map.Entry<String, Object> value : row.values().entrySet()) {
            List<String> wanted = only.get(plain(value.getKey()));
            if (wanted == null) continue;
            String text = RawRow.text(value.getValue()).strip();
            if (wanted.contains("*") || wanted.contains(text)) return true;
        }
        return false;
    }

    Profile profile() {
        return profile;
    }

    /** Whether the profile says what this column is. */
    boolean uses(String column) {
        return consumed.contains(plain(column));
    }

    /** The attribute that the profile fills from this column; null for none. */
    @Nullable
    String attributeOf(String column) {
        String plain = plain(column);
        for (Map.Entry<String, Rule> entry : profile.attributes().entrySet()) {
            boolean named = entry.getValue().columns().stream().anyMatch(c -> plain(c).equals(plain));
            boolean flag = entry.getValue().flags().keySet().stream().anyMatch(c -> plain(c).equals(plain));
            if (named || flag) return entry.getKey();
        }
        return null;
    }

    /** A value on its way to an attribute, with the column that it stands in and what was mended on the way. */
    record Given(String column, Object value, List<Text> mends) {
        Given(String column, Object value) {
            this(column, value, List.of());
        }
    }

    /** What the profile makes of a row, by attribute. */
    Map<String, Given> read(RawRow row, LayerDefinition layer) {
        learn(row);
        Map<String, Given> all = new LinkedHashMap<>();
        for (AttributeDefinition attribute : layer.attributes()) {
            Rule rule = profile.attributes().get(attribute.name());
            Given given = rule == null ? null : read(row, attribute, rule);
            Object constant = profile.constants().get(attribute.name());
            if (given == null && constant != null) given = new Given("", constant);
            if (given != null) all.put(attribute.name(), given);
        }
        return all;
    }

    private @Nullable Given read(RawRow row, AttributeDefinition attribute, Rule rule) {
        Map<String, String> table = tables.getOrDefault(attribute.name(), Map.of());
        if (!rule.flags().isEmpty()) return flags(row, attribute, rule, table);
        for (String wanted : rule.columns()) {
            String column = column(wanted, row);
            Object value = column == null ? null : row.values().get(column);
            if (column == null || value == null) continue;
            Object meant = attribute.type() == AttributeType.LIST
                    ? items(value, rule, table)
                    : table.isEmpty() ? value : looked(RawRow.text(value), rule, table);
            if (meant == null) continue;
            if (rule.largest()) return largest(column, meant, rule, attribute);
            return new Given(column, rule.unit() == null ? meant : inUnit(meant, rule.unit(), attribute));
        }
        return null;
    }

    /** The largest of several figures; for a whole number without its decimals. What is no figure is refused later. */
    private static Given largest(String column, Object meant, Rule rule, AttributeDefinition attribute) {
        List<Text> mends = new ArrayList<>(2);
        BigDecimal largest = null;
        String[] parts = FIGURES.split(RawRow.text(meant).strip());
        for (String part : parts) {
            BigDecimal figure = ValueReader.number(part);
            if (figure == null) return new Given(column, meant);
            if (largest == null || figure.compareTo(largest) > 0) largest = figure;
        }
        if (largest == null) return new Given(column, meant);
        if (parts.length > 1) mends.add(Text.of("exchange.mend.largest", attribute.title()));
        Object value = rule.unit() == null ? largest : inUnit(largest, rule.unit(), attribute);
        if (attribute.type() == AttributeType.INTEGER && value instanceof BigDecimal figure) {
            BigDecimal floor = figure.setScale(0, RoundingMode.FLOOR);
            if (floor.compareTo(figure) != 0) mends.add(Text.of("exchange.mend.floor", attribute.title()));
            value = floor;
        }
        return new Given(column, value, mends);
    }

    private @Nullable String looked(String text, Rule rule, Map<String, String> table) {
        String meant = table.get(plain(text));
        if (meant != null) return meant.isEmpty() ? null : meant;
        return rule.otherwise() == Otherwise.DROP ? null : text;
    }

    private @Nullable List<String> items(Object value, Rule rule, Map<String, String> table) {
        List<String> found = new ArrayList<>();
        Collection<?> parts = value instanceof Collection<?> all
                ? all
                : List.of(separators
                        .computeIfAbsent(
                                rule.separators().isEmpty() ? USUAL_SEPARATORS : rule.separators(),
                                any -> Pattern.compile("[" + Pattern.quote(any) + "]"))
                        .split(RawRow.text(value)));
        for (Object part : parts) {
            String text = part == null ? "" : RawRow.text(part).strip();
            String meant = text.isEmpty() ? null : table.isEmpty() ? text : looked(text, rule, table);
            if (meant == null) continue;
            // One word of the file may stand for several items.
            for (String one : meant.split(",")) if (!found.contains(one.strip())) found.add(one.strip());
        }
        return found.isEmpty() && rule.otherwise() == Otherwise.DROP ? null : found;
    }

    private @Nullable Given flags(RawRow row, AttributeDefinition attribute, Rule rule, Map<String, String> table) {
        Set<String> found = new java.util.TreeSet<>();
        String first = null;
        for (Map.Entry<String, String> flag : rule.flags().entrySet()) {
            String column = column(flag.getKey(), row);
            if (column == null) continue;
            if (first == null) first = column;
            String said = row.text(column).strip().toLowerCase(Locale.ROOT);
            if (NO.contains(said)) continue;
            for (String item : flag.getValue().split(",")) if (!item.isBlank()) found.add(item.strip());
        }
        if (first == null) return null;
        if (attribute.type() == AttributeType.LIST) return new Given(first, List.copyOf(found));
        String joined = String.join("+", found);
        return joined.isEmpty() ? null : new Given(first, table.getOrDefault(plain(joined), joined));
    }

    /** A number is turned into the attribute's unit; what is none is refused later, as it stands. */
    private static Object inUnit(Object value, String from, AttributeDefinition attribute) {
        String to = attribute.unit();
        BigDecimal factor = to == null ? null : Units.factor(from, to);
        BigDecimal number = ValueReader.number(RawRow.text(value));
        if (factor == null || number == null) return value;
        return ValueReader.scaled(number, factor);
    }

    /** The id that the template makes of a row; empty where a column of it is blank or there is no template. */
    String id(RawRow row) {
        if (idTemplate.isEmpty()) return "";
        learn(row);
        StringBuilder id = new StringBuilder();
        for (Piece piece : idTemplate) {
            id.append(piece.before());
            String slot = piece.column();
            if (slot == null) continue;
            String column = column(slot, row);
            String text = column == null ? "" : row.text(column).strip();
            if (text.isEmpty()) return "";
            id.append(text);
        }
        return id.toString();
    }

    /**
     * A part of the template.
     *
     * @param before what stands as it is
     * @param column whose value follows; null at the end
     */
    private record Piece(String before, @Nullable String column) {}

    private static List<Piece> pieces(String template) {
        List<Piece> pieces = new ArrayList<>();
        Matcher slots = SLOT.matcher(template);
        int end = 0;
        while (slots.find()) {
            pieces.add(new Piece(template.substring(end, slots.start()), slots.group(1)));
            end = slots.end();
        }
        if (end < template.length()) pieces.add(new Piece(template.substring(end), null));
        return pieces;
    }

    /** Columns of the same plain name, by that name: nearly always one. */
    private void learn(RawRow row) {
        for (String name : row.values().keySet())
            if (known.add(name))
                named.computeIfAbsent(plain(name), p -> new ArrayList<>(1)).add(name);
    }

    /** The row's first column with that name in its plain form; null where the row has nothing in such a column. */
    private @Nullable String column(String wanted, RawRow row) {
        List<String> names = named.getOrDefault(plain(wanted), List.of());
        if (names.size() == 1) return row.values().containsKey(names.get(0)) ? names.get(0) : null;
        if (names.isEmpty()) return null;
        for (String name : row.values().keySet()) if (names.contains(name)) return name;
        return null;
    }
}
