package org.anquan.geoserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.problem.NotJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishing from the administrator's panel. Names and passwords come in with a run and never go out. */
@RestController
@RequestMapping("/api/geoserver")
@ConditionalOnWebApplication
final class GeoServerController {
    private static final int LARGEST = 64 * 1024;
    private static final Set<String> PARTS =
            new TreeSet<>(Set.of("url", "user", "password", "workspace", "layers", "dryRun"));
    private static final String WORKSPACE = "[A-Za-z][A-Za-z0-9_-]{0,40}";

    private final GeoServerSettings settings;
    private final PublishingRuns runs;
    private final JsonMapper json;

    GeoServerController(GeoServerSettings settings, PublishingRuns runs, JsonMapper json) {
        this.settings = settings;
        this.runs = runs;
        this.json = json;
    }

    /**
     * @param url of the settings, or empty
     * @param account whether the settings have a user for it
     * @param run the present one, or the last one since the start
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(String url, String workspace, boolean account, PublishingRuns.@Nullable State run) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> state() {
        return answer(HttpStatus.OK, runs.state());
    }

    @PostMapping(path = "/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> start(HttpServletRequest request) throws IOException {
        JsonNode body = read(request);
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : body.propertyNames())
            if (!PARTS.contains(name))
                mistakes.add(new Mistake(name, Text.of("process.input.unknown", List.copyOf(PARTS))));
        Target target = new Target(
                text(body, "url", mistakes).strip(),
                text(body, "user", mistakes),
                text(body, "password", mistakes),
                text(body, "workspace", mistakes).strip());
        if (!target.workspace().isEmpty() && !target.workspace().matches(WORKSPACE))
            mistakes.add(new Mistake("workspace", Text.of("geoserver.mistake.workspace", target.workspace())));
        List<String> layers = new ArrayList<>();
        JsonNode given = body.path("layers");
        if (!given.isMissingNode() && !given.isNull() && !given.isArray())
            mistakes.add(new Mistake("layers", Text.of("geoserver.mistake.layersShape")));
        for (JsonNode one : given) layers.add(one.asString(one.toString()));
        JsonNode dry = body.path("dryRun");
        if (!dry.isMissingNode() && !dry.isBoolean())
            mistakes.add(new Mistake("dryRun", Text.of("geoserver.mistake.dryRun", dry.toString())));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("geoserver.inputs", mistakes.size()).withMistakes(mistakes);
        GeoServerSettings of = settings.with(target);
        String address = GeoServerClient.address(of.url());
        Locale language = Texts.currentLanguage();
        return answer(
                HttpStatus.ACCEPTED,
                runs.start(target, address, of.workspace(), layers, dry.asBoolean(false), language));
    }

    @DeleteMapping("/runs")
    ResponseEntity<Object> stop() {
        return answer(HttpStatus.OK, runs.stop());
    }

    private ResponseEntity<Object> answer(HttpStatus status, PublishingRuns.@Nullable State run) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(shown(), settings.workspace(), !settings.user().isEmpty(), run));
    }

    /** A password in the address of the settings is refused when it is used, and not shown before. */
    private String shown() {
        try {
            return settings.url().isBlank() ? "" : GeoServerClient.address(settings.url());
        } catch (ProblemException e) {
            return "";
        }
    }

    private static String text(JsonNode body, String name, List<Mistake> mistakes) {
        JsonNode given = body.path(name);
        if (given.isMissingNode() || given.isNull()) return "";
        if (given.isString()) return given.asString();
        // Not what was given: it may be the password.
        mistakes.add(new Mistake(name, Text.of("geoserver.mistake.text")));
        return "";
    }

    private JsonNode read(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) throw ProblemException.of(Kind.TOO_LARGE, "problem.tooLarge", LARGEST);
        if (bytes.length == 0) throw ProblemException.invalid("problem.noBody");
        JsonNode body;
        try {
            body = json.readTree(bytes);
        } catch (JacksonException e) {
            throw NotJson.problem(e);
        }
        if (!body.isObject()) throw ProblemException.invalid("geoserver.shape");
        return body;
    }
}
