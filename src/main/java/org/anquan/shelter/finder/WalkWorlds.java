package org.anquan.shelter.finder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;

/** Makes worlds to walk in, and keeps the last ones: most questions are about the world as it is now. */
@Component
class WalkWorlds {
    /** Speeds in danger are divided by this: a detour of twenty times the length is still taken. */
    private static final double WARY = 20;

    private static final int KEPT = 16;

    private final Scenarios scenarios;
    private final FinderSettings settings;

    private record Key(
            String network, Scenario scenario, @Nullable Hazard hazard, Object dangers) {}

    private final Map<Key, WalkWorld> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, WalkWorld> eldest) {
            return size() > KEPT;
        }
    };

    WalkWorlds(Scenarios scenarios, FinderSettings settings) {
        this.scenarios = scenarios;
        this.settings = settings;
    }

    WalkWorld of(RoadNetwork network, Scenario scenario, @Nullable Hazard hazard, Dangers dangers) {
        // Shelters that a scenario changes do not change the roads.
        Scenario roads = new Scenario(
                scenario.closures(),
                scenario.factors(),
                Scenario.Facilities.AS_THEY_ARE,
                scenario.roadsAdded(),
                scenario.vehicle(),
                Scenario.Validity.ALWAYS);
        boolean keep = scenario.changesNothing() || scenario.validity().name() != null;
        Key key = new Key(network.version(), roads, hazard, dangers.states());
        if (keep) {
            synchronized (kept) {
                WalkWorld known = kept.get(key);
                if (known != null) return known;
            }
        }
        WhatIf real = scenarios.onRoads(roads, network, TravelProfile.FOOT);
        Geometry danger = hazard == null ? null : dangers.union(hazard);
        WhatIf wary = real;
        if (danger != null) {
            List<Scenario.Factor> factors = new ArrayList<>(roads.factors());
            factors.add(new Scenario.Factor(1 / WARY, "", danger));
            wary = scenarios.onRoads(
                    new Scenario(
                            roads.closures(),
                            factors,
                            roads.facilities(),
                            roads.roadsAdded(),
                            roads.vehicle(),
                            roads.validity()),
                    network,
                    TravelProfile.FOOT);
        }
        WalkWorld made = new WalkWorld(real, wary, hazard, settings);
        if (keep) {
            synchronized (kept) {
                kept.put(key, made);
            }
        }
        return made;
    }
}
