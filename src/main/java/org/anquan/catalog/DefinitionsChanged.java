package org.anquan.catalog;

import java.util.List;

/**
 * Layer files were taken while the service runs: published as a Spring event.
 *
 * @param layers ids of layers that are new, other than before, or gone
 */
public record DefinitionsChanged(List<String> layers) {
    public DefinitionsChanged {
        layers = List.copyOf(layers);
    }
}
