package org.anquan.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.geo.Distances;
import org.anquan.geo.MetricCrs;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.springframework.stereotype.Component;

/**
 * People at places, by night or by day, with the elderly and those who cannot walk alone: from villages, from communities,
 * from buildings, from a population raster, or from the totals of townships, spread over the homes in them (buildings by
 * their floor area, else roads that people live along by their length, else all in one point). The answer says how.
 */
@Component
public final class Residents {
    /** A road is cut into pieces so much shorter than a cell. */
    private static final int PIECES_A_CELL = 4;

    private final Layers layers;
    private final Population population;
    private final ResidentsSettings settings;

    Residents(Layers layers, Population population, ResidentsSettings settings) {
        this.layers = layers;
        this.population = population;
        this.settings = settings;
    }

    public enum Hour {
        NIGHT,
        DAY;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where people are counted, the best first. */
    public enum Source {
        VILLAGE,
        COMMUNITY,
        BUILDING,
        RASTER,
        TOWNSHIP;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Source> of(String id) {
            return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
        }

        public static List<String> ids() {
            return Arrays.stream(values()).map(Source::id).toList();
        }
    }

    /**
     * People at one place.
     *
     * @param lon degrees
     * @param township as the data name it, by name or id; null where unknown
     * @param people null where unknown
     * @param elderly aged 60 and over, some of {@code people}; null where unknown
     * @param needHelp who cannot walk alone, some of {@code people}; null where unknown
     */
    public record Group(
            String id,
            String name,
            double lon,
            double lat,
            @Nullable String township,
            @Nullable Long people,
            @Nullable Long elderly,
            @Nullable Long needHelp) {}

    /** @param how where the people are counted and how they were spread, in words */
    public record Answer(
            Source source, Hour hour, List<Group> groups, List<LayerState> layers, Text how, List<Text> warnings) {
        public Answer {
            groups = List.copyOf(groups);
            layers = List.copyOf(layers);
            warnings = List.copyOf(warnings);
        }

        public long people() {
            return groups.stream()
                    .mapToLong(one -> one.people() == null ? 0 : one.people())
                    .sum();
        }

        /** Places whose people are unknown. */
        public long unknown() {
            return groups.stream().filter(one -> one.people() == null).count();
        }

        public boolean illustrative() {
            return layers.stream().anyMatch(LayerState::illustrative);
        }
    }

    /**
     * @param wanted null for the best that there is
     * @throws ProblemException unavailable where nobody is counted anywhere, saying what to import
     */
    public Answer of(@Nullable Source wanted, Hour hour) {
        Source source = wanted == null ? best() : wanted;
        Answer answer = switch (source) {
            case VILLAGE -> counted(source, "village", hour);
            case COMMUNITY -> counted(source, "community", hour);
            case BUILDING -> buildings(hour);
            case RASTER -> raster(hour);
            case TOWNSHIP -> townships(hour);
        };
        if (answer.groups().isEmpty() || answer.groups().size() == answer.unknown())
            throw ProblemException.unavailable("population.nobody", Text.of("population.source." + source.id()));
        return answer;
    }

    private Source best() {
        if (knows("village", hourless())) return Source.VILLAGE;
        if (knows("community", hourless())) return Source.COMMUNITY;
        if (knows("building", List.of("people"))) return Source.BUILDING;
        if (population.raster().isPresent()) return Source.RASTER;
        return Source.TOWNSHIP;
    }

    private static List<String> hourless() {
        return List.of("people", "popNight", "popDay");
    }

    private boolean knows(String layer, List<String> attributes) {
        return there(layer)
                && layers.snapshot(layer).features().stream()
                        .anyMatch(one -> attributes.stream().anyMatch(a -> one.number(a) != null));
    }

    private boolean there(String layer) {
        return layers.definitions().stream().anyMatch(one -> one.id().equals(layer))
                && layers.state(layer).count() > 0;
    }

    // ---- villages and communities: counted where they are

    private Answer counted(Source source, String layer, Hour hour) {
        List<Group> groups = new ArrayList<>();
        List<Text> warnings = new ArrayList<>();
        if (!there(layer)) return new Answer(source, hour, groups, List.of(), how(source, hour), warnings);
        LayerSnapshot snapshot = layers.snapshot(layer);
        int byResidents = 0;
        for (Feature feature : snapshot.features()) {
            if (feature.geometry().isEmpty()) continue;
            Point at = pointOf(feature.geometry());
            Long people = people(feature, hour);
            if (people != null && number(feature, attribute(hour)) == null) byResidents++;
            groups.add(new Group(
                    feature.id(),
                    feature.name(),
                    at.getX(),
                    at.getY(),
                    feature.text("township"),
                    people,
                    part(number(feature, "elderly"), people),
                    part(number(feature, "needHelp"), people)));
        }
        tellHour(byResidents, hour, warnings);
        return new Answer(source, hour, groups, List.of(snapshot.state()), how(source, hour), warnings);
    }

