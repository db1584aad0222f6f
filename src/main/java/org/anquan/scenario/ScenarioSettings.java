package org.anquan.scenario;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param pointReachMetres how far a closure drawn as a point may lie from the road that it closes
 * @param structureReachMetres how far a feature of layer {@code bridge} may lie from its bridge or tunnel
 * @param joinMetres how far the end of an added road may lie from the road that it joins
 * @param maxBufferMetres widest buffer around hazard features
 * @param maxVertices most vertices of all drawn geometries together
 * @param maxFolds how often a straight line may cross all drawn lines and outlines together
 * @param maxCrossings how often the outlines of the drawn areas may cross themselves
 * @param maxParts most closures, factors and added roads together
 * @param maxStored most scenarios that are kept under a name
 * @param presets speed factors by the word for the weather or the hour
 */
@Validated
@ConfigurationProperties(prefix = "anquan.scenario", ignoreUnknownFields = false)
record ScenarioSettings(
        @Positive double pointReachMetres,
        @Positive double structureReachMetres,
        @Positive double joinMetres,
        @Positive double maxBufferMetres,
        @Min(100) @Max(10_000_000) int maxVertices,
        @Min(10) int maxFolds,
        @Min(0) int maxCrossings,
        @Min(1) int maxParts,
        @Min(1) int maxStored,
        Map<String, @Valid Preset> presets) {
    ScenarioSettings {
        presets = Map.copyOf(presets);
    }

    /**
     * @param speed what is left of the speed, above 0, at most 1
     * @param source where the value comes from
     */
    record Preset(
            @Positive @DecimalMax("1") double speed,
            @NotBlank String source) {}
}
