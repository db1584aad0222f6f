package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.problem.NotJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.ProcessDescription;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of a question: no larger and no deeper than allowed, each name only once. */
@Component
final class Body {
    private static final Set<String> KNOWN = new java.util.TreeSet<>(Set.of("inputs", "outputs", "response"));

    private final OgcSettings settings;
    private final JsonMapper json;

    /** @param outputs names of the wanted parts; empty for all */
    record Execution(ObjectNode inputs, List<String> outputs) {}

    Body(OgcSettings settings) {
        this.settings = settings;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(settings.maxBodyDepth())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    Execution execution(HttpServletRequest request, ProcessDescription process) throws IOException {
        JsonNode body = read(request);
        List<Mistake> mistakes = new ArrayList<>();
        if (!body.isObject()) throw ProblemException.invalid("ogcapi.body", kind(body));
        for (Map.Entry<String, JsonNode> part : body.properties())
            if (!KNOWN.contains(part.getKey()))
                mistakes.add(new Mistake(part.getKey(), Text.of("ogcapi.mistake.unknownPart", part.getKey(), KNOWN)));
        JsonNode inputs = body.path("inputs");
        if (inputs.isMissingNode()) mistakes.add(new Mistake("inputs", Text.of("ogcapi.mistake.inputsMissing")));
        else if (!inputs.isObject())
            mistakes.add(new Mistake("inputs", Text.of("ogcapi.mistake.inputsKind", kind(inputs))));
        JsonNode response = body.path("response");
        if (!response.isMissingNode() && !response.asString("").equals("document"))
            mistakes.add(new Mistake("response", Text.of("ogcapi.mistake.response", response.toString())));
        List<String> outputs = outputs(body.path("outputs"), process, mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("ogcapi.execution").withMistakes(mistakes);
        return new Execution((ObjectNode) inputs, outputs);
    }

    private static List<String> outputs(JsonNode given, ProcessDescription process, List<Mistake> mistakes) {
        if (given.isMissingNode()) return List.of();
        if (!given.isObject()) {
            mistakes.add(new Mistake("outputs", Text.of("ogcapi.mistake.inputsKind", kind(given))));
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> output : given.properties()) {
            names.add(output.getKey());
            if (!process.outputs().has(output.getKey()))
                mistakes.add(new Mistake(
                        "outputs." + output.getKey(),
                        Text.of(
                                "ogcapi.mistake.unknownPart",
                                output.getKey(),
                                List.copyOf(process.outputs().propertyNames()))));
        }
        return names;
    }

    private static Text kind(JsonNode node) {
        return Text.of("ogcapi.kind." + node.getNodeType());
    }

    JsonNode read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > settings.maxBodyBytes()) throw tooLarge();
        byte[] bytes = request.getInputStream().readNBytes(settings.maxBodyBytes() + 1);
        if (bytes.length > settings.maxBodyBytes()) throw tooLarge();
        if (bytes.length == 0) throw ProblemException.invalid("problem.noBody");
        try {
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw NotJson.problem(e);
        }
    }

    private ProblemException tooLarge() {
        return ProblemException.of(Kind.TOO_LARGE, "problem.tooLarge", settings.maxBodyBytes());
    }
}
