package org.anquan.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.anquan.process.Place;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A what-if: an immutable set of changes to the world. Nothing in it is the world as it is.
 *
 * @param facilitiesOff ids of facilities that do not answer
 * @param facilitiesAdded facilities that are not there yet
 * @param validFrom from when it holds, or null for always
 * @param validUntil until when it holds, or null for always
 */
public record Scenario(
        List<Closure> closures,
        List<Factor> factors,
        Set<String> facilitiesOff,
        List<Place> facilitiesAdded,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil) {
    public static final Scenario NONE = new Scenario(List.of(), List.of(), Set.of(), List.of(), null, null);

    public Scenario {
        closures = List.copyOf(closures);
        factors = List.copyOf(factors);
        facilitiesOff = Set.copyOf(facilitiesOff);
        facilitiesAdded = List.copyOf(facilitiesAdded);
    }

    public boolean changesNothing() {
        return closures.isEmpty() && factors.isEmpty() && facilitiesOff.isEmpty() && facilitiesAdded.isEmpty();
    }

    /** Roads that cannot be passed. A road section is closed as a whole, from junction to junction. */
    public sealed interface Closure permits Drawn, Roads, Hazard {}

    /** Every road section that a drawn geometry touches (lon, lat); a point closes the section nearest to it. */
    public record Drawn(Geometry geometry) implements Closure {}

    /** Roads by their feature id in layer {@code road}. */
    public record Roads(List<String> ids) implements Closure {
        public Roads {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Every road section within a distance of the features of a hazard layer.
     *
     * @param filter CQL2 text, or null for all features
     */
    public record Hazard(String layer, @Nullable String filter, double bufferMetres) implements Closure {}

    /**
     * Speeds times a value: 0.8 in heavy rain.
     *
     * @param value above 0, at most 1
     * @param area where it holds (lon, lat), or null for everywhere
     */
    public record Factor(double value, String why, @Nullable Geometry area) {}
}
