package org.anquan.shelter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.anquan.problem.Text;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The answer of {@code shelter-assignment}.
 *
 * @param assignments the transfer table, the farthest way first
 * @param overflow whose nearest shelter is another than the one they go to, by pair
 * @param lines of the assignments, lon, lat
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AssignmentAnswer(
        Summary summary,
        List<Row> assignments,
        List<Load> shelters,
        List<Unplaced> unplaced,
        List<Overflow> overflow,
        Lines lines,
        List<Question.Out> out,
        Text how,
        @JsonUnwrapped Provenance provenance) {
    /**
     * @param method {@code minCostFlow}, {@code exactWhole} or {@code heuristicWhole}
     * @param optimal whether nothing is better: then {@code cost} is the least there is
     * @param cost person-seconds with preferences; those without a place not counted
     * @param bound no assignment of as many people costs less
     * @param gapShare how much above the bound the cost is at most; null where people are left behind by it
     * @param busTrips full buses
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Summary(
            long people,
            long placed,
            long walking,
            long byBus,
            long unplaced,
            long busTrips,
            @Nullable Double meanSeconds,
            @Nullable Integer longestSeconds,
            int sheltersUsed,
            int sheltersFull,
            int sheltersIdle,
            String method,
            boolean optimal,
            long cost,
            long bound,
            @Nullable Double gapShare,
            Text optimalText) {}

    /** @param responsible who moves the village, where the asker may see it */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String id,
            String villageId,
            String village,
            @Nullable String township,
            String shelterId,
            String shelter,
            @Nullable String shelterTownship,
            long people,
            long elderly,
            String mode,
            int seconds,
            long metres,
            String way,
            @Nullable String responsible,
            @Nullable String responsiblePhone) {}

    /**
     * @param state {@code full}, {@code used} or {@code idle}
     * @param wanted people whose nearest shelter it is
     * @param savedSeconds what one place more would save in all
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Load(
            String id,
            String name,
            @Nullable String township,
            double lon,
            double lat,
            long places,
            long assigned,
            @Nullable Double share,
            String state,
            long wanted,
            long savedSeconds,
            boolean planned) {}

    /** People of a village for whom there is no place, and why. */
    record Unplaced(String id, String name, double lon, double lat, long people, String reason, Text reasonText) {}

    /** People who go on from their nearest shelter, which is full, to another. */
    record Overflow(String from, String fromName, String to, String toName, long people) {}

    record Lines(String type, List<Line> features) {}

    record Line(String type, String id, Geometry geometry, Map<String, Object> properties) {}
}
