package org.anquan.shelter;

import static org.anquan.town.Town.lonLat;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.ProblemException;
import org.anquan.process.Process;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Capacity and assignment on a straight road of 10 km, on which everybody goes 10 m/s. */
class ShelterProcessesTest {
    private static final RoadNetwork ROAD =
            town().road("东路", 0, 0).to(5000, 0).to(10_000, 0).network();

    @TempDir
    Path folder;

    private ShelterWorld world;

    @BeforeEach
    void open() {
        world = new ShelterWorld(folder, ROAD);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void village(String id, double x, long people, Map<String, Object> more) {
        Map<String, Object> all = new java.util.LinkedHashMap<>(more);
        all.put("people", people);
        world.point("village", id, x, 0, all);
    }

    private void shelter(String id, double x, long places, Map<String, Object> more) {
        Map<String, Object> all = new java.util.LinkedHashMap<>(more);
        all.putIfAbsent("type", "short");
        all.put("effectiveArea", 2.0 * places);
        world.point("shelter", id, x, 0, all);
    }

    private static JsonNode by(JsonNode list, String name, String id) {
        for (JsonNode one : list.values()) if (one.path(name).asString().equals(id)) return one;
        throw new AssertionError(id + " is not in " + list);
    }

    // ---- capacity

    @Test
    void theGapIsWhatIsNeededLessWhatThereIsNowAndWithThePlan() {
        world.box("township", "t", -100, -500, 10_100, 500, Map.of("name", "东镇"));
        village("a", 1000, 1000, Map.of("elderly", 200L));
        shelter("now", 1000, 50, Map.of("status", "ready", "space", "indoor"));
        shelter("new", 1000, 30, Map.of("status", "planned", "space", "outdoor"));
        shelter("up", 1000, 120, Map.of("status", "planned", "upgradeOf", "now", "space", "both"));
        JsonNode district = world.ask("shelter-capacity", "{'stay': 'short'}").path("district");
        // 15 % of 1 000 need a place: 150. Now 50, with the new one 80, with the upgrade (50 becomes 120) 150.
        assertThat(district.path("need").asLong()).isEqualTo(150);
        assertThat(district.path("elderly").asLong()).isEqualTo(30);
        assertThat(district.path("now").path("gap").asLong()).isEqualTo(100);
        assertThat(district.path("withNew").path("gap").asLong()).isEqualTo(70);
        assertThat(district.path("withAll").path("gap").asLong()).isZero();
        // 100 m² for 150 people.
        assertThat(district.path("now").path("squareMetresPerPerson").asDouble())
                .isEqualTo(0.67);
        assertThat(district.path("now").path("indoor").asLong()).isEqualTo(50);
        assertThat(district.path("withNew").path("outdoor").asLong()).isEqualTo(30);
        assertThat(district.path("withAll").path("undivided").asLong()).isEqualTo(120);
    }

    @Test
    void whatAScenarioOpensIsThereNowAndAnUpgradeTakesThePlaceOfTheOldOne() {
        village("a", 1000, 1000, Map.of());
        shelter("now", 1000, 50, Map.of("status", "ready"));
        shelter("new", 1000, 30, Map.of("status", "planned"));
        shelter("shut", 1000, 7, Map.of("status", "closed"));
        shelter("up", 1000, 120, Map.of("status", "planned", "upgradeOf", "now"));
        // 50 + 30 + 7 once two are opened; with the upgrade, 120 stand for the 50.
        String opened = "{'stay': 'short', 'scenario': {'facilities': {'on': ['new', 'shut'%s]}}}";
        JsonNode now = world.ask("shelter-capacity", opened.formatted("")).path("district");
        assertThat(now.path("now").path("places").asLong()).isEqualTo(87);
        JsonNode upgraded =
                world.ask("shelter-capacity", opened.formatted(", 'up'")).path("district");
        assertThat(upgraded.path("now").path("places").asLong()).isEqualTo(157);
        assertThat(upgraded.path("withAll").path("places").asLong()).isEqualTo(157);
    }

    @Test
    void aVillageBeyondTheServiceRadiusHasAGapThoughTheDistrictHasNone() {
        village("near", 1000, 1000, Map.of());
        village("far", 8000, 1000, Map.of());
        shelter("s", 1000, 1000, Map.of());
        JsonNode answer = world.ask("shelter-capacity", "{'stay': 'short'}");
        assertThat(answer.path("district").path("now").path("gap").asLong()).isZero();
        assertThat(by(answer.path("villages"), "id", "far").path("gap").asLong())
                .isEqualTo(150);
        assertThat(by(answer.path("villages"), "id", "near").path("gap").asLong())
                .isZero();
        assertThat(answer.path("district").path("now").path("withinReach").asLong())
                .isEqualTo(150);
    }

    @Test
    void underAFloodOnlyPeopleInItNeedAPlaceAndSheltersInItAreOut() {
        village("wet", 1000, 300, Map.of());
        village("dry", 5000, 700, Map.of());
        shelter("drowned", 1100, 500, Map.of());
        shelter("safe", 1600, 200, Map.of());
        double[] a = lonLat(500, -500);
        double[] b = lonLat(1300, 500);
        String flood =
                "{'closures': [{'type': 'Polygon', 'coordinates': [[[%f, %f], [%f, %f], [%f, %f], [%f, %f], [%f, %f]]]}]}"
                        .formatted(a[0], a[1], b[0], a[1], b[0], b[1], a[0], b[1], a[0], a[1]);
        JsonNode answer = world.ask("shelter-capacity", "{'scenario': " + flood + "}");
        // All 300 of the flooded village; 200 places are left.
        assertThat(answer.path("threatenedOnly").asBoolean()).isTrue();
        assertThat(answer.path("district").path("need").asLong()).isEqualTo(300);
        assertThat(answer.path("district").path("now").path("gap").asLong()).isEqualTo(100);
        assertThat(by(answer.path("out"), "id", "drowned").path("reason").asString())
                .isEqualTo("threatened");
        assertThat(answer.path("villages").size()).isEqualTo(1);
    }

    @Test
    void byDayOtherPeopleAreThere() {
        village("a", 1000, 1000, Map.of("popDay", 2000L, "popNight", 900L));
        shelter("s", 1000, 10, Map.of());
        assertThat(world.ask("shelter-capacity", "{'share': 1, 'time': 'day'}")
                        .path("district")
                        .path("need")
                        .asLong())
                .isEqualTo(2000);
        assertThat(world.ask("shelter-capacity", "{'share': 1}")
                        .path("district")
                        .path("need")
                        .asLong())
                .isEqualTo(900);
    }

    @Test
    void longerStaysNeedMoreRoomAndSheltersForShorterOnesAreOut() {
        village("a", 1000, 1000, Map.of());
        shelter("s", 1000, 450, Map.of("type", "long", "status", "ready"));
        shelter("e", 1000, 450, Map.of("type", "emergency"));
        JsonNode answer = world.ask("shelter-capacity", "{'stay': 'mid'}");
        // 900 m² at 3 m² a person.
        assertThat(answer.path("district").path("now").path("places").asLong()).isEqualTo(300);
        assertThat(by(answer.path("out"), "id", "e").path("reason").asString()).isEqualTo("stayTooLong");
    }

    @Test
    void theTotalsOfATownshipAreSpreadOverItsHomes() {
        world.box("township", "t", 0, -500, 10_000, 500, Map.of("name", "东镇", "people", 900L, "elderly", 90L));
        // Two homes of 100 m² ground: one has two floors, so two thirds live there. A factory has nobody.
        world.box("building", "h1", 1000, 0, 1010, 10, Map.of("use", "home", "floors", 2L));
        world.box("building", "h2", 5000, 0, 5010, 10, Map.of("use", "home"));
        world.box("building", "f", 8000, 0, 8100, 100, Map.of("use", "industrial"));
        shelter("s", 1000, 1000, Map.of());
        JsonNode answer = world.ask("shelter-capacity", "{'share': 1}");
        assertThat(answer.path("villages").size()).isEqualTo(2);
        assertThat(answer.path("villages").get(0).path("people").asLong()
                        + answer.path("villages").get(1).path("people").asLong())
                .isEqualTo(900);
        assertThat(by(answer.path("villages"), "gap", "300").path("people").asLong())
                .isEqualTo(300);
        assertThat(answer.path("inputs").path("people").asString()).isEqualTo("township");
    }

    @Test
    void nobodyCountedAnywhereIsToldWithWhatToImport() {
        shelter("s", 1000, 10, Map.of());
        assertThatThrownBy(() -> world.ask("shelter-capacity", "{}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.detail().key()).isEqualTo("population.nobody.detail"));
    }

    @Test
    void recordsThatCannotCountAreToldByNameWithWhatToMend() {
        village("a", 1000, 100, Map.of());
        shelter("s", 1000, 50, Map.of());
        world.point("shelter", "noClass", 3000, 0, Map.of("effectiveArea", 500.0, "name", "无类别"));
        world.point("shelter", "twin1", 5000, 0, Map.of("statedCapacity", 7L, "name", "双一"));
        world.point("shelter", "twin2", 5000, 0, Map.of("statedCapacity", 8L, "name", "双二"));
        for (String process : List.of("shelter-capacity", "shelter-assignment")) {
            JsonNode answer = world.ask(process, "{'share': 1}");
            String told = answer.path("warnings").toString();
            assertThat(told).as(process).contains("填了面积但没有避难时长", "无类别", "请补填避难时长", "在同一个点上", "双一 / 双二", "数据体检");
            assertThat(by(answer.path("out"), "id", "noClass").path("reason").asString())
                    .isEqualTo("capacityUnknown");
        }
        // Of the audit: unknown, which is never a pass.
        JsonNode audited = by(world.ask("shelter-audit", "{}").path("shelters"), "id", "noClass");
        assertThat(audited.path("unknown").asInt()).isPositive();
    }

    @Test
    void whereNoShelterCanBeUsedTheAnswerSaysWhyOfEach() {
        village("a", 1000, 100, Map.of());
        shelter("s", 1000, 50, Map.of("status", "closed"));
        JsonNode answer = world.ask("shelter-capacity", "{'share': 1}");
        assertThat(answer.path("district").path("now").path("gap").asLong()).isEqualTo(100);
        assertThat(by(answer.path("out"), "id", "s").path("reasonText").asString())
                .contains("关闭");
    }

    @Test
    void allMistakesOfARequestAreToldAtOnce() {
        assertThatThrownBy(
                        () -> world.ask(
                                "shelter-assignment",
                                "{'stay': 'week', 'time': 'noon', 'share': 2, 'hazard': 'war', 'people': 'cats', 'maxMinutes': -1, 'x': 1}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(one -> one.where())
                                .containsExactlyInAnyOrder(
                                        "inputs.stay",
                                        "inputs.time",
                                        "inputs.share",
                                        "inputs.hazard",
                                        "inputs.people",
                                        "inputs.maxMinutes",
                                        "inputs.x"));
    }

    // ---- assignment

    @Test
    void peopleWalkToTheNearestAndTheRestGoOn() {
        village("a", 1000, 100, Map.of());
        shelter("near", 1100, 60, Map.of());
        shelter("next", 1500, 60, Map.of());
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1, 'buses': false}");
        JsonNode summary = answer.path("summary");
        // 60 go 100 m (10 s), 40 go 500 m (50 s): mean (60·10 + 40·50) / 100 = 26 s.
        assertThat(summary.path("placed").asLong()).isEqualTo(100);
        assertThat(summary.path("meanSeconds").asDouble()).isEqualTo(26.0);
        assertThat(summary.path("longestSeconds").asInt()).isEqualTo(50);
        assertThat(summary.path("optimal").asBoolean()).isTrue();
        assertThat(summary.path("cost").asLong())
                .isEqualTo(summary.path("bound").asLong());
        assertThat(by(answer.path("shelters"), "id", "near").path("state").asString())
                .isEqualTo("full");
        assertThat(answer.path("overflow").get(0).path("people").asLong()).isEqualTo(40);
        assertThat(answer.path("assignments").get(0).path("way").asString()).isEqualTo("东路");
        assertThat(answer.path("lines").path("features").size()).isEqualTo(2);
    }

    @Test
    void theElderlyComeNearer() {
        village("a", 1000, 100, Map.of("elderly", 60L));
        shelter("near", 1100, 60, Map.of());
        shelter("next", 1500, 60, Map.of());
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1, 'buses': false}");
        assertThat(by(answer.path("assignments"), "shelterId", "near")
                        .path("elderly")
                        .asLong())
                .isEqualTo(60);
        assertThat(by(answer.path("assignments"), "shelterId", "next")
                        .path("elderly")
                        .asLong())
                .isZero();
        // 10 s, at 3 instead of 4.5 km/h 15 s.
        assertThat(by(answer.path("assignments"), "shelterId", "near")
                        .path("seconds")
                        .asInt())
                .isEqualTo(15);
    }

    @Test
    void ownTownshipComesFirstWhereTheOtherIsLittleNearer() {
        world.box("township", "w", -100, -500, 999, 500, Map.of("name", "西镇"));
        world.box("township", "e", 1001, -500, 10_000, 500, Map.of("name", "东镇"));
        world.point("village", "a", 980, 0, Map.of("people", 10L));
        shelter("own", 700, 10, Map.of());
        shelter("other", 1100, 10, Map.of());
        // 28 s at home against 12 s next door: 16 s more, and another township counts 300 s.
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1, 'buses': false}");
        assertThat(answer.path("assignments").get(0).path("shelterId").asString())
                .isEqualTo("own");
    }

    @Test
    void whoIsBeyondWalkingGoesByBusOrIsLeftWithTheReason() {
        village("a", 9000, 90, Map.of());
        shelter("s", 1000, 100, Map.of());
        // 8 km at 10 m/s are 800 s, more than ten minutes.
        JsonNode ridden = world.ask("shelter-assignment", "{'share': 1, 'maxMinutes': 10}");
        assertThat(ridden.path("summary").path("byBus").asLong()).isEqualTo(90);
        // Two full buses of 45.
        assertThat(ridden.path("summary").path("busTrips").asLong()).isEqualTo(2);
        JsonNode left = world.ask("shelter-assignment", "{'share': 1, 'maxMinutes': 10, 'buses': false}");
        assertThat(left.path("unplaced").get(0).path("reason").asString()).isEqualTo("noneInReach");
        assertThat(left.path("unplaced").get(0).path("people").asLong()).isEqualTo(90);
    }

    @Test
    void wholeVillagesAreNotSplit() {
        village("a", 1000, 70, Map.of());
        village("b", 1000, 50, Map.of());
        village("c", 1000, 200, Map.of());
        shelter("x", 1100, 100, Map.of());
        shelter("y", 1500, 60, Map.of());
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1, 'buses': false, 'wholeVillages': true}");
        assertThat(answer.path("assignments").size()).isEqualTo(2);
        assertThat(by(answer.path("assignments"), "villageId", "a")
                        .path("shelterId")
                        .asString())
                .isEqualTo("x");
        assertThat(by(answer.path("assignments"), "villageId", "b")
                        .path("shelterId")
                        .asString())
                .isEqualTo("y");
        assertThat(by(answer.path("unplaced"), "id", "c").path("reason").asString())
                .isEqualTo("tooLarge");
        assertThat(answer.path("summary").path("method").asString()).isEqualTo("exactWhole");
    }

