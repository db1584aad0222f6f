package org.anquan.process;

import java.util.List;
import org.anquan.process.Provenance.LayerUsed;
import org.jspecify.annotations.Nullable;

/**
 * Places in a fixed order.
 *
 * @param layer the layer that they come from, or null where they were given in the request
 * @param illustrative whether any of them is sample data
 */
public record PlaceSet(List<Place> places, @Nullable LayerUsed layer, boolean illustrative) {
    public PlaceSet {
        places = List.copyOf(places);
    }
}
