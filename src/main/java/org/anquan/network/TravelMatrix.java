package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.anquan.network.Sweep.Direction;

/**
 * Times and lengths from all of some places to all of others: rows are {@code from}, columns {@code to}. Like a sweep it
 * knows no turn restrictions.
 *
 * @param millis {@link TravelTimes#UNREACHED} where there is no way
 * @param metres by road, of the fastest way; NaN where there is none
 */
public record TravelMatrix(int[][] millis, double[][] metres) {
    /**
     * Many places on a graph of usual size: over its {@link Hierarchy}. Else one search for each place of the smaller side, on a graph from which everything that no fastest way between these
     * places can use is taken away first ({@link ReducedGraph}); on all cores.
     *
     * @param keyMillis times by key, from {@link RoadGraph#keyMillis} or from a scenario; not written to while this runs
     */
    public static TravelMatrix between(RoadGraph graph, int[] keyMillis, List<Snap> from, List<Snap> to) {
        return between(graph, keyMillis, Cuts.NONE, from, to);
    }

    /** The same where some sections are cut. */
    public static TravelMatrix between(RoadGraph graph, int[] keyMillis, Cuts cuts, List<Snap> from, List<Snap> to) {
        int[][] millis = new int[from.size()][to.size()];
        double[][] metres = new double[from.size()][to.size()];
        HierarchyTimes hierarchy = graph.hierarchyTimes(keyMillis, Math.min(from.size(), to.size()));
        if (hierarchy != null) {
            new HierarchyMatrix(hierarchy, graph, cuts)
                    .fill(stands(graph, keyMillis, cuts, from), stands(graph, keyMillis, cuts, to), millis, metres);
            return new TravelMatrix(millis, metres);
        }
        return searched(graph, keyMillis, cuts, from, to);
    }

    /** The same by searches. */
    static TravelMatrix searched(RoadGraph graph, int[] keyMillis, Cuts cuts, List<Snap> from, List<Snap> to) {
        int[][] millis = new int[from.size()][to.size()];
        double[][] metres = new double[from.size()][to.size()];
        boolean forward = from.size() <= to.size();
        List<Stand> starts = stands(graph, keyMillis, cuts, forward ? from : to);
        List<Stand> ends = stands(graph, keyMillis, cuts, forward ? to : from);
        ReducedGraph reduced =
                new ReducedGraph(graph, keyMillis, forward ? Direction.FROM : Direction.TO, starts, ends);
        ConcurrentLinkedQueue<MatrixSearch> idle = new ConcurrentLinkedQueue<>();
        IntStream.range(0, starts.size()).parallel().forEach(row -> {
            MatrixSearch search = idle.poll();
            if (search == null) search = new MatrixSearch(reduced, cuts);
            search.from(starts.get(row));
            for (int column = 0; column < ends.size(); column++) {
                search.measure(ends.get(column));
                int i = forward ? row : column;
                int j = forward ? column : row;
                millis[i][j] = search.foundMillis();
                metres[i][j] = search.foundMetres();
            }
            idle.add(search);
        });
        return new TravelMatrix(millis, metres);
    }

    private static List<Stand> stands(RoadGraph graph, int[] keyMillis, Cuts cuts, List<Snap> places) {
        return places.stream()
                .map(place -> Stand.of(graph, keyMillis, cuts, place))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TravelMatrix matrix
                && Arrays.deepEquals(millis, matrix.millis)
                && Arrays.deepEquals(metres, matrix.metres);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(millis) + Arrays.deepHashCode(metres);
    }

    @Override
    public String toString() {
        return "TravelMatrix of " + millis.length + " rows";
    }
}
