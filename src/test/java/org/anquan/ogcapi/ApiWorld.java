package org.anquan.ogcapi;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.anquan.Anquan;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.FeatureDraft;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.catalog.LoadMode;
import org.anquan.catalog.Title;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.security.Role;
import org.anquan.security.Users;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The whole service on a port of its own with a small world of layers, asked over real HTTP. One for all its tests. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {Anquan.class, ApiWorld.Probes.class},
        properties = {
            "anquan.sample=none",
            "anquan.ogcapi.max-body-bytes=20000",
            "anquan.ogcapi.max-changes=5",
            "anquan.tile.max-features=200",
            "anquan.security.bcrypt-strength=4",
            "anquan.jobs.queue-length=3"
        })
public abstract class ApiWorld {
    protected static final Path HOME = home();
    protected static final String ADMIN = "admin:correct-horse-battery";
    protected static final String PLANNER = "规划员:correct-horse-battery";
    protected static final String VIEWER = "viewer:correct-horse-battery";

    /** Released by a test that lets the slow process go on. */
    protected static volatile CountDownLatch slowMayEnd = new CountDownLatch(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @Autowired
    protected Layers layers;

    @Autowired
    protected LayerEdits edits;

    @Autowired
    protected Users users;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("anquan.home", HOME::toString);
    }

