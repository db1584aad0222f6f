package org.anquan.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.network.AddedRoad;
import org.anquan.network.Vehicle;
import org.anquan.process.Place;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A what-if: an immutable set of changes to the world. Nothing in it is the world as it is.
 *
 * @param roadsAdded roads that are not there yet
 * @param vehicle whose size and weight count, or null for each profile's usual one
 */
public record Scenario(
        List<Closure> closures,
        List<Factor> factors,
        Facilities facilities,
        List<AddedRoad> roadsAdded,
        @Nullable Vehicle vehicle,
        Validity validity) {
    public static final Scenario NONE =
            new Scenario(List.of(), List.of(), Facilities.AS_THEY_ARE, List.of(), null, Validity.ALWAYS);

    public Scenario {
        closures = List.copyOf(closures);
        factors = List.copyOf(factors);
        roadsAdded = List.copyOf(roadsAdded);
    }

    public boolean changesNothing() {
        return closures.isEmpty()
                && factors.isEmpty()
                && facilities.equals(Facilities.AS_THEY_ARE)
                && roadsAdded.isEmpty()
                && vehicle == null;
    }

    public Scenario with(@Nullable Vehicle other) {
        return other == null ? this : new Scenario(closures, factors, facilities, roadsAdded, other, validity);
    }

    /**
     * @param off ids of facilities that do not answer
     * @param on ids of facilities that answer although their status says otherwise
     * @param moved where facilities stand instead, by id
     * @param added facilities that are not there yet
     */
    public record Facilities(Set<String> off, Set<String> on, Map<String, Position> moved, List<Place> added) {
        public static final Facilities AS_THEY_ARE = new Facilities(Set.of(), Set.of(), Map.of(), List.of());

        public Facilities {
            off = Set.copyOf(off);
            on = Set.copyOf(on);
            moved = Map.copyOf(moved);
            added = List.copyOf(added);
        }
    }

    /** Degrees. */
    public record Position(double lon, double lat) {}

    /**
     * @param name of the stored scenario, or null for one given in the request
     * @param from from when it holds, or null for always
     * @param until until when it holds, or null for always
     */
    public record Validity(
            @Nullable String name,
            @Nullable Instant from,
            @Nullable Instant until) {
        public static final Validity ALWAYS = new Validity(null, null, null);

        public boolean ended(Instant now) {
            return until != null && !now.isBefore(until);
        }

        public boolean notYet(Instant now) {
            return from != null && now.isBefore(from);
        }
    }

    /**
     * Roads that cannot be passed. What a geometry touches is cut there: places on either side are reached up to the cut.
     * A road closed by its id is closed as a whole.
     */
    public sealed interface Closure permits Drawn, Roads, Structures, Hazard {
        /** In the words of who closed it; empty where they say nothing. */
        String why();
    }

    /** Where a drawn geometry touches the roads (lon, lat); a point cuts the section nearest to it. */
    public record Drawn(Geometry geometry, String why) implements Closure {}

    /** Roads by their feature id in layer {@code road}. */
    public record Roads(List<String> ids, String why) implements Closure {
        public Roads {
            ids = List.copyOf(ids);
        }
    }

    /** Bridges and tunnels by their name, their id in layer {@code bridge}, or their road's id. */
    public record Structures(List<String> namesOrIds, String why) implements Closure {
        public Structures {
            namesOrIds = List.copyOf(namesOrIds);
        }
    }

    /**
     * All roads within a distance of the features of a hazard layer.
     *
     * @param filter CQL2 text, or null for all features
     */
    public record Hazard(String layer, @Nullable String filter, double bufferMetres, String why) implements Closure {}

    /**
     * Speeds times a value: 0.8 in heavy rain.
     *
     * @param value above 0, at most 1
     * @param area where it holds (lon, lat), or null for everywhere
     */
    public record Factor(double value, String why, @Nullable Geometry area) {}
}
