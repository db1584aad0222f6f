package org.anquan.shelter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anquan.catalog.Feature;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Visibility;
import org.anquan.geo.GeoJson;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.network.TravelProfile;
import org.anquan.population.Residents;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.scenario.WhatIf;
import org.anquan.shelter.Assignment.Mode;
import org.anquan.shelter.Assignment.Move;
import org.anquan.shelter.AssignmentAnswer.Line;
import org.anquan.shelter.AssignmentAnswer.Load;
import org.anquan.shelter.AssignmentAnswer.Overflow;
import org.anquan.shelter.AssignmentAnswer.Row;
import org.anquan.shelter.AssignmentAnswer.Summary;
import org.anquan.shelter.AssignmentAnswer.Unplaced;
import org.anquan.shelter.Question.Asked;
import org.anquan.shelter.Question.Room;
import org.anquan.shelter.Question.Understood;
import org.anquan.shelter.Shelter.Status;
import org.anquan.shelter.Walks.Spot;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code shelter-assignment}: who goes where? */
@Component
final class AssignmentProcess implements Process {
    static final List<String> INPUTS = List.of(
            "shelters",
            "people",
            "time",
            "stay",
            "hazard",
            "share",
            "maxMinutes",
            "buses",
            "wholeVillages",
            "planned",
            "scenario");

    private final ShelterSettings settings;
    private final Question question;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Roads roads;

    AssignmentProcess(
            ShelterSettings settings, Question question, PlaceSets placeSets, Scenarios scenarios, Roads roads) {
        this.settings = settings;
        this.question = question;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.roads = roads;
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        Inputs inputs = new Inputs(given, placeSets, scenarios, INPUTS);
        PlaceSet places = inputs.shelters(settings.layer());
        Residents.Source source = inputs.source();
        Residents.Hour hour = inputs.hour();
        StayClass stay = inputs.stay();
        String hazard = inputs.hazard();
        Double share = inputs.share("share");
        double maxMinutes = inputs.number("maxMinutes", 1, 600, value("walk-limit-minutes"));
        boolean buses = inputs.yes("buses", true);
        boolean whole = inputs.yes("wholeVillages", false);
        boolean planned = inputs.yes("planned", false);
        Scenario scenario = inputs.scenario();
        inputs.refuseMistakes();
        if (places == null) throw new IllegalStateException();
        Understood of = question.understand(new Asked(places, source, hour, stay, hazard, share, scenario));
        inputs.understood.put("share", of.demand().share());
        inputs.understood.put("people", of.demand().people().source().id());
        List<Text> warnings = new ArrayList<>(of.warnings());
        List<Room> rooms = new Capacities(of, settings).rooms(planned);
        if (rooms.isEmpty())
            throw ProblemException.unavailable("shelter.noneUsable", of.out().size());
        List<Demand.One> villages =
                of.demand().all().stream().filter(one -> one.need() > 0).toList();
        refuseTooMany(villages.size(), rooms.size());
        long[] free = free(rooms);
        if (Arrays.stream(free).sum() == 0) warnings.add(Text.of("shelter.warn.allFull"));
        progress.report(0.2, Text.of("shelter.progress.ways"));
        RoadNetwork network = roads.current().orElse(null);
        if (network == null) warnings.add(Text.of("shelter.warn.noRoads", value("detour")));
        Walks walks = walks(network, scenario, TravelProfile.FOOT, villages, rooms, warnings);
        int limit = (int) Math.round(60 * maxMinutes);
        int[][] walk = walks.seconds(limit);
        Walks rides = buses ? walks(network, scenario, TravelProfile.CAR, villages, rooms, null) : null;
        int rideLimit = (int) Math.round(60 * value("bus-limit-minutes"));
        int[][] bus = rides == null ? null : rides.seconds(rideLimit);
        if (bus != null) nearestOnly(bus, villages.size(), warnings);
        progress.stopIfCancelled();
        progress.report(0.5, Text.of("shelter.progress.assignment"));
        boolean[] unknownFit = new boolean[rooms.size()];
        for (int r = 0; r < unknownFit.length; r++)
            unknownFit[r] = hazard != null && rooms.get(r).shelter().hazards() == null;
        Assignment found = new Assignment(
                villages,
                rooms,
                free,
                walk,
                bus,
                unknownFit,
                new Assignment.Rules(
                        limit,
                        buses ? rideLimit : 0,
                        (int) Math.round(60 * value("bus-wait-minutes")),
                        value("walk-kmh") / value("walk-elderly-kmh"),
                        (int) Math.round(value("elderly-weight")),
                        (int) Math.round(60 * value("other-township-minutes")),
                        (int) Math.round(60 * value("unknown-fit-minutes")),
                        whole,
                        (long) value("whole-steps")));
        progress.stopIfCancelled();
        progress.report(0.8, Text.of("shelter.progress.lines"));
        return new Telling(of, villages, rooms, free, found, walks, rides)
                .answer(new Provenance(
                        inputs.understood,
                        question.data(of, used(network)),
                        warnings,
                        (System.nanoTime() - start) / 1e6));
    }

