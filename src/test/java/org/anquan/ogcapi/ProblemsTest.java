package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProblemsTest extends ApiWorld {
    private static final String ECHO = "/ogc/processes/probe-echo/execution";

    private static void isProblem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        JsonNode body = reply.json();
        for (String part : List.of("type", "title", "detail", "help"))
            assertThat(body.path(part).asString("")).as(part).isNotBlank().doesNotContainPattern("\\{\\d");
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.has("mistakes")).isTrue();
        assertThat(reply.text())
                .doesNotContain("Exception")
                .doesNotContain("org.")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownAddressIsSaid() {
        isProblem(get("/nowhere"), 404);
        isProblem(get("/ogc/nowhere/at/all"), 404);
        isProblem(get("/webjars/nothing.js"), 404);
    }

    @Test
    void aBrowserGetsAPageToReadAndNothingInItRuns() {
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        Reply reply = get("/ogc/collections/%3Cscript%3Ealert(1)", "Accept", browser);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(reply.text()).contains("<html lang=\"zh-CN\">", "打开地图").doesNotContain("<script");
        Reply unknown = get("/nowhere", "Accept", browser, "Accept-Language", "en");
        assertThat(unknown.text()).contains("<html lang=\"en\">", "Open the map", "/nowhere");
        isProblem(get("/nowhere?f=json", "Accept", browser), 404);
    }

    @Test
    void aWrongMethodNamesTheRightOnes() {
        Reply reply = ask("DELETE", "/ogc/collections", null, "Authorization", basic(ADMIN));
        isProblem(reply, 405);
        assertThat(reply.header("Allow")).contains("GET");
    }

    @Test
    void aFormatThatIsNotThereNamesThoseThatAre() {
        Reply reply = get("/ogc/collections", "Accept", "image/png");
        isProblem(reply, 406);
        assertThat(reply.text()).contains("application/json");
        isProblem(get("/ogc?f=xml"), 400);
    }

    @Test
    void aBodyOfAnotherKindIsRefused() {
        isProblem(ask("POST", ECHO, "word=1", "Content-Type", "application/x-www-form-urlencoded"), 415);
    }

    @Test
    void brokenJsonIsToldByLineAndColumn() {
        Reply reply = post(ECHO, "{\"inputs\":\n  {\"word\": \"a\",,}}");
        isProblem(reply, 400);
        assertThat(reply.json().path("detail").asString("")).contains("第 2 行");
        isProblem(post(ECHO, ""), 400);
        isProblem(post(ECHO, "{\"inputs\":{\"word\":1,\"word\":2}}"), 400);
        isProblem(post(ECHO, "{\"inputs\":{}} x"), 400);
        isProblem(post(ECHO, "[".repeat(500)), 400);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithTheLimit() {
        Reply reply = post(ECHO, "{\"inputs\":{\"word\":\"" + "x".repeat(30_000) + "\"}}");
        isProblem(reply, 413);
        assertThat(reply.text()).contains("20000");
    }

    @Test
    void allThatIsWrongWithARequestIsSaidAtOnce() {
        Reply reply = post(ECHO, "{\"input\":{}, \"response\":\"raw\", \"outputs\":{\"nothing\":{}}}");
        isProblem(reply, 400);
        assertThat(reply.json().path("mistakes").size()).isEqualTo(4);
        isProblem(post(ECHO, "{\"inputs\":[]}"), 400);
        isProblem(post(ECHO, "[]"), 400);
        Reply own = post(ECHO, "{\"inputs\":{}}");
        isProblem(own, 400);
        assertThat(own.json().path("mistakes").get(0).path("where").asString(""))
                .isEqualTo("inputs.word");
    }

    @Test
    void ourOwnFaultsShowAReferenceAndNoInsides() {
        Reply reply = post("/ogc/processes/probe-broken/execution", "{\"inputs\":{}}");
        isProblem(reply, 500);
        String reference = reply.json().path("reference").asString("");
        assertThat(reference).matches("[0-9A-F]{8}");
        assertThat(reply.json().path("detail").asString("")).contains(reference);
        assertThat(reply.text()).doesNotContain("a fault of our own");
    }

    @Test
    void anAddressThatTheContainerItselfRefusesIsAProblemToo() {
        Reply reply = get("/ogc/collections/%2e%2e%2f%2e%2e%2fusers.json");
        assertThat(reply.status()).isBetween(400, 404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(get("/styles/symbols/..%2f..%2fusers.json").status()).isBetween(400, 404);
        assertThat(get("/users.json").status()).isEqualTo(404);
    }

    @Test
    void theAskersLanguageIsSpoken() {
        assertThat(get("/nowhere").json().path("title").asString("")).isEqualTo("没有这个地址");
        assertThat(get("/nowhere").header("Content-Language")).isEqualTo("zh-CN");
        Reply english = get("/nowhere", "Accept-Language", "fr;q=0.9, en-GB;q=0.8, zh;q=0.5");
        assertThat(english.json().path("title").asString("")).isEqualTo("There is nothing here");
        assertThat(english.header("Content-Language")).isEqualTo("en");
        assertThat(get("/nowhere?lang=zh", "Accept-Language", "en").header("Content-Language"))
                .isEqualTo("zh-CN");
        assertThat(get("/nowhere", "Accept-Language", "!!;q=7").status()).isEqualTo(404);
        assertThat(ask("DELETE", "/ogc", null, "Accept-Language", "en")
                        .json()
                        .path("title")
                        .asString(""))
                .as("refusals of the guard too")
                .isEqualTo("Sign in first");
    }
}
