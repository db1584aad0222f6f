package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.doctor.Check;
import org.anquan.doctor.Mending;
import org.anquan.doctor.Mending.Mended;
import org.anquan.doctor.Mending.Wanted;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Mends what the data doctor found, in one change set. */
@RestController
final class DoctorController {
    private static final List<String> PARTS = List.of("findings", "checks", "version", "why");

    private final Mending mending;
    private final Layers layers;
    private final Body body;

    DoctorController(Mending mending, Layers layers, Body body) {
        this.mending = mending;
        this.layers = layers;
        this.body = body;
    }

    @PostMapping(path = "/api/doctor/{layer}/mend", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Mended> mend(@PathVariable String layer, HttpServletRequest request) throws IOException {
        Visibility.current().layer(layers, layer);
        JsonNode given = body.read(request);
        List<Mistake> mistakes = new ArrayList<>();
        if (!given.isObject()) throw ProblemException.invalid("doctor.mend.shape");
        given.propertyNames().stream()
                .filter(name -> !PARTS.contains(name))
                .forEach(name -> mistakes.add(new Mistake(name, Text.of("process.input.unknown", PARTS))));
        Set<String> findings = texts(given, "findings", mistakes);
        Set<Check> checks = EnumSet.noneOf(Check.class);
        for (String id : texts(given, "checks", mistakes)) {
            Optional<Check> check = Check.of(id);
            if (check.isPresent()) checks.add(check.get());
            else mistakes.add(new Mistake("checks", Text.of("doctor.input.checks", Check.ids())));
        }
        if (findings.isEmpty() == checks.isEmpty() && mistakes.isEmpty())
            mistakes.add(new Mistake("findings", Text.of("doctor.mend.either")));
        Long version = version(given.path("version"), mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("doctor.mend.shape").withMistakes(mistakes);
        String why = given.path("why").asString("").strip();
        Mended mended = mending.mend(
                new Wanted(layer, findings, checks, version),
                Asker.current().account(),
                why.isEmpty() ? Reasons.of(request) : why,
                Progress.none());
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header("Cache-Control", "no-store");
        if (mended.changeSet() != null) answer.header(EditsController.CHANGE_SET, String.valueOf(mended.changeSet()));
        return answer.contentType(MediaType.APPLICATION_JSON).body(mended);
    }

    private static Set<String> texts(JsonNode given, String name, List<Mistake> mistakes) {
        Set<String> all = new LinkedHashSet<>();
        JsonNode list = given.path(name);
        if (list.isMissingNode() || list.isNull()) return all;
        for (JsonNode one : list) if (one.isString()) all.add(one.asString());
        if (!list.isArray() || all.size() != list.size() && list.size() != 0)
            mistakes.add(new Mistake(name, Text.of("doctor.mend.list")));
        return all;
    }

    /** Without it nobody could say whether what is there now is what was looked at. */
    private static @Nullable Long version(JsonNode given, List<Mistake> mistakes) {
        if (given.isIntegralNumber()) return given.asLong();
        mistakes.add(new Mistake("version", Text.of("doctor.mend.version")));
        return null;
    }
}
