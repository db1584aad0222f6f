package org.anquan.geoserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.FeatureDraft;
import org.anquan.geoserver.StubGeoServer.Fault;
import org.anquan.ogcapi.ApiWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Publishing as the administrator's panel asks for it, against the strict stub. */
@ExtendWith(OutputCaptureExtension.class)
class GeoServerApiTest extends ApiWorld {
    private final StubGeoServer server = new StubGeoServer();

    @BeforeEach
    void oneHelipad() throws IOException {
        load("helipad", List.of(new FeatureDraft("h0", wkt("POINT(105.8 32.4)"), Map.of("name", "盘龙"), null)));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        load("helipad", List.of());
    }

    private ObjectNode wish(boolean dryRun) {
        ObjectNode wish = JsonMapper.builder().build().createObjectNode();
        wish.put("url", server.url()).put("user", StubGeoServer.USER).put("password", StubGeoServer.PASSWORD);
        wish.put("dryRun", dryRun).putArray("layers").add("helipad");
        return wish;
    }

    private Reply start(String body, String account) {
        return ask(
                "POST",
                "/api/geoserver/runs",
                body,
                "Authorization",
                basic(account),
                "Content-Type",
                "application/json");
    }

    private Reply state() {
        return get("/api/geoserver", "Authorization", basic(ADMIN));
    }

    private JsonNode ended() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            JsonNode run = state().json().path("run");
            if (!run.path("running").asBoolean(true)) return run;
            Thread.sleep(25);
        }
        throw new AssertionError(state().text());
    }

    private JsonNode run(boolean dryRun) throws InterruptedException {
        Reply begun = start(wish(dryRun).toString(), ADMIN);
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        return ended();
    }

    @Test
    void triedThenPublishedThenNothingIsLeftToDo(CapturedOutput log) throws InterruptedException {
        JsonNode tried = run(true);
        assertThat(tried.path("writes").size()).isGreaterThan(3);
        assertThat(tried.path("writes").get(0).asString()).isEqualTo("新建工作区 anquan");
        assertThat(server.writes).isEmpty();
        JsonNode done = run(false);
        assertThat(done.path("writes")).isEqualTo(tried.path("writes"));
        assertThat(done.path("layers").asInt()).isEqualTo(1);
        assertThat(done.path("share").asDouble()).isEqualTo(1);
        assertThat(server.refused).isEmpty();
        int writes = server.writes.size();
        assertThat(run(false).path("writes")).isEmpty();
        assertThat(server.writes).hasSize(writes);
        // Neither name nor password comes out again, nor stands in the log.
        assertThat(state().text()).doesNotContain(StubGeoServer.PASSWORD, StubGeoServer.USER);
        assertThat(log.getAll()).doesNotContain(StubGeoServer.PASSWORD, StubGeoServer.USER);
    }

    @Test
    void whatGoesWrongIsSaidAndTheNextRunGoesOn(CapturedOutput log) throws InterruptedException {
        server.failAt(1, 1_000, Fault.LOGIN_PAGE);
        JsonNode html = run(false).path("problem");
        assertThat(html.path("title").asString()).contains("网页");
        assertThat(html.path("help").asString()).startsWith("请");
        server.heal();
        ObjectNode wrong = wish(false).put("password", "geo-falsch-1");
        assertThat(start(wrong.toString(), ADMIN).status()).isEqualTo(202);
        assertThat(ended().path("problem").path("detail").asString()).contains("401");
        // Half-way: what was done is told, and the next run finishes.
        server.failAt(12, 1_000, Fault.FORBIDDEN);
        JsonNode half = run(false).path("problem");
        assertThat(half.path("mistakes").size()).isPositive();
        server.heal();
        assertThat(run(false).path("problem").isNull()).isTrue();
        assertThat(run(false).path("writes")).isEmpty();
        assertThat(state().text() + log.getAll()).doesNotContain("geo-falsch-1", StubGeoServer.PASSWORD);
    }

    @Test
    void oneRunAtATimeAndItIsStopped() throws InterruptedException {
        // The first answers are slow, so that there is something to stop.
        server.failAt(1, 2, Fault.SLOW);
        ObjectNode two = wish(false);
        ((tools.jackson.databind.node.ArrayNode) two.path("layers")).add("probe_point");
        assertThat(start(two.toString(), ADMIN).status()).isEqualTo(202);
        assertThat(start(wish(true).toString(), ADMIN).status()).isEqualTo(409);
        assertThat(ask("DELETE", "/api/geoserver/runs", null, "Authorization", basic(ADMIN))
                        .status())
                .isEqualTo(200);
        JsonNode stopped = ended();
        assertThat(stopped.path("stopped").asBoolean()).isTrue();
        assertThat(server.objects.keySet()).noneMatch(path -> path.contains("probe_point"));
        server.heal();
        assertThat(start(two.toString(), ADMIN).status()).isEqualTo(202);
        assertThat(ended().path("layers").asInt()).isEqualTo(2);
    }

    @Test
    void itIsForAdministratorsAndAllMistakesAreToldAtOnce() {
        assertThat(get("/api/geoserver").status()).isEqualTo(401);
        assertThat(get("/api/geoserver", "Authorization", basic(PLANNER)).status())
                .isEqualTo(403);
        assertThat(start(wish(true).toString(), PLANNER).status()).isEqualTo(403);
        assertThat(ask("DELETE", "/api/geoserver/runs", null).status()).isEqualTo(401);
        Reply wrong = start(
                "{\"password\": 4711, \"workspace\": \"9 x\", \"layers\": \"helipad\", \"dryRun\": 1, \"colour\": 1}",
                ADMIN);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("mistakes").findValuesAsString("where"))
                .containsExactlyInAnyOrder("password", "workspace", "layers", "dryRun", "colour");
        assertThat(wrong.text()).doesNotContain("4711");
        assertThat(start("{}", ADMIN).text()).contains("地址");
        String inAddress = "{\"url\": \"http://admin:geheim@host/geoserver\"}";
        assertThat(start(inAddress, ADMIN).status()).isEqualTo(400);
        assertThat(start(inAddress, ADMIN).text()).doesNotContain("geheim");
        assertThat(start("[1]", ADMIN).status()).isEqualTo(400);
    }

    /** A password of the settings goes to their server only. */
    @Test
    void anotherAddressDoesNotGetThePasswordOfTheSettings() {
        GeoServerSettings set = new GeoServerSettings(
                "http://city.example/geoserver",
                "publisher",
                "geheim",
                "anquan",
                "anquan",
                "",
                List.of(),
                org.anquan.catalog.Sensitivity.PUBLIC,
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(1),
                1,
                java.time.Duration.ofMillis(1),
                java.time.Duration.ofMillis(1),
                new GeoServerSettings.PostGis("", 0, "", "", "", ""));
        assertThat(set.with(new Target("http://elsewhere.example/geoserver", "", "", ""))
                        .password())
                .isEmpty();
        assertThat(set.with(new Target("http://city.example/geoserver", "", "", "w"))
                        .password())
                .isEqualTo("geheim");
        assertThat(new Target("u", "name", "geheim", "w").toString()).doesNotContain("geheim", "name");
    }
}
