package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.anquan.coverage.CircleAnswer.Accuracy;
import org.anquan.coverage.CircleAnswer.Area;
import org.anquan.coverage.CircleAnswer.Band;
import org.anquan.coverage.CircleAnswer.Covered;
import org.anquan.coverage.CircleAnswer.RasterShare;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Contours.Shape;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Source;
import org.anquan.network.TravelProfile;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/**
 * The rescue circle: where help from a set of stations reaches in so many minutes, who lives there, and who is left out
 * and why.
 *
 * <p>One sweep over the road graph gives every junction its time and its station. From the roads a surface of travel
 * time goes on, on foot; the bands are its contours. Villages are judged by their exact time over the network and a
 * straight walk, not by the map, and the answer says by how much the two differ.
 */
final class RescueCircle {
    private final CoverageSettings settings;
    private final Ground.Cache grounds;

    RescueCircle(CoverageSettings settings) {
        this.settings = settings;
        grounds = new Ground.Cache(settings);
    }

    Ground.Cache grounds() {
        return grounds;
    }

    /**
     * @throws ProblemException invalid where no station is left, or where one given in the request is too far from any
     *     road
     */
    CircleAnswer answer(
            RoadNetwork network, CircleRequest request, Villages villages, @Nullable PopulationRaster raster) {
        if (request.stations().isEmpty()) throw ProblemException.invalid("coverage.noStations");
        Ground ground = grounds.of(network, request.profile(), request.offRoad());
        List<Text> warnings = new ArrayList<>();
        Located located = located(network, request, ground, warnings);
        RoadGraph graph = network.graph();
        int latestMillis =
                (int) Math.min(Integer.MAX_VALUE / 2, settings.latest().toMillis());
        EdgeTimes times = new EdgeTimes(
                graph,
                request.keyMillis(),
                located.sources,
                request.direction(),
                Sweep.run(graph, request.keyMillis(), located.sources, request.direction(), latestMillis));
        return new Answering(request, located, ground, times, villages, raster, warnings, latestMillis).answer();
    }

    /** Stations that stand at a road, and their sources for the sweep, in the same order. */
    private record Located(List<Station> stations, List<Source> sources) {}

