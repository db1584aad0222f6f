package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.network.Cuts;
import org.anquan.network.RoadGraph;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Source;
import org.jspecify.annotations.Nullable;

/**
 * How early a set of stations reaches everything: the surface for the map, and exact times for places (villages, sample
 * points, listed places). Several can be put together: helicopters beside engines, or kinds that must all be there.
 */
final class Reach {
    final Ground ground;
    final List<Station> stations;
    final TravelSurface surface;
    /** Arrivals packed as in {@link EdgeTimes}, by set of places and place. */
    final long[][] exact;

    final List<Points> places;
    /** Over the roads, or null where several reaches were put together. */
    final @Nullable EdgeTimes times;

    /** Over the roads if the scenario closed and slowed nothing; null where that is the same. */
    final @Nullable Supplier<EdgeTimes> usual;

    /** Of the first stations, those that start on the road (without those that were joined later). */
    final List<Source> sources;

    final List<Yard> yards;
    final int latestMillis;
    final double millisPerMetre;
    final double maxMetres;
    final boolean evenGround;
    private final Terrain land;

    private Reach(
            Ground ground,
            List<Station> stations,
            TravelSurface surface,
            List<Points> places,
            long[][] exact,
            @Nullable EdgeTimes times,
            @Nullable Supplier<EdgeTimes> usual,
            List<Source> sources,
            List<Yard> yards,
            int latestMillis,
            boolean evenGround,
            Terrain land) {
        this.ground = ground;
        this.stations = stations;
        this.surface = surface;
        this.places = places;
        this.exact = exact;
        this.times = times;
        this.usual = usual;
        this.sources = sources;
        this.yards = yards;
        this.latestMillis = latestMillis;
        this.evenGround = evenGround;
        this.land = land;
        millisPerMetre = surface.millisPerMetre;
        maxMetres = surface.maxMetres;
    }

    /** The exact times may go on beyond the bands up to a latest time. */
    static Reach of(
            Ground ground,
            CircleRequest request,
            Located located,
            List<Points> places,
            int latestMillis,
            int @Nullable [] usualMillis) {
        Terrain terrain = ground.terrain(request);
        return new Making(ground, request, located, places, terrain, latestMillis).made(usualMillis);
    }

    /** The exact time of a place over other road times, as if nothing of a scenario barred the straight walk. */
    long over(EdgeTimes other, int set, int place) {
        Near near = places.get(set).near[place];
        if (land == Terrain.EVEN) return near.best(other, millisPerMetre, maxMetres);
        float[] factor = places.get(set).factors(land, ground.access.plane)[place];
        return near.best(other, millisPerMetre, maxMetres, 0, factor, land.least(), k -> true);
    }

    /** Whoever of the two is earlier; the other's stations are counted on. */
    Reach or(Reach other) {
        int before = stations.size();
        List<Station> all = new ArrayList<>(stations);
        all.addAll(other.stations);
        long[][] earliest = new long[exact.length][];
        for (int set = 0; set < exact.length; set++) {
            earliest[set] = exact[set].clone();
            for (int i = 0; i < earliest[set].length; i++) {
                long second = other.exact[set][i];
                if (second != EdgeTimes.NONE) earliest[set][i] = Math.min(earliest[set][i], second + before);
            }
        }
        return new Reach(
                ground,
                all,
                TravelSurface.earlier(surface, other.surface, before),
                places,
                earliest,
                null,
                usual,
                sources,
                yards,
                latestMillis,
                evenGround && other.evenGround,
                land);
    }

    /**
     * Several kinds together, each against its own limit.
     *
     * @param every whether all kinds must be in time, or one is enough
     * @param names one pseudo station a kind
     */
    static Reach together(List<Reach> kinds, int[] limitMillis, boolean every, List<Station> names) {
        Reach first = kinds.get(0);
        long[][] decided = new long[first.exact.length][];
        long[] arrivals = new long[kinds.size()];
        for (int set = 0; set < decided.length; set++) {
            decided[set] = new long[first.exact[set].length];
            for (int i = 0; i < decided[set].length; i++) {
                for (int k = 0; k < arrivals.length; k++) arrivals[k] = kinds.get(k).exact[set][i];
                decided[set][i] = TravelSurface.together(arrivals, limitMillis, every);
            }
        }
        return new Reach(
                first.ground,
                names,
                TravelSurface.together(kinds.stream().map(k -> k.surface).toList(), limitMillis, every),
                first.places,
                decided,
                null,
                null,
                List.of(),
                List.of(),
                first.latestMillis,
                false,
                first.land);
    }

    /** One reach being worked out. */
    private static final class Making {
        private final Ground ground;
        private final CircleRequest request;
        private final Located located;
        private final List<Points> places;
        private final Terrain terrain;
        private final int latestMillis;
        private final EdgeTimes times;
        private final double millisPerMetre;
        private final double maxMetres;

