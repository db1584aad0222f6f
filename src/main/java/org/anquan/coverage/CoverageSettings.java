package org.anquan.coverage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph.Structure;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the rescue circle; each is explained in {@code application.yml}.
 *
 * @param minutes the bands where the request names none
 * @param maxMinutes the longest band that may be asked for
 * @param maxBands how many bands may be asked for
 * @param maxKinds how many kinds of help may be asked for together
 * @param latest how far beyond the bands the network is searched
 * @param samples how many sample points measure the accuracy
 * @param listed which layers are looked through for places that help does not reach
 */
@Validated
@ConfigurationProperties(prefix = "anquan.coverage", ignoreUnknownFields = false)
record CoverageSettings(
        @NotEmpty List<@Positive Integer> minutes,
        @Min(1) @Max(1440) int maxMinutes,
        @Min(1) int maxBands,
        @Min(1) int maxKinds,
        @NotNull Duration latest,
        @Valid @NotNull Turnout turnout,
        @Valid @NotNull Station station,
        @Valid @NotNull OffRoad offRoad,
        @Valid @NotNull Grid grid,
        @Valid @NotNull Land land,
        @Min(1) @Max(100_000) int samples,
        @Valid @NotNull Listed listed,
        @Valid @NotNull Helicopter helicopter,
        @Valid @NotNull Links links,
        @Valid @NotNull PrePosition prePosition) {
    CoverageSettings {
        minutes = List.copyOf(minutes);
    }

    /**
     * @param seconds from alarm to wheels rolling, by attribute {@code stationClass}
     * @param layerSeconds the same for all of a layer whose features have no such class
     */
    record Turnout(
            @NotEmpty Map<String, @Min(0) Integer> seconds,
            @NotNull Map<String, @Min(0) Integer> layerSeconds) {
        Turnout {
            seconds = Map.copyOf(seconds);
            layerSeconds = Map.copyOf(layerSeconds);
        }

        int slowestSeconds() {
            return seconds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    /**
     * @param maxRoadMetres farther from any road, a station is refused
     * @param accessSpeedKmh from the yard to the road
     */
    record Station(
            @Positive double maxRoadMetres,
            @Positive double accessSpeedKmh,
            @Positive int maxCount) {}

    /**
     * @param maxMetres how far people walk from the road
     * @param maxMetresLimit the most that may be asked for
     * @param noAccessClasses road classes that one cannot leave beside the road
     * @param noAccessStructures the same for what carries the road
     */
    record OffRoad(
            @Positive double maxMetres,
            @Positive double maxMetresLimit,
            @DecimalMin("0.5") double speedKmh,
            @NotNull Set<RoadClass> noAccessClasses,
            @NotNull Set<Structure> noAccessStructures) {
        OffRoad {
            noAccessClasses = Set.copyOf(noAccessClasses);
            noAccessStructures = Set.copyOf(noAccessStructures);
        }
    }

    /**
     * @param cellMetres the usual cell
     * @param fineCellMetres the cell where it takes at most {@code fineCells}
     * @param maxCells above so many, cells are made larger
     */
    record Grid(
            @Positive double cellMetres,
            @Positive double fineCellMetres,
            @Positive long fineCells,
            @Positive double minCellMetres,
            @Positive double maxCellMetres,
            @Min(10_000) @Max(50_000_000) long maxCells) {}

    /**
     * @param groups layers by group
     * @param people attributes that count the people of a listed place, the first known wins
     * @param crews layers whose people are those who come to help, not those who need it
     * @param places layers with more features are passed over
     * @param most places of one layer that an answer lists
     */
    record Listed(
            @NotNull Map<String, List<String>> groups,
            @NotNull List<String> people,
            @NotNull List<String> crews,
            @Positive int places,
            @Positive int most) {
        Listed {
            groups = Map.copyOf(groups);
            people = List.copyOf(people);
            crews = List.copyOf(crews);
        }

        String groupOf(String layer) {
            for (Map.Entry<String, List<String>> group : groups.entrySet())
                if (group.getValue().contains(layer)) return group.getKey();
            return "others";
        }
    }

    /**
     * @param layer where helicopters land
     * @param baseKinds values of {@code kind} of those places where helicopters stand
     * @param launch from the alarm to lift-off
     * @param speedKmh over ground
     * @param landing for the approach and getting off at the landing place
     */
    record Helicopter(
            @NotEmpty String layer,
            @NotNull Set<String> baseKinds,
            @NotNull Duration launch,
            @Positive double speedKmh,
            @NotNull Duration landing) {
        Helicopter {
            baseKinds = Set.copyOf(baseKinds);
        }
    }

    /**
     * @param twinMetres parts of bridges of one road that lie nearer than this are one thing
     * @param listed how many links an answer names
     * @param mostListed how many may be asked for
     * @param shelterLayer where people find shelter, if the request does not say
     * @param shelterMinutes how long they may take to get there, if the request does not say
     */
    record Links(
            @Positive double twinMetres,
            @Min(1) int listed,
            @Min(1) int mostListed,
            @NotBlank String shelterLayer,
            @Min(1) int shelterMinutes) {}

    /**
     * @param candidates layer of places where teams may stand, where the request names none
     * @param turnout of a team that stands ready
     * @param mostSteps branches of the exact search before it settles for a bound
     */
    record PrePosition(
            @NotEmpty String candidates,
            @Min(1) int mostCandidates,
            @Min(1) int mostTeams,
            @NotNull Duration turnout,
            @Positive long mostSteps) {}

    /**
     * @param openKmh walking speed on open ground that the speeds of the land-cover classes are measured against
     * @param steepestDegrees nobody walks on steeper ground
     * @param water layers whose areas and lines nobody walks through, except at bridges
     * @param fordable attribute that says, if true, that people can wade through
     * @param crossings layer of bridges: where one stands, people cross
     */
    record Land(
            @DecimalMin("0.5") double openKmh,
            @Positive double steepestDegrees,
            @NotNull List<@Valid Water> water,
            @NotEmpty String fordable,
            @NotEmpty String crossings) {
        Land {
            water = List.copyOf(water);
        }

        /** @param filter CQL2 text: the features that bar the way; null for all */
        record Water(@NotEmpty String layer, @Nullable String filter) {}
    }
}
