package org.anquan.process;

import java.util.Map;

/**
 * One place of a set of places, as an analysis wants it: a feature of a layer, a point given in the request, or a bare
 * position.
 *
 * @param id of the feature; for bare positions {@code p1}, {@code p2} …
 * @param lon degrees
 * @param lat degrees
 * @param attributes of the feature or the properties given: {@code turnoutSeconds}, {@code capacity} … where given
 */
public record Place(String id, String name, double lon, double lat, Map<String, Object> attributes) {
    public Place {
        attributes = Map.copyOf(attributes);
    }
}
