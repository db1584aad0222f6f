package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** A link of an API answer (RFC 8288 relation names). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Link(
        String href,
        String rel,
        String type,
        @Nullable Text title,
        @Nullable Boolean templated) {
    static final String JSON = "application/json";
    static final String GEOJSON = "application/geo+json";
    static final String HTML = "text/html";

    static Link of(String href, String rel, String type, String key, Object... values) {
        return new Link(href, rel, type, Text.of(key, values), null);
    }

    static Link template(String href, String rel, String type, String key, Object... values) {
        return new Link(href, rel, type, Text.of(key, values), Boolean.TRUE);
    }
}
