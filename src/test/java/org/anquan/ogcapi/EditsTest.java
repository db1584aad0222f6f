package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Title;
import org.anquan.security.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Edits of features over HTTP, their history, and taking them back. */
class EditsTest extends ApiWorld {
    private static final String LAYER = "/ogc/collections/probe_edit";
    private static final String ITEMS = LAYER + "/items";
    private static final String GEOJSON = "application/geo+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String DISPATCHER = "dispatcher:correct-horse-battery";

    @BeforeEach
    void aLayerOfTwo() throws IOException {
        if (users.find("dispatcher").isEmpty())
            users.add("dispatcher", "correct-horse-battery", Set.of(Role.DISPATCHER));
        Map<String, Object> is = new LinkedHashMap<>();
        is.put("name", "甲");
        is.put("people", 10L);
        is.put("heightM", 1.5);
        is.put("staffed", true);
        is.put("hazards", List.of("fire"));
        is.put("keeper", "张三");
        load(
                "probe_edit",
                List.of(
                        new FeatureDraft("a", wkt("POINT(105.123456789 32.4)"), is, "{\"rot\":1}"),
                        new FeatureDraft("b", wkt("POINT(105.2 32.4)"), Map.of("name", "乙"), null)));
    }

    private Reply edit(String account, String method, String path, String body, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", basic(account), "Content-Type", GEOJSON));
        headers.addAll(List.of(more));
        return ask(method, path, body, headers.toArray(String[]::new));
    }

    private Reply see(String path) {
        return get(path, "Authorization", basic(ADMIN));
    }

    private String etag(String id) {
        return see(ITEMS + "/" + id).header("ETag");
    }

    private static String feature(String id, String geometry, String properties) {
        return "{\"type\":\"Feature\"," + (id.isEmpty() ? "" : "\"id\":\"" + id + "\",") + "\"geometry\":" + geometry
                + ",\"properties\":" + properties + "}";
    }

    private static String at(double lon, double lat) {
        return "{\"type\":\"Point\",\"coordinates\":[" + lon + "," + lat + "]}";
    }

    private long version() {
        return get(LAYER).json().path("version").asLong();
    }

    private static List<String> wrongs(Reply reply) {
        List<String> all = new ArrayList<>();
        reply.json().path("mistakes").forEach(one -> all.add(one.path("where").asString("")));
        return all;
    }

    // The verbs

