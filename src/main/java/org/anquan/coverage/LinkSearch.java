package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.geo.GeoJson;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.prep.PreparedGeometry;

/**
 * Which places fall out of a time limit when a road section is lost, for many sections one after another.
 *
 * <p>Exact, and yet no sweep a section: only sections on the shortest-path tree matter. When one is lost, only the nodes
 * below it lose their way; each is repaired from its unharmed neighbours by a search among the lost ones alone. A place is
 * looked at again only if its own best way is lost; otherwise it keeps its time, since closing never helps anybody else's
 * way. Nodes beyond the limit are never looked at: closing makes them later still.
 *
 * <p>Porto (79 697 junctions, 20 stations, an hour, 500 villages): see {@code CriticalLinksBench}.
 */
final class LinkSearch {
    private static final int UNREACHED = Integer.MAX_VALUE;
    private static final int NO_PARENT = -1;
    private static final int[] NO_YARDS = {};

    private final RoadGraph graph;
    private final int[] keyMillis;
    private final Cuts cuts;
    private final List<Source> sources;
    private final boolean from;
    private final int limitMillis;
    private final int[] millis;
    /** The key by which a node got its time; {@code -2 - s} where source s stands on its edge. */
    private final int[] parent;

    private final int[] firstChild;
    private final int[] nextSibling;
    private final long[] sourcesByEdge;

    private final Points places;
    private final long[][] walk;

    private final Yard[] yards;

    /** The stations from which a place is reached in time on foot alone. */
    private final int[][] yardsInTime;

    private final RoadPlane plane;
    private final Terrain terrain;
    private final double millisPerMetre;
    private final double maxMetres;
    private final int[] placeMillis;
    /** Places by the node or the edge that their best way hangs on. */
    private final int[] firstAtNode;

    private final int[] nextAtNode;
    private final int[] firstOnEdge;
    private final int[] nextOnEdge;

    LinkSearch(
            Ground ground,
            int[] keyMillis,
            Cuts cuts,
            List<Source> sources,
            List<Yard> yards,
            Direction direction,
            int limitMillis,
            Points places,
            Terrain terrain,
            double millisPerMetre,
            double maxMetres) {
        plane = ground.access.plane;
        this.yards = yards.toArray(Yard[]::new);
        graph = plane.graph;
        this.keyMillis = keyMillis;
        this.cuts = cuts;
        this.sources = sources;
        from = direction == Direction.FROM;
        this.limitMillis = limitMillis;
        this.places = places;
        this.terrain = terrain;
        this.millisPerMetre = millisPerMetre;
        this.maxMetres = maxMetres;
        sourcesByEdge = new long[sources.size()];
        for (int s = 0; s < sourcesByEdge.length; s++)
            sourcesByEdge[s] = (long) sources.get(s).at().edge() << 32 | s;
        Arrays.sort(sourcesByEdge);
        int nodes = graph.nodeCount();
        millis = new int[nodes];
        parent = new int[nodes];
        Arrays.fill(millis, UNREACHED);
        Arrays.fill(parent, NO_PARENT);
        search();
        firstChild = new int[nodes];
        nextSibling = new int[nodes];
        Arrays.fill(firstChild, -1);
        for (int n = 0; n < nodes; n++) {
            if (parent[n] < 0) continue;
            int above = start(parent[n]);
            nextSibling[n] = firstChild[above];
            firstChild[above] = n;
        }
        placeMillis = new int[places.count()];
        walk = new long[places.count()][];
        yardsInTime = new int[places.count()][];
        firstAtNode = new int[nodes];
        nextAtNode = new int[places.count()];
        firstOnEdge = new int[graph.edgeCount()];
        nextOnEdge = new int[places.count()];
        Arrays.fill(firstAtNode, -1);
        Arrays.fill(firstOnEdge, -1);
        for (int p = 0; p < placeMillis.length; p++) hang(p);
    }

