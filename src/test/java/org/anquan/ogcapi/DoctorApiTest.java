package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.FeatureDraft;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a finding over HTTP to its mend and back. */
class DoctorApiTest extends ApiWorld {
    private static final String EXECUTION = "/ogc/processes/data-doctor/execution";

    private JsonNode examine() {
        Reply reply = post(
                EXECUTION, "{\"inputs\": {\"layer\": \"probe_edit\", \"checks\": [\"text\", \"exact-duplicate\"]}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private Reply asked(String method, String path, @Nullable String account, @Nullable String body) {
        String[] headers = account == null
                ? new String[] {"Content-Type", "application/json"}
                : new String[] {"Content-Type", "application/json", "Authorization", basic(account)};
        return ask(method, path, body, headers);
    }

    private void fill() throws IOException {
        load(
                "probe_edit",
                List.of(
                        new FeatureDraft("a", wkt("POINT(105.8 32.4)"), Map.of("name", "\u00A0甲"), null),
                        new FeatureDraft("b", wkt("POINT(105.9 32.4)"), Map.of("name", "乙"), null),
                        new FeatureDraft("b2", wkt("POINT(105.9 32.4)"), Map.of("name", "乙"), null)));
    }

    @Test
    void aPlannerMendsOneFindingAndThenAWholeCheckAndTakesItBack() throws IOException {
        fill();
        JsonNode found = examine();
        assertThat(found.path("checked").asInt()).isEqualTo(3);
        assertThat(found.path("counts")).hasSize(2);
        JsonNode copies = found.path("findings").get(0);
        assertThat(copies.path("check").asString("")).isEqualTo("exact-duplicate");
        assertThat(copies.path("severity").asString("")).isEqualTo("error");
        assertThat(copies.path("others").get(0).asString("")).isEqualTo("b2");
        assertThat(copies.path("mend").path("safe").asBoolean()).isTrue();
        assertThat(copies.path("lon").asDouble()).isEqualTo(105.9);
        assertThat(copies.path("bbox")).hasSize(4);
        long version = found.path("version").asLong();

        Reply one = asked(
                "POST",
                "/api/doctor/probe_edit/mend",
                PLANNER,
                "{\"findings\": [\"" + copies.path("id").asString("") + "\"], \"version\": " + version + "}");
        assertThat(one.status()).as(one.text()).isEqualTo(200);
        assertThat(one.json().path("mended").asInt()).isEqualTo(1);
        assertThat(layers.get("probe_edit", "b2")).isEmpty();

        // The layer has moved: whole checks need a new look.
        String whole = "{\"checks\": [\"text\"], \"version\": %d}";
        Reply stale = asked("POST", "/api/doctor/probe_edit/mend", PLANNER, whole.formatted(version));
        assertThat(stale.status()).isEqualTo(409);
        Reply done = asked(
                "POST",
                "/api/doctor/probe_edit/mend",
                PLANNER,
                whole.formatted(examine().path("version").asLong()));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(layers.get("probe_edit", "a").orElseThrow().name()).isEqualTo("甲");
        assertThat(examine().path("counts")).isEmpty();

        Reply undo = asked(
                "POST",
                "/ogc/collections/probe_edit/changes/"
                        + done.json().path("changeSet").asLong() + "/undo",
                PLANNER,
                null);
        assertThat(undo.status()).as(undo.text()).isEqualTo(200);
        assertThat(examine().path("findings").get(0).path("check").asString("")).isEqualTo("text");
    }

    @Test
    void onlyPlannersMend() throws IOException {
        fill();
        String body = "{\"checks\": [\"text\"], \"version\": 1}";
        assertThat(asked("POST", "/api/doctor/probe_edit/mend", null, body).status())
                .isEqualTo(401);
        assertThat(asked("POST", "/api/doctor/probe_edit/mend", VIEWER, body).status())
                .isEqualTo(403);
    }

    @Test
    void aRequestThatSaysTooMuchOrTooLittleIsToldAllThatIsWrong() {
        Reply reply = asked(
                "POST",
                "/api/doctor/probe_edit/mend",
                PLANNER,
                "{\"checks\": [\"toothache\"], \"findings\": 3, \"when\": \"now\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("mistakes")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(asked("POST", "/api/doctor/nothing/mend", PLANNER, "{\"checks\": [\"text\"], \"version\": 1}")
                        .status())
                .isEqualTo(404);
        assertThat(post(EXECUTION, "{\"inputs\": {\"layer\": 3, \"checks\": [], \"x\": 1}}")
                        .json()
                        .path("mistakes"))
                .hasSize(3);
        assertThat(post(EXECUTION, "{\"inputs\": {\"layer\": \"probe_hidden\"}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theFindingsComeAsAWorkbookToo() throws IOException {
        fill();
        Reply book = post(
                EXECUTION,
                "{\"inputs\": {\"layer\": \"probe_edit\"}}",
                "Accept",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(book.status()).isEqualTo(200);
        assertThat(book.header("Content-Type")).contains("spreadsheetml");
    }
}
