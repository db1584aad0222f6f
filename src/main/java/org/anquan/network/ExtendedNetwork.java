package org.anquan.network;

import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A network with roads added: everything of the old one keeps its number, what is new stands behind it. */
final class ExtendedNetwork implements RoadNetwork {
    private final RoadNetwork base;
    private final RoadGraph graph;
    private final BitSet replaced;
    /** The edge of the base of which an edge is a piece, -1 for those of added roads; by edge beyond the base's. */
    private final int[] pieceOf;

    private final List<AddedRoad> added;
    private final int minJunctions;
    private final String version;
    private final Map<TravelProfile, BitSet> startEdges = new EnumMap<>(TravelProfile.class);
    private @Nullable EdgeIndex index;

    ExtendedNetwork(
            RoadNetwork base,
            RoadGraph graph,
            BitSet replaced,
            int[] pieceOf,
            List<AddedRoad> added,
            int minJunctions) {
        this.base = base;
        this.graph = graph;
        this.replaced = replaced;
        this.pieceOf = pieceOf;
        this.added = added;
        this.minJunctions = minJunctions;
        version = base.version() + "+" + Integer.toHexString(added.hashCode());
    }

    @Override
    public RoadNetwork base() {
        return base;
    }

    @Override
    public boolean replaced(int edge) {
        return replaced.get(edge);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String source() {
        return base.source();
    }

    @Override
    public @Nullable Instant asOf() {
        return base.asOf();
    }

    @Override
    public RoadGraph graph() {
        return graph;
    }

    private int original(int edge) {
        int own = edge - base.graph().edgeCount();
        return own < 0 ? edge : pieceOf[own];
    }

    @Override
    public String edgeName(int edge) {
        int original = original(edge);
        if (original >= 0) return base.edgeName(original);
        return added.get((int) (-graph.edgeRoad(edge) - 1)).name();
    }

    @Override
    public Turns turns(TravelProfile profile) {
        Turns known = base.turns(profile);
        if (known == Turns.FREE) return known;
        int nodes = base.graph().nodeCount();
        return (inEdge, node, outEdge) -> {
            int in = original(inEdge);
            int out = original(outEdge);
            // Where an added road meets others nothing is known of restrictions.
            return node >= nodes || in < 0 || out < 0 ? 0 : known.millis(in, node, out);
        };
    }

    @Override
    public boolean roundabout(int edge) {
        int original = original(edge);
        return original >= 0 && base.roundabout(original);
    }

    @Override
    public Optional<Snap> snap(double lon, double lat, TravelProfile profile, double maxMetres, IntPredicate edges) {
        return index().nearest(lon, lat, startEdges(profile), maxMetres, edges);
    }

    private synchronized EdgeIndex index() {
        EdgeIndex known = index;
        if (known == null) {
            known = new EdgeIndex(graph);
            index = known;
        }
        return known;
    }

    private synchronized BitSet startEdges(TravelProfile profile) {
        return startEdges.computeIfAbsent(profile, one -> {
            int[] times = graph.keyMillis(one);
            return NetworkParts.of(graph, times).edgesOfParts(graph, times, minJunctions);
        });
    }

    @Override
    public Optional<Route> route(
            double fromLon, double fromLat, double toLon, double toLat, TravelProfile profile, Locale language) {
        throw new UnsupportedOperationException("routes of a network with added roads are found by RouteFinder");
    }
}