    /** How long it takes to walk straight between a road piece and a place, {@link Long#MAX_VALUE} for no way. */
    private long walk(int place, int piece) {
        Near near = places.near[place];
        if (near.metres[piece] > maxMetres) return Long.MAX_VALUE;
        if (terrain == Terrain.EVEN) return (long) Math.ceil(near.metres[piece] * millisPerMetre);
        double[] at = plane.pointAt(near.edge[piece], near.fraction[piece]);
        float factor = terrain.straight(at[0] + plane.originX, at[1] + plane.originY, places.x[place], places.y[place]);
        return factor == Terrain.BARRED
                ? Long.MAX_VALUE
                : (long) Math.ceil(near.metres[piece] * millisPerMetre * factor);
    }

    /** Does the straight walk between a road piece and a place touch ground that nobody crosses any more? */
    boolean barred(int place, int piece, List<PreparedGeometry> ground) {
        if (ground.isEmpty()) return false;
        Near near = places.near[place];
        double[] at = plane.pointAt(near.edge[piece], near.fraction[piece]);
        return barred(at[0] + plane.originX, at[1] + plane.originY, place, ground);
    }

    private boolean barred(double x, double y, int place, List<PreparedGeometry> ground) {
        if (ground.isEmpty()) return false;
        LineString way = GeoJson.FACTORY.createLineString(
                new Coordinate[] {new Coordinate(x, y), new Coordinate(places.x[place], places.y[place])});
        for (PreparedGeometry one : ground) if (one.intersects(way)) return true;
        return false;
    }

    /** Milliseconds of a place now, {@link Integer#MAX_VALUE} beyond the limit. */
    int placeMillis(int place) {
        return placeMillis[place];
    }

    /** Is any of these edges part of a fastest way? If not, nobody misses them. */
    boolean matters(int[] edges) {
        for (int e : edges) {
            if (firstOnEdge[e] >= 0) return true;
            if (parent[graph.edgeHead(e)] >> 1 == e && parent[graph.edgeHead(e)] >= 0) return true;
            if (parent[graph.edgeBase(e)] >> 1 == e && parent[graph.edgeBase(e)] >= 0) return true;
            if (firstSource(e) < sourcesByEdge.length && (int) (sourcesByEdge[firstSource(e)] >>> 32) == e) return true;
        }
        return false;
    }

    /** Where a key is entered, in the order of the search. */
    private int start(int key) {
        boolean fromBase = ((key & 1) == 0) == from;
        return fromBase ? graph.edgeBase(key >> 1) : graph.edgeHead(key >> 1);
    }

