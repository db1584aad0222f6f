package org.anquan.dispatch;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Snap;
import org.anquan.network.TravelProfile;
import org.springframework.stereotype.Component;

/** Where forces stand on the road: looked up once for a network, since they hardly ever move. */
@Component
final class RoadPlaces {
    private static final int MOST = 50_000;

    private record Where(double lon, double lat, TravelProfile profile, double maxMetres) {}

    private volatile Of known = new Of(new WeakReference<>(null), new ConcurrentHashMap<>());

    private record Of(WeakReference<RoadNetwork> network, Map<Where, Optional<Snap>> places) {}

    Optional<Snap> snap(RoadNetwork network, double lon, double lat, TravelProfile profile, double maxMetres) {
        Of of = known;
        if (of.network().get() != network || of.places().size() > MOST)
            known = of = new Of(new WeakReference<>(network), new ConcurrentHashMap<>());
        return of.places()
                .computeIfAbsent(
                        new Where(lon, lat, profile, maxMetres),
                        where -> network.snap(where.lon(), where.lat(), where.profile(), where.maxMetres()));
    }
}
