package org.anquan.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anquan.geo.GeoJson;
import org.anquan.problem.Text;
import org.anquan.process.ProcessDescription;
import org.anquan.report.SheetContent.Mark;
import org.anquan.report.SheetContent.Table;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the JSON of an answer for a sheet. It knows the shapes that answers share ({@code bands}, {@code zones}, feature
 * collections), not the modules that make them, so that a new process can be printed without a change here.
 */
final class AnswerReader {
    /** One hue, dark (near) to light (far), as on the map. */
    private static final int[] NEAR = {8, 56, 118};

    private static final int[] FAR = {160, 200, 242};
    private static final Color LOST = new Color(0xb0007c);
    private static final Color GAINED = new Color(0x00796b);
    private static final Color DANGER = new Color(0xc62828);
    private static final Color GREY = new Color(0x6b7884);
    /** Levels 1 to 5, {@code domain.md} §5; each with its own pattern, so that a copy without colour can be read. */
    private static final int[] LEVELS = {0x38a800, 0x73b2ff, 0xffff00, 0xffaa00, 0xe60000};

    private static final Hatch[] PATTERNS = {Hatch.NONE, Hatch.DOTS, Hatch.LEVEL, Hatch.RISING, Hatch.CROSSED};
    private static final int[] PLAIN = {0x0b62c4, 0xb26a00, 0x1e7d43, 0x8e24aa, 0xc62828, 0x00838f};
    /** From this level on the risk counts as high. */
    private static final int HIGH = 4;

    private static final int MOST_TABLE_ROWS = 500;
    private static final int MOST_NOTES = 6;

    private final SheetContent content = new SheetContent();
    private final @Nullable Geometry county;
    private final String countyName;

    AnswerReader(@Nullable Geometry county, String countyName) {
        this.county = county;
        this.countyName = countyName;
    }

    SheetContent read(@Nullable ProcessDescription process, JsonNode answer, SheetSettings settings) {
        content.title = countyName;
        if (process == null) return content;
        content.title = countyName + process.title();
        JsonNode drawn = answer.path("after").isObject() ? answer.path("after") : answer;
        if (drawn.path("bands").path("features").isArray()) circle(drawn, answer);
        else if (drawn.path("zones").path("features").isArray()) zones(drawn);
        else plain(process, drawn);
        changes(answer.path("difference").path("changed"));
        provenance(answer, settings);
        return content;
    }

    // ---- where does help reach? ---------------------------------------------------------------------------------

    private void circle(JsonNode drawn, JsonNode answer) {
        List<JsonNode> bands = new ArrayList<>();
        drawn.path("bands").path("features").forEach(bands::add);
        bands.sort(Comparator.comparingDouble(band -> minutesOf(band)));
        double widest = bands.isEmpty() ? 0 : minutesOf(bands.get(bands.size() - 1));
        outside(bands);
        for (int b = bands.size() - 1; b >= 0; b--) {
            Geometry area = geometry(bands.get(b));
            if (area == null || area.isEmpty()) continue;
            content.overlays.add(new SheetContent.Overlay(area, Fill.of(band(b, bands.size(), 190)), null, 0));
        }
        for (int b = 0; b < bands.size(); b++)
            content.legend.put(
                    Text.of("report.within", Figures.minutes(minutesOf(bands.get(b))))
                            .toString(),
                    new SheetContent.Key(Fill.of(band(b, bands.size(), 190)), null, 0, false, false));
        SheetContent.Key outside =
                content.legend.remove(Text.of("report.outside").toString());
        if (outside != null) content.legend.put(Text.of("report.outside").toString(), outside);
        for (JsonNode village : drawn.path("uncovered"))
            content.mark(
                    new Mark(
                            village.path("lon").asDouble(),
                            village.path("lat").asDouble(),
                            village.path("name").asString(""),
                            DANGER,
                            true,
                            1.3),
                    Text.of("report.uncoveredVillage").toString());
        JsonNode covered = drawn.path("covered");
        content.title = Text.of("report.circle.title", countyName, Figures.minutes(widest))
                .toString();
        content.subtitle = Text.of(
                        "report.circle.subtitle",
                        Figures.people(covered.path("people")),
                        Figures.percent(covered.path("shareOfPeople")),
                        Figures.squareKilometres(covered.path("areaSquareMetres")),
                        villagesOutside(drawn))
                .toString();
        JsonNode difference = answer.path("difference");
        if (difference.path("people").isNumber() && difference.path("people").asLong() != 0) {
            long people = difference.path("people").asLong();
            content.notes.add(Text.of(
                            people < 0 ? "report.circle.lost" : "report.circle.gained",
                            Figures.people(
                                    tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(Math.abs(people))))
                    .toString());
        }
        content.table = townships(drawn.path("townships"));
    }

    private static Text villagesOutside(JsonNode drawn) {
        if (!drawn.path("covered").path("villagesTotal").isNumber()
                || drawn.path("covered").path("villagesTotal").asInt() == 0) return Text.of("report.circle.noVillages");
        int outside = drawn.path("uncovered").size();
        return outside == 0 ? Text.of("report.circle.allInside") : Text.of("report.circle.outside", outside);
    }

