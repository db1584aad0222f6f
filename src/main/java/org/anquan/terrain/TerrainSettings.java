package org.anquan.terrain;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Heights and land cover; explained in {@code application.yml}.
 *
 * @param mostCells of one raster file
 * @param mostFiles of one kind
 * @param landCoverKmh walking speed by class of the land-cover raster; 0 for what nobody walks on
 */
@Validated
@ConfigurationProperties(prefix = "anquan.terrain", ignoreUnknownFields = false)
record TerrainSettings(
        @Min(1000) @Max(500_000_000) long mostCells,
        @Min(1) int mostFiles,
        @NotNull Map<Integer, Double> landCoverKmh) {
    TerrainSettings {
        landCoverKmh = Map.copyOf(landCoverKmh);
        landCoverKmh.forEach((code, kmh) -> {
            if (!(kmh >= 0 && kmh <= 200))
                throw new IllegalArgumentException("anquan.terrain.land-cover-kmh." + code + " is " + kmh
                        + "; give km/h from 0 (nobody walks there) to 200");
        });
    }
}
