package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerDefinition;
import org.locationtech.jts.io.WKBWriter;

/**
 * The ETag of one feature, strong so that {@code If-Match} can guard an edit: {@code version.content-form}. The first part
 * names the state; the content stands in it because an import that replaces a layer starts its versions anew. The form
 * (language, format, coordinates, asker) is not compared at an edit.
 */
final class FeatureEtag {
    private FeatureEtag() {}

    static String of(Asked asked, Feature feature, LayerDefinition cut, String format) {
        String whole = Replies.etag(asked, feature.version(), cut, format);
        String form = whole.substring(whole.lastIndexOf('-'));
        return '"' + state(feature, cut) + form;
    }

    /** Only of what the asker may see: a checksum of a hidden telephone number would give it away. */
    private static String state(Feature feature, LayerDefinition cut) {
        CRC32C sum = new CRC32C();
        for (AttributeDefinition attribute : cut.attributes()) {
            Object value = feature.get(attribute.name());
            if (value != null) sum.update((attribute.name() + '=' + value + '\0').getBytes(StandardCharsets.UTF_8));
        }
        sum.update(new WKBWriter().write(feature.geometry()));
        return feature.version() + "." + Long.toHexString(sum.getValue());
    }

    /** The tags of {@code If-Match}; empty where there are none. */
    static List<String> asked(HttpServletRequest request) {
        List<String> all = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("If-Match")))
            for (String one : header.split(",")) if (!one.isBlank()) all.add(one.strip());
        return all;
    }

    /** Whether one of the tags names the present state. A proxy that compresses may have made it weak. */
    static boolean matches(List<String> tags, Feature present, LayerDefinition cut) {
        String state = state(present, cut);
        for (String tag : tags) {
            if (tag.equals("*")) return true;
            String plain = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (plain.equals('"' + state + '"') || plain.startsWith('"' + state + '-')) return true;
        }
        return false;
    }
}
