package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.SpokenTime;
import org.anquan.problem.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The layers, and what they are made of. */
@RestController
@RequestMapping("/ogc/collections")
final class CollectionsController {
    private static final String SCHEMA_JSON = "application/schema+json";

    private final Layers layers;

    CollectionsController(Layers layers) {
        this.layers = layers;
    }

    @GetMapping
    ResponseEntity<Object> all(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        Collections.All all = Collections.all(asked, layers);
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(all, Link.JSON);
        Html page = new Html(asked, Text.of("ogcapi.html.collections").toString());
        page.table(List.of(
                Text.of("ogcapi.html.layer").toString(),
                Text.of("ogcapi.html.count").toString(),
                Text.of("ogcapi.html.asOf").toString(),
                "ID"));
        for (Collections.Collection one : all.collections())
            page.row()
                    .linkCell(
                            asked.ogc() + "/collections/" + one.id() + "?f=html",
                            one.title().toString())
                    .numberCell(Long.toString(one.itemCount()))
                    .cell(one.asOf() == null ? "" : SpokenTime.of(one.asOf()))
                    .cell(one.id())
                    .endRow();
        return Replies.html(page.endTable());
    }

    @GetMapping("/{layer}")
    ResponseEntity<Object> one(@PathVariable String layer, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        LayerState state = layers.state(layer);
        Collections.Collection one = Collections.one(asked, definition, state);
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(one, Link.JSON);
        Html page = new Html(asked, one.title().toString());
        page.trail(
                asked.ogc() + "/collections?f=html",
                Text.of("ogcapi.html.collections").toString());
        page.paragraph(one.description()).links(one.links());
        page.heading(Text.of("ogcapi.html.attributes"));
        page.table(List.of(
                Text.of("ogcapi.html.attribute").toString(),
                "",
                Text.of("ogcapi.html.type").toString(),
                Text.of("ogcapi.html.unit").toString(),
                Text.of("ogcapi.html.values").toString()));
        definition
                .attributes()
                .forEach(attribute -> page.row()
                        .cell(attribute.title().toString())
                        .cell(attribute.name())
                        .cell(Text.of("ogcapi.type." + attribute.type()).toString())
                        .cell(attribute.unitInWords().toString())
                        .cell(String.join(
                                " · ",
                                attribute.values().stream()
                                        .map(value -> value.title() + " (" + value.value() + ")")
                                        .toList()))
                        .endRow());
        return Replies.html(page.endTable());
    }

    @GetMapping("/{layer}/queryables")
    ResponseEntity<Object> queryables(@PathVariable String layer, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        asked.wanted(SCHEMA_JSON);
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        String self = asked.ogc() + "/collections/" + layer + "/queryables";
        return Replies.json(Schemas.queryables(definition, self), SCHEMA_JSON);
    }

    @GetMapping("/{layer}/schema")
    ResponseEntity<Object> schema(@PathVariable String layer, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        asked.wanted(SCHEMA_JSON);
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        String self = asked.ogc() + "/collections/" + layer + "/schema";
        return Replies.json(Schemas.schema(definition, self), SCHEMA_JSON);
    }

    @GetMapping("/{layer}/schemas/feature")
    ResponseEntity<Object> geoJsonSchema(@PathVariable String layer, HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        asked.wanted(SCHEMA_JSON);
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        String self = asked.ogc() + "/collections/" + layer + "/schemas/feature";
        return Replies.json(Schemas.geoJson(definition, self), SCHEMA_JSON);
    }
}
