package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which doors are open to whom. */
class DoorsTest extends ApiWorld {
    private static final String SIGN_IN = "{\"user\":\"admin\",\"password\":\"correct-horse-battery\"}";

    @ParameterizedTest
    @CsvSource({
        "PUT, /ogc/collections/probe_point/items",
        "PATCH, /ogc/collections/probe_point",
        "DELETE, /ogc/collections/probe_point/items",
        "POST, /ogc/collections/probe_point/items/p01",
        "POST, /ogc/collections/probe_point/items/p01/history",
        "DELETE, /ogc/collections/probe_point/items/p01/history",
        "DELETE, /ogc/collections/probe_point/changes/1",
        "POST, /anything/new",
        "POST, /",
        "PUT, /ogc/processes/probe-echo/execution",
        "DELETE, /ogc/processes/probe-echo",
        "POST, /actuator/health"
    })
    void whatChangesSomethingIsClosedToThePublicAndToMostAccounts(String method, String path) {
        Reply stranger = ask(method, path, "{}", "Content-Type", "application/json");
        if (!path.startsWith("/actuator")) {
            assertThat(stranger.status()).isEqualTo(401);
            assertThat(stranger.header("WWW-Authenticate")).startsWith("Basic");
        }
        assertThat(stranger.header("Content-Type")).startsWith("application/problem+json");
        for (String account : new String[] {VIEWER, PLANNER}) {
            Reply reply = ask(method, path, "{}", "Content-Type", "application/json", "Authorization", basic(account));
            assertThat(reply.status()).as(account).isIn(403, 405);
        }
        Reply admin = ask(method, path, "{}", "Content-Type", "application/json", "Authorization", basic(ADMIN));
        assertThat(admin.status()).as("the guard lets the administrator by").isNotIn(401, 403);
    }

    @Test
    void aScriptGetsNoPopUp() {
        Reply reply = ask("POST", "/api/import", "{}", "X-Requested-With", "anquan");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void theMapSignsInWithACookieThatNoScriptReads() {
        Reply in = post("/api/session", SIGN_IN);
        assertThat(in.status()).isEqualTo(200);
        String cookie = in.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        String token = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get("/api/session", "Cookie", token).text()).isEqualTo("{\"user\":\"admin\",\"roles\":[\"ADMIN\"]}");
        assertThat(get("/ogc/jobs", "Cookie", token).status()).isEqualTo(200);

        assertThat(ask("POST", "/api/import", "{}", "Cookie", token).status())
                .as("without the header a foreign page could have sent it")
                .isEqualTo(403);
        assertThat(ask("POST", "/api/import", "{}", "Cookie", token, "X-Requested-With", "anquan")
                        .status())
                .isNotIn(401, 403);
        assertThat(ask("DELETE", "/api/session", null, "Cookie", token, "X-Requested-With", "anquan")
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/session", "Cookie", token).json().path("user").isNull())
                .isTrue();
        assertThat(get("/api/session").text()).isEqualTo("{\"user\":null,\"roles\":[]}");
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingWhichPartWasWrong() {
        Reply wrong = post("/api/session", "{\"user\":\"nobody1\",\"password\":\"wrong-wrong-wrong\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("Set-Cookie")).isEmpty();
        assertThat(get("/ogc", "Authorization", basic("nobody1:x")).json().path("title"))
                .isEqualTo(wrong.json().path("title"));
        assertThat(post("/api/session", "{\"user\":\"admin\"}").status()).isEqualTo(400);
        assertThat(post("/api/session", "{").status()).isEqualTo(400);
    }

    @Test
    void aFewWrongPasswordsMeanWaiting() {
        for (int i = 0; i < 5; i++)
            assertThat(post("/api/session", "{\"user\":\"guessed\",\"password\":\"" + i + "\"}")
                            .status())
                    .isEqualTo(401);
        Reply wait = post("/api/session", "{\"user\":\"guessed\",\"password\":\"6\"}");
        assertThat(wait.status()).isEqualTo(429);
        assertThat(wait.json().path("detail").asString("")).containsPattern("\\d+ 秒");
    }

    @Test
    void healthIsOpenMetricsAreForThisMachineAndTheRestIsShut() {
        assertThat(get("/actuator/health").json().path("status").asString("")).isEqualTo("UP");
        assertThat(get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(get("/actuator/prometheus", "X-Forwarded-For", "203.0.113.9").status())
                .isEqualTo(401);
        assertThat(get("/actuator/env").status()).isEqualTo(401);
        assertThat(get("/actuator/env", "Authorization", basic(ADMIN)).status()).isEqualTo(404);
    }
}
