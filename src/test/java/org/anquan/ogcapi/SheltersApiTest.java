package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.FeatureDraft;
import org.anquan.security.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The finder and the state of shelters over HTTP. */
class SheltersApiTest extends ApiWorld {
    private static final String DUTY = "shelter-duty:correct-horse-battery";
    private static final String KEEPER = "shelter-keeper:correct-horse-battery";

    @BeforeEach
    void shelters() throws IOException {
        account(DUTY, Role.DISPATCHER);
        account(KEEPER, Role.KEEPER);
        load(
                "shelter",
                List.of(
                        shelter("s1", "POINT(105.80 32.40)", "南河小学"),
                        shelter("s2", "POINT(105.81 32.40)", "东坝广场"),
                        shelter("s3", "POINT(105.82 32.40)", "雪峰礼堂")));
        load(
                "village",
                List.of(new FeatureDraft(
                        "v1", wkt("POINT(105.80 32.405)"), Map.of("name", "一村", "township", "东坝街道"), null)));
    }

    private void account(String nameAndPassword, Role role) {
        String[] parts = nameAndPassword.split(":");
        if (users.find(parts[0]).isEmpty()) users.add(parts[0], parts[1], Set.of(role));
    }

    private FeatureDraft shelter(String id, String at, String name) {
        return new FeatureDraft(
                id,
                wkt(at),
                Map.of(
                        "name",
                        name,
                        "status",
                        "ready",
                        "effectiveArea",
                        200.0,
                        "perCapita",
                        2.0,
                        "hazards",
                        List.of("flood"),
                        "manager",
                        "张三丰",
                        "phone",
                        "0000-1234567"),
                "{\"备注\":\"后门钥匙在李四处\"}");
    }

    private Reply nearest(String query, String... headers) {
        return get("/api/nearest-shelter?lon=105.80&lat=32.405" + query, headers);
    }

    @Test
    void theShortQuestionAndTheProcessGiveTheSameAnswerInTheAskersLanguage() {
        JsonNode brief =
                nearest("&hazard=flood&people=2", "Accept-Language", "en").json();
        JsonNode full = post(
                        "/ogc/processes/nearest-shelter/execution",
                        "{\"inputs\":{\"location\":[105.80,32.405],\"hazard\":\"flood\",\"people\":2}}",
                        "Accept-Language",
                        "en")
                .json();
        assertThat(brief.path("shelters")).isEqualTo(full.path("shelters"));
        assertThat(brief.path("advice")).isEqualTo(full.path("advice"));
        assertThat(brief.path("advice").toString()).contains("Go uphill");
        assertThat(brief.path("shelters").get(0).path("name").asString("")).isEqualTo("南河小学");
    }

