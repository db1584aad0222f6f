package org.anquan.catalog;

import java.util.List;

/**
 * Answers, best first.
 *
 * @param more whether there are further ones
 */
public record NameHits(List<NameHit> hits, boolean more) {
    public NameHits {
        hits = List.copyOf(hits);
    }
}
