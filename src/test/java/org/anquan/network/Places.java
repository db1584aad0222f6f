package org.anquan.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anquan.network.Sweep.Source;

/** Places on a network, the same for the same seed. */
final class Places {
    private Places() {}

    /** Points on edges from which the profile gets everywhere and back, spread evenly over the junctions. */
    static List<Snap> onRoads(HopperNetwork network, TravelProfile profile, int count, long seed) {
        RoadGraph graph = network.graph();
        Random random = new Random(seed);
        List<Snap> all = new ArrayList<>();
        while (all.size() < count) {
            int node = random.nextInt(graph.nodeCount());
            network.snap(graph.nodeLon(node), graph.nodeLat(node), profile, 500).ifPresent(all::add);
        }
        return all;
    }

    static List<Source> sources(List<Snap> places) {
        return places.stream().map(place -> new Source(place, 60_000)).toList();
    }
}
