package org.anquan.population;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param cellMetres homes nearer than this to each other stand for one place
 * @param homeUses values of a building's use in which people live
 * @param residentialClasses classes of roads along which people live
 * @param mostPlaces more places than this are put together in larger cells
 */
@Validated
@ConfigurationProperties(prefix = "anquan.residents", ignoreUnknownFields = false)
record ResidentsSettings(
        @Positive double cellMetres,
        @NotNull List<String> homeUses,
        @NotNull List<String> residentialClasses,
        @Positive int mostPlaces) {
    ResidentsSettings {
        homeUses = List.copyOf(homeUses);
        residentialClasses = List.copyOf(residentialClasses);
    }
}
