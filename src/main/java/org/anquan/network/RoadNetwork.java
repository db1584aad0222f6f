package org.anquan.network;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.LineString;

/** One imported road network: its graph, finding the road near a place, and single routes. Immutable. */
public interface RoadNetwork {
    /** Names the import: changes with each. */
    String version();

    /** File name that it was made from. */
    String source();

    /** Time of the newest data where the file says it. */
    @Nullable
    Instant asOf();

    RoadGraph graph();

    /** Name of an edge's road, empty where it has none. */
    String edgeName(int edge);

    /** The imported network that this one adds roads to; itself where it adds none. */
    default RoadNetwork base() {
        return this;
    }

    /** Is this edge only kept for its number, other edges having taken its place? */
    default boolean replaced(int edge) {
        return false;
    }

    /** What turns cost the profile; searches that know no turns ignore it. */
    default Turns turns(TravelProfile profile) {
        return Turns.FREE;
    }

    /** Is the edge part of a roundabout? */
    default boolean roundabout(int edge) {
        return false;
    }

    /**
     * The nearest point of an edge that the profile may use and that is part of the main network (a component of some
     * size, see settings), or empty where there is none within the distance.
     */
    default Optional<Snap> snap(double lon, double lat, TravelProfile profile, double maxMetres) {
        return snap(lon, lat, profile, maxMetres, edge -> true);
    }

    /** The same among those edges that pass a test. */
    Optional<Snap> snap(double lon, double lat, TravelProfile profile, double maxMetres, IntPredicate edges);

    /** The best route between two places, or empty where there is none. Steps are in the language. */
    Optional<Route> route(
            double fromLon, double fromLat, double toLon, double toLat, TravelProfile profile, Locale language);

    /**
     * The way by road, from the point of the road nearest to the start to the one nearest to the end.
     *
     * @param geometry lon, lat
     * @param metresToRoad straight from the start to the road; in neither {@code metres} nor {@code seconds}
     * @param metresFromRoad straight from the road to the end, likewise
     */
    record Route(
            double seconds,
            double metres,
            LineString geometry,
            List<Step> steps,
            double metresToRoad,
            double metresFromRoad) {}

    record Step(String text, double metres, double seconds) {}
}
