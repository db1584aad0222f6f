package org.anquan.travel;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph.Structure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxRoadMetres how far from a road a place may lie
 * @param onRoadMetres a place so near to a fenced road lies on it
 * @param fencedClasses roads that no place beside them opens on
 * @param fencedStructures likewise
 * @param maxPairs most cells of one matrix
 * @param maxAlternatives most ways beside the fastest
 * @param alternativeSlower how much longer an alternative may take: 0.5 is half as long again
 * @param alternativeShared how much of its length an alternative may share with each way before it
 * @param waterLayers layers of water, to say what lies between two places without a way
 */
@Validated
@ConfigurationProperties(prefix = "anquan.travel", ignoreUnknownFields = false)
record TravelSettings(
        @Positive double maxRoadMetres,
        @DecimalMin("0") double onRoadMetres,
        List<RoadClass> fencedClasses,
        List<Structure> fencedStructures,
        @Min(1) int maxPairs,
        @Min(0) @Max(10) int maxAlternatives,
        @DecimalMin("0") double alternativeSlower,
        @DecimalMin("0") @DecimalMax("1") double alternativeShared,
        List<String> waterLayers) {
    TravelSettings {
        fencedClasses = List.copyOf(fencedClasses);
        fencedStructures = List.copyOf(fencedStructures);
        waterLayers = List.copyOf(waterLayers);
    }
}
