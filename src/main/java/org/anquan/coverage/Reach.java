package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.RoadAccess.Near;
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
            boolean evenGround) {
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
        Terrain terrain =
                request.impassable().isEmpty() ? Terrain.EVEN : new Barrier(ground.grid, request.impassable());
        return new Making(ground, request, located, places, terrain, latestMillis).made(usualMillis);
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
                evenGround && other.evenGround);
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
                false);
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
            times = times(request.keyMillis());
        }

        private EdgeTimes times(int[] keyMillis) {
            RoadGraph graph = ground.access.plane.graph;
            return new EdgeTimes(
                    graph,
                    keyMillis,
                    located.sources(),
                    request.direction(),
                    Sweep.run(graph, keyMillis, located.sources(), request.direction(), latestMillis));
        }

        Reach made(int @Nullable [] usualMillis) {
            // The second core works out the exact times while this one makes the surface.
            ForkJoinTask<long[][]> exact = ForkJoinPool.commonPool()
                    .submit(() -> places.stream().map(this::exact).toArray(long[][]::new));
            TravelSurface surface = TravelSurface.of(
                    ground.access,
                    times,
                    request.byAir() ? located.yards() : List.of(),
                    terrain,
                    millisPerMetre,
                    maxMetres,
                    latestOnFoot());
            long[][] arrivals = exact.join();
            for (int set = 0; set < arrivals.length; set++) aroundBarriers(places.get(set), arrivals[set], surface);
            return new Reach(
                    ground,
                    located.stations(),
                    surface,
                    places,
                    arrivals,
                    times,
                    usualMillis == null ? null : () -> times(usualMillis),
                    located.sources(),
                    located.yards(),
                    latestMillis,
                    terrain == Terrain.EVEN);
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
            long[] all = new long[points.count()];
            for (int i = 0; i < all.length; i++) {
                Near near = points.near[i];
                int p = i;
                if (terrain instanceof Barrier barrier)
                    all[i] = near.best(times, millisPerMetre, maxMetres, k -> free(barrier, points, p, k));
                else all[i] = near.best(times, millisPerMetre, maxMetres);
                all[i] = Math.min(all[i], fromYards(points, i));
            }
            return all;
        }

        private long fromYards(Points points, int point) {
            long best = EdgeTimes.NONE;
            for (Yard yard : located.yards()) {
                double metres = yard.metresTo(points.x[point], points.y[point]);
                if (metres > maxMetres) continue;
                if (terrain instanceof Barrier barrier
                        && !barrier.free(points.x[point], points.y[point], yard.x(), yard.y())) continue;
                long walk = (long) Math.ceil(metres * millisPerMetre);
                best = Math.min(best, EdgeTimes.packed(yard.startMillis() + walk, yard.station()));
            }
            return best;
        }

        private boolean free(Barrier barrier, Points points, int point, int k) {
            Near near = points.near[point];
            RoadPlane plane = ground.access.plane;
            double[] road = plane.pointAt(near.edge[k], near.fraction[k]);
            return barrier.free(points.x[point], points.y[point], road[0] + plane.originX, road[1] + plane.originY);
        }

        /** Where straight ways are barred, people may still come round over the surface. */
        private void aroundBarriers(Points points, long[] straight, TravelSurface surface) {
            if (!(terrain instanceof Barrier)) return;
            for (int i = 0; i < straight.length; i++) {
                int cell = ground.grid.cellAt(points.x[i], points.y[i]);
                if (cell < 0 || surface.arrival[cell] == EdgeTimes.NONE) continue;
                double dx = points.x[i] - ground.grid.x(cell % ground.grid.cols);
                double dy = points.y[i] - ground.grid.y(cell / ground.grid.cols);
                long walk = (long) Math.ceil(Math.sqrt(dx * dx + dy * dy) * millisPerMetre);
                straight[i] = Math.min(straight[i], surface.arrival[cell] + (walk << 32));
            }
        }
    }
}
