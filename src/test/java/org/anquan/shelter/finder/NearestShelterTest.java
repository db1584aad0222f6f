package org.anquan.shelter.finder;

import static org.anquan.shelter.finder.FinderPlace.NOTHING;
import static org.anquan.shelter.finder.FinderPlace.box;
import static org.anquan.shelter.finder.FinderPlace.ids;
import static org.anquan.shelter.finder.FinderPlace.point;
import static org.anquan.shelter.finder.FinderPlace.reasons;
import static org.anquan.shelter.finder.FinderPlace.xy;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Roads at 36 km/h for everybody, 10 m/s; off the roads people walk 4.5 km/h, 1.25 m/s, with a detour of 1.3. */
class NearestShelterTest {
    @TempDir
    Path folder;

    private FinderPlace place;

    @BeforeEach
    void start() {
        place = new FinderPlace(folder);
    }

    @AfterEach
    void stop() {
        place.close();
    }

    /** A street from (0,0) to (2000,0), and a ring north of it from (0,0) over (0,800) and (2000,800) to (2000,0). */
    private static RoadNetwork street() {
        return town().road("前街", 0, 0)
                .to(500, 0)
                .to(1000, 0)
                .to(1500, 0)
                .to(2000, 0)
                .road("后街", 0, 0)
                .to(0, 800)
                .to(2000, 800)
                .to(2000, 0)
                .network();
    }