    @Test
    void nobodyNotEvenThePlannerIsToldWhatIsNotPublicHere() {
        for (String account : List.of("", PLANNER)) {
            String[] who = account.isEmpty() ? new String[0] : new String[] {"Authorization", basic(account)};
            for (Reply reply : List.of(
                    nearest("&hazard=flood", who),
                    post(
                            "/ogc/processes/nearest-shelter/execution",
                            "{\"inputs\":{\"location\":[105.80,32.405]}}",
                            who),
                    get("/api/shelters", who),
                    get("/api/shelters/offline", who),
                    get("/shelter/sheet?village=v1", who))) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text()).contains("南河小学");
                assertThat(reply.text()).doesNotContain("张三丰", "0000-1234567", "李四");
            }
        }
    }

    @Test
    void mistakesOfTheShortQuestionAreProblemsWithWords() {
        Reply wrong = get("/api/nearest-shelter?lon=999&hazard=dragon&people=0&color=red");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.header("Content-Type")).startsWith("application/problem+json");
        assertThat(wrong.json().path("mistakes")).hasSize(5);
        assertThat(wrong.text()).contains("缺少纬度", "不认识灾种“dragon”", "人数至少为 1");
        assertThat(nearest("&people=1000000000").text()).contains("最多 10000 人");
        assertThat(nearest("&people=many", "Accept-Language", "en").text()).contains("must be a whole number");
    }

    @Test
    void openingNeedsADutyOfficerCountingAKeeperAndThePublicOnlyLooks() {
        String open = "{\"status\":\"open\",\"event\":\"七月洪水\",\"shelters\":[\"s1\",\"s2\"]}";
        assertThat(post("/api/shelters/state", open).status()).isEqualTo(401);
        assertThat(post("/api/shelters/state", open, "Authorization", basic(KEEPER))
                        .status())
                .isEqualTo(403);
        assertThat(post("/api/shelters/state", open, "Authorization", basic(VIEWER))
                        .status())
                .isEqualTo(403);
        Reply opened = post("/api/shelters/state", open, "Authorization", basic(DUTY));
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.json().path("changed")).hasSize(2);
        String in = "{\"in\":4,\"key\":\"abcdef-0001\"}";
        assertThat(post("/api/shelters/s1/count", in).status()).isEqualTo(401);
        for (int twice = 0; twice < 2; twice++)
            assertThat(post("/api/shelters/s1/count", in, "Authorization", basic(KEEPER))
                            .json()
                            .path("occupancy")
                            .asInt())
                    .isEqualTo(4);
        JsonNode row = get("/api/shelters?q=南河").json().path("shelters").get(0);
        assertThat(row.path("occupancy").asInt()).isEqualTo(4);
        assertThat(row.path("freePlaces").asInt()).isEqualTo(96);
        assertThat(nearest("").json().path("shelters").get(0).path("status").asString(""))
                .isEqualTo("open");
        // Who and when stand in the history, for those who are signed in.
        Reply history = get("/ogc/collections/shelter/items/s1/history", "Authorization", basic(VIEWER));
        assertThat(history.text()).contains("shelter-keeper", "登记：进 4 人", "七月洪水");
        // Nothing else was counted since at s2: taking back names s1, whose count moved on.
        long changeSet = opened.json().path("changeSet").asLong();
        Reply undone = post("/api/shelters/state/" + changeSet + "/undo", "", "Authorization", basic(DUTY));
        assertThat(undone.status()).isEqualTo(409);
        Reply closed = post(
                "/api/shelters/state",
                "{\"status\":\"ready\",\"filter\":\"status = 'open'\"}",
                "Authorization",
                basic(DUTY));
        assertThat(closed.json().path("warnings").toString()).contains("登记的还有 4 人");
        assertThat(get("/api/shelters/events").json().get(0).path("endedAt").isNull())
                .isFalse();
    }

    @Test
    void whatIsOpenIsListedWithItsPlaceWhetherItIsStaleAndWithNobodysAccount() {
        post(
                "/api/shelters/state",
                "{\"status\":\"open\",\"event\":\"秋季演练\",\"drill\":true,\"shelters\":[\"s2\"]}",
                "Authorization",
                basic(DUTY));
        JsonNode told = get("/api/shelters?active=true").json();
        assertThat(told.path("shelters")).hasSize(1);
        JsonNode row = told.path("shelters").get(0);
        assertThat(row.path("id").asString("")).isEqualTo("s2");
        assertThat(row.path("lon").asDouble()).isEqualTo(105.81);
        assertThat(row.path("lat").asDouble()).isEqualTo(32.40);
        assertThat(row.path("stale").asBoolean()).isFalse();
        assertThat(row.path("drill").asBoolean()).isTrue();
        assertThat(told.path("drill").asBoolean()).isTrue();
        assertThat(told.path("staleAfterHours").asDouble()).isEqualTo(6);
        // Seven hours without news.
        String earlier = Instant.now().minusSeconds(7 * 3600).toString();
        String item = "/ogc/collections/shelter/items/s2";
        Reply patched = ask(
                "PATCH",
                item,
                "{\"properties\":{\"stateAt\":\"" + earlier + "\"}}",
                "Authorization",
                basic(PLANNER),
                "Content-Type",
                "application/merge-patch+json",
                "If-Match",
                get(item, "Authorization", basic(PLANNER)).header("ETag"));
        assertThat(patched.status()).as(patched.text()).isLessThan(300);
        assertThat(get("/api/shelters?active=true")
                        .json()
                        .path("shelters")
                        .get(0)
                        .path("stale")
                        .asBoolean())
                .isTrue();
        assertThat(get("/api/shelters/s2/count").json().path("stale").asBoolean())
                .isTrue();
        for (String address : List.of("/api/shelters", "/api/shelters/events"))
            assertThat(get(address).text()).contains("秋季演练").doesNotContain("shelter-duty");
        assertThat(get("/api/shelters?active=maybe").status()).isEqualTo(400);
        post("/api/shelters/state", "{\"status\":\"ready\",\"shelters\":[\"s2\"]}", "Authorization", basic(DUTY));
    }

    @Test
    void aListIsTakenAltogetherOrNotAtAllAndNeverWithNamesOfPeople() {
        String[] who = {"Authorization", basic(KEEPER), "Content-Type", "text/csv;charset=UTF-8"};
        Reply taken = ask("POST", "/api/shelters/counts", "避难场所,人数\ns1,12\n东坝广场，7\n", who);
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        assertThat(get("/api/shelters?q=东坝")
                        .json()
                        .path("shelters")
                        .get(0)
                        .path("occupancy")
                        .asInt())
                .isEqualTo(7);
        Reply names = ask("POST", "/api/shelters/counts", "避难场所,人数,姓名\ns1,1,王五\n", who);
        assertThat(names.status()).isEqualTo(400);
        assertThat(names.text()).contains("不要上传姓名");
        Reply unknown = ask("POST", "/api/shelters/counts", "s1,20\n某处,三\nnowhere,3\n", who);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(get("/api/shelters/s1/count").json().path("occupancy").asInt())
                .isEqualTo(12);
    }

    @Test
    void theSheetOfAVillageHasItsSheltersItsWaysAndACodeForThePhone() {
        String sheet = get("/shelter/sheet?village=v1").text();
        assertThat(sheet).contains("一村", "南河小学", "东坝广场", "<svg", "步行");
        assertThat(sheet).doesNotContain("<script");
        assertThat(get("/shelter/sheet?township=东坝街道").text()).contains("一村");
        Reply none = get("/shelter/sheet?village=nowhere", "Accept", "application/json");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text()).contains("nowhere");
        assertThat(get("/shelter").text()).contains("找最近的避难场所");
        assertThat(get("/shelter/keeper").text()).contains("避难场所人数登记");
    }

    @Test
    void whatThePhoneKeepsSaysWhyAShelterIsOut() {
        JsonNode pack = get("/api/shelters/offline?lon=105.8&lat=32.4").json();
        assertThat(pack.path("shelters")).hasSize(3);
        JsonNode first = pack.path("shelters").get(0);
        assertThat(first.path("refused").path("seismic").asString("")).isEqualTo("unfit");
        assertThat(first.path("refused").has("flood")).isFalse();
        assertThat(pack.path("advice").path("flood").path("onTheSpot")).isNotEmpty();
        assertThat(pack.path("madeAt").asString("")).isNotBlank();
    }
}
