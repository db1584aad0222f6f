package org.anquan.scenario;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anquan.network.RoadGraph;
import org.anquan.network.TravelProfile;
import org.anquan.network.Vehicle;

/**
 * Times of a network with the roster of bridges in, kept while they are asked for: the network prepares its searches for
 * the arrays that it has seen, so the same question must get the same array.
 */
final class UsualTimes {
    /** A profile for each of four with and without a vehicle of its own. */
    private static final int KEPT = 8;

    private final Deque<Known> known = new ArrayDeque<>();

    private record Known(RoadGraph graph, BridgeRoster roster, TravelProfile profile, Vehicle vehicle, int[] times) {
        boolean is(RoadGraph of, BridgeRoster with, TravelProfile by, Vehicle how) {
            return graph == of && roster == with && profile == by && vehicle.equals(how);
        }
    }

    synchronized int[] of(RoadGraph graph, BridgeRoster roster, TravelProfile profile, Vehicle vehicle) {
        if (roster == BridgeRoster.EMPTY) return graph.keyMillis(profile, vehicle);
        for (Known one : known) if (one.is(graph, roster, profile, vehicle)) return one.times;
        int[] times = roster.on(graph.keyMillis(profile, vehicle), vehicle);
        known.addFirst(new Known(graph, roster, profile, vehicle, times));
        if (known.size() > KEPT) known.removeLast();
        return times;
    }
}
