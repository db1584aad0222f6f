package org.anquan.catalog;

import java.time.Instant;
import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;

/**
 * Where a layer stands.
 *
 * @param version one more at each change to any of its features; 0 while nothing was ever loaded
 * @param bbox of all features, or null where there are none
 * @param asOf the newest observed-at of its features, or null where none is known
 * @param changedAt the last change, or null
 * @param illustrative whether any of its features is marked illustrative
 */
public record LayerState(
        String layer,
        long version,
        long count,
        @Nullable Bbox bbox,
        @Nullable Instant asOf,
        @Nullable Instant changedAt,
        boolean illustrative) {}
