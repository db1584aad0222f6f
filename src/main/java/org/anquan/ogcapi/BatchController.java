package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.ChangeReceipt;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureMistakes;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Many changes to one layer as one change set, all or none: what a table sets in several rows, or the pieces of a feature
 * that was split. Each change of a feature says which state it was made on: by its ETag ({@code ifMatch}), or by the
 * values that the editor saw ({@code expect}).
 */
@RestController
@RequestMapping("/ogc/collections/{layer}/changes")
final class BatchController {
    private static final Set<String> MEMBERS =
            new TreeSet<>(Set.of("create", "id", "ifMatch", "expect", "patch", "delete"));

    private final Layers layers;
    private final LayerEdits edits;
    private final Body body;
    private final OgcSettings settings;

    BatchController(Layers layers, LayerEdits edits, Body body, OgcSettings settings) {
        this.layers = layers;
        this.edits = edits;
        this.body = body;
        this.settings = settings;
    }

    /** @param ids of the features created or changed, in the order of the changes; deleted ones are left out */
    record Done(long changeSet, List<String> ids, long layerVersion) {}

    /** @param expect values as JSON gives them; empty where an ETag guards the change */
    private record Guard(List<String> tags, Map<String, JsonNode> expect, String where) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> change(@PathVariable String layer, HttpServletRequest request) throws IOException {
        LayerDefinition cut = Asked.of(request).visibility().layer(layers, layer);
        ChangeContext context = new ChangeContext(Asker.current().account(), Reasons.of(request));
        JsonNode given = body.read(request).path("changes");
        if (!given.isArray() || given.isEmpty())
            throw ProblemException.invalid("catalog.change", 1)
                    .withMistakes(List.of(new Mistake("changes", Text.of("ogcapi.mistake.changes"))));
        if (given.size() > settings.maxChanges())
            throw ProblemException.of(Kind.TOO_LARGE, "ogcapi.tooMany", given.size(), settings.maxChanges());
        List<Mistake> mistakes = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        Map<String, Guard> guards = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++)
            read(cut, given.get(i), "changes[" + i + "].", changes, guards, mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("catalog.change", mistakes.size()).withMistakes(mistakes);
        allAsSeen(cut, guards);
        // Once more while nobody else can write.
        ChangeReceipt receipt = edits.apply(context, changes, present -> {
            Guard guard = guards.get(present.id());
            List<Mistake> stale = guard == null ? List.of() : stale(cut, present, guard);
            if (!stale.isEmpty()) throw stale(1, stale);
        });
        return EditsController.head(ResponseEntity.status(HttpStatus.OK), receipt)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Done(
                        receipt.changeSet(),
                        receipt.features().stream().map(Feature::id).toList(),
                        receipt.layerVersions().getOrDefault(layer, 0L)));
    }

    private void read(
            LayerDefinition cut,
            JsonNode node,
            String where,
            List<Change> changes,
            Map<String, Guard> guards,
            List<Mistake> mistakes) {
        if (!node.isObject()) {
            mistakes.add(new Mistake(where.substring(0, where.length() - 1), Text.of("ogcapi.mistake.changes")));
            return;
        }
        for (String name : node.propertyNames())
            if (!MEMBERS.contains(name))
                mistakes.add(new Mistake(where + name, Text.of("ogcapi.mistake.unknownPart", name, MEMBERS)));
        if (node.has("create")) {
            create(cut, node.get("create"), where + "create.", changes, mistakes);
            return;
        }
        String id = node.path("id").asString("");
        Feature present = id.isEmpty() ? null : layers.get(cut.id(), id).orElse(null);
        if (present == null) {
            mistakes.add(new Mistake(where + "id", Text.of("ogcapi.mistake.noSuchFeature", cut.title(), id)));
            return;
        }
        Map<String, JsonNode> expect = expected(cut, node.path("expect"), where, mistakes);
        List<String> tags =
                node.path("ifMatch").isString() ? List.of(node.get("ifMatch").asString()) : List.of();
        if (tags.isEmpty() && expect.isEmpty()) throw ProblemException.of(Kind.PRECONDITION_MISSING, "ogcapi.noExpect");
        if (guards.put(id, new Guard(tags, expect, where)) != null)
            mistakes.add(new Mistake(where + "id", Text.of("ogcapi.mistake.idTwice", id)));
        if (node.path("delete").asBoolean(false)) changes.add(new Change.Delete(cut.id(), id, null));
        else patch(cut, present, node.path("patch"), where + "patch.", changes, mistakes);
    }

    private static void create(
            LayerDefinition cut, JsonNode node, String where, List<Change> changes, List<Mistake> mistakes) {
        FeatureBody one = FeatureBody.whole(node, where);
        mistakes.addAll(one.mistakes());
        if (node.isObject()) mistakes.addAll(FeatureMistakes.of(cut, where, one.geometry(), one.properties()));
        Geometry geometry = one.geometry();
        Map<String, Object> known = new LinkedHashMap<>();
        one.properties().forEach((name, value) -> {
            if (value != null) known.put(name, value);
        });
        if (geometry != null) changes.add(new Change.Create(cut.id(), one.id(), geometry, known));
    }

    private static void patch(
            LayerDefinition cut,
            Feature present,
            JsonNode node,
            String where,
            List<Change> changes,
            List<Mistake> mistakes) {
        if (!node.isObject()) {
            mistakes.add(new Mistake(where.substring(0, where.length() - 1), Text.of("ogcapi.mistake.changes")));
            return;
        }
        FeatureBody given = FeatureBody.patch(node);
        for (Mistake mistake : given.mistakes()) mistakes.add(new Mistake(where + mistake.where(), mistake.what()));
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (AttributeDefinition attribute : cut.attributes())
            if (present.get(attribute.name()) != null) merged.put(attribute.name(), present.get(attribute.name()));
        merged.putAll(given.properties());
        mistakes.addAll(FeatureMistakes.of(cut, where, given.geometry(), merged));
        changes.add(new Change.Patch(cut.id(), present.id(), null, given.geometry(), given.properties()));
    }

    private static Map<String, JsonNode> expected(
            LayerDefinition cut, JsonNode node, String where, List<Mistake> mistakes) {
        Map<String, JsonNode> expect = new LinkedHashMap<>();
        if (!node.isObject()) return expect;
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            if (cut.attribute(one.getKey()).isEmpty())
                mistakes.add(new Mistake(
                        where + "expect." + one.getKey(),
                        Text.of(
                                "ogcapi.mistake.unknownPart",
                                one.getKey(),
                                cut.attributes().stream()
                                        .map(AttributeDefinition::name)
                                        .toList())));
            expect.put(one.getKey(), one.getValue());
        }
        return expect;
    }

    /** Says all that have changed at once. */
    private void allAsSeen(LayerDefinition cut, Map<String, Guard> guards) {
        List<Mistake> all = new ArrayList<>();
        int features = 0;
        for (Map.Entry<String, Guard> one : guards.entrySet()) {
            Feature present = layers.get(cut.id(), one.getKey()).orElse(null);
            if (present == null) continue;
            List<Mistake> stale = stale(cut, present, one.getValue());
            if (!stale.isEmpty()) features++;
            all.addAll(stale);
        }
        if (features > 0) throw stale(features, all);
    }

    private static ProblemException stale(int features, List<Mistake> mistakes) {
        return ProblemException.of(Kind.STALE, "ogcapi.staleMany", features).withMistakes(mistakes);
    }

    private static List<Mistake> stale(LayerDefinition cut, Feature present, Guard guard) {
        if (!guard.tags().isEmpty() && !FeatureEtag.matches(guard.tags(), present, cut))
            return List.of(
                    new Mistake(guard.where() + "ifMatch", Text.of("ogcapi.mistake.otherState", present.name())));
        List<Mistake> all = new ArrayList<>();
        for (AttributeDefinition attribute : cut.attributes()) {
            JsonNode expected = guard.expect().get(attribute.name());
            Object now = present.get(attribute.name());
            if (expected == null || same(expected, now)) continue;
            Object words = now == null ? Text.of("ogcapi.unknown") : ItemsController.words(attribute, now);
            all.add(new Mistake(
                    guard.where() + "expect." + attribute.name(),
                    Text.of("ogcapi.mistake.isNow", present.name(), attribute.title(), words)));
        }
        return all;
    }

    /** Whether a value of ours is what an answer of ours said it was. */
    private static boolean same(JsonNode expected, @Nullable Object now) {
        if (now == null || expected.isNull()) return now == null && expected.isNull();
        if (now instanceof Number number) return expected.isNumber() && expected.doubleValue() == number.doubleValue();
        if (now instanceof Boolean yes) return expected.isBoolean() && expected.asBoolean() == yes;
        if (now instanceof List<?> many) {
            if (!expected.isArray() || expected.size() != many.size()) return false;
            for (int i = 0; i < many.size(); i++)
                if (!String.valueOf(many.get(i)).equals(expected.get(i).asString(""))) return false;
            return true;
        }
        return expected.isString() && expected.asString().equals(now.toString());
    }
}
