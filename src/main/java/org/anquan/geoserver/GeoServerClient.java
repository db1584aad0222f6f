package org.anquan.geoserver;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a GeoServer's REST interface. What may pass (a time-out, a 5xx) is tried again after growing waits; what needs
 * a person (a wrong password, an HTML page where JSON should be) becomes a problem that says what to do. Neither names nor
 * passwords stand in any of them.
 */
final class GeoServerClient {
    static final MediaType SLD = MediaType.parseMediaType("application/vnd.ogc.sld+xml");
    static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");
    static final MediaType GEOPACKAGE = MediaType.parseMediaType("application/geopackage+sqlite3");

    /** Of an answer, as much as is quoted. */
    private static final int LONGEST_QUOTE = 300;

    private final GeoServerSettings settings;
    private final JsonMapper json;
    private final RestClient rest;
    private final String root;

    /** @param body the first part of what was answered */
    record Reply(int status, String type, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Something that may pass. */
    private static final class Passing extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ProblemException problem;

        Passing(ProblemException problem) {
            super(problem.key(), problem, false, false);
            this.problem = problem;
        }
    }

    GeoServerClient(GeoServerSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        root = address(settings.url());
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(settings.readTimeout());
        RestClient.Builder builder = RestClient.builder().requestFactory(requests);
        if (!settings.user().isEmpty())
            builder.defaultHeaders(
                    headers -> headers.setBasicAuth(settings.user(), settings.password(), StandardCharsets.UTF_8));
        rest = builder.build();
    }

    static String address(String given) {
        if (given.isBlank()) throw ProblemException.invalid("geoserver.noUrl");
        String url = given.strip().replaceAll("/+(rest|web)?/*$", "");
        try {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            // A password in the address would get into logs and problems.
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) return url;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw ProblemException.invalid("geoserver.url");
    }

    /** @return the object, or empty where there is none of this name */
    Optional<JsonNode> find(String path) {
        Reply reply = send(HttpMethod.GET, path, null, null, MediaType.APPLICATION_JSON);
        if (reply.status() == 404) return Optional.empty();
        refuse(reply, path);
        try {
            return Optional.of(json.readTree(reply.body()));
        } catch (JacksonException e) {
            throw html(path);
        }
    }

    /** A file as it is there, or empty. */
    Optional<byte[]> file(String path, MediaType type) {
        Reply reply = send(HttpMethod.GET, path, null, null, type);
        if (reply.status() == 404) return Optional.empty();
        refuse(reply, path);
        return Optional.of(reply.body());
    }