    private static double minutesOf(JsonNode band) {
        return band.path("properties").path("minutes").asDouble(0);
    }

    private static Color band(int index, int count, int alpha) {
        double share = count < 2 ? 0.55 : index / (count - 1.0);
        int[] c = new int[3];
        for (int i = 0; i < 3; i++) c[i] = (int) Math.round(NEAR[i] + (FAR[i] - NEAR[i]) * share);
        return new Color(c[0], c[1], c[2], alpha);
    }

    /** The county without the widest band, hatched. */
    private void outside(List<JsonNode> bands) {
        if (county == null || bands.isEmpty()) return;
        Geometry left = county;
        for (JsonNode band : bands) {
            Geometry area = geometry(band);
            if (area == null || area.isEmpty()) continue;
            try {
                left = OverlayNGRobust.overlay(left, area, OverlayNG.DIFFERENCE);
            } catch (TopologyException | IllegalArgumentException e) {
                return;
            }
        }
        if (left.isEmpty()) return;
        content.area(
                left,
                new Fill(new Color(0x8f, 0x9a, 0xa5, 40), Hatch.FALLING, new Color(0x8a949e)),
                null,
                0,
                Text.of("report.outside").toString());
    }

    private @Nullable Table townships(JsonNode rows) {
        if (rows.isEmpty()) return null;
        List<List<String>> all = new ArrayList<>();
        for (JsonNode row : rows) {
            if (all.size() == MOST_TABLE_ROWS) break;
            JsonNode latest = row.path("latestSeconds");
            all.add(List.of(
                    row.path("name").asString(""),
                    Figures.number(row.path("people")),
                    Figures.percent(row.path("shareOfPeople")),
                    Figures.number(row.path("peopleUncovered")),
                    Figures.number(row.path("villages").asInt()
                            - row.path("villagesCovered").asInt()),
                    latest.isNumber() ? Figures.number(Math.ceil(latest.asDouble() / 60)) : Figures.unknown()));
        }
        return new Table(
                Text.of("report.circle.table").toString(),
                words(
                        "report.column.township",
                        "report.column.people",
                        "report.column.covered",
                        "report.column.uncovered",
                        "report.column.villagesOutside",
                        "report.column.latest"),
                List.of(false, true, true, true, true, true),
                all);
    }

    private static List<String> words(String... keys) {
        List<String> all = new ArrayList<>();
        for (String key : keys) all.add(new Text(key, List.of()).toString());
        return all;
    }

    private void changes(JsonNode changed) {
        for (JsonNode one : changed.path("features")) {
            Geometry area = geometry(one);
            if (area == null || area.isEmpty()) continue;
            boolean lost = one.path("properties").path("change").asString("").equals("lost");
            content.area(
                    area,
                    new Fill(null, lost ? Hatch.FALLING : Hatch.RISING, lost ? LOST : GAINED),
                    lost ? LOST : GAINED,
                    0.3,
                    Text.of(lost ? "report.lost" : "report.gained").toString());
        }
    }

    // ---- where is it dangerous? ---------------------------------------------------------------------------------

    private void zones(JsonNode drawn) {
        Map<Integer, double[]> sums = new TreeMap<>();
        boolean unknown = false;
        List<JsonNode> all = new ArrayList<>();
        drawn.path("zones").path("features").forEach(all::add);
        drawn.path("unknown").path("features").forEach(all::add);
        for (JsonNode zone : all) {
            Geometry area = geometry(zone);
            if (area == null || area.isEmpty()) continue;
            JsonNode properties = zone.path("properties");
            int level = properties.path("level").asInt(0);
            boolean known = level >= 1 && level <= LEVELS.length;
            unknown |= !known;
            content.overlays.add(
                    new SheetContent.Overlay(area, level(known ? level : 0), new Color(90, 90, 90, 90), 0.08));
            double[] sum = sums.computeIfAbsent(known ? level : 0, key -> new double[2]);
            sum[0] += properties.path("areaSquareMetres").asDouble(0);
            // Where the people of one part are unknown, so are those of the whole: unknown is not zero.
            sum[1] += properties.path("people").isNumber()
                    ? properties.path("people").asDouble()
                    : Double.NaN;
        }
        for (int level = LEVELS.length; level >= 1; level--)
            content.legend.put(levelName(level), new SheetContent.Key(level(level), GREY, 0.1, false, false));
        if (unknown) content.legend.put(levelName(0), new SheetContent.Key(level(0), GREY, 0.1, false, false));
        content.subtitle = riskSubtitle(sums).toString();
        content.table = riskTable(drawn.path("townships"));
    }