    @Test
    void aPlannerCreatesAFeatureAndFindsItWhereItIsSaidToBe() {
        long before = version();
        Reply made = edit(
                PLANNER,
                "POST",
                ITEMS,
                feature("", at(105.5, 32.5), "{\"name\":\"新\",\"people\":7,\"staffed\":false}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        Reply there = see(made.header("Location"));
        assertThat(there.json().path("properties").path("people").asInt()).isEqualTo(7);
        assertThat(there.json().path("properties").path("staffed").asBoolean(true))
                .isFalse();
        assertThat(there.json()).isEqualTo(made.json());
        assertThat(version()).isEqualTo(before + 1);
        assertThat(layers.snapshot("probe_edit").features()).hasSize(3);
        // The tag that came with the creation is good for the next edit.
        Reply next = edit(
                PLANNER,
                "PATCH",
                made.header("Location"),
                "{\"properties\":{\"people\":8}}",
                "If-Match",
                made.header("ETag"));
        assertThat(next.status()).as(next.text()).isEqualTo(200);
    }

    @Test
    void aCollectionIsOneChangeSetOrNothing() {
        String good = feature("c", at(105.5, 32.5), "{\"name\":\"丙\"}");
        String head = "{\"type\":\"FeatureCollection\",\"features\":[";
        Reply made = edit(PLANNER, "POST", ITEMS, head + good + "," + good.replace("\"c\"", "\"d\"") + "]}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("ids").toString()).isEqualTo("[\"c\",\"d\"]");
        JsonNode set = see(made.header("Location")).json();
        assertThat(set.path("created").asInt()).isEqualTo(2);
        assertThat(set.path("number").asLong())
                .isEqualTo(made.json().path("changeSet").asLong());

        long before = version();
        Reply bad = edit(
                PLANNER,
                "POST",
                ITEMS,
                head + good.replace("\"c\"", "\"e\"") + ","
                        + feature("f", at(200, 32), "{\"people\":-1,\"peopel\":3}") + ","
                        + feature("e", "null", "{\"name\":\"x\",\"hazards\":[\"war\"]}") + ",7]}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(wrongs(bad))
                .containsExactlyInAnyOrder(
                        "features[1].geometry",
                        "features[1].properties.name",
                        "features[1].properties.people",
                        "features[1].properties.peopel",
                        "features[2].geometry",
                        "features[2].properties.hazards",
                        "features[3]");
        Reply many =
                edit(PLANNER, "POST", ITEMS, head + String.join(",", java.util.Collections.nCopies(6, good)) + "]}");
        assertThat(many.status()).isEqualTo(413);
        assertThat(many.json().path("detail").asString("")).contains("6").contains("5");
        Reply taken = edit(PLANNER, "POST", ITEMS, feature("a", at(1, 1), "{\"name\":\"x\"}"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void aReplacementTakesAwayWhatItDoesNotNameAndAnAnswerSentBackMovesNothing() {
        JsonNode whole = see(ITEMS + "/a").json();
        Reply same = edit(PLANNER, "PUT", ITEMS + "/a", whole.toString(), "If-Match", etag("a"));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(layers.get("probe_edit", "a").orElseThrow().geometry().getCoordinate().x)
                .as("nine decimals, of which an answer shows seven")
                .isEqualTo(105.123456789);
        Reply put = edit(
                PLANNER,
                "PUT",
                ITEMS + "/a",
                feature("a", at(105.3, 32.4), "{\"name\":\"甲二\",\"people\":11}"),
                "If-Match",
                etag("a"));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.header("ETag")).isEqualTo(etag("a"));
        assertThat(known(see(ITEMS + "/a").json())).isEqualTo("{\"name\":\"甲二\",\"people\":11}");
        assertThat(see(ITEMS + "/a").json().path("geometry").path("coordinates").toString())
                .isEqualTo("[105.3,32.4]");
    }

    /** What is known of a feature; the rest is said as null. */
    private static String known(JsonNode feature) {
        ObjectNode properties = (ObjectNode) feature.path("properties").deepCopy();
        properties.removeIf(JsonNode::isNull);
        return properties.toString();
    }

    @Test
    void aMergePatchChangesWhatItNamesAndNullMakesUnknown() {
        Reply patch = edit(
                PLANNER,
                "PATCH",
                ITEMS + "/a",
                "{\"properties\":{\"people\":12,\"heightM\":null,\"hazards\":[\"flood\"]}}",
                "Content-Type",
                MERGE,
                "If-Match",
                etag("a"));
        assertThat(patch.status()).as(patch.text()).isEqualTo(200);
        assertThat(patch.json().path("properties").path("heightM").isNull()).isTrue();
        assertThat(known(patch.json()))
                .isEqualTo("{\"name\":\"甲\",\"people\":12,\"staffed\":true,\"hazards\":[\"flood\"],\"keeper\":\"张三\"}");
        Reply moved = edit(PLANNER, "PATCH", ITEMS + "/a", "{\"geometry\":" + at(105, 32) + "}", "If-Match", etag("a"));
        assertThat(moved.json().path("geometry").path("coordinates").toString()).isEqualTo("[105.0,32.0]");
        assertThat(moved.json().path("properties").path("people").asInt()).isEqualTo(12);
    }

    @Test
    void aDeletedFeatureIsGoneAndWhoeverEditsItIsToldWhoDeletedIt() {
        String tag = etag("a");
        Reply gone = edit(PLANNER, "DELETE", ITEMS + "/a", "", "If-Match", tag);
        assertThat(gone.status()).as(gone.text()).isEqualTo(204);
        assertThat(gone.header("Anquan-Change-Set")).isNotEmpty();
        assertThat(see(ITEMS + "/a").status()).isEqualTo(404);
        Reply late = edit(ADMIN, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":1}}", "If-Match", tag);
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.json().path("detail").asString("")).contains("规划员").contains("删除");
    }

    // On which state

    @Test
    void theSecondOfTwoEditorsIsToldWhoWasFirstAndWhatChanged() {
        String both = etag("a");
        assertThat(edit(
                                PLANNER,
                                "PATCH",
                                ITEMS + "/a?reason=%E7%82%B9%E5%90%8D",
                                "{\"properties\":{\"people\":20}}",
                                "If-Match",
                                both)
                        .status())
                .isEqualTo(200);
        for (String method : List.of("PATCH", "PUT", "DELETE")) {
            Reply stale =
                    edit(ADMIN, method, ITEMS + "/a", feature("a", at(1, 1), "{\"name\":\"别的\"}"), "If-Match", both);
            assertThat(stale.status()).as(method).isEqualTo(412);
            assertThat(stale.json().path("detail").asString("")).contains("规划员").contains("点名");
            assertThat(wrongs(stale)).containsExactly("properties.people");
            assertThat(stale.json().path("mistakes").get(0).path("what").asString(""))
                    .contains("10")
                    .contains("20");
        }
        assertThat(see(ITEMS + "/a").json().path("properties").path("name").asString(""))
                .isEqualTo("甲");
        Reply anyhow = edit(ADMIN, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":30}}", "If-Match", "*");
        assertThat(anyhow.status()).isEqualTo(200);
    }

    @Test
    void anImportThatReplacesTheLayerMakesAnOldTagStaleThoughVersionsStartAnew() throws IOException {
        String old = etag("a");
        load("probe_edit", List.of(new FeatureDraft("a", wkt("POINT(1 2)"), Map.of("name", "另一个"), null)));
        assertThat(layers.get("probe_edit", "a").orElseThrow().version()).isEqualTo(1);
        Reply stale = edit(PLANNER, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":1}}", "If-Match", old);
        assertThat(stale.status()).isEqualTo(412);
    }

    @Test
    void anEditThatDoesNotSayOnWhichStateIsRefused() {
        for (String method : List.of("PATCH", "PUT", "DELETE")) {
            Reply reply = edit(PLANNER, method, ITEMS + "/a", feature("a", at(1, 1), "{\"name\":\"x\"}"));
            assertThat(reply.status()).as(method).isEqualTo(428);
            assertThat(reply.json().path("help").asString("")).contains("If-Match");
        }
    }

    // Bodies

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Reply put = edit(
                PLANNER,
                "PUT",
                ITEMS + "/a",
                "{\"type\":\"Thing\",\"id\":\"z\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]},"
                        + "\"propertys\":{},\"properties\":{\"people\":\"约300\",\"colour\":\"red\",\"opened\":\"2026\",\"staffed\":{}}}",
                "If-Match",
                etag("a"));
        assertThat(put.status()).isEqualTo(400);
        assertThat(wrongs(put))
                .containsExactlyInAnyOrder(
                        "type",
                        "id",
                        "geometry",
                        "propertys",
                        "properties.name",
                        "properties.people",
                        "properties.colour",
                        "properties.opened",
                        "properties.staffed");
        Reply patch = edit(
                PLANNER,
                "PATCH",
                ITEMS + "/a",
                "{\"geometry\":null,\"properties\":{\"name\":null,\"people\":1.5}}",
                "If-Match",
                etag("a"));
        assertThat(wrongs(patch)).containsExactlyInAnyOrder("geometry", "properties.name", "properties.people");
        for (String body : List.of("", "{", "7", "[]", "{\"type\":\"FeatureCollection\"}", "null"))
            assertThat(edit(PLANNER, "POST", ITEMS, body).status()).as(body).isEqualTo(400);
        assertThat(edit(PLANNER, "POST", ITEMS, "<x/>", "Content-Type", "text/xml")
                        .status())
                .isEqualTo(415);
        assertThat(edit(PLANNER, "POST", ITEMS, "{}", "Content-Crs", "<http://www.opengis.net/def/crs/EPSG/0/4326>")
                        .status())
                .isEqualTo(400);
        assertThat(wrongs(edit(PLANNER, "POST", ITEMS + "?reasons=x", feature("", at(1, 1), "{\"name\":\"x\"}"))))
                .containsExactly("reasons");
    }

    // Who may

    @ParameterizedTest
    @CsvSource({"POST, ''", "PUT, /a", "PATCH, /a", "DELETE, /a"})
    void onlyPlannersAndAdministratorsWrite(String method, String path) {
        long before = version();
        String body = feature("", at(1, 1), "{\"name\":\"x\"}");
        assertThat(ask(method, ITEMS + path, body, "Content-Type", GEOJSON, "If-Match", "*")
                        .status())
                .isEqualTo(401);
        for (String account : List.of(VIEWER, DISPATCHER))
            assertThat(edit(account, method, ITEMS + path, body, "If-Match", "*")
                            .status())
                    .as(account)
                    .isEqualTo(403);
        assertThat(version()).isEqualTo(before);
        for (String account : List.of(PLANNER, ADMIN)) {
            Reply reply = edit(
                    account,
                    method,
                    ITEMS + path.replace("a", account.equals(ADMIN) ? "b" : "a"),
                    body,
                    "If-Match",
                    "*");
            assertThat(reply.status()).as(account + reply.text()).isIn(200, 201, 204);
        }
    }

    @Test
    void theHistoryIsForAccountsAndUndoForThoseWhoMayWrite() {
        for (String path : List.of(ITEMS + "/a/history", LAYER + "/changes", LAYER + "/changes/1"))
            for (String method : List.of("GET", "HEAD"))
                assertThat(ask(method, path, null).status()).as(path).isEqualTo(401);
        assertThat(get(ITEMS + "/a/history", "Authorization", basic(VIEWER)).status())
                .isEqualTo(200);
        assertThat(get(LAYER + "/changes", "Authorization", basic(VIEWER)).status())
                .isEqualTo(200);
        assertThat(ask("POST", LAYER + "/changes/1/undo", "").status()).isEqualTo(401);
        assertThat(edit(VIEWER, "POST", LAYER + "/changes/1/undo", "").status()).isEqualTo(403);
        assertThat(get("/ogc/collections/probe_nothing/changes", "Authorization", basic(VIEWER))
                        .status())
                .isEqualTo(404);
    }

    // History

    @Test
    void aNumberIsSaidAsPeopleWriteIt() {
        AttributeDefinition area = new AttributeDefinition(
                "area",
                new Title("面积", "Area"),
                AttributeType.NUMBER,
                "m²",
                List.of(),
                null,
                null,
                false,
                Sensitivity.PUBLIC,
                null,
                List.of());
        assertThat(ItemsController.words(area, 1000.0)).isEqualTo("1000");
        assertThat(ItemsController.words(area, 12_345_678.5)).isEqualTo("12345678.5");
        assertThat(ItemsController.words(area, 0.00001)).isEqualTo("0.00001");
    }

    @Test
    void theHistorySaysWhoWhenWhyAndWhatNewestFirst() {
        edit(
                PLANNER,
                "PATCH",
                ITEMS + "/a",
                "{\"geometry\":" + at(105, 32) + ",\"properties\":{\"people\":12,\"staffed\":false,\"keeper\":\"李四\"}}",
                "If-Match",
                etag("a"),
                "Anquan-Reason",
                "%E4%BA%BA%E5%8F%A3%2B%E6%A0%B8%E5%AE%9E");
        JsonNode all = see(ITEMS + "/a/history").json();
        JsonNode last = all.path("history").get(0);
        assertThat(last.path("who").asString("")).isEqualTo("规划员");
        assertThat(last.path("why").asString("")).isEqualTo("人口+核实");
        assertThat(last.path("operation").asString("")).isEqualTo("update");
        assertThat(last.path("at").asString("")).startsWith("20").endsWith("Z");
        assertThat(last.path("geometryChanged").asBoolean()).isTrue();
        assertThat(last.path("changeSet").asLong()).isPositive();
        List<String> changed = new ArrayList<>();
        last.path("changes")
                .forEach(one -> changed.add(one.path("attribute").asString("") + " "
                        + one.path("beforeText").asString("") + " → "
                        + one.path("afterText").asString("")));
        assertThat(changed).containsExactly("people 10 人 → 12 人", "staffed 是 → 否", "keeper 张三 → 李四");
        assertThat(last.path("changes").get(1).path("before").asBoolean()).isTrue();
        JsonNode load = all.path("history").get(1);
        assertThat(load.path("operation").asString("")).isEqualTo("load");
        assertThat(load.path("changes").get(0).path("after").asString("")).isEqualTo("甲");

        String forViewer =
                get(ITEMS + "/a/history", "Authorization", basic(VIEWER)).text();
        assertThat(forViewer).contains("people").doesNotContain("keeper").doesNotContain("张三");
        JsonNode sets = see(LAYER + "/changes?limit=1").json().path("changes");
        assertThat(sets.size()).isEqualTo(1);
        assertThat(sets.get(0).path("updated").asInt()).isEqualTo(1);
        assertThat(sets.get(0).path("why").asString("")).isEqualTo("人口+核实");
        assertThat(see(LAYER + "/changes?limit=x").status()).isEqualTo(400);
    }

    // Undo

    private Reply undo(String changeSet) {
        return edit(PLANNER, "POST", LAYER + "/changes/" + changeSet + "/undo", "");
    }

    private String done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 204);
        return reply.header("Anquan-Change-Set");
    }

    @Test
    void editsAreTakenBackOneAfterTheOther() {
        JsonNode first = see(ITEMS + "/a").json();
        String people =
                done(edit(PLANNER, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":12}}", "If-Match", etag("a")));
        String place =
                done(edit(PLANNER, "PATCH", ITEMS + "/a", "{\"geometry\":" + at(105, 32) + "}", "If-Match", etag("a")));
        String deleted = done(edit(ADMIN, "DELETE", ITEMS + "/a", "", "If-Match", etag("a")));
        String made = done(edit(ADMIN, "POST", ITEMS, feature("n", at(105, 32), "{\"name\":\"新\"}")));
        long before = version();

        done(undo(made));
        assertThat(see(ITEMS + "/n").status()).isEqualTo(404);
        done(undo(deleted));
        assertThat(see(ITEMS + "/a").json().path("properties").path("people").asInt())
                .isEqualTo(12);
        assertThat(layers.get("probe_edit", "a").orElseThrow().version())
                .as("a new version, not one that somebody may still hold")
                .isEqualTo(4);
        done(undo(place));
        done(undo(people));
        assertThat(see(ITEMS + "/a").json()).isEqualTo(first);
        assertThat(version()).isEqualTo(before + 4);
        JsonNode last = see(ITEMS + "/a/history").json().path("history").get(0);
        assertThat(last.path("why").asString("")).contains(people);
        assertThat(last.path("who").asString("")).isEqualTo("规划员");
        assertThat(undo("999999").status()).isEqualTo(404);
    }

    @Test
    void whatWasChangedAgainSinceIsNotTakenBackAndTheFeaturesAreNamed() {
        String first =
                done(edit(PLANNER, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":12}}", "If-Match", etag("a")));
        String second =
                done(edit(ADMIN, "PATCH", ITEMS + "/a", "{\"properties\":{\"people\":13}}", "If-Match", etag("a")));
        long before = version();
        Reply refused = undo(first);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(wrongs(refused)).containsExactly("a");
        assertThat(refused.json().path("mistakes").get(0).path("what").asString(""))
                .contains("admin")
                .contains(second);
        assertThat(version()).isEqualTo(before);
        assertThat(see(ITEMS + "/a").json().path("properties").path("people").asInt())
                .isEqualTo(13);
    }

    @Test
    void anImportIsTakenBackAndWhatItReplacedComesBack() throws IOException {
        JsonNode first = see(ITEMS + "/a").json();
        edits.load(new ChangeContext("管理员", "花名册"), "probe_edit", LoadMode.REPLACE, sink -> {
            sink.add(new FeatureDraft("a", wkt("POINT(1 2)"), Map.of("name", "另一个"), null));
            sink.add(new FeatureDraft("x", wkt("POINT(1 3)"), Map.of("name", "某"), null));
        });
        JsonNode set = see(LAYER + "/changes").json().path("changes").get(0);
        assertThat(set.path("loaded").asInt()).isEqualTo(2);
        assertThat(set.path("deleted").asInt()).isEqualTo(2);
        String number = set.path("number").asString();

        String edited =
                done(edit(PLANNER, "PATCH", ITEMS + "/x", "{\"properties\":{\"people\":3}}", "If-Match", etag("x")));
        Reply refused = undo(number);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(wrongs(refused)).containsExactly("x");
        assertThat(see(ITEMS).ids()).containsExactly("a", "x");

        done(undo(edited));
        String deleted = done(edit(PLANNER, "DELETE", ITEMS + "/x", "", "If-Match", etag("x")));
        done(undo(deleted));
        done(undo(number));
        assertThat(see(ITEMS).ids()).containsExactly("a", "b");
        assertThat(see(ITEMS + "/a").json()).isEqualTo(first);
        assertThat(get(LAYER).json().path("itemCount").asInt()).isEqualTo(2);
        assertThat(see(ITEMS + "?bbox=105.1,32.3,105.3,32.5").ids()).containsExactly("a", "b");
    }

    @Test
    void anAddedImportIsTakenBackAndTheRestStays() throws IOException {
        edits.load(
                new ChangeContext("管理员", "补充"),
                "probe_edit",
                LoadMode.APPEND,
                sink -> sink.add(new FeatureDraft("x", wkt("POINT(1 3)"), Map.of("name", "某"), null)));
        String number = see(LAYER + "/changes")
                .json()
                .path("changes")
                .get(0)
                .path("number")
                .asString();
        done(edit(PLANNER, "PATCH", ITEMS + "/b", "{\"properties\":{\"people\":3}}", "If-Match", etag("b")));
        String undone = done(undo(number));
        assertThat(see(ITEMS).ids()).containsExactly("a", "b");
        // And the taking back can be taken back.
        done(undo(undone));
        assertThat(see(ITEMS).ids()).containsExactly("a", "b", "x");
    }

    @Test
    void theStandardsClassesAndTheOperationsAreDeclared() {
        assertThat(get("/ogc/conformance").text())
                .contains("ogcapi-features-4/1.0/conf/create-replace-delete")
                .contains("ogcapi-features-4/1.0/conf/optimistic-locking-etags");
        JsonNode paths = get("/ogc/api").json().path("paths");
        assertThat(paths.path("/collections/probe_edit/items/{featureId}").propertyNames())
                .contains("get", "put", "patch", "delete");
        assertThat(paths.path("/collections/probe_edit/items/{featureId}/history")
                        .has("get"))
                .isTrue();
        assertThat(paths.path("/collections/probe_edit/changes/{changeSet}/undo")
                        .has("post"))
                .isTrue();
    }
}
