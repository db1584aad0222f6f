package org.anquan.population;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Villages with the people who live there.
 *
 * @param layer that they come from
 * @param version of that layer; 0 where it was never loaded
 * @param illustrative whether any of them is sample data
 */
public record Villages(String layer, long version, @Nullable Instant asOf, boolean illustrative, List<Village> all) {
    public Villages {
        all = List.copyOf(all);
    }

    /**
     * @param lon degrees
     * @param lat degrees
     * @param people null where unknown, which is not zero
     */
    public record Village(
            String id,
            String name,
            double lon,
            double lat,
            @Nullable Long people) {}

    public long peopleKnown() {
        long sum = 0;
        for (Village village : all) if (village.people() != null) sum += village.people();
        return sum;
    }

    public int withUnknownPeople() {
        return (int) all.stream().filter(village -> village.people() == null).count();
    }
}
