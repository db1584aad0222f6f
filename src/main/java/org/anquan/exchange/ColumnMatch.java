package org.anquan.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeNames;
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
        LON,
        LAT,
        SHAPE,
        ASIDE
    }

    /**
     * @param rank smaller is better; 0 was given by the user
     */
    record Match(Role role, @Nullable AttributeDefinition attribute, int rank) {}

    private static final Map<Role, List<String>> PLACES = Map.of(
            Role.LON, List.of("lon", "lng", "long", "longitude", "经度", "經度", "経度", "东经", "東經", "x", "pointx", "xcoord"),
            Role.LAT, List.of("lat", "latitude", "纬度", "緯度", "北纬", "北緯", "y", "pointy", "ycoord"),
            Role.SHAPE, List.of("wkt", "geom", "geometry", "thegeom", "geojson", "shape", "几何", "图形"));
    private static final List<String> IDS =
            List.of("id", "@id", "osmid", "uuid", "编号", "編號", "编码", "共通id", "featureid");
    private static final Map<String, Role> SPECIAL =
            Map.of("id", Role.ID, "lon", Role.LON, "lat", Role.LAT, "geom", Role.SHAPE, "geometry", Role.SHAPE);

    private final LayerDefinition layer;
    private final Map<String, String> given;
    private final boolean placesFromColumns;
    private final Map<String, Match> matches = new LinkedHashMap<>();
    private final Map<String, long[]> filled = new LinkedHashMap<>();

    /** @param placesFromColumns whether lon, lat or shape columns make the geometry: in CSV, not in GeoJSON */
    ColumnMatch(LayerDefinition layer, Map<String, String> given, boolean placesFromColumns) {
        this.layer = layer;
        this.given = given;
        this.placesFromColumns = placesFromColumns;
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
        return matches.computeIfAbsent(column, this::found);
    }

    /** Counts a column that a row has something in. */
    void fill(String column) {
        filled.computeIfAbsent(column, c -> new long[1])[0]++;
    }

    private Match found(String column) {
        for (Map.Entry<String, String> pair : given.entrySet()) {
            if (!sameName(column, pair.getKey())) continue;
            Role special = SPECIAL.get(pair.getValue());
            if (special != null) return new Match(special, null, 0);
            return new Match(Role.ATTRIBUTE, layer.attribute(pair.getValue()).orElseThrow(), 0);
        }
        String plain = AttributeNames.plain(column);
        if (placesFromColumns)
            for (Role role : List.of(Role.SHAPE, Role.LON, Role.LAT)) {
                int rank = PLACES.getOrDefault(role, List.of()).indexOf(plain);
                if (rank >= 0) return new Match(role, null, rank + 1);
            }
        for (AttributeDefinition attribute : layer.attributes()) {
            int rank = AttributeNames.of(attribute).indexOf(plain);
            if (rank >= 0) return new Match(Role.ATTRIBUTE, attribute, rank + 1);
        }
        int rank = IDS.indexOf(plain);
        return rank >= 0 ? new Match(Role.ID, null, rank + 1) : new Match(Role.ASIDE, null, 0);
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

    boolean hasPlace(List<String> columns) {
        Set<Role> roles = new java.util.HashSet<>();
        columns.forEach(c -> roles.add(of(c).role()));
        return roles.contains(Role.SHAPE) || (roles.contains(Role.LON) && roles.contains(Role.LAT));
    }

    List<Column> report() {
        List<Column> all = new ArrayList<>();
        matches.forEach((column, match) -> {
            AttributeDefinition attribute = match.attribute();
            long[] count = filled.get(column);
            Use use = switch (match.role()) {
                case ATTRIBUTE -> Use.ATTRIBUTE;
                case ID -> Use.ID;
                case LON, LAT, SHAPE -> Use.GEOMETRY;
                case ASIDE -> Use.KEPT_ASIDE;
            };
            all.add(new Column(column, use, attribute == null ? null : attribute.name(), count == null ? 0 : count[0]));
        });
        return all;
    }
}
