package org.anquan.network;

import java.util.List;

/**
 * One shortest-path search from (or toward) all sources at once: for every node the least time and the source that has
 * it. A sweep knows no turn restrictions.
 */
public final class Sweep {
    private Sweep() {}

    /** Do people travel from the sources to the places, or from the places to the sources? */
    public enum Direction {
        FROM,
        TO
    }

    /**
     * @param startMillis what has passed when the source's crew stands at the road: turnout and the way to the road
     */
    public record Source(Snap at, int startMillis) {
        public Source {
            if (startMillis < 0)
                throw new IllegalArgumentException("a source cannot start before time 0: " + startMillis);
        }
    }

    /**
     * @param keyMillis times by key, from {@link RoadGraph#keyMillis} or from a scenario; not written to while this runs
     * @param limitMillis nodes later than this are left unreached
     */
    public static TravelTimes run(
            RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, int limitMillis) {
        return run(graph, keyMillis, Cuts.NONE, sources, direction, limitMillis);
    }

    /**
     * The same where some sections are cut.
     *
     * @param cuts closed in {@code keyMillis}, but partly passable from their ends
     */
    public static TravelTimes run(
            RoadGraph graph, int[] keyMillis, Cuts cuts, List<Source> sources, Direction direction, int limitMillis) {
        return SweepWork.with(work -> work.sweep(graph, keyMillis, cuts, sources, direction, limitMillis, false));
    }

    /** The same, and remembers the way to every node ({@link TravelTimes#pathTo}). */
    public static TravelTimes runWithPaths(
            RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, int limitMillis) {
        return runWithPaths(graph, keyMillis, Cuts.NONE, sources, direction, limitMillis);
    }

    public static TravelTimes runWithPaths(
            RoadGraph graph, int[] keyMillis, Cuts cuts, List<Source> sources, Direction direction, int limitMillis) {
        return SweepWork.with(work -> work.sweep(graph, keyMillis, cuts, sources, direction, limitMillis, true));
    }
}
