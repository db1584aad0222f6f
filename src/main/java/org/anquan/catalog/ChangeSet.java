package org.anquan.catalog;

import java.time.Instant;

/**
 * What one change set did to one layer, counted.
 *
 * @param layerVersion the version that the layer got by it
 * @param loaded features that came in with a load
 */
public record ChangeSet(
        long number,
        Instant at,
        String who,
        String why,
        long layerVersion,
        long created,
        long updated,
        long deleted,
        long loaded) {}