    private double value(String norm) {
        return settings.norm(norm).value();
    }

    private void refuseTooMany(int villages, int rooms) {
        long most = (long) value("most-pairs");
        if ((long) villages * rooms > most)
            throw ProblemException.invalid("shelter.tooManyPairs", villages, rooms, most);
    }

    private static long[] free(List<Room> rooms) {
        long[] free = new long[rooms.size()];
        for (int r = 0; r < free.length; r++) {
            Shelter one = rooms.get(r).shelter();
            long inside = one.occupancy() == null ? 0 : one.occupancy();
            free[r] = one.status() == Status.FULL ? 0 : Math.max(0, rooms.get(r).places() - inside);
        }
        return free;
    }

    private Walks walks(
            @Nullable RoadNetwork network,
            Scenario scenario,
            TravelProfile profile,
            List<Demand.One> villages,
            List<Room> rooms,
            @Nullable List<Text> warnings) {
        WhatIf world = network == null ? null : scenarios.onRoads(scenario, network, profile);
        if (world != null && warnings != null) warnings.addAll(world.warnings());
        List<Spot> from = new ArrayList<>();
        for (Demand.One one : villages)
            from.add(spot(world, profile, one.group().lon(), one.group().lat()));
        List<Spot> to = new ArrayList<>();
        for (Room room : rooms)
            to.add(spot(world, profile, room.shelter().lon(), room.shelter().lat()));
        if (world != null && warnings != null) {
            long far = from.stream().filter(one -> one.snap() == null).count();
            if (far > 0) warnings.add(Text.of("shelter.warn.farFromRoad", far, value("max-road-metres")));
        }
        return new Walks(world, from, to, value("walk-kmh"), value("detour"));
    }

    private Spot spot(@Nullable WhatIf world, TravelProfile profile, double lon, double lat) {
        return new Spot(
                lon,
                lat,
                world == null
                        ? null
                        : world.network()
                                .snap(lon, lat, profile, value("max-road-metres"))
                                .orElse(null));
    }

    /** Of very many pairs, only the nearest shelters of each village are kept for buses. */
    private void nearestOnly(int[][] bus, int villages, List<Text> warnings) {
        int most = (int) value("bus-shelters");
        if ((long) villages * bus.length <= value("bus-pairs") || bus.length <= most) return;
        int[] of = new int[bus.length];
        for (int v = 0; v < villages; v++) {
            for (int r = 0; r < of.length; r++) of[r] = bus[r][v];
            Arrays.sort(of);
            for (int r = 0; r < of.length; r++) if (bus[r][v] > of[most - 1]) bus[r][v] = Integer.MAX_VALUE;
        }
        warnings.add(Text.of("shelter.warn.busNearest", most));
    }

    private static @Nullable RoadsUsed used(@Nullable RoadNetwork network) {
        return network == null
                ? null
                : new RoadsUsed(
                        network.version(),
                        network.source(),
                        network.asOf(),
                        network.graph().nodeCount(),
                        network.graph().edgeCount());
    }

    /** Puts the answer into words and lines. */
    private final class Telling {
        private final Understood of;
        private final List<Demand.One> villages;
        private final List<Room> rooms;
        private final long[] free;
        private final Assignment found;
        private final Walks walks;
        private final @Nullable Walks rides;
        private final @Nullable LayerSnapshot peopleLayer;
        private final boolean seesPersons;