    private void search() {
        PriorityQueue<Long> queue = new PriorityQueue<>();
        for (int s = 0; s < sources.size(); s++) {
            Source source = sources.get(s);
            int edge = source.at().edge();
            offer(queue, graph.edgeHead(edge), offered(s, true), s);
            offer(queue, graph.edgeBase(edge), offered(s, false), s);
        }
        int[] firstArc = graph.firstArc();
        int[] arcHead = graph.arcHead();
        int[] arcKey = graph.arcKey();
        while (!queue.isEmpty()) {
            long top = queue.remove();
            int node = (int) top;
            int time = (int) (top >>> 32);
            if (time != millis[node]) continue;
            for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                int key = from ? arcKey[arc] : arcKey[arc] ^ 1;
                if (keyMillis[key] == RoadGraph.CLOSED) continue;
                long there = (long) time + keyMillis[key];
                if (there >= millis[arcHead[arc]] || there > limitMillis) continue;
                millis[arcHead[arc]] = (int) there;
                parent[arcHead[arc]] = key;
                queue.add(there << 32 | arcHead[arc]);
            }
        }
    }

    private void offer(PriorityQueue<Long> queue, int node, long time, int source) {
        if (time > limitMillis || time >= millis[node]) return;
        millis[node] = (int) time;
        parent[node] = -2 - source;
        queue.add(time << 32 | node);
    }

    /** When a source reaches the head or the base of its edge. */
    private long offered(int s, boolean head) {
        Source source = sources.get(s);
        int edge = source.at().edge();
        double share = head ? 1 - source.at().fraction() : source.at().fraction();
        int whole = head ? there(edge) : back(edge);
        int cut = cuts.find(edge);
        if (cut >= 0) {
            if (!openTo(cut, source.at().fraction(), head)) return Long.MAX_VALUE;
            whole = cuts.millis(cut, head == from);
        }
        if (share <= 0) return source.startMillis();
        return whole == RoadGraph.CLOSED ? Long.MAX_VALUE : source.startMillis() + Math.round(whole * share);
    }

    private boolean openTo(int cut, double fraction, boolean head) {
        return head ? cuts.openFromHead(cut, fraction) : cuts.openFromBase(cut, fraction);
    }

    /** Time over a whole section as far as it matters for a place on it: on a cut one up to the cut, if it lies beyond. */
    private int whole(int edge, float fraction, boolean fromBase) {
        int cut = cuts.find(edge);
        if (cut < 0) return fromBase ? there(edge) : back(edge);
        return openTo(cut, fraction, !fromBase) ? cuts.millis(cut, fromBase == from) : RoadGraph.CLOSED;
    }

    private int there(int edge) {
        return keyMillis[2 * edge + (from ? 0 : 1)];
    }

    private int back(int edge) {
        return keyMillis[2 * edge + (from ? 1 : 0)];
    }

    private int firstSource(int edge) {
        int first = Arrays.binarySearch(sourcesByEdge, (long) edge << 32);
        return first < 0 ? -first - 1 : first;
    }

    /** The best way of a place, and what it hangs on. */
    private void hang(int place) {
        Near near = places.near[place];
        walk[place] = new long[near.count()];
        long best = Long.MAX_VALUE;
        int node = -1;
        int edge = -1;
        for (int i = 0; i < near.count(); i++) {
            walk[place][i] = walk(place, i);
            if (walk[place][i] == Long.MAX_VALUE) continue;
            int e = near.edge[i];
            float f = near.fraction[i];
            long viaBase = via(millis[graph.edgeBase(e)], whole(e, f, true), f, walk[place][i]);
            long viaHead = via(millis[graph.edgeHead(e)], whole(e, f, false), 1 - f, walk[place][i]);
            long along = along(e, f, walk[place][i], false);
            long least = Math.min(Math.min(viaBase, viaHead), along);
            if (least >= best) continue;
            best = least;
            node = least == along ? -1 : least == viaBase ? graph.edgeBase(e) : graph.edgeHead(e);
            edge = e;
            // Standing at the junction itself needs nothing of the edge.
            if (node >= 0 && (least == viaBase ? f <= 0 : 1 - f <= 0)) edge = -1;
        }
        int[] inTime = NO_YARDS;
        for (int y = 0; y < yards.length; y++) {
            long walked = walk(yards[y], place);
            if (walked <= limitMillis) {
                inTime = Arrays.copyOf(inTime, inTime.length + 1);
                inTime[inTime.length - 1] = y;
            }
            if (walked >= best) continue;
            best = walked;
            node = -1;
            edge = -1;
        }
        yardsInTime[place] = inTime;
        placeMillis[place] = best <= limitMillis ? (int) best : UNREACHED;
        if (placeMillis[place] == UNREACHED) return;
        if (node >= 0) {
            nextAtNode[place] = firstAtNode[node];
            firstAtNode[node] = place;
        }
        if (edge >= 0) {
            nextOnEdge[place] = firstOnEdge[edge];
            firstOnEdge[edge] = place;
        }
    }

    private static long via(int start, int whole, float share, long walk) {
        if (start == UNREACHED) return Long.MAX_VALUE;
        if (share <= 0) return start + walk;
        if (whole == RoadGraph.CLOSED) return Long.MAX_VALUE;
        return start + (long) Math.ceil((double) whole * share) + walk;
    }

    private long along(int edge, float fraction, long walk, boolean lost) {
        long best = Long.MAX_VALUE;
        for (int i = firstSource(edge); i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
            Source source = sources.get((int) sourcesByEdge[i]);
            double onward = fraction - source.at().fraction();
            int cut = cuts.find(edge);
            int whole = cut >= 0
                    ? cuts.open(cut, source.at().fraction(), fraction)
                            ? cuts.millis(cut, (onward >= 0) == from)
                            : RoadGraph.CLOSED
                    : onward >= 0 ? there(edge) : back(edge);
            if (onward == 0) best = Math.min(best, source.startMillis() + walk);
            else if (whole != RoadGraph.CLOSED && !lost)
                best = Math.min(best, source.startMillis() + (long) Math.ceil(whole * Math.abs(onward)) + walk);
        }
        return best;
    }

    /** When somebody who walks straight from a station stands at a place, {@link Long#MAX_VALUE} for nobody. */
    long onFoot(int place, List<PreparedGeometry> barred) {
        long best = Long.MAX_VALUE;
        for (Yard yard : yards)
            if (!barred(yard.x(), yard.y(), place, barred)) best = Math.min(best, walk(yard, place));
        return best;
    }

    /** When somebody who walks off at a station stands at the place. */
    private long walk(Yard yard, int place) {
        double metres = yard.metresTo(places.x[place], places.y[place]);
        if (metres > maxMetres) return Long.MAX_VALUE;
        float factor = terrain.straight(yard.x(), yard.y(), places.x[place], places.y[place]);
        if (factor == Terrain.BARRED) return Long.MAX_VALUE;
        return yard.startMillis() + (long) Math.ceil(metres * millisPerMetre * factor);
    }

    /** Works out losses; reused from section to section, not for two threads at once. */
    final class Loss {
        private final int[] lostRound = new int[graph.nodeCount()];
        private final int[] placeRound = new int[places.count()];
        private final int[] repaired = new int[graph.nodeCount()];
        private final int[] edgeRound = new int[graph.edgeCount()];
        private final PriorityQueue<Long> queue = new PriorityQueue<>();
        private int[] lost = new int[256];
        private int lostCount;
        private int round;
        private List<PreparedGeometry> barred = List.of();

        /**
         * The places that are in time now and are not when all these edges are closed, in no order.
         *
         * @param barred ground that nobody crosses on foot then, metres of the grid
         */
        List<Integer> of(int[] edges, List<PreparedGeometry> barred) {
            this.barred = barred;
            round++;
            lostCount = 0;
            for (int e : edges) edgeRound[e] = round;
            for (int e : edges) {
                root(graph.edgeHead(e), e);
                root(graph.edgeBase(e), e);
            }
            for (int i = 0; i < lostCount; i++)
                for (int child = firstChild[lost[i]]; child >= 0; child = nextSibling[child]) lose(child);
            repair();
            List<Integer> out = new ArrayList<>();
            for (int i = 0; i < lostCount; i++)
                for (int p = firstAtNode[lost[i]]; p >= 0; p = nextAtNode[p]) judge(p, edges, out);
            for (int e : edges) for (int p = firstOnEdge[e]; p >= 0; p = nextOnEdge[p]) judge(p, edges, out);
            for (PreparedGeometry one : barred) around(one.getGeometry().getEnvelopeInternal(), edges, out);
            return out;
        }

        /** Whoever walks across there now. */
        private void around(Envelope ground, int[] edges, List<Integer> out) {
            Envelope near = new Envelope(ground);
            near.expandBy(maxMetres);
            for (int p = 0; p < placeMillis.length; p++)
                if (placeMillis[p] <= limitMillis && near.contains(places.x[p], places.y[p])) judge(p, edges, out);
        }

        /** A node loses its time where it came over the edge or from a source on it. */
        private void root(int node, int edge) {
            int by = parent[node];
            if (by >= 0 ? by >> 1 == edge : by <= -2 && standsOn(-2 - by, node, edge)) lose(node);
        }

        /** A source that stands on the node itself keeps it. */
        private boolean standsOn(int source, int node, int edge) {
            if (sources.get(source).at().edge() != edge) return false;
            return millis[node] != sources.get(source).startMillis() || !atEnd(source, node);
        }

        private boolean atEnd(int source, int node) {
            double fraction = sources.get(source).at().fraction();
            int edge = sources.get(source).at().edge();
            return (fraction <= 0 && graph.edgeBase(edge) == node) || (fraction >= 1 && graph.edgeHead(edge) == node);
        }

        private void lose(int node) {
            if (lostRound[node] == round) return;
            lostRound[node] = round;
            if (lostCount == lost.length) lost = Arrays.copyOf(lost, 2 * lostCount);
            lost[lostCount++] = node;
        }

        private int millis(int node) {
            return lostRound[node] == round ? repaired[node] : millis[node];
        }

        private void repair() {
            int[] firstArc = graph.firstArc();
            int[] arcHead = graph.arcHead();
            int[] arcKey = graph.arcKey();
            for (int i = 0; i < lostCount; i++) repaired[lost[i]] = UNREACHED;
            for (int i = 0; i < lostCount; i++) {
                int node = lost[i];
                long best = UNREACHED;
                for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                    int edge = arcKey[arc] >> 1;
                    best = Math.min(best, fromSources(node, edge));
                    int before = arcHead[arc];
                    int key = from ? arcKey[arc] ^ 1 : arcKey[arc];
                    if (edgeRound[edge] == round || lostRound[before] == round) continue;
                    if (keyMillis[key] == RoadGraph.CLOSED || millis[before] == UNREACHED) continue;
                    best = Math.min(best, (long) millis[before] + keyMillis[key]);
                }
                if (best > limitMillis) continue;
                repaired[node] = (int) best;
                queue.add(best << 32 | node);
            }
            while (!queue.isEmpty()) {
                long top = queue.remove();
                int node = (int) top;
                int time = (int) (top >>> 32);
                if (time != repaired[node]) continue;
                for (int arc = firstArc[node]; arc < firstArc[node + 1]; arc++) {
                    int next = arcHead[arc];
                    int key = from ? arcKey[arc] : arcKey[arc] ^ 1;
                    if (lostRound[next] != round || edgeRound[key >> 1] == round) continue;
                    if (keyMillis[key] == RoadGraph.CLOSED) continue;
                    long there = (long) time + keyMillis[key];
                    if (there >= repaired[next] || there > limitMillis) continue;
                    repaired[next] = (int) there;
                    queue.add(there << 32 | next);
                }
            }
        }

        private long fromSources(int node, int edge) {
            long best = Long.MAX_VALUE;
            for (int i = firstSource(edge); i < sourcesByEdge.length && (int) (sourcesByEdge[i] >>> 32) == edge; i++) {
                int s = (int) sourcesByEdge[i];
                boolean closed = edgeRound[edge] == round;
                if (graph.edgeHead(edge) == node
                        && (!closed || sources.get(s).at().fraction() >= 1)) best = Math.min(best, offered(s, true));
                if (graph.edgeBase(edge) == node
                        && (!closed || sources.get(s).at().fraction() <= 0)) best = Math.min(best, offered(s, false));
            }
            return best;
        }

        private void judge(int place, int[] edges, List<Integer> out) {
            if (placeRound[place] == round) return;
            placeRound[place] = round;
            if (!stillInTime(place, edges)) out.add(place);
        }

        private boolean stillInTime(int place, int[] edges) {
            Near near = places.near[place];
            for (int i = 0; i < near.count(); i++) {
                long walked = walk[place][i];
                if (walked > limitMillis) continue;
                int e = near.edge[i];
                float f = near.fraction[i];
                boolean closed = edgeRound[e] == round;
                int there = closed ? RoadGraph.CLOSED : whole(e, f, true);
                int back = closed ? RoadGraph.CLOSED : whole(e, f, false);
                boolean inTime = via(millis(graph.edgeBase(e)), there, f, walked) <= limitMillis
                        || via(millis(graph.edgeHead(e)), back, 1 - f, walked) <= limitMillis
                        || along(e, f, walked, closed) <= limitMillis;
                if (inTime && !barred(place, i, barred)) return true;
            }
            for (int y : yardsInTime[place]) if (!barred(yards[y].x(), yards[y].y(), place, barred)) return true;
            return false;
        }
    }
}
