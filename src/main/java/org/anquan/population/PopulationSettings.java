package org.anquan.population;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param layers where the villages are looked for, the first that has features wins
 * @param attributes which attribute counts the people, the first that is known wins
 */
@Validated
@ConfigurationProperties(prefix = "anquan.population", ignoreUnknownFields = false)
record PopulationSettings(
        @NotEmpty List<String> layers, @NotEmpty List<String> attributes) {
    PopulationSettings {
        layers = List.copyOf(layers);
        attributes = List.copyOf(attributes);
    }
}
