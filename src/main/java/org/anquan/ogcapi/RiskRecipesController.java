package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.catalog.SpokenTime;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.risk.Recipes;
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
import tools.jackson.databind.JsonNode;

/**
 * Recipes of risk maps, as they are written. Those that ship with the service are read and copied, never changed; what the
 * county keeps under a name is guarded by {@code If-Match} as features are.
 */
@RestController
@RequestMapping("/api/risk-recipes")
final class RiskRecipesController {
    private final Recipes recipes;
    private final Body body;

    RiskRecipesController(Recipes recipes, Body body) {
        this.recipes = recipes;
        this.body = body;
    }

    /**
     * @param origin {@code shipped}, {@code file} or {@code stored}
     * @param author who stored it, or null
     * @param recipe as it is written; in the list left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String name,
            String title,
            String origin,
            @Nullable String author,
            @Nullable Instant changedAt,
            long version,
            @Nullable JsonNode recipe) {
        static Entry of(Recipes.Written one, boolean whole) {
            return new Entry(
                    one.name(),
                    one.title().toString(),
                    one.origin().name().toLowerCase(Locale.ROOT),
                    one.author(),
                    one.changedAt(),
                    one.version(),
                    whole ? one.body() : null);
        }
    }

    record Entries(List<Entry> recipes) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> all() {
        List<Entry> all =
                recipes.written().stream().map(one -> Entry.of(one, false)).toList();
        return Replies.json(new Entries(all), Link.JSON);
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> one(@PathVariable String name) {
        return answer(HttpStatus.OK, recipes.written(name).orElseThrow(() -> recipes.unknown(name)));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> put(@PathVariable String name, HttpServletRequest request) throws IOException {
        List<String> tags = FeatureEtag.asked(request);
        boolean[] fresh = new boolean[1];
        Recipes.Written kept =
                recipes.put(name, body.read(request), Asker.current().account(), present -> {
                    fresh[0] = present.isEmpty();
                    guard(name, tags, present);
                });
        return answer(fresh[0] ? HttpStatus.CREATED : HttpStatus.OK, kept);
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Object> delete(@PathVariable String name, HttpServletRequest request) {
        List<String> tags = FeatureEtag.asked(request);
        recipes.delete(name, present -> guard(name, tags, Optional.of(present)));
        return ResponseEntity.noContent().header("Cache-Control", "no-store").build();
    }

    /** A new one needs no tag; one that is there must be named as it is now. */
    private static void guard(String name, List<String> tags, Optional<Recipes.Written> present) {
        if (present.isEmpty()) {
            if (!tags.isEmpty()) throw ProblemException.of(Kind.STALE, "risk.recipe.gone", name);
            return;
        }
        Recipes.Written now = present.get();
        if (tags.isEmpty()) throw ProblemException.of(Kind.PRECONDITION_MISSING, "risk.recipe.noIfMatch", name);
        for (String tag : tags) {
            String plain = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (plain.equals("*") || plain.equals('"' + now.tag() + '"')) return;
        }
        throw ProblemException.of(
                Kind.STALE,
                "risk.recipe.stale",
                name,
                now.author() == null ? "-" : now.author(),
                now.changedAt() == null ? "-" : SpokenTime.of(now.changedAt()));
    }

    private static ResponseEntity<Object> answer(HttpStatus status, Recipes.Written one) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-cache")
                .header("Vary", Replies.VARY)
                .eTag('"' + one.tag() + '"')
                .contentType(MediaType.APPLICATION_JSON)
                .body(Entry.of(one, true));
    }
}