    @Test
    void withoutRoadsTheNearestInTheStraightLineComesFirstAndTheTimeIsAnEstimate() {
        place.shelter("near", 300, 400);
        place.shelter("far", -900, 1200);
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"flood\",\"people\":3");
        assertThat(ids(answer.path("shelters"))).containsExactly("near", "far");
        JsonNode first = answer.path("shelters").get(0);
        // √(300² + 400²) = 500 m; 500 · 1.3 / 1.25 = 520 s.
        assertThat(first.path("metres").asDouble()).isCloseTo(500, within(2.0));
        assertThat(first.path("seconds").asDouble()).isCloseTo(520, within(2.0));
        assertThat(first.path("freePlaces").asInt()).isEqualTo(100);
        assertThat(first.path("route").path("steps").get(0).path("text").asString(""))
                .isEqualTo("朝东北方向走，直线约 " + Math.round(first.path("metres").asDouble()) + " 米");
        assertThat(answer.path("basis").asString("")).isEqualTo("straight");
        assertThat(answer.path("warnings").toString()).contains("没有路网");
        assertThat(answer.path("inputs").path("people").asInt()).isEqualTo(3);
        assertThat(answer.path("data").path("layers").get(0).path("layer").asString(""))
                .isEqualTo("shelter");
    }

    @Test
    void alongRoadsTheWayCountsAndNotTheStraightLine() {
        place.roads = street();
        // 300 m beside the person across a block, but 800 + 1000 + … by road; the other lies 600 m along the street.
        place.shelter("across", 0, 800);
        place.shelter("along", 600, 0);
        JsonNode answer = place.find(100, 0, "");
        // along: 500 m at 10 m/s = 50 s; across: 100 + 800 m = 90 s.
        assertThat(ids(answer.path("shelters"))).containsExactly("along", "across");
        assertThat(answer.path("shelters").get(0).path("seconds").asDouble()).isCloseTo(50, within(0.5));
        assertThat(answer.path("shelters").get(1).path("seconds").asDouble()).isCloseTo(90, within(0.5));
        assertThat(answer.path("basis").asString("")).isEqualTo("roads");
        assertThat(answer.path("shelters")
                        .get(0)
                        .path("route")
                        .path("steps")
                        .get(0)
                        .path("text")
                        .asString(""))
                .isEqualTo("沿前街向东步行");
    }

    @Test
    void eachRefusalHasItsReason() {
        place.shelter("planned", 10, 0, "status", "planned");
        place.shelter("closed", 20, 0, "status", "closed");
        place.shelter("flooded", 130, 0);
        place.add("flash_flood_zone", "z1", box(100, -50, 200, 50), Map.of("name", "一号沟", "level", "high"));
        place.shelter("unfit", 40, 0, "hazards", List.of("seismic"));
        place.shelter("full", 50, 0, "status", "full");
        place.shelter(
                "crowded",
                60,
                0,
                "status",
                "open",
                "occupancy",
                98,
                "observedAt",
                Instant.now().toString());
        Instant old = Instant.now().minus(Duration.ofDays(4));
        place.shelter("silent", 70, 0, "status", "open", "occupancy", 0, "observedAt", old.toString());
        place.shelter("unsaid", 80, 0, "hazards", NOTHING);
        place.shelter("good", 900, 0);
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"flood\",\"people\":3");
        assertThat(ids(answer.path("shelters"))).containsExactly("good");
        assertThat(reasons(answer))
                .containsExactly(
                        "planned planned",
                        "closed closed",
                        "unfit unfit",
                        "full full",
                        "crowded tooFewPlaces",
                        "silent stale",
                        "unsaid unknownFit",
                        "flooded danger");
        List<String> words = answer.path("refused")
                .valueStream()
                .map(one -> one.path("reasonText").asString(""))
                .toList();
        assertThat(words).contains("不适用于洪涝", "已满", "只剩 2 个位置，不够 3 人", "在洪涝危险区内（山洪危险区：一号沟）", "名册没有写明是否适用于洪涝");
        // For an earthquake the gully is no danger, and the hall that is fit for earthquakes only is offered.
        JsonNode quake = place.find(0, 0, ",\"hazard\":\"地震\",\"people\":1");
        assertThat(ids(quake.path("shelters"))).containsExactly("unfit", "crowded", "flooded");
    }

    @Test
    void onesOfUnknownFitnessAreOfferedWhereNoneIsKnownToBeFit() {
        place.shelter("unsaid", 80, 0, "hazards", NOTHING);
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"fire\"");
        assertThat(ids(answer.path("shelters"))).containsExactly("unsaid");
        assertThat(answer.path("shelters").get(0).path("fit").asString("")).isEqualTo("unknown");
        assertThat(answer.path("warnings").toString()).contains("没有写明");
    }

    @Test
    void unknownIsNotZeroNorFull() {
        place.shelter("bare", 95, 0, "effectiveArea", NOTHING, "perCapita", NOTHING, "status", NOTHING);
        place.shelter("stated", 90, 0, "effectiveArea", NOTHING, "statedCapacity", 40, "status", NOTHING);
        JsonNode answer = place.find(0, 0, ",\"people\":50");
        assertThat(ids(answer.path("shelters"))).containsExactly("bare");
        assertThat(answer.path("shelters").get(0).path("freePlaces").isNull()).isTrue();
        assertThat(answer.path("shelters").get(0).path("asOf").isNull()).isTrue();
        // 40 stated places are not enough for 50; whether they are free nobody knows.
        assertThat(reasons(answer)).containsExactly("stated tooFewPlaces");
    }

    @Test
    void theWayGoesAroundTheDangerWhereThereIsAWayAround() {
        place.roads = street();
        place.shelter("east", 2000, 0);
        place.add("flash_flood_zone", "z1", box(700, -100, 1300, 100), Map.of("name", "一号沟"));
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"flood\"");
        // Around: 800 + 2000 + 800 = 3 600 m, 360 s; straight through 2 000 m.
        assertThat(answer.path("shelters").get(0).path("seconds").asDouble()).isCloseTo(360, within(1.0));
        JsonNode quake = place.find(0, 0, ",\"hazard\":\"seismic\"");
        assertThat(quake.path("shelters").get(0).path("seconds").asDouble()).isCloseTo(200, within(1.0));
    }

    @Test
    void whereEveryWayLeadsThroughDangerTheLeastBadIsNamedWithWhatToDoAndWhomToCall() {
        place.roads = town().road("前街", 0, 0).to(500, 0).to(1000, 0).to(2000, 0).network();
        place.shelter("east", 2000, 0);
        place.add("flash_flood_zone", "z1", box(600, -100, 900, 100), Map.of("name", "一号沟"));
        place.add("township", "t1", box(-5000, -5000, 5000, 5000), Map.of("name", "东坝街道", "dutyPhone", "0839-0000101"));
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"flood\"");
        assertThat(answer.path("shelters")).isEmpty();
        assertThat(reasons(answer)).containsExactly("east wayThroughDanger");
        JsonNode least = answer.path("leastBad");
        assertThat(least.path("shelter").path("id").asString("")).isEqualTo("east");
        // 300 m of the way lie in the gully; looked at every 20 m.
        assertThat(least.path("why").asString("")).matches("去那里要穿过洪涝危险区约 (29|30|31)\\d 米");
        assertThat(least.path("shelter").path("route").path("seconds").asDouble())
                .isCloseTo(200, within(1.0));
        assertThat(answer.path("contact").path("phone").asString("")).isEqualTo("0839-0000101");
        String advice = answer.path("advice").toString();
        assertThat(advice).contains("附近没有找到安全", "不得已时可去“east避难场所”", "高层或屋顶", "东坝街道值班电话 0839-0000101");
    }

    @Test
    void whoStandsInTheDangerIsLedOutOfIt() {
        place.roads = street();
        place.shelter("east", 2000, 0);
        place.add("flash_flood_zone", "z1", box(-100, -100, 300, 100), Map.of("name", "一号沟"));
        JsonNode answer = place.find(100, 0, ",\"hazard\":\"flood\"");
        assertThat(ids(answer.path("shelters"))).containsExactly("east");
        assertThat(answer.path("inDanger").asString("")).isEqualTo("山洪危险区 一号沟");
        assertThat(answer.path("advice").get(0).asString("")).startsWith("您正在洪涝危险区内");
    }

    @Test
    void aCutWayIsToldFromNoWay() {
        place.roads = town().road("前街", 0, 0)
                .to(500, 0)
                .to(1000, 0)
                .road("孤路", 5000, 5000)
                .to(6000, 5000)
                .network();
        place.shelter("east", 1000, 0);
        place.shelter("island", 5500, 5000);
        String cut = ",\"scenario\":{\"closures\":[{\"type\":\"Point\",\"coordinates\":" + xy(250, 0) + "}]}";
        JsonNode answer = place.find(0, 0, cut);
        assertThat(answer.path("shelters")).isEmpty();
        assertThat(reasons(answer)).containsExactly("east wayCut", "island noWay");
        assertThat(ids(place.find(0, 0, "").path("shelters"))).containsExactly("east");
    }

    @Test
    void aFloodedAreaOfTheScenarioRulesOutWhatLiesInItAndADrillIsMarked() {
        place.shelter("wet", 100, 0);
        place.shelter("dry", 400, 0);
        String area = place.json.writeValueAsString(place.json.readTree("{\"type\":\"Polygon\",\"coordinates\":[["
                + xy(50, -50) + "," + xy(150, -50) + "," + xy(150, 50) + "," + xy(50, 50) + "," + xy(50, -50) + "]]}"));
        JsonNode answer = place.find(0, 0, ",\"scenario\":{\"closures\":[" + area + "],\"drill\":true}");
        assertThat(ids(answer.path("shelters"))).containsExactly("dry");
        assertThat(reasons(answer)).containsExactly("wet closedArea");
        assertThat(answer.path("drill").asBoolean()).isTrue();
        assertThat(place.find(0, 0, "").path("drill").asBoolean()).isFalse();
        JsonNode off = place.find(0, 0, ",\"scenario\":{\"facilities\":{\"off\":[\"wet\"]}}");
        assertThat(reasons(off)).containsExactly("wet off");
    }

    @Test
    void farOutAtSeaAndAbroadTheAnswerSaysSo() {
        place.shelter("near", 300, 400);
        JsonNode sea = place.ask("{\"location\":[124.5,30.0],\"hazard\":\"flood\"}");
        assertThat(sea.path("shelters")).isEmpty();
        assertThat(sea.path("advice").get(0).asString("")).contains("公里以外", "海上");
        assertThat(sea.path("advice").toString()).contains("119");
    }

    @Test
    void twoOnOnePointAreBothOffered() {
        place.shelter("one", 300, 400);
        place.shelter("two", 300, 400);
        assertThat(ids(place.find(0, 0, ",\"people\":10000").path("shelters"))).isEmpty();
        assertThat(ids(place.find(0, 0, ",\"people\":60").path("shelters"))).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> place.ask(
                        "{\"location\":[205,30],\"hazard\":\"海啸怪兽\",\"people\":1000000000,\"colour\":\"red\"}"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.mistakes())
                            .extracting(ProblemException.Mistake::where)
                            .containsExactlyInAnyOrder(
                                    "inputs.location", "inputs.hazard", "inputs.people", "inputs.colour");
                    assertThat(problem.getMessage()).contains("地震（seismic）", "最多 10000 人");
                });
        assertThatThrownBy(() -> place.ask("{\"people\":0}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.getMessage()).contains("人数至少为 1", "请给出位置"));
    }

    @Test
    void allFullSendsNobodyInVainButSaysWhatToDo() {
        place.shelter("one", 100, 0, "status", "full");
        place.shelter("two", 100, 0, "occupancy", 100);
        JsonNode answer = place.find(0, 0, ",\"hazard\":\"seismic\"");
        assertThat(answer.path("shelters")).isEmpty();
        assertThat(reasons(answer)).containsExactlyInAnyOrder("one full", "two full");
        assertThat(answer.path("leastBad").path("reason").asString("")).isEqualTo("full");
        assertThat(answer.path("advice").toString()).contains("空旷地");
    }

    @Test
    void noPersonNoTelephoneAndNoNoteIsInTheAnswer() {
        place.shelter("near", 300, 400);
        place.shelter("closed", 20, 0, "status", "closed");
        String all = place.find(0, 0, ",\"hazard\":\"flood\"").toString();
        assertThat(all).doesNotContain("张三丰", "0000-1234567", "manager", "\"phone\"");
    }

    @Test
    void theLinksCarryTheCoordinatesThatTheProgramsExpect() {
        place.shelter("near", 300, 400);
        JsonNode links = place.find(0, 0, "").path("shelters").get(0).path("navigation");
        double[] gcj = {org.anquan.town.Town.lon(300, 400), org.anquan.town.Town.lat(300, 400)};
        org.anquan.geo.Gcj02.fromWgs84(gcj);
        String expected = "to=" + Math.round(gcj[0] * 1e6) / 1e6 + "," + Math.round(gcj[1] * 1e6) / 1e6 + ",";
        assertThat(links.toString()).contains("geo:", expected, "coord_type=bd09ll");
    }

    @Test
    void aCountAtTheDoorIsKnownAtTheNextQuestion() {
        place.shelter("near", 300, 400, "status", "open", "occupancy", 0);
        assertThat(place.find(0, 0, "")
                        .path("shelters")
                        .get(0)
                        .path("freePlaces")
                        .asInt())
                .isEqualTo(100);
        place.patch("near", Map.of("occupancy", 60));
        assertThat(place.find(0, 0, "")
                        .path("shelters")
                        .get(0)
                        .path("freePlaces")
                        .asInt())
                .isEqualTo(40);
    }

    @Test
    void anOldStateIsGreyedOutAndStillOffered() {
        place.shelter(
                "near",
                300,
                400,
                "status",
                "open",
                "observedAt",
                Instant.now().minus(Duration.ofHours(7)).toString());
        JsonNode answer = place.find(0, 0, "");
        assertThat(answer.path("shelters").get(0).path("stale").asBoolean()).isTrue();
        assertThat(answer.path("warnings").toString()).contains("可能已经变化");
        assertThat(point(0, 0)).isNotNull();
    }
}
