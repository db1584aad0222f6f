package org.anquan.process;

import java.time.Instant;
import java.util.List;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an answer comes from, so that it can be run again; every answer carries it with {@code @JsonUnwrapped}.
 *
 * @param inputs as understood, defaults filled in
 * @param computedMillis wall time of the computation in milliseconds
 */
public record Provenance(ObjectNode inputs, DataUsed data, List<Text> warnings, double computedMillis) {
    public Provenance {
        warnings = List.copyOf(warnings);
    }

    /**
     * @param illustrative whether any of it is sample data
     */
    public record DataUsed(List<LayerUsed> layers, @Nullable RoadsUsed roads, boolean illustrative) {
        public DataUsed {
            layers = List.copyOf(layers);
        }
    }

    public record LayerUsed(
            String layer,
            long version,
            long count,
            @Nullable Instant asOf) {}

    /** @param asOf the time of the newest road data, where the file says it */
    public record RoadsUsed(
            String version, String source, @Nullable Instant asOf, int junctions, int edges) {}
}
