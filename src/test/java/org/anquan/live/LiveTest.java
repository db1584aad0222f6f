package org.anquan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import org.anquan.Anquan;
import org.anquan.catalog.Sensitivity;
import org.anquan.security.Role;
import org.anquan.security.Users;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Maps that listen to a whole service over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTest {
    private static final String DUTY = "值班员:correct-horse-battery";
    private static final String PLANNER = "规划员:correct-horse-battery";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LISTENERS = 60;
    private static final int KEPT = 300;
    private static final String SECRET_LAYER = """
            id: secret_store
            title: {zh: 保密库, en: Secret store}
            group: resource
            geometry: point
            sensitivity: restricted
            attributes:
              - {name: room, type: text, title: {zh: 库房, en: Room}}
            """;

    private ConfigurableApplicationContext service;
    private final List<Ear> ears = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("layers"));
        Files.writeString(home.resolve("layers/secret_store.yaml"), SECRET_LAYER);
        service = new SpringApplicationBuilder(Anquan.class)
                .run(
                        "--server.port=0",
                        "--anquan.home=" + home,
                        "--anquan.sample=none",
                        "--anquan.security.bcrypt-strength=4",
                        "--anquan.live.max-listeners=" + LISTENERS,
                        "--anquan.live.kept=" + KEPT,
                        "--anquan.live.heartbeat=1s");
        service.getBean(Users.class).add("值班员", "correct-horse-battery", Set.of(Role.DISPATCHER));
        service.getBean(Users.class).add("规划员", "correct-horse-battery", Set.of(Role.EDITOR));
    }

    @AfterAll
    void stop() {
        long before = System.nanoTime();
        listen("");
        service.close();
        // Open answers do not hold the service up: Spring would wait 30 s for them.
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
    }

    @AfterEach
    void hangUp() {
        ears.forEach(Ear::hangUp);
        ears.clear();
        await(() -> events().listeners() == 0);
    }

    private LiveEvents events() {
        return service.getBean(LiveEvents.class);
    }

    record Heard(String id, String kind, JsonNode data, long atNanos) {}

    /** A map that listens. */
    private static final class Ear implements Flow.Subscriber<String> {
        private final List<Heard> heard = new CopyOnWriteArrayList<>();
        private volatile int signsOfLife;
        private volatile boolean over;
        private volatile int status;
        private Flow.@Nullable Subscription subscription;
        private String id = "";
        private String kind = "";
        private String data = "";

        @Override
        public void onSubscribe(Flow.Subscription one) {
            subscription = one;
            one.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.equals(":")) signsOfLife++;
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("event: ")) kind = line.substring(7);
            if (line.startsWith("data: ")) data = line.substring(6);
            if (!line.isEmpty() || data.isEmpty()) return;
            heard.add(new Heard(id, kind, JSON.readTree(data), System.nanoTime()));
            data = "";
        }

        @Override
        public void onError(Throwable reason) {
            over = true;
        }

        @Override
        public void onComplete() {
            over = true;
        }

        void hangUp() {
            Flow.Subscription one = subscription;
            if (one != null) one.cancel();
        }

        List<Heard> of(String kind) {
            return heard.stream().filter(one -> one.kind().equals(kind)).toList();
        }

        List<String> layers() {
            return of("layer").stream()
                    .map(one -> one.data().path("layer").asString(""))
                    .toList();
        }

        boolean greeted() {
            return !of("ready").isEmpty() || !of("reset").isEmpty();
        }
    }

    private String address(String path) {
        return "http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path;
    }

    private Ear listen(String lastSeen, String... account) {
        Ear ear = new Ear();
        ears.add(ear);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address("/api/events")));
        if (!lastSeen.isEmpty()) request.header("Last-Event-ID", lastSeen);
        for (String one : account) request.header("Authorization", basic(one));
        CompletableFuture<HttpResponse<Void>> answer = HTTP.sendAsync(request.build(), head -> {
            ear.status = head.statusCode();
            return HttpResponse.BodySubscribers.fromLineSubscriber(ear);
        });
        answer.whenComplete((done, failure) -> ear.over = true);
        await(() -> ear.over || ear.greeted());
        return ear;
    }

    private static String basic(String account) {
        return "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!what.getAsBoolean() && System.nanoTime() < end) pause(5);
        assertThat(what.getAsBoolean()).isTrue();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> ask(String method, String path, String body, String account, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address(path)))
                .header("Authorization", basic(account))
                .header("Content-Type", path.contains("/items") ? "application/geo+json" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void save(String layer, String name) throws IOException, InterruptedException {
        String feature = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.8,32.4]},"
                + "\"properties\":{\"name\":\"" + name + "\"}}";
        assertThat(ask("POST", "/ogc/collections/" + layer + "/items", feature, PLANNER)
                        .statusCode())
                .isEqualTo(201);
    }

    private static final String CLOSED =
            "{\"closures\":[{\"type\":\"Point\",\"coordinates\":[105.8,32.4]}],\"reason\":\"滑坡\"}";

    @Test
    void aSavedFeatureAndALiveClosureAreHeardWithTheirVersions() throws Exception {
        Ear ear = listen("");
        assertThat(ear.status).isEqualTo(200);
        long before =
                ear.of("ready").get(0).data().path("layers").path("shelter").asLong(-1);
        assertThat(before).isNotNegative();
        save("shelter", "甲");
        assertThat(ask("PUT", "/api/scenarios/now", CLOSED, DUTY).statusCode()).isIn(200, 201);
        await(() -> !ear.of("scenario").isEmpty() && !ear.of("layer").isEmpty());
        assertThat(ear.layers()).containsExactly("shelter");
        assertThat(ear.of("layer").get(0).data().path("version").asLong(0)).isEqualTo(before + 1);
        JsonNode closed = ear.of("scenario").get(0).data();
        assertThat(closed.path("name").asString("")).isEqualTo("now");
        assertThat(closed.path("version").asLong(0)).isEqualTo(1);
        assertThat(ask("DELETE", "/api/scenarios/now", "", DUTY, "If-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        await(() -> ear.of("scenario").size() == 2);
        assertThat(ear.of("scenario").get(1).data().path("version").asLong(-1)).isZero();
        // Once each, though our own watch sees them as well: it looks every second, and believes it at its second look.
        pause(2500);
        assertThat(ear.of("scenario")).hasSize(2);
        assertThat(ear.of("layer")).hasSize(1);
        assertThat(ear.signsOfLife).isPositive();
    }

    @Test
    void whoComesBackIsToldWhatTheyMissedAndNothingTwice() {
        Ear first = listen("");
        events().heard(new org.anquan.catalog.LayerChanged("shelter", 101));
        await(() -> first.of("layer").size() == 1);
        String seen = first.heard.get(first.heard.size() - 1).id();
        first.hangUp();
        events().heard(new org.anquan.catalog.LayerChanged("team", 102));
        events().heard(new org.anquan.catalog.LayerChanged("road", 103));
        Ear again = listen(seen);
        await(() -> again.of("layer").size() == 2);
        assertThat(again.layers()).containsExactly("team", "road");
        assertThat(again.of("ready")).hasSize(1);
        assertThat(again.of("reset")).isEmpty();
    }

    @Test
    void whoWasAwayForLongerThanWhatIsKeptOrComesFromAnotherInstanceIsToldToLookAgain() {
        Ear first = listen("");
        String seen = first.heard.get(0).id();
        first.hangUp();
        for (int i = 0; i <= KEPT; i++) events().heard(new org.anquan.catalog.LayerChanged("shelter", 1000 + i));
        for (String id : List.of(seen, "othr-17", "nonsense")) {
            Ear again = listen(id);
            await(() -> !again.of("reset").isEmpty());
            assertThat(again.of("reset").get(0).data().path("layers").has("shelter"))
                    .isTrue();
            assertThat(again.of("layer")).isEmpty();
        }
    }

    @Test
    void thePublicIsNotToldOfRestrictedLayersAndScenarios() throws Exception {
        Ear everybody = listen("");
        Ear planner = listen("", PLANNER);
        assertThat(everybody.of("ready").get(0).data().path("layers").has("secret_store"))
                .isFalse();
        assertThat(planner.of("ready").get(0).data().path("layers").has("secret_store"))
                .isTrue();
        String seen = everybody.heard.get(0).id();
        save("secret_store", "乙");
        String hidden = "{\"closures\":[],\"sensitivity\":\"restricted\"}";
        assertThat(ask("PUT", "/api/scenarios/plan", hidden, PLANNER).statusCode())
                .isEqualTo(201);
        assertThat(ask("DELETE", "/api/scenarios/plan", "", PLANNER, "If-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        save("shelter", "丙");
        await(() -> planner.layers().contains("shelter") && everybody.layers().contains("shelter"));
        assertThat(planner.layers()).containsExactly("secret_store", "shelter");
        assertThat(planner.of("scenario")).hasSize(2);
        assertThat(everybody.layers()).containsExactly("shelter");
        assertThat(everybody.of("scenario")).isEmpty();
        // Nor when they come back and catch up.
        Ear again = listen(seen);
        await(() -> again.layers().contains("shelter"));
        assertThat(again.layers()).containsExactly("shelter");
        assertThat(again.of("scenario")).isEmpty();
    }

    @Test
    void oneMoreThanMayListenIsToldSoInWords() throws Exception {
        for (int i = 0; i < LISTENERS; i++) listen("");
        HttpResponse<String> refused = HTTP.send(
                HttpRequest.newBuilder(URI.create(address("/api/events"))).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");
        assertThat(refused.body()).contains("60").contains("max-listeners");
    }

    @Test
    void aReaderThatDoesNotReadIsLetGoAndHoldsUpNobody() throws Exception {
        Ear good = listen("");
        try (Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(4096);
            stuck.connect(new InetSocketAddress(
                    "localhost", Integer.parseInt(address("").replaceAll(".*:", ""))));
            stuck.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await(() -> events().listeners() == 2);
            // 2 kB each: 16 MB are more than the network takes for a reader that does not read.
            String large = '"' + "x".repeat(2000) + '"';
            int sent = 8000;
            long slowest = 0;
            for (int i = 0; i < sent; i++) {
                long before = System.nanoTime();
                events().feed().tell(Sensitivity.PUBLIC, "large", large);
                slowest = Math.max(slowest, System.nanoTime() - before);
                // No faster than the good one reads.
                if (i % 100 == 99) {
                    int told = i + 1;
                    await(() -> good.of("large").size() >= told);
                }
            }
            await(() -> events().listeners() == 1);
            assertThat(good.of("large")).hasSize(sent);
            assertThat(slowest).isLessThan(1_000_000_000L);
        }
    }

    @Test
    void fiftyMapsHearTwentyChangesASecondWithinASecond() throws Exception {
        all(50, 20, 1);
    }

    @Test
    @Tag("long")
    void fiftyMapsHearTwentyChangesASecondForHalfAMinute() throws Exception {
        all(50, 20, 30);
    }

    private void all(int maps, int changesASecond, int seconds) throws Exception {
        List<Ear> all = new ArrayList<>();
        for (int i = 0; i < maps; i++) all.add(listen(""));
        int changes = changesASecond * seconds;
        long[] saved = new long[changes];
        long start = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            long due = start + i * 1_000_000_000L / changesASecond;
            while (System.nanoTime() < due) pause(1);
            save("shelter", "第" + i);
            saved[i] = System.nanoTime();
        }
        for (Ear ear : all) await(() -> ear.of("layer").size() >= changes);
        long latest = 0;
        for (Ear ear : all) {
            List<Heard> heard = ear.of("layer");
            assertThat(heard).hasSize(changes);
            for (int i = 0; i < changes; i++)
                latest = Math.max(latest, heard.get(i).atNanos() - saved[i]);
        }
        System.out.printf(
                "live: %d maps, %d changes in %.1f s, the last to hear %d ms after the save%n",
                maps, changes, (System.nanoTime() - start) / 1e9, latest / 1_000_000);
        assertThat(Duration.ofNanos(latest)).isLessThan(Duration.ofSeconds(1));
    }
}
