package org.anquan.ogcapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description is what programs build on: it must hold together, and what it names must be there. */
class OpenApiTest extends ApiWorld {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasItsOwnName() {
        Reply reply = get("/ogc/api");
        assertThat(reply.header("Content-Type")).startsWith("application/vnd.oai.openapi+json");
        JsonNode api = reply.json();
        assertThat(api.path("openapi").asString("")).isEqualTo("3.0.3");
        references(api, api);
        Set<String> names = new HashSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    // An address of its own is no operation.
                    if (operation.getKey().equals("servers")) return;
                    String where = operation.getKey() + " " + path.getKey();
                    JsonNode is = operation.getValue();
                    assertThat(names.add(is.path("operationId").asString("")))
                            .as(where)
                            .isTrue();
                    assertThat(is.path("responses").size()).as(where).isGreaterThan(1);
                    Set<String> given = new HashSet<>();
                    for (JsonNode parameter : is.path("parameters")) {
                        JsonNode whole = parameter.has("$ref")
                                ? at(api, parameter.path("$ref").asString(""))
                                : parameter;
                        assertThat(whole.has("schema")).as(where).isTrue();
                        boolean inPath = whole.path("in").asString("").equals("path");
                        // A short question beside the API of the OGC cannot do without its place.
                        boolean mayBeRequired = inPath || path.getValue().has("servers");
                        assertThat(whole.path("required").asBoolean()).as(where).isIn(inPath, mayBeRequired);
                        if (inPath) given.add(whole.path("name").asString(""));
                    }
                    Set<String> wanted = new HashSet<>();
                    Matcher braces = Pattern.compile("\\{([^}]+)}").matcher(path.getKey());
                    while (braces.find()) wanted.add(braces.group(1));
                    assertThat(given).as(where).isEqualTo(wanted);
                }));
        assertThat(api.path("paths").has("/collections/probe_point/items")).isTrue();
        assertThat(api.path("paths").has("/processes/probe-echo/execution")).isTrue();
        assertThat(get("/ogc/api?f=html").text()).contains("/collections/probe_point/items");
    }

    /** What the service answers under {@code /api} stands in the description, with every method. */
    @Test
    void everyShortQuestionIsDescribed() {
        JsonNode paths = get("/ogc/api").json().path("paths");
        Set<String> described = new TreeSet<>();
        paths.properties().forEach(path -> {
            if (!path.getValue().has("servers")) return;
            path.getValue()
                    .propertyNames()
                    .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " /api"
                            + path.getKey().replaceAll("\\{[^}]*}", "{}")));
        });
        Set<String> missing = new TreeSet<>();
        mappings.getHandlerMethods().keySet().forEach(mapping -> {
            for (String pattern : mapping.getPatternValues())
                for (var method : mapping.getMethodsCondition().getMethods()) {
                    String is = method.name() + " " + pattern.replaceAll("\\{[^}]*}", "{}");
                    if (pattern.startsWith("/api/") && !described.contains(is)) missing.add(is);
                }
        });
        assertThat(missing).isEmpty();
    }

    private static void references(JsonNode api, JsonNode node) {
        // A property may be called so too; a reference is a text.
        if (node.path("$ref").isString())
            assertThat(at(api, node.path("$ref").asString("")).isMissingNode())
                    .as(node.toString())
                    .isFalse();
        node.forEach(child -> references(api, child));
    }

    private static JsonNode at(JsonNode api, String reference) {
        return api.at(reference.substring(1));
    }

    @Test
    void whatIsDescribedWithoutParametersInItsPathAnswers() {
        get("/ogc/api").json().path("paths").properties().forEach(path -> {
            if (path.getKey().contains("{") || !path.getValue().has("get")) return;
            // Short questions beside the API have their own address and need their parameters.
            if (path.getValue().has("servers")) return;
            // The list of all jobs and who changed what are for signed-in users.
            boolean signedIn = path.getKey().equals("/jobs") || path.getKey().endsWith("/changes");
            int expected = signedIn ? 401 : 200;
            assertThat(get("/ogc" + path.getKey()).status()).as(path.getKey()).isEqualTo(expected);
        });
    }

    @Test
    void examplesOfProcessesMatchTheirOwnDescription() {
        JsonNode execution = get("/ogc/api")
                .json()
                .path("paths")
                .path("/processes/probe-echo/execution")
                .path("post");
        JsonNode example = execution
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        assertThat(post("/ogc/processes/probe-echo/execution", example.toString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void newerJsonSchemaIsPutIntoTheOlderWords() {
        JsonMapper json = JsonMapper.builder().build();
        JsonNode schema = json.readTree("""
                {"type": ["number", "null"], "exclusiveMinimum": 0, "oneOf": [{"const": "a", "title": "A"}],
                 "properties": {"x": {"type": "array"}, "y": {"$ref": "https://geojson.org/schema/Point.json"}}, "$schema": "https://json-schema.org/draft/2020-12/schema"}""");
        assertThat(OpenApi.forOpenApi(schema)).isEqualTo(json.readTree("""
                {"type": "number", "nullable": true, "minimum": 0, "exclusiveMinimum": true,
                 "oneOf": [{"enum": ["a"], "title": "A"}], "properties": {"x": {"type": "array", "items": {}},
                  "y": {"type": "object", "title": "GeoJSON Point", "required": ["type"], "properties": {"type": {"type": "string"}}}}}"""));
    }
}
