package org.anquan.shelter.finder;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param walkKmh speed on foot off the road network, km/h
 * @param detour how much longer a way on foot is than the straight line, where no roads are loaded
 * @param maxRoadMetres how far from a road a person or a shelter may be for the way to be looked for on roads
 * @param maxWalk a way on foot that takes longer is none
 * @param answers shelters of an answer
 * @param refused refused ones of an answer
 * @param maxPeople most people of one question
 * @param farMetres a nearest shelter farther away than this means that the place is wrong or the data are missing
 * @param dangers which layers hold the areas that a hazard threatens
 * @param throughDangerMetres a way may touch a danger area for so long: boundaries are not that exact
 * @param navigation links to the phone's own navigation
 * @param offlineSites most shelters that a phone keeps
 */
@Validated
@ConfigurationProperties(prefix = "anquan.finder", ignoreUnknownFields = false)
record FinderSettings(
        @Positive double walkKmh,
        @DecimalMin("1") double detour,
        @Positive double maxRoadMetres,
        @NotNull Duration maxWalk,
        @Min(1) @Max(10) int answers,
        @Min(0) @Max(50) int refused,
        @Min(1) long maxPeople,
        @Positive double farMetres,
        @Valid @NotNull Stale stale,
        List<@Valid Danger> dangers,
        @PositiveOrZero double throughDangerMetres,
        List<@Valid Navigation> navigation,
        @NotNull Duration nowKeptFor,
        @Min(1) @Max(20_000) int offlineSites,
        @Positive double offlineMetres) {
    FinderSettings {
        dangers = dangers == null ? List.of() : List.copyOf(dangers);
        navigation = navigation == null ? List.of() : List.copyOf(navigation);
    }

    /**
     * After how long a state is too old.
     *
     * @param state of an open or full shelter: shown as outdated
     * @param stateRefused of an open shelter: not offered any more
     * @param record of any other: shown as outdated
     */
    record Stale(
            @NotNull Duration state,
            @NotNull Duration stateRefused,
            @NotNull Duration record) {
        /** Is what is known of a shelter too old to be relied on? Unknown age is not too old. */
        boolean has(Site site, Instant now) {
            if (site.asOf() == null) return false;
            Duration limit = site.status().active() ? state : record;
            return site.asOf().plus(limit).isBefore(now);
        }
    }

    /**
     * Areas that a hazard threatens: the features of a layer and so many metres around them.
     *
     * @param attribute whose value says how many metres, or null
     * @param metres by value of that attribute; what is not named takes {@code bufferMetres}
     * @param source of the metres
     */
    record Danger(
            @NotBlank String hazard,
            @NotBlank String layer,
            @PositiveOrZero double bufferMetres,
            @Nullable String attribute,
            Map<String, Double> metres,
            @NotBlank String source) {
        Danger {
            metres = metres == null ? Map.of() : Map.copyOf(metres);
        }

        double metresAround(Map<String, Object> attributes) {
            if (attribute == null) return bufferMetres;
            Object value = attributes.get(attribute);
            return value == null ? bufferMetres : metres.getOrDefault(value.toString(), bufferMetres);
        }
    }

    /**
     * @param datum {@code wgs84, gcj02} or {@code bd09}: the coordinates that the program behind the link expects
     * @param href with {@code {lon}}, {@code {lat}} and {@code {name}}
     */
    record Navigation(
            @NotBlank String zh,
            @NotBlank String en,
            @NotBlank String datum,
            @NotBlank String href) {}

    double walkMetresPerSecond() {
        return walkKmh / 3.6;
    }
}
