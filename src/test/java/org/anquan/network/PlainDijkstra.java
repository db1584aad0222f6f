package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;

/** The sweep in its plainest form: the judge of the fast one. */
final class PlainDijkstra {
    private PlainDijkstra() {}

    private record Entry(int millis, int source, int node) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return millis != other.millis
                    ? Integer.compare(millis, other.millis)
                    : Integer.compare(source, other.source);
        }
    }

    static TravelTimes run(
            RoadGraph graph, int[] keyMillis, List<Source> sources, Direction direction, int limitMillis) {
        int[] best = new int[graph.nodeCount()];
        int[] owner = new int[graph.nodeCount()];
        Arrays.fill(best, TravelTimes.UNREACHED);
        Arrays.fill(owner, -1);
        PriorityQueue<Entry> queue = new PriorityQueue<>();
        int flip = direction == Direction.FROM ? 0 : 1;
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            int edge = source.at().edge();
            double fraction = source.at().fraction();
            offer(
                    queue,
                    s,
                    source.startMillis(),
                    graph.edgeHead(edge),
                    keyMillis[(2 * edge) ^ flip],
                    1 - fraction,
                    limitMillis);
            offer(
                    queue,
                    s,
                    source.startMillis(),
                    graph.edgeBase(edge),
                    keyMillis[(2 * edge + 1) ^ flip],
                    fraction,
                    limitMillis);
        }
        while (!queue.isEmpty()) {
            Entry now = queue.remove();
            if (best[now.node] != TravelTimes.UNREACHED) continue;
            best[now.node] = now.millis;
            owner[now.node] = now.source;
            for (int arc = graph.firstArc()[now.node]; arc < graph.firstArc()[now.node + 1]; arc++) {
                int cost = keyMillis[graph.arcKey()[arc] ^ flip];
                if (cost == RoadGraph.CLOSED) continue;
                long millis = (long) now.millis + cost;
                if (millis <= limitMillis) queue.add(new Entry((int) millis, now.source, graph.arcHead()[arc]));
            }
        }
        return new TravelTimes(graph, keyMillis, Cuts.NONE, sources, direction, best, owner, null);
    }

    private static void offer(
            PriorityQueue<Entry> queue,
            int source,
            int start,
            int node,
            int wholeMillis,
            double share,
            int limitMillis) {
        if (wholeMillis == RoadGraph.CLOSED && share > 0) return;
        long millis = start + (share > 0 ? Math.round(wholeMillis * share) : 0);
        if (millis <= limitMillis) queue.add(new Entry((int) millis, source, node));
    }
}
