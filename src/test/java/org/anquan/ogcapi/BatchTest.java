package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.FeatureDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Several changes to a layer as one change set, over HTTP. */
class BatchTest extends ApiWorld {
    private static final String LAYER = "/ogc/collections/probe_edit";

    @BeforeEach
    void aLayerOfThree() throws IOException {
        Map<String, Object> is = new LinkedHashMap<>();
        is.put("name", "甲");
        is.put("people", 10L);
        is.put("heightM", 1.5);
        is.put("staffed", true);
        is.put("opened", LocalDate.of(2026, 1, 2));
        is.put("hazards", List.of("fire"));
        load(
                "probe_edit",
                List.of(
                        new FeatureDraft("a", wkt("POINT(105.1 32.4)"), is, null),
                        new FeatureDraft("b", wkt("POINT(105.2 32.4)"), Map.of("name", "乙", "people", 20L), null),
                        new FeatureDraft("c", wkt("POINT(105.3 32.4)"), Map.of("name", "丙"), null)));
    }

    private Reply send(String account, String changes) {
        return ask(
                "POST",
                LAYER + "/changes?reason=x",
                "{\"changes\":[" + changes + "]}",
                "Authorization",
                basic(account),
                "Content-Type",
                "application/json");
    }

    private Reply send(String changes) {
        return send(PLANNER, changes);
    }

    private JsonNode properties(String id) {
        return get(LAYER + "/items/" + id, "Authorization", basic(ADMIN)).json().get("properties");
    }

    private static List<String> wheres(Reply reply) {
        List<String> all = new ArrayList<>();
        reply.json().path("mistakes").forEach(one -> all.add(one.path("where").asString("")));
        return all;
    }

    @Test
    void severalRowsAreOneChangeSetAndAreTakenBackTogether() {
        Reply reply = send("""
                {"id": "a", "expect": {"people": 10}, "patch": {"properties": {"people": 99}}},
                {"id": "c", "expect": {"people": null}, "patch": {"properties": {"people": 99}}}""");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(properties("a").get("people").asInt()).isEqualTo(99);
        assertThat(properties("c").get("people").asInt()).isEqualTo(99);
        assertThat(properties("b").get("people").asInt()).as("not named").isEqualTo(20);
        long changeSet = reply.json().get("changeSet").asLong();
        assertThat(reply.header("Anquan-Change-Set")).isEqualTo(Long.toString(changeSet));
        JsonNode counted = get(LAYER + "/changes/" + changeSet, "Authorization", basic(VIEWER))
                .json();
        assertThat(counted.get("updated").asInt()).isEqualTo(2);
        assertThat(counted.get("why").asString()).isEqualTo("x");

        Reply undone = ask("POST", LAYER + "/changes/" + changeSet + "/undo", "", "Authorization", basic(PLANNER));
        assertThat(undone.status()).isEqualTo(200);
        assertThat(properties("a").get("people").asInt()).isEqualTo(10);
        assertThat(properties("c").has("people")
                        && !properties("c").get("people").isNull())
                .isFalse();
    }

    @Test
    void whatIsNoLongerAsTheEditorSawItStopsAllAndIsNamed() {
        Reply reply = send("""
                {"id": "a", "expect": {"people": 10}, "patch": {"properties": {"people": 99}}},
                {"id": "b", "expect": {"people": 19}, "patch": {"properties": {"people": 99}}},
                {"id": "c", "expect": {"people": 0}, "patch": {"properties": {"people": 99}}}""");
        assertThat(reply.status()).isEqualTo(412);
        assertThat(wheres(reply)).containsExactly("changes[1].expect.people", "changes[2].expect.people");
        assertThat(reply.text()).contains("乙", "20");
        assertThat(properties("a").get("people").asInt())
                .as("nothing was saved")
                .isEqualTo(10);
    }

