package org.anquan.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change to one feature, as the history has it.
 *
 * @param operation {@code create}, {@code update}, {@code delete}, {@code load} (came in with a load)
 * @param before JSON of the attributes before it, or null where there was none
 * @param after JSON of the attributes after it, or null where there is none, or where a load brought it
 * @param moved whether the geometry was another one before
 */
public record HistoryEntry(
        long changeSet,
        long layerVersion,
        Instant at,
        String who,
        String why,
        String operation,
        @Nullable String before,
        @Nullable String after,
        boolean moved) {}
