package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.geo.Distances;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import org.springframework.stereotype.Component;

/** What a phone keeps for the hour without a network: shelters, areas of danger, what to do. Public attributes only. */
@Component
class OfflinePack {
    /** Outlines on a phone need not be finer, degrees (about 10 m). */
    private static final double COARSE_DEGREES = 0.0001;

    private static final int MOST_AREAS = 400;

    private final FinderWorlds worlds;
    private final FinderSettings settings;
    private final Advice advice;
    private final Contacts contacts;
    private final Events events;

    OfflinePack(FinderWorlds worlds, FinderSettings settings, Advice advice, Contacts contacts, Events events) {
        this.worlds = worlds;
        this.settings = settings;
        this.advice = advice;
        this.contacts = contacts;
        this.events = events;
    }

    /** @param dangers by hazard */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Pack(
            Instant madeAt,
            long version,
            boolean drill,
            List<Kept> shelters,
            Map<String, List<Area>> dangers,
            Map<String, Told> advice,
            Answer.@Nullable Contact contact) {}

    /**
     * @param refused why it is not offered, a code by hazard; {@code any} where it is so for all
     * @param unknownFor hazards of which nobody knows whether it is fit
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Kept(
            String id,
            String name,
            double lon,
            double lat,
            String status,
            @Nullable Integer freePlaces,
            @Nullable Integer capacity,
            @Nullable Instant asOf,
            Map<String, String> refused,
            List<String> unknownFor,
            List<String> has) {}

    record Area(String name, Geometry geometry) {}

    record Told(List<String> onTheWay, List<String> onTheSpot) {}

    /**
     * @param lon of the phone, degrees; NaN where it does not say: then of all shelters
     * @param lat degrees
     */
    Pack around(double lon, double lat, Locale language) {
        FinderWorld world = worlds.current();
        boolean placed = !Double.isNaN(lon) && !Double.isNaN(lat);
        List<Kept> kept = new ArrayList<>();
        int[] chosen = placed
                ? world.all()
                        .nearest(lon, lat, settings.offlineSites(), 0, settings.offlineMetres(), any -> true)
                        .sites()
                : java.util.stream.IntStream.range(0, Math.min(world.count(), settings.offlineSites()))
                        .toArray();
        for (int i : chosen) kept.add(kept(world, i, language));
        Map<String, List<Area>> dangers = new LinkedHashMap<>();
        for (Hazard hazard : Hazard.values()) {
            List<Area> areas = areas(world, hazard, lon, lat, placed);
            if (!areas.isEmpty()) dangers.put(hazard.id(), areas);
        }
        Map<String, Told> told = new LinkedHashMap<>();
        told.put("any", new Told(advice.onTheWay(null, language), advice.onTheSpot(null, language)));
        for (Hazard hazard : Hazard.values())
            told.put(hazard.id(), new Told(advice.onTheWay(hazard, language), advice.onTheSpot(hazard, language)));
        return new Pack(
                Instant.now(),
                world.state().version(),
                events.drillOnly(),
                kept,
                dangers,
                told,
                placed ? contacts.at(lon, lat) : contacts.any());
    }

    private static Kept kept(FinderWorld world, int i, Locale language) {
        Site site = world.site(i);
        Map<String, String> refused = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        Reason any = world.ranked(null).ruledOut()[i];
        if (any == null && site.room() == 0) any = Reason.FULL;
        if (any != null) refused.put("any", any.code());
        else
            for (Hazard hazard : Hazard.values()) {
                Reason reason = world.ranked(hazard).ruledOut()[i];
                if (reason != null) refused.put(hazard.id(), reason.code());
                else if (!site.knownToBeFit(hazard)) unknown.add(hazard.id());
            }
        return new Kept(
                site.id(),
                site.name(),
                fiveDigits(site.lon()),
                fiveDigits(site.lat()),
                site.status().id(),
                site.freePlaces(),
                site.capacity(),
                site.asOf(),
                refused,
                unknown,
                Telling.has(site, language));
    }

    private static double fiveDigits(double degrees) {
        return Math.round(degrees * 1e5) / 1e5;
    }

    private List<Area> areas(FinderWorld world, Hazard hazard, double lon, double lat, boolean placed) {
        List<Area> areas = new ArrayList<>();
        for (Dangers.Area one : world.dangers().of(hazard)) {
            if (areas.size() == MOST_AREAS) break;
            var middle = one.shape().getEnvelopeInternal().centre();
            if (placed && Distances.metres(lon, lat, middle.x, middle.y) > settings.offlineMetres()) continue;
            areas.add(new Area(one.name(), TopologyPreservingSimplifier.simplify(one.shape(), COARSE_DEGREES)));
        }
        return areas;
    }
}