    @Test
    void withoutRoadsTheAnswerIsStraightAndSaysSo() {
        world.roads = null;
        village("a", 1000, 10, Map.of());
        shelter("s", 2000, 10, Map.of());
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1}");
        // 1 000 m · 1.3 at 4.5 km/h: 1 040 s.
        assertThat(answer.path("assignments").get(0).path("seconds").asInt()).isBetween(1035, 1045);
        assertThat(answer.path("warnings").toString()).contains("没有道路数据");
    }

    @Test
    void whereAllAreFullNobodyIsPlacedAndTheAnswerSaysWhatToDo() {
        village("a", 1000, 10, Map.of());
        shelter("s", 1100, 10, Map.of("status", "full"));
        JsonNode answer = world.ask("shelter-assignment", "{'share': 1}");
        assertThat(answer.path("summary").path("unplaced").asLong()).isEqualTo(10);
        assertThat(answer.path("unplaced").get(0).path("reason").asString()).isEqualTo("allFull");
        assertThat(answer.path("warnings").toString()).contains("都已满员");
    }

    @Test
    void aClosedRoadSendsPeopleTheOtherWay() {
        village("a", 1000, 10, Map.of());
        shelter("near", 1200, 10, Map.of());
        shelter("other", 400, 10, Map.of());
        double[] at = lonLat(1100, 0);
        JsonNode answer = world.ask(
                "shelter-assignment",
                "{'share': 1, 'buses': false, 'scenario': {'closures': [{'type': 'Point', 'coordinates': [%f, %f]}]}}"
                        .formatted(at[0], at[1]));
        assertThat(answer.path("assignments").get(0).path("shelterId").asString())
                .isEqualTo("other");
    }

    @Test
    void thePublicSeesNobodysNameInTheTransferTable() throws IOException {
        village("a", 1000, 10, Map.of("contact", "示例甲", "phone", "000-1"));
        shelter("s", 1100, 10, Map.of());
        Object answer = world.answer("shelter-assignment", "{'share': 1}");
        assertThat(world.json.valueToTree(answer).toString())
                .doesNotContain("示例甲")
                .doesNotContain("000-1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Process process = world.context.getBean(AssignmentProcess.class);
        process.write(answer, Sheets.EXCEL, out);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            List<Row> rows = book.getFirstSheet().read();
            assertThat(rows.get(0).getCellText(0)).isEqualTo("村（社区）");
            assertThat(rows.get(1).getCellText(6)).isEqualTo("s");
            assertThat(rows.get(1).getCellAsNumber(2).orElseThrow().longValue()).isEqualTo(10);
        }
    }
}
