package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProcessesTest extends ApiWorld {
    private static final String ECHO = "/ogc/processes/probe-echo/execution";
    private static final String SLOW = "/ogc/processes/probe-slow/execution";
    private static final String BROKEN = "/ogc/processes/probe-broken/execution";

    @BeforeEach
    void holdTheSlowOne() {
        slowMayEnd = new CountDownLatch(1);
    }

    @AfterEach
    void letAllGo() {
        slowMayEnd.countDown();
    }

    private JsonNode started(String address, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Prefer", "respond-async, wait=1"));
        Reply reply = post(address, body, all.toArray(String[]::new));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.header("Location"))
                .endsWith("/ogc/jobs/" + reply.json().path("jobID").asString(""));
        assertThat(reply.header("Preference-Applied")).isEqualTo("respond-async");
        return reply.json();
    }

    private JsonNode waitFor(String job, String status) {
        for (int i = 0; i < 500; i++) {
            JsonNode now = get("/ogc/jobs/" + job).json();
            if (now.path("status").asString("").equals(status)) return now;
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("job " + job + " never became " + status + ": "
                + get("/ogc/jobs/" + job).text());
    }

    @Test
    void processesAreListedAndDescribedInTheAskersLanguage() {
        JsonNode all = get("/ogc/processes?lang=en").json();
        List<String> ids = new ArrayList<>();
        all.path("processes").forEach(one -> ids.add(one.path("id").asString("")));
        assertThat(ids).contains("probe-echo", "probe-slow");
        JsonNode one = get("/ogc/processes/probe-echo?lang=en").json();
        assertThat(one.path("title").asString("")).isEqualTo("Probe");
        assertThat(one.path("inputs").path("word").path("schema").path("type").asString(""))
                .isEqualTo("string");
        assertThat(one.path("jobControlOptions").toString()).contains("async-execute");
        assertThat(get("/ogc/processes/probe-echo?f=html").text()).contains("探问");
        assertThat(get("/ogc/processes/none").status()).isEqualTo(404);
    }

    @Test
    void aQuestionCannotReachWhatTheAskerMayNotSee() {
        String circle = "/ogc/processes/rescue-circle/execution";
        Reply hidden = post(circle, "{\"inputs\":{\"facilities\":{\"layer\":\"probe_hidden\"}}}");
        assertThat(hidden.status()).isEqualTo(400);
        assertThat(hidden.json().path("mistakes").get(0).path("where").asString(""))
                .contains("facilities.layer");
        String byKeeper = "{\"inputs\":{\"facilities\":{\"layer\":\"probe_point\",\"filter\":\"keeper = '张1'\"}}}";
        Reply guess = post(circle, byKeeper);
        assertThat(guess.status()).isEqualTo(400);
        assertThat(guess.text()).contains("keeper");
        Reply planner = post(circle, byKeeper, "Authorization", basic(PLANNER));
        assertThat(planner.text()).doesNotContain("facilities.filter");
    }

    @Test
    void aQuestionIsAnsweredInTheAskersLanguage() {
        Reply chinese = post(ECHO, "{\"inputs\":{\"word\":\"水\"}}");
        assertThat(chinese.status()).isEqualTo(200);
        assertThat(chinese.json().path("word").asString("")).isEqualTo("水");
        assertThat(chinese.json().path("yes").asString("")).isEqualTo("是");
        assertThat(chinese.json().path("title").asString("")).isEqualTo("题");
        Reply english = post(ECHO, "{\"inputs\":{\"word\":\"水\"}}", "Accept-Language", "en");
        assertThat(english.json().path("yes").asString("")).isEqualTo("yes");
    }

    @Test
    void anAnswerComesInAnotherFormatWhereTheProcessHasOne() {
        Reply csv = post(ECHO, "{\"inputs\":{\"word\":\"水\"}}", "Accept", "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text()).isEqualTo("word\n水\n");
        assertThat(post(ECHO, "{\"inputs\":{\"word\":\"水\"}}", "Accept", "image/png")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void onlyTheWantedOutputsAreGiven() {
        Reply reply = post(ECHO, "{\"inputs\":{\"word\":\"水\"},\"outputs\":{\"yes\":{}}}");
        assertThat(reply.json().propertyNames()).containsExactly("yes");
    }

    @Test
    void aJobRunsAndGivesItsResultsInTheLanguageOfItsAsker() {
        String id = started(ECHO, "{\"inputs\":{\"word\":\"山\"}}", "Accept-Language", "en")
                .path("jobID")
                .asString("");
        JsonNode done = waitFor(id, "successful");
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("message").asString("")).isEqualTo("Done");
        assertThat(done.path("created").asString("")).isNotBlank();
        assertThat(done.path("started").asString("")).isNotBlank();
        assertThat(done.path("finished").asString("")).isNotBlank();
        assertThat(get("/ogc/jobs/" + id + "/results").json().path("yes").asString(""))
                .isEqualTo("yes");
        assertThat(get("/ogc/jobs/" + id + "/results", "Accept", "text/csv").text())
                .isEqualTo("word\n山\n");
        assertThat(get("/ogc/jobs/" + id + "/results", "Accept", "image/png").status())
                .isEqualTo(406);
        assertThat(Files.isRegularFile(HOME.resolve("jobs").resolve(id).resolve("status.json")))
                .isTrue();
    }

    @Test
    void aRunningJobTellsHowFarItIsAndCanBeDismissed() {
        String id = started(SLOW, "{\"inputs\":{}}").path("jobID").asString("");
        JsonNode running = waitFor(id, "running");
        for (int i = 0; i < 100 && running.path("progress").asInt() == 0; i++) running = waitFor(id, "running");
        assertThat(running.path("progress").asInt()).isEqualTo(40);
        Reply early = get("/ogc/jobs/" + id + "/results");
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.json().path("type").asString("")).endsWith("result-not-ready");
        Reply dismissed = ask("DELETE", "/ogc/jobs/" + id, null);
        assertThat(dismissed.json().path("status").asString("")).isEqualTo("dismissed");
        assertThat(get("/ogc/jobs/" + id).json().path("status").asString("")).isEqualTo("dismissed");
        assertThat(get("/ogc/jobs/" + id + "/results").status()).isEqualTo(410);
        assertThat(ask("DELETE", "/ogc/jobs/" + id, null).status()).isEqualTo(200);
        assertThat(get("/ogc/jobs/" + id).status())
                .as("a second time takes it away")
                .isEqualTo(404);
        assertThat(HOME.resolve("jobs").resolve(id)).doesNotExist();
    }

    @Test
    void aJobThatFailsSaysWhyAsAProblem() {
        String id = started(ECHO, "{\"inputs\":{}}").path("jobID").asString("");
        JsonNode failed = waitFor(id, "failed");
        assertThat(failed.path("message").asString("")).isNotBlank();
        Reply results = get("/ogc/jobs/" + id + "/results");
        assertThat(results.status()).isEqualTo(400);
        assertThat(results.header("Content-Type")).startsWith("application/problem+json");
        assertThat(results.json().path("mistakes").get(0).path("where").asString(""))
                .isEqualTo("inputs.word");

        String broken = started(BROKEN, "{\"inputs\":{}}").path("jobID").asString("");
        waitFor(broken, "failed");
        Reply bug = get("/ogc/jobs/" + broken + "/results");
        assertThat(bug.status()).isEqualTo(500);
        assertThat(bug.text()).doesNotContain("a fault of our own").contains("reference");
    }

    @Test
    void aFullQueueIsRefusedWithTheLimit() {
        // One runs and three may wait.
        List<String> ids = new ArrayList<>();
        ids.add(started(SLOW, "{\"inputs\":{}}").path("jobID").asString(""));
        waitFor(ids.get(0), "running");
        for (int i = 0; i < 3; i++)
            ids.add(started(SLOW, "{\"inputs\":{}}").path("jobID").asString(""));
        Reply refused = post(SLOW, "{\"inputs\":{}}", "Prefer", "respond-async");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asString("")).contains("3");
        for (String id : ids)
            assertThat(ask("DELETE", "/ogc/jobs/" + id, null).status()).isEqualTo(200);
    }

    @Test
    void theListOfJobsIsForAccountsAndEachSeesItsOwn() {
        assertThat(get("/ogc/jobs").status()).isEqualTo(401);
        String mine = started(ECHO, "{\"inputs\":{\"word\":\"a\"}}", "Authorization", basic(VIEWER))
                .path("jobID")
                .asString("");
        String publics =
                started(ECHO, "{\"inputs\":{\"word\":\"a\"}}").path("jobID").asString("");
        String seen = get("/ogc/jobs", "Authorization", basic(VIEWER)).text();
        assertThat(seen).contains(mine).doesNotContain(publics);
        assertThat(get("/ogc/jobs", "Authorization", basic(ADMIN)).text()).contains(mine, publics);
    }

    @Test
    void anIdThatIsNoIdReachesNoFile() throws IOException {
        Path secret = HOME.resolve("status.json");
        Files.writeString(secret, "{}");
        for (String id : List.of("..", "%2e%2e", "...", "a%00b", "x".repeat(500)))
            assertThat(get("/ogc/jobs/" + id).status()).as(id).isBetween(400, 404);
        Files.delete(secret);
    }
}
