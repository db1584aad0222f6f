package org.anquan.catalog;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How layers are drawn, for modules that draw or publish them. A layer is a definition, a table and a style; the style is
 * read by the module {@code style}, which stands on the floor of those who use this.
 */
public interface LayerStyles {
    /** As {@code GET /styles/{layer}} gives it: {@code style} (rules with flat styles) and {@code legend}. */
    JsonNode mapStyle(LayerDefinition layer);

    /** The layer's SLD 1.0 file, byte for byte; empty where it has none. */
    Optional<byte[]> sld(String layer);

    /** A symbol as SVG by its file name ({@code shelter.svg}); empty where there is none of that name. */
    Optional<byte[]> symbol(String fileName);
}
