package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.network.RealRoads;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;

/** The case of the benchmarks: stations spread over Porto, 500 villages, always the same. */
final class PortoCase {
    final RescueCircle circle = new RescueCircle(Circles.settings());
    final RoadNetwork network;
    final List<Station> stations = new ArrayList<>();
    final Villages villages;
    private final int widest;

    PortoCase(int howMany, int widest) {
        this(RealRoads.porto(), howMany, widest);
    }

    /** Porto side by side, synthetic: 4 × 4 are a million junctions. */
    static PortoCase tiled(int side, int howMany, int widest) {
        return new PortoCase(RealRoads.tiledPorto(side), howMany, widest);
    }

    private PortoCase(RoadNetwork network, int howMany, int widest) {
        this.network = network;
        this.widest = widest;
        RoadGraph graph = network.graph();
        SplittableRandom random = new SplittableRandom(7);
        while (stations.size() < howMany) {
            int node = random.nextInt(graph.nodeCount());
            double lon = graph.nodeLon(node);
            double lat = graph.nodeLat(node);
            if (network.snap(lon, lat, TravelProfile.FIRE_ENGINE, 100).isEmpty()) continue;
            stations.add(new Station("s" + stations.size(), "s" + stations.size(), lon, lat, 60, null));
        }
        List<Village> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int node = random.nextInt(graph.nodeCount());
            double lon = graph.nodeLon(node) + random.nextDouble(-0.01, 0.01);
            double lat = graph.nodeLat(node) + random.nextDouble(-0.01, 0.01);
            all.add(new Village("v" + i, "v" + i, lon, lat, (long) random.nextInt(3000)));
        }
        villages = new Villages("village", 1, null, false, all);
    }

    CircleRequest request() {
        return request(stations, network.graph().keyMillis(TravelProfile.FIRE_ENGINE));
    }

    CircleRequest request(List<Station> from, int[] keyMillis) {
        return new CircleRequest(
                from,
                widest == 60 ? List.of(15, 30, 60) : List.of(widest / 3, 2 * widest / 3, widest),
                Direction.FROM,
                TravelProfile.FIRE_ENGINE,
                new OffRoad(2000, 4.5, null),
                keyMillis,
                List.of(),
                false);
    }
}
