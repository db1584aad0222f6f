package org.anquan.scenario;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param pointReachMetres how far a closure drawn as a point may lie from the road that it closes
 * @param maxBufferMetres widest buffer around hazard features
 * @param maxVertices most vertices of all drawn geometries together
 */
@Validated
@ConfigurationProperties(prefix = "anquan.scenario", ignoreUnknownFields = false)
record ScenarioSettings(
        @Positive double pointReachMetres,
        @Positive double maxBufferMetres,
        @Min(100) @Max(10_000_000) int maxVertices) {}
