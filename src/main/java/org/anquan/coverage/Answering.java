package org.anquan.coverage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.anquan.catalog.Title;
import org.anquan.coverage.CircleAnswer.Accuracy;
import org.anquan.coverage.CircleAnswer.Area;
import org.anquan.coverage.CircleAnswer.Band;
import org.anquan.coverage.CircleAnswer.Covered;
import org.anquan.coverage.CircleAnswer.Gap;
import org.anquan.coverage.CircleAnswer.Group;
import org.anquan.coverage.CircleAnswer.ListedOutside;
import org.anquan.coverage.CircleAnswer.Missing;
import org.anquan.coverage.CircleAnswer.OfKind;
import org.anquan.coverage.CircleAnswer.RasterShare;
import org.anquan.coverage.CircleAnswer.TownshipRow;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.Contours.Shape;
import org.anquan.coverage.Question.World;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.population.PopulationRaster;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Makes an answer of what was reached: bands, areas, people, gaps and their reasons, and how true the map is. */
final class Answering {
    private final Reach reach;
    private final Ground ground;
    private final List<Integer> minutes;
    private final boolean rings;
    private final World world;
    private final Villages villages;
    private final @Nullable PopulationRaster raster;
    private final List<Text> warnings;
    private final @Nullable Backups backups;
    private final int mostListed;
    private final int widestMillis;
    private @Nullable EdgeTimes usual;

    Answering(
            Reach reach,
            List<Integer> minutes,
            boolean rings,
            World world,
            List<Text> warnings,
            @Nullable Backups backups,
            int mostListed) {
        this.reach = reach;
        ground = reach.ground;
        this.minutes = minutes;
        this.rings = rings;
        this.world = world;
        villages = world.villages();
        raster = world.raster();
        this.warnings = warnings;
        this.backups = backups;
        this.mostListed = mostListed;
        widestMillis = minutes.get(minutes.size() - 1) * 60_000;
    }

    CircleAnswer answer() {
        ForkJoinTask<List<Shape>> smaller = ForkJoinPool.commonPool().submit(this::smallerBands);
        Contours.Partition widest = Contours.partition(reach.surface, widestMillis, reach.stations.size());
        List<Shape> shapes = new ArrayList<>(smaller.join());
        shapes.add(widest.whole());
        People people = new People(reach.surface, reach.exact[0]);
        List<Uncovered> uncovered = uncovered();
        return answer(shapes, areas(widest.parts(), people), people, uncovered, listed(), List.of());
    }

    /** Of several kinds together, given each for itself: one band, no areas, and of each gap which kinds are missing. */
    CircleAnswer answerOf(List<OfKind> kinds) {
        List<Shape> shapes = List.of(Contours.band(reach.surface, widestMillis));
        People people = new People(reach.surface, reach.exact[0]);
        List<Map<String, Uncovered>> outside = new ArrayList<>();
        for (OfKind kind : kinds) outside.add(byId(kind.answer().uncovered()));
        List<Uncovered> uncovered = new ArrayList<>();
        for (int v = 0; v < reach.exact[0].length; v++) {
            if (within(reach.exact[0][v], widestMillis)) continue;
            Village village = villages.all().get(v);
            uncovered.add(missing(village, kinds, outside, township(v)));
        }
        sort(uncovered);
        List<ListedOutside> lists = new ArrayList<>();
        for (int l = 0; l < world.listed().size(); l++) lists.add(listedOf(l, kinds));
        return answer(shapes, List.of(), people, uncovered, lists, kinds);
    }

    private CircleAnswer answer(
            List<Shape> shapes,
            List<Area> areas,
            People people,
            List<Uncovered> uncovered,
            List<ListedOutside> lists,
            List<OfKind> kinds) {
        return new CircleAnswer(
                bands(shapes, people),
                areas,
                covered(shapes.get(shapes.size() - 1), people),
                uncovered,
                accuracy(shapes),
                lists,
                new TownshipTable(uncovered).rows(),
                Backups.of(backups),
                kinds,
                shapes.get(shapes.size() - 1).geometry(),
                reach.surface,
                warnings);
    }

