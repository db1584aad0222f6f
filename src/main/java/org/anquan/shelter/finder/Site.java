package org.anquan.shelter.finder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.CommonAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A shelter as the public may see it: no person, no telephone, no note is in it.
 *
 * @param capacity people; null where unknown
 * @param occupancy people inside; null where unknown
 * @param hazards what it is fit for, as bits of {@link Hazard#bit}; {@link #UNKNOWN} where the data do not say
 * @param space {@code indoor, outdoor, both} or empty
 * @param facilities values of the attribute
 * @param asOf when its state was seen last; null where unknown
 */
record Site(
        String id,
        String name,
        double lon,
        double lat,
        Status status,
        @Nullable Integer capacity,
        @Nullable Integer occupancy,
        int hazards,
        String space,
        List<String> facilities,
        @Nullable Instant asOf,
        boolean illustrative) {
    static final int UNKNOWN = -1;
    /** The attribute that says when the state was told; where it is unknown the record's own time counts. */
    static final String STATE_AT = "stateAt";

    /** @param seen attributes that the public may see */
    static Site of(String id, String name, double lon, double lat, Map<String, Object> seen) {
        Integer capacity = whole(seen.get("capacity"));
        return new Site(
                id,
                name,
                lon,
                lat,
                Status.ofAttribute(seen.get("status")),
                capacity == null ? whole(seen.get("statedCapacity")) : capacity,
                whole(seen.get("occupancy")),
                hazards(seen.get("hazards")),
                seen.get("space") instanceof String space ? space : "",
                texts(seen.get("facilities")),
                seen.get(STATE_AT) instanceof Instant state
                        ? state
                        : seen.get(CommonAttributes.OBSERVED_AT) instanceof Instant at ? at : null,
                Boolean.TRUE.equals(seen.get(CommonAttributes.ILLUSTRATIVE)));
    }

    private static @Nullable Integer whole(@Nullable Object value) {
        if (!(value instanceof Number number) || number.doubleValue() < 0) return null;
        return (int) Math.min(Integer.MAX_VALUE, number.doubleValue());
    }

    private static List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> many)) return List.of();
        return many.stream().map(String::valueOf).toList();
    }

    private static int hazards(@Nullable Object value) {
        if (!(value instanceof List<?> many)) return UNKNOWN;
        int bits = 0;
        for (Object one : many)
            bits |= Hazard.of(String.valueOf(one)).map(Hazard::bit).orElse(0);
        return bits;
    }

    /** Free places as far as anybody knows: a place that nobody was called to is empty; else it was counted, or unknown. */
    @Nullable
    Integer freePlaces() {
        if (capacity == null) return null;
        if (status == Status.FULL) return 0;
        if (occupancy != null) return Math.max(0, capacity - occupancy);
        return status == Status.READY || status == Status.PLANNED ? capacity : null;
    }

    /** How many more there can be at most: {@link Integer#MAX_VALUE} where the capacity is unknown. */
    int room() {
        if (status == Status.FULL) return 0;
        if (capacity == null) return Integer.MAX_VALUE;
        return Math.max(0, capacity - (occupancy == null ? 0 : occupancy));
    }

    boolean mayBeFit(@Nullable Hazard hazard) {
        return hazard == null || hazards == UNKNOWN || (hazards & hazard.bit()) != 0;
    }

    boolean knownToBeFit(@Nullable Hazard hazard) {
        return hazard == null || (hazards != UNKNOWN && (hazards & hazard.bit()) != 0);
    }
}
