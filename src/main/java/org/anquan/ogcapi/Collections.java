package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.geo.Bbox;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** The layers as OGC collections. */
final class Collections {
    private Collections() {}

    record All(List<Link> links, List<Collection> collections) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Collection(
            String id,
            Title title,
            Text description,
            String itemType,
            @Nullable Extent extent,
            List<String> crs,
            String storageCrs,
            String geometry,
            String group,
            long itemCount,
            long version,
            @Nullable Instant asOf,
            boolean illustrative,
            List<Link> links) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Extent(@Nullable Spatial spatial, @Nullable Temporal temporal) {}

    record Spatial(List<List<Double>> bbox, String crs) {}

    record Temporal(@JsonInclude(JsonInclude.Include.ALWAYS) List<List<@Nullable Instant>> interval, String trs) {}

    static All all(Asked asked, Layers layers) {
        List<Collection> all = new ArrayList<>();
        for (LayerDefinition layer : asked.visibility().layers(layers))
            all.add(one(asked, layer, layers.state(layer.id())));
        String self = asked.ogc() + "/collections";
        return new All(
                List.of(
                        Link.of(self, "self", Link.JSON, "ogcapi.link.self"),
                        Link.of(self + "?f=html", "alternate", Link.HTML, "ogcapi.link.html")),
                all);
    }

    static Collection one(Asked asked, LayerDefinition layer, LayerState state) {
        return new Collection(
                layer.id(),
                layer.title(),
                Text.of("ogcapi.collection", layer.title(), state.count()),
                "feature",
                extent(state),
                Crs.uris(),
                Crs.CRS84.uri(),
                layer.geometry().name().toLowerCase(java.util.Locale.ROOT),
                layer.group(),
                state.count(),
                state.version(),
                state.asOf(),
                state.illustrative(),
                links(asked, layer));
    }

    static List<Link> links(Asked asked, LayerDefinition layer) {
        String self = asked.ogc() + "/collections/" + layer.id();
        return List.of(
                Link.of(self, "self", Link.JSON, "ogcapi.link.self"),
                Link.of(self + "?f=html", "alternate", Link.HTML, "ogcapi.link.html"),
                Link.of(self + "/items", "items", Link.GEOJSON, "ogcapi.link.items", layer.title()),
                Link.of(self + "/items?f=html", "items", Link.HTML, "ogcapi.link.itemsHtml", layer.title()),
                Link.of(
                        self + "/queryables",
                        "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                        "application/schema+json",
                        "ogcapi.link.queryables"),
                Link.of(
                        self + "/schema",
                        "http://www.opengis.net/def/rel/ogc/1.0/schema",
                        "application/schema+json",
                        "ogcapi.link.schema"),
                Link.of(
                        self + "/schemas/feature",
                        "describedby",
                        "application/schema+json",
                        "ogcapi.link.schemaGeoJson"),
                // GDAL up to 3.6, which Debian 12 has, knows this spelling alone; case does not matter (RFC 8288, 3.3).
                Link.of(
                        self + "/schemas/feature",
                        "describedBy",
                        "application/schema+json",
                        "ogcapi.link.schemaGeoJson"),
                Link.of(
                        self + "/tiles",
                        "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
                        Link.JSON,
                        "ogcapi.link.tiles"),
                Link.of(
                        asked.ogc() + "/styles/" + layer.id(),
                        "http://www.opengis.net/def/rel/ogc/1.0/styles",
                        Link.JSON,
                        "ogcapi.link.style"));
    }

    private static @Nullable Extent extent(LayerState state) {
        Bbox box = state.bbox();
        Spatial spatial = box == null
                ? null
                : new Spatial(List.of(List.of(box.west(), box.south(), box.east(), box.north())), Crs.CRS84.uri());
        // Only the newest observation is known; the beginning stays open.
        Temporal temporal = state.asOf() == null
                ? null
                : new Temporal(
                        List.of(Arrays.asList(null, state.asOf())),
                        "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian");
        return spatial == null && temporal == null ? null : new Extent(spatial, temporal);
    }
}
