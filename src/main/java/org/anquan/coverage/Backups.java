package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anquan.coverage.CircleAnswer.Backup;
import org.anquan.coverage.CircleAnswer.StationOut;
import org.anquan.coverage.CircleAnswer.TakenOver;
import org.anquan.coverage.CircleAnswer.VillageStations;
import org.anquan.network.Sweep.Source;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * Who covers a village when its first station is out: for each village its two nearest stations, by road and a straight
 * walk. A way on foot round a barrier does not count for the second, which makes it late rather than early. Helicopters
 * count as one station, whatever number of places they land at: when they do not fly, none of these is reached.
 */
final class Backups {
    /** Those that nobody knows after the others. */
    private static final Comparator<VillageStations> MOST_PEOPLE_FIRST = Comparator.comparingLong(
                    (VillageStations one) -> one.people() == null ? 1 : -one.people())
            .thenComparing(VillageStations::id);

    private final CircleRequest request;
    private final Reach reach;
    private final Villages villages;
    /** When helicopters arrive in each village, or null where none were asked. */
    private final long @Nullable [] byAir;

    /**
     * @param reach of the stations on the road alone
     * @param byAir of the helicopters beside them, or null
     */
    Backups(CircleRequest request, Reach reach, @Nullable Reach byAir, Villages villages) {
        this.request = request;
        this.reach = reach;
        this.villages = villages;
        this.byAir = byAir == null ? null : byAir.exact[0];
    }

    private static final class Tally {
        private final Map<Integer, long[]> takenOver = new TreeMap<>();
        private long people;
        private int villages;
        private long losesPeople;
        private int losesVillages;
    }

    Backup work() {
        List<Source> sources = reach.sources;
        TwoNearest two = new TwoNearest(
                reach.ground.access.plane.graph,
                request.keyMillis(),
                request.cuts(),
                sources,
                request.direction(),
                reach.latestMillis);
        Points points = reach.places.get(0);
        Terrain terrain = reach.ground.terrain(request);
        float[][] walks = points.walks(terrain, reach.ground.access.plane);
        Tally[] tallies = new Tally[sources.size() + (byAir == null ? 0 : 1)];
        for (int s = 0; s < tallies.length; s++) tallies[s] = new Tally();
        List<VillageStations> single = new ArrayList<>();
        List<VillageStations> covered = new ArrayList<>();
        long safe = 0;
        long unsafe = 0;
        for (int v = 0; v < points.count(); v++) {
            long[] nearest = nearest(two, points, v, terrain, walks == null ? null : walks[v]);
            if (!inTime(nearest[0])) continue;
            Village village = villages.all().get(v);
            long people = village.people() == null ? 0 : village.people();
            Tally tally = tallies[EdgeTimes.source(nearest[0])];
            tally.people += people;
            tally.villages++;
            VillageStations stations = stations(village, nearest);
            covered.add(stations);
            if (inTime(nearest[1])) {
                safe += people;
                long[] taken = tally.takenOver.computeIfAbsent(EdgeTimes.source(nearest[1]), s -> new long[2]);
                taken[0] += people;
                taken[1]++;
                continue;
            }
            unsafe += people;
            tally.losesPeople += people;
            tally.losesVillages++;
            single.add(stations);
        }
        single.sort(MOST_PEOPLE_FIRST);
        covered.sort(Comparator.comparing(this::inTimeTwice).thenComparing(MOST_PEOPLE_FIRST));
        return new Backup(safe, unsafe, single.size(), stations(tallies), single, covered);
    }

    private long[] nearest(TwoNearest two, Points points, int v, Terrain terrain, float @Nullable [] factor) {
        long[] nearest = two.of(
                points.near[v],
                request.offRoad().millisPerMetre(),
                request.offRoad().maxMetres(),
                factor,
                terrain.least());
        for (Yard yard : reach.yards) {
            double metres = yard.metresTo(points.x[v], points.y[v]);
            if (metres > request.offRoad().maxMetres()) continue;
            float slower = terrain.straight(yard.x(), yard.y(), points.x[v], points.y[v]);
            if (slower == Terrain.BARRED) continue;
            long walk = (long) Math.ceil(metres * request.offRoad().millisPerMetre() * slower);
            TwoNearest.take(EdgeTimes.packed(yard.startMillis() + walk, yard.station()), nearest);
        }
        if (byAir != null && byAir[v] != EdgeTimes.NONE)
            TwoNearest.take(EdgeTimes.packed(EdgeTimes.millis(byAir[v]), reach.sources.size()), nearest);
        return nearest;
    }

    private boolean inTime(long arrival) {
        return arrival != EdgeTimes.NONE && EdgeTimes.millis(arrival) <= request.widestMillis();
    }

    private boolean inTimeTwice(VillageStations one) {
        return one.secondSeconds() != null && one.secondSeconds() * 1000 <= request.widestMillis();
    }

    private VillageStations stations(Village village, long[] nearest) {
        boolean second = nearest[1] != EdgeTimes.NONE;
        return new VillageStations(
                village.id(),
                village.name(),
                village.people(),
                id(EdgeTimes.source(nearest[0])),
                EdgeTimes.millis(nearest[0]) / 1000.0,
                second ? id(EdgeTimes.source(nearest[1])) : null,
                second ? Double.valueOf(EdgeTimes.millis(nearest[1]) / 1000.0) : null);
    }

    private String id(int station) {
        return station < reach.sources.size() ? reach.stations.get(station).id() : Helicopters.ID;
    }

    private String name(int station) {
        return station < reach.sources.size()
                ? reach.stations.get(station).name()
                : Text.of("coverage.air.together").toString();
    }

    private List<StationOut> stations(Tally[] tallies) {
        List<StationOut> all = new ArrayList<>();
        for (int s = 0; s < tallies.length; s++) {
            List<TakenOver> over = new ArrayList<>();
            tallies[s].takenOver.forEach(
                    (by, taken) -> over.add(new TakenOver(id(by), name(by), taken[0], (int) taken[1])));
            over.sort(Comparator.comparingLong(TakenOver::people).reversed().thenComparing(TakenOver::facilityId));
            all.add(new StationOut(
                    id(s),
                    name(s),
                    tallies[s].people,
                    tallies[s].villages,
                    tallies[s].losesPeople,
                    tallies[s].losesVillages,
                    over));
        }
        all.sort(Comparator.comparingLong(StationOut::losesPeople)
                .thenComparingInt(StationOut::losesVillages)
                .reversed()
                .thenComparing(StationOut::facilityId));
        return all;
    }

    /** Nothing where nobody asked. */
    static @Nullable Backup of(@Nullable Backups backups) {
        return backups == null ? null : backups.work();
    }
}
