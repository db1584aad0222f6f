package org.anquan.shelter;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A number from a norm, or a default of ours where no norm gives one.
 *
 * @param unit {@code m²/person}, {@code m}, {@code persons}, {@code km/h}, {@code share}, {@code days} …
 * @param source the norm, or who says it
 * @param clause the clause or table; empty where the copy seen gives none
 * @param mark how sure we are of the norm's text
 */
public record Norm(
        double value,
        @NotBlank String unit,
        @NotBlank String source,
        @NotNull String clause,
        @NotNull Mark mark) {
    /** How sure we are of the norm's text. */
    public enum Mark {
        /** Seen in a copy of the norm. */
        V,
        /** General knowledge: look it up before it is used in law. */
        G,
        /** A default of the product; no norm says it. */
        D,
        /** A county's plan says it. */
        S
    }
}