    /** Who lives where it is worst; where nothing is high, that first, and what the highest is. */
    private static Text riskSubtitle(Map<Integer, double[]> sums) {
        double[] high = {0, 0};
        int highest = 0;
        for (Map.Entry<Integer, double[]> one : sums.entrySet()) {
            if (one.getValue()[0] > 0) highest = Math.max(highest, one.getKey());
            if (one.getKey() < HIGH) continue;
            high[0] += one.getValue()[0];
            high[1] += one.getValue()[1];
        }
        if (highest == 0) return Text.of("report.risk.subtitle.unknown");
        if (highest >= HIGH) return Text.of("report.risk.subtitle", squareKilometres(high[0]), people(high[1]));
        double[] most = sums.getOrDefault(highest, high);
        return Text.of("report.risk.subtitle.none", levelName(highest), squareKilometres(most[0]), people(most[1]));
    }

    private static String squareKilometres(double squareMetres) {
        return Figures.squareKilometres(JsonNodeFactory.instance.numberNode(squareMetres));
    }

    private static String people(double people) {
        var json = JsonNodeFactory.instance;
        return Figures.people(Double.isNaN(people) ? json.nullNode() : json.numberNode(people));
    }

    static Fill level(int level) {
        if (level < 1) return new Fill(new Color(235, 235, 235, 160), Hatch.FALLING, new Color(0x8a949e));
        Color ground = new Color(LEVELS[level - 1]);
        return new Fill(
                new Color(ground.getRed(), ground.getGreen(), ground.getBlue(), 165),
                PATTERNS[level - 1],
                new Color(40, 40, 40, 110));
    }

    private static String levelName(int level) {
        return new Text("report.level." + level, List.of()).toString();
    }

    private @Nullable Table riskTable(JsonNode rows) {
        if (rows.isEmpty()) return null;
        List<List<String>> all = new ArrayList<>();
        for (JsonNode row : rows) {
            if (all.size() == MOST_TABLE_ROWS) break;
            all.add(List.of(
                    row.path("name").asString(""),
                    rounded(row.path("mean")),
                    rounded(row.path("max")),
                    levelCell(row.path("peopleByLevel"), 5, false),
                    levelCell(row.path("peopleByLevel"), 4, false),
                    levelCell(row.path("areaByLevel"), 5, true),
                    levelCell(row.path("areaByLevel"), 4, true)));
        }
        return new Table(
                Text.of("report.risk.table").toString(),
                words(
                        "report.column.township",
                        "report.column.mean",
                        "report.column.max",
                        "report.column.people5",
                        "report.column.people4",
                        "report.column.area5",
                        "report.column.area4"),
                List.of(false, true, true, true, true, true, true),
                all);
    }

    private static String rounded(JsonNode value) {
        return value.isNumber() ? String.format(java.util.Locale.ROOT, "%.2f", value.asDouble()) : Figures.unknown();
    }

    /** By level: an object {@code {"5": …}} or a list whose first entry is level 1. */
    private static String levelCell(JsonNode byLevel, int level, boolean area) {
        JsonNode value = byLevel.isArray() ? byLevel.path(level - 1) : byLevel.path(String.valueOf(level));
        if (value.isMissingNode() && !byLevel.isEmpty()) return "0";
        return area ? Figures.squareKilometres(value) : Figures.number(value);
    }

    // ---- any other answer ---------------------------------------------------------------------------------------

    private void plain(ProcessDescription process, JsonNode drawn) {
        int colour = 0;
        for (Map.Entry<String, JsonNode> part : drawn.properties()) {
            JsonNode features = part.getValue().path("features");
            if (!part.getValue().path("type").asString("").equals("FeatureCollection") || features.isEmpty()) continue;
            String says = process.outputs().path(part.getKey()).path("title").asString(part.getKey());
            Color ink = new Color(PLAIN[colour++ % PLAIN.length]);
            for (JsonNode feature : features) feature(feature, ink, says);
        }
    }

    private void feature(JsonNode feature, Color ink, String says) {
        Geometry geometry = geometry(feature);
        if (geometry == null || geometry.isEmpty()) return;
        if (geometry.getDimension() == 2)
            content.area(geometry, Fill.of(new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), 60)), ink, 0.3, says);
        else if (geometry.getDimension() == 1) content.line(geometry, ink, 0.6, says);
        else
            for (var at : geometry.getCoordinates())
                content.mark(
                        new Mark(
                                at.x,
                                at.y,
                                feature.path("properties").path("name").asString(""),
                                ink,
                                false,
                                1.1),
                        says);
    }

    private static @Nullable Geometry geometry(JsonNode feature) {
        JsonNode given = feature.path("geometry");
        return given.isObject() ? GeoJson.read(given) : null;
    }

    // ---- where it comes from ------------------------------------------------------------------------------------

    private void provenance(JsonNode answer, SheetSettings settings) {
        JsonNode data = answer.path("data");
        content.illustrative |= data.path("illustrative").asBoolean(false);
        for (JsonNode layer : data.path("layers"))
            content.sources.put(layer.path("layer").asString(""), Figures.date(layer.path("asOf"), settings.zone()));
        JsonNode roads = data.path("roads");
        if (roads.isObject())
            content.sources.put(Text.of("report.roads").toString(), Figures.date(roads.path("asOf"), settings.zone()));
        for (JsonNode warning : answer.path("warnings")) {
            if (content.notes.size() == MOST_NOTES) break;
            content.notes.add(warning.asString(""));
        }
    }
}
