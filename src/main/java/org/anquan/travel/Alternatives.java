package org.anquan.travel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.RouteFinder;
import org.anquan.network.Snap;
import org.anquan.network.Way;

/**
 * The fastest way and others worth knowing: what was found is made slower and the search run again (penalty method; Chen,
 * Bell and Bogenberger, IEEE Trans. ITS 8(1), 2007). A way counts if it is not too slow and shares not too much with any
 * before it; its time is always the real one.
 */
final class Alternatives {
    private static final double SLOWER_EACH_TIME = 1.4;
    private static final int TRIES_EACH = 3;

    private final TravelSettings settings;

    Alternatives(TravelSettings settings) {
        this.settings = settings;
    }

    List<Way> find(RouteFinder finder, RoadGraph graph, int[] keyMillis, Cuts cuts, Snap from, Snap to, int wanted) {
        Optional<Way> fastest = finder.find(keyMillis, cuts, from, to);
        if (fastest.isEmpty()) return List.of();
        List<Way> ways = new ArrayList<>(fastest.stream().toList());
        if (wanted == 0) return ways;
        int[] slowed = keyMillis.clone();
        Way last = fastest.get();
        double most = fastest.get().totalMillis() * (1 + settings.alternativeSlower());
        for (int tries = TRIES_EACH * wanted; tries > 0 && ways.size() <= wanted; tries--) {
            slow(slowed, last);
            Optional<Way> next = finder.find(slowed, cuts, from, to);
            if (next.isEmpty()) break;
            last = next.get();
            Way real = atRealTimes(last, slowed, keyMillis);
            if (real.totalMillis() <= most && differs(real, ways)) ways.add(real);
        }
        return ways;
    }

    private static void slow(int[] times, Way way) {
        for (int key : way.keys())
            for (int one : new int[] {key, key ^ 1})
                if (times[one] != RoadGraph.CLOSED)
                    times[one] = (int) Math.min(RoadGraph.CLOSED - 1L, Math.round(times[one] * SLOWER_EACH_TIME) + 1);
    }

    /** Turns cost what they cost; only the driving was made slower. */
    private static Way atRealTimes(Way way, int[] slowed, int[] real) {
        long[] millis = way.millis().clone();
        for (int i = 0; i < millis.length; i++) {
            int key = way.keys()[i];
            if (real[key] == RoadGraph.CLOSED || slowed[key] == real[key]) continue;
            double share = Math.abs(way.to()[i] - way.from()[i]);
            millis[i] -= Math.round(slowed[key] * share) - Math.round(real[key] * share);
        }
        return new Way(way.keys(), way.from(), way.to(), millis, way.metres());
    }

    private boolean differs(Way way, List<Way> others) {
        for (Way other : others) {
            Map<Integer, Double> metres = new HashMap<>();
            for (int i = 0; i < other.pieces(); i++) metres.put(other.edge(i), other.metres()[i]);
            double shared = 0;
            for (int i = 0; i < way.pieces(); i++)
                shared += Math.min(way.metres()[i], metres.getOrDefault(way.edge(i), 0.0));
            if (shared > settings.alternativeShared() * way.totalMetres()) return false;
        }
        return true;
    }
}
