package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.ChangeReceipt;
import org.anquan.catalog.ChangeSet;
import org.anquan.catalog.Feature;
import org.anquan.catalog.HistoryEntry;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what, when and why; and taking it back. For accounts only. */
@RestController
@RequestMapping("/ogc/collections/{layer}")
final class HistoryController {
    private static final int DEFAULT_CHANGES = 50;

    private final Layers layers;
    private final LayerEdits edits;
    private final OgcSettings settings;

    HistoryController(Layers layers, LayerEdits edits, OgcSettings settings) {
        this.layers = layers;
        this.edits = edits;
        this.settings = settings;
    }

    record OfFeature(String layer, String id, boolean deleted, List<History> history, List<Link> links) {}

    record OfLayer(String layer, List<ChangeSet> changes, List<Link> links) {}

    record Undone(long undone, long changeSet, List<String> ids, long layerVersion) {}

    @GetMapping("/items/{id}/history")
    ResponseEntity<Object> history(@PathVariable String layer, @PathVariable String id, HttpServletRequest request) {
        Asked asked = Asked.of(request);
        LayerDefinition cut = asked.visibility().layer(layers, layer);
        List<HistoryEntry> entries = edits.history(layer, id);
        Feature present = layers.get(layer, id).orElse(null);
        if (entries.isEmpty() && present == null)
            throw ProblemException.notFound("ogcapi.noSuchFeature", cut.title(), id);
        String item = asked.ogc() + "/collections/" + layer + "/items/" + ItemsController.path(id);
        return json(new OfFeature(
                layer,
                id,
                present == null,
                History.all(cut, entries, present),
                List.of(
                        Link.of(item + "/history", "self", Link.JSON, "ogcapi.link.self"),
                        Link.of(item, "item", Link.GEOJSON, "ogcapi.api.item", cut.title()))));
    }

    @GetMapping("/changes")
    ResponseEntity<Object> changes(@PathVariable String layer, HttpServletRequest request) {
        Asked asked = Asked.of(request);
        asked.visibility().layer(layers, layer);
        String self = asked.ogc() + "/collections/" + layer + "/changes";
        return json(new OfLayer(
                layer,
                edits.changeSets(layer, limit(request.getParameter("limit"))),
                List.of(Link.of(self, "self", Link.JSON, "ogcapi.link.self"))));
    }

    private int limit(@Nullable String given) {
        if (given == null) return DEFAULT_CHANGES;
        if (given.matches("[1-9][0-9]{0,8}")) return Math.min(Integer.parseInt(given), settings.maxLimit());
        throw ProblemException.invalid("ogcapi.parameters")
                .withMistakes(List.of(new Mistake("limit", Text.of("ogcapi.mistake.number", given, 1))));
    }

    @GetMapping("/changes/{changeSet}")
    ResponseEntity<Object> change(@PathVariable String layer, @PathVariable long changeSet) {
        LayerDefinition cut = org.anquan.catalog.Visibility.current().layer(layers, layer);
        return json(edits.changeSet(layer, changeSet)
                .orElseThrow(() -> ProblemException.notFound("catalog.noChangeSet", changeSet, cut.title())));
    }

    @PostMapping("/changes/{changeSet}/undo")
    ResponseEntity<Object> undo(@PathVariable String layer, @PathVariable long changeSet, HttpServletRequest request) {
        org.anquan.catalog.Visibility.current().layer(layers, layer);
        String reason = Reasons.of(request);
        String why = reason.isEmpty()
                ? Text.of("ogcapi.undoReason", Long.toString(changeSet)).toString()
                : reason;
        ChangeReceipt receipt = edits.undo(new ChangeContext(Asker.current().account(), why), layer, changeSet);
        return EditsController.head(ResponseEntity.status(HttpStatus.OK), receipt)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Undone(
                        changeSet,
                        receipt.changeSet(),
                        receipt.features().stream().map(Feature::id).toList(),
                        receipt.layerVersions().getOrDefault(layer, 0L)));
    }

    private static ResponseEntity<Object> json(Object answer) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer);
    }
}
