package org.anquan.ogcapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.AttributeType;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.0 description, made from the layer definitions and process descriptions that the asker may see. */
final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PROBLEM = "application/problem+json";

    private final Asked asked;
    private final List<LayerDefinition> layers;
    private final List<Process> processes;
    private final OgcSettings settings;
    private final ObjectNode paths = JSON.objectNode();

    OpenApi(Asked asked, Layers layers, List<Process> processes, OgcSettings settings) {
        this.asked = asked;
        this.layers = asked.visibility().layers(layers).stream()
                .map(asked.visibility()::cut)
                .toList();
        this.processes = processes;
        this.settings = settings;
    }

    ObjectNode document() {
        ObjectNode document = JSON.objectNode();
        document.put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", words("ogcapi.title"))
                .put("description", words("ogcapi.description"))
                .put("version", InfoController.version())
                .putObject("license")
                .put("name", "Apache-2.0");
        document.putArray("servers").addObject().put("url", asked.ogc());
        common();
        find();
        doctor();
        scenarios();
        first();
        recipes();
        geoServer();
        onDuty();
        shelters();
        files();
        sheet();
        layers.forEach(this::layer);
        shared();
        processes.forEach(process -> process(process.description()));
        jobs();
        document.set("paths", paths);
        document.set("components", components());
        return document;
    }

    /** A plain page that lists the paths: no script from elsewhere is needed to read it. */
    Html page() {
        document();
        Html page = new Html(asked, words("ogcapi.title"));
        page.anchor(asked.ogc() + "/api", "OpenAPI 3.0 JSON");
        page.table(List.of("", words("ogcapi.html.path"), ""));
        paths.properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("servers"))
                        .forEach(operation -> page.row()
                                .cell(operation.getKey().toUpperCase(Locale.ROOT))
                                .cell(path.getKey())
                                .cell(operation.getValue().path("summary").asString(""))
                                .endRow()));
        return page.endTable();
    }

    private static String words(String key, Object... values) {
        return Text.of(key, values).toString();
    }

    private ObjectNode operation(String path, String method, String id, String summary, String tag) {
        ObjectNode at = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        ObjectNode operation = at.putObject(method);
        operation.putArray("tags").add(tag);
        operation.put("operationId", id).put("summary", summary);
        operation.putArray("parameters").addObject().put("$ref", "#/components/parameters/lang");
        return operation;
    }

    private static void parameter(ObjectNode operation, ObjectNode parameter) {
        ((ArrayNode) operation.get("parameters")).add(parameter);
    }

    private static void shared(ObjectNode operation, String... names) {
        for (String name : names)
            parameter(operation, JSON.objectNode().put("$ref", "#/components/parameters/" + name));
    }

    private static ObjectNode query(String name, String description, ObjectNode schema) {
        ObjectNode parameter = JSON.objectNode();
        parameter.put("name", name).put("in", "query").put("required", false).put("description", description);
        parameter.set("schema", schema);
        return parameter;
    }

    private static ObjectNode path(String name, String description, ObjectNode schema) {
        ObjectNode parameter = query(name, description, schema);
        return parameter.put("in", "path").put("required", true);
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    /** Answers of one good kind; every error is a problem. */
    private void answers(ObjectNode operation, String status, Map<String, ObjectNode> contents, String... errors) {
        ObjectNode responses = operation.putObject("responses");
        ObjectNode good = responses.putObject(status).put("description", words("ogcapi.api.answer"));
        if (!contents.isEmpty()) {
            ObjectNode content = good.putObject("content");
            new java.util.TreeMap<>(contents)
                    .forEach((type, schema) -> content.putObject(type).set("schema", schema));
        }
        for (String error : errors) responses.putObject(error).put("$ref", "#/components/responses/Problem");
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
    }

    private static ObjectNode ref(String schema) {
        return JSON.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    private Map<String, ObjectNode> pageOr(String type, ObjectNode schema) {
        return Map.of(type, schema, Link.HTML, type("string"));
    }

    private void common() {
        String tag = "Capabilities";
        ObjectNode landing = operation("/", "get", "getLandingPage", words("ogcapi.title"), tag);
        shared(landing, "f");
        answers(landing, "200", pageOr(Link.JSON, ref("Landing")));
        ObjectNode conformance =
                operation("/conformance", "get", "getConformance", words("ogcapi.link.conformance"), tag);
        shared(conformance, "f");
        answers(conformance, "200", pageOr(Link.JSON, ref("Conformance")));
        ObjectNode api = operation("/api", "get", "getApi", words("ogcapi.link.api"), tag);
        shared(api, "f");
        answers(api, "200", Map.of(LandingController.OPENAPI, type("object"), Link.HTML, type("string")));
        ObjectNode collections =
                operation("/collections", "get", "getCollections", words("ogcapi.link.collections"), tag);
        shared(collections, "f");
        answers(collections, "200", pageOr(Link.JSON, ref("Collections")));
    }

    private void find() {
        ObjectNode find = operation("/find", "get", "find", words("ogcapi.api.find"), "Data");
        // The short questions stand beside the API of the OGC.
        ((ObjectNode) paths.get("/find")).putArray("servers").addObject().put("url", asked.root() + "/api");
        parameter(find, query("q", words("ogcapi.api.find.q"), type("string")));
        parameter(find, query("layers", words("ogcapi.api.find.layers"), type("string")));
        parameter(find, query("bbox", words("ogcapi.api.find.bbox"), type("string")));
        shared(find, "limit");
        answers(find, "200", Map.of(Link.JSON, type("object")), "400", "404");
    }

    private void scenarios() {
        String all = "/scenarios";
        ObjectNode list = beside(all, "get", "listScenarios", "scenarios");
        answers(list, "200", Map.of(Link.JSON, type("object")));
        String one = all + "/{name}";
        ObjectNode read = beside(one, "get", "getScenario", "scenario");
        parameter(read, path("name", words("ogcapi.api.scenario.name"), type("string")));
        answers(read, "200", Map.of(Link.JSON, type("object")), "404");
        for (String method : List.of("put", "delete")) {
            ObjectNode change = beside(one, method, method + "Scenario", "scenario." + method);
            change.putArray("security").addObject().putArray("basic");
            parameter(change, path("name", words("ogcapi.api.scenario.name"), type("string")));
            parameter(
                    change,
                    query("If-Match", words("ogcapi.api.ifMatch"), type("string"))
                            .put("in", "header"));
            if (method.equals("put")) {
                takes(change, type("object"), Link.JSON);
                answers(change, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "412", "428");
            } else answers(change, "204", Map.of(), "401", "403", "404", "412", "428");
        }
    }

    /** Recipes of risk maps; what stands in one, {@code docs/risk.md} tells. */
    private void recipes() {
        String all = "/risk-recipes";
        ObjectNode entries = type("object");
        entries.putObject("properties")
                .putObject("recipes")
                .put("type", "array")
                .set("items", ref("RiskRecipe"));
        answers(beside(all, "get", "listRiskRecipes", "recipes", "Risk"), "200", Map.of(Link.JSON, entries));
        String one = all + "/{name}";
        ObjectNode read = beside(one, "get", "getRiskRecipe", "recipe", "Risk");
        parameter(read, path("name", words("ogcapi.api.recipe.name"), type("string")));
        answers(read, "200", Map.of(Link.JSON, ref("RiskRecipe")), "404");
        for (String method : List.of("put", "delete")) {
            ObjectNode change = beside(one, method, method + "RiskRecipe", "recipe." + method, "Risk");
            change.putArray("security").addObject().putArray("basic");
            parameter(change, path("name", words("ogcapi.api.recipe.name"), type("string")));
            parameter(
                    change,
                    query("If-Match", words("ogcapi.api.ifMatch"), type("string"))
                            .put("in", "header"));
            if (method.equals("put")) {
                takes(change, type("object"), Link.JSON);
                answers(change, "200", Map.of(Link.JSON, ref("RiskRecipe")), "400", "401", "403", "412", "428");
                ((ObjectNode) change.get("responses")).set("201", change.at("/responses/200"));
            } else answers(change, "204", Map.of(), "400", "401", "403", "404", "412", "428");
        }
    }

    /** What a page asks before all else: what there is, and who one is. */
    private void first() {
        String tag = "Capabilities";
        answers(beside("/info", "get", "getInfo", "info", tag), "200", Map.of(Link.JSON, type("object")));
        String session = "/session";
        answers(beside(session, "get", "getSession", "session", tag), "200", Map.of(Link.JSON, type("object")));
        ObjectNode start = beside(session, "post", "startSession", "session.start", tag);
        ObjectNode who = type("object");
        who.putArray("required").add("user").add("password");
        ObjectNode parts = who.putObject("properties");
        parts.putObject("user").put("type", "string");
        parts.putObject("password")
                .put("type", "string")
                .put("format", "password")
                .put("writeOnly", true);
        takes(start, who, Link.JSON);
        answers(start, "200", Map.of(Link.JSON, type("object")), "400", "401", "429");
        answers(beside(session, "delete", "endSession", "session.end", tag), "204", Map.of());
    }

    /** Publishing to a GeoServer, for administrators. */
    private void geoServer() {
        ObjectNode look = beside("/geoserver", "get", "getPublishing", "geoserver", "Publishing");
        look.putArray("security").addObject().putArray("basic");
        answers(look, "200", Map.of(Link.JSON, type("object")), "401", "403");
        ObjectNode start = beside("/geoserver/runs", "post", "startPublishing", "geoserver.start", "Publishing");
        start.putArray("security").addObject().putArray("basic");
        ObjectNode wish = type("object").put("additionalProperties", false);
        ObjectNode parts = wish.putObject("properties");
        for (String name : List.of("url", "workspace", "user"))
            parts.putObject(name).put("type", "string");
        parts.putObject("password")
                .put("type", "string")
                .put("format", "password")
                .put("writeOnly", true);
        parts.putObject("layers").put("type", "array").set("items", type("string"));
        parts.putObject("dryRun").put("type", "boolean").put("default", false);
        takes(start, wish, Link.JSON);
        answers(start, "202", Map.of(Link.JSON, type("object")), "400", "401", "403", "409");
        ObjectNode stop = beside("/geoserver/runs", "delete", "stopPublishing", "geoserver.stop", "Publishing");
        stop.putArray("security").addObject().putArray("basic");
        answers(stop, "200", Map.of(Link.JSON, type("object")), "401", "403");
    }

    private static ObjectNode riskRecipe() {
        ObjectNode schema = type("object");
        ObjectNode parts = schema.putObject("properties");
        for (String name : List.of("name", "title", "author"))
            parts.putObject(name).put("type", "string");
        ArrayNode origins = parts.putObject("origin").put("type", "string").putArray("enum");
        for (String origin : List.of("shipped", "file", "stored")) origins.add(origin);
        parts.putObject("changedAt").put("type", "string").put("format", "date-time");
        parts.putObject("version").put("type", "integer");
        parts.putObject("recipe").put("type", "object");
        return schema;
    }

    private ObjectNode beside(String path, String method, String id, String words) {
        return beside(path, method, id, words, "Scenarios");
    }

    /** An operation beside the API of the OGC. */
    private ObjectNode beside(String path, String method, String id, String words, String tag) {
        ObjectNode operation = operation(path, method, id, words("ogcapi.api." + words), tag);
        ObjectNode at = (ObjectNode) paths.get(path);
        if (!at.has("servers")) at.putArray("servers").addObject().put("url", asked.root() + "/api");
        return operation;
    }

    /** What the duty office asks in short, and what tells every open map of changes. */
    private void onDuty() {
        ObjectNode nearest = beside("/nearest-resources", "get", "nearestResources", "nearest");
        parameter(nearest, query("lon", words("ogcapi.api.nearest.lon"), type("number")));
        parameter(nearest, query("lat", words("ogcapi.api.nearest.lat"), type("number")));
        parameter(nearest, query("skill", words("ogcapi.api.nearest.skill"), type("string")));
        parameter(nearest, query("maxMinutes", words("ogcapi.api.nearest.maxMinutes"), type("integer")));
        parameter(nearest, query("scenario", words("ogcapi.api.nearest.scenario"), type("string")));
        String incident = words("dispatch.nearest.input.incident.description");
        parameter(nearest, query("incident", incident, type("string")));
        parameter(nearest, query("routes", words("dispatch.nearest.input.routes.description"), type("string")));
        answers(nearest, "200", Map.of(Link.JSON, type("object")), "400");
        answers(beside("/skills", "get", "listSkills", "skills"), "200", Map.of(Link.JSON, type("object")));
        ObjectNode events = beside("/events", "get", "events", "events");
        parameter(
                events,
                query("Last-Event-ID", words("ogcapi.api.events.last"), type("string"))
                        .put("in", "header"));
        answers(events, "200", Map.of("text/event-stream", type("string")), "503");
    }

    /** The short question of a phone. */
    private void shelters() {
        ObjectNode nearest =
                operation("/nearest-shelter", "get", "nearestShelter", words("finder.process.title"), "Shelters");
        ((ObjectNode) paths.get("/nearest-shelter"))
                .putArray("servers")
                .addObject()
                .put("url", asked.root() + "/api");
        for (String name : List.of("lon", "lat"))
            parameter(nearest, query(name, words("finder.api." + name), type("number")));
        parameter(nearest, query("hazard", words("finder.process.input.hazard.description"), type("string")));
        parameter(nearest, query("people", words("finder.process.input.people.description"), type("integer")));
        answers(nearest, "200", Map.of(Link.JSON, type("object")), "400");
        ObjectNode list = shelter("/shelters", "get", "listShelters", "shelters");
        parameter(list, query("q", words("finder.api.shelters.q"), type("string")));
        parameter(list, query("limit", words("finder.api.shelters.limit"), type("integer")));
        parameter(list, query("active", words("finder.api.shelters.active"), type("boolean")));
        answers(list, "200", Map.of(Link.JSON, type("object")), "400");
        answers(shelter("/shelters/events", "get", "shelterEvents", "events"), "200", Map.of(Link.JSON, type("array")));
        ObjectNode offline = shelter("/shelters/offline", "get", "sheltersOffline", "offline");
        for (String name : List.of("lon", "lat"))
            parameter(offline, query(name, words("finder.api." + name), type("number")));
        answers(offline, "200", Map.of(Link.JSON, type("object")), "400");
        ObjectNode present = shelter("/shelters/{shelterId}/count", "get", "getCount", "present");
        parameter(present, path("shelterId", words("finder.api.id"), type("string")));
        answers(present, "200", Map.of(Link.JSON, type("object")), "404");
        shelterChange("/shelters/{shelterId}/count", "countPeople", "count", Link.JSON, type("object"));
        shelterChange("/shelters/{shelterId}/state", "setShelter", "stateOne", Link.JSON, type("object"));
        shelterChange("/shelters/counts", "countPeopleByList", "counts", "text/csv", type("string"));
        shelterChange("/shelters/state", "setShelters", "state", Link.JSON, type("object"));
        shelterChange("/shelters/state/{changeSet}/undo", "undoShelters", "undo", "", type("object"));
    }

    private ObjectNode shelter(String path, String method, String id, String words) {
        ObjectNode operation = operation(path, method, id, words("finder.api." + words), "Shelters");
        ObjectNode at = (ObjectNode) paths.get(path);
        if (!at.has("servers")) at.putArray("servers").addObject().put("url", asked.root() + "/api");
        return operation;
    }

    private void shelterChange(String path, String id, String words, String takes, ObjectNode body) {
        ObjectNode change = shelter(path, "post", id, words);
        change.putArray("security").addObject().putArray("basic");
        if (path.contains("{shelterId}")) parameter(change, path("shelterId", words("finder.api.id"), type("string")));
        if (path.contains("{changeSet}"))
            parameter(change, path("changeSet", words("finder.api.changeSet"), type("integer")));
        if (!takes.isEmpty()) takes(change, body, takes);
        answers(change, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "404", "409");
    }

    private void doctor() {
        if (layers.isEmpty()) return;
        String at = "/doctor/{collectionId}/mend";
        ObjectNode mend = operation(at, "post", "mend", words("ogcapi.api.mend"), "Edit");
        ((ObjectNode) paths.get(at)).putArray("servers").addObject().put("url", asked.root() + "/api");
        mend.putArray("security").addObject().putArray("basic");
        shared(mend, "collectionId");
        ObjectNode body = type("object");
        ObjectNode parts = body.putObject("properties");
        for (String list : List.of("findings", "checks"))
            parts.putObject(list).put("type", "array").putObject("items").put("type", "string");
        parts.putObject("version").put("type", "integer");
        parts.putObject("why").put("type", "string");
        body.putArray("required").add("version");
        body.put("additionalProperties", false);
        takes(mend, body, Link.JSON);
        answers(mend, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "404", "409");
    }

    private ObjectNode file(String path, String method, String id, String words) {
        ObjectNode operation = operation(path, method, id, words("ogcapi.api." + words), "Data");
        ObjectNode at = (ObjectNode) paths.get(path);
        if (!at.has("servers")) at.putArray("servers").addObject().put("url", asked.root() + "/api");
        return operation;
    }

    private void files() {
        String uploads = "/import/uploads";
        String upload = uploads + "/{uploadId}";
        ObjectNode form = type("object");
        form.putArray("required").add("file");
        form.putObject("properties")
                .putObject("file")
                .put("type", "array")
                .putObject("items")
                .put("type", "string")
                .put("format", "binary");
        ObjectNode add = importing(file(uploads, "post", "uploadFile", "upload"));
        takes(add, form, "multipart/form-data");
        answers(add, "201", Map.of(Link.JSON, type("object")), "400", "401", "403", "413", "429");
        ObjectNode look = importing(file(upload, "get", "previewUpload", "preview"));
        parameter(look, path("uploadId", "upload", type("string")));
        for (String name : List.of("layer", "crs", "encoding", "table", "profile", "columns"))
            parameter(look, query(name, words("files.input.about." + name), type("string")));
        answers(look, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "404");
        ObjectNode run = importing(file(upload, "post", "importUpload", "import"));
        parameter(run, path("uploadId", "upload", type("string")));
        ObjectNode wish = wish();
        wish.putArray("required").add("layer");
        takes(run, wish, Link.JSON);
        answers(run, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "404");
        ObjectNode remove = importing(file(upload, "delete", "deleteUpload", "deleteUpload"));
        parameter(remove, path("uploadId", "upload", type("string")));
        answers(remove, "204", Map.of(), "401", "403", "404");
        ObjectNode once = importing(file("/import", "post", "importFile", "importOnce"));
        ObjectNode whole = wish();
        ((ObjectNode) whole.get("properties"))
                .set("file", form.get("properties").get("file"));
        whole.putArray("required").add("file").add("layer");
        takes(once, whole, "multipart/form-data");
        answers(once, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "413");
        ObjectNode report = importing(file("/import/reports/{reportId}.xlsx", "get", "importReport", "importReport"));
        parameter(report, path("reportId", "report", type("string")));
        answers(report, "200", Map.of("application/octet-stream", binary()), "401", "403", "404");
        ObjectNode profiles = importing(file("/import/profiles", "get", "getProfiles", "profiles"));
        answers(profiles, "200", Map.of(Link.JSON, type("object")), "401", "403");
        String one = "/import/profiles/{profileId}";
        ObjectNode profile = importing(file(one, "get", "getProfile", "profile"));
        parameter(profile, path("profileId", "profile", type("string")));
        answers(profile, "200", Map.of("application/yaml", type("string")), "401", "403", "404");
        ObjectNode save = importing(file(one, "put", "putProfile", "saveProfile"));
        parameter(save, path("profileId", "profile", type("string")));
        takes(save, type("string"), "application/yaml", Link.JSON);
        answers(save, "200", Map.of(Link.JSON, type("object")), "400", "401", "403");
        ObjectNode reload = importing(file("/layers/reload", "post", "reloadLayers", "reloadLayers"));
        answers(reload, "200", Map.of(Link.JSON, type("object")), "400", "401", "403");
        if (layers.isEmpty()) return;
        ObjectNode export = file("/export/{collectionId}", "get", "exportLayer", "export");
        shared(export, "collectionId");
        ObjectNode formats = type("string");
        for (String format : List.of("geojson", "gpkg", "shp", "csv", "xlsx", "kml"))
            ((ArrayNode) (formats.has("enum") ? formats.get("enum") : formats.putArray("enum"))).add(format);
        parameter(export, query("format", "geojson", formats));
        for (String name : List.of("crs", "encoding", "filter", "bbox", "datetime"))
            parameter(export, query(name, name, type("string")));
        parameter(export, query("titles", "titles", type("boolean")));
        answers(export, "200", Map.of("application/octet-stream", binary()), "400", "404", "429");
    }

    /** Map sheets to print; the module {@code report} makes them. */
    private void sheet() {
        ObjectNode sheet = file("/sheet", "post", "makeSheet", "sheet");
        ObjectNode wish = type("object").put("additionalProperties", false);
        ObjectNode parts = wish.putObject("properties");
        for (String name : List.of("process", "job", "title"))
            parts.putObject(name).put("type", "string").put("description", words("ogcapi.api.sheet." + name));
        parts.putObject("inputs").put("type", "object").put("description", words("ogcapi.api.sheet.inputs"));
        choice(parts, "paper", "A3", "A4");
        choice(parts, "orientation", "landscape", "portrait");
        choice(parts, "format", "pdf", "png");
        parts.putObject("layers")
                .put("type", "array")
                .put("description", words("ogcapi.api.sheet.layers"))
                .set("items", type("string"));
        parts.putObject("extent")
                .put("type", "array")
                .put("minItems", 4)
                .put("maxItems", 4)
                .put("description", words("ogcapi.api.sheet.extent"))
                .set("items", type("number"));
        parts.putObject("scale")
                .put("type", "integer")
                .put("minimum", 100)
                .put("maximum", 20_000_000)
                .put("description", words("ogcapi.api.sheet.scale"));
        parts.putObject("drill").put("type", "boolean").put("description", words("ogcapi.api.sheet.drill"));
        parts.putObject("table").put("description", words("ogcapi.api.sheet.table"));
        takes(sheet, wish, Link.JSON);
        answers(
                sheet,
                "200",
                Map.of("application/pdf", binary(), "image/png", binary()),
                "400",
                "404",
                "409",
                "413",
                "503");
    }

    /** The first value is the usual one. */
    private static void choice(ObjectNode parts, String name, String... values) {
        ObjectNode part = parts.putObject(name).put("type", "string").put("default", values[0]);
        part.put("description", words("ogcapi.api.sheet." + name));
        ArrayNode all = part.putArray("enum");
        for (String value : values) all.add(value);
    }

    private static ObjectNode importing(ObjectNode operation) {
        operation.putArray("security").addObject().putArray("basic");
        return operation;
    }

    private static ObjectNode binary() {
        return type("string").put("format", "binary");
    }

    /** What a run is asked. */
    private static ObjectNode wish() {
        ObjectNode wish = type("object");
        ObjectNode parts = wish.putObject("properties");
        for (String name : List.of("layer", "crs", "encoding", "table", "profile", "why"))
            parts.putObject(name).put("type", "string").put("description", words("files.input.about." + name));
        ObjectNode mode = parts.putObject("mode").put("type", "string");
        mode.put("description", words("files.input.about.mode"));
        mode.putArray("enum").add("append").add("update").add("replace");
        for (String name : List.of("allOrNothing", "dryRun"))
            parts.putObject(name).put("type", "boolean").put("description", words("files.input.about." + name));
        parts.putObject("columns")
                .put("type", "object")
                .put("description", words("files.input.about.columns"))
                .putObject("additionalProperties")
                .put("type", "string");
        return wish;
    }

    /** What is asked of any layer alike. */
    private void shared() {
        if (layers.isEmpty()) return;
        String tag = "Collections";
        ObjectNode collection = operation(
                "/collections/{collectionId}",
                "get",
                "getCollection",
                words("ogcapi.link.collection", "{collectionId}"),
                tag);
        shared(collection, "collectionId", "f");
        answers(collection, "200", pageOr(Link.JSON, ref("Collection")), "404");
        Map<String, String> descriptions = new java.util.TreeMap<>(
                Map.of("queryables", "queryables", "schema", "schema", "schemas/feature", "schemaGeoJson"));
        for (Map.Entry<String, String> one : descriptions.entrySet()) {
            String name = one.getValue();
            ObjectNode schema = operation(
                    "/collections/{collectionId}/" + one.getKey(),
                    "get",
                    "get-" + name,
                    words("ogcapi.link." + name),
                    tag);
            shared(schema, "collectionId");
            answers(schema, "200", Map.of("application/schema+json", type("object")), "404");
        }
        ObjectNode tiles = operation(
                "/collections/{collectionId}/tiles", "get", "getTilesets", words("ogcapi.link.tiles"), "Tiles");
        shared(tiles, "collectionId");
        answers(tiles, "200", Map.of(Link.JSON, type("object")), "404");
        ObjectNode tileset = operation(
                "/collections/{collectionId}/tiles/WebMercatorQuad",
                "get",
                "getTileset",
                words("ogcapi.link.tiles"),
                "Tiles");
        shared(tileset, "collectionId");
        answers(tileset, "200", Map.of(Link.JSON, type("object")), "404");
        ObjectNode tile = operation(
                "/collections/{collectionId}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}",
                "get",
                "getTile",
                words("ogcapi.link.tiles"),
                "Tiles");
        shared(tile, "collectionId");
        for (String name : List.of("tileMatrix", "tileRow", "tileCol"))
            parameter(tile, path(name, name, type("integer").put("minimum", 0)));
        answers(
                tile,
                "200",
                Map.of("application/vnd.mapbox-vector-tile", type("string").put("format", "binary")),
                "400",
                "404");
        ObjectNode matrices =
                operation("/tileMatrixSets", "get", "getTileMatrixSets", words("ogcapi.link.tileMatrixSets"), "Tiles");
        answers(matrices, "200", Map.of(Link.JSON, type("object")));
        ObjectNode matrix =
                operation("/tileMatrixSets/WebMercatorQuad", "get", "getTileMatrixSet", "WebMercatorQuad", "Tiles");
        answers(matrix, "200", Map.of(Link.JSON, type("object")));
        ObjectNode style = operation("/styles/{collectionId}", "get", "getStyle", words("ogcapi.link.style"), "Styles");
        shared(style, "collectionId");
        ObjectNode formats = type("string");
        formats.putArray("enum").add("json").add("sld").add("qgis");
        parameter(style, query("f", words("ogcapi.api.style.f"), formats));
        answers(style, "200", Map.of(Link.JSON, type("object"), "application/vnd.ogc.sld+xml", type("string")), "404");
    }

    private void layer(LayerDefinition layer) {
        String items = "/collections/" + layer.id() + "/items";
        ObjectNode many =
                operation(items, "get", "get-" + layer.id(), words("ogcapi.link.items", layer.title()), "Data");
        shared(many, "bbox", "bbox-crs", "crs", "datetime", "limit", "offset", "filter", "filter-lang", "sortby", "f");
        parameter(many, query("id", "ID", type("string")));
        for (AttributeDefinition attribute : layer.attributes())
            parameter(many, query(attribute.name(), attribute.title().toString(), equality(attribute)));
        answers(many, "200", pageOr(Link.GEOJSON, ref("FeatureCollection")), "400", "404");
        ObjectNode one = operation(
                items + "/{featureId}",
                "get",
                "get-" + layer.id() + "-one",
                words("ogcapi.api.item", layer.title()),
                "Data");
        parameter(one, path("featureId", "ID", type("string")));
        parameter(
                one, query("datetime", words("ogcapi.api.asOf"), type("string").put("format", "date-time")));
        shared(one, "crs", "f");
        answers(one, "200", pageOr(Link.GEOJSON, ref("Feature")), "400", "404");
        edits(layer, items);
        history(layer, items);
    }

    private ObjectNode edit(String path, String method, String id, String summary, boolean guarded) {
        ObjectNode operation = operation(path, method, id, summary, "Edit");
        operation.putArray("security").addObject().putArray("basic");
        if (path.contains("{featureId}")) parameter(operation, path("featureId", "ID", type("string")));
        if (path.contains("{changeSet}"))
            parameter(operation, path("changeSet", words("ogcapi.api.changeSet"), type("integer")));
        parameter(operation, query("reason", words("ogcapi.api.reason"), type("string")));
        if (guarded)
            parameter(
                    operation,
                    query("If-Match", words("ogcapi.api.ifMatch"), type("string"))
                            .put("in", "header"));
        return operation;
    }

    private static void takes(ObjectNode operation, JsonNode schema, String... types) {
        ObjectNode content =
                operation.putObject("requestBody").put("required", true).putObject("content");
        for (String type : types) content.putObject(type).set("schema", schema);
    }

    private void edits(LayerDefinition layer, String items) {
        ObjectNode whole = featureOf(layer, true);
        ObjectNode many = type("object");
        many.putArray("required").add("type").add("features");
        ObjectNode parts = many.putObject("properties");
        parts.set("type", type("string"));
        ObjectNode list = type("array").put("maxItems", settings.maxChanges());
        list.set("items", whole);
        parts.set("features", list);
        ObjectNode either = JSON.objectNode();
        either.putArray("oneOf").add(whole).add(many);
        ObjectNode create =
                edit(items, "post", "create-" + layer.id(), words("ogcapi.api.create", layer.title()), false);
        takes(create, either, Link.GEOJSON);
        answers(create, "201", Map.of(Link.GEOJSON, ref("Feature"), Link.JSON, type("object")), "400", "401", "403");
        String one = items + "/{featureId}";
        ObjectNode replace =
                edit(one, "put", "replace-" + layer.id(), words("ogcapi.api.replace", layer.title()), true);
        takes(replace, whole, Link.GEOJSON);
        answers(replace, "200", Map.of(Link.GEOJSON, ref("Feature")), "400", "401", "403", "404", "412", "428");
        ObjectNode patch = edit(one, "patch", "update-" + layer.id(), words("ogcapi.api.patch", layer.title()), true);
        takes(patch, featureOf(layer, false), EditsController.MERGE_PATCH, Link.GEOJSON);
        answers(patch, "200", Map.of(Link.GEOJSON, ref("Feature")), "400", "401", "403", "404", "412", "428");
        ObjectNode delete =
                edit(one, "delete", "delete-" + layer.id(), words("ogcapi.api.delete", layer.title()), true);
        answers(delete, "204", Map.of(), "401", "403", "404", "412", "428");
    }

    private static ObjectNode featureOf(LayerDefinition layer, boolean whole) {
        ObjectNode feature = type("object");
        ObjectNode parts = feature.putObject("properties");
        parts.set("type", type("string"));
        parts.set("id", type("string"));
        parts.set("geometry", type("object"));
        ObjectNode properties = type("object").put("additionalProperties", false);
        ObjectNode each = properties.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (AttributeDefinition attribute : layer.attributes()) {
            each.set(attribute.name(), forOpenApi(Schemas.property(attribute)));
            if (attribute.required()) required.add(attribute.name());
        }
        if (whole && !required.isEmpty()) properties.set("required", required);
        parts.set("properties", properties);
        if (whole) feature.putArray("required").add("type").add("geometry").add("properties");
        return feature;
    }

    private void history(LayerDefinition layer, String items) {
        ObjectNode history = operation(
                items + "/{featureId}/history",
                "get",
                "history-" + layer.id(),
                words("ogcapi.api.history", layer.title()),
                "Edit");
        parameter(history, path("featureId", "ID", type("string")));
        answers(history, "200", Map.of(Link.JSON, type("object")), "401", "404");
        history.putArray("security").addObject().putArray("basic");
        String changes = "/collections/" + layer.id() + "/changes";
        ObjectNode all =
                operation(changes, "get", "changes-" + layer.id(), words("ogcapi.api.changes", layer.title()), "Edit");
        shared(all, "limit");
        answers(all, "200", Map.of(Link.JSON, type("object")), "401", "404");
        all.putArray("security").addObject().putArray("basic");
        ObjectNode batch =
                edit(changes, "post", "batch-" + layer.id(), words("ogcapi.api.batch", layer.title()), false);
        ObjectNode changeList = type("object");
        changeList.putArray("required").add("changes");
        changeList
                .putObject("properties")
                .set("changes", type("array").put("minItems", 1).put("maxItems", settings.maxChanges()));
        takes(batch, changeList, Link.JSON);
        answers(batch, "200", Map.of(Link.JSON, type("object")), "400", "401", "403", "412", "413", "428");
        ObjectNode one = operation(
                changes + "/{changeSet}",
                "get",
                "change-" + layer.id(),
                words("ogcapi.api.change", layer.title()),
                "Edit");
        parameter(one, path("changeSet", words("ogcapi.api.changeSet"), type("integer")));
        answers(one, "200", Map.of(Link.JSON, type("object")), "401", "404");
        one.putArray("security").addObject().putArray("basic");
        ObjectNode undo = edit(
                changes + "/{changeSet}/undo",
                "post",
                "undo-" + layer.id(),
                words("ogcapi.api.undo", layer.title()),
                false);
        answers(undo, "200", Map.of(Link.JSON, type("object")), "401", "403", "404", "409");
    }

    private static ObjectNode equality(AttributeDefinition attribute) {
        ObjectNode schema = switch (attribute.type()) {
            case INTEGER -> type("integer");
            case NUMBER -> type("number");
            case BOOLEAN -> type("boolean");
            case DATE -> type("string").put("format", "date");
            case TIME -> type("string").put("format", "date-time");
            case TEXT, LIST -> type("string");
        };
        boolean text = attribute.type() == AttributeType.TEXT || attribute.type() == AttributeType.LIST;
        if (text && !attribute.values().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            attribute.values().forEach(allowed -> values.add(allowed.value()));
        }
        return schema;
    }

    private void process(ProcessDescription process) {
        String tag = "Processes";
        ObjectNode description = operation(
                "/processes/" + process.id(),
                "get",
                "describe-" + process.id(),
                process.title().toString(),
                tag);
        shared(description, "f");
        answers(description, "200", pageOr(Link.JSON, type("object")));
        ObjectNode execution = operation(
                "/processes/" + process.id() + "/execution",
                "post",
                "execute-" + process.id(),
                process.title().toString(),
                tag);
        execution.put("description", process.description().toString());
        ObjectNode prefer = query("Prefer", words("ogcapi.api.prefer"), type("string"));
        parameter(execution, prefer.put("in", "header"));
        ObjectNode request = type("object");
        request.putArray("required").add("inputs");
        ObjectNode inputs = request.putObject("properties").putObject("inputs").put("type", "object");
        ObjectNode each = inputs.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        process.inputs().properties().forEach(input -> {
            each.set(input.getKey(), forOpenApi(input.getValue().path("schema")));
            if (input.getValue().path("minOccurs").asInt(1) > 0) required.add(input.getKey());
        });
        if (!required.isEmpty()) inputs.set("required", required);
        inputs.put("additionalProperties", false);
        ObjectNode media = execution
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(Link.JSON);
        media.set("schema", request);
        media.set("example", process.example());
        ObjectNode results = type("object");
        ObjectNode parts = results.putObject("properties");
        process.outputs()
                .properties()
                .forEach(output ->
                        parts.set(output.getKey(), forOpenApi(output.getValue().path("schema"))));
        answers(execution, "200", Map.of(Link.JSON, results), "400", "413", "503");
        ObjectNode created = ((ObjectNode) execution.get("responses"))
                .putObject("201")
                .put("description", words("ogcapi.api.jobCreated"));
        created.putObject("headers").putObject("Location").set("schema", type("string"));
        created.putObject("content").putObject(Link.JSON).set("schema", ref("Job"));
    }

    /** A JSON Schema as OpenAPI 3.0 has it: one type only, no {@code const}, no {@code $schema}, nullable apart. */
    static JsonNode forOpenApi(JsonNode schema) {
        if (schema.isArray()) {
            ArrayNode all = JSON.arrayNode();
            schema.forEach(one -> all.add(forOpenApi(one)));
            return all;
        }
        if (!schema.isObject()) return schema.isMissingNode() ? JSON.objectNode() : schema;
        ObjectNode out = JSON.objectNode();
        String reference = schema.path("$ref").asString("");
        // Whoever reads the description may have no way out of the house.
        if (reference.startsWith("http")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1).replace(".json", "");
            out.put("type", "object").put("title", "GeoJSON " + name);
            out.putArray("required").add("type");
            out.putObject("properties").putObject("type").put("type", "string");
            return out;
        }
        schema.properties().forEach(part -> {
            String name = part.getKey();
            JsonNode value = part.getValue();
            switch (name) {
                case "$schema", "$id", "contentMediaType", "contentSchema", "examples", "prefixItems" -> {}
                case "const" -> out.putArray("enum").add(value);
                case "type" -> types(out, value);
                case "exclusiveMinimum", "exclusiveMaximum" -> {
                    if (value.isNumber()) {
                        out.set(name.equals("exclusiveMinimum") ? "minimum" : "maximum", value);
                        out.put(name, true);
                    } else out.set(name, value);
                }
                case "default", "enum", "example", "required" -> out.set(name, value);
                default -> out.set(name, forOpenApi(value));
            }
        });
        if (out.path("type").asString("").equals("array") && !out.has("items")) out.putObject("items");
        return out;
    }

    private static void types(ObjectNode out, JsonNode type) {
        if (!type.isArray()) {
            out.set("type", type);
            return;
        }
        ArrayNode any = JSON.arrayNode();
        for (JsonNode one : type) {
            if (one.asString("").equals("null")) out.put("nullable", true);
            else any.addObject().set("type", one);
        }
        if (any.size() == 1) out.set("type", any.get(0).get("type"));
        else out.set("anyOf", any);
    }

    private void jobs() {
        String tag = "Jobs";
        ObjectNode processes = operation("/processes", "get", "getProcesses", words("ogcapi.link.processes"), tag);
        shared(processes, "f");
        answers(processes, "200", pageOr(Link.JSON, type("object")));
        ObjectNode all = operation("/jobs", "get", "getJobs", words("ogcapi.link.jobs"), tag);
        all.putArray("security").addObject().putArray("basic");
        answers(all, "200", Map.of(Link.JSON, type("object")), "401");
        ObjectNode one = operation("/jobs/{jobId}", "get", "getJob", words("ogcapi.link.job"), tag);
        shared(one, "jobId");
        answers(one, "200", Map.of(Link.JSON, ref("Job")), "404");
        ObjectNode dismiss = operation("/jobs/{jobId}", "delete", "dismissJob", words("ogcapi.api.dismiss"), tag);
        shared(dismiss, "jobId");
        answers(dismiss, "200", Map.of(Link.JSON, ref("Job")), "404");
        ObjectNode results =
                operation("/jobs/{jobId}/results", "get", "getJobResults", words("ogcapi.link.results"), tag);
        shared(results, "jobId");
        answers(results, "200", Map.of(Link.JSON, type("object")), "404", "410");
    }

    private ObjectNode components() {
        ObjectNode components = JSON.objectNode();
        components
                .putObject("securitySchemes")
                .putObject("basic")
                .put("type", "http")
                .put("scheme", "basic");
        parameters(components.putObject("parameters"));
        ObjectNode problem = components.putObject("responses").putObject("Problem");
        problem.put("description", words("ogcapi.api.problem"));
        problem.putObject("content").putObject(PROBLEM).set("schema", ref("Problem"));
        ObjectNode schemas = components.putObject("schemas");
        schemas(schemas);
        schemas.set("RiskRecipe", riskRecipe());
        return components;
    }

    private void parameters(ObjectNode all) {
        ObjectNode language = type("string");
        language.putArray("enum").add("zh").add("en");
        all.set("lang", query("lang", words("ogcapi.api.lang"), language));
        ObjectNode format = type("string");
        format.putArray("enum").add("json").add("html");
        all.set("f", query("f", words("ogcapi.api.f"), format));
        ObjectNode box = type("array").put("minItems", 4).put("maxItems", 6);
        box.putObject("items").put("type", "number");
        ObjectNode bbox = query("bbox", words("ogcapi.api.bbox"), box)
                .put("style", "form")
                .put("explode", false);
        all.set("bbox", bbox);
        for (String name : List.of("bbox-crs", "crs")) {
            ObjectNode schema = type("string").put("format", "uri");
            ArrayNode uris = schema.putArray("enum");
            Crs.uris().forEach(uris::add);
            schema.put("default", Crs.CRS84.uri());
            all.set(name, query(name, words("ogcapi.api." + name), schema));
        }
        all.set("datetime", query("datetime", words("ogcapi.api.datetime"), type("string")));
        ObjectNode limit = type("integer").put("minimum", 1).put("maximum", settings.maxLimit());
        limit.put("default", settings.defaultLimit());
        all.set("limit", query("limit", words("ogcapi.api.limit"), limit));
        all.set(
                "offset",
                query("offset", words("ogcapi.api.offset"), type("integer").put("minimum", 0)));
        all.set("filter", query("filter", words("ogcapi.api.filter"), type("string")));
        ObjectNode cql = type("string").put("default", "cql2-text");
        cql.putArray("enum").add("cql2-text");
        all.set("sortby", query("sortby", words("ogcapi.api.sortby"), type("string")));
        all.set("filter-lang", query("filter-lang", words("ogcapi.api.filter-lang"), cql));
        ObjectNode ids = type("string");
        ArrayNode known = ids.putArray("enum");
        layers.forEach(layer -> known.add(layer.id()));
        if (layers.isEmpty()) ids.remove("enum");
        all.set("collectionId", path("collectionId", words("ogcapi.html.layer"), ids));
        all.set("jobId", path("jobId", words("ogcapi.link.job"), type("string")));
    }

    private static void schemas(ObjectNode all) {
        ObjectNode link = all.putObject("Link").put("type", "object");
        link.putArray("required").add("href").add("rel");
        ObjectNode ofLink = link.putObject("properties");
        for (String name : List.of("href", "rel", "type", "title")) ofLink.set(name, type("string"));
        ofLink.set("templated", type("boolean"));

        ObjectNode landing = object(all, "Landing", "title", "description");
        list(landing, "links", ref("Link"));
        list(object(all, "Conformance"), "conformsTo", type("string"));

        ObjectNode collection = object(all, "Collection", "id", "title", "description", "itemType", "storageCrs");
        list(collection, "crs", type("string"));
        list(collection, "links", ref("Link"));
        ((ObjectNode) collection.get("properties")).set("extent", type("object"));
        ObjectNode collections = object(all, "Collections");
        list(collections, "collections", ref("Collection"));
        list(collections, "links", ref("Link"));

        ObjectNode feature = object(all, "Feature", "type", "id");
        ((ObjectNode) feature.get("properties")).set("geometry", type("object").put("nullable", true));
        ((ObjectNode) feature.get("properties")).set("properties", type("object"));
        list(feature, "links", ref("Link"));
        ObjectNode features = object(all, "FeatureCollection", "type", "timeStamp");
        for (String name : List.of("numberMatched", "numberReturned"))
            ((ObjectNode) features.get("properties")).set(name, type("integer"));
        list(features, "features", ref("Feature"));
        list(features, "links", ref("Link"));

        ObjectNode job = object(
                all, "Job", "jobID", "processID", "type", "message", "created", "started", "finished", "updated");
        ((ObjectNode) job.get("properties"))
                .set("progress", type("integer").put("minimum", 0).put("maximum", 100));
        ObjectNode status = type("string");
        for (String one : List.of("accepted", "running", "successful", "failed", "dismissed"))
            (status.has("enum") ? (ArrayNode) status.get("enum") : status.putArray("enum")).add(one);
        ((ObjectNode) job.get("properties")).set("status", status);
        list(job, "links", ref("Link"));

        ObjectNode problem = object(all, "Problem", "type", "title", "detail", "help", "reference");
        ((ObjectNode) problem.get("properties")).set("status", type("integer"));
        ObjectNode mistake = type("object");
        mistake.putObject("properties").set("where", type("string"));
        ((ObjectNode) mistake.get("properties")).set("what", type("string"));
        list(problem, "mistakes", mistake);
    }

    private static ObjectNode object(ObjectNode all, String name, String... texts) {
        ObjectNode schema = all.putObject(name).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (String text : texts) properties.set(text, type("string"));
        return schema;
    }

    private static void list(ObjectNode schema, String name, ObjectNode items) {
        ((ObjectNode) schema.get("properties"))
                .putObject(name)
                .put("type", "array")
                .set("items", items);
    }
}