        Making(
                Ground ground,
                CircleRequest request,
                Located located,
                List<Points> places,
                Terrain terrain,
                int latestMillis) {
            this.ground = ground;
            this.request = request;
            this.located = located;
            this.places = places;
            this.terrain = terrain;
            this.latestMillis = latestMillis;
            millisPerMetre = request.offRoad().millisPerMetre();
            maxMetres = request.offRoad().maxMetres();
            times = times(request.keyMillis(), request.cuts());
        }

        private EdgeTimes times(int[] keyMillis, Cuts cuts) {
            RoadGraph graph = ground.access.plane.graph;
            return new EdgeTimes(
                    graph,
                    keyMillis,
                    located.sources(),
                    request.direction(),
                    Sweep.run(graph, keyMillis, cuts, located.sources(), request.direction(), latestMillis));
        }

        Reach made(int @Nullable [] usualMillis) {
            // The second core works out the exact times while this one makes the surface.
            ForkJoinTask<long[][]> exact = ForkJoinPool.commonPool()
                    .submit(() -> places.stream().map(this::exact).toArray(long[][]::new));
            TravelSurface surface = TravelSurface.of(
                    ground.access, times, located.yards(), terrain, millisPerMetre, maxMetres, latestOnFoot());
            long[][] arrivals = exact.join();
            for (int set = 0; set < arrivals.length; set++) overTheSurface(places.get(set), arrivals[set], surface);
            return new Reach(
                    ground,
                    located.stations(),
                    surface,
                    places,
                    arrivals,
                    times,
                    usualMillis == null ? null : () -> times(usualMillis, Cuts.NONE),
                    located.sources(),
                    located.yards(),
                    latestMillis,
                    terrain == Terrain.EVEN,
                    ground.terrain(request.direction()));
        }

        /**
         * The map needs the widest band and a step beyond; ways round a barrier are wanted for villages outside it too.
         */
        private int latestOnFoot() {
            return terrain == Terrain.EVEN
                    ? request.widestMillis() + (int) Math.ceil(2 * millisPerMetre * ground.grid.cellMetres)
                    : latestMillis;
        }

        private long[] exact(Points points) {
            Terrain land = ground.terrain(request.direction());
            float[][] factors = land == Terrain.EVEN ? null : points.factors(land, ground.access.plane);
            long[] all = new long[points.count()];
            RoadAccess.Floor earliest = ground.access.new Floor(times);
            for (int i = 0; i < all.length; i++) {
                Near near = points.near[i];
                int p = i;
                if (terrain instanceof Barrier barrier && barrier.inside(points.x[i], points.y[i])) {
                    all[i] = EdgeTimes.NONE;
                    continue;
                }
                int floor = near.count() == 0 ? 0 : earliest.millis(points.x[i], points.y[i], maxMetres);
                if (terrain == Terrain.EVEN) all[i] = near.best(times, millisPerMetre, maxMetres, floor);
                else {
                    float[] factor = factors == null ? null : factors[i];
                    all[i] = near.best(
                            times, millisPerMetre, maxMetres, floor, factor, terrain.least(), k -> free(points, p, k));
                }
                all[i] = Math.min(all[i], fromYards(points, i));
            }
            return all;
        }

        private long fromYards(Points points, int point) {
            long best = EdgeTimes.NONE;
            for (Yard yard : located.yards()) {
                double metres = yard.metresTo(points.x[point], points.y[point]);
                if (metres > maxMetres) continue;
                float factor = terrain.straight(yard.x(), yard.y(), points.x[point], points.y[point]);
                if (factor == Terrain.BARRED) continue;
                long walk = (long) Math.ceil(metres * millisPerMetre * factor);
                best = Math.min(best, EdgeTimes.packed(yard.startMillis() + walk, yard.station()));
            }
            return best;
        }

        private boolean free(Points points, int point, int k) {
            if (!(terrain instanceof Barrier barrier)) return true;
            Near near = points.near[point];
            RoadPlane plane = ground.access.plane;
            double[] road = plane.pointAt(near.edge[k], near.fraction[k]);
            return !barrier.crosses(road[0] + plane.originX, road[1] + plane.originY, points.x[point], points.y[point]);
        }

        /** Where the straight way is barred or steep, people may still come over the surface. */
        private void overTheSurface(Points points, long[] straight, TravelSurface surface) {
            if (terrain == Terrain.EVEN) return;
            for (int i = 0; i < straight.length; i++) {
                int cell = ground.grid.cellAt(points.x[i], points.y[i]);
                if (cell < 0 || surface.arrival[cell] == EdgeTimes.NONE) continue;
                double x = ground.grid.x(cell % ground.grid.cols);
                double y = ground.grid.y(cell / ground.grid.cols);
                double metres = Math.hypot(points.x[i] - x, points.y[i] - y);
                if (surface.walked[cell] + metres > maxMetres) continue;
                float factor = terrain.straight(x, y, points.x[i], points.y[i]);
                if (factor == Terrain.BARRED) continue;
                long walk = (long) Math.ceil(metres * millisPerMetre * factor);
                straight[i] = Math.min(straight[i], surface.arrival[cell] + (walk << 32));
            }
        }
    }
}