    private static Path home() {
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-homes")), "api");
            Files.createDirectories(home.resolve("layers"));
            Files.createDirectories(home.resolve("styles/symbols"));
            Files.writeString(home.resolve("layers/probe_point.yaml"), """
                    id: probe_point
                    title: {zh: 探点, en: Probes}
                    group: event
                    order: 900
                    geometry: point
                    sensitivity: public
                    attributes:
                      - {name: kind, title: {zh: 类别, en: Kind}, type: text, values: [{value: a, zh: 甲, en: First}, {value: b, zh: 乙, en: Second}]}
                      - {name: people, title: {zh: 人数, en: People}, type: integer, unit: persons, min: 0}
                      - {name: heightM, title: {zh: 高程, en: Height}, type: number, unit: m, note: {zh: 1985国家高程基准。, en: 1985 national height datum.}}
                      - {name: staffed, title: {zh: 有人值守, en: Staffed}, type: boolean}
                      - {name: opened, title: {zh: 启用日期, en: Opened}, type: date}
                      - {name: hazards, title: {zh: 灾种, en: Hazards}, type: list, values: [{value: flood, zh: 洪涝, en: Flood}, {value: fire, zh: 火灾, en: Fire}]}
                      - {name: phone, title: {zh: 电话, en: Telephone}, type: text, sensitivity: internal}
                      - {name: keeper, title: {zh: 负责人, en: Keeper}, type: text, sensitivity: restricted}
                    """);
            Files.writeString(home.resolve("layers/probe_line.yaml"), """
                    id: probe_line
                    title: {zh: 探线, en: Probe lines}
                    group: event
                    order: 901
                    geometry: line
                    sensitivity: public
                    attributes: []
                    """);
            Files.writeString(home.resolve("layers/probe_area.yaml"), """
                    id: probe_area
                    title: {zh: 探区, en: Probe areas}
                    group: event
                    order: 902
                    geometry: polygon
                    sensitivity: public
                    attributes: []
                    """);
            Files.writeString(home.resolve("layers/probe_edit.yaml"), """
                    id: probe_edit
                    title: {zh: 编辑点, en: Edited points}
                    group: event
                    order: 904
                    geometry: point
                    sensitivity: public
                    attributes:
                      - {name: people, title: {zh: 人数, en: People}, type: integer, unit: persons, min: 0}
                      - {name: heightM, title: {zh: 高程, en: Height}, type: number, unit: m}
                      - {name: staffed, title: {zh: 有人值守, en: Staffed}, type: boolean}
                      - {name: opened, title: {zh: 启用日期, en: Opened}, type: date}
                      - {name: hazards, title: {zh: 灾种, en: Hazards}, type: list, values: [{value: flood, zh: 洪涝, en: Flood}, {value: fire, zh: 火灾, en: Fire}]}
                      - {name: keeper, title: {zh: 负责人, en: Keeper}, type: text, sensitivity: restricted}
                    """);
            Files.writeString(home.resolve("layers/probe_hidden.yaml"), """
                    id: probe_hidden
                    title: {zh: 内部点, en: Hidden points}
                    group: event
                    order: 903
                    geometry: point
                    sensitivity: internal
                    attributes: []
                    """);
            return home.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void fillTheWorldOnce() throws IOException {
        for (String account : List.of(ADMIN, PLANNER, VIEWER)) {
            String name = account.substring(0, account.indexOf(':'));
            String password = account.substring(account.indexOf(':') + 1);
            Role role = name.equals("admin") ? Role.ADMIN : name.equals("viewer") ? Role.VIEWER : Role.EDITOR;
            if (users.find(name).isEmpty()) users.add(name, password, Set.of(role));
            else if (layers.state("probe_point").version() == 0) users.setPassword(name, password);
        }
        if (layers.state("probe_point").version() > 0) return;
        List<FeatureDraft> points = new ArrayList<>();
        // p01 … p25 stand 0.01° apart from west to east, one a day from the first of March.
        for (int i = 1; i <= 25; i++) {
            Map<String, Object> is = new LinkedHashMap<>();
            is.put("name", "点" + i);
            is.put("kind", i % 2 == 0 ? "a" : "b");
            is.put("people", (long) 10 * i);
            is.put("heightM", i + 0.5);
            is.put("staffed", i <= 5);
            is.put("opened", LocalDate.of(2026, 1, i));
            is.put("hazards", i % 5 == 0 ? List.of("flood", "fire") : List.of("fire"));
            is.put("phone", "0839-" + i);
            is.put("keeper", "张" + i);
            is.put("observedAt", Instant.parse("2026-03-%02dT04:00:00Z".formatted(i)));
            points.add(new FeatureDraft(
                    "p%02d".formatted(i), wkt("POINT(%s 32.4)".formatted(105.80 + i / 100.0)), is, null));
        }
        points.add(new FeatureDraft("east", wkt("POINT(179.5 10)"), Map.of("name", "<b>东</b>"), null));
        points.add(new FeatureDraft("west", wkt("POINT(-179.5 10)"), Map.of("name", "西"), null));
        load("probe_point", points);
        load(
                "probe_line",
                List.of(new FeatureDraft("diagonal", wkt("LINESTRING(105 32, 106 33)"), Map.of("name", "斜线"), null)));
        load(
                "probe_area",
                List.of(
                        new FeatureDraft(
                                "corner",
                                wkt("POLYGON((105 32, 106 32, 106 32.1, 105.1 32.1, 105.1 33, 105 33, 105 32))"),
                                Map.of("name", "角形"),
                                null),
                        new FeatureDraft(
                                "ring",
                                wkt("POLYGON((107 32, 108 32, 108 33, 107 33, 107 32),"
                                        + " (107.4 32.4, 107.4 32.6, 107.6 32.6, 107.6 32.4, 107.4 32.4))"),
                                Map.of("name", "环形"),
                                null)));
        load("probe_hidden", List.of(new FeatureDraft("h1", wkt("POINT(105 32)"), Map.of("name", "内部"), null)));
    }

    protected void load(String layer, List<FeatureDraft> drafts) throws IOException {
        edits.load(
                new ChangeContext("test", ""),
                layer,
                LoadMode.REPLACE,
                sink -> drafts.forEach(draft -> {
                    List<ProblemException.Mistake> mistakes = sink.add(draft);
                    if (!mistakes.isEmpty()) throw new IllegalStateException(draft.id() + ": " + mistakes);
                }));
    }

    protected static Geometry wkt(String text) {
        try {
            return new WKTReader(GeoJson.FACTORY).read(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An answer, body as bytes. */
    public record Reply(int status, java.net.http.HttpHeaders headers, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(bytes);
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public List<String> ids() {
            List<String> ids = new ArrayList<>();
            json().path("features")
                    .forEach(feature -> ids.add(feature.path("id").asString("")));
            return ids;
        }
    }

    protected Reply get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    protected Reply post(String path, String json, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return ask("POST", path, json, all);
    }

    protected Reply ask(String method, String path, @Nullable String body, String... headers) {
        String address = path.startsWith("http") ? path : "http://localhost:" + port + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A form with fields and files: name, bytes, name, bytes … */
    protected Reply multipart(String path, Map<String, String> fields, Object[] files, String... headers) {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        String line = "----anquan";
        fields.forEach((name, value) -> body.writeBytes(("--" + line
                        + "\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < files.length; i += 2) {
            body.writeBytes(("--" + line + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + files[i]
                            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes((byte[]) files[i + 1]);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + line + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .setHeader("Content-Type", "multipart/form-data; boundary=" + line);
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static String basic(String account) {
        return "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    }

    /** Questions of the test's own. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Probes {
        @Bean
        Process echo() {
            return probe("probe-echo", (inputs, progress) -> {
                if (!inputs.has("word"))
                    throw ProblemException.invalid("problem.parameterMissing", "word")
                            .withMistakes(List.of(new ProblemException.Mistake(
                                    "inputs.word", Text.of("ogcapi.mistake.inputsMissing"))));
                return new Echo(inputs.get("word").asString(""), Text.of("ogcapi.yes"), new Title("题", "title"));
            });
        }

        @Bean
        Process broken() {
            return probe("probe-broken", (inputs, progress) -> {
                throw new IllegalStateException("a fault of our own");
            });
        }

        @Bean
        Process slow() {
            return probe("probe-slow", (inputs, progress) -> {
                progress.report(0.4, Text.of("process.running"));
                try {
                    while (!slowMayEnd.await(10, java.util.concurrent.TimeUnit.MILLISECONDS))
                        progress.stopIfCancelled();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new Echo("slow", Text.of("ogcapi.yes"), new Title("题", "title"));
            });
        }
    }

    record Echo(String word, Text yes, Title title) {}

    private interface Answer {
        Object to(ObjectNode inputs, Progress progress);
    }

    private static Process probe(String id, Answer answer) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode inputs = json.objectNode();
        inputs.putObject("word")
                .put("title", "word")
                .put("minOccurs", 0)
                .putObject("schema")
                .put("type", "string");
        ObjectNode outputs = json.objectNode();
        for (String name : List.of("word", "yes", "title"))
            outputs.putObject(name).putObject("schema").put("type", "string");
        ObjectNode example = json.objectNode();
        example.putObject("inputs").put("word", "hello");
        ProcessDescription description = new ProcessDescription(
                id, "1.0.0", new Title("探问", "Probe"), new Title("试验用", "For tests"), inputs, outputs, example);
        return new Process() {
            @Override
            public ProcessDescription description() {
                return description;
            }

            @Override
            public Object execute(ObjectNode given, Progress progress) {
                return answer.to(given, progress);
            }

            @Override
            public List<String> otherFormats() {
                return List.of("text/csv");
            }

            @Override
            public void write(Object given, String mediaType, OutputStream out) throws IOException {
                out.write(("word\n" + ((Echo) given).word() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
