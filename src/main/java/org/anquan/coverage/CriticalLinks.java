package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.anquan.coverage.StationQuestions.Way;
import org.anquan.geo.GeoJson;
import org.anquan.network.Cuts;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadGraph.Structure;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Sweep;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.Text;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * Which bridge, tunnel or road section would be missed most: the people who are in time now and would not be if it were
 * lost. Every candidate is judged exactly, none is sampled.
 *
 * <p>Help may come in several ways. Of one kind of help one way is enough: a bridge is not missed where a helicopter comes
 * in time. Of several kinds all must be in time, or one of them, as the circle has it.
 */
final class CriticalLinks {
    private final RoadNetwork network;
    private final RoadGraph graph;
    private final Villages villages;
    private final boolean every;
    private final List<OneWay> ways = new ArrayList<>();
    /** First and last+1 of the ways of each kind. */
    private final int[] firstWay;

    /** Stations beside roads only. */
    CriticalLinks(RoadNetwork network, Ground ground, CircleRequest request, Located located, Villages villages) {
        this(network, List.of(List.of(new Way(request, ground, located))), true, villages);
    }

    /**
     * @param kinds the ways of each kind of help
     * @param every whether a place needs all kinds in time, or one of them
     */
    CriticalLinks(RoadNetwork network, List<List<Way>> kinds, boolean every, Villages villages) {
        this.network = network;
        graph = network.graph();
        this.villages = villages;
        this.every = every;
        firstWay = new int[kinds.size() + 1];
        for (int k = 0; k < kinds.size(); k++) {
            for (Way way : kinds.get(k)) ways.add(new OneWay(way));
            firstWay[k + 1] = ways.size();
        }
    }

    /** One way in which help comes, and who is reached by it. */
    private final class OneWay {
        final Way way;
        final Points points;
        final Terrain walked;
        final LinkSearch search;
        /** Where people cross water beside a bridge only as long as it stands: by section. */
        final Map<Integer, List<Geometry>> gaps;

        OneWay(Way way) {
            this.way = way;
            Ground ground = way.ground();
            CircleRequest request = way.request();
            points = ground.villages(villages);
            walked = ground.terrain(request);
            gaps = ground.relief == null ? Map.of() : ground.relief.gaps();
            search = new LinkSearch(
                    ground,
                    request.keyMillis(),
                    request.cuts(),
                    way.located().sources(),
                    way.located().yards(),
                    request.direction(),
                    request.widestMillis(),
                    points,
                    walked,
                    request.offRoad().millisPerMetre(),
                    request.offRoad().maxMetres());
        }

        boolean inTime(int village) {
            return search.placeMillis(village) <= way.request().widestMillis();
        }

        boolean matters(Link link) {
            return search.matters(link.edges()) || Arrays.stream(link.edges()).anyMatch(gaps::containsKey);
        }

        /** The ground that nobody crosses on foot any more when a link is lost. */
        List<PreparedGeometry> gaps(Link link) {
            return Arrays.stream(link.edges())
                    .boxed()
                    .flatMap(e -> gaps.getOrDefault(e, List.of()).stream())
                    .map(PreparedGeometryFactory::prepare)
                    .toList();
        }

        /** Exact times of the villages without a link, {@link EdgeTimes#NONE} where there is no way left. */
        long[] without(Link link, List<Integer> of, int latestMillis) {
            int[] closed = way.request().keyMillis().clone();
            for (int e : link.edges()) {
                closed[2 * e] = RoadGraph.CLOSED;
                closed[2 * e + 1] = RoadGraph.CLOSED;
            }
            List<Sweep.Source> sources = way.located().sources();
            Sweep.Direction direction = way.request().direction();
            EdgeTimes times = new EdgeTimes(
                    graph,
                    closed,
                    sources,
                    direction,
                    Sweep.run(graph, closed, cutsWithout(link), sources, direction, latestMillis));
            List<PreparedGeometry> barred = gaps(link);
            return of.stream().mapToLong(v -> exact(times, v, barred)).toArray();
        }

        /** Sections that were cut before; a lost one is closed from end to end. */
        private Cuts cutsWithout(Link link) {
            Cuts cuts = way.request().cuts();
            SortedMap<Integer, Cuts.Cut> left = new TreeMap<>();
            for (int c = 0; c < cuts.count(); c++) {
                int edge = cuts.edge(c);
                if (Arrays.stream(link.edges()).noneMatch(e -> e == edge))
                    left.put(edge, new Cuts.Cut(cuts.millis(c, true), cuts.millis(c, false), cuts.blocks(c)));
            }
            return Cuts.of(left);
        }

        /** As the search counts it: slopes, land cover, water and closed areas on the straight walk. */
        private long exact(EdgeTimes times, int village, List<PreparedGeometry> barred) {
            long road = points.exact(
                    village,
                    times,
                    points.walks(walked, way.ground().access.plane),
                    walked.least(),
                    way.request().offRoad(),
                    piece -> !search.barred(village, piece, barred));
            long onFoot = search.onFoot(village, barred);
            return onFoot == Long.MAX_VALUE ? road : Math.min(road, EdgeTimes.packed(onFoot, 0));
        }
    }

