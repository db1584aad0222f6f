package org.anquan.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.anquan.geo.Distances;
import org.anquan.network.RoadGraph.Structure;
import org.springframework.stereotype.Component;

/**
 * Adds roads to a network without importing it anew: their ends join the nearest road, in the middle of a section by
 * taking pieces in its place. The last few are kept, so that a map that is being drawn on does not pay each time.
 */
@Component
public final class RoadWorks {
    private static final int KEPT = 4;
    /** A road that ends this close to a junction ends at it. */
    private static final double AT_JUNCTION_METRES = 1;

    private final NetworkSettings settings;
    private final Map<RoadGraph, EdgeIndex> indexes = Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<Wanted, Extended> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Extended> eldest) {
            return size() > KEPT;
        }
    });

    RoadWorks(NetworkSettings settings) {
        this.settings = settings;
    }

    private record Wanted(String version, List<AddedRoad> roads, double joinMetres) {}

    /**
     * @param network with the roads
     * @param loose roads of which neither end meets another road
     */
    public record Extended(RoadNetwork network, List<AddedRoad> loose) {}

    /** @param joinMetres how far an end may lie from the road that it joins */
    public Extended extended(RoadNetwork base, List<AddedRoad> roads, double joinMetres) {
        if (roads.isEmpty()) return new Extended(base, List.of());
        Wanted wanted = new Wanted(base.version(), roads, joinMetres);
        Extended made = known.get(wanted);
        if (made == null || made.network().base() != base) {
            made = new Works(base, roads, joinMetres).done();
            known.put(wanted, made);
        }
        return made;
    }

    private EdgeIndex index(RoadNetwork base) {
        if (base instanceof HopperNetwork imported) return imported.index();
        return indexes.computeIfAbsent(base.graph(), EdgeIndex::new);
    }

    private final class Works {
        private final RoadGraph graph;
        private final RoadNetwork base;
        private final List<AddedRoad> roads;
        private final double joinMetres;
        private final RoadGraph.Builder more = new RoadGraph.Builder();
        private final List<double[]> newNodes = new ArrayList<>();
        /** By edge of the base: where it is joined, and the node there. */
        private final TreeMap<Integer, TreeMap<Double, Integer>> joins = new TreeMap<>();

        private final List<Integer> pieceOf = new ArrayList<>();
        private final BitSet drivable;
        private final BitSet walkable;

        Works(RoadNetwork base, List<AddedRoad> roads, double joinMetres) {
            this.base = base;
            this.roads = roads;
            this.joinMetres = joinMetres;
            graph = base.graph();
            drivable = open(TravelProfile.FIRE_ENGINE);
            drivable.or(open(TravelProfile.CAR));
            walkable = open(TravelProfile.FOOT);
            walkable.or(drivable);
        }

        private BitSet open(TravelProfile profile) {
            int[] times = graph.keyMillis(profile);
            BitSet open = new BitSet(graph.edgeCount());
            for (int key = 0; key < times.length; key++) if (times[key] != RoadGraph.CLOSED) open.set(key >> 1);
            return open;
        }

        Extended done() {
            int[][] ends = new int[roads.size()][];
            boolean[][] joined = new boolean[roads.size()][2];
            // First what meets the present network, so that new roads may meet at the same junctions.
            for (int r = 0; r < ends.length; r++) {
                double[] line = roads.get(r).lonLat();
                BitSet open = roads.get(r).roadClass() == RoadClass.FOOTWAY ? walkable : drivable;
                ends[r] = new int[] {
                    join(line[0], line[1], open, joined[r], 0),
                    join(line[line.length - 2], line[line.length - 1], open, joined[r], 1)
                };
            }
            List<AddedRoad> loose = new ArrayList<>();
            for (int r = 0; r < ends.length; r++)
                if (!joined[r][0] && !joined[r][1] && !meetsOther(ends, r)) loose.add(roads.get(r));
            joins.forEach(this::pieces);
            for (int r = 0; r < ends.length; r++) road(r, ends[r]);
            int[] replaced = joins.keySet().stream().mapToInt(Integer::intValue).toArray();
            BitSet gone = new BitSet();
            for (int edge : replaced) gone.set(edge);
            int[] pieces = pieceOf.stream().mapToInt(Integer::intValue).toArray();
            return new Extended(
                    new ExtendedNetwork(
                            base, graph.with(more, replaced), gone, pieces, roads, settings.minComponentJunctions()),
                    loose);
        }

        private boolean meetsOther(int[][] ends, int road) {
            for (int r = 0; r < ends.length; r++)
                for (int mine : ends[road]) for (int other : ends[r]) if (r != road && mine == other) return true;
            return false;
        }

        /** The node at which a road begins or ends. */
        private int join(double lon, double lat, BitSet open, boolean[] joined, int end) {
            Optional<Snap> near = index(base).nearest(lon, lat, open, joinMetres);
            if (near.isPresent()) {
                joined[end] = true;
                return on(near.get());
            }
            for (int i = 0; i < newNodes.size(); i++) {
                double[] at = newNodes.get(i);
                if (Distances.metres(lon, lat, at[0], at[1]) <= joinMetres) return graph.nodeCount() + i;
            }
            return fresh(lon, lat);
        }

        private int fresh(double lon, double lat) {
            newNodes.add(new double[] {lon, lat});
            return graph.nodeCount() + more.node(lon, lat);
        }

        private int on(Snap at) {
            double along = at.fraction() * graph.edgeMetres(at.edge());
            if (along <= AT_JUNCTION_METRES) return graph.edgeBase(at.edge());
            if (graph.edgeMetres(at.edge()) - along <= AT_JUNCTION_METRES) return graph.edgeHead(at.edge());
            return joins.computeIfAbsent(at.edge(), edge -> new TreeMap<>())
                    .computeIfAbsent(at.fraction(), fraction -> fresh(at.lon(), at.lat()));
        }

        /** The pieces of a section between its joints. */
        private void pieces(int edge, TreeMap<Double, Integer> at) {
            int before = graph.edgeBase(edge);
            double from = 0;
            for (Map.Entry<Double, Integer> joint : at.entrySet()) {
                piece(edge, from, joint.getKey(), before, joint.getValue());
                from = joint.getKey();
                before = joint.getValue();
            }
            piece(edge, from, 1, before, graph.edgeHead(edge));
        }

        private void piece(int edge, double from, double until, int base, int head) {
            int made = more.edge(
                    base,
                    head,
                    graph.edgeMetres(edge) * (until - from),
                    shape(edge, from, until),
                    graph.edgeRoad(edge),
                    graph.edgeClass(edge),
                    graph.edgeStructure(edge));
            pieceOf.add(edge);
            RoadGraph.Limits limits = graph.limits(edge);
            if (limits != null)
                more.limits(graph.edgeCount() + made, limits.heightMetres(), limits.widthMetres(), limits.loadTonnes());
            for (TravelProfile profile : TravelProfile.values()) {
                // Of a small vehicle: the limits close the piece again for those that do not fit.
                int[] times = graph.keyMillis(profile, limits == null ? graph.vehicle(profile) : Vehicle.SMALL);
                more.millis(
                        made, profile, share(times[2 * edge], from, until), share(times[2 * edge + 1], from, until));
            }
        }

        /** Rounded at the joints, not by piece, so that the pieces add up to the whole. */
        private static int share(int whole, double from, double until) {
            if (whole == RoadGraph.CLOSED) return whole;
            return (int) (Math.round(whole * until) - Math.round(whole * from));
        }

        private double[] shape(int edge, double from, double until) {
            double[] lon = graph.shapeLon();
            double[] lat = graph.shapeLat();
            int first = graph.shapeFirst(edge);
            int last = graph.shapeFirst(edge + 1) - 1;
            double[] along = new double[last - first + 1];
            for (int p = first; p < last; p++)
                along[p - first + 1] = along[p - first] + Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
            double all = along[along.length - 1];
            double[] shape = new double[2 * (along.length + 2)];
            int count = point(shape, 0, edge, along, from * all);
            for (int i = 0; i < along.length; i++)
                if (along[i] > from * all && along[i] < until * all) {
                    shape[count++] = lon[first + i];
                    shape[count++] = lat[first + i];
                }
            count = point(shape, count, edge, along, until * all);
            return Arrays.copyOf(shape, count);
        }

        private int point(double[] shape, int count, int edge, double[] along, double metres) {
            int first = graph.shapeFirst(edge);
            int i = 0;
            while (i < along.length - 2 && along[i + 1] < metres) i++;
            double length = along[i + 1] - along[i];
            double t = length == 0 ? 0 : Math.max(0, Math.min(1, (metres - along[i]) / length));
            double[] lon = graph.shapeLon();
            double[] lat = graph.shapeLat();
            shape[count] = lon[first + i] + t * (lon[first + i + 1] - lon[first + i]);
            shape[count + 1] = lat[first + i] + t * (lat[first + i + 1] - lat[first + i]);
            return count + 2;
        }

        private void road(int r, int[] ends) {
            AddedRoad road = roads.get(r);
            double[] line = road.lonLat().clone();
            place(line, 0, ends[0]);
            place(line, line.length - 2, ends[1]);
            double metres = 0;
            for (int i = 0; i + 3 < line.length; i += 2)
                metres += Distances.metres(line[i], line[i + 1], line[i + 2], line[i + 3]);
            int made = more.edge(ends[0], ends[1], metres, line, -r - 1L, road.roadClass(), Structure.GROUND);
            pieceOf.add(-1);
            for (TravelProfile profile : TravelProfile.values()) {
                double usual = settings.kmh(profile, road.roadClass());
                double kmh =
                        profile == TravelProfile.FOOT || usual == 0 || Double.isNaN(road.kmh()) ? usual : road.kmh();
                int millis = kmh > 0
                        ? (int) Math.min(RoadGraph.CLOSED - 1, Math.round(metres / kmh * 3_600))
                        : RoadGraph.CLOSED;
                boolean oneWay = road.oneWay() && profile != TravelProfile.FOOT;
                more.millis(made, profile, millis, oneWay ? RoadGraph.CLOSED : millis);
            }
        }

        /** The line begins and ends where it joins. */
        private void place(double[] line, int at, int node) {
            int own = node - graph.nodeCount();
            line[at] = own < 0 ? graph.nodeLon(node) : newNodes.get(own)[0];
            line[at + 1] = own < 0 ? graph.nodeLat(node) : newNodes.get(own)[1];
        }
    }
}
