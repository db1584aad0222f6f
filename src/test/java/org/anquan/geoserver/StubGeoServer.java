package org.anquan.geoserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A GeoServer as its REST reference describes it (workspaces, datastores, featuretypes, layers, styles, resources, layer
 * groups; GeoWebCache's mass truncation), and no more: wrong paths, methods, content types and bodies are refused. It keeps
 * passwords encrypted, writes lists of one as the one, makes a layer with a style of its own for each feature type, and
 * fails where it is told to.
 */
public final class StubGeoServer implements AutoCloseable {
    public static final String USER = "发布员";
    public static final String PASSWORD = "geo-秘密-7788";

    enum Fault {
        /** Before anything is done. */
        ERROR,
        /** Done, but the answer is lost. */
        LOST_ANSWER,
        /** A login page. */
        LOGIN_PAGE,
        REDIRECT,
        UNAUTHORIZED,
        FORBIDDEN,
        CONFLICT,
        SLOW
    }

    private record Reply(int status, String type, byte[] body) {
        static Reply of(int status, String words) {
            return new Reply(status, "text/plain;charset=utf-8", words.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final String NO_ENDPOINT = "no such endpoint: ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // The JDK's server sends head and body apart; without this each answer waits 40 ms for the client's word.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    /** Path without ending: what stands there. */
    final Map<String, ObjectNode> objects = new TreeMap<>();

    final Map<String, byte[]> files = new TreeMap<>();
    public final List<String> writes = new ArrayList<>();
    final List<String> truncated = new ArrayList<>();
    public final List<String> refused = new ArrayList<>();
    int requests;
    private int faultFrom = Integer.MAX_VALUE;
    private int faultTo;
    private Fault fault = Fault.ERROR;

    public StubGeoServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/geoserver";
    }

    /** From the n-th request on, counted from 1, so many requests fail. */
    void failAt(int request, int count, Fault how) {
        requests = 0;
        faultFrom = request;
        faultTo = request + count - 1;
        fault = how;
    }

    void heal() {
        faultFrom = Integer.MAX_VALUE;
    }

    /** All that a user of the server would see. */
    Map<String, String> state() {
        Map<String, String> all = new TreeMap<>();
        objects.forEach((path, body) -> all.put(path, body.toString()));
        files.forEach((path, body) -> {
            if (!path.contains(".gpkg")) all.put(path, Arrays.hashCode(body) + "");
            else all.put(path, "a GeoPackage");
        });
        return all;
    }

    private synchronized boolean fails() {
        requests++;
        return requests >= faultFrom && requests <= faultTo;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean fails = fails();
            if (fails && fault == Fault.SLOW) pause();
            boolean instead = fails && fault != Fault.LOST_ANSWER && fault != Fault.SLOW;
            Reply reply;
            synchronized (this) {
                reply = instead ? failure() : handled(exchange, body);
            }
            if (fails && fault == Fault.LOST_ANSWER) return;
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            if (reply.status() == 302) exchange.getResponseHeaders().set("Location", url() + "/web/login");
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) exchange.getResponseBody().write(reply.body());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1800);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply failure() {
        return switch (fault) {
            // A server that repeats in its error page what it was sent.
            case ERROR ->
                new Reply(
                        500,
                        "text/html",
                        ("<html><style>p{}</style><p>java.io.IOException passwd=" + PASSWORD + "</p></html>")
                                .getBytes(StandardCharsets.UTF_8));
            case LOGIN_PAGE ->
                new Reply(
                        200,
                        "text/html;charset=UTF-8",
                        "<!DOCTYPE html><form>login</form>".getBytes(StandardCharsets.UTF_8));
            case REDIRECT -> Reply.of(302, "");
            case UNAUTHORIZED -> Reply.of(401, "");
            case FORBIDDEN -> Reply.of(403, "");
            case CONFLICT -> Reply.of(409, "somebody else is at it");
            default -> throw new IllegalStateException();
        };
    }

    private Reply handled(HttpExchange exchange, byte[] body) {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) return Reply.of(401, "");
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery() == null
                ? ""
                : exchange.getRequestURI().getQuery();
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!path.startsWith("/geoserver/")) return Reply.of(404, "");
        Reply reply = route(method, path.substring("/geoserver".length()), query, type, body);
        // To look for something that is not there yet is no mistake; to ask at a wrong address is one.
        boolean looked = method.equals("GET")
                && reply.status() == 404
                && !new String(reply.body(), StandardCharsets.UTF_8).startsWith(NO_ENDPOINT);
        if (reply.status() >= 400 && !looked)
            refused.add(method + " " + path + "?" + query + " " + type + " -> " + reply.status() + " "
                    + new String(reply.body(), StandardCharsets.UTF_8));
        else if (!method.equals("GET")) writes.add(method + " " + path);
        return reply;
    }

    private Reply route(String method, String path, String query, String type, byte[] body) {
        if (path.equals("/rest/about/version.json") && method.equals("GET"))
            return json(JSON.readTree("{\"about\":{\"resource\":[{\"@name\":\"GeoServer\",\"Version\":\"2.24.1\"}]}}"));
        if (path.equals("/gwc/rest/masstruncate")) return truncate(method, type, body);
        if (path.startsWith("/rest/resource/")) return resource(method, path, type, body);
        String ws = "/rest/workspaces/([A-Za-z][\\w-]*)";
        Matcher m;
        if (path.equals("/rest/workspaces")) return make(method, path, type, body, "workspace");
        if ((m = match("/rest/workspaces/([\\w-]+)\\.json", path)) != null)
            return one(method, "/rest/workspaces/" + m.group(1), type, body, "workspace", query);
        if ((m = match(ws + "/(datastores|styles|layergroups)", path)) != null) {
            if (!objects.containsKey("/rest/workspaces/" + m.group(1))) return Reply.of(404, "No such workspace");
            return make(method, path, type, body, root(m.group(2)));
        }
        if ((m = match(ws + "/datastores/([\\w-]+)/featuretypes", path)) != null)
            return newType(method, path, type, body, m.group(1), m.group(2));
        if ((m = match(ws + "/datastores/([\\w-]+)/featuretypes/(\\w+)\\.json", path)) != null) {
            if (!Set.of("", "quietOnNotFound=true", "recalculate=", "recalculate=nativebbox,latlonbbox")
                    .contains(query)) return Reply.of(400, query);
            return one(method, path.replaceAll("\\.json$", ""), type, body, "featureType", query);
        }
        if ((m = match(ws + "/datastores/([\\w-]+)/file\\.gpkg", path)) != null)
            return upload(method, query, type, body, m.group(1), m.group(2));
        if ((m = match(ws + "/(datastores|styles|layergroups)/([\\w-]+)\\.json", path)) != null)
            return one(method, path.replaceAll("\\.json$", ""), type, body, root(m.group(2)), query);
        if ((m = match(ws + "/styles/([\\w-]+)(\\.sld)?", path)) != null)
            return sld(method, query, type, body, m.group(1), m.group(2), m.group(3) != null);
        if ((m = match("/rest/layers/([\\w-]+:\\w+)\\.json", path)) != null)
            return layer(method, m.group(1), type, body, query);
        return Reply.of(404, NO_ENDPOINT + path);
    }

    private static @Nullable Matcher match(String pattern, String path) {
        Matcher m = Pattern.compile(pattern).matcher(path);
        return m.matches() ? m : null;
    }

    private static String root(String collection) {
        return switch (collection) {
            case "datastores" -> "dataStore";
            case "styles" -> "style";
            default -> "layerGroup";
        };
    }

    private static Reply json(JsonNode body) {
        return new Reply(200, "application/json", JSON.writeValueAsBytes(collapsed(body)));
    }

    /** GeoServer writes a list of one as the one. */
    private static JsonNode collapsed(JsonNode node) {
        if (node.isArray() && node.size() == 1) return collapsed(node.get(0));
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            node.properties().forEach(part -> copy.set(part.getKey(), collapsed(part.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(one -> copy.add(collapsed(one)));
            return copy;
        }
        return node;
    }

    private static @Nullable ObjectNode read(String type, byte[] body, String root) {
        if (!type.startsWith("application/json")) return null;
        try {
            JsonNode given = JSON.readTree(body);
            return given.size() == 1 && given.path(root) instanceof ObjectNode inside ? inside : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private Reply make(String method, String path, String type, byte[] body, String root) {
        if (!method.equals("POST")) return Reply.of(405, "");
        ObjectNode given = read(type, body, root);
        if (given == null) return Reply.of(400, "wrong body for " + root);
        String name = given.path("name").asString("");
        if (!name.matches("[A-Za-z][\\w-]*")) return Reply.of(400, "wrong name " + name);
        String at = path + "/" + name;
        // Stores and groups answer 500 where they exist, as GeoServer did for long.
        if (objects.containsKey(at)) return Reply.of(root.equals("workspace") ? 409 : 500, name + " already exists");
        if (root.equals("dataStore")) {
            Map<String, String> entries = Wanted.entries(given.path("connectionParameters"));
            if (!Set.of("dbtype", "host", "port", "database", "schema", "user", "passwd").stream()
                    .allMatch(entries::containsKey))
                return Reply.of(400, "parameters are missing: " + entries.keySet());
        }
        if (root.equals("style") && !given.path("filename").asString("").endsWith(".sld"))
            return Reply.of(400, "filename");
        if (root.equals("layerGroup")) {
            Reply wrong = group(given);
            if (wrong != null) return wrong;
        }
        objects.put(at, encrypted(given));
        return Reply.of(201, name);
    }

    private @Nullable Reply group(ObjectNode given) {
        JsonNode published = given.path("publishables").path("published");
        if (published.isMissingNode()) return null;
        if (given.path("styles").path("style").size() != published.size())
            return Reply.of(400, "styles and layers differ");
        for (JsonNode one : published)
            if (!objects.containsKey("/rest/layers/" + one.path("name").asString("")))
                return Reply.of(400, "no layer " + one);
        return null;
    }

    private static ObjectNode encrypted(ObjectNode given) {
        for (JsonNode entry : given.path("connectionParameters").path("entry"))
            if (entry.path("@key").asString("").equals("passwd"))
                ((ObjectNode) entry)
                        .put(
                                "$",
                                "crypt1:"
                                        + Integer.toHexString(
                                                entry.path("$").asString("").hashCode()));
        return given;
    }

    private Reply one(String method, String at, String type, byte[] body, String root, String query) {
        ObjectNode there = objects.get(at);
        if (there == null) return Reply.of(404, "no " + at);
        if (method.equals("GET")) {
            ObjectNode out = JSON.createObjectNode();
            out.set(root, there);
            return json(out);
        }
        if (!method.equals("PUT")) return Reply.of(405, "");
        ObjectNode given = read(type, body, root);
        if (given == null) return Reply.of(400, "wrong body for " + root);
        if (given.has("name") && !given.get("name").equals(there.get("name")))
            return Reply.of(403, "the name cannot change");
        if (root.equals("layerGroup")) {
            Reply wrong = group(given);
            if (wrong != null) return wrong;
        }
        encrypted(given).properties().forEach(part -> there.set(part.getKey(), part.getValue()));
        return Reply.of(200, "");
    }

    private Reply newType(String method, String path, String type, byte[] body, String workspace, String store) {
        if (!objects.containsKey("/rest/workspaces/" + workspace + "/datastores/" + store))
            return Reply.of(404, "no store " + store);
        ObjectNode given = read(type, body, "featureType");
        for (String needed : List.of(
                "name",
                "nativeName",
                "title",
                "srs",
                "projectionPolicy",
                "nativeBoundingBox",
                "latLonBoundingBox",
                "attributes"))
            if (given == null || given.path(needed).isMissingNode()) return Reply.of(400, "missing: " + needed);
        Reply made = make(method, path, type, body, "featureType");
        if (made.status() != 201) return made;
        String name = given.path("name").asString();
        ObjectNode layer = JSON.createObjectNode().put("name", name).put("type", "VECTOR");
        layer.putObject("defaultStyle").put("name", "polygon");
        objects.put("/rest/layers/" + workspace + ":" + name, layer);
        return made;
    }

    private Reply layer(String method, String name, String type, byte[] body, String query) {
        if (method.equals("PUT")) {
            ObjectNode given = read(type, body, "layer");
            if (given == null) return Reply.of(400, "wrong body for layer");
            JsonNode style = given.path("defaultStyle");
            String at = "/rest/workspaces/" + style.path("workspace").asString("") + "/styles/"
                    + style.path("name").asString("");
            if (!objects.containsKey(at)) return Reply.of(400, "no style " + at);
            if (!files.containsKey(at)) return Reply.of(500, "the style is empty");
            // As GeoServer names a style of a workspace.
            ((ObjectNode) style)
                    .put(
                            "name",
                            style.path("workspace").asString("") + ":"
                                    + style.path("name").asString(""));
            ObjectNode there = objects.get("/rest/layers/" + name);
            if (there == null) return Reply.of(404, "no layer");
            there.set("defaultStyle", style);
            return Reply.of(200, "");
        }
        return one(method, "/rest/layers/" + name, type, body, "layer", query);
    }

    private Reply upload(String method, String query, String type, byte[] body, String workspace, String store) {
        if (!method.equals("PUT")) return Reply.of(405, "");
        if (!objects.containsKey("/rest/workspaces/" + workspace)) return Reply.of(404, "no workspace");
        if (!query.equals("configure=none&update=overwrite&filename=" + store + ".gpkg")) return Reply.of(400, query);
        if (!type.equals("application/geopackage+sqlite3")) return Reply.of(415, type);
        if (body.length < 100 || !new String(body, 0, 15, StandardCharsets.ISO_8859_1).equals("SQLite format 3"))
            return Reply.of(500, "not a GeoPackage");
        String at = "/rest/workspaces/" + workspace + "/datastores/" + store;
        boolean fresh = !objects.containsKey(at);
        if (fresh) objects.put(at, JSON.createObjectNode().put("name", store).put("type", "GeoPackage"));
        files.put(at + ".gpkg", body);
        return Reply.of(fresh ? 201 : 200, "");
    }

    private Reply sld(
            String method, String query, String type, byte[] body, String workspace, String name, boolean asSld) {
        String at = "/rest/workspaces/" + workspace + "/styles/" + name;
        if (!objects.containsKey(at)) return Reply.of(404, "no style");
        if (method.equals("GET")) {
            if (!asSld) return Reply.of(406, "");
            byte[] there = files.get(at);
            return there == null ? Reply.of(404, "no SLD") : new Reply(200, "application/vnd.ogc.sld+xml", there);
        }
        if (!method.equals("PUT") || asSld) return Reply.of(405, "");
        if (!type.equals("application/vnd.ogc.sld+xml")) return Reply.of(415, type);
        if (!query.equals("raw=true")) return Reply.of(400, query);
        if (!new String(body, StandardCharsets.UTF_8).contains("version=\"1.0.0\""))
            return Reply.of(400, "not SLD 1.0");
        files.put(at, body);
        return Reply.of(200, "");
    }

    private Reply resource(String method, String path, String type, byte[] body) {
        if (!path.matches("/rest/resource/workspaces/[\\w-]+/styles/symbols/[\\w-]+\\.svg"))
            return Reply.of(404, NO_ENDPOINT + path);
        byte[] there = files.get(path);
        if (method.equals("GET"))
            return there == null ? new Reply(404, "text/plain", new byte[0]) : new Reply(200, "image/svg+xml", there);
        if (!method.equals("PUT")) return Reply.of(405, "");
        if (!type.equals("image/svg+xml")) return Reply.of(415, type);
        files.put(path, body);
        return Reply.of(there == null ? 201 : 200, "");
    }

    private Reply truncate(String method, String type, byte[] body) {
        if (!method.equals("POST")) return Reply.of(405, "");
        if (!type.startsWith("text/xml")) return Reply.of(415, type);
        Matcher m = match(
                "<truncateLayer><layerName>([\\w-]+):([\\w-]+)</layerName></truncateLayer>",
                new String(body, StandardCharsets.UTF_8));
        if (m == null) return Reply.of(400, "wrong body");
        boolean there = objects.containsKey("/rest/layers/" + m.group(1) + ":" + m.group(2))
                || objects.containsKey("/rest/workspaces/" + m.group(1) + "/layergroups/" + m.group(2));
        if (!there) return Reply.of(500, "no such layer in the cache");
        truncated.add(m.group(2));
        return Reply.of(200, "");
    }

    /** What GeoServer says of a feature type. */
    ObjectNode type(String store, String name) {
        return objects.getOrDefault(
                "/rest/workspaces/anquan/datastores/" + store + "/featuretypes/" + name, JSON.createObjectNode());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
