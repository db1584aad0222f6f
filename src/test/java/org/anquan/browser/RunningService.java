package org.anquan.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.anquan.Anquan;
import org.anquan.home.AnquanHome;
import org.anquan.security.Role;
import org.anquan.security.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real application on a free port with the sample district in a new folder; started once, stopped with the tests.
 * {@code -Danquan.browser.address=http://…} looks at a service that runs already instead.
 */
public final class RunningService {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static @Nullable String address;
    private static @Nullable ConfigurableApplicationContext context;
    private static @Nullable RuntimeException failure;

    private RunningService() {}

    /** With scheme and port, without a slash at the end. */
    public static synchronized String address() {
        if (address != null) return address;
        // Waiting once is enough: every further test says the same at once.
        if (failure != null) throw failure;
        try {
            String given = System.getProperty("anquan.browser.address", "");
            String found = given.isEmpty() ? start() : given;
            waitUntilItAnswers(found);
            address = found;
            return found;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private static String start() {
        SpringApplication application = new SpringApplication(Anquan.class);
        application.setBannerMode(Banner.Mode.OFF);
        ConfigurableApplicationContext started = application.run(
                "--server.port=0", "--anquan.home=" + newHome(), "--anquan.sample=lizhou", "--logging.level.root=WARN");
        context = started;
        int port = ((WebServerApplicationContext) started).getWebServer().getPort();
        return "http://localhost:" + port;
    }

    /** The service's own part, to compare what it says outside with what it has. */
    public static synchronized <T> T part(Class<T> type) {
        address();
        if (context == null) throw new IllegalStateException("The service runs elsewhere.");
        return context.getBean(type);
    }

    /** Where the service keeps its data. */
    public static Path home() {
        return part(AnquanHome.class).folder();
    }

    /** An account with this role; a service that runs elsewhere must have it. */
    public static synchronized void account(String name, String password, Role role) {
        address();
        if (context == null) return;
        Users users = context.getBean(Users.class);
        if (users.find(name).isEmpty()) users.add(name, password, Set.of(role));
    }

    private static Path newHome() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/test-homes")), "browser");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ready when the circle has an answer: the sample may still be loading when the port is open. */
    private static void waitUntilItAnswers(String at) {
        Instant end = Instant.now().plus(LONGEST_START);
        String last = "";
        while (Instant.now().isBefore(end)) {
            try {
                HttpResponse<String> answer = post(at, "rescue-circle", circle("rescue_station", 60), "zh-CN");
                if (answer.statusCode() == 200) return;
                last = answer.body();
                Thread.sleep(500);
            } catch (IOException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("The service did not answer: " + last);
    }

    static String circle(String layer, int... minutes) {
        return "{\"inputs\":{\"facilities\":{\"layer\":\"" + layer + "\"},\"minutes\":"
                + java.util.Arrays.toString(minutes)
                + ",\"profile\":\"fire_engine\",\"direction\":\"from\"}}";
    }

    /** The process's own answer. */
    static JsonNode ask(String body, String language) {
        return ask("rescue-circle", body, language);
    }

    /** The answer of any process. */
    static JsonNode ask(String process, String body, String language) {
        try {
            HttpResponse<String> answer = post(address(), process, body, language);
            if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the service says at a path. */
    public static JsonNode get(String path) {
        return JSON.readTree(bytes(path, "application/geo+json, application/json"));
    }

    /** A file at a path. */
    public static byte[] bytes(String path) {
        return bytes(path, "*/*");
    }

    private static byte[] bytes(String path, String accepted) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                    .header("Accept", accepted)
                    .timeout(Duration.ofSeconds(60))
                    .build();
            HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200)
                throw new IllegalStateException(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> post(String at, String process, String body, String language)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(at + "/ogc/processes/" + process + "/execution"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Accept-Language", language)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
