package org.anquan.dispatch;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A force that can be sent: a station, a team, a hospital's ambulances, a store.
 *
 * @param layer where it comes from; empty for one that a scenario adds
 * @param units crews or vehicles that it sends, at least 1
 * @param people null where nobody has written it down: unknown is not zero
 * @param state {@code ready}, {@code out} …; null where unknown, which counts as ready
 * @param outside whether it belongs to another county; null where the district's boundary is unknown
 */
record Unit(
        String layer,
        String id,
        String name,
        double lon,
        double lat,
        int units,
        @Nullable Integer people,
        Set<String> skills,
        List<String> equipment,
        int turnoutSeconds,
        @Nullable String state,
        @Nullable Boolean outside) {
    Unit {
        if (units < 1) throw new IllegalArgumentException("a unit sends at least one crew: " + id);
        skills = Set.copyOf(skills);
        equipment = List.copyOf(equipment);
    }

    /** @param other null to keep what is known */
    Unit withPeople(@Nullable Integer other) {
        if (other == null) return this;
        return new Unit(layer, id, name, lon, lat, units, other, skills, equipment, turnoutSeconds, state, outside);
    }
}
