package org.anquan.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
import org.anquan.catalog.CommonAttributes;
import org.anquan.catalog.LayerDefinition;
import org.anquan.exchange.ImportReport.Column;
import org.anquan.exchange.ImportReport.Use;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what each column of a file is: by the mapping that was given, else by its name, compared without case, blanks
 * and underscores. Where several columns answer to one attribute, the best of those that a row has filled in counts: the
 * mapped one before the attribute's own name, that before a title, that before an alias.
 */
final class ColumnMatch {
    /** What a column is for. */
    enum Role {
        ATTRIBUTE,
        ID,
        PLACE,
        ASIDE
    }

    /** Why a column is what it is. */
    enum Why {
        GIVEN,
        NAME,
        TITLE,
        ALIAS,
        ID,
        PLACE,
        NOTHING
    }

    /**
     * @param rank smaller is better; 0 was given by the user
     * @param unit that the heading names where it is another than the attribute's own; null where it is not
     */
    record Match(
            Role role,
            @Nullable AttributeDefinition attribute,
            int rank,
            Why why,
            @Nullable String unit) {
        Match(Role role, @Nullable AttributeDefinition attribute, int rank, Why why) {
            this(role, attribute, rank, why, null);
        }
    }

    private static final Pattern BRACKETS = Pattern.compile("(.+?)[(\\[【]([^()\\[\\]【】]+)[)\\]】]");
    private static final String NAME_OF = "名称";
    /** What rosters of any layer call that which they list. */
    private static final Set<String> THINGS = Set.of(
            "单位", "企业", "公司", "机构", "场所", "场地", "设施", "站点", "点位", "项目", "对象", "要素", "医院", "学校", "消防站", "仓库", "灾害点");

    private static final List<String> IDS =
            List.of("id", "@id", "osmid", "uuid", "编号", "編號", "编码", "共通id", "featureid");
    private static final Map<String, Role> SPECIAL = Map.of(
            "id",
            Role.ID,
            "lon",
            Role.PLACE,
            "lat",
            Role.PLACE,
            "lonlat",
            Role.PLACE,
            "geom",
            Role.PLACE,
            "geometry",
            Role.PLACE,
            "aside",
            Role.ASIDE,
            "",
            Role.ASIDE);

    private final LayerDefinition layer;
    private final Map<String, String> given;
    private final Set<String> places;
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final Map<String, Match> matches = new LinkedHashMap<>();
    private final Map<String, long[]> filled = new LinkedHashMap<>();

    /** @param places the columns that make the geometry */
    ColumnMatch(LayerDefinition layer, Map<String, String> given, Set<String> places) {
        this.layer = layer;
        this.given = given;
        this.places = places;
        layer.attributes().forEach(a -> names.put(a.name(), AttributeNames.of(a)));
        checkGiven();
    }

    private void checkGiven() {
        List<Mistake> mistakes = new ArrayList<>();
        given.forEach((column, target) -> {
            if (!SPECIAL.containsKey(target) && layer.attribute(target).isEmpty())
                mistakes.add(new Mistake(
                        column + "=" + target,
                        Text.of(
                                "exchange.map.unknown",
                                target,
                                layer.attributes().stream()
                                        .map(AttributeDefinition::name)
                                        .toList())));
        });
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("exchange.map", layer.title()).withMistakes(mistakes);
    }

    /** Columns of the mapping that the file does not have. */
    List<String> missing(List<String> columns) {
        return given.keySet().stream()
                .filter(c -> columns.stream().noneMatch(found -> sameName(found, c)))
                .sorted()
                .toList();
    }

    private static boolean sameName(String a, String b) {
        return a.equals(b) || AttributeNames.plain(a).equals(AttributeNames.plain(b));
    }

    Match of(String column) {
        Match known = matches.get(column);
        if (known != null) return known;
        Match found = found(column);
        matches.put(column, found);
        return found;
    }

    /** Counts a column that a row has something in. */
    void fill(String column) {
        filled.computeIfAbsent(column, c -> new long[1])[0]++;
    }

