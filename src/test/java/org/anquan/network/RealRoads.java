package org.anquan.network;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Real road networks for the tests and benchmarks of the floors above. */
public final class RealRoads {
    private RealRoads() {}

    /** Porto, imported once into {@code target/bench-porto}. */
    public static RoadNetwork porto() {
        return Imported.porto();
    }

    /** Porto laid side by side, synthetic ({@link TiledOsm}); imported once into {@code target/bench-porto-<side>}. */
    public static RoadNetwork tiledPorto(int side) {
        try {
            return MillionBench.network(side);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the shared data, imported once a JVM; the test is skipped, with a line, where it is not there. */
    public static RoadNetwork of(String file) {
        return Imported.once(file);
    }

    /** With the settings of {@code application.yml}. */
    public static RoadWorks works() {
        return new RoadWorks(Imported.settings());
    }
}
