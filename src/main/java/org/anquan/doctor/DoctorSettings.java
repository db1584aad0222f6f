package org.anquan.doctor;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the data doctor; each is explained in {@code application.yml}.
 *
 * @param listedFindings findings of one check that are listed where the request says nothing; all are counted
 * @param mostListed the most that may be asked for
 * @param coarseMetres a point that may lie farther off than this is told
 * @param noNames names that are none
 */
@Validated
@ConfigurationProperties(prefix = "anquan.doctor", ignoreUnknownFields = false)
record DoctorSettings(
        @Positive int listedFindings,
        @Positive int mostListed,
        @Valid @NotNull District district,
        @Valid @NotNull Units units,
        @Valid @NotNull Twins twins,
        @Valid @NotNull Shift shift,
        @Valid @NotNull FarOff farOff,
        @Valid @NotNull Overlaps overlaps,
        @NotNull List<@Valid CapacityRule> capacity,
        @Valid @NotNull Stale stale,
        @Positive double coarseMetres,
        @NotNull List<String> noNames) {
    DoctorSettings {
        capacity = List.copyOf(capacity);
        noNames = List.copyOf(noNames);
    }

    /**
     * @param layer holds the boundary
     * @param nearMetres as far across the boundary a place is a near miss
     * @param beyond layers that reach beyond the district by their nature
     */
    record District(
            @NotBlank String layer,
            @Positive double nearMetres,
            @NotNull List<String> beyond) {
        District {
            beyond = List.copyOf(beyond);
        }
    }

    /**
     * @param areas layers of administrative areas, the smallest last
     * @param codes layers that have codes of their own, beside the areas
     * @param borderMetres as near to the right unit's border a place counts as inside it
     */
    record Units(
            @NotEmpty List<String> areas,
            @NotNull List<String> codes,
            @Positive double borderMetres) {
        Units {
            areas = List.copyOf(areas);
            codes = List.copyOf(codes);
        }
    }

    /**
     * @param samePlaceMetres as near to each other two points are in the same place
     * @param nearMetres as near things with alike names may be one thing
     * @param sameNameMetres as near things with the same name may be one thing
     * @param commonName a name that more than so many features carry tells nothing
     * @param tellApart attributes whose different values make two things of two features
     * @param replaces attributes that name the feature which this one, once built, takes the place of
     * @param noise words that stand or are missing in a name without changing what is meant
     */
    record Twins(
            @Positive double samePlaceMetres,
            @Positive double nearMetres,
            @Positive double sameNameMetres,
            @Min(2) int commonName,
            @NotNull List<String> tellApart,
            @NotNull List<String> replaces,
            @NotNull List<String> noise) {
        Twins {
            tellApart = List.copyOf(tellApart);
            replaces = List.copyOf(replaces);
            noise = List.copyOf(noise);
        }
    }

    /**
     * @param samples places that are compared, at most
     * @param leastPlaces places near the lines that are needed
     * @param blockMetres places within a block count as one observation, since they lie alike
     * @param leastBlocks blocks that are needed
     * @param reachMetres what is farther from any line tells nothing
     * @param sure how many standard errors better the moved places must fit
     * @param surePeers the same against places moved as far in other directions
     * @param leastGain how much better the moved places must fit, as a logarithm of the distance
     */
    record Shift(
            @Positive int samples,
            @Min(5) int leastPlaces,
            @Positive double blockMetres,
            @Min(3) int leastBlocks,
            @Positive double reachMetres,
            @Positive double sure,
            @Positive double surePeers,
            @Positive double leastGain) {}

    /**
     * @param leastFeatures a layer with fewer has no crowd to be far from
     * @param leastMetres gap between the crowd and what is far off
     * @param largestShare of the features that may be far off; more are a second crowd
     */
    record FarOff(
            @Min(3) int leastFeatures,
            @Positive double leastMetres,
            @Positive double largestShare) {}

    /**
     * @param layers whose areas must not overlap: each place belongs to one
     * @param apart attributes whose different values let two areas overlap
     * @param leastSquareMetres smaller overlaps are seen in no answer
     * @param leastWidthMetres thinner ones are the same border drawn twice
     */
    record Overlaps(
            @NotNull List<String> layers,
            @NotNull List<String> apart,
            @Positive double leastSquareMetres,
            @Positive double leastWidthMetres) {
        Overlaps {
            layers = List.copyOf(layers);
            apart = List.copyOf(apart);
        }
    }

    /**
     * How many people an area holds.
     *
     * @param people attributes that count them; the first that is known is taken: what a roster states comes before
     *     what a formula gives
     * @param area attribute with the area they stand on
     * @param wholeArea attribute with the area around it, which is never smaller
     * @param perPerson attribute with the area of one person, where the feature says it itself
     * @param kind attribute that chooses from {@code least}
     * @param least square metres a person needs, by kind; {@code other} for an unknown kind
     * @param most square metres a person gets at most, beyond which a number is taken for a slip
     * @param tolerance share by which the capacity may differ from area / perPerson
     * @param source the norm with its clause
     */
    record CapacityRule(
            @NotBlank String layer,
            @NotEmpty List<@NotBlank String> people,
            @NotBlank String area,
            @NotBlank String wholeArea,
            @NotBlank String perPerson,
            @NotBlank String kind,
            @NotEmpty Map<String, @Positive Double> least,
            @Positive double most,
            @Positive double tolerance,
            @NotBlank String source) {
        CapacityRule {
            people = List.copyOf(people);
            least = Map.copyOf(least);
        }
    }

    /** @param usual for layers that are not named */
    record Stale(@NotNull Duration usual, @NotNull List<@Valid StaleLayer> layers) {
        Stale {
            layers = List.copyOf(layers);
        }

        Duration of(String layer) {
            Optional<StaleLayer> own =
                    layers.stream().filter(one -> one.layer().equals(layer)).findFirst();
            return own.isPresent() ? own.get().after() : usual;
        }
    }

    record StaleLayer(@NotBlank String layer, @NotNull Duration after) {}
}