    private Match found(String column) {
        for (Map.Entry<String, String> pair : given.entrySet()) {
            if (!sameName(column, pair.getKey())) continue;
            Role special = SPECIAL.get(pair.getValue());
            if (special != null) return new Match(special, null, 0, Why.GIVEN);
            return new Match(Role.ATTRIBUTE, layer.attribute(pair.getValue()).orElseThrow(), 0, Why.GIVEN);
        }
        if (places.contains(column)) return new Match(Role.PLACE, null, 1, Why.PLACE);
        String plain = AttributeNames.plain(column);
        for (AttributeDefinition attribute : layer.attributes()) {
            int rank = names.getOrDefault(attribute.name(), List.of()).indexOf(plain);
            if (rank >= 0) return new Match(Role.ATTRIBUTE, attribute, rank + 1, why(attribute, plain));
        }
        Match bracketed = bracketed(plain);
        if (bracketed != null) return bracketed;
        int nameRank = nameRank(plain);
        AttributeDefinition name = layer.attribute(CommonAttributes.NAME).orElse(null);
        if (nameRank > 0 && name != null) return new Match(Role.ATTRIBUTE, name, nameRank, Why.ALIAS);
        int rank = IDS.indexOf(plain);
        return rank >= 0 ? new Match(Role.ID, null, rank + 1, Why.ID) : new Match(Role.ASIDE, null, 0, Why.NOTHING);
    }

    /** 场所名称 is the name in a roster of 应急避难场所, as 单位名称 is in any; after its own names. 0 for anything else. */
    private int nameRank(String plain) {
        Matcher bracketed = BRACKETS.matcher(plain);
        String heading = bracketed.matches() ? bracketed.group(1) : plain;
        if (!heading.endsWith(NAME_OF)) return 0;
        String of = heading.substring(0, heading.length() - NAME_OF.length());
        if (of.isEmpty()) return 0;
        if (AttributeNames.plain(layer.title().zh()).contains(of)) return 50;
        return THINGS.contains(of) ? 60 : 0;
    }

    /**
     * 占地面积（亩） is 占地面积 in another unit, 电话（必填） is 电话. Where a number's brackets hold no unit that can be
     * turned into the attribute's, nothing is taken: a wrong unit is a wrong number.
     */
    private @Nullable Match bracketed(String plain) {
        Matcher found = BRACKETS.matcher(plain);
        if (!found.matches()) return null;
        for (AttributeDefinition attribute : layer.attributes()) {
            int rank = names.getOrDefault(attribute.name(), List.of()).indexOf(found.group(1));
            if (rank < 0) continue;
            String own = attribute.unit();
            boolean same = own == null || Units.factor(found.group(2), own) != null;
            if (!same) return null;
            String unit = own == null || AttributeNames.plain(own).equals(found.group(2)) ? null : found.group(2);
            return new Match(Role.ATTRIBUTE, attribute, rank + 1, why(attribute, found.group(1)), unit);
        }
        return null;
    }

    private static Why why(AttributeDefinition attribute, String plain) {
        if (plain.equals(AttributeNames.plain(attribute.name()))) return Why.NAME;
        boolean title = plain.equals(AttributeNames.plain(attribute.title().zh()))
                || plain.equals(AttributeNames.plain(attribute.title().en()));
        return title ? Why.TITLE : Why.ALIAS;
    }

    /** The best of the columns with this role that the row has filled in, or null. */
    @Nullable
    String best(RawRow row, Role role) {
        String best = null;
        int rank = Integer.MAX_VALUE;
        for (String column : row.values().keySet()) {
            Match match = of(column);
            if (match.role() == role && match.rank() < rank) {
                best = column;
                rank = match.rank();
            }
        }
        return best;
    }

    List<Column> report() {
        List<Column> all = new ArrayList<>();
        matches.forEach((column, match) -> {
            AttributeDefinition attribute = match.attribute();
            long[] count = filled.get(column);
            Use use = switch (match.role()) {
                case ATTRIBUTE -> Use.ATTRIBUTE;
                case ID -> Use.ID;
                case PLACE -> Use.GEOMETRY;
                case ASIDE -> Use.KEPT_ASIDE;
            };
            all.add(new Column(column, use, attribute == null ? null : attribute.name(), count == null ? 0 : count[0]));
        });
        return all;
    }
}
