package org.anquan.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the search box finds; reasons stand in {@code application.yml}.
 *
 * @param first layers whose matches come before equally good ones of other layers
 * @param placeLayers polygon layers that say where a match lies; the first that holds it
 * @param defaultLimit matches of an answer where the request names no number
 * @param maxLimit most matches of an answer
 * @param maxLength characters of a query
 */
@Validated
@ConfigurationProperties(prefix = "anquan.find", ignoreUnknownFields = false)
record FindSettings(
        @DefaultValue({"district", "township", "community", "village"})
        List<String> first,

        @DefaultValue({"township", "district"}) List<String> placeLayers,
        @DefaultValue("20") @Min(1) int defaultLimit,
        @DefaultValue("100") @Min(1) @Max(1000) int maxLimit,
        @DefaultValue("100") @Min(1) @Max(1000) int maxLength) {

    /** As {@code application.yml} has it, for tests. */
    static FindSettings usual() {
        return new FindSettings(
                List.of("district", "township", "community", "village"), List.of("township", "district"), 20, 100, 100);
    }
}
