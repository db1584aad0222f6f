package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anquan.catalog.SpokenTime;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.scenario.ScenarioStore;
import org.anquan.scenario.StoredScenario;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios that are kept under a name; edits are guarded by {@code If-Match} as those of features are. */
@RestController
@RequestMapping("/api/scenarios")
final class ScenariosController {
    private final ScenarioStore store;
    private final Body body;
    private final JsonMapper json;

    ScenariosController(ScenarioStore store, Body body, JsonMapper json) {
        this.store = store;
        this.body = body;
        this.json = json;
    }

    /** @param state {@code valid}, {@code ended} or {@code notYet} */
    record Entry(
            String name,
            String title,
            String reason,
            String sensitivity,
            String author,
            @Nullable Instant changedAt,
            long version,
            @Nullable String validFrom,
            @Nullable String validUntil,
            String state,
            int closures,
            int factors) {}

    record Entries(List<Entry> scenarios) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> all() {
        return Replies.json(
                new Entries(
                        store.list().stream().map(ScenariosController::entry).toList()),
                Link.JSON);
    }

    private static Entry entry(StoredScenario one) {
        return new Entry(
                one.name(),
                one.body().path("title").asString(""),
                one.body().path("reason").asString(""),
                one.sensitivity().name().toLowerCase(java.util.Locale.ROOT),
                one.author(),
                one.changedAt(),
                one.version(),
                text(one, "validFrom"),
                text(one, "validUntil"),
                state(one),
                one.body().path("closures").size(),
                one.body().path("factors").size());
    }

    private static @Nullable String text(StoredScenario one, String name) {
        String text = one.body().path(name).asString("");
        return text.isEmpty() ? null : text;
    }

    private static String state(StoredScenario one) {
        Instant now = Instant.now();
        String from = text(one, "validFrom");
        String until = text(one, "validUntil");
        if (until != null && !now.isBefore(java.time.OffsetDateTime.parse(until).toInstant())) return "ended";
        if (from != null && now.isBefore(java.time.OffsetDateTime.parse(from).toInstant())) return "notYet";
        return "valid";
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> one(@PathVariable String name) {
        return answer(HttpStatus.OK, store.find(name).orElseThrow(() -> unknown(name)));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> put(@PathVariable String name, HttpServletRequest request) throws IOException {
        List<String> tags = FeatureEtag.asked(request);
        boolean[] fresh = new boolean[1];
        StoredScenario kept =
                store.put(name, body.read(request), Asker.current().account(), present -> {
                    fresh[0] = present.isEmpty();
                    guard(name, tags).accept(present);
                });
        return answer(fresh[0] ? HttpStatus.CREATED : HttpStatus.OK, kept);
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Object> delete(@PathVariable String name, HttpServletRequest request) {
        List<String> tags = FeatureEtag.asked(request);
        store.delete(name, present -> {
            if (present.isEmpty()) throw unknown(name);
            guard(name, tags).accept(present);
        });
        return ResponseEntity.noContent().header("Cache-Control", "no-store").build();
    }

    /** A new one needs no tag; one that is there must be named as it is now. */
    private static Consumer<Optional<StoredScenario>> guard(String name, List<String> tags) {
        return present -> {
            if (present.isEmpty()) {
                if (!tags.isEmpty()) throw ProblemException.of(Kind.STALE, "scenario.gone", name);
                return;
            }
            StoredScenario now = present.get();
            if (tags.isEmpty() && now.version() == 0) return;
            if (tags.isEmpty()) throw ProblemException.of(Kind.PRECONDITION_MISSING, "scenario.noIfMatch", name);
            for (String tag : tags) {
                String plain = tag.startsWith("W/") ? tag.substring(2) : tag;
                if (plain.equals("*") || plain.equals('"' + now.tag() + '"')) return;
            }
            Instant at = now.changedAt();
            throw ProblemException.of(
                    Kind.STALE, "scenario.stale", name, now.author(), at == null ? "-" : SpokenTime.of(at));
        };
    }

    private ProblemException unknown(String name) {
        return ProblemException.notFound(
                "scenario.noSuchName",
                name,
                store.list().stream().map(StoredScenario::name).toList());
    }

    private ResponseEntity<Object> answer(HttpStatus status, StoredScenario one) {
        ObjectNode shown = json.createObjectNode();
        shown.put("name", one.name());
        shown.setAll(store.shown(one));
        shown.put("author", one.author());
        shown.putPOJO("changedAt", one.changedAt());
        shown.put("version", one.version());
        shown.put("state", state(one));
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-cache")
                .header("Vary", Replies.VARY)
                .eTag('"' + one.tag() + '"')
                .contentType(MediaType.APPLICATION_JSON)
                .body(shown);
    }
}