    /** Each as {@code /items} gives it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"staffed": true}        | {"staffed": false}
            {"heightM": 1.5}         | {"heightM": 1.4}
            {"opened": "2026-01-02"} | {"opened": "2026-01-03"}
            {"hazards": ["fire"]}    | {"hazards": ["flood"]}
            {"name": "甲"}            | {"name": "乙"}
            {"keeper": null}         | {"keeper": ""}
            """)
    void everyKindOfValueCanBeWhatWasSeen(String seen, String notSeen) {
        assertThat(send("{\"id\":\"a\",\"expect\":" + notSeen + ",\"patch\":{\"properties\":{\"people\":1}}}")
                        .status())
                .isEqualTo(412);
        assertThat(send("{\"id\":\"a\",\"expect\":" + seen + ",\"patch\":{\"properties\":{\"people\":1}}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theWholeAndTheNewPiecesOfASplitGoTogether() {
        String tag = get(LAYER + "/items/a", "Authorization", basic(PLANNER)).header("ETag");
        String split = "{\"id\":\"a\",\"ifMatch\":" + quoted(tag)
                + ",\"patch\":{\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.11,32.4]}}},"
                + "{\"create\":{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.12,32.4]},"
                + "\"properties\":{\"name\":\"甲二\"}}}";
        Reply reply = send(split);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("ids").size()).isEqualTo(2);
        assertThat(get(LAYER + "/items").json().get("numberMatched").asInt()).isEqualTo(4);
        assertThat(send(split).status()).as("the tag is old now").isEqualTo(412);
        assertThat(get(LAYER + "/items").json().get("numberMatched").asInt()).isEqualTo(4);
    }

    private static String quoted(String tag) {
        return '"' + tag.replace("\"", "\\\"") + '"';
    }

    @Test
    void deletingIsPartOfTheSameSet() {
        Reply reply = send("{\"id\":\"b\",\"expect\":{\"name\":\"乙\"},\"delete\":true}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(get(LAYER + "/items/b").status()).isEqualTo(404);
    }

    @Test
    void allMistakesAreSaidAtOnceWithTheirPlace() {
        Reply reply = send("""
                {"id": "a", "expect": {"people": 10}, "patch": {"properties": {"people": -1, "nonsense": 1}}},
                {"id": "nobody", "expect": {"people": 1}, "patch": {"properties": {"people": 1}}},
                {"id": "b", "expect": {"colour": 1}, "patch": {"properties": {"people": 1}}},
                {"create": {"type": "Feature", "geometry": null, "properties": {}}},
                {"id": "b", "expect": {"people": 20}, "patch": {"properties": {}}, "paint": true}""");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(wheres(reply))
                .contains(
                        "changes[0].patch.properties.people",
                        "changes[0].patch.properties.nonsense",
                        "changes[1].id",
                        "changes[2].expect.colour",
                        "changes[3].create.geometry",
                        "changes[4].paint",
                        "changes[4].id");
        assertThat(properties("a").get("people").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "a", "patch": {"properties": {"people": 1}}}               | 428
            {"id": "a", "expect": {}, "patch": {"properties": {"people": 1}}} | 428
            7                                                                 | 400
            ''                                                                | 400
            """)
    void whatSaysNotWhichStateItMeansIsRefused(String change, int status) {
        assertThat(send(change).status()).isEqualTo(status);
    }

    @Test
    void onlyPlannersChange() {
        String change = "{\"id\":\"a\",\"expect\":{\"people\":10},\"patch\":{\"properties\":{\"people\":1}}}";
        assertThat(send(VIEWER, change).status()).isEqualTo(403);
        assertThat(ask("POST", LAYER + "/changes", "{\"changes\":[" + change + "]}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void moreThanTheLimitIsRefusedWithTheLimit() {
        // The limit of this world is 5.
        String one = "{\"id\":\"a\",\"expect\":{\"people\":10},\"patch\":{\"properties\":{\"people\":1}}}";
        Reply reply = send(String.join(",", List.of(one, one, one, one, one, one)));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).contains("5", "6");
    }
}