    private List<Shape> smallerBands() {
        List<Shape> shapes = new ArrayList<>();
        for (int band : minutes.subList(0, minutes.size() - 1)) shapes.add(Contours.band(reach.surface, band * 60_000));
        return shapes;
    }

    /** People and villages within a time, of all or of one station, in one pass each over villages and cells. */
    private final class People {
        private final int bands = minutes.size();
        private final int[] limits = minutes.stream().mapToInt(m -> m * 60_000).toArray();
        /** By band, then by station in the widest band. */
        final long[] people = new long[bands + reach.stations.size()];

        final int[] count = new int[people.length];
        final double[] rasterPeople = new double[people.length];
        /** By group in the order of the villages' groups, then by band. */
        final long[][] groups = new long[villages.groups().size()][bands];

        final long[] groupTotal = new long[groups.length];
        final int[] groupUnknown = new int[groups.length];
        double rasterTotal;
        int unknownCovered;

        People(TravelSurface surface, long[] villageTimes) {
            List<String> names = List.copyOf(villages.groups().keySet());
            for (int v = 0; v < villageTimes.length; v++) {
                Village village = villages.all().get(v);
                Long known = village.people();
                if (add(villageTimes[v], known == null ? 0 : known) && known == null) unknownCovered++;
                for (int g = 0; g < groups.length; g++)
                    addGroup(g, village.groups().get(names.get(g)), villageTimes[v]);
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

        private void addGroup(int group, @Nullable Long known, long arrival) {
            if (known == null) {
                groupUnknown[group]++;
                return;
            }
            groupTotal[group] += known;
            for (int b = bands - 1; b >= 0 && within(arrival, limits[b]); b--) groups[group][b] += known;
        }

        @Nullable
        Long people(long number) {
            return villages.all().isEmpty() ? null : number;
        }

        @Nullable
        Long raster(double number) {
            return raster == null ? null : Math.round(number);
        }

        /** Groups that any village knows, within a band and beyond the one before it. */
        Map<String, Long> groupsOf(int band, int without) {
            Map<String, Long> out = new LinkedHashMap<>();
            int g = 0;
            for (String name : villages.groups().keySet()) {
                if (groupUnknown[g] < villages.all().size())
                    out.put(name, groups[g][band] - (without < 0 ? 0 : groups[g][without]));
                g++;
            }
            return out;
        }

        List<Group> groups() {
            List<Group> all = new ArrayList<>();
            int g = 0;
            for (Map.Entry<String, Title> group : villages.groups().entrySet()) {
                if (groupUnknown[g] < villages.all().size())
                    all.add(new Group(
                            group.getKey(),
                            group.getValue(),
                            groups[g][bands - 1],
                            groupTotal[g],
                            share(groups[g][bands - 1], groupTotal[g]),
                            groupUnknown[g]));
                g++;
            }
            return all;
        }
    }

    private static boolean within(long arrival, int limitMillis) {
        return arrival != EdgeTimes.NONE && EdgeTimes.millis(arrival) <= limitMillis;
    }

    private List<Band> bands(List<Shape> shapes, People people) {
        List<Band> bands = new ArrayList<>();
        for (int b = 0; b < shapes.size(); b++) {
            boolean ring = rings && b > 0;
            Shape shape = shapes.get(b);
            Shape smaller = ring ? shapes.get(b - 1) : Shape.EMPTY;
            bands.add(new Band(
                    minutes.get(b),
                    ring ? minutes.get(b - 1) : 0,
                    ring ? Contours.without(shape.geometry(), smaller.geometry()) : shape.geometry(),
                    shape.areaSquareMetres() - smaller.areaSquareMetres(),
                    people.count[b] - (ring ? people.count[b - 1] : 0),
                    people.people(people.people[b] - (ring ? people.people[b - 1] : 0)),
                    people.raster(people.rasterPeople[b] - (ring ? people.rasterPeople[b - 1] : 0)),
                    people.groupsOf(b, ring ? b - 1 : -1)));
        }
        return bands;
    }

    private List<Area> areas(List<Shape> parts, People people) {
        List<Area> areas = new ArrayList<>();
        int bands = minutes.size();
        for (int s = 0; s < parts.size(); s++) {
            Station station = reach.stations.get(s);
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
        int last = minutes.size() - 1;
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
            warnings.add(
                    Text.of("coverage.peopleUnknown", unknown, villages.all().size()));
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
                share,
                people.groups());
    }

    private static @Nullable Double share(double part, double whole) {
        return whole > 0 ? part / whole : null;
    }

    private List<Uncovered> uncovered() {
        List<Uncovered> all = new ArrayList<>();
        long[] arrivals = reach.exact[0];
        for (int v = 0; v < arrivals.length; v++) {
            if (within(arrivals[v], widestMillis)) continue;
            Village village = villages.all().get(v);
            Gap gap = gap(0, v, arrivals[v]);
            all.add(uncovered(
                    village.id(), village.name(), village.people(), gap, township(v), village.lon(), village.lat()));
        }
        sort(all);
        return all;
    }

    /** Most people first; those that nobody knows after them. */
    private static void sort(List<Uncovered> all) {
        all.sort(Comparator.comparingLong((Uncovered one) -> one.people() == null ? 1 : -one.people())
                .thenComparing(Uncovered::id));
    }

    private static Uncovered uncovered(
            String id, String name, @Nullable Long people, Gap gap, @Nullable String township, double lon, double lat) {
        return new Uncovered(
                id,
                name,
                people,
                gap.seconds(),
                gap.facilityId(),
                gap.secondsWithoutClosures(),
                gap.reason(),
                gap.reasonCode(),
                gap.reasonText(),
                township,
                lon,
                lat,
                List.of());
    }

    private static Map<String, Uncovered> byId(List<Uncovered> all) {
        Map<String, Uncovered> byId = new HashMap<>();
        for (Uncovered one : all) byId.put(one.id(), one);
        return byId;
    }

    private static Uncovered missing(
            Village village, List<OfKind> kinds, List<Map<String, Uncovered>> outside, @Nullable String township) {
        return missing(
                village.id(), village.name(), village.people(), kinds, outside, township, village.lon(), village.lat());
    }

    private static Uncovered missing(
            String id,
            String name,
            @Nullable Long people,
            List<OfKind> kinds,
            List<Map<String, Uncovered>> outside,
            @Nullable String township,
            double lon,
            double lat) {
        List<Missing> missing = new ArrayList<>();
        List<String> english = new ArrayList<>();
        Text text = null;
        for (int k = 0; k < kinds.size(); k++) {
            Uncovered gap = outside.get(k).get(id);
            if (gap == null) continue;
            OfKind kind = kinds.get(k);
            missing.add(new Missing(kind.id(), kind.title(), gap.seconds(), gap.reasonCode(), gap.reasonText()));
            english.add(kind.id() + ": " + gap.reason());
            Text one = Text.of("coverage.reason.kind", kind.title(), gap.reasonText());
            text = text == null ? one : Text.of("coverage.reason.and", text, one);
        }
        return new Uncovered(
                id,
                name,
                people,
                null,
                null,
                null,
                String.join("; ", english),
                "kinds",
                text == null ? Text.of("coverage.reason.not_connected") : text,
                township,
                lon,
                lat,
                missing);
    }

    private Gap gap(int set, int place, long arrival) {
        Near near = reach.places.get(set).near[place];
        Double without = withoutClosures(set, place, arrival);
        if (arrival != EdgeTimes.NONE) {
            int millis = EdgeTimes.millis(arrival);
            int late = (int) Math.max(1, Math.ceil((millis - widestMillis) / 60_000.0));
            return new Gap(
                    millis / 1000.0,
                    reach.stations.get(EdgeTimes.source(arrival)).id(),
                    without,
                    "beyond the limit by " + late + " min",
                    "beyond_limit",
                    Text.of("coverage.reason.beyond_limit", late));
        }
        if (near.count() == 0 || near.metres[0] > reach.maxMetres) {
            long metres = Math.round(reach.maxMetres);
            return gap(null, "no road within " + metres + " m", "no_road", Text.of("coverage.reason.no_road", metres));
        }
        if (reach.times != null && near.best(reach.times, reach.millisPerMetre, reach.maxMetres) != EdgeTimes.NONE)
            return gap(without, "way on foot barred", "barred", Text.of("coverage.reason.barred"));
        if (without != null) return gap(without, "cut off by closures", "cut_off", Text.of("coverage.reason.cut_off"));
        return gap(null, "not connected", "not_connected", Text.of("coverage.reason.not_connected"));
    }

    private static Gap gap(@Nullable Double without, String reason, String code, Text text) {
        return new Gap(null, null, without, reason, code, text);
    }

    private @Nullable Double withoutClosures(int set, int place, long arrival) {
        if (reach.usual == null) return null;
        if (usual == null) usual = reach.usual.get();
        long best = reach.over(usual, set, place);
        return best == EdgeTimes.NONE || best >= arrival ? null : Double.valueOf(EdgeTimes.millis(best) / 1000.0);
    }

    private List<ListedOutside> listed() {
        List<ListedOutside> lists = new ArrayList<>();
        for (int l = 0; l < world.listed().size(); l++) {
            ListedPlaces list = world.listed().get(l);
            int set = l;
            long[] arrivals = reach.exact[2 + l];
            List<Uncovered> outside = new ArrayList<>();
            for (int i = 0; i < arrivals.length; i++) {
                if (within(arrivals[i], widestMillis)) continue;
                ListedPlaces.Listed one = list.places().get(i);
                outside.add(uncovered(
                        one.id(), one.name(), one.people(), gap(2 + set, i, arrivals[i]), null, one.lon(), one.lat()));
            }
            lists.add(listed(list, outside));
        }
        return lists;
    }

    private ListedOutside listedOf(int l, List<OfKind> kinds) {
        ListedPlaces list = world.listed().get(l);
        List<Map<String, Uncovered>> outside = new ArrayList<>();
        for (OfKind kind : kinds) outside.add(byId(kind.answer().listed().get(l).places()));
        List<Uncovered> all = new ArrayList<>();
        for (int i = 0; i < reach.exact[2 + l].length; i++) {
            if (within(reach.exact[2 + l][i], widestMillis)) continue;
            ListedPlaces.Listed one = list.places().get(i);
            all.add(missing(one.id(), one.name(), one.people(), kinds, outside, null, one.lon(), one.lat()));
        }
        return listed(list, all);
    }

    private ListedOutside listed(ListedPlaces list, List<Uncovered> outside) {
        sort(outside);
        Long people = null;
        for (Uncovered one : outside) if (one.people() != null) people = (people == null ? 0 : people) + one.people();
        return new ListedOutside(
                list.layer(),
                list.title(),
                list.group(),
                list.places().size(),
                outside.size(),
                people,
                List.copyOf(outside.subList(0, Math.min(outside.size(), mostListed))));
    }

    private @Nullable String township(int village) {
        int t = townshipOf().length == 0 ? -1 : townshipOf()[village];
        if (t >= 0 && world.townships() != null) return world.townships().name(t);
        return villages.all().get(village).township();
    }

    private int[] townshipOf() {
        return world.townships() == null ? new int[0] : ground.townshipOf(world.townships(), villages);
    }

    /** One row a township, the one with most people outside first. */
    private final class TownshipTable {
        private final Map<String, Row> rows = new TreeMap<>();
        private final Map<String, Uncovered> outside;

        TownshipTable(List<Uncovered> uncovered) {
            outside = byId(uncovered);
        }

        private static final class Row {
            private @Nullable String id;
            private int villages;
            private int covered;
            private int unknown;
            private long people;
            private long peopleCovered;
            private int cells;
            private int cellsCovered;
            private double latest = -1;
            private @Nullable String latestVillage;
            private final Map<String, Integer> reasons = new TreeMap<>();
            private final Map<String, Long> groupsCovered = new LinkedHashMap<>();
            private final Map<String, Long> groupsTotal = new LinkedHashMap<>();
        }

        List<TownshipRow> rows() {
            Townships townships = world.townships();
            if (townships != null)
                for (int t = 0; t < townships.count(); t++) row(townships.name(t)).id = townships.id(t);
            boolean named = townships != null && townships.count() > 0;
            for (int v = 0; v < villages.all().size(); v++) {
                String name = township(v);
                if (name != null) named = true;
                add(row(name == null ? "" : name), villages.all().get(v), reach.exact[0][v]);
            }
            if (!named) return List.of();
            if (townships != null) addCells(townships);
            List<TownshipRow> all = new ArrayList<>();
            rows.forEach((name, row) -> all.add(row(name, row)));
            all.sort(Comparator.comparingLong(TownshipRow::peopleUncovered)
                    .reversed()
                    .thenComparing(TownshipRow::name));
            return all;
        }

        private Row row(String name) {
            return rows.computeIfAbsent(name, n -> new Row());
        }

        private void add(Row row, Village village, long arrival) {
            boolean covered = within(arrival, widestMillis);
            row.villages++;
            if (covered) row.covered++;
            if (village.people() == null) row.unknown++;
            else {
                row.people += village.people();
                if (covered) row.peopleCovered += village.people();
            }
            village.groups().forEach((group, people) -> {
                row.groupsTotal.merge(group, people, Long::sum);
                row.groupsCovered.merge(group, covered ? people : 0L, Long::sum);
            });
            if (arrival != EdgeTimes.NONE && EdgeTimes.millis(arrival) > row.latest) {
                row.latest = EdgeTimes.millis(arrival);
                row.latestVillage = village.name();
            }
            Uncovered gap = outside.get(village.id());
            if (gap == null) return;
            if (gap.missing().isEmpty()) row.reasons.merge(gap.reasonCode(), 1, Integer::sum);
            else
                for (Missing kind : gap.missing())
                    row.reasons.merge(kind.kind() + " " + kind.reasonCode(), 1, Integer::sum);
        }

        private void addCells(Townships townships) {
            int[] of = ground.townshipCells(townships);
            Row[] byNumber = new Row[townships.count()];
            for (int t = 0; t < byNumber.length; t++) byNumber[t] = row(townships.name(t));
            long[] arrival = reach.surface.arrival;
            for (int cell = 0; cell < of.length; cell++) {
                if (of[cell] < 0) continue;
                byNumber[of[cell]].cells++;
                if (within(arrival[cell], widestMillis)) byNumber[of[cell]].cellsCovered++;
            }
        }

        private TownshipRow row(String name, Row row) {
            double cell = ground.grid.cellMetres * ground.grid.cellMetres;
            boolean drawn = row.id != null;
            boolean reached = row.latest >= 0 && !combined();
            return new TownshipRow(
                    row.id,
                    name,
                    row.villages,
                    row.covered,
                    row.unknown,
                    row.people,
                    row.peopleCovered,
                    row.people - row.peopleCovered,
                    share(row.peopleCovered, row.people),
                    drawn ? Double.valueOf(row.cells * cell) : null,
                    drawn ? Double.valueOf(row.cellsCovered * cell) : null,
                    reached ? Double.valueOf(row.latest / 1000) : null,
                    reached ? row.latestVillage : null,
                    row.reasons,
                    row.groupsCovered,
                    row.groupsTotal);
        }
    }

    /** Of several kinds no single time can be told. */
    private boolean combined() {
        return reach.times == null && reach.sources.isEmpty();
    }

    private Accuracy accuracy(List<Shape> bands) {
        Points samples = reach.places.get(1);
        Points villagePoints = reach.places.get(0);
        Measured measured = new Measured();
        measured.add(bands, samples, reach.exact[1]);
        int before = measured.different;
        measured.add(bands, villagePoints, reach.exact[0]);
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
            return minutes.get(band) * 60_000;
        }

        private double wrong(Points points, int p, long exact, int limitMillis) {
            double margin = Double.POSITIVE_INFINITY;
            if (reach.times != null && reach.evenGround) {
                margin = points.near[p].marginMillis(reach.times, reach.millisPerMetre, reach.maxMetres, limitMillis);
                for (Yard yard : reach.yards) {
                    double metres = yard.metresTo(points.x[p], points.y[p]);
                    double late = yard.startMillis() + metres * reach.millisPerMetre - limitMillis;
                    margin = Math.min(margin, Math.max(late, (metres - reach.maxMetres) * reach.millisPerMetre));
                }
            }
            if (Double.isInfinite(margin))
                margin = exact == EdgeTimes.NONE
                        ? reach.millisPerMetre * ground.grid.cellMetres
                        : EdgeTimes.millis(exact) - (double) limitMillis;
            return Math.abs(margin);
        }
    }
}
