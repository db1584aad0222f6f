package org.anquan.network;

import java.nio.file.Path;
import java.util.Optional;

/** The road network in use. Safe for many threads; a new import takes the old one's place in one step. */
public interface Roads {
    Optional<RoadNetwork> current();

    /** @throws org.anquan.problem.ProblemException unavailable, saying how to import roads, where there are none */
    RoadNetwork require();

    /**
     * Imports {@code .osm.pbf}, {@code .osm} or {@code .osm.gz}, writes the roads into layer {@code road} and takes the
     * network into use. Whatever goes wrong, the old network stays.
     */
    ImportSummary importOsm(Path file, ImportProgress progress);

    /** @param millis how long it took */
    record ImportSummary(String version, int junctions, int edges, long roads, long millis) {}

    /** Called with a share 0 to 1. */
    interface ImportProgress {
        void report(double share);
    }
}