        Telling(
                Understood of,
                List<Demand.One> villages,
                List<Room> rooms,
                long[] free,
                Assignment found,
                Walks walks,
                @Nullable Walks rides) {
            this.of = of;
            this.villages = villages;
            this.rooms = rooms;
            this.free = free;
            this.found = found;
            this.walks = walks;
            this.rides = rides;
            peopleLayer = question.peopleLayer(of);
            seesPersons = peopleLayer != null
                    && peopleLayer
                            .definition()
                            .attribute("contact")
                            .map(one -> Visibility.current().sees(one.sensitivity()))
                            .orElse(false);
        }

        AssignmentAnswer answer(Provenance provenance) {
            List<Row> rows = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            int most = (int) value("most-lines");
            List<Move> moves = new ArrayList<>(found.moves);
            moves.sort(Comparator.comparingInt((Move move) -> -move.seconds()));
            for (Move move : moves) {
                boolean drawn = lines.size() < most;
                Walks ways = move.mode() == Mode.BUS && rides != null ? rides : walks;
                Walks.Line way = drawn ? ways.way(move.village(), move.room()) : null;
                Row row = row(move, way);
                rows.add(row);
                if (way != null) lines.add(line(row, way));
            }
            return new AssignmentAnswer(
                    summary(),
                    rows,
                    loads(),
                    unplaced(),
                    overflow(),
                    new AssignmentAnswer.Lines("FeatureCollection", lines),
                    of.out(),
                    of.demand().people().how(),
                    provenance);
        }

        private Row row(Move move, Walks.@Nullable Line way) {
            Demand.One village = villages.get(move.village());
            Shelter shelter = rooms.get(move.room()).shelter();
            return new Row(
                    // The same under every scenario, so that two answers can be compared.
                    village.group().id() + ":" + shelter.id() + (move.mode() == Mode.BUS ? ":bus" : ""),
                    village.group().id(),
                    village.group().name(),
                    village.township(),
                    shelter.id(),
                    shelter.name(),
                    shelter.township(),
                    move.people(),
                    move.elderly(),
                    move.mode() == Mode.BUS ? "bus" : "walk",
                    move.seconds(),
                    way == null
                            ? Math.round(org.anquan.geo.Distances.metres(
                                    village.group().lon(), village.group().lat(), shelter.lon(), shelter.lat()))
                            : Math.round(way.metres()),
                    way == null ? "" : String.join(" → ", way.roads()),
                    person(village.group().id(), "contact"),
                    person(village.group().id(), "phone"));
        }

        private @Nullable String person(String village, String attribute) {
            if (!seesPersons || peopleLayer == null) return null;
            return peopleLayer
                    .feature(village)
                    .map((Feature one) -> one.text(attribute))
                    .orElse(null);
        }

        private Line line(Row row, Walks.Line way) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("villageId", row.villageId());
            properties.put("shelterId", row.shelterId());
            properties.put("people", row.people());
            properties.put("mode", row.mode());
            properties.put("seconds", row.seconds());
            return new Line("Feature", row.id(), GeoJson.FACTORY.createLineString(way.line()), properties);
        }

        private Summary summary() {
            long people = of.demand().need();
            long walking = 0;
            long byBus = 0;
            double personSeconds = 0;
            Integer longest = null;
            for (Move move : found.moves) {
                if (move.mode() == Mode.BUS) byBus += move.people();
                else walking += move.people();
                personSeconds += (double) move.seconds() * move.people();
                longest = Math.max(longest == null ? 0 : longest, move.seconds());
            }
            long placed = walking + byBus;
            long left = Arrays.stream(found.left).sum();
            int used = 0;
            int full = 0;
            for (int r = 0; r < rooms.size(); r++) {
                if (found.assigned[r] > 0) used++;
                if (free[r] == found.assigned[r]) full++;
            }
            boolean comparable = found.bound > 0 && left == 0;
            double gap = comparable ? (found.totalCost - found.bound) / (double) found.bound : 0;
            Text words = found.optimal
                    ? Text.of("shelter.optimal." + found.method)
                    : comparable
                            ? Text.of("shelter.heuristicWithin", Math.round(gap * 1000) / 10.0)
                            : Text.of("shelter.heuristicLeft");
            return new Summary(
                    people,
                    placed,
                    walking,
                    byBus,
                    left,
                    (long) Math.ceil(byBus / value("bus-seats")),
                    placed == 0 ? null : Double.valueOf(Math.round(10 * personSeconds / placed) / 10.0),
                    longest,
                    used,
                    full,
                    rooms.size() - used,
                    found.method,
                    found.optimal,
                    found.totalCost,
                    found.bound,
                    found.optimal ? Double.valueOf(0) : comparable ? Double.valueOf(gap) : null,
                    words);
        }

