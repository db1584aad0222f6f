package org.anquan.shelter.finder;

import java.util.Locale;
import org.anquan.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * Where do I go?
 *
 * @param lon degrees
 * @param lat degrees
 * @param hazard from what they flee; null where they do not say
 * @param people how many go together
 * @param drill whether the scenario is a drill
 */
record Question(
        double lon,
        double lat,
        @Nullable Hazard hazard,
        long people,
        Scenario scenario,
        boolean drill,
        Locale language) {}