    private static void tellHour(int byResidents, Hour hour, List<Text> warnings) {
        if (byResidents > 0)
            warnings.add(Text.of("population.hourUnknown", byResidents, Text.of("population.hour." + hour.id())));
    }

    private static Text how(Source source, Hour hour) {
        return new Text("population.how." + source.id(), List.of(Text.of("population.hour." + hour.id())));
    }

    private static String attribute(Hour hour) {
        return hour == Hour.DAY ? "popDay" : "popNight";
    }

    /** People of the hour, else the residents; null where neither is known. */
    private static @Nullable Long people(Feature feature, Hour hour) {
        Long counted = number(feature, attribute(hour));
        return counted != null ? counted : number(feature, "people");
    }

    private static @Nullable Long number(Feature feature, String attribute) {
        Double value = feature.number(attribute);
        return value == null || value < 0 ? null : Long.valueOf(Math.round(value));
    }

    /** A part is never more than the whole: by day fewer are at home than live there. */
    private static @Nullable Long part(@Nullable Long part, @Nullable Long whole) {
        return part == null || whole == null ? part : Long.valueOf(Math.min(part, whole));
    }

    private static Point pointOf(Geometry geometry) {
        return geometry instanceof Point point ? point : geometry.getInteriorPoint();
    }

    // ---- buildings with their people, and a raster: put together by cells

    private Answer buildings(Hour hour) {
        List<Text> warnings = new ArrayList<>();
        if (!there("building"))
            return new Answer(Source.BUILDING, hour, List.of(), List.of(), how(Source.BUILDING, hour), warnings);
        LayerSnapshot snapshot = layers.snapshot("building");
        Homes homes = new Homes(settings.cellMetres());
        int unknown = 0;
        for (Feature feature : snapshot.features()) {
            Long people = number(feature, "people");
            if (people == null) unknown++;
            else {
                Point at = pointOf(feature.geometry());
                homes.add(at.getX(), at.getY(), people);
            }
        }
        if (unknown > 0) warnings.add(Text.of("population.buildingsUnknown", unknown));
        if (hour == Hour.DAY) tellHour(homes.size(), hour, warnings);
        return new Answer(
                Source.BUILDING, hour, cells(homes), List.of(snapshot.state()), how(Source.BUILDING, hour), warnings);
    }

    private Answer raster(Hour hour) {
        List<Text> warnings = new ArrayList<>();
        Optional<PopulationRaster> file = population.raster();
        if (file.isEmpty())
            return new Answer(Source.RASTER, hour, List.of(), List.of(), how(Source.RASTER, hour), warnings);
        double cell = settings.cellMetres();
        Homes homes = filled(file.get(), cell);
        while (homes.size() > settings.mostPlaces()) homes = filled(file.get(), cell *= 2);
        if (cell > settings.cellMetres()) warnings.add(Text.of("population.largerCells", Math.round(cell)));
        if (hour == Hour.DAY) tellHour(homes.size(), hour, warnings);
        return new Answer(Source.RASTER, hour, cells(homes), List.of(), how(Source.RASTER, hour), warnings);
    }

    private static Homes filled(PopulationRaster raster, double cellMetres) {
        Homes homes = new Homes(cellMetres);
        raster.forEach(homes::add);
        return homes;
    }

    private List<Group> cells(Homes homes) {
        List<Group> groups = new ArrayList<>();
        for (Homes.Share share : homes.asTheyAre()) {
            if (share.people() == 0) continue;
            String id = "cell-" + (groups.size() + 1);
            groups.add(new Group(id, id, share.lon(), share.lat(), null, share.people(), null, null));
        }
        return groups;
    }

    // ---- townships: totals spread over the homes in them

