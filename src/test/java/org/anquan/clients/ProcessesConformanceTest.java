package org.anquan.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.anquan.browser.RunningService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The abstract tests of OGC API - Processes (OGC 18-062r2, annex A) for what is claimed: the list, the descriptions, the
 * answer as one document, jobs, their results and their dismissal; and that no class is claimed that is not tested.
 */
class ProcessesConformanceTest {
    private static final String EXCEPTION = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/";
    private static final String MATRIX =
            "{\"inputs\":{\"from\":[[105.83,32.44]],\"to\":[[105.84,32.45]]},\"response\":\"document\"}";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String root = RunningService.address() + "/ogc";

    private HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : root + path))
                .header("Accept", "application/json");
        if (headers.length > 0) request.headers(headers);
        if (body != null) request.header("Content-Type", "application/json");
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = ask("GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> relations(JsonNode from) {
        List<String> relations = new ArrayList<>();
        from.path("links").forEach(link -> relations.add(link.path("rel").asString("")));
        return relations;
    }

    // /conf/core/process-list, process-list-success, process, process-success; /conf/ogc-process-description/*
    @Test
    void everyProcessIsListedAndDescribed() {
        JsonNode list = get("/processes");
        assertThat(relations(list)).contains("self", "alternate");
        assertThat(list.path("processes").size()).isGreaterThan(5);
        for (JsonNode summary : list.path("processes")) {
            String id = summary.path("id").asString("");
            JsonNode process = get("/processes/" + id);
            for (String part : List.of("id", "version", "title", "description", "jobControlOptions"))
                assertThat(process.path(part)).as(id + " " + part).isEqualTo(summary.path(part));
            assertThat(relations(process)).contains("self", "http://www.opengis.net/def/rel/ogc/1.0/execute");
            for (String side : List.of("inputs", "outputs")) {
                assertThat(process.path(side).isObject()).as(id + " " + side).isTrue();
                process.path(side).properties().forEach(one -> {
                    String where = id + " " + side + "." + one.getKey();
                    assertThat(one.getValue().path("title").asString(""))
                            .as(where)
                            .isNotBlank();
                    assertThat(one.getValue().path("schema").isObject())
                            .as(where)
                            .isTrue();
                });
            }
        }
    }

    // /conf/core/process-exception-no-such-process, job-exception-no-such-job, job-results-exception-no-such-job
    @Test
    void whatIsNotThereIsSaidInTheStandardsWords() {
        for (HttpResponse<String> answer : List.of(
                ask("GET", "/processes/none", null), ask("POST", "/processes/none/execution", "{\"inputs\":{}}"))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).path("type").asString("")).isEqualTo(EXCEPTION + "no-such-process");
        }
        for (HttpResponse<String> answer : List.of(
                ask("GET", "/jobs/none", null),
                ask("GET", "/jobs/none/results", null),
                ask("DELETE", "/jobs/none", null))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).path("type").asString("")).isEqualTo(EXCEPTION + "no-such-job");
        }
    }

    // /conf/core/job-creation-op, job-creation-success-sync, job-creation-success-sync-document,
    // job-creation-input-validation
    @Test
    void aQuestionIsAnsweredAtOnceAsOneDocument() {
        HttpResponse<String> answer = ask("POST", "/processes/travel-time-matrix/execution", MATRIX);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode document = JSON.readTree(answer.body());
        JsonNode outputs = get("/processes/travel-time-matrix").path("outputs");
        assertThat(outputs.has("seconds")).isTrue();
        assertThat(document.path("seconds").get(0).get(0).isNumber()).isTrue();
        for (String wrong : List.of("{}", "{\"inputs\":{\"from\":7}}", "{\"inputs\":{},\"perhaps\":1}"))
            assertThat(ask("POST", "/processes/travel-time-matrix/execution", wrong)
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
    }

    // /conf/core/job-creation-success-async, job-op, job-success, job-results-op, job-results-success;
    // /conf/dismiss/job-dismiss-op, job-dismiss-success
    @Test
    void aJobCanBeFollowedItsResultsReadAndBePutAway() throws InterruptedException {
        HttpResponse<String> created =
                ask("POST", "/processes/travel-time-matrix/execution", MATRIX, "Prefer", "respond-async");
        assertThat(created.statusCode()).isEqualTo(201);
        String address = created.headers().firstValue("Location").orElse("");
        assertThat(address).startsWith(root + "/jobs/");
        JsonNode status = get(address);
        for (int i = 0; i < 600 && !status.path("status").asString("").equals("successful"); i++) {
            assertThat(status.path("status").asString("")).isIn("accepted", "running");
            Thread.sleep(50);
            status = get(address);
        }
        assertThat(status.path("status").asString("")).isEqualTo("successful");
        assertThat(status.path("type").asString("")).isEqualTo("process");
        assertThat(status.path("processID").asString("")).isEqualTo("travel-time-matrix");
        assertThat(address).endsWith(status.path("jobID").asString("-"));
        assertThat(relations(status)).contains("http://www.opengis.net/def/rel/ogc/1.0/results");
        assertThat(get(address + "/results").path("seconds").get(0).get(0).isNumber())
                .isTrue();
        HttpResponse<String> dismissed = ask("DELETE", address, null);
        assertThat(dismissed.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(dismissed.body()).path("status").asString("")).isEqualTo("dismissed");
    }

    /** The answer is always one document; without a wish the standard's core wants several outputs as parts of a message. */
    @Test
    void theCoreIsNotClaimed() {
        List<String> classes = new ArrayList<>();
        get("/conformance").path("conformsTo").forEach(one -> classes.add(one.asString("")));
        assertThat(classes)
                .doesNotContain("http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core")
                .contains(
                        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/ogc-process-description",
                        "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss");
    }
}
