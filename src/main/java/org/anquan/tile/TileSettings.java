package org.anquan.tile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Vector tiles.
 *
 * @param maxZoom deepest level
 * @param maxFeatures of one tile; beyond, an even share is kept and the answer's header says so
 * @param buffer how far a tile reaches beyond its edge, in 4096ths of its width
 * @param simplifyBelowZoom lines and outlines are thinned to what the screen shows below this level
 * @param tolerance of that, in 4096ths of a tile's width
 * @param cache memory for tiles that were made
 */
@Validated
@ConfigurationProperties(prefix = "anquan.tile", ignoreUnknownFields = false)
record TileSettings(
        @Min(0) @Max(24) int maxZoom,
        @Min(100) int maxFeatures,
        @Min(0) @Max(2048) int buffer,
        @Min(0) @Max(25) int simplifyBelowZoom,
        @Min(0) double tolerance,
        DataSize cache) {}
