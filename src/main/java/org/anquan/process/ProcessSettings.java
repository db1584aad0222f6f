package org.anquan.process;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxPlaces how many places one set may hold
 * @param outOfService a feature with this {@code status} is left out of a question unless its filter names the status or a
 *     scenario switches it on
 */
@Validated
@ConfigurationProperties(prefix = "anquan.process", ignoreUnknownFields = false)
record ProcessSettings(
        @Min(1) @Max(1_000_000) int maxPlaces, @NotNull Set<String> outOfService) {
    ProcessSettings {
        outOfService = Set.copyOf(outOfService);
    }
}
