package org.anquan.travel;

import java.util.Optional;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.anquan.process.Place;

/**
 * Brings a place to the road. No house opens on an expressway, a bridge or in a tunnel: a place beside one belongs to the
 * nearest other road. A place on it, such as an accident there, stays.
 */
final class AtTheRoad {
    private AtTheRoad() {}

    static Optional<Snap> of(RoadNetwork network, Place place, TravelProfile profile, TravelSettings settings) {
        double most = settings.maxRoadMetres();
        Optional<Snap> nearest = network.snap(place.lon(), place.lat(), profile, most);
        if (nearest.isEmpty()
                || nearest.get().metresAway() <= settings.onRoadMetres()
                || !fenced(network.graph(), nearest.get().edge(), settings)) return nearest;
        Optional<Snap> other =
                network.snap(place.lon(), place.lat(), profile, most, edge -> !fenced(network.graph(), edge, settings));
        return other.isPresent() ? other : nearest;
    }

    private static boolean fenced(RoadGraph graph, int edge, TravelSettings settings) {
        return settings.fencedClasses().contains(graph.edgeClass(edge))
                || settings.fencedStructures().contains(graph.edgeStructure(edge));
    }
}
