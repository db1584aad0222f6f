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
import java.util.stream.IntStream;
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
 */
final class CriticalLinks {
    private final RoadNetwork network;
    private final RoadGraph graph;
    private final Ground ground;
    private final CircleRequest request;
    private final Located located;
    private final Villages villages;
    private final Points points;
    private final LinkSearch search;
    private final Terrain walked;
    /** Where people cross water beside a bridge only as long as it stands: by section. */
    private final Map<Integer, List<Geometry>> gaps;

    CriticalLinks(RoadNetwork network, Ground ground, CircleRequest request, Located located, Villages villages) {
        this.network = network;
        graph = network.graph();
        this.ground = ground;
        this.request = request;
        this.located = located;
        this.villages = villages;
        points = ground.villages(villages);
        double millisPerMetre = request.offRoad().millisPerMetre();
        walked = ground.terrain(request);
        gaps = ground.relief == null ? Map.of() : ground.relief.gaps();
        search = new LinkSearch(
                ground,
                request.keyMillis(),
                request.cuts(),
                located.sources(),
                request.direction(),
                request.widestMillis(),
                points,
                walked,
                millisPerMetre,
                request.offRoad().maxMetres());
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
        return (int) IntStream.range(0, points.count())
                .filter(v -> search.placeMillis(v) <= request.widestMillis())
                .count();
    }

    long peopleInTime() {
        long sum = 0;
        for (int v = 0; v < points.count(); v++) {
            Long people = villages.all().get(v).people();
            if (people != null && search.placeMillis(v) <= request.widestMillis()) sum += people;
        }
        return sum;
    }

    Ranking rank(List<Link> links, Progress progress) {
        List<Link> mattering = links.stream().filter(this::matters).toList();
        Loss[] losses = new Loss[mattering.size()];
        AtomicInteger done = new AtomicInteger();
        int chunks = Math.max(1, Math.min(64, losses.length / 16));
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            LinkSearch.Loss loss = search.new Loss();
            for (int i = chunk; i < losses.length; i += chunks) {
                if (progress.cancelled()) return;
                losses[i] = loss(mattering.get(i), loss.of(mattering.get(i).edges(), gaps(mattering.get(i))));
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

    private boolean matters(Link link) {
        return search.matters(link.edges()) || Arrays.stream(link.edges()).anyMatch(gaps::containsKey);
    }

    /** The ground that nobody crosses on foot any more when a link is lost. */
    private List<PreparedGeometry> gaps(Link link) {
        return Arrays.stream(link.edges())
                .boxed()
                .flatMap(e -> gaps.getOrDefault(e, List.of()).stream())
                .map(PreparedGeometryFactory::prepare)
                .toList();
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

    /** Exact times of the villages without a link, {@link EdgeTimes#NONE} where there is no way left. */
    long[] without(Link link, List<Integer> of, int latestMillis) {
        int[] closed = request.keyMillis().clone();
        for (int e : link.edges()) {
            closed[2 * e] = RoadGraph.CLOSED;
            closed[2 * e + 1] = RoadGraph.CLOSED;
        }
        EdgeTimes times = new EdgeTimes(
                graph,
                closed,
                located.sources(),
                request.direction(),
                Sweep.run(graph, closed, cutsWithout(link), located.sources(), request.direction(), latestMillis));
        List<PreparedGeometry> barred = gaps(link);
        return of.stream().mapToLong(v -> exact(times, v, barred)).toArray();
    }

    /** Sections that were cut before; a lost one is closed from end to end. */
    private Cuts cutsWithout(Link link) {
        SortedMap<Integer, Cuts.Cut> left = new TreeMap<>();
        for (int c = 0; c < request.cuts().count(); c++) {
            int edge = request.cuts().edge(c);
            if (Arrays.stream(link.edges()).noneMatch(e -> e == edge))
                left.put(
                        edge,
                        new Cuts.Cut(
                                request.cuts().millis(c, true),
                                request.cuts().millis(c, false),
                                request.cuts().blocks(c)));
        }
        return Cuts.of(left);
    }

    /** As the search counts it: slopes, land cover, water and closed areas on the straight walk. */
    private long exact(EdgeTimes times, int village, List<PreparedGeometry> barred) {
        return points.exact(
                village,
                times,
                points.walks(walked, ground.access.plane),
                walked.least(),
                request.offRoad(),
                piece -> !search.barred(village, piece, barred));
    }

    double secondsNow(int village) {
        return search.placeMillis(village) / 1000.0;
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
