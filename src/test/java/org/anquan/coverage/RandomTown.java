package org.anquan.coverage;

import static org.anquan.town.Town.town;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.town.Town;

/** Small random road webs: trees with some rings, one-ways and bridges. */
final class RandomTown {
    private RandomTown() {}

    static RoadNetwork network(SplittableRandom random, int roads, boolean oneWays) {
        Town town = town();
        List<double[]> junctions = new ArrayList<>(List.of(new double[] {0, 0}));
        for (int r = 0; r < roads; r++) {
            double[] from = junctions.get(random.nextInt(junctions.size()));
            double[] to = {
                Math.rint(from[0] + random.nextDouble(-1500, 1500)), Math.rint(from[1] + random.nextDouble(-1500, 1500))
            };
            // Sometimes a ring closes.
            if (random.nextInt(3) == 0) to = junctions.get(random.nextInt(junctions.size()));
            if (to[0] == from[0] && to[1] == from[1]) continue;
            Town.Road road =
                    town.road("r" + r, from[0], from[1]).to(to[0], to[1]).kmh(random.nextDouble(10, 90));
            if (oneWays && random.nextInt(4) == 0) road.oneWay();
            if (random.nextInt(4) == 0) road.on(Structure.BRIDGE);
            junctions.add(to);
        }
        return town.road("last", 0, 0).to(37, 1100).network();
    }

    static List<double[]> places(SplittableRandom random, int count, double reach) {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++)
            all.add(new double[] {random.nextDouble(-reach, reach), random.nextDouble(-reach, reach)});
        return all;
    }
}
