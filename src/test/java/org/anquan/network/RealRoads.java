package org.anquan.network;

/** Real road networks for the tests and benchmarks of the floors above. */
public final class RealRoads {
    private RealRoads() {}

    /** Porto, imported once into {@code target/bench-porto}. */
    public static RoadNetwork porto() {
        return Imported.porto();
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
