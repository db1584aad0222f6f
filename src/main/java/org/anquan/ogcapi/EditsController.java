package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.ChangeReceipt;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.HistoryEntry;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.catalog.SpokenTime;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Creating, replacing, changing and deleting features: OGC API Features Part 4 with optimistic locking by ETag. */
@RestController
@RequestMapping("/ogc/collections/{layer}/items")
final class EditsController {
    static final String CHANGE_SET = "Anquan-Change-Set";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private final Layers layers;
    private final LayerEdits edits;
    private final Body body;
    private final OgcSettings settings;
    private final JsonMapper json;

    EditsController(Layers layers, LayerEdits edits, Body body, OgcSettings settings, JsonMapper json) {
        this.layers = layers;
        this.edits = edits;
        this.body = body;
        this.settings = settings;
        this.json = json;
    }

    /** @param ids of the new features, in the order in which they were given */
    record Created(long changeSet, List<String> ids, long layerVersion, List<Link> links) {}

    // Create

    @PostMapping(consumes = {Link.GEOJSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> create(@PathVariable String layer, HttpServletRequest request) throws IOException {
        Asked asked = Asked.of(request);
        LayerDefinition cut = asked.visibility().layer(layers, layer);
        ChangeContext context = context(request);
        JsonNode given = body.read(request);
        boolean many = given.path("type").asString("").equals("FeatureCollection");
        ChangeReceipt receipt = edits.apply(context, many ? all(cut, given) : List.of(create(cut, given, "")));
        String collection = asked.ogc() + "/collections/" + layer;
        if (!many) {
            Feature feature = receipt.features().get(0);
            return feature(HttpStatus.CREATED, asked, cut, feature, receipt)
                    .header("Location", self(asked, feature))
                    .body(written(asked, cut, feature));
        }
        String changeSet = collection + "/changes/" + receipt.changeSet();
        return head(ResponseEntity.status(HttpStatus.CREATED), receipt)
                .header("Location", changeSet)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Created(
                        receipt.changeSet(),
                        receipt.features().stream().map(Feature::id).toList(),
                        receipt.layerVersions().getOrDefault(layer, 0L),
                        List.of(Link.of(changeSet, "related", Link.JSON, "ogcapi.link.changes"))));
    }

    private static Change create(LayerDefinition cut, JsonNode node, String where) {
        List<Mistake> mistakes = new ArrayList<>();
        Change.Create change = create(cut, node, where, mistakes);
        if (change != null && mistakes.isEmpty()) return change;
        throw ProblemException.invalid("catalog.change", mistakes.size()).withMistakes(mistakes);
    }

    private static Change.@Nullable Create create(
            LayerDefinition cut, JsonNode node, String where, List<Mistake> mistakes) {
        FeatureBody one = FeatureBody.whole(node, where);
        mistakes.addAll(one.mistakes());
        if (node.isObject()) mistakes.addAll(FeatureMistakes.of(cut, where, one.geometry(), one.properties()));
        Geometry geometry = one.geometry();
        return geometry == null ? null : new Change.Create(cut.id(), one.id(), geometry, known(one.properties()));
    }

    private static Map<String, Object> known(Map<String, @Nullable Object> properties) {
        Map<String, Object> known = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (value != null) known.put(name, value);
        });
        return known;
    }

    private List<Change> all(LayerDefinition cut, JsonNode given) {
        JsonNode features = given.path("features");
        if (!features.isArray())
            throw ProblemException.invalid("catalog.change", 1)
                    .withMistakes(List.of(new Mistake("features", Text.of("ogcapi.mistake.features"))));
        if (features.size() > settings.maxChanges())
            throw ProblemException.of(Kind.TOO_LARGE, "ogcapi.tooMany", features.size(), settings.maxChanges());
        List<Mistake> mistakes = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            String where = "features[" + i + "].";
            Change.Create change = create(cut, features.get(i), where, mistakes);
            if (change == null) continue;
            changes.add(change);
            if (change.id() != null && !ids.add(change.id()))
                mistakes.add(new Mistake(where + "id", Text.of("ogcapi.mistake.idTwice", change.id())));
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("catalog.change", mistakes.size()).withMistakes(mistakes);
        return changes;
    }

    // Change

    @PutMapping(
            path = "/{id}",
            consumes = {Link.GEOJSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> replace(@PathVariable String layer, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        Asked asked = Asked.of(request);
        LayerDefinition cut = asked.visibility().layer(layers, layer);
        return change(asked, cut, id, present -> {
            FeatureBody given = FeatureBody.whole(read(request), "");
            // What is not named becomes unknown; what the asker may not see stays as it is.
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            for (AttributeDefinition attribute : cut.attributes()) all.put(attribute.name(), null);
            all.putAll(given.properties());
            return new FeatureBody(given.id(), given.geometry(), all, given.mistakes());
        });
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MERGE_PATCH, Link.GEOJSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> patch(@PathVariable String layer, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        Asked asked = Asked.of(request);
        LayerDefinition cut = asked.visibility().layer(layers, layer);
        return change(asked, cut, id, present -> FeatureBody.patch(read(request)));
    }

    private JsonNode read(HttpServletRequest request) {
        try {
            return body.read(request);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Wanted {
        FeatureBody from(Feature present);
    }

    private ResponseEntity<Object> change(Asked asked, LayerDefinition cut, String id, Wanted wanted) {
        ChangeContext context = context(asked.request());
        List<String> tags = tags(asked.request());
        Feature present = present(cut, id);
        guard(cut, tags).accept(present);
        FeatureBody given = wanted.from(present);
        List<Mistake> mistakes = new ArrayList<>(given.mistakes());
        if (given.id() != null && !given.id().equals(id))
            mistakes.add(new Mistake("id", Text.of("ogcapi.mistake.otherId", given.id(), id)));
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (AttributeDefinition attribute : cut.attributes())
            if (present.get(attribute.name()) != null) merged.put(attribute.name(), present.get(attribute.name()));
        merged.putAll(given.properties());
        mistakes.addAll(FeatureMistakes.of(cut, "", given.geometry(), merged, present));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("catalog.change", mistakes.size()).withMistakes(mistakes);
        Geometry geometry = given.geometry();
        // What came from an answer of ours comes back rounded: then it has not been moved.
        if (geometry != null && asGeoJson(geometry).equals(asGeoJson(present.geometry()))) geometry = null;
        ChangeReceipt receipt = edits.apply(
                context, List.of(new Change.Patch(cut.id(), id, null, geometry, given.properties())), guard(cut, tags));
        Feature feature = receipt.features().get(0);
        return feature(HttpStatus.OK, asked, cut, feature, receipt).body(written(asked, cut, feature));
    }

    private String asGeoJson(Geometry geometry) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(out)) {
            GeoJson.write(generator, geometry);
        }
        return out.toString();
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Object> delete(@PathVariable String layer, @PathVariable String id, HttpServletRequest request) {
        LayerDefinition cut = Visibility.current().layer(layers, layer);
        ChangeContext context = context(request);
        List<String> tags = tags(request);
        guard(cut, tags).accept(present(cut, id));
        ChangeReceipt receipt = edits.apply(context, List.of(new Change.Delete(layer, id, null)), guard(cut, tags));
        return head(ResponseEntity.status(HttpStatus.NO_CONTENT), receipt).build();
    }

    // Who, on which state

    private static ChangeContext context(HttpServletRequest request) {
        String crs = request.getHeader("Content-Crs");
        String plain = crs == null ? "" : crs.strip();
        if (plain.startsWith("<") && plain.endsWith(">")) plain = plain.substring(1, plain.length() - 1);
        if (crs != null && Crs.find(plain).filter(known -> known == Crs.CRS84).isEmpty())
            throw ProblemException.invalid("ogcapi.contentCrs", plain, Crs.CRS84.uri());
        return new ChangeContext(Asker.current().account(), Reasons.of(request));
    }

    private static List<String> tags(HttpServletRequest request) {
        List<String> tags = FeatureEtag.asked(request);
        if (tags.isEmpty()) throw ProblemException.of(Kind.PRECONDITION_MISSING, "ogcapi.noIfMatch");
        return tags;
    }

    private Feature present(LayerDefinition cut, String id) {
        return layers.get(cut.id(), id).orElseThrow(() -> {
            List<HistoryEntry> history = edits.history(cut.id(), id);
            if (history.isEmpty()) return ProblemException.notFound("ogcapi.noSuchFeature", cut.title(), id);
            HistoryEntry last = history.get(history.size() - 1);
            return ProblemException.notFound(
                    "ogcapi.deleted", cut.title(), id, last.who(), SpokenTime.of(last.at()), last.changeSet());
        });
    }

    private Consumer<Feature> guard(LayerDefinition cut, List<String> tags) {
        return present -> {
            if (!FeatureEtag.matches(tags, present, cut)) throw stale(cut, present);
        };
    }

    private ProblemException stale(LayerDefinition cut, Feature present) {
        List<HistoryEntry> history = edits.history(cut.id(), present.id());
        if (history.isEmpty()) return ProblemException.of(Kind.STALE, "ogcapi.staleUnknown", present.name());
        History last = History.all(cut, history, present).get(0);
        List<Mistake> changed = new ArrayList<>();
        for (History.Changed one : last.changes())
            changed.add(new Mistake(
                    "properties." + one.attribute(),
                    Text.of("ogcapi.mistake.changedMeanwhile", one.title(), one.beforeText(), one.afterText())));
        return ProblemException.of(
                        Kind.STALE,
                        "ogcapi.stale",
                        present.name(),
                        last.who(),
                        SpokenTime.of(last.at()),
                        last.why().isEmpty() ? Text.of("ogcapi.noReason") : last.why())
                .withMistakes(changed);
    }

    // Answers

    private static String self(Asked asked, Feature feature) {
        return asked.ogc() + "/collections/" + feature.layer() + "/items/" + ItemsController.path(feature.id());
    }

    static ResponseEntity.BodyBuilder head(ResponseEntity.BodyBuilder answer, ChangeReceipt receipt) {
        return answer.header(CHANGE_SET, Long.toString(receipt.changeSet()))
                .header("Cache-Control", "no-store")
                .header("Vary", Replies.VARY);
    }

    private static ResponseEntity.BodyBuilder feature(
            HttpStatus status, Asked asked, LayerDefinition cut, Feature feature, ChangeReceipt receipt) {
        return head(ResponseEntity.status(status), receipt)
                .eTag(FeatureEtag.of(asked, feature, cut, Link.GEOJSON))
                .contentType(MediaType.parseMediaType(Link.GEOJSON));
    }

    private byte[] written(Asked asked, LayerDefinition cut, Feature feature) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        String self = self(asked, feature);
        try (JsonGenerator generator = json.createGenerator(out)) {
            ItemsController.write(generator, asked, cut, Crs.CRS84, feature, self, self + "?f=html");
        }
        return out.toByteArray();
    }
}
