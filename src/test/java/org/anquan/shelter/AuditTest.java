package org.anquan.shelter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.Layers;
import org.anquan.problem.ProblemException;
import org.anquan.scenario.Scenario;
import org.anquan.shelter.Audit.Finding;
import org.anquan.shelter.Audit.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every rule on each side of its limit, and with missing data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    @TempDir
    static Path folder;

    private ShelterWorld world;
    private int number;

    @BeforeAll
    void open() {
        world = new ShelterWorld(folder, null);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Audit audit() {
        return new Audit(
                world.context.getBean(Layers.class),
                world.context.getBean(ShelterSettings.class),
                world.context.getBean(Rules.class).all());
    }

    private Map<String, Finding> audited(double x, Map<String, Object> attributes) {
        String id = "s" + ++number;
        world.point("shelter", id, x, 0, attributes);
        ShelterSet set = world.context.getBean(Shelters.class).read(Scenario.NONE);
        Shelter shelter = set.find(id).orElseThrow();
        Map<String, Finding> found = new LinkedHashMap<>();
        audit().of(shelter, set.attributes(shelter))
                .forEach(one -> found.put(one.rule().id(), one));
        return found;
    }

    /** @param passing and failing values of the attributes that are measured; beside them what makes the rule apply */
    record Edge(String rule, Map<String, Object> applies, Map<String, Object> passing, Map<String, Object> failing) {}

    private static Edge edge(
            String rule, Map<String, Object> applies, Map<String, Object> passing, Map<String, Object> failing) {
        return new Edge(rule, applies, passing, failing);
    }

    private static Edge edge(
            String rule, Map<String, Object> applies, String attribute, Object passing, Object failing) {
        return edge(rule, applies, Map.of(attribute, passing), Map.of(attribute, failing));
    }

    static List<Edge> edges() {
        Map<String, Object> emergency = Map.of("type", "emergency");
        Map<String, Object> brief = Map.of("type", "short");
        Map<String, Object> mid = Map.of("type", "mid");
        Map<String, Object> enduring = Map.of("type", "long");
        Map<String, Object> hall = Map.of("space", "indoor");
        List<String> basic = List.of("medical", "water", "power", "toilet");
        return List.of(
                // From 0.2, 1 and 5 hectares on.
                edge("short-area", brief, "effectiveArea", 2000.0, 1999.0),
                edge("mid-area", mid, "effectiveArea", 10_000.0, 9999.0),
                edge("long-area", enduring, "effectiveArea", 50_000.0, 49_999.0),
                // 5 000 people at 2 m²: 10 000 m²; 23 000 at 3: 69 000; 90 000 at 4.5: 405 000.
                edge("short-people", brief, "effectiveArea", 10_000.0, 10_002.0),
                edge("mid-people", mid, "effectiveArea", 69_000.0, 69_003.0),
                edge("long-people", enduring, "effectiveArea", 405_000.0, 405_004.5),
                // 1 000 m² for 2 000 people are 0.5 m² each; one more person makes it less.
                edge(
                        "emergency-per-person",
                        emergency,
                        Map.of("effectiveArea", 1000.0, "statedCapacity", 2000L),
                        Map.of("effectiveArea", 1000.0, "statedCapacity", 2001L)),
                edge(
                        "short-per-person",
                        brief,
                        Map.of("effectiveArea", 1000.0, "statedCapacity", 500L),
                        Map.of("effectiveArea", 1000.0, "statedCapacity", 501L)),
                edge(
                        "mid-per-person",
                        mid,
                        Map.of("effectiveArea", 3000.0, "statedCapacity", 1000L),
                        Map.of("effectiveArea", 3000.0, "statedCapacity", 1001L)),
                edge(
                        "long-per-person",
                        enduring,
                        Map.of("effectiveArea", 4500.0, "statedCapacity", 1000L),
                        Map.of("effectiveArea", 4500.0, "statedCapacity", 1001L)),
                edge("emergency-radius", emergency, "serviceRadiusM", 500.0, 501.0),
                edge("short-radius", brief, "serviceRadiusM", 1000.0, 1001.0),
                edge("mid-radius", mid, "serviceRadiusM", 1500.0, 1501.0),
                edge("long-radius", enduring, "serviceRadiusM", 2500.0, 2501.0),
                edge("central-area-served", Map.of("central", true), "servedAreaKm2", 50.0, 50.1),
                edge("central-people-served", Map.of("central", true), "servedPeople", 500_000L, 500_001L),
                edge("entrances", brief, "entrances", 2L, 1L),
                edge("entrances-long", enduring, "entrances", 4L, 3L),
                edge("entrances-central", Map.of("central", true), "entrances", 4L, 3L),
                edge("two-roads", Map.of(), "roads", 2L, 1L),
                edge("unit-people", emergency, "unitPeople", 2000L, 2001L),
                edge("buffer-2000", Map.of("unitPeople", 2000L), "bufferM", 3.0, 2.9),
                edge("buffer-8000", Map.of("unitPeople", 2001L), "bufferM", 6.0, 5.9),
                edge("buffer-20000", Map.of("unitPeople", 8001L), "bufferM", 12.0, 11.9),
                edge("seismic", hall, "seismicIntensity", 7.0, 6.0),
                edge("wind", hall, "windReturnA", 100.0, 50.0),
                edge(
                        "flood-level",
                        Map.of("hazards", List.of("flood")),
                        Map.of("elevationM", 480.5, "floodLevelM", 480.0),
                        Map.of("elevationM", 480.4, "floodLevelM", 480.0)),
                edge("fire-source", Map.of(), "fireSourceM", 30.0, 29.0),
                edge("power-line", Map.of(), "powerLineM", 30.0, 29.0),
                edge("gb21734-area", Map.of("grade21734", "III"), "effectiveArea", 2000.0, 1999.0),
                // More than 1.5 m²: 1 501 m² for 1 000 people pass, 1 500 m² do not.
                edge(
                        "gb21734-per-person",
                        Map.of("grade21734", "III"),
                        Map.of("effectiveArea", 1501.0, "statedCapacity", 1000L),
                        Map.of("effectiveArea", 1500.0, "statedCapacity", 1000L)),
                edge("gb21734-I-days", Map.of("grade21734", "I"), "type", "mid", "short"),
                edge("gb21734-II-days", Map.of("grade21734", "II"), "type", "short", "emergency"),
                edge("gb21734-basic", Map.of("grade21734", "III"), "facilities", basic, basic.subList(0, 3)),
                edge(
                        "gb21734-general",
                        Map.of("grade21734", "II"),
                        "facilities",
                        List.of("storage", "command", "broadcast"),
                        List.of("storage", "command")),
                edge(
                        "gb21734-comprehensive",
                        Map.of("grade21734", "I"),
                        "facilities",
                        List.of("helipad"),
                        List.of("water")));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void aRulePassesOnItsLimitFailsBeyondItAndIsUnknownWithoutData(Edge edge) {
        for (Result expected : Result.values()) {
            Map<String, Object> attributes = new LinkedHashMap<>(edge.applies());
            if (expected == Result.PASS) attributes.putAll(edge.passing());
            if (expected == Result.FAIL) attributes.putAll(edge.failing());
            Finding found = audited(0, attributes).get(edge.rule());
            assertThat(found).as(edge.rule() + " applies").isNotNull();
            assertThat(found.result()).as(edge.rule() + " " + attributes).isEqualTo(expected);
            if (expected == Result.UNKNOWN) assertThat(found.value()).isNull();
        }
    }

    @Test
    void everyShippedRuleIsTestedHere() {
        Set<String> tested = new TreeSet<>(Set.of(
                // By their own tests below.
                "stay-class-known",
                "fault",
                "landslide",
                "flash-flood",
                "explosives",
                "major-hazard-I",
                "major-hazard-II",
                "major-hazard-III",
                "major-hazard-IV"));
        edges().forEach(edge -> tested.add(edge.rule()));
        assertThat(audit().rules()).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void theClassMustBeKnown() {
        assertThat(audited(0, Map.of()).get("stay-class-known").result()).isEqualTo(Result.UNKNOWN);
        assertThat(audited(0, Map.of("type", "emergency"))
                        .get("stay-class-known")
                        .result())
                .isEqualTo(Result.PASS);
    }

    @Test
    void dangersAreMeasuredAndAnEmptyLayerLeavesThemUnknown() {
        Path other = folder.resolve("dangers");
        try (ShelterWorld fresh = new ShelterWorld(other.toFile().mkdirs() ? other : other, null)) {
            fresh.point("shelter", "near", 0, 0, Map.of());
            fresh.point("shelter", "far", 3000, 0, Map.of());
            List<String> rules = List.of(
                    "fault",
                    "landslide",
                    "flash-flood",
                    "explosives",
                    "major-hazard-I",
                    "major-hazard-II",
                    "major-hazard-III",
                    "major-hazard-IV");
            for (String rule : rules)
                assertThat(result(fresh, "near", rule)).as(rule).isEqualTo("unknown");
            fresh.line("fault", "f", Map.of("activity", "holocene"), 199, -5000, 199, 5000);
            fresh.point("landslide_point", "l", 0, 99, Map.of());
            fresh.box("flash_flood_zone", "z", -50, -50, 50, 50, Map.of());
            fresh.point("explosives_store", "e", 0, 299, Map.of());
            // R decides the level: 20 t of 10 t of ammonia with 400 people near make R 8, level IV; see FormulaTest.
            fresh.point(
                    "hazardous_facility",
                    "h",
                    0,
                    -299,
                    Map.of("quantityT", 20.0, "criticalQuantityT", 10.0, "beta", 2.0, "people500", 400L));
            for (String rule : List.of("fault", "landslide", "flash-flood", "explosives", "major-hazard-IV")) {
                assertThat(result(fresh, "near", rule)).as(rule).isEqualTo("fail");
                assertThat(result(fresh, "far", rule)).as(rule).isEqualTo("pass");
            }
            // A level IV site is none of level I to III.
            for (String rule : List.of("major-hazard-I", "major-hazard-II", "major-hazard-III"))
                assertThat(result(fresh, "near", rule)).as(rule).isEqualTo("pass");
            // Chlorine, 25 t of 5 t, β 4: with α 0.5, 1.2 … the level rises with the people around: R 10, 60, 400.
            major(fresh, "III", 25.0, 0L, 4000);
            major(fresh, "II", 62.5, 49L, 6500);
            major(fresh, "I", 250.0, 400L, 9000);
        }
    }

    /** A site of a level at x, a shelter just within its radius and one just beyond. */
    private static void major(ShelterWorld fresh, String level, double tonnes, long people, double x) {
        double radius = Map.of("I", 1000.0, "II", 800.0, "III", 500.0).getOrDefault(level, 0.0);
        fresh.point(
                "hazardous_facility",
                "h" + level,
                x,
                0,
                Map.of("quantityT", tonnes, "criticalQuantityT", 5.0, "beta", 4.0, "people500", people));
        assertThat(fresh.store
                        .layers()
                        .get("hazardous_facility", "h" + level)
                        .orElseThrow()
                        .text("level"))
                .isEqualTo(level);
        fresh.point("shelter", "in" + level, x, radius - 1, Map.of());
        fresh.point("shelter", "out" + level, x, radius + 1, Map.of());
        assertThat(result(fresh, "in" + level, "major-hazard-" + level)).isEqualTo("fail");
        assertThat(result(fresh, "out" + level, "major-hazard-" + level)).isEqualTo("pass");
    }

    private static String result(ShelterWorld world, String shelter, String rule) {
        JsonNode answer = world.ask("shelter-audit", "{}");
        for (JsonNode one : answer.path("shelters").values())
            if (one.path("id").asString().equals(shelter))
                for (JsonNode finding : one.path("findings").values())
                    if (finding.path("rule").asString().equals(rule))
                        return finding.path("result").asString();
        throw new AssertionError("no finding of " + rule + " for " + shelter);
    }

    @Test
    void aFaultWhosePlaceIsInexactLeavesTheRuleUnknownWithinItsAccuracy() {
        world.line("fault", "f1", Map.of("activity", "holocene", "accuracyM", 100.0), 20_000, -5000, 20_000, 5000);
        world.line("fault", "f2", Map.of("activity", "latePleistocene"), 30_000, -5000, 30_000, 5000);
        // 200 m with 100 m either way: known to be far enough from 300 m on, known to be too near below 100 m.
        assertThat(audited(19_699, Map.of()).get("fault").result()).isEqualTo(Result.PASS);
        assertThat(audited(19_750, Map.of()).get("fault").result()).isEqualTo(Result.UNKNOWN);
        assertThat(audited(19_850, Map.of()).get("fault").result()).isEqualTo(Result.UNKNOWN);
        assertThat(audited(19_950, Map.of()).get("fault").result()).isEqualTo(Result.FAIL);
        // GB 50011: only faults of the Holocene keep one away.
        assertThat(audited(30_000, Map.of()).get("fault").result()).isEqualTo(Result.PASS);
    }

    @Test
    void theReachSaysTheHighestClassAndWhatIsMissingForTheNext() {
        String id = "reach";
        // 10 000 m²: enough for mid stays (1 ha), not for long ones (5 ha).
        world.point(
                "shelter",
                id,
                0,
                0,
                Map.of(
                        "type",
                        "short",
                        "effectiveArea",
                        10_000.0,
                        "entrances",
                        2L,
                        "serviceRadiusM",
                        400.0,
                        "unitPeople",
                        1500L,
                        "statedCapacity",
                        3333L));
        JsonNode one = null;
        for (JsonNode each : world.ask("shelter-audit", "{}").path("shelters").values())
            if (each.path("id").asString().equals(id)) one = each;
        assertThat(one).isNotNull();
        JsonNode stay = one.path("stayReach");
        // 10 000 / 3 333 = 3.0003 m² a person: mid in full.
        assertThat(stay.path("sure").asString()).isEqualTo("mid");
        assertThat(stay.path("next").asString()).isEqualTo("long");
        List<String> missing = new ArrayList<>();
        stay.path("missing").values().forEach(m -> missing.add(m.path("rule").asString()));
        assertThat(missing).containsExactlyInAnyOrder("long-area", "long-per-person", "entrances-long");
        assertThat(one.path("gradeReach").path("sure").isNull()).isTrue();
        // Facilities are not known, so no class of GB 21734 is sure; by its days of stay it could be class II.
        assertThat(one.path("gradeReach").path("possible").asString()).isEqualTo("II");
    }

    @Test
    void whatIsMendedFirstIsWherePeopleAreInDanger() {
        JsonNode first = world.ask("shelter-audit", "{}").path("mendFirst");
        int last = 3;
        for (JsonNode one : first.values()) {
            assertThat(one.path("weight").asInt()).isLessThanOrEqualTo(last);
            last = one.path("weight").asInt();
            assertThat(one.path("mend").isMissingNode()).isFalse();
        }
    }

    @Test
    void aCountysOwnRulesReplaceAddAndTakeAway() throws IOException {
        Path own = folder.resolve("shelter/rules.yaml");
        Files.createDirectories(own.getParent());
        try {
            Files.writeString(own, """
                - {id: wind, drop: true}
                - id: two-roads
                  title: {zh: 道路, en: Roads}
                  measure: roads
                  atLeast: 3
                  unit: 条
                  source: 县规定
                  mark: S
                  weight: 2
                  mend: {zh: 修路, en: Build}
                """);
            assertThat(audit().rules()).extracting(Rule::id).doesNotContain("wind");
            assertThat(audited(0, Map.of("roads", 2L)).get("two-roads").result())
                    .isEqualTo(Result.FAIL);
            Files.writeString(own, "- {id: x, measure: roads, near: {layers: [fault]}, colour: red}");
            assertThatThrownBy(this::audit)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.mistakes())
                                    .extracting(mistake -> mistake.where())
                                    .contains("x", "x.colour", "x.title", "x.mend", "x.mark"));
        } finally {
            Files.deleteIfExists(own);
        }
    }
}
