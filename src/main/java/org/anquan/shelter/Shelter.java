package org.anquan.shelter;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shelter as analyses need it. What is not known is null; it is never zero and never "no". There is no person, telephone
 * or note in it.
 *
 * @param lon degrees
 * @param lat degrees
 * @param township by its attribute, else the one that it lies in; null where neither says
 * @param stay how long people can stay
 * @param hazards what it is fit for: {@code seismic, flood, geo, fire, chemical, weather}; null where the data do not say
 * @param asOf when its state was told, else when the record was made
 * @param upgradeOf id of the shelter that this one, once built, takes the place of
 */
public record Shelter(
        String id,
        String name,
        double lon,
        double lat,
        @Nullable String township,
        @Nullable StayClass stay,
        @Nullable Space space,
        Area area,
        Capacity capacity,
        @Nullable Long occupancy,
        @Nullable Set<String> hazards,
        @Nullable Status status,
        @Nullable Instant asOf,
        @Nullable String upgradeOf,
        boolean illustrative) {
    public Shelter {
        hazards = hazards == null ? null : Set.copyOf(hazards);
    }

    public enum Space {
        INDOOR,
        OUTDOOR,
        BOTH
    }

    public enum Status {
        PLANNED,
        READY,
        OPEN,
        FULL,
        CLOSED
    }

    /** Where a number comes from. */
    public enum Basis {
        /** As the record gives it. */
        STATED,
        /** From the gross area and the kind of ground. */
        FROM_GROSS_AREA,
        /** From the effective area and the area of one person. */
        FROM_AREA,
        UNKNOWN
    }

    /**
     * Effective area in square metres.
     *
     * @param squareMetres effective; null where unknown
     * @param indoorSquareMetres the part of it that is indoors; null where that is not known
     * @param grossSquareMetres the whole ground
     */
    public record Area(
            @Nullable Double squareMetres,
            @Nullable Double indoorSquareMetres,
            @Nullable Double grossSquareMetres,
            Basis basis) {}

    /**
     * How many people it holds.
     *
     * @param people as it is meant to be used: by its own area of a person and stay class; else as stated
     * @param statedPeople as a roster states it, where it does
     * @param perPersonSquareMetres area of a person that {@code people} follows from; null where it does not
     */
    public record Capacity(
            @Nullable Long people,
            @Nullable Long statedPeople,
            @Nullable Double perPersonSquareMetres,
            Basis basis) {}

    /** Built or to be built? Where the status is unknown it is taken as built. */
    public boolean planned() {
        return status == Status.PLANNED;
    }

    /** Places that are left; null where the capacity is unknown. Nobody counted inside counts as nobody there. */
    public @Nullable Long freePlaces() {
        if (capacity.people() == null) return null;
        if (status == Status.FULL) return 0L;
        return Math.max(0, capacity.people() - (occupancy == null ? 0 : occupancy));
    }

    /** True or false where the data say, null where they do not. */
    public @Nullable Boolean fitFor(String hazard) {
        return hazards == null ? null : Boolean.valueOf(hazards.contains(hazard));
    }
}
