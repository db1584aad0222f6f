package org.anquan.catalog;

import org.anquan.geo.Bbox;
import org.jspecify.annotations.Nullable;

/**
 * A feature that answers to what was typed.
 *
 * @param attribute that matched: its name, or {@code id}
 * @param text of that attribute
 * @param from where the match begins in the text (UTF-16 units, as in JavaScript)
 * @param to behind the last character of the match
 * @param lon of a point on the feature, degrees
 * @param box of the feature
 * @param place name of the township or district that it lies in, or null
 */
public record NameHit(
        LayerDefinition layer,
        String id,
        String name,
        String attribute,
        String text,
        int from,
        int to,
        double lon,
        double lat,
        Bbox box,
        @Nullable String place) {}
