package org.anquan.style;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Styles of the layers for the map (OpenLayers flat styles) and as the SLD they come from, and their symbols. */
@RestController
@ConditionalOnWebApplication
final class StyleController implements WebMvcConfigurer {
    private static final MediaType SLD = MediaType.parseMediaType("application/vnd.ogc.sld+xml");
    private static final Pattern ANCHOR = Pattern.compile("<AnchorPoint>.*?</AnchorPoint>", Pattern.DOTALL);
    /** As the reader of styles lets it through: {@code symbols/name.svg}. */
    private static final Pattern SYMBOL = Pattern.compile("(href=[\"'])symbols/");

    private final Layers layers;
    private final Styles styles;
    private final AnquanHome home;
    private final JsonMapper json;

    StyleController(Layers layers, Styles styles, AnquanHome home, JsonMapper json) {
        this.layers = layers;
        this.styles = styles;
        this.home = home;
        this.json = json;
    }

    @GetMapping({"/styles/{layer}", "/ogc/styles/{layer}"})
    @Nullable
    ResponseEntity<byte[]> style(
            @PathVariable String layer,
            @RequestParam(name = "f", required = false) @Nullable String format,
            HttpServletRequest request) {
        LayerDefinition definition = Visibility.current().layer(layers, layer);
        if (format != null && !List.of("json", "sld", "qgis").contains(format))
            throw ProblemException.invalid("style.format", format);
        boolean sld = format == null ? wantsSld(request) : !format.equals("json");
        byte[] body = sld
                ? styles.sld(layer).orElseThrow(() -> ProblemException.notFound("style.noSld", definition.title()))
                : json.writeValueAsBytes(styles.style(definition));
        if ("qgis".equals(format)) body = forQgis(body, request);
        CRC32 sum = new CRC32();
        sum.update(body);
        String etag = "W/\"" + Long.toHexString(sum.getValue()) + "-" + body.length + "\"";
        if (new ServletWebRequest(request).checkNotModified(etag))
            return ResponseEntity.status(304)
                    .eTag(etag)
                    .header("Cache-Control", "no-cache")
                    .build();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .header("Vary", "Accept, Authorization, Cookie")
                .eTag(etag)
                .contentType(sld ? SLD : MediaType.APPLICATION_JSON)
                .body(body);
    }

    /**
     * The SLD as QGIS understands it (3.22): symbols by their whole address, for a relative one is looked for among its own
     * symbols only and drawn as a question mark; labels without an anchor point, which it takes for their offset, so that
     * they would cover the symbols.
     */
    private static byte[] forQgis(byte[] sld, HttpServletRequest request) {
        String root = ServletUriComponentsBuilder.fromContextPath(request)
                .toUriString()
                .replace("&", "&amp;")
                .replace("\"", "&quot;");
        String text = ANCHOR.matcher(new String(sld, StandardCharsets.UTF_8)).replaceAll("");
        return SYMBOL.matcher(text)
                .replaceAll("$1" + Matcher.quoteReplacement(root + "/styles/symbols/"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean wantsSld(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(SLD.toString());
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/styles/symbols/**")
                .addResourceLocations(
                        home.folder().resolve("styles/symbols").toUri().toString() + "/", "classpath:/styles/symbols/")
                .setCacheControl(CacheControl.noCache());
    }
}
