package org.anquan.coverage;

import java.util.List;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: one kind of help, or several together.
 *
 * @param kinds at least one; where there are several, each has one band, its limit
 * @param every whether a place needs all kinds in time, or one of them
 * @param byAir helicopters beside one of the kinds, or null
 * @param byAirFor number of that kind
 * @param rings bands without what the smaller band covers
 * @param backup whether it is asked who covers when the first is out
 */
record Question(
        List<Kind> kinds, boolean every, @Nullable CircleRequest byAir, int byAirFor, boolean rings, boolean backup) {
    Question {
        kinds = List.copyOf(kinds);
    }

    static Question of(CircleRequest request) {
        return new Question(List.of(new Kind("all", "", request, null)), true, null, 0, request.rings(), false);
    }

    /** @param usualMillis times by key without the scenario, or null where they are the same */
    record Kind(String id, String title, CircleRequest request, int @Nullable [] usualMillis) {}

    /**
     * What it is asked of, beside the roads.
     *
     * @param townships null where there is no such layer
     */
    record World(
            Villages villages,
            @Nullable PopulationRaster raster,
            List<ListedPlaces> listed,
            @Nullable Townships townships) {
        World {
            listed = List.copyOf(listed);
        }
    }
}
