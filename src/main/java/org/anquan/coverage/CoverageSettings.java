package org.anquan.coverage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph.Structure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the rescue circle; each is explained in {@code application.yml}.
 *
 * @param minutes the bands where the request names none
 * @param maxMinutes the longest band that may be asked for
 * @param maxBands how many bands may be asked for
 * @param latest how far beyond the bands the network is searched
 * @param samples how many sample points measure the accuracy
 */
@Validated
@ConfigurationProperties(prefix = "anquan.coverage", ignoreUnknownFields = false)
record CoverageSettings(
        @NotEmpty List<@Positive Integer> minutes,
        @Min(1) @Max(1440) int maxMinutes,
        @Min(1) int maxBands,
        @NotNull Duration latest,
        @Valid @NotNull Turnout turnout,
        @Valid @NotNull Station station,
        @Valid @NotNull OffRoad offRoad,
        @Valid @NotNull Grid grid,
        @Min(1) @Max(100_000) int samples) {
    CoverageSettings {
        minutes = List.copyOf(minutes);
    }

    /** @param seconds from alarm to wheels rolling, by attribute {@code stationClass} */
    record Turnout(@NotEmpty Map<String, @Min(0) Integer> seconds) {
        Turnout {
            seconds = Map.copyOf(seconds);
        }

        int slowestSeconds() {
            return seconds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    /**
     * @param maxRoadMetres farther from any road, a station is refused
     * @param accessSpeedKmh from the yard to the road
     * @param ignoredStatus stations with this {@code status} are not counted unless the filter asks for a status
     */
    record Station(
            @Positive double maxRoadMetres,
            @Positive double accessSpeedKmh,
            @NotNull Set<String> ignoredStatus,
            @Positive int maxCount) {
        Station {
            ignoredStatus = Set.copyOf(ignoredStatus);
        }
    }

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
}
