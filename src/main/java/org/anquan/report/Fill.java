package org.anquan.report;

import java.awt.Color;
import org.jspecify.annotations.Nullable;

/**
 * What an area is filled with.
 *
 * @param ground null for none
 * @param ink of the hatch
 */
record Fill(@Nullable Color ground, Hatch hatch, Color ink) {
    static Fill of(Color colour) {
        return new Fill(colour, Hatch.NONE, colour);
    }
}
