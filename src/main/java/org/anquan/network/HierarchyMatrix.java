package org.anquan.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A matrix over a {@link Hierarchy}: from each start and toward each end one walk up to the top, no queue; where the two
 * walks share junctions, the best of them is the way's highest.
 *
 * <p>Measured on Porto (79 697 junctions, 307 756 arcs; least wall time on a busy machine of 2 cores, JDK 17): order 0.2 s
 * once, times put on it 18 ms, 100 × 100 places 6 ms; by searches on the reduced graph ({@link MatrixSearch}) 250 ms of
 * processor time. The order is plain minimum degree; it needs no coordinates, and a better one would only save part of
 * the 18 ms. Searches stay for few places, and for graphs with roads added, whose order would be made for one question.
 */
final class HierarchyMatrix {
    private final HierarchyTimes times;
    private final Hierarchy order;
    private final Cuts cuts;
    private final RoadGraph graph;

    HierarchyMatrix(HierarchyTimes times, RoadGraph graph, Cuts cuts) {
        this.times = times;
        this.graph = graph;
        this.cuts = cuts;
        order = times.order;
    }

    /** Where a walk came by, upward: junctions (by rank), milliseconds and metres from the start or to the end. */
    private record Walk(int[] place, int[] millis, float[] metres) {}

    void fill(List<Stand> from, List<Stand> to, int[][] millis, double[][] metres) {
        Walk[] starts = walks(from, true);
        Walk[] ends = walks(to, false);
        IntStream.range(0, ends.length).parallel().forEach(j -> {
            Walk end = ends[j];
            Meeting meeting = new Meeting(order.nodes(), end);
            for (int i = 0; i < starts.length; i++) {
                Stand start = from.get(i);
                long straight = start.straight(to.get(j), cuts);
                meeting.of(starts[i]);
                if (straight <= meeting.best) {
                    millis[i][j] = (int) straight;
                    metres[i][j] =
                            graph.edgeMetres(start.edge()) * Math.abs(to.get(j).fraction() - start.fraction());
                    continue;
                }
                boolean way = meeting.best < HierarchyTimes.NONE;
                millis[i][j] = way ? meeting.best : TravelTimes.UNREACHED;
                metres[i][j] = way ? meeting.metres : Double.NaN;
            }
            meeting.clear();
        });
    }

    private Walk[] walks(List<Stand> places, boolean leave) {
        Walk[] walks = new Walk[places.size()];
        int parts = Math.min(places.size(), Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts).parallel().forEach(part -> {
            Walker walker = new Walker(leave);
            for (int i = part; i < walks.length; i += parts) walks[i] = walker.walk(places.get(i));
        });
        return walks;
    }

    private final class Walker {
        private final boolean leave;
        private final int[] millis;
        private final float[] metres;
        private int[] came = new int[1024];

        Walker(boolean leave) {
            this.leave = leave;
            millis = new int[order.nodes()];
            metres = new float[order.nodes()];
            Arrays.fill(millis, HierarchyTimes.NONE);
        }

        Walk walk(Stand stand) {
            int nodes = order.nodes();
            float length = (float) graph.edgeMetres(stand.edge());
            int one = offer(stand.headNode(), stand.millis(true, leave), length * (float) stand.headShare());
            int other = offer(stand.baseNode(), stand.millis(false, leave), length * (float) stand.baseShare());
            int[] first = order.first;
            int[] head = order.head;
            int[] cost = leave ? times.up : times.down;
            float[] long1 = leave ? times.upMetres : times.downMetres;
            int count = 0;
            while (one < nodes || other < nodes) {
                int here = Math.min(one, other);
                if (one == here) one = order.parent(one);
                if (other == here) other = order.parent(other);
                int known = millis[here];
                if (known == HierarchyTimes.NONE) continue;
                if (count == came.length) came = Arrays.copyOf(came, 2 * count);
                came[count++] = here;
                for (int arc = first[here], end = first[here + 1]; arc < end; arc++) {
                    int there = known + cost[arc];
                    int up = head[arc];
                    if (there >= millis[up]) continue;
                    millis[up] = there;
                    metres[up] = metres[here] + long1[arc];
                }
            }
            int[] place = Arrays.copyOf(came, count);
            int[] time = new int[count];
            float[] way = new float[count];
            for (int i = 0; i < count; i++) {
                time[i] = millis[place[i]];
                way[i] = metres[place[i]];
                millis[place[i]] = HierarchyTimes.NONE;
            }
            return new Walk(place, time, way);
        }

        /** @return the rank of the node, or the number of nodes where there is no way to it */
        private int offer(int node, long wayMillis, float wayMetres) {
            if (node < 0 || wayMillis >= HierarchyTimes.NONE) return order.nodes();
            int place = order.rank[node];
            if (wayMillis < millis[place]) {
                millis[place] = (int) wayMillis;
                metres[place] = wayMetres;
            }
            return place;
        }
    }

    /** Looks where walks meet that of one end. */
    private static final class Meeting {
        private static final ThreadLocal<int[]> SCRATCH = ThreadLocal.withInitial(() -> new int[0]);

        private final Walk end;
        /** Number of the place in the end's walk plus one, by rank. */
        private final int[] at;

        int best;
        float metres;

        Meeting(int nodes, Walk end) {
            this.end = end;
            int[] known = SCRATCH.get();
            if (known.length < nodes) {
                known = new int[nodes];
                SCRATCH.set(known);
            }
            at = known;
            for (int i = 0; i < end.place.length; i++) at[end.place[i]] = i + 1;
        }

        void of(Walk start) {
            best = HierarchyTimes.NONE;
            metres = 0;
            for (int i = 0; i < start.place.length; i++) {
                int j = at[start.place[i]];
                if (j == 0) continue;
                int over = start.millis[i] + end.millis[j - 1];
                if (over >= best) continue;
                best = over;
                metres = start.metres[i] + end.metres[j - 1];
            }
        }

        void clear() {
            for (int place : end.place) at[place] = 0;
        }
    }
}
