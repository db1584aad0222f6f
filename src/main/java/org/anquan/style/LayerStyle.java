package org.anquan.style;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.anquan.catalog.Title;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a layer is drawn, as OpenLayers 10 takes it.
 *
 * @param style rules {@code {filter, style, else}} of flat styles; all that match are drawn, in order
 * @param legend what the signs mean, once each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerStyle(String name, BothLanguages title, List<JsonNode> style, List<Entry> legend) {
    LayerStyle {
        style = List.copyOf(style);
        legend = List.copyOf(legend);
    }

    /** Both, so that the map can switch without asking again. */
    record BothLanguages(String zh, String en) {
        static BothLanguages of(Title title) {
            return new BothLanguages(title.zh(), title.en());
        }
    }

    /**
     * One line of the legend.
     *
     * @param geometry {@code point}, {@code line} or {@code polygon}: what to draw the sign on
     * @param style flat styles of the closest view
     * @param filter which features bear the sign, without the limits of scale; null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            BothLanguages title,
            String geometry,
            List<JsonNode> style,
            @Nullable JsonNode filter) {
        Entry {
            style = List.copyOf(style);
        }
    }
}
