package org.anquan.catalog;

import java.util.List;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in the search box.
 *
 * @param text as it was typed
 * @param limit most answers; 0 for the usual number
 * @param layers only in these; empty for all that may be seen
 * @param near what lies in this box, or near it, comes first among equally good answers; null for no preference
 */
public record NameQuery(
        String text,
        int limit,
        List<String> layers,
        @Nullable Bbox near) {
    public NameQuery {
        layers = List.copyOf(layers);
    }
}
