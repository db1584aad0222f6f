package org.anquan.population;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param layers where the villages are looked for, the first that has features wins
 * @param attributes which attribute counts the people, the first that is known wins
 * @param groups attributes that count some of the people apart, by age or need
 */
@Validated
@ConfigurationProperties(prefix = "anquan.population", ignoreUnknownFields = false)
record PopulationSettings(
        @NotEmpty List<String> layers,
        @NotEmpty List<String> attributes,
        @NotNull List<String> groups) {
    PopulationSettings {
        layers = List.copyOf(layers);
        attributes = List.copyOf(attributes);
        groups = List.copyOf(groups);
    }
}
