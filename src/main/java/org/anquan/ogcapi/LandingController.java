package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.Processes;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The door of the API: what there is, by which standards, and how to ask. */
@RestController
@RequestMapping("/ogc")
final class LandingController {
    static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";

    /** Conformance classes of what is built, no more. */
    private static final List<String> CONFORMS_TO = List.of(
            "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
            "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
            "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/create-replace-delete",
            "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/update",
            "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/features",
            "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/optimistic-locking-etags",
            "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
            "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
            "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
            "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
            "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
            "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
            "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/ogc-process-description",
            "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/json",
            "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/job-list",
            "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss");

    private final Layers layers;
    private final List<Process> processes;
    private final OgcSettings settings;

    LandingController(Layers layers, Processes processes, OgcSettings settings) {
        this.layers = layers;
        this.processes = processes.all();
        this.settings = settings;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Landing(Text title, Text description, List<Link> links) {}

    record Conformance(List<String> conformsTo) {}

    @GetMapping({"", "/"})
    ResponseEntity<Object> landing(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        String ogc = asked.ogc();
        List<Link> links = List.of(
                Link.of(ogc, "self", Link.JSON, "ogcapi.link.self"),
                Link.of(ogc + "?f=html", "alternate", Link.HTML, "ogcapi.link.html"),
                Link.of(ogc + "/api", "service-desc", OPENAPI, "ogcapi.link.api"),
                Link.of(ogc + "/api?f=html", "service-doc", Link.HTML, "ogcapi.link.apiHtml"),
                Link.of(ogc + "/conformance", "conformance", Link.JSON, "ogcapi.link.conformance"),
                Link.of(
                        ogc + "/conformance",
                        "http://www.opengis.net/def/rel/ogc/1.0/conformance",
                        Link.JSON,
                        "ogcapi.link.conformance"),
                Link.of(ogc + "/collections", "data", Link.JSON, "ogcapi.link.collections"),
                Link.of(
                        ogc + "/collections",
                        "http://www.opengis.net/def/rel/ogc/1.0/data",
                        Link.JSON,
                        "ogcapi.link.collections"),
                Link.of(
                        ogc + "/processes",
                        "http://www.opengis.net/def/rel/ogc/1.0/processes",
                        Link.JSON,
                        "ogcapi.link.processes"),
                Link.of(
                        ogc + "/jobs",
                        "http://www.opengis.net/def/rel/ogc/1.0/job-list",
                        Link.JSON,
                        "ogcapi.link.jobs"),
                Link.of(
                        ogc + "/tileMatrixSets",
                        "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
                        Link.JSON,
                        "ogcapi.link.tileMatrixSets"));
        Landing landing = new Landing(Text.of("ogcapi.title"), Text.of("ogcapi.description"), links);
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(landing, Link.JSON);
        Html page = new Html(asked, landing.title().toString()).paragraph(landing.description());
        page.heading(Text.of("ogcapi.html.collections"));
        page.table(List.of(
                Text.of("ogcapi.html.layer").toString(),
                Text.of("ogcapi.html.count").toString()));
        for (LayerDefinition layer : asked.visibility().layers(layers))
            page.row()
                    .linkCell(
                            ogc + "/collections/" + layer.id() + "?f=html",
                            layer.title().toString())
                    .numberCell(Long.toString(layers.state(layer.id()).count()))
                    .endRow();
        page.endTable().heading(Text.of("ogcapi.html.processes"));
        page.table(List.of(Text.of("ogcapi.html.process").toString(), ""));
        for (Process process : processes)
            page.row()
                    .linkCell(
                            ogc + "/processes/" + process.description().id() + "?f=html",
                            process.description().title().toString())
                    .cell(process.description().description().toString())
                    .endRow();
        return Replies.html(
                page.endTable().heading(Text.of("ogcapi.html.links")).links(links));
    }

    @GetMapping("/conformance")
    ResponseEntity<Object> conformance(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        if (!asked.wantsHtml(Link.JSON)) return Replies.json(new Conformance(CONFORMS_TO), Link.JSON);
        Html page = new Html(asked, Text.of("ogcapi.link.conformance").toString());
        CONFORMS_TO.forEach(page::paragraph);
        return Replies.html(page);
    }

    @GetMapping("/api")
    ResponseEntity<Object> api(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        Asked asked = Asked.of(request).withoutParameters();
        OpenApi api = new OpenApi(asked, layers, processes, settings);
        String format = asked.wanted(OPENAPI, Link.JSON, Link.HTML);
        return format.equals(Link.HTML) ? Replies.html(api.page()) : Replies.json(api.document(), format);
    }

    @GetMapping("/pages.css")
    ResponseEntity<Resource> css() {
        return ResponseEntity.ok()
                .header("Cache-Control", "max-age=3600")
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .body(new ClassPathResource("ogcapi/pages.css"));
    }
}