    private Answer townships(Hour hour) {
        List<Text> warnings = new ArrayList<>();
        List<LayerState> used = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        String how = "population.how.township";
        if (there("township")) {
            LayerSnapshot snapshot = layers.snapshot("township");
            used.add(snapshot.state());
            int byResidents = 0;
            int byBuildings = 0;
            int byRoads = 0;
            int inOne = 0;
            for (Feature township : snapshot.features()) {
                Long people = people(township, hour);
                if (people != null && number(township, attribute(hour)) == null) byResidents++;
                Homes homes = homes(township, "building");
                if (!homes.isEmpty()) byBuildings++;
                else {
                    homes = homes(township, "road");
                    if (!homes.isEmpty()) byRoads++;
                    else inOne++;
                }
                spread(township, people, homes, groups);
            }
            if (byBuildings > 0) used.add(layers.state("building"));
            if (byRoads > 0) used.add(layers.state("road"));
            if (inOne > 0) warnings.add(Text.of("population.inOnePoint", inOne));
            tellHour(byResidents, hour, warnings);
            return new Answer(
                    Source.TOWNSHIP,
                    hour,
                    groups,
                    used,
                    Text.of(how, Text.of("population.hour." + hour.id()), byBuildings, byRoads, inOne),
                    warnings);
        }
        return new Answer(
                Source.TOWNSHIP,
                hour,
                groups,
                used,
                Text.of(how, Text.of("population.hour." + hour.id()), 0, 0, 0),
                warnings);
    }

    private static void spread(Feature township, @Nullable Long people, Homes homes, List<Group> groups) {
        Long elderly = part(number(township, "elderly"), people);
        Long needHelp = part(number(township, "needHelp"), people);
        if (people == null || homes.isEmpty()) {
            Point at = pointOf(township.geometry());
            groups.add(new Group(
                    township.id(), township.name(), at.getX(), at.getY(), township.name(), people, elderly, needHelp));
            return;
        }
        List<Homes.Share> all = homes.shared(people);
        List<Homes.Share> old = elderly == null ? List.of() : homes.shared(elderly);
        List<Homes.Share> helped = needHelp == null ? List.of() : homes.shared(needHelp);
        for (int i = 0; i < all.size(); i++) {
            Homes.Share share = all.get(i);
            if (share.people() == 0) continue;
            groups.add(new Group(
                    township.id() + "-" + (i + 1),
                    township.name() + " " + (i + 1),
                    share.lon(),
                    share.lat(),
                    township.name(),
                    share.people(),
                    old.isEmpty() ? null : part(old.get(i).people(), share.people()),
                    helped.isEmpty() ? null : part(helped.get(i).people(), share.people())));
        }
    }

    private Homes homes(Feature township, String layer) {
        Homes homes = new Homes(settings.cellMetres());
        if (!there(layer) || !(township.geometry() instanceof Polygonal)) return homes;
        IndexedPointInAreaLocator inside = new IndexedPointInAreaLocator(township.geometry());
        Envelope box = township.geometry().getEnvelopeInternal();
        for (Feature feature : layers.snapshot(layer).near(box)) {
            if (layer.equals("building")) building(feature, inside, homes);
            else if (feature.text("roadClass") == null
                    || settings.residentialClasses().contains(feature.text("roadClass")))
                road(feature.geometry(), inside, homes);
        }
        return homes;
    }

    private void building(Feature feature, IndexedPointInAreaLocator inside, Homes homes) {
        String use = feature.text("use");
        if (use != null && !settings.homeUses().contains(use)) return;
        Point at = pointOf(feature.geometry());
        if (inside.locate(at.getCoordinate()) == Location.EXTERIOR) return;
        Double floorArea = feature.number("floorAreaM2");
        if (floorArea == null) {
            Double floors = feature.number("floors");
            double ground = MetricCrs.at(at.getX()).toMetres(feature.geometry()).getArea();
            floorArea = ground * (floors == null ? 1 : Math.max(1, floors));
        }
        homes.add(at.getX(), at.getY(), floorArea);
    }

    /** Along a road, piece by piece: a long straight stretch is as many places as it passes cells. */
    private void road(Geometry geometry, IndexedPointInAreaLocator inside, Homes homes) {
        for (int g = 0; g < geometry.getNumGeometries(); g++) {
            if (!(geometry.getGeometryN(g) instanceof LineString line)) continue;
            for (int i = 1; i < line.getNumPoints(); i++) {
                Coordinate a = line.getCoordinateN(i - 1);
                Coordinate b = line.getCoordinateN(i);
                double metres = Distances.metres(a.x, a.y, b.x, b.y);
                int pieces = (int) Math.max(1, Math.ceil(metres / (settings.cellMetres() / PIECES_A_CELL)));
                for (int piece = 0; piece < pieces; piece++) {
                    double along = (piece + 0.5) / pieces;
                    Coordinate middle = new Coordinate(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along);
                    if (inside.locate(middle) != Location.EXTERIOR) homes.add(middle.x, middle.y, metres / pieces);
                }
            }
        }
    }
}