        private List<Load> loads() {
            int[] nearest = found.nearest();
            long[] wanted = new long[rooms.size()];
            for (int v = 0; v < nearest.length; v++)
                if (nearest[v] >= 0) wanted[nearest[v]] += villages.get(v).need();
            List<Load> all = new ArrayList<>();
            for (int r = 0; r < rooms.size(); r++) {
                Shelter one = rooms.get(r).shelter();
                all.add(new Load(
                        one.id(),
                        one.name(),
                        one.township(),
                        one.lon(),
                        one.lat(),
                        free[r],
                        found.assigned[r],
                        free[r] == 0 ? null : Double.valueOf(found.assigned[r] / (double) free[r]),
                        found.assigned[r] >= free[r] ? "full" : found.assigned[r] > 0 ? "used" : "idle",
                        wanted[r],
                        found.price[r],
                        rooms.get(r).planned()));
            }
            all.sort(Comparator.comparingLong((Load one) -> -one.wanted()));
            return all;
        }

        private List<Unplaced> unplaced() {
            List<Unplaced> all = new ArrayList<>();
            for (int v = 0; v < villages.size(); v++) {
                if (found.left[v] == 0) continue;
                Demand.One one = villages.get(v);
                String reason = !found.reachesAny[v]
                        ? "noneInReach"
                        : !found.fitsAny[v] && found.method.endsWith("Whole") ? "tooLarge" : "allFull";
                all.add(new Unplaced(
                        one.group().id(),
                        one.group().name(),
                        one.group().lon(),
                        one.group().lat(),
                        found.left[v],
                        reason,
                        new Text("shelter.unplaced." + reason, List.of())));
            }
            all.sort(Comparator.comparingLong((Unplaced one) -> -one.people()));
            return all;
        }

        private List<Overflow> overflow() {
            int[] nearest = found.nearest();
            Map<Long, Long> people = new TreeMap<>();
            for (Move move : found.moves) {
                int near = nearest[move.village()];
                if (near >= 0 && near != move.room())
                    people.merge((long) near * rooms.size() + move.room(), move.people(), Long::sum);
            }
            List<Overflow> all = new ArrayList<>();
            people.forEach((pair, many) -> {
                Shelter from = rooms.get((int) (pair / rooms.size())).shelter();
                Shelter to = rooms.get((int) (pair % rooms.size())).shelter();
                all.add(new Overflow(from.id(), from.name(), to.id(), to.name(), many));
            });
            all.sort(Comparator.comparingLong((Overflow one) -> -one.people()));
            return all;
        }
    }

    @Override
    public ProcessDescription description() {
        ObjectNode example = Inputs.json()
                .objectNode()
                .put("stay", "short")
                .put("time", "night")
                .put("maxMinutes", 30);
        return new Parts("shelter-assignment")
                .input("shelters", Parts.places())
                .input("people", Parts.oneOf(Residents.Source.ids()))
                .input("time", Parts.oneOf(List.of("night", "day")))
                .input("stay", Parts.oneOf(StayClass.ids()))
                .input("hazard", Parts.oneOf(Inputs.HAZARDS.stream().sorted().toList()))
                .input("share", Parts.number(0, 1))
                .input("maxMinutes", Parts.number(1, 600))
                .input("buses", Parts.type("boolean"))
                .input("wholeVillages", Parts.type("boolean"))
                .input("planned", Parts.type("boolean"))
                .input("scenario", Parts.scenario())
                .output("summary", Parts.type("object"))
                .output("assignments", Parts.list())
                .output("shelters", Parts.list())
                .output("unplaced", Parts.list())
                .output("overflow", Parts.list())
                .output("lines", Parts.type("object"))
                .described(example);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(Sheets.EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, java.io.OutputStream out) throws java.io.IOException {
        new Sheets(out).assignment((AssignmentAnswer) answer);
    }
}