    private Located located(RoadNetwork network, CircleRequest request, Ground ground, List<Text> warnings) {
        List<Station> stations = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        List<String> farFromLayer = new ArrayList<>();
        List<String> onClosedRoad = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        double limit = settings.station().maxRoadMetres();
        double millisPerMetre = accessMillisPerMetre(request);
        RoadAccess.Finder finder = ground.access.new Finder();
        for (Station station : request.stations()) {
            Optional<Snap> snap = snap(network, request.profile(), ground, finder, station, limit);
            if (snap.isEmpty()) {
                if (station.where() == null) farFromLayer.add(station.name());
                else mistakes.add(new Mistake(station.where(), Text.of("coverage.stationFar", station.name(), limit)));
                continue;
            }
            if (closed(request.keyMillis(), snap.get().edge())) onClosedRoad.add(station.name());
            stations.add(station);
            double access = Math.ceil(snap.get().metresAway() * millisPerMetre);
            sources.add(new Source(snap.get(), (int) (station.turnoutSeconds() * 1000L + (long) access)));
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("coverage.stationsFar", mistakes.size(), limit)
                    .withMistakes(mistakes);
        if (stations.isEmpty()) throw ProblemException.invalid("coverage.allStationsFar", farFromLayer, limit);
        if (!farFromLayer.isEmpty()) warnings.add(Text.of("coverage.stationsLeftOut", farFromLayer, limit));
        if (!onClosedRoad.isEmpty()) warnings.add(Text.of("coverage.stationsOnClosedRoad", onClosedRoad));
        return new Located(stations, sources);
    }

    private double accessMillisPerMetre(CircleRequest request) {
        double kmh = settings.station().accessSpeedKmh();
        if (request.profile() == TravelProfile.FOOT)
            kmh = Math.min(kmh, request.offRoad().speedKmh());
        return 3600 / kmh;
    }

    private static boolean closed(int[] keyMillis, int edge) {
        return keyMillis[2 * edge] == RoadGraph.CLOSED && keyMillis[2 * edge + 1] == RoadGraph.CLOSED;
    }

    /**
     * The road that a station stands at. Where the nearest is one that a yard cannot open on (an expressway, a bridge),
     * the nearest other one that hangs together with it.
     */
    private static Optional<Snap> snap(
            RoadNetwork network,
            TravelProfile profile,
            Ground ground,
            RoadAccess.Finder finder,
            Station station,
            double limit) {
        Optional<Snap> first = network.snap(station.lon(), station.lat(), profile, limit);
        RoadAccess access = ground.access;
        if (first.isEmpty() || access.open(first.get().edge())) return first;
        double[] at = ground.grid.crs().toMetres(station.lon(), station.lat());
        Near near = finder.within(at[0], at[1], limit);
        int i = access.nearestConnected(near, first.get().edge());
        if (i < 0) return Optional.empty();
        double[] road = access.plane.pointAt(near.edge[i], near.fraction[i]);
        double[] lonLat = ground.grid.crs().toLonLat(road[0] + access.plane.originX, road[1] + access.plane.originY);
        return Optional.of(new Snap(near.edge[i], near.fraction[i], near.metres[i], lonLat[0], lonLat[1]));
    }

    /** One question being answered, after the sweep. */
    private static final class Answering {
        private final CircleRequest request;
        private final Located located;
        private final Ground ground;
        private final EdgeTimes times;
        private final Villages villages;
        private final @Nullable PopulationRaster raster;
        private final List<Text> warnings;
        private final double millisPerMetre;
        private final double maxMetres;
        private final Terrain terrain;
        private final int latestMillis;
        private final List<OneWayYard> oneWayYards;

        Answering(
                CircleRequest request,
                Located located,
                Ground ground,
                EdgeTimes times,
                Villages villages,
                @Nullable PopulationRaster raster,
                List<Text> warnings,
                int latestMillis) {
            this.latestMillis = latestMillis;
            this.request = request;
            this.located = located;
            this.ground = ground;
            this.times = times;
            this.villages = villages;
            this.raster = raster;
            this.warnings = warnings;
            millisPerMetre = request.offRoad().millisPerMetre();
            maxMetres = request.offRoad().maxMetres();
            terrain = request.impassable().isEmpty() ? Terrain.EVEN : new Barrier(ground.grid, request.impassable());
            oneWayYards = oneWayYards();
        }

        CircleAnswer answer() {
            Points villagePoints = ground.villages(villages);
            Points samples = ground.samples();
            // The second core works out the exact times while this one makes the surface.
            ForkJoinTask<long[][]> exact =
                    ForkJoinPool.commonPool().submit(() -> new long[][] {exact(villagePoints), exact(samples)});
            TravelSurface surface =
                    TravelSurface.of(ground.access, times, terrain, millisPerMetre, maxMetres, latestOnFoot());
            ForkJoinTask<List<Shape>> smaller = ForkJoinPool.commonPool().submit(() -> smallerBands(surface));
            Contours.Partition widest = Contours.partition(surface, request.widestMillis(), located.stations.size());
            List<Shape> shapes = new ArrayList<>(smaller.join());
            shapes.add(widest.whole());
            long[] villageTimes = aroundBarriers(villagePoints, exact.join()[0], surface);
            long[] sampleTimes = aroundBarriers(samples, exact.join()[1], surface);
            People people = new People(surface, villageTimes);
            if (ground.coarse) warnings.add(Text.of("coverage.coarseGrid", ground.grid.cellMetres));
            return new CircleAnswer(
                    bands(shapes, people),
                    areas(widest.parts(), people),
                    covered(widest.whole(), people),
                    uncovered(villagePoints, villageTimes),
                    accuracy(shapes, samples, sampleTimes, villagePoints, villageTimes),
                    widest.whole().geometry(),
                    warnings);
        }

        /**
         * The map needs the widest band and a step beyond; ways round a barrier are wanted for villages outside it too.
         */
        private int latestOnFoot() {
            return terrain == Terrain.EVEN
                    ? request.widestMillis() + (int) Math.ceil(2 * millisPerMetre * ground.grid.cellMetres)
                    : latestMillis;
        }

        private List<Shape> smallerBands(TravelSurface surface) {
            List<Shape> shapes = new ArrayList<>();
            for (int minutes : request.minutes().subList(0, request.minutes().size() - 1))
                shapes.add(Contours.band(surface, minutes * 60_000));
            return shapes;
        }

        private long[] exact(Points points) {
            long[] all = new long[points.count()];
            for (int i = 0; i < all.length; i++) {
                Near near = points.near[i];
                int p = i;
                if (terrain instanceof Barrier barrier)
                    all[i] = near.best(times, millisPerMetre, maxMetres, k -> free(barrier, points, p, k));
                else all[i] = Math.min(near.best(times, millisPerMetre, maxMetres), fromOneWayYards(points, i));
            }
            return all;
        }

        /**
         * On a one-way street the closest point may lie before the yard, a long way round; the yard itself is where one
         * gets off then.
         */
        private long fromOneWayYards(Points points, int point) {
            long best = EdgeTimes.NONE;
            for (OneWayYard yard : oneWayYards) {
                double metres = yard.metresTo(points.x[point], points.y[point]);
                if (metres > maxMetres) continue;
                long walk = (long) Math.ceil(metres * millisPerMetre);
                best = Math.min(best, EdgeTimes.packed(yard.startMillis + walk, yard.station));
            }
            return best;
        }

        private record OneWayYard(int station, double x, double y, int startMillis) {
            double metresTo(double toX, double toY) {
                return Math.sqrt((x - toX) * (x - toX) + (y - toY) * (y - toY));
            }
        }

        private List<OneWayYard> oneWayYards() {
            List<OneWayYard> yards = new ArrayList<>();
            for (int s = 0; s < located.sources.size(); s++) {
                Source source = located.sources.get(s);
                int edge = source.at().edge();
                if (request.keyMillis()[2 * edge] != RoadGraph.CLOSED
                        && request.keyMillis()[2 * edge + 1] != RoadGraph.CLOSED) continue;
                RoadPlane plane = ground.access.plane;
                double[] at = plane.pointAt(edge, source.at().fraction());
                yards.add(new OneWayYard(s, at[0] + plane.originX, at[1] + plane.originY, source.startMillis()));
            }
            return yards;
        }

        private boolean free(Barrier barrier, Points points, int point, int k) {
            Near near = points.near[point];
            RoadPlane plane = ground.access.plane;
            double[] road = plane.pointAt(near.edge[k], near.fraction[k]);
            return barrier.free(points.x[point], points.y[point], road[0] + plane.originX, road[1] + plane.originY);
        }

        /** Where straight ways are barred, people may still come round over the surface. */
        private long[] aroundBarriers(Points points, long[] straight, TravelSurface surface) {
            if (!(terrain instanceof Barrier)) return straight;
            for (int i = 0; i < straight.length; i++) {
                int cell = ground.grid.cellAt(points.x[i], points.y[i]);
                if (cell < 0 || surface.arrival[cell] == EdgeTimes.NONE) continue;
                double dx = points.x[i] - ground.grid.x(cell % ground.grid.cols);
                double dy = points.y[i] - ground.grid.y(cell / ground.grid.cols);
                long walk = (long) Math.ceil(Math.sqrt(dx * dx + dy * dy) * millisPerMetre);
                straight[i] = Math.min(straight[i], surface.arrival[cell] + (walk << 32));
            }
            return straight;
        }

        /** People and villages within a time, of all or of one station, in one pass each over villages and cells. */
        private final class People {
            final long[] villageTimes;
            private final int bands = request.minutes().size();
            private final int[] limits =
                    request.minutes().stream().mapToInt(m -> m * 60_000).toArray();
            /** By band, then by station in the widest band. */
            final long[] people = new long[bands + located.stations.size()];

            final int[] count = new int[people.length];
            final double[] rasterPeople = new double[people.length];
            double rasterTotal;
            int unknownCovered;

            People(TravelSurface surface, long[] villageTimes) {
                this.villageTimes = villageTimes;
                for (int v = 0; v < villageTimes.length; v++) {
                    Long known = villages.all().get(v).people();
                    if (add(villageTimes[v], known == null ? 0 : known) && known == null) unknownCovered++;
                }
                if (raster == null) return;
                float[] inCell = ground.people(raster);
                for (int cell = 0; cell < inCell.length; cell++) {
                    if (inCell[cell] == 0) continue;
                    rasterTotal += inCell[cell];
                    long arrival = surface.arrival[cell];
                    if (arrival == EdgeTimes.NONE) continue;
                    for (int b = bands - 1; b >= 0 && EdgeTimes.millis(arrival) <= limits[b]; b--)
                        rasterPeople[b] += inCell[cell];
                    if (EdgeTimes.millis(arrival) <= limits[bands - 1])
                        rasterPeople[bands + EdgeTimes.source(arrival)] += inCell[cell];
                }
            }

            private boolean add(long arrival, long known) {
                if (!within(arrival, limits[bands - 1])) return false;
                for (int b = bands - 1; b >= 0 && within(arrival, limits[b]); b--) {
                    people[b] += known;
                    count[b]++;
                }
                people[bands + EdgeTimes.source(arrival)] += known;
                count[bands + EdgeTimes.source(arrival)]++;
                return true;
            }

            @Nullable
            Long people(long number) {
                return villages.all().isEmpty() ? null : number;
            }

            @Nullable
            Long raster(double number) {
                return raster == null ? null : Math.round(number);
            }
        }

        private static boolean within(long arrival, int limitMillis) {
            return arrival != EdgeTimes.NONE && EdgeTimes.millis(arrival) <= limitMillis;
        }

        private List<Band> bands(List<Shape> shapes, People people) {
            List<Band> bands = new ArrayList<>();
            for (int b = 0; b < shapes.size(); b++) {
                boolean ring = request.rings() && b > 0;
                Shape shape = shapes.get(b);
                Shape smaller = ring ? shapes.get(b - 1) : Shape.EMPTY;
                bands.add(new Band(
                        request.minutes().get(b),
                        ring ? request.minutes().get(b - 1) : 0,
                        ring ? Contours.without(shape.geometry(), smaller.geometry()) : shape.geometry(),
                        shape.areaSquareMetres() - smaller.areaSquareMetres(),
                        people.count[b] - (ring ? people.count[b - 1] : 0),
                        people.people(people.people[b] - (ring ? people.people[b - 1] : 0)),
                        people.raster(people.rasterPeople[b] - (ring ? people.rasterPeople[b - 1] : 0))));
            }
            return bands;
        }

        private List<Area> areas(List<Shape> parts, People people) {
            List<Area> areas = new ArrayList<>();
            int bands = request.minutes().size();
            for (int s = 0; s < parts.size(); s++) {
                Station station = located.stations.get(s);
                areas.add(new Area(
                        station.id(),
                        station.name(),
                        station.turnoutSeconds(),
                        parts.get(s).geometry(),
                        parts.get(s).areaSquareMetres(),
                        people.count[bands + s],
                        people.people(people.people[bands + s]),
                        people.raster(people.rasterPeople[bands + s])));
            }
            return areas;
        }

        private Covered covered(Shape widest, People people) {
            int last = request.minutes().size() - 1;
            RasterShare share = raster == null
                    ? null
                    : new RasterShare(
                            raster.source(),
                            Math.round(people.rasterPeople[last]),
                            Math.round(people.rasterTotal),
                            share(people.rasterPeople[last], people.rasterTotal));
            boolean fromVillages = !villages.all().isEmpty();
            if (!fromVillages) warnings.add(Text.of("coverage.noVillages", villages.layer()));
            int unknown = villages.withUnknownPeople();
            if (unknown > 0)
                warnings.add(Text.of(
                        "coverage.peopleUnknown", unknown, villages.all().size()));
            Long number = fromVillages ? people.people(people.people[last]) : share == null ? null : share.people();
            Long total = fromVillages
                    ? Long.valueOf(villages.peopleKnown())
                    : share == null ? null : Long.valueOf(share.total());
            return new Covered(
                    fromVillages ? "villages" : share == null ? "none" : "raster",
                    number,
                    total,
                    number == null || total == null ? null : share(number, total),
                    widest.areaSquareMetres(),
                    people.count[last],
                    villages.all().size(),
                    people.unknownCovered,
                    share);
        }

        private static @Nullable Double share(double part, double whole) {
            return whole > 0 ? part / whole : null;
        }

        private List<Uncovered> uncovered(Points points, long[] arrivals) {
            List<Uncovered> all = new ArrayList<>();
            for (int v = 0; v < arrivals.length; v++)
                if (!within(arrivals[v], request.widestMillis()))
                    all.add(uncovered(villages.all().get(v), points.near[v], arrivals[v]));
            // Most people first; those that nobody knows after them.
            all.sort(Comparator.comparingLong((Uncovered one) -> one.people() == null ? 1 : -one.people())
                    .thenComparing(Uncovered::id));
            return all;
        }

        private Uncovered uncovered(Village village, Near near, long arrival) {
            Double seconds = null;
            String facility = null;
            String code;
            String reason;
            Text text;
            if (arrival != EdgeTimes.NONE) {
                int millis = EdgeTimes.millis(arrival);
                seconds = millis / 1000.0;
                facility = located.stations.get(EdgeTimes.source(arrival)).id();
                int minutes = (int) Math.max(1, Math.ceil((millis - request.widestMillis()) / 60_000.0));
                code = "beyond_limit";
                reason = "beyond the limit by " + minutes + " min";
                text = Text.of("coverage.reason.beyond_limit", minutes);
            } else if (near.count() == 0 || near.metres[0] > maxMetres) {
                long metres = Math.round(maxMetres);
                code = "no_road";
                reason = "no road within " + metres + " m";
                text = Text.of("coverage.reason.no_road", metres);
            } else {
                code = "not_connected";
                reason = "not connected";
                text = Text.of("coverage.reason.not_connected");
            }
            return new Uncovered(
                    village.id(),
                    village.name(),
                    village.people(),
                    seconds,
                    facility,
                    reason,
                    code,
                    text,
                    village.lon(),
                    village.lat());
        }

        private Accuracy accuracy(
                List<Shape> bands, Points samples, long[] sampleTimes, Points villagePoints, long[] villageTimes) {
            Measured measured = new Measured();
            measured.add(bands, samples, sampleTimes);
            int before = measured.different;
            measured.add(bands, villagePoints, villageTimes);
            int villagesDifferent = measured.different - before;
            if (villagesDifferent > 0) warnings.add(Text.of("coverage.mapDisagrees", villagesDifferent));
            int all = samples.count() + villagePoints.count();
            return new Accuracy(
                    all,
                    all == 0 ? 1 : 1 - measured.different / (double) all,
                    Math.max(measured.tooEarlyMillis, measured.tooLateMillis) / 1000,
                    measured.tooEarlyMillis / 1000,
                    measured.tooLateMillis / 1000,
                    villagePoints.count(),
                    villagesDifferent,
                    ground.grid.cellMetres);
        }

        /** Compares the bands on the map with exact times. */
        private final class Measured {
            int different;
            double tooEarlyMillis;
            double tooLateMillis;

            void add(List<Shape> bands, Points points, long[] exact) {
                int[] onMap = new int[points.count()];
                for (int b = bands.size() - 1; b >= 0; b--) {
                    boolean[] inside = points.inside(bands.get(b).geometry());
                    for (int p = 0; p < onMap.length; p++) if (!inside[p]) onMap[p] = Math.max(onMap[p], b + 1);
                }
                for (int p = 0; p < onMap.length; p++) {
                    int truly = bands.size();
                    while (truly > 0 && within(exact[p], limit(truly - 1))) truly--;
                    if (onMap[p] == truly) continue;
                    different++;
                    boolean early = onMap[p] < truly;
                    double wrong = wrong(points, p, exact[p], limit(early ? onMap[p] : onMap[p] - 1));
                    if (early) tooEarlyMillis = Math.max(tooEarlyMillis, wrong);
                    else tooLateMillis = Math.max(tooLateMillis, wrong);
                }
            }

            private int limit(int band) {
                return request.minutes().get(band) * 60_000;
            }

            private double wrong(Points points, int p, long exact, int limitMillis) {
                double margin = points.near[p].marginMillis(times, millisPerMetre, maxMetres, limitMillis);
                for (OneWayYard yard : oneWayYards) {
                    double metres = yard.metresTo(points.x[p], points.y[p]);
                    double late = yard.startMillis + metres * millisPerMetre - limitMillis;
                    margin = Math.min(margin, Math.max(late, (metres - maxMetres) * millisPerMetre));
                }
                if (Double.isInfinite(margin) || terrain != Terrain.EVEN)
                    margin = exact == EdgeTimes.NONE
                            ? millisPerMetre * ground.grid.cellMetres
                            : EdgeTimes.millis(exact) - (double) limitMillis;
                return Math.abs(margin);
            }
        }
    }
}