    /** What may be lost. */
    enum Kind {
        BRIDGES,
        TUNNELS,
        SECTIONS
    }

    /**
     * A candidate.
     *
     * @param edges that are lost together
     */
    record Link(Kind kind, int[] edges) {}

    /** A candidate and who would be left out. */
    record Loss(Link link, long people, int villages, int villagesPeopleUnknown, List<Integer> lost) {}

    /** All losses, the greatest first, without those that nobody would miss. */
    record Ranking(List<Loss> losses, int candidates, int onFastestWays) {}

    int villagesInTime() {
        return (int)
                IntStream.range(0, villages.all().size()).filter(this::inTime).count();
    }

    long peopleInTime() {
        long sum = 0;
        for (int v = 0; v < villages.all().size(); v++) {
            Long people = villages.all().get(v).people();
            if (people != null && inTime(v)) sum += people;
        }
        return sum;
    }

    Ranking rank(List<Link> links, Progress progress) {
        List<Link> mattering = links.stream()
                .filter(link -> ways.stream().anyMatch(way -> way.matters(link)))
                .toList();
        Loss[] losses = new Loss[mattering.size()];
        AtomicInteger done = new AtomicInteger();
        int chunks = Math.max(1, Math.min(64, losses.length / 16));
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            Losing losing = new Losing();
            for (int i = chunk; i < losses.length; i += chunks) {
                if (progress.cancelled()) return;
                losses[i] = loss(mattering.get(i), losing.of(mattering.get(i)));
                int number = done.incrementAndGet();
                if (number % 256 == 0)
                    progress.report(
                            0.1 + 0.8 * number / losses.length,
                            Text.of("coverage.links.progress", number, losses.length));
            }
        });
        progress.stopIfCancelled();
        List<Loss> ranked = new ArrayList<>();
        for (Loss one : losses) if (one.villages() > 0) ranked.add(one);
        ranked.sort(Comparator.comparingLong(Loss::people)
                .thenComparingInt(Loss::villages)
                .reversed()
                .thenComparingInt(one -> one.link().edges()[0]));
        return new Ranking(ranked, links.size(), mattering.size());
    }

    private boolean inTime(int village) {
        return decided(way -> ways.get(way).inTime(village));
    }

    /** Of a kind one way in time is enough; of several kinds all are wanted, or one. */
    private boolean decided(IntPredicate wayInTime) {
        for (int k = 0; k + 1 < firstWay.length; k++)
            if (IntStream.range(firstWay[k], firstWay[k + 1]).anyMatch(wayInTime) != every) return !every;
        return every;
    }

    /** Works out who is lost; not for two threads at once. */
    private final class Losing {
        private final LinkSearch.Loss[] ofWay =
                ways.stream().map(way -> way.search.new Loss()).toArray(LinkSearch.Loss[]::new);
        private final int[][] lostIn = new int[ways.size()][villages.all().size()];
        private int round;

        List<Integer> of(Link link) {
            round++;
            List<Integer> any = new ArrayList<>();
            for (int w = 0; w < ofWay.length; w++)
                for (int v : ofWay[w].of(link.edges(), ways.get(w).gaps(link))) {
                    lostIn[w][v] = round;
                    any.add(v);
                }
            if (ofWay.length == 1) return any;
            return any.stream()
                    .distinct()
                    .filter(v -> inTime(v) && !decided(w -> ways.get(w).inTime(v) && lostIn[w][v] != round))
                    .toList();
        }
    }

    private Loss loss(Link link, List<Integer> lost) {
        long people = 0;
        int unknown = 0;
        for (int v : lost) {
            Long here = villages.all().get(v).people();
            if (here == null) unknown++;
            else people += here;
        }
        return new Loss(link, people, lost.size(), unknown, lost);
    }

    /**
     * A lost village: with which kind of help it was in time, and is no more.
     *
     * @param kind its number; of several that fail, the one that came first before
     * @param after packed as in {@link EdgeTimes}, {@link EdgeTimes#NONE} where there is no way left
     */
    record Late(int kind, double secondsNow, long after) {}

    /** When help of each kind comes to the villages without a link. */
    List<Late> without(Link link, List<Integer> of, int latestMillis) {
        long[][] after = new long[firstWay.length - 1][of.size()];
        for (int k = 0; k < after.length; k++) {
            Arrays.fill(after[k], EdgeTimes.NONE);
            for (OneWay way : ways.subList(firstWay[k], firstWay[k + 1])) {
                long[] times = way.without(link, of, latestMillis);
                for (int i = 0; i < times.length; i++) after[k][i] = Math.min(after[k][i], times[i]);
            }
        }
        List<Late> late = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) late.add(late(of.get(i), i, after));
        return late;
    }

    private Late late(int village, int i, long[][] after) {
        int kind = 0;
        int now = Integer.MAX_VALUE;
        for (int k = 0; k < after.length; k++) {
            int limit = ways.get(firstWay[k]).way.request().widestMillis();
            int before = millisNow(k, village);
            boolean fails = after[k][i] == EdgeTimes.NONE || EdgeTimes.millis(after[k][i]) > limit;
            if (before <= limit && fails && before < now) {
                kind = k;
                now = before;
            }
        }
        return new Late(kind, now / 1000.0, after[kind][i]);
    }

    private int millisNow(int kind, int village) {
        return ways.subList(firstWay[kind], firstWay[kind + 1]).stream()
                .mapToInt(way -> way.search.placeMillis(village))
                .min()
                .orElseThrow();
    }

    Village village(int village) {
        return villages.all().get(village);
    }

    String name(Link link) {
        for (int e : link.edges()) if (!network.edgeName(e).isBlank()) return network.edgeName(e);
        return "";
    }

    RoadClass roadClass(Link link) {
        return graph.edgeClass(link.edges()[0]);
    }

    List<String> roads(Link link) {
        return Arrays.stream(link.edges())
                .mapToObj(e -> "w" + graph.edgeRoad(e))
                .distinct()
                .toList();
    }

    double metres(Link link) {
        return Arrays.stream(link.edges()).mapToDouble(graph::edgeMetres).sum();
    }

    MultiLineString shape(Link link) {
        LineString[] lines = new LineString[link.edges().length];
        for (int i = 0; i < lines.length; i++) lines[i] = shape(graph, link.edges()[i]);
        return GeoJson.FACTORY.createMultiLineString(lines);
    }

    private static LineString shape(RoadGraph graph, int edge) {
        int first = graph.shapeFirst(edge);
        Coordinate[] all = new Coordinate[graph.shapeFirst(edge + 1) - first];
        for (int i = 0; i < all.length; i++)
            all[i] = new Coordinate(graph.shapeLon()[first + i], graph.shapeLat()[first + i]);
        return GeoJson.FACTORY.createLineString(all);
    }

    /**
     * The candidates: each road section that the profile may use; sections that one bridge or tunnel carries count as one
     * thing, and so do the twin bridges of a divided road (same name or same road, and hardly any space between).
     *
     * @param classes road classes that count; empty for all
     * @param within lon, lat, or null for everywhere
     */
    static List<Link> candidates(
            RoadNetwork network,
            int[] keyMillis,
            List<Kind> kinds,
            List<RoadClass> classes,
            @Nullable PreparedGeometry within,
            double twinMetres) {
        RoadGraph graph = network.graph();
        List<Link> links = new ArrayList<>();
        Map<String, List<Integer>> carried = new LinkedHashMap<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            if (keyMillis[2 * e] == RoadGraph.CLOSED && keyMillis[2 * e + 1] == RoadGraph.CLOSED) continue;
            if (!classes.isEmpty() && !classes.contains(graph.edgeClass(e))) continue;
            if (within != null && !within.intersects(shape(graph, e))) continue;
            Structure on = graph.edgeStructure(e);
            if (kinds.contains(Kind.SECTIONS)) links.add(new Link(Kind.SECTIONS, new int[] {e}));
            boolean wanted = (on == Structure.BRIDGE && kinds.contains(Kind.BRIDGES))
                    || (on == Structure.TUNNEL && kinds.contains(Kind.TUNNELS));
            if (!wanted) continue;
            String name = network.edgeName(e);
            String word = name.isBlank() ? "w" + graph.edgeRoad(e) : "n" + name;
            carried.computeIfAbsent(on + word, w -> new ArrayList<>()).add(e);
        }
        for (List<Integer> alike : carried.values()) together(graph, alike, twinMetres, links);
        return links;
    }

    private static void together(RoadGraph graph, List<Integer> alike, double twinMetres, List<Link> links) {
        int[] group = IntStream.range(0, alike.size()).toArray();
        List<Envelope> boxes = new ArrayList<>();
        for (int e : alike) {
            Envelope box = new Envelope(shape(graph, e).getEnvelopeInternal());
            double degrees = twinMetres / 111_000;
            box.expandBy(degrees / 2 / Math.max(0.1, Math.cos(Math.toRadians(box.getMinY()))), degrees / 2);
            boxes.add(box);
        }
        for (int i = 0; i < group.length; i++)
            for (int j = 0; j < i; j++) if (boxes.get(i).intersects(boxes.get(j))) join(group, i, j);
        Map<Integer, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < group.length; i++)
            groups.computeIfAbsent(root(group, i), g -> new ArrayList<>()).add(alike.get(i));
        Kind kind = graph.edgeStructure(alike.get(0)) == Structure.BRIDGE ? Kind.BRIDGES : Kind.TUNNELS;
        for (List<Integer> one : groups.values())
            links.add(new Link(kind, one.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static int root(int[] group, int i) {
        int at = i;
        while (group[at] != at) at = group[at];
        return at;
    }

    private static void join(int[] group, int i, int j) {
        group[root(group, i)] = root(group, j);
    }
}
