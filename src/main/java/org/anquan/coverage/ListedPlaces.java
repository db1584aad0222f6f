package org.anquan.coverage;

import java.util.List;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;

/**
 * Places of a layer that an answer lists where help does not reach them in time: hazard points, care sites, lifelines.
 *
 * @param group {@code hazards}, {@code care}, {@code lifelines} … as the settings sort the layer; {@code others} else
 */
record ListedPlaces(String layer, Title title, String group, long version, List<Listed> places) {
    ListedPlaces {
        places = List.copyOf(places);
    }

    /**
     * @param people who are there or threatened, or null where the layer does not say
     */
    record Listed(
            String id,
            String name,
            double lon,
            double lat,
            @Nullable Long people) {}
}
