package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Derivation;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeaturePage;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.SpokenTime;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Features of a layer, written straight to the wire. */
@RestController
@RequestMapping("/ogc/collections/{layer}/items")
final class ItemsController {
    private final Layers layers;
    private final Features features;
    private final OgcSettings settings;
    private final JsonMapper json;

    ItemsController(Layers layers, Features features, OgcSettings settings, JsonMapper json) {
        this.layers = layers;
        this.features = features;
        this.settings = settings;
        this.json = json;
    }

    @GetMapping
    void items(@PathVariable String layer, HttpServletRequest request, HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request);
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        String format = asked.wanted(Link.GEOJSON, Link.HTML);
        ItemsQuery query = ItemsQuery.read(request.getParameterMap(), definition, settings);
        String etag = Replies.etag(asked, layers.state(layer).version(), definition, format);
        if (head(request, response, etag)) return;
        FeaturePage page = features.find(definition, query);
        response.setHeader("Content-Crs", "<" + query.crs().uri() + ">");
        List<Link> links = links(asked, definition, query, page);
        for (Link link : links)
            if (link.rel().equals("next") || link.rel().equals("prev"))
                response.addHeader("Link", "<" + link.href() + ">; rel=\"" + link.rel() + "\"");
        if (format.equals(Link.HTML))
            writeHtml(response, table(asked, definition, query, page, links, asOf(layer, query)));
        else writeJson(response, definition, query, page, links, asOf(layer, query));
    }

    /**
     * The layer as it was.
     *
     * @param layerVersion of then; 0 before its first change
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AsOf(
            Instant datetime, long layerVersion, @Nullable Instant changedAt, Text note) {}

    private @Nullable AsOf asOf(String layer, ItemsQuery query) {
        Instant at = query.at();
        if (at == null) return null;
        LayerState then = layers.snapshot(layer, at).state();
        Instant changedAt = then.changedAt();
        Text note = changedAt == null
                ? Text.of("ogcapi.asOf.beforeAll", SpokenTime.of(at))
                : Text.of("ogcapi.asOf", SpokenTime.of(at), then.version(), SpokenTime.of(changedAt));
        return new AsOf(at, then.version(), changedAt, note);
    }

    private static boolean head(HttpServletRequest request, HttpServletResponse response, String etag) {
        response.setHeader("ETag", etag);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", Replies.VARY);
        if (!Replies.unchanged(request, etag)) return false;
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return true;
    }

    private void writeJson(
            HttpServletResponse response,
            LayerDefinition layer,
            ItemsQuery query,
            FeaturePage page,
            List<Link> links,
            @Nullable AsOf asOf)
            throws IOException {
        response.setContentType(Link.GEOJSON);
        try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
            out.writeStartObject();
            out.writeStringProperty("type", "FeatureCollection");
            out.writeNumberProperty("numberMatched", page.matched());
            out.writeNumberProperty("numberReturned", page.features().size());
            out.writeStringProperty(
                    "timeStamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            out.writePOJOProperty("links", links);
            if (asOf != null) out.writePOJOProperty("asOf", asOf);
            out.writeArrayPropertyStart("features");
            FeatureWriter writer = new FeatureWriter(out, layer, query.crs());
            for (Feature feature : page.features()) writer.write(feature);
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void writeHtml(HttpServletResponse response, Html page) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Link> links(Asked asked, LayerDefinition layer, ItemsQuery query, FeaturePage page) {
        List<Link> links = new ArrayList<>();
        links.add(Link.of(asked.self(Map.of()), "self", Link.GEOJSON, "ogcapi.link.self"));
        links.add(Link.of(asked.self(Map.of("f", "html")), "alternate", Link.HTML, "ogcapi.link.html"));
        String collection = asked.ogc() + "/collections/" + layer.id();
        links.add(Link.of(collection, "collection", Link.JSON, "ogcapi.link.collection", layer.title()));
        long after = query.offset() + page.features().size();
        if (after < page.matched() && !page.features().isEmpty())
            links.add(Link.of(at(asked, after), "next", Link.GEOJSON, "ogcapi.link.next"));
        if (query.offset() > 0)
            links.add(Link.of(
                    at(asked, Math.max(0, query.offset() - query.limit())), "prev", Link.GEOJSON, "ogcapi.link.prev"));
        return links;
    }

    private static String at(Asked asked, long offset) {
        Map<String, @Nullable String> changed = new HashMap<>();
        changed.put("offset", offset == 0 ? null : Long.toString(offset));
        return asked.self(changed);
    }

    private static Html table(
            Asked asked,
            LayerDefinition layer,
            ItemsQuery query,
            FeaturePage page,
            List<Link> links,
            @Nullable AsOf asOf) {
        Html html = new Html(asked, layer.title().toString());
        trail(html, asked, layer, false);
        if (asOf != null) html.paragraph(asOf.note());
        long from = page.features().isEmpty() ? 0 : query.offset() + 1;
        html.paragraph(Text.of(
                "ogcapi.html.page", from, query.offset() + page.features().size(), page.matched()));
        html.links(links.stream()
                .filter(link -> link.rel().equals("next") || link.rel().equals("prev"))
                .toList());
        html.paragraphLink(asked.self(Map.of("f", "json")), "GeoJSON");
        List<String> heads = new ArrayList<>(List.of("ID"));
        for (AttributeDefinition attribute : layer.attributes())
            heads.add(attribute.title() + (attribute.unit() == null ? "" : " (" + attribute.unitInWords() + ")"));
        html.features(heads);
        for (Feature feature : page.features()) {
            String self = asked.ogc() + "/collections/" + layer.id() + "/items/" + path(feature.id());
            html.row().linkCell(self + "?f=html", feature.id());
            for (AttributeDefinition attribute : layer.attributes()) cell(html, attribute, feature);
            html.endRow();
        }
        return html.endFeatures();
    }

    private static void trail(Html html, Asked asked, LayerDefinition layer, boolean items) {
        String collections = asked.ogc() + "/collections";
        String here = collections + "/" + layer.id();
        String all = Text.of("ogcapi.html.collections").toString();
        String title = layer.title().toString();
        if (items)
            html.trail(
                    collections + "?f=html",
                    all,
                    here + "?f=html",
                    title,
                    here + "/items?f=html",
                    Text.of("ogcapi.html.features").toString());
        else html.trail(collections + "?f=html", all, here + "?f=html", title);
    }

    private static void cell(Html html, AttributeDefinition attribute, Feature feature) {
        Object value = feature.get(attribute.name());
        if (value instanceof Number number) html.numberCell(plain(number));
        else html.cell(words(attribute, value));
    }

    /** Without an exponent and without zeros that say nothing. */
    private static String plain(Number number) {
        java.math.BigDecimal exact = new java.math.BigDecimal(number.toString());
        return (exact.signum() == 0 ? java.math.BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
    }

    /** A value as people read it: the title of an allowed value, yes and no, a list with commas. */
    static String words(AttributeDefinition attribute, @Nullable Object value) {
        if (value == null) return "";
        if (value instanceof Boolean yes)
            return Text.of(yes ? "ogcapi.yes" : "ogcapi.no").toString();
        if (value instanceof List<?> many)
            return String.join(
                    "、", many.stream().map(one -> words(attribute, one)).toList());
        for (AttributeDefinition.AllowedValue allowed : attribute.values())
            if (allowed.value().equals(value)) return allowed.title().toString();
        if (value instanceof Instant at) return SpokenTime.of(at);
        if (value instanceof Double number && Double.isFinite(number))
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        return value.toString();
    }

    static String path(String id) {
        return Asked.encoded(id).replace("%2F", "/");
    }

    @GetMapping("/{*id}")
    void item(
            @PathVariable String layer,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request);
        LayerDefinition definition = asked.visibility().layer(layers, layer);
        String format = asked.wanted(Link.GEOJSON, Link.HTML);
        Crs crs = onlyCrs(request);
        String plainId = id.substring(1);
        Instant at = at(request);
        Feature feature = at == null
                ? layers.get(layer, plainId)
                        .orElseThrow(
                                () -> ProblemException.notFound("ogcapi.noSuchFeature", definition.title(), plainId))
                : layers.get(layer, plainId, at)
                        .orElseThrow(() -> ProblemException.notFound(
                                "ogcapi.noSuchFeatureThen", definition.title(), plainId, SpokenTime.of(at)));
        if (head(request, response, FeatureEtag.of(asked, feature, definition, format))) return;
        response.setHeader("Content-Crs", "<" + crs.uri() + ">");
        if (format.equals(Link.HTML)) {
            writeHtml(response, card(asked, definition, feature));
            return;
        }
        response.setContentType(Link.GEOJSON);
        try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
            write(out, asked, definition, crs, feature, asked.self(Map.of()), asked.self(Map.of("f", "html")));
        }
    }

    static void write(
            JsonGenerator out,
            Asked asked,
            LayerDefinition layer,
            Crs crs,
            Feature feature,
            String self,
            String alternate) {
        String collection = asked.ogc() + "/collections/" + layer.id();
        String history = collection + "/items/" + path(feature.id()) + "/history";
        List<Link> links = new ArrayList<>(List.of(
                Link.of(self, "self", Link.GEOJSON, "ogcapi.link.self"),
                Link.of(alternate, "alternate", Link.HTML, "ogcapi.link.html"),
                Link.of(collection, "collection", Link.JSON, "ogcapi.link.collection", layer.title())));
        if (Asker.current().signedIn())
            links.add(Link.of(history, "version-history", Link.JSON, "ogcapi.link.history"));
        out.writeStartObject();
        new FeatureWriter(out, layer, crs).writeInside(feature);
        out.writePOJOProperty("links", links);
        out.writeEndObject();
    }

    private static @Nullable Instant at(HttpServletRequest request) {
        String datetime = request.getParameter("datetime");
        return datetime == null ? null : ItemsQuery.instant(datetime);
    }

    private static Crs onlyCrs(HttpServletRequest request) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : request.getParameterMap().keySet())
            if (!List.of("crs", "datetime", "f", "lang").contains(name))
                mistakes.add(new Mistake(name, Text.of("ogcapi.mistake.unknownParameter", "crs、datetime、f、lang", "-")));
        String datetime = request.getParameter("datetime");
        if (datetime != null && ItemsQuery.instant(datetime) == null)
            mistakes.add(new Mistake("datetime", Text.of("ogcapi.mistake.instant", datetime)));
        String given = request.getParameter("crs");
        if (given == null) {
            if (mistakes.isEmpty()) return Crs.CRS84;
            throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
        }
        if (Crs.find(given).isEmpty()) mistakes.add(new Mistake("crs", Text.of("ogcapi.mistake.crs", given)));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
        return Crs.find(given).orElseThrow();
    }

    private static Html card(Asked asked, LayerDefinition layer, Feature feature) {
        Html html = new Html(asked, feature.name());
        trail(html, asked, layer, true);
        html.paragraphLink(asked.self(Map.of("f", "json")), "GeoJSON");
        html.table(List.of(
                Text.of("ogcapi.html.attribute").toString(),
                Text.of("ogcapi.html.value").toString()));
        html.row().cell("ID").cell(feature.id()).endRow();
        for (AttributeDefinition attribute : layer.attributes()) {
            String unit = attribute.unit() == null ? "" : " (" + attribute.unitInWords() + ")";
            Derivation how = attribute.derivation();
            String derived = how == null
                    ? ""
                    : " " + Text.of("ogcapi.derived", how.words(), how.clause()).toString();
            html.row().cell(attribute.title() + unit + derived);
            if (feature.get(attribute.name()) == null)
                html.cell(Text.of("ogcapi.unknown").toString());
            else cell(html, attribute, feature);
            html.endRow();
        }
        return html.endTable();
    }
}
