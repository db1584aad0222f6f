package org.anquan.shelter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param layer of the shelters
 * @param townships layer whose outlines say which township a shelter lies in
 * @param norms numbers of norms and defaults by their names, see {@code application.yml}
 */
@Validated
@ConfigurationProperties(prefix = "anquan.shelter", ignoreUnknownFields = false)
public record ShelterSettings(
        @NotBlank String layer,
        @NotBlank String townships,
        @NotEmpty Map<String, @Valid Norm> norms) {
    public ShelterSettings {
        norms = new TreeMap<>(norms);
    }

    /** A number that the code counts on. */
    public Norm norm(String id) {
        Norm norm = norms.get(id);
        if (norm == null) throw new IllegalStateException("anquan.shelter.norms has no " + id);
        return norm;
    }

    /** Effective area of one person by stay class, m². */
    public Norm areaPerPerson(StayClass stay) {
        return norm("area-per-person-" + stay.id());
    }

    /** How far people of its service area live at most, by stay class, metres. */
    public Norm serviceRadius(StayClass stay) {
        return norm("service-radius-" + stay.id());
    }

    /** Share of the people who need a place, by stay class. */
    public Norm needShare(StayClass stay) {
        return norm("need-share-" + stay.id());
    }
}
