package org.anquan.network;

import com.graphhopper.routing.AlgorithmOptions;
import com.graphhopper.routing.InstructionsFromEdges;
import com.graphhopper.routing.Path;
import com.graphhopper.routing.RoutingAlgorithmFactorySimple;
import com.graphhopper.routing.ev.Roundabout;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.routing.util.TraversalMode;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.index.Snap.Position;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.Instruction;
import com.graphhopper.util.Parameters.Algorithms;
import com.graphhopper.util.PointList;
import com.graphhopper.util.Translation;
import com.graphhopper.util.shapes.GHPoint3D;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.anquan.geo.Distances;
import org.anquan.geo.GeoJson;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;

/** A network that GraphHopper imported, with our graph beside it. */
final class HopperNetwork implements RoadNetwork {
    private final OsmHopper hopper;
    private final String version;
    private final String source;
    private final @Nullable Instant asOf;
    private final double routeSnapMetres;
    private final RoadGraph graph;
    private final EdgeIndex index;
    private final Map<TravelProfile, BitSet> startEdges = new EnumMap<>(TravelProfile.class);
    private final Map<TravelProfile, RoadWeighting> weightings = new EnumMap<>(TravelProfile.class);

    HopperNetwork(OsmHopper hopper, NetworkSettings settings, String version, String source, @Nullable Instant asOf) {
        this.hopper = hopper;
        this.version = version;
        this.source = source;
        this.asOf = asOf;
        routeSnapMetres = settings.routeSnapMetres();
        graph = GraphFromHopper.build(hopper);
        index = new EdgeIndex(graph);
        for (TravelProfile profile : TravelProfile.values()) {
            int[] times = graph.keyMillis(profile);
            startEdges.put(
                    profile,
                    NetworkParts.of(graph, times).edgesOfParts(graph, times, settings.minComponentJunctions()));
            weightings.put(profile, hopper.weighting(profile, true));
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public @Nullable Instant asOf() {
        return asOf;
    }

    @Override
    public RoadGraph graph() {
        return graph;
    }

    @Override
    public String edgeName(int edge) {
        EdgeIteratorState state = stored(edge);
        String name = state.getName();
        if (name != null && !name.isBlank()) return name;
        return state.getValue("street_ref") instanceof String ref ? ref : "";
    }

    @Override
    public Turns turns(TravelProfile profile) {
        RoadWeighting weighting = Objects.requireNonNull(weightings.get(profile));
        if (!weighting.hasTurnCosts()) return Turns.FREE;
        return (inEdge, node, outEdge) -> {
            double seconds = weighting.calcTurnWeight(inEdge, node, outEdge);
            return Double.isInfinite(seconds) ? RoadGraph.CLOSED : (int) Math.round(seconds * 1_000);
        };
    }

    @Override
    public boolean roundabout(int edge) {
        return stored(edge).get(hopper.getEncodingManager().getBooleanEncodedValue(Roundabout.KEY));
    }

    @Override
    public Optional<Snap> snap(double lon, double lat, TravelProfile profile, double maxMetres, IntPredicate edges) {
        return index.nearest(lon, lat, startEdgesOf(profile), maxMetres, edges);
    }

    /** The edges to which a place may be brought. */
    BitSet startEdgesOf(TravelProfile profile) {
        return Objects.requireNonNull(startEdges.get(profile));
    }

    @Override
    public Optional<Route> route(
            double fromLon, double fromLat, double toLon, double toLat, TravelProfile profile, Locale language) {
        Optional<Snap> from = snap(fromLon, fromLat, profile, routeSnapMetres);
        Optional<Snap> to = snap(toLon, toLat, profile, routeSnapMetres);
        if (from.isEmpty() || to.isEmpty()) return Optional.empty();
        return route(from.get(), to.get(), profile, language);
    }

    /** The route between two places on the road. */
    Optional<Route> route(Snap from, Snap to, TravelProfile profile, Locale language) {
        com.graphhopper.storage.index.Snap start = hopperSnap(from);
        com.graphhopper.storage.index.Snap end = hopperSnap(to);
        QueryGraph overlay = QueryGraph.create(hopper.getBaseGraph(), start, end);
        Weighting weighting = Objects.requireNonNull(weightings.get(profile));
        AlgorithmOptions options = new AlgorithmOptions()
                .setAlgorithm(Algorithms.ASTAR_BI)
                .setTraversalMode(weighting.hasTurnCosts() ? TraversalMode.EDGE_BASED : TraversalMode.NODE_BASED);
        Path path = new RoutingAlgorithmFactorySimple()
                .createAlgo(overlay, weighting, options)
                .calcPath(start.getClosestNode(), end.getClosestNode());
        if (!path.isFound()) return Optional.empty();
        Translation words = hopper.getTranslationMap().getWithFallBack(language);
        List<Step> steps = new ArrayList<>();
        for (Instruction each : InstructionsFromEdges.calcInstructions(
                path, overlay, overlay.wrapWeighting(weighting), hopper.getEncodingManager(), words))
            steps.add(new Step(each.getTurnDescription(words), each.getDistance(), each.getTime() / 1_000.0));
        return Optional.of(new Route(
                path.getTime() / 1_000.0,
                path.getDistance(),
                line(path.calcPoints(), from),
                List.copyOf(steps),
                from.metresAway(),
                to.metresAway()));
    }

    private static LineString line(PointList points, Snap start) {
        if (points.size() < 2) {
            Coordinate here = new Coordinate(start.lon(), start.lat());
            return GeoJson.FACTORY.createLineString(new Coordinate[] {here, here});
        }
        Coordinate[] all = new Coordinate[points.size()];
        for (int i = 0; i < all.length; i++) all[i] = new Coordinate(points.getLon(i), points.getLat(i));
        return GeoJson.FACTORY.createLineString(all);
    }

    private EdgeIteratorState stored(int edge) {
        return hopper.getBaseGraph().getEdgeIteratorState(edge, Integer.MIN_VALUE);
    }

    /** Our snap in GraphHopper's words: it wants to know on which piece of the edge's line the point lies. */
    private com.graphhopper.storage.index.Snap hopperSnap(Snap snap) {
        EdgeIteratorState edge = stored(snap.edge());
        PointList line = edge.fetchWayGeometry(FetchMode.ALL);
        int last = line.size() - 1;
        int piece = piece(snap);
        Position position = Position.EDGE;
        if (near(line, piece, snap)) position = Position.PILLAR;
        else if (near(line, piece + 1, snap)) {
            position = Position.PILLAR;
            piece++;
        }
        int node = piece == last ? edge.getAdjNode() : edge.getBaseNode();
        if (position == Position.PILLAR && (piece == 0 || piece == last)) position = Position.TOWER;
        com.graphhopper.storage.index.Snap made = new com.graphhopper.storage.index.Snap(snap.lat(), snap.lon());
        made.setClosestEdge(edge);
        made.setClosestNode(node);
        made.setWayIndex(piece);
        made.setSnappedPosition(position);
        made.setQueryDistance(snap.metresAway());
        made.setSnappedPoint(
                position == Position.EDGE
                        ? new GHPoint3D(snap.lat(), snap.lon(), Double.NaN)
                        : new GHPoint3D(line.getLat(piece), line.getLon(piece), Double.NaN));
        return made;
    }

    private static boolean near(PointList line, int point, Snap snap) {
        return com.graphhopper.storage.index.Snap.considerEqual(
                line.getLat(point), line.getLon(point), snap.lat(), snap.lon());
    }

    /** The piece of the edge's line at the snap's share of its length. */
    private int piece(Snap snap) {
        double[] lon = graph.shapeLon();
        double[] lat = graph.shapeLat();
        int first = graph.shapeFirst(snap.edge());
        int last = graph.shapeFirst(snap.edge() + 1) - 1;
        double all = 0;
        for (int p = first; p < last; p++) all += Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
        double left = all * snap.fraction();
        for (int p = first; p < last - 1; p++) {
            left -= Distances.metres(lon[p], lat[p], lon[p + 1], lat[p + 1]);
            if (left <= 0) return p - first;
        }
        return last - 1 - first;
    }

    EdgeIndex index() {
        return index;
    }

    OsmHopper hopper() {
        return hopper;
    }

    void close() {
        hopper.close();
    }
}