    /**
     * Makes something; where the answer was lost or says that it exists, looks whether it is there before trying again.
     *
     * @param path where it is found afterwards
     */
    void create(String collection, String path, JsonNode body) {
        byte[] bytes = json.writeValueAsBytes(body);
        ProblemException last = null;
        for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
            if (attempt > 1) pause(attempt);
            try {
                Reply reply = once(
                        HttpMethod.POST, collection, MediaType.APPLICATION_JSON, bytes, MediaType.APPLICATION_JSON);
                if (reply.status() == 409 && find(path).isPresent()) return;
                refuse(reply, collection);
                return;
            } catch (Passing e) {
                last = e.problem;
                if (find(path).isPresent()) return;
            }
        }
        throw last == null ? ProblemException.unavailable("geoserver.unreachable", root) : last;
    }

    void put(String path, JsonNode body) {
        refuse(
                send(
                        HttpMethod.PUT,
                        path,
                        MediaType.APPLICATION_JSON,
                        json.writeValueAsBytes(body),
                        MediaType.APPLICATION_JSON),
                path);
    }

    void put(String path, MediaType type, byte[] body) {
        refuse(send(HttpMethod.PUT, path, type, body, MediaType.ALL), path);
    }

    void upload(String path, Path file) {
        refuse(send(HttpMethod.PUT, path, GEOPACKAGE, new FileSystemResource(file), MediaType.ALL), path);
    }

    void postXml(String path, String body) {
        refuse(
                send(HttpMethod.POST, path, MediaType.TEXT_XML, body.getBytes(StandardCharsets.UTF_8), MediaType.ALL),
                path);
    }

    private Reply send(
            HttpMethod method, String path, @Nullable MediaType type, @Nullable Object body, MediaType accept) {
        ProblemException last = null;
        for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
            if (attempt > 1) pause(attempt);
            try {
                return once(method, path, type, body, accept);
            } catch (Passing e) {
                last = e.problem;
            }
        }
        throw last == null ? ProblemException.unavailable("geoserver.unreachable", root) : last;
    }

    /** Twice as long as the time before, within bounds. */
    private void pause(int attempt) {
        long wait = settings.firstWait().toMillis() << Math.min(20, attempt - 2);
        try {
            Thread.sleep(Math.min(wait, settings.longestWait().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(Kind.CANCELLED, "process.cancelled");
        }
    }

    private Reply once(
            HttpMethod method, String path, @Nullable MediaType type, @Nullable Object body, MediaType accept) {
        RestClient.RequestBodySpec request =
                rest.method(method).uri(URI.create(root + path)).accept(accept);
        if (type != null) request.contentType(type);
        if (body != null) request.body(body);
        Reply reply;
        try {
            reply = request.exchange((sent, answer) -> new Reply(
                    answer.getStatusCode().value(),
                    String.valueOf(answer.getHeaders().getFirst("Content-Type")),
                    answer.getBody().readAllBytes()));
        } catch (ResourceAccessException e) {
            throw new Passing(lost(e.getCause(), path).causedBy(withoutSecrets(e)));
        }
        if (reply == null) throw new Passing(ProblemException.unavailable("geoserver.unreachable", root));
        HttpStatusCode status = HttpStatusCode.valueOf(reply.status());
        if (status.value() == 401) throw ProblemException.of(Kind.UNAVAILABLE, "geoserver.notSignedIn", root);
        if (status.value() == 403) throw ProblemException.of(Kind.UNAVAILABLE, "geoserver.forbidden", path);
        if (status.is3xxRedirection() || status.is2xxSuccessful() && isHtml(reply)) throw html(path);
        // GeoServer before 2.20 says 500 where something exists already; what can be tried again is looked after first.
        if (status.is5xxServerError())
            throw new Passing(
                    ProblemException.unavailable("geoserver.serverError", status.value(), path, quote(reply)));
        return reply;
    }

    private ProblemException lost(@Nullable Throwable cause, String path) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException))
            return ProblemException.unavailable(
                    "geoserver.slow", path, settings.readTimeout().toMillis() / 1000.0);
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException)
            return ProblemException.unavailable("geoserver.unreachable", root);
        return ProblemException.unavailable("geoserver.brokenOff", path);
    }

    /** Only the kind of the trouble: messages of clients may hold what was sent. */
    private static IOException withoutSecrets(Exception e) {
        return new IOException(e.getClass().getSimpleName());
    }

    private static boolean isHtml(Reply reply) {
        return reply.type().toLowerCase(Locale.ROOT).contains("html")
                && reply.text().stripLeading().startsWith("<");
    }

    private static ProblemException html(String path) {
        return ProblemException.unavailable("geoserver.html", path);
    }

    private void refuse(Reply reply, String path) {
        if (reply.status() >= 200 && reply.status() < 300) return;
        if (reply.status() == 409) throw ProblemException.of(Kind.CONFLICT, "geoserver.conflict", path, quote(reply));
        throw ProblemException.unavailable("geoserver.refused", reply.status(), path, quote(reply));
    }

    /** What was answered in words, without marks and without our password, should a page repeat it. */
    private String quote(Reply reply) {
        String text =
                reply.text().replaceAll("(?s)<(script|style).*?</\\1>", " ").replaceAll("<[^>]*>", " ");
        for (String secret :
                new String[] {settings.password(), settings.postgis().password()})
            if (!secret.isEmpty()) text = text.replace(secret, "***");
        text = text.replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
