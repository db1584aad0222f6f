package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import org.anquan.problem.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How answers go out: they may be kept, but are asked for again each time, and differ by language and by asker. */
final class Replies {
    static final String VARY = "Accept, Accept-Language, Authorization, Cookie";

    private Replies() {}

    static ResponseEntity<Object> json(Object body, String mediaType) {
        return head().contentType(MediaType.parseMediaType(mediaType)).body(body);
    }

    static ResponseEntity<Object> html(Html page) {
        return head().contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(page.toString());
    }

    private static ResponseEntity.BodyBuilder head() {
        return ResponseEntity.status(HttpStatus.OK)
                .header("Cache-Control", "no-cache")
                .header("Vary", VARY);
    }

    /** Weak, so that the server may compress. Moves with the layer's version and with all that shapes the answer. */
    static String etag(Asked asked, long version, Object definition, String format) {
        int shape = java.util.Objects.hash(
                asked.request().getRequestURI(),
                asked.request().getQueryString(),
                asked.root(),
                format,
                Texts.currentLanguage(),
                asked.visibility(),
                definition);
        return "W/\"" + version + "-" + Integer.toHexString(shape) + "\"";
    }

    static boolean unchanged(HttpServletRequest request, String etag) {
        String known = request.getHeader("If-None-Match");
        if (known == null) return false;
        if (known.strip().equals("*")) return true;
        for (String one : known.split(",")) if (weak(one.strip()).equals(weak(etag))) return true;
        return false;
    }

    private static String weak(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }
}
