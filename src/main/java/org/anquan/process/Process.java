package org.anquan.process;

import tools.jackson.databind.node.ObjectNode;

/**
 * A question that can be asked over the API (OGC API Processes), by the command line and in tests. A plain Java service
 * answers it; this is its thin skin. Each is a Spring bean.
 */
public interface Process {
    ProcessDescription description();

    /**
     * Answers. The answer is a record that Jackson can write (JTS geometries become GeoJSON, {@code Text} becomes words
     * in the asker's language) and that carries a {@link Provenance}.
     *
     * @param inputs the {@code inputs} object of the request; unknown names are an error
     * @throws org.anquan.problem.ProblemException invalid, with all that is wrong
     */
    Object execute(ObjectNode inputs, Progress progress);

    /** Media types beside JSON in which {@link #write} can give an answer, best first. */
    default java.util.List<String> otherFormats() {
        return java.util.List.of();
    }

    /** Writes an answer of {@link #execute} in one of {@link #otherFormats()}: a table for Excel, a raster … */
    default void write(Object answer, String mediaType, java.io.OutputStream out) throws java.io.IOException {
        throw new UnsupportedOperationException(mediaType);
    }
}
