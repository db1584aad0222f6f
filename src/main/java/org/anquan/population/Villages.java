package org.anquan.population;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;

/**
 * Villages with the people who live there.
 *
 * @param layer that they come from
 * @param version of that layer; 0 where it was never loaded
 * @param illustrative whether any of them is sample data
 * @param groups kinds of people that are counted apart (old people, people at night …): attribute and its title
 */
public record Villages(
        String layer,
        long version,
        @Nullable Instant asOf,
        boolean illustrative,
        List<Village> all,
        Map<String, Title> groups) {
    public Villages {
        all = List.copyOf(all);
        groups = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(groups));
    }

    /** Villages that tell no groups apart. */
    public Villages(String layer, long version, @Nullable Instant asOf, boolean illustrative, List<Village> all) {
        this(layer, version, asOf, illustrative, all, Map.of());
    }

    /**
     * @param lon degrees
     * @param lat degrees
     * @param people null where unknown, which is not zero
     * @param township id or name of its township as the village says it, or null
     * @param groups people by group; a group that is unknown has no entry
     */
    public record Village(
            String id,
            String name,
            double lon,
            double lat,
            @Nullable Long people,
            @Nullable String township,
            Map<String, Long> groups) {
        public Village {
            groups = Map.copyOf(groups);
        }

        public Village(String id, String name, double lon, double lat, @Nullable Long people) {
            this(id, name, lon, lat, people, null, Map.of());
        }
    }

    public long peopleKnown() {
        long sum = 0;
        for (Village village : all) if (village.people() != null) sum += village.people();
        return sum;
    }

    public int withUnknownPeople() {
        return (int) all.stream().filter(village -> village.people() == null).count();
    }
}
