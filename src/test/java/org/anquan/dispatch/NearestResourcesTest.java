package org.anquan.dispatch;

import static org.anquan.town.Town.lat;
import static org.anquan.town.Town.lon;
import static org.anquan.town.Town.town;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Change;
import org.anquan.catalog.TestCatalogue;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadNetwork;
import org.anquan.problem.ProblemException;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import tools.jackson.databind.JsonNode;

/** The process over a real store, in a small town at 10 m/s. */
class NearestResourcesTest {
    @TempDir
    Path folder;

    private ResourcesWorld world;

    /**
     * A main street from x = -3 000 to 3 000 m, and a detour north of it from x = 1 000 over y = 1 000 to x = 2 000: the
     * detour is 3 000 m where the street is 1 000 m.
     */
    private final RoadNetwork roads = town().road("人民路", -3000, 0)
            .to(0, 0)
            .to(1000, 0)
            .to(2000, 0)
            .to(3000, 0)
            .road("绕城路", 1000, 0)
            .to(1000, 1000)
            .to(2000, 1000)
            .to(2000, 0)
            .network();

    @BeforeEach
    void start() throws IOException {
        world = new ResourcesWorld(folder, () -> roads);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void add(String layer, String id, double x, double y, Object... attributes) {
        world.add(layer, id, x, y, attributes);
    }

    private JsonNode ask(String location, String more) {
        return world.ask(location, more);
    }

    private static String xy(double x, double y) {
        return "[" + lon(x, y) + "," + lat(x, y) + "]";
    }

    private static List<String> ids(JsonNode rows) {
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.path("id").asString("")));
        return ids;
    }

    private ProblemException refused(String location, String more) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> ask(location, more));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void turnoutTravelAndArrivalAreToldAndTheFirstToArriveIsChosen() {
        add("rescue_station", "east", 3000, 0, "stationClass", "first", "staff", 20, "vehicles", 3);
        add("rescue_station", "west", -3000, 0, "stationClass", "volunteer", "staff", 8, "vehicles", 1);
        JsonNode answer = ask(xy(0, 0), ",\"need\":[{\"skill\":\"fire\"}]");
        // East: 60 s turnout of a first-class station, 3 000 m at 10 m/s; west: 300 s of volunteers and as far.
        JsonNode first = answer.path("assignments").get(0);
        assertThat(first.path("id").asString("")).isEqualTo("east");
        assertThat(first.path("turnoutSeconds").asDouble()).isEqualTo(60);
        assertThat(first.path("travelSeconds").asDouble()).isCloseTo(300, within(1.0));
        assertThat(first.path("arrivalSeconds").asDouble()).isCloseTo(360, within(1.0));
        assertThat(first.path("route").path("metres").asDouble()).isCloseTo(3000, within(5.0));
        assertThat(first.path("route").path("steps").get(0).path("text").asString(""))
                .contains("人民路");
        assertThat(answer.path("assignments")).hasSize(1);
        assertThat(ids(answer.path("alternatives"))).containsExactly("west");
        assertThat(answer.path("alternatives").get(0).path("arrivalSeconds").asDouble())
                .isCloseTo(600, within(1.0));
        assertThat(answer.path("metSeconds").asDouble()).isCloseTo(360, within(1.0));
        assertThat(answer.path("unmet")).isEmpty();
        assertThat(answer.path("exact").asBoolean()).isTrue();
    }

    @Test
    void aClosedStreetMakesTheEastLaterByTheDetourAndTheWestComesFirst() {
        add("rescue_station", "east", 3000, 0, "stationClass", "first", "vehicles", 2);
        add("rescue_station", "west", -3000, 0, "stationClass", "first", "vehicles", 2, "turnoutSeconds", 90);
        String need = ",\"need\":[{\"skill\":\"灭火\"}]";
        assertThat(ids(ask(xy(0, 0), need).path("assignments"))).containsExactly("east");
        JsonNode closed = ask(
                xy(0, 0),
                need + ",\"scenario\":{\"closures\":[{\"type\":\"Point\",\"coordinates\":" + xy(1500, 0) + "}]}");
        // East now drives 5 000 m instead of 3 000: 60 + 500 s; west keeps 90 + 300 s.
        assertThat(ids(closed.path("assignments"))).containsExactly("west");
        assertThat(closed.path("alternatives").get(0).path("arrivalSeconds").asDouble())
                .isCloseTo(560, within(1.0));
    }

    @Test
    void anIncidentWhereTheRoadIsCutIsReachedFromEitherSide() {
        add("team", "east", 3000, 0, "kind", "county", "members", 20);
        add("team", "west", 0, 0, "kind", "county", "members", 20);
        // The cut at x = -1 500 on a dead end toward the west: nobody can drive past, all drive up to it.
        JsonNode answer = ask(
                xy(-1500, 0),
                ",\"need\":[{\"skill\":\"search\",\"units\":2}],\"scenario\":{\"closures\":[{\"type\":\"Point\",\"coordinates\":"
                        + xy(-1500, 0) + "}]}");
        assertThat(ids(answer.path("assignments"))).containsExactly("west", "east");
        assertThat(answer.path("place").path("onClosedRoad").asBoolean()).isTrue();
        assertThat(answer.path("assignments").get(0).path("travelSeconds").asDouble())
                .isCloseTo(150, within(2.0));
        assertThat(answer.path("assignments").get(1).path("travelSeconds").asDouble())
                .isCloseTo(450, within(2.0));
        assertThat(answer.path("warnings").toString()).contains("封闭");
    }

    @Test
    void aClosedAreaAroundTheIncidentIsWalkedIntoFromItsEdge() {
        add("team", "east", 3000, 0, "kind", "county", "members", 20);
        String area = "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(-900, -100) + "," + xy(-100, -100) + ","
                + xy(-100, 100) + "," + xy(-900, 100) + "," + xy(-900, -100) + "]]}";
        JsonNode answer =
                ask(xy(-460, 0), ",\"need\":[{\"skill\":\"search\"}],\"scenario\":{\"closures\":[" + area + "]}");
        // 3 100 m by road to the edge at x = -100, then 360 m on foot at 4.5 km/h: 310 + 288 s.
        JsonNode first = answer.path("assignments").get(0);
        assertThat(first.path("walkMetres").asDouble()).isCloseTo(360, within(3.0));
        assertThat(first.path("travelSeconds").asDouble()).isCloseTo(598, within(4.0));
    }

    @Test
    void nobodyWalksOverASlideFurtherOnHoweverLargeTheClosedAreaAtTheIncidentIs() {
        add("team", "east", 3000, 0, "kind", "county", "members", 20);
        add("team", "west", -3000, 0, "kind", "county", "members", 20);
        String slide = "{\"type\":\"Point\",\"coordinates\":" + xy(-150, 0) + "}";
        // The area reaches over the slide 310 m east of the incident, and 300 m to the west.
        String area = "{\"type\":\"Polygon\",\"coordinates\":[[" + xy(-760, -100) + "," + xy(-50, -100) + ","
                + xy(-50, 100) + "," + xy(-760, 100) + "," + xy(-760, -100) + "]]}";
        String need = ",\"need\":[{\"skill\":\"search\"}],\"scenario\":{\"closures\":[";
        for (String closures : List.of(slide, slide + "," + area, area + "," + slide)) {
            JsonNode answer = ask(xy(-460, 0), need + closures + "]}");
            assertThat(ids(answer.path("assignments"))).as(closures).containsExactly("west");
            assertThat(answer.path("alternatives")).as(closures).isEmpty();
            assertThat(answer.path("leftOut").get(0).path("reasonCode").asString(""))
                    .as(closures)
                    .isEqualTo("noWay");
        }
        // 2 240 m by road to the area's edge, 300 m on foot at 4.5 km/h: 224 + 240 s.
        JsonNode answer = ask(xy(-460, 0), need + slide + "," + area + "]}");
        assertThat(answer.path("assignments").get(0).path("travelSeconds").asDouble())
                .isCloseTo(464, within(4.0));
    }

    @Test
    void whatNobodyCanGiveRemainsUnmetAndTheRestIsStillSent() {
        add("rescue_station", "one", 0, 0, "stationClass", "small", "staff", 10, "vehicles", 1);
        add("rescue_station", "two", 1000, 0, "stationClass", "small", "staff", 10, "vehicles", 1);
        JsonNode answer = ask(xy(-1000, 0), ",\"need\":[{\"skill\":\"fire\",\"units\":5},{\"skill\":\"mine\"}]");
        assertThat(ids(answer.path("assignments"))).containsExactly("one", "two");
        assertThat(answer.path("unmet")).hasSize(2);
        JsonNode fire = answer.path("unmet").get(0);
        assertThat(fire.path("units").asInt()).isEqualTo(3);
        assertThat(fire.path("reason").asString("")).contains("灭火").contains("3");
        assertThat(answer.path("unmet").get(1).path("reasonCode").asString("")).isEqualTo("nobody");
        assertThat(answer.path("unmet").get(1).path("reason").asString("")).contains("邻县支援");
        assertThat(answer.path("metSeconds").isNull()).isTrue();
    }

    @Test
    void peopleThatNobodyHasCountedAreNotCountedOn() {
        add("team", "unknown", 0, 0, "kind", "county");
        add("team", "known", 3000, 0, "kind", "county", "members", 12);
        JsonNode answer = ask(xy(0, 0), ",\"need\":[{\"skill\":\"search\",\"people\":10}]");
        assertThat(ids(answer.path("assignments"))).containsExactly("known");
        assertThat(answer.path("warnings").toString()).contains("没有登记人数");
        assertThat(answer.path("alternatives").get(0).path("people").isNull()).isTrue();
    }

    @Test
    void whoIsOutOrOnAMissionOrSwitchedOffIsLeftOutWithTheReason() {
        add("team", "ready", 3000, 0, "kind", "county", "state", "ready");
        add("team", "out", 0, 0, "kind", "county", "state", "out");
        add("team", "off", 0, 0, "kind", "county");
        add("team", "sent", 0, 0, "kind", "county");
        add("team", "gone", 0, 0, "kind", "county", "status", "closed");
        add("mission", "m1", 100, 0, "unitLayer", "team", "unitId", "sent", "status", "underway");
        add("mission", "m2", 100, 0, "unitLayer", "team", "unitId", "ready", "status", "done");
        String question = ",\"need\":[{\"skill\":\"search\"}],\"scenario\":{\"facilities\":{\"off\":[\"off\"]}}";
        Asker officer = new Asker("值班员", java.util.Set.of(Role.DISPATCHER));
        JsonNode[] heard = new JsonNode[1];
        officer.run(() -> heard[0] = ask(xy(0, 0), question));
        JsonNode answer = heard[0];
        assertThat(ids(answer.path("assignments"))).containsExactly("ready");
        assertThat(answer.path("leftOut").toString()).contains("停用，未计入");
        Map<String, String> reasons = new HashMap<>();
        answer.path("leftOut")
                .forEach(one -> reasons.put(
                        one.path("id").asString(""), one.path("reasonCode").asString("")));
        assertThat(reasons)
                .containsOnly(
                        Map.entry("out", "out"),
                        Map.entry("off", "scenario"),
                        Map.entry("sent", "mission"),
                        Map.entry("gone", "outOfService"));
        // Missions are internal: the public is not told of them.
        assertThat(ask(xy(0, 0), question).toString()).doesNotContain("m1");
    }

    /** Three crews of 10 and one of 8 are asked for by number and by heads; what is on its way counts, and only that. */
    @Test
    void whatIsOnItsWayToTheIncidentIsTakenOffTheNeed() {
        add("rescue_station", "first", 0, 0, "stationClass", "first", "staff", 10, "vehicles", 2);
        add("rescue_station", "second", 1000, 0, "stationClass", "first", "staff", 8, "vehicles", 1);
        add("team", "other", 2000, 0, "kind", "county", "members", 30);
        add(
                "mission",
                "m1",
                -1000,
                0,
                "incidentId",
                "e1",
                "unitLayer",
                "rescue_station",
                "unitId",
                "first",
                "status",
                "underway",
                "people",
                7);
        add(
                "mission",
                "m2",
                -1000,
                0,
                "incidentId",
                "e2",
                "unitLayer",
                "team",
                "unitId",
                "other",
                "status",
                "underway");
        add(
                "mission",
                "m3",
                -1000,
                0,
                "incidentId",
                "e1",
                "unitLayer",
                "rescue_station",
                "unitId",
                "second",
                "status",
                "cancelled");
        add("mission", "m4", -1000, 0, "incidentId", "e1", "unitLayer", "team", "unitId", "gone", "status", "onSite");
        String need = ",\"need\":[{\"skill\":\"fire\",\"units\":3,\"people\":12},{\"skill\":\"search\",\"units\":1}]";
        JsonNode[] heard = new JsonNode[2];
        new Asker("值班员", java.util.Set.of(Role.DISPATCHER)).run(() -> {
            heard[0] = ask(xy(-1000, 0), need + ",\"incident\":\"e1\"");
            heard[1] = ask(xy(-1000, 0), need + ",\"incident\":\"e3\"");
        });
        JsonNode fire = heard[0].path("needs").get(0);
        // "first" brings two crews and, as the mission says, 7 of its 10 people: 3 - 2 crews and 12 - 7 people are
        // left.
        assertThat(fire.path("sentUnits").asInt()).isEqualTo(2);
        assertThat(fire.path("sentPeople").asInt()).isEqualTo(7);
        assertThat(fire.path("leftUnits").asInt()).isEqualTo(1);
        assertThat(fire.path("leftPeople").asInt()).isEqualTo(5);
        assertThat(ids(heard[0].path("assignments"))).contains("second").doesNotContain("first", "other");
        assertThat(heard[0].path("warnings").toString()).contains("1 支不在图层中");
        // Another incident: nothing has been sent to it, so one crew and four people are short.
        assertThat(heard[1].path("needs").get(0).path("leftUnits").asInt()).isEqualTo(3);
        assertThat(heard[1].path("unmet").get(0).path("units").asInt()).isEqualTo(2);
        // Whoever may not see missions is told that nothing was taken off.
        assertThat(ask(xy(-1000, 0), need + ",\"incident\":\"e1\"")
                        .path("warnings")
                        .toString())
                .contains("登录");
        assertThat(refused(xy(-1000, 0), ",\"incident\":7").mistakes().get(0).where())
                .isEqualTo("inputs.incident");
    }

    @Test
    void whereAllHasBeenSentNobodyMoreIsChosen() {
        add("team", "one", 0, 0, "kind", "county", "members", 20);
        add("team", "two", 1000, 0, "kind", "county", "members", 20);
        add("mission", "m1", -1000, 0, "incidentId", "e1", "unitLayer", "team", "unitId", "one", "status", "onSite");
        JsonNode[] heard = new JsonNode[1];
        new Asker("值班员", java.util.Set.of(Role.DISPATCHER))
                .run(() -> heard[0] =
                        ask(xy(-1000, 0), ",\"need\":[{\"skill\":\"search\",\"people\":20}],\"incident\":\"e1\""));
        assertThat(heard[0].path("assignments")).isEmpty();
        assertThat(heard[0].path("unmet")).isEmpty();
        assertThat(ids(heard[0].path("alternatives"))).containsExactly("two");
    }

    @Test
    void forcesOfOtherCountiesAreMarkedByTheirCodeOrTheirPlace() {
        world.store
                .edits()
                .apply(
                        TestCatalogue.me("test"),
                        List.of(new Change.Create(
                                "district",
                                "d",
                                GeoJson.FACTORY.createPolygon(new Coordinate[] {
                                    new Coordinate(lon(-2000, -500), lat(-2000, -500)),
                                    new Coordinate(lon(2500, -500), lat(2500, -500)),
                                    new Coordinate(lon(2500, 2000), lat(2500, 2000)),
                                    new Coordinate(lon(-2000, 2000), lat(-2000, 2000)),
                                    new Coordinate(lon(-2000, -500), lat(-2000, -500))
                                }),
                                Map.of("name", "示例区", "adminCode", "510802"))));
        add("team", "byPlace", 3000, 0, "kind", "county");
        add("team", "byCode", 0, 0, "kind", "county", "adminCode", "510812");
        add("team", "own", 1000, 0, "kind", "county");
        JsonNode answer = ask(xy(0, 0), "");
        Map<String, Boolean> outside = new HashMap<>();
        answer.path("alternatives")
                .forEach(one -> outside.put(
                        one.path("id").asString(""), one.path("outside").asBoolean()));
        assertThat(outside)
                .containsOnly(Map.entry("byPlace", true), Map.entry("byCode", true), Map.entry("own", false));
    }

    @Test
    void skillsComeFromTheOwnListElseFromClassAndEquipment() {
        add("team", "listed", 0, 0, "kind", "county", "skills", List.of("水域救援"));
        add("team", "byKind", 0, 0, "kind", "flood");
        add("team", "byEquipment", 0, 0, "kind", "township", "equipment", List.of("冲锋舟"));
        add("team", "none", 0, 0, "kind", "township", "equipment", List.of("油锯"));
        JsonNode answer = ask(xy(0, 0), ",\"need\":[{\"skill\":\"water\",\"units\":3}]");
        assertThat(ids(answer.path("assignments"))).containsExactlyInAnyOrder("listed", "byKind", "byEquipment");
        // Its own list wins over its class: it does no search.
        assertThat(ids(ask(xy(0, 0), ",\"need\":[{\"skill\":\"search\"}]").path("assignments")))
                .isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnceAndUnknownSkillsNameTheKnownOnes() {
        ProblemException refused = refused(
                "[200, 5]",
                ",\"need\":[{\"skill\":\"flying\"},{\"skill\":\"fire\",\"units\":0},{\"skill\":\"mine\",\"people\":-3},{\"skill\":\"fire\"}],"
                        + "\"maxMinutes\":0,\"colour\":1");
        List<String> where =
                refused.mistakes().stream().map(ProblemException.Mistake::where).toList();
        assertThat(where)
                .contains(
                        "inputs.location",
                        "inputs.need[0].skill",
                        "inputs.need[1].units",
                        "inputs.need[2].people",
                        "inputs.need[3].skill",
                        "inputs.maxMinutes",
                        "inputs.colour");
        assertThat(refused.mistakes().toString()).contains("medical").contains("hazmat");
    }

    @Test
    void tooManyNeedsAreRefusedWithTheLimit() {
        String one = "{\"skill\":\"fire\"}";
        ProblemException refused = refused(xy(0, 0), ",\"need\":[" + (one + ",").repeat(15) + one + "]");
        assertThat(refused.mistakes().get(0).what().values()).containsExactly(16, 15);
    }

    @Test
    void anIncidentOffEveryRoadIsRefusedInWords() {
        ProblemException refused = refused(xy(0, 9000), "");
        assertThat(refused.key()).isEqualTo("dispatch.offRoad");
        assertThat(refused.mistakes().get(0).where()).isEqualTo("inputs.location");
        // The corner of the detour at 1 000, 1 000 is nearest: √(1 000² + 8 000²) = 8 062 m.
        assertThat(refused.mistakes().get(0).what().toString())
                .contains("8.1 公里", "东经 %.4f°、北纬 %.4f°".formatted(lon(1000, 1000), lat(1000, 1000)));
    }
}
