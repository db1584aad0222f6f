package org.anquan.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.anquan.browser.RunningService;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.geo.GeoJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The abstract tests of OGC API - Features, Part 1 (OGC 17-069r4, annex A: core, GeoJSON, HTML, OpenAPI 3.0) and Part 2
 * (OGC 18-058r1, annex A: CRS), each named where it is done, on all collections of the sample district.
 */
class FeaturesConformanceTest {
    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final String EPSG = "http://www.opengis.net/def/crs/EPSG/0/";
    private static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String root = RunningService.address() + "/ogc";
    private final Layers layers = RunningService.part(Layers.class);

    private record Reply(int status, String type, HttpResponse<String> answer) {
        JsonNode json() {
            return JSON.readTree(answer.body());
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }
    }

    private Reply get(String address, String accept) {
        String whole = address.startsWith("http") ? address : root + address;
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(whole))
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            return new Reply(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply good(String address) {
        Reply reply = get(address, "*/*");
        assertThat(reply.status()).as(address + " " + reply.answer().body()).isEqualTo(200);
        return reply;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode collections() {
        return get("/collections", "application/json").json().path("collections");
    }

    /** Links by relation; each has an address, a relation and a media type. */
    private static Map<String, List<JsonNode>> links(JsonNode from) {
        Map<String, List<JsonNode>> links = new HashMap<>();
        assertThat(from.path("links").isArray()).as(from.toString()).isTrue();
        for (JsonNode link : from.path("links")) {
            assertThat(link.path("href").asString("")).startsWith("http");
            assertThat(link.path("rel").asString("")).isNotBlank();
            assertThat(link.path("type").asString("")).contains("/");
            links.computeIfAbsent(link.path("rel").asString(""), key -> new ArrayList<>())
                    .add(link);
        }
        return links;
    }

    private static List<String> ids(JsonNode features) {
        List<String> ids = new ArrayList<>();
        features.path("features").forEach(one -> ids.add(one.path("id").asString("")));
        return ids;
    }

    /** A body that can be in JSON and HTML says where it is and where the other is. */
    private static void selfAndAlternate(JsonNode json) {
        Map<String, List<JsonNode>> links = links(json);
        assertThat(links).containsKeys("self", "alternate");
        assertThat(links.get("alternate").get(0).path("type").asString("")).isEqualTo("text/html");
    }

    // /conf/core/http, /conf/core/root-op, /conf/core/root-success
    @Test
    void theLandingPageLeadsToTheApiTheConformanceAndTheData() {
        for (String address : List.of("", "/")) {
            JsonNode landing = get(address, "application/json").json();
            Map<String, List<JsonNode>> links = links(landing);
            assertThat(links).containsKeys("self", "alternate", "service-desc", "service-doc", "conformance", "data");
            for (String relation : List.of("service-desc", "service-doc", "conformance", "data"))
                for (JsonNode link : links.get(relation)) {
                    Reply there = get(
                            link.path("href").asString(""), link.path("type").asString(""));
                    assertThat(there.status()).as(link.toString()).isEqualTo(200);
                    String type = link.path("type").asString("");
                    assertThat(there.type().replace(" ", "")).startsWith(type.split(";")[0]);
                }
        }
    }

    // /conf/core/api-definition-op, /conf/core/api-definition-success, /conf/oas30/definition-1, definition-2, oas-impl
    @Test
    void theApiIsDefinedInOpenApiAsJsonAndAsAPage() {
        JsonNode landing = get("", "application/json").json();
        JsonNode description = links(landing).get("service-desc").get(0);
        assertThat(description.path("type").asString("")).isEqualTo(OPENAPI);
        Reply api = get(description.path("href").asString(""), OPENAPI);
        assertThat(api.type().replace(" ", "")).startsWith(OPENAPI);
        JsonNode document = api.json();
        assertThat(document.path("openapi").asString("")).startsWith("3.0.");
        assertThat(document.path("info").path("title").asString("")).isNotBlank();
        assertThat(document.path("info").path("version").asString("")).isNotBlank();
        assertThat(document.path("servers").get(0).path("url").asString("")).isEqualTo(root);
        // What is described is there: every GET without variables answers.
        document.path("paths").properties().forEach(path -> {
            boolean elsewhere = path.getValue().has("servers");
            boolean signedIn = path.getKey().equals("/jobs") || path.getKey().endsWith("/changes");
            if (path.getKey().contains("{")
                    || elsewhere
                    || signedIn
                    || !path.getValue().has("get")) return;
            good(path.getKey());
        });
        assertThat(get("/api", "text/html").type()).startsWith("text/html");
    }

    // /conf/oas30/completeness, /conf/oas30/exceptions-codes, /conf/oas30/security
    @Test
    void theDefinitionNamesTheAnswersTheErrorsAndWhoMayChange() {
        JsonNode document = get("/api", OPENAPI).json();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (operation.getKey().equals("servers")) return;
                    String where = operation.getKey() + " " + path.getKey();
                    JsonNode responses = operation.getValue().path("responses");
                    assertThat(responses.propertyNames()).as(where).anyMatch(code -> code.startsWith("2"));
                    assertThat(responses.has("default")).as(where).isTrue();
                    boolean changes = path.getKey().startsWith("/collections/")
                            && !operation.getKey().equals("get");
                    if (changes)
                        assertThat(operation.getValue().path("security").path(0).has("basic"))
                                .as(where)
                                .isTrue();
                }));
        assertThat(document.path("components").path("securitySchemes").has("basic"))
                .isTrue();
        // An error is as it is described.
        Reply wrong = get("/collections/nowhere", "application/json");
        assertThat(wrong.status()).isEqualTo(404);
        assertThat(wrong.type()).startsWith("application/problem+json");
    }

    // /conf/core/conformance-op, /conf/core/conformance-success
    @Test
    void theConformanceNamesTheClassesThatAreTestedHere() {
        JsonNode conformance = get("/conformance", "application/json").json();
        List<String> classes = new ArrayList<>();
        conformance.path("conformsTo").forEach(one -> classes.add(one.asString("")));
        for (String one : List.of("core", "geojson", "html", "oas30"))
            assertThat(classes).contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/" + one);
        assertThat(classes).contains("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
        assertThat(classes).doesNotHaveDuplicates();
    }

    // /conf/core/fc-md-op, fc-md-success, fc-md-links, fc-md-items, fc-md-items-links, fc-md-extent, fc-md-extent-multi
    // /conf/core/sfc-md-op, sfc-md-success
    @Test
    void everyCollectionIsListedAndDescribedAlike() {
        JsonNode all = get("/collections", "application/json").json();
        selfAndAlternate(all);
        List<String> listed = new ArrayList<>();
        for (JsonNode one : all.path("collections")) {
            String id = one.path("id").asString("");
            listed.add(id);
            Map<String, List<JsonNode>> links = links(one);
            List<String> types = links.get("items").stream()
                    .map(link -> link.path("type").asString(""))
                    .toList();
            assertThat(types).contains("application/geo+json", "text/html");
            for (JsonNode link : links.get("items"))
                assertThat(link.path("href").asString("")).startsWith(root + "/collections/" + id + "/items");
            LayerState state = layers.state(id);
            JsonNode box = one.path("extent").path("spatial").path("bbox");
            assertThat(box.size()).as(id).isEqualTo(state.count() == 0 ? 0 : 1);
            if (state.count() > 0) {
                Envelope around = new Envelope(
                        box.get(0).get(0).asDouble(),
                        box.get(0).get(2).asDouble(),
                        box.get(0).get(1).asDouble(),
                        box.get(0).get(3).asDouble());
                layers.find(FeatureQuery.all(id))
                        .features()
                        .forEach(feature -> assertThat(
                                        around.contains(feature.geometry().getEnvelopeInternal()))
                                .as(id + " " + feature.id())
                                .isTrue());
            }
            JsonNode single = get("/collections/" + id, "application/json").json();
            assertThat(single).isEqualTo(one);
        }
        List<String> stored = new ArrayList<>();
        new org.anquan.catalog.Visibility(org.anquan.catalog.Sensitivity.PUBLIC)
                .layers(layers)
                .forEach(layer -> stored.add(layer.id()));
        assertThat(listed).isEqualTo(stored);
        assertThat(get("/collections/nowhere", "application/json").status()).isEqualTo(404);
    }

    // /conf/core/fc-op, fc-response, fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned
    // /conf/geojson/definition, /conf/geojson/content
    @Test
    void theFeaturesOfEveryCollectionAreWholeGeoJson() {
        for (JsonNode collection : collections()) {
            String id = collection.path("id").asString("");
            Instant before = Instant.now().minusSeconds(2);
            Reply reply = get("/collections/" + id + "/items?limit=100", "application/geo+json");
            assertThat(reply.status()).as(id).isEqualTo(200);
            assertThat(reply.type()).startsWith("application/geo+json");
            JsonNode page = reply.json();
            assertThat(page.path("type").asString("")).isEqualTo("FeatureCollection");
            selfAndAlternate(page);
            long count = layers.state(id).count();
            assertThat(page.path("numberMatched").asLong()).as(id).isEqualTo(count);
            assertThat(page.path("numberReturned").asInt())
                    .isEqualTo(page.path("features").size());
            assertThat(Instant.parse(page.path("timeStamp").asString("")))
                    .isBetween(before, Instant.now().plusSeconds(2));
            assertThat(links(page).containsKey("next")).as(id).isEqualTo(count > 100);
            for (JsonNode feature : page.path("features")) {
                assertThat(feature.path("type").asString("")).isEqualTo("Feature");
                assertThat(feature.path("id").asString("")).isNotBlank();
                assertThat(feature.path("properties").isObject()).isTrue();
                assertThat(GeoJson.read(feature.path("geometry")).isValid())
                        .as(id)
                        .isTrue();
            }
        }
    }

    // /conf/core/fc-limit-definition, fc-limit-response
    @Test
    void pagesAreAsLongAsWantedAndNextLeadsThroughAll() {
        JsonNode limit = parameter("limit");
        assertThat(limit.path("in").asString("")).isEqualTo("query");
        assertThat(limit.path("required").asBoolean()).isFalse();
        assertThat(limit.path("schema").path("type").asString("")).isEqualTo("integer");
        int most = limit.path("schema").path("maximum").asInt();
        assertThat(limit.path("schema").path("minimum").asInt()).isEqualTo(1);
        assertThat(good("/collections/road/items").json().path("features"))
                .hasSizeLessThanOrEqualTo(limit.path("schema").path("default").asInt());
        // More than the most is as good as the most.
        assertThat(good("/collections/hydrant/items?limit=" + (most + 1))
                        .json()
                        .path("numberReturned")
                        .asLong())
                .isEqualTo(Math.min(most, layers.state("hydrant").count()));
        for (String wrong : List.of("0", "-1", "many", "1.5"))
            assertThat(get("/collections/road/items?limit=" + wrong, "*/*").status())
                    .as(wrong)
                    .isEqualTo(400);
        List<String> found = new ArrayList<>();
        String at = root + "/collections/hydrant/items?limit=300";
        int pages = 0;
        while (!at.isEmpty() && pages++ < 10) {
            JsonNode page = get(at, "application/geo+json").json();
            found.addAll(ids(page));
            List<JsonNode> next = links(page).getOrDefault("next", List.of());
            at = next.isEmpty() ? "" : next.get(0).path("href").asString("");
        }
        assertThat(pages).isEqualTo((int) Math.ceil(layers.state("hydrant").count() / 300.0));
        assertThat(found).hasSize((int) layers.state("hydrant").count()).doesNotHaveDuplicates();
    }

    private JsonNode parameter(String name) {
        return get("/api", OPENAPI).json().path("components").path("parameters").path(name);
    }

    // /conf/core/fc-bbox-definition, fc-bbox-response
    @ParameterizedTest
    @ValueSource(strings = {"hydrant", "road", "community"})
    void aBoxSelectsWhatItMeets(String collection) {
        JsonNode bbox = parameter("bbox");
        assertThat(bbox.path("schema").path("type").asString("")).isEqualTo("array");
        assertThat(bbox.path("schema").path("minItems").asInt()).isEqualTo(4);
        assertThat(bbox.path("schema").path("maxItems").asInt()).isEqualTo(6);
        assertThat(bbox.path("schema").path("items").path("type").asString("")).isEqualTo("number");
        assertThat(bbox.path("style").asString("")).isEqualTo("form");
        assertThat(bbox.path("explode").asBoolean(true)).isFalse();
        Envelope box = new Envelope(105.80, 105.86, 32.42, 32.46);
        Geometry rectangle = GeoJson.FACTORY.toGeometry(box);
        List<String> expected = layers.find(FeatureQuery.all(collection)).features().stream()
                .filter(feature -> feature.geometry().intersects(rectangle))
                .map(org.anquan.catalog.Feature::id)
                .toList();
        assertThat(expected).isNotEmpty();
        for (String numbers : List.of("105.80,32.42,105.86,32.46", "105.80,32.42,-10,105.86,32.46,9000"))
            assertThat(ids(good("/collections/" + collection + "/items?limit=10000&bbox=" + numbers)
                            .json()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        for (String wrong : List.of("1,2,3", "a,b,c,d", "105,33,106,32", "1,2,3,4,5"))
            assertThat(get("/collections/" + collection + "/items?bbox=" + wrong, "*/*")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
    }

    // /conf/core/fc-time-definition, fc-time-response. An instant asks for the layer as it was then: a feature's time
    // is
    // that of its record. An interval asks for what was observed within it.
    @Test
    void timesSelectWhatTheyMeetAndWhatHasNoTime() {
        JsonNode datetime = parameter("datetime");
        assertThat(datetime.path("schema").path("type").asString("")).isEqualTo("string");
        long all = layers.state("shelter").count();
        // All shelters of the sample were observed on 2026-03-01T04:00:00Z; those without a time always belong to it.
        long timeless = layers.find(FeatureQuery.all("shelter")).features().stream()
                .filter(feature -> feature.get("observedAt") == null)
                .count();
        for (String meets : List.of(
                "2026-03-01T04:00:00Z/2026-03-01T05:00:00Z",
                "2026-03-01",
                "../2026-03-01T04:00:00Z",
                "/2026-03-01T04:00:00Z",
                "2026-03-01T04:00:00Z/..",
                "2026-03-01T04:00:00Z/",
                "../.."))
            assertThat(good("/collections/shelter/items?datetime=" + meets)
                            .json()
                            .path("numberMatched")
                            .asLong())
                    .as(meets)
                    .isEqualTo(all);
        for (String misses : List.of("2026-03-02/..", "../2026-02-27", "2020-01-01/2020-12-31"))
            assertThat(good("/collections/shelter/items?datetime=" + misses)
                            .json()
                            .path("numberMatched")
                            .asLong())
                    .as(misses)
                    .isEqualTo(timeless);
        assertThat(good("/collections/shelter/items?datetime=" + Instant.now())
                        .json()
                        .path("numberMatched")
                        .asLong())
                .isEqualTo(all);
        assertThat(good("/collections/shelter/items?datetime=2001-01-01T00:00:00Z")
                        .json()
                        .path("numberMatched")
                        .asLong())
                .isZero();
    }

    // /conf/core/query-param-unknown, query-param-invalid
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/conformance",
                "/api",
                "/collections",
                "/collections/shelter",
                "/collections/shelter/items",
                "/collections/shelter/items/shelter-01",
                "/collections/shelter/queryables",
                "/collections/shelter/schema",
                "/collections/shelter/schemas/feature",
                "/processes",
                "/processes/rescue-circle"
            })
    void aParameterThatIsNotDefinedIsRefused(String path) {
        Reply reply = get(path + "?perhaps=1", "application/json");
        assertThat(reply.status()).as(reply.answer().body()).isEqualTo(400);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.json().path("mistakes").get(0).path("where").asString(""))
                .isEqualTo("perhaps");
    }

    // /conf/core/f-op, f-success, f-links
    @Test
    void aFeatureIsThereByItself() {
        for (JsonNode collection : collections()) {
            String id = collection.path("id").asString("");
            if (layers.state(id).count() == 0) continue;
            JsonNode first = good("/collections/" + id + "/items?limit=1")
                    .json()
                    .path("features")
                    .get(0);
            Reply reply = get(
                    "/collections/" + id + "/items/" + encoded(first.path("id").asString("")), "application/geo+json");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.type()).startsWith("application/geo+json");
            JsonNode feature = reply.json();
            for (String part : List.of("type", "id", "geometry", "properties"))
                assertThat(feature.path(part)).as(id + " " + part).isEqualTo(first.path(part));
            selfAndAlternate(feature);
            JsonNode collectionLink = links(feature).get("collection").get(0);
            assertThat(collectionLink.path("href").asString("")).isEqualTo(root + "/collections/" + id);
        }
        assertThat(get("/collections/shelter/items/nobody", "*/*").status()).isEqualTo(404);
    }

    // /conf/core/crs84
    @Test
    void coordinatesAreInCrs84UnlessAskedOtherwise() {
        // The sample lies at 105° east and 32° north: latitude first would show.
        for (JsonNode collection : collections()) {
            String id = collection.path("id").asString("");
            Reply reply = good("/collections/" + id + "/items?limit=5");
            assertThat(reply.header("Content-Crs")).isEqualTo("<" + CRS84 + ">");
            for (JsonNode feature : reply.json().path("features")) {
                Envelope box = GeoJson.read(feature.path("geometry")).getEnvelopeInternal();
                assertThat(new Envelope(105, 107, 31, 33).contains(box)).as(id).isTrue();
            }
        }
    }

    // /conf/html/definition, /conf/html/content
    @ParameterizedTest
    @CsvSource({
        "'', 应急避难场所",
        "/conformance, conf/core",
        "/api, /collections/shelter/items",
        "/collections, 应急避难场所",
        "/collections/shelter, 有效避难面积",
        "/collections/shelter/items, 凤凰山公园",
        "/collections/shelter/items/shelter-01, 凤凰山公园",
        "/processes, 救援圈",
        "/processes/rescue-circle, 救援圈",
    })
    void everythingIsAPageToo(String path, String words) {
        for (Reply reply : List.of(
                get(path, "text/html,application/xhtml+xml,*/*;q=0.8"), get(path + "?f=html", "application/json"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.type()).startsWith("text/html");
            String page = reply.answer().body();
            assertThat(page).startsWith("<!doctype html><html lang=\"zh-CN\">").contains("<title>", "<h1>", "</html>");
            assertThat(page).contains(words);
            // Nothing from elsewhere: it works with the network cut.
            assertThat(page).doesNotContain("src=\"http").doesNotContain("cdn");
        }
        assertThat(get(path, "application/json").type()).doesNotContain("html");
    }

    // Part 2: /conf/crs/crs-uri, default-crs, storageCrs
    @Test
    void everyCollectionNamesItsSystems() {
        for (JsonNode collection : collections()) {
            List<String> systems = new ArrayList<>();
            collection.path("crs").forEach(one -> systems.add(one.asString("")));
            assertThat(systems)
                    .allMatch(one -> one.matches("http://www\\.opengis\\.net/def/crs/(OGC|EPSG)/[0-9.]+/\\w+"));
            assertThat(systems).doesNotHaveDuplicates().contains(CRS84, EPSG + 4326, EPSG + 4490, EPSG + 4544);
            assertThat(systems.get(0)).isEqualTo(CRS84);
            assertThat(systems).contains(collection.path("storageCrs").asString(""));
        }
    }

    // /conf/crs/crs-parameter, crs-parameter-default, crs-parameter-transform, crs-parameter-invalid
    @Test
    void featuresComeInTheSystemAskedFor() {
        JsonNode plain = good("/collections/shelter/items/shelter-01").json();
        double lon = plain.path("geometry").path("coordinates").get(0).asDouble();
        double lat = plain.path("geometry").path("coordinates").get(1).asDouble();
        for (JsonNode uri : collections().get(0).path("crs")) {
            String crs = uri.asString("");
            for (String at : List.of("/collections/shelter/items/shelter-01", "/collections/shelter/items")) {
                Reply reply = good(at + "?crs=" + encoded(crs));
                assertThat(reply.header("Content-Crs")).isEqualTo("<" + crs + ">");
            }
        }
        JsonNode turned = good("/collections/shelter/items/shelter-01?crs=" + encoded(EPSG + 4326))
                .json()
                .path("geometry")
                .path("coordinates");
        assertThat(turned.get(0).asDouble()).isEqualTo(lat);
        assertThat(turned.get(1).asDouble()).isEqualTo(lon);
        assertThat(good("/collections/shelter/items/shelter-01?crs=" + encoded(CRS84))
                        .json()
                        .path("geometry"))
                .isEqualTo(plain.path("geometry"));
        for (String at : List.of("/collections/shelter/items/shelter-01", "/collections/shelter/items"))
            for (String wrong : List.of(EPSG + 1, "http://www.example.com/crs/1", "north"))
                assertThat(get(at + "?crs=" + encoded(wrong), "*/*").status())
                        .as(wrong)
                        .isEqualTo(400);
    }

    // /conf/crs/bbox-crs-parameter, bbox-crs-parameter-default, bbox-crs-parameter-invalid
    @Test
    void aBoxInAnotherSystemSelectsTheSame() {
        List<String> expected = new ArrayList<>(
                new TreeSet<>(ids(good("/collections/hydrant/items?limit=1000&bbox=105.80,32.42,105.86,32.46")
                        .json())));
        assertThat(expected).isNotEmpty();
        for (String same : List.of(
                "105.80,32.42,105.86,32.46&bbox-crs=" + encoded(CRS84),
                "32.42,105.80,32.46,105.86&bbox-crs=" + encoded(EPSG + 4326),
                "32.42,105.80,32.46,105.86&bbox-crs=" + encoded(EPSG + 4490)))
            assertThat(new TreeSet<>(ids(good("/collections/hydrant/items?limit=1000&bbox=" + same)
                            .json())))
                    .containsExactlyElementsOf(expected);
        for (String wrong : List.of(EPSG + 1, "south"))
            assertThat(get("/collections/hydrant/items?bbox=1,2,3,4&bbox-crs=" + encoded(wrong), "*/*")
                            .status())
                    .isEqualTo(400);
    }
}
