package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.anquan.security.Role;
import org.junit.jupiter.api.Test;

class ScenariosApiTest extends ApiWorld {
    private static final String DUTY = "duty:correct-horse-battery";

    private Reply put(String name, String json, String account, String... more) {
        String[] headers = new String[4 + more.length];
        headers[0] = "Authorization";
        headers[1] = basic(account);
        headers[2] = "Content-Type";
        headers[3] = "application/json";
        System.arraycopy(more, 0, headers, 4, more.length);
        return ask("PUT", "/api/scenarios/" + name, json, headers);
    }

    @Test
    void nowIsAlwaysThereAndEmptyAtFirst() {
        Reply now = get("/api/scenarios/now");
        assertThat(now.status()).isEqualTo(200);
        assertThat(now.json().path("state").asString("")).isEqualTo("valid");
        assertThat(get("/api/scenarios")
                        .json()
                        .path("scenarios")
                        .get(0)
                        .path("name")
                        .asString(""))
                .isEqualTo("now");
    }

    @Test
    void whoSavesSecondOnAnOldStateIsStoppedAndToldByWhom() {
        Reply first =
                put("flood-1", "{\"title\":\"洪水\",\"reason\":\"预案\",\"closures\":[{\"roads\":[\"w1\"]}]}", PLANNER);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("author").asString("")).isEqualTo("规划员");
        assertThat(first.json().path("version").asInt()).isEqualTo(1);
        assertThat(put("flood-1", "{}", PLANNER).status()).isEqualTo(428);
        Reply second = put("flood-1", "{\"title\":\"洪水二\"}", ADMIN, "If-Match", first.header("ETag"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("version").asInt()).isEqualTo(2);
        Reply stale = put("flood-1", "{}", PLANNER, "If-Match", first.header("ETag"));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().path("detail").asString("")).contains("admin");
        Reply read = get("/api/scenarios/flood-1");
        assertThat(read.json().path("title").asString("")).isEqualTo("洪水二");
        assertThat(read.header("ETag")).isEqualTo(second.header("ETag"));
        // What was read can be sent back as it is.
        assertThat(put("flood-1", read.text(), PLANNER, "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(ask("DELETE", "/api/scenarios/flood-1", null, "Authorization", basic(PLANNER))
                        .status())
                .isEqualTo(428);
        assertThat(ask("DELETE", "/api/scenarios/flood-1", null, "Authorization", basic(PLANNER), "If-Match", "*")
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/scenarios/flood-1").status()).isEqualTo(404);
        // A tag of the deleted one does not fit one made anew.
        Reply anew = put("flood-1", "{}", PLANNER);
        assertThat(anew.status()).isEqualTo(201);
        assertThat(anew.header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void onlyThoseOnDutyWriteAndEverybodyReads() {
        if (users.find("duty").isEmpty()) users.add("duty", "correct-horse-battery", Set.of(Role.DISPATCHER));
        assertThat(ask("PUT", "/api/scenarios/x", "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(put("x", "{}", VIEWER).status()).isEqualTo(403);
        assertThat(put("x", "{}", DUTY).status()).isEqualTo(201);
        assertThat(get("/api/scenarios/x").status()).isEqualTo(200);
    }

    @Test
    void whatIsInternalIsNotThereForThePublic() {
        assertThat(put("secret", "{\"sensitivity\":\"internal\"}", PLANNER).status())
                .isEqualTo(201);
        assertThat(get("/api/scenarios/secret").status()).isEqualTo(404);
        assertThat(get("/api/scenarios").text()).doesNotContain("secret");
        assertThat(get("/api/scenarios/secret", "Authorization", basic(VIEWER)).status())
                .isEqualTo(200);
        String hidden = "{\"closures\":[{\"layer\":\"probe_hidden\",\"bufferMetres\":50,\"why\":\"演练\"}]}";
        assertThat(put("by-hidden", hidden, PLANNER).status()).isEqualTo(201);
        assertThat(get("/api/scenarios/by-hidden").text())
                .doesNotContain("probe_hidden")
                .contains("演练");
        assertThat(put("now", "{\"sensitivity\":\"internal\"}", PLANNER).status())
                .isEqualTo(400);
    }

    @Test
    void aWrongOneIsRefusedWithAllThatIsWrong() {
        Reply reply = put(
                "wrong",
                "{\"closures\":[{\"layer\":\"no\"},{\"x\":1}],\"factors\":[{\"value\":0},{\"preset\":\"hail\"}],"
                        + "\"validFrom\":\"2026-03-05T14:00:00+08:00\",\"validUntil\":\"2026-03-05T13:00:00+08:00\"}",
                PLANNER);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains("closures[0].layer", "closures[1]", "factors[0].value", "factors[1].preset", "validUntil");
        assertThat(put("a%2Fb", "{}", PLANNER).status()).isIn(400, 404);
        assertThat(put("%20x", "{}", PLANNER).status()).isEqualTo(400);
    }
}
