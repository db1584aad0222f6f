package org.anquan.tile;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Vector tiles after OGC API Tiles; in their address the row stands before the column. */
@RestController
@RequestMapping("/ogc")
final class TileController {
    static final String MVT = "application/vnd.mapbox-vector-tile";

    private static final String SCHEME = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
    private static final String MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857";
    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final double HALF_METRES = 20_037_508.342789244;
    /** Scale denominator of level 0 at 0.28 mm a pixel, 256 pixels a tile. */
    private static final double SCALE = 559_082_264.028_717_9;

    private final Layers layers;
    private final Tiles tiles;
    private final TileSettings settings;
    /** A new build or a changed definition may make other tiles of the same data. */
    private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());

    TileController(Layers layers, Tiles tiles, TileSettings settings) {
        this.layers = layers;
        this.tiles = tiles;
        this.settings = settings;
    }

    @GetMapping("/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}")
    void tile(
            @PathVariable String layer,
            @PathVariable String z,
            @PathVariable String y,
            @PathVariable String x,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Visibility visibility = Visibility.current();
        LayerDefinition definition = visibility.layer(layers, layer);
        int level = number(z, settings.maxZoom() + 1L, "z");
        int row = number(y, 1L << level, "y");
        int column = number(x, 1L << level, "x");
        long version = layers.state(layer).version();
        String etag = "W/\"" + version + "-" + visibility.upTo().ordinal() + "-" + run + "\"";
        response.setHeader("ETag", etag);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Encoding, Authorization, Cookie");
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        Tiles.Tile tile = tiles.tile(definition, version, visibility.upTo(), level, column, row);
        response.setContentType(MVT);
        if (tile.kept() < tile.found())
            response.setHeader("Anquan-Thinned", tile.kept() + " of " + tile.found() + " features");
        byte[] bytes = tile.plain();
        byte[] packed = tile.packed();
        if (packed != null && takesGzip(request)) {
            bytes = packed;
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean takesGzip(HttpServletRequest request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static int number(String text, long below, String name) {
        if (text.matches("\\d{1,9}") && Long.parseLong(text) < below) return Integer.parseInt(text);
        throw ProblemException.notFound("tile.outside", name, text, below - 1);
    }

    @GetMapping(path = "/collections/{layer}/tiles", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> tilesets(@PathVariable String layer, HttpServletRequest request) {
        LayerDefinition definition = Visibility.current().layer(layers, layer);
        String ogc = ogc(request);
        String self = ogc + "/collections/" + layer + "/tiles";
        Map<String, Object> tileset = head(definition);
        tileset.put(
                "links",
                List.of(
                        link(self + "/WebMercatorQuad", "self", MediaType.APPLICATION_JSON_VALUE),
                        link(
                                ogc + "/tileMatrixSets/WebMercatorQuad",
                                "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
                                MediaType.APPLICATION_JSON_VALUE)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tilesets", List.of(tileset));
        all.put("links", List.of(link(self, "self", MediaType.APPLICATION_JSON_VALUE)));
        return answer(all);
    }

    @GetMapping(path = "/collections/{layer}/tiles/WebMercatorQuad", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> tileset(
            @PathVariable String layer,
            @RequestParam(name = "f", defaultValue = "json") String format,
            HttpServletRequest request) {
        LayerDefinition definition = Visibility.current().layer(layers, layer);
        LayerState state = layers.state(layer);
        String ogc = ogc(request);
        String self = ogc + "/collections/" + layer + "/tiles/WebMercatorQuad";
        if (format.equals("tilejson")) return answer(tileJson(definition, state, self));
        Map<String, Object> tileset = head(definition);
        if (state.bbox() != null) {
            Map<String, Object> box = new LinkedHashMap<>();
            box.put("lowerLeft", List.of(state.bbox().west(), state.bbox().south()));
            box.put("upperRight", List.of(state.bbox().east(), state.bbox().north()));
            box.put("crs", CRS84);
            tileset.put("boundingBox", box);
        }
        Map<String, Object> inside = new LinkedHashMap<>();
        inside.put("id", layer);
        inside.put("dataType", "vector");
        inside.put("geometryDimension", definition.geometry().ordinal());
        tileset.put("layers", List.of(inside));
        Map<String, Object> item = link(self + "/{tileMatrix}/{tileRow}/{tileCol}", "item", MVT);
        item.put("templated", true);
        tileset.put(
                "links",
                List.of(
                        link(self, "self", MediaType.APPLICATION_JSON_VALUE),
                        link(self + "?f=tilejson", "alternate", MediaType.APPLICATION_JSON_VALUE),
                        link(
                                ogc + "/tileMatrixSets/WebMercatorQuad",
                                "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
                                MediaType.APPLICATION_JSON_VALUE),
                        item));
        return answer(tileset);
    }

    /** TileJSON 3.0, which QGIS and MapLibre read. */
    private Map<String, Object> tileJson(LayerDefinition layer, LayerState state, String self) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("tilejson", "3.0.0");
        out.put("name", layer.title());
        out.put("tiles", List.of(self + "/{z}/{y}/{x}"));
        out.put("minzoom", 0);
        out.put("maxzoom", settings.maxZoom());
        if (state.bbox() != null)
            out.put(
                    "bounds",
                    List.of(
                            state.bbox().west(),
                            state.bbox().south(),
                            state.bbox().east(),
                            state.bbox().north()));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "String");
        layer.attributes().forEach(attribute -> fields.put(attribute.name(), field(attribute)));
        out.put("vector_layers", List.of(Map.of("id", layer.id(), "fields", fields)));
        return out;
    }

    private static String field(org.anquan.catalog.AttributeDefinition attribute) {
        return switch (attribute.type()) {
            case INTEGER, NUMBER -> "Number";
            case BOOLEAN -> "Boolean";
            case TEXT, DATE, TIME, LIST -> "String";
        };
    }

    private static Map<String, Object> head(LayerDefinition layer) {
        Map<String, Object> tileset = new LinkedHashMap<>();
        tileset.put("title", layer.title());
        tileset.put("dataType", "vector");
        tileset.put("crs", MERCATOR);
        tileset.put("tileMatrixSetURI", SCHEME);
        return tileset;
    }

    @GetMapping(path = "/tileMatrixSets", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> matrixSets(HttpServletRequest request) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", "WebMercatorQuad");
        one.put("title", "WebMercatorQuad");
        one.put("uri", SCHEME);
        one.put("crs", MERCATOR);
        one.put(
                "links",
                List.of(link(
                        ogc(request) + "/tileMatrixSets/WebMercatorQuad", "self", MediaType.APPLICATION_JSON_VALUE)));
        return answer(Map.of("tileMatrixSets", List.of(one)));
    }

    @GetMapping(path = "/tileMatrixSets/WebMercatorQuad", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> matrixSet() {
        List<Map<String, Object>> levels = new ArrayList<>();
        for (int z = 0; z <= settings.maxZoom(); z++) {
            Map<String, Object> level = new LinkedHashMap<>();
            level.put("id", Integer.toString(z));
            level.put("scaleDenominator", SCALE / (1L << z));
            level.put("cellSize", 2 * HALF_METRES / 256 / (1L << z));
            level.put("pointOfOrigin", List.of(-HALF_METRES, HALF_METRES));
            level.put("tileWidth", 256);
            level.put("tileHeight", 256);
            level.put("matrixWidth", 1L << z);
            level.put("matrixHeight", 1L << z);
            levels.add(level);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", "WebMercatorQuad");
        all.put("title", "Google Maps Compatible for the World");
        all.put("uri", SCHEME);
        all.put("crs", MERCATOR);
        all.put("orderedAxes", List.of("X", "Y"));
        all.put("wellKnownScaleSet", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible");
        all.put("tileMatrices", levels);
        return answer(all);
    }

    private static ResponseEntity<Object> answer(Object body) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static String ogc(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).toUriString() + "/ogc";
    }

    private static Map<String, Object> link(String href, String rel, String type) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("href", href);
        link.put("rel", rel);
        link.put("type", type);
        return link;
    }
}
