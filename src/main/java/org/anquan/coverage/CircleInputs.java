package org.anquan.coverage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The inputs of the process as understood.
 *
 * @param whereGiven path in the request of each place that was given there
 * @param statusIgnored how many stations were passed over for their status
 */
record CircleInputs(
        PlaceSet facilities,
        Map<Place, String> whereGiven,
        int statusIgnored,
        List<Integer> minutes,
        Direction direction,
        TravelProfile profile,
        TurnoutRule turnout,
        OffRoad offRoad,
        boolean rings,
        Scenario scenario,
        @Nullable Scenario compare) {
    static final List<String> NAMES = List.of(
            "facilities", "minutes", "direction", "profile", "turnout", "offRoad", "scenario", "compare", "rings");

    /** Reads a request; all mistakes come at once. */
    static CircleInputs read(
            ObjectNode node, CoverageSettings settings, PlaceSets placeSets, Scenarios scenarios, RoadsHint roads) {
        Reader reader = new Reader(settings, placeSets, scenarios);
        CircleInputs inputs = reader.read(node, roads);
        if (inputs == null)
            throw ProblemException.invalid("coverage.inputs", reader.mistakes.size())
                    .withMistakes(reader.mistakes);
        return inputs;
    }

    /** Says how many cells a surface would have; empty while there are no roads. */
    interface RoadsHint {
        Optional<Long> cells(OffRoad offRoad, double cellMetres);
    }

    /** How long a station takes from the alarm to wheels rolling. */
    record TurnoutRule(@Nullable Integer forAll, Map<String, Integer> byClass, int slowest) {
        /** Nobody turns out: all that counts is the way. */
        boolean none() {
            return forAll != null && forAll == 0;
        }

        /** Seconds, or empty where neither the place nor its class says anything. */
        Optional<Integer> seconds(Place place) {
            if (forAll != null) return Optional.of(forAll);
            if (place.attributes().get("turnoutSeconds") instanceof Number own) return Optional.of(own.intValue());
            return Optional.ofNullable(
                    byClass.get(String.valueOf(place.attributes().get("stationClass"))));
        }
    }

    /** The inputs with every default filled in, to be run again. */
    ObjectNode understood(ObjectNode given, double cellMetres) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode out = json.objectNode();
        out.set("facilities", given.path("facilities").deepCopy());
        var list = out.putArray("minutes");
        minutes.forEach(list::add);
        out.put("direction", direction == Direction.FROM ? "from" : "to");
        out.put("profile", profile.id());
        if (turnout.none()) out.put("turnout", "none");
        else if (turnout.forAll() != null) out.put("turnout", turnout.forAll());
        else {
            ObjectNode classes = out.putObject("turnout");
            new java.util.TreeMap<>(turnout.byClass()).forEach(classes::put);
        }
        out.putObject("offRoad")
                .put("maxMetres", offRoad.maxMetres())
                .put("speedKmh", offRoad.speedKmh())
                .put("cellMetres", cellMetres);
        out.put("rings", rings);
        if (given.has("scenario")) out.set("scenario", given.get("scenario").deepCopy());
        if (given.has("compare")) out.set("compare", given.get("compare").deepCopy());
        return out;
    }

    private static final class Reader {
        private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");
        private static final Pattern STATUS = Pattern.compile("\\bstatus\\b");

        private final CoverageSettings settings;
        private final PlaceSets placeSets;
        private final Scenarios scenarios;
        final List<Mistake> mistakes = new ArrayList<>();

        Reader(CoverageSettings settings, PlaceSets placeSets, Scenarios scenarios) {
            this.settings = settings;
            this.placeSets = placeSets;
            this.scenarios = scenarios;
        }

        @Nullable
        CircleInputs read(ObjectNode node, RoadsHint roads) {
            refuseOthers(node, "inputs", NAMES);
            Optional<PlaceSet> places = facilities(node.path("facilities"));
            List<Integer> minutes = minutes(node.path("minutes"));
            Direction direction = direction(node.path("direction"));
            TravelProfile profile = profile(node.path("profile"));
            TurnoutRule turnout = turnout(node.path("turnout"), direction);
            OffRoad offRoad = offRoad(node.path("offRoad"), roads);
            boolean rings = rings(node.path("rings"));
            Optional<Scenario> scenario = scenarios.read(node.path("scenario"), "inputs.scenario", mistakes);
            Optional<Scenario> compare = present(node.path("compare"))
                    ? scenarios.read(node.path("compare"), "inputs.compare", mistakes)
                    : Optional.empty();
            if (places.isPresent()) checkOwnTurnout(places.get(), node.path("facilities"));
            if (!mistakes.isEmpty() || places.isEmpty() || scenario.isEmpty()) return null;
            PlaceSet inService = inService(places.get(), node.path("facilities"));
            return new CircleInputs(
                    inService,
                    whereGiven(places.get(), node.path("facilities")),
                    places.get().places().size() - inService.places().size(),
                    minutes,
                    direction,
                    profile,
                    turnout,
                    offRoad,
                    rings,
                    scenario.get(),
                    compare.orElse(null));
        }

        private Optional<PlaceSet> facilities(JsonNode node) {
            if (!present(node)) {
                wrong("inputs.facilities", Text.of("coverage.input.facilitiesMissing"));
                return Optional.empty();
            }
            Optional<PlaceSet> places = placeSets.places(node, "inputs.facilities", mistakes);
            int most = settings.station().maxCount();
            if (places.isPresent() && places.get().places().size() > most)
                wrong(
                        "inputs.facilities",
                        Text.of(
                                "coverage.input.tooManyStations",
                                places.get().places().size(),
                                most));
            return places;
        }

        private static String where(JsonNode facilities, int i) {
            return facilities.isArray() ? "inputs.facilities[" + i + "]" : "inputs.facilities.features[" + i + "]";
        }

        private static Map<Place, String> whereGiven(PlaceSet set, JsonNode facilities) {
            Map<Place, String> where = new HashMap<>();
            if (set.layer() != null) return where;
            for (int i = 0; i < set.places().size(); i++) where.put(set.places().get(i), where(facilities, i));
            return where;
        }

        private void checkOwnTurnout(PlaceSet set, JsonNode facilities) {
            if (set.layer() != null) return;
            for (int i = 0; i < set.places().size(); i++) {
                Object own = set.places().get(i).attributes().get("turnoutSeconds");
                if (own != null
                        && !(own instanceof Number seconds
                                && seconds.doubleValue() >= 0
                                && seconds.doubleValue() <= 3600))
                    wrong(
                            where(facilities, i) + ".properties.turnoutSeconds",
                            Text.of("coverage.input.turnoutSeconds", own));
            }
        }

        /** Stations that answer a call; a filter that names the status has chosen already. */
        private PlaceSet inService(PlaceSet set, JsonNode facilities) {
            String filter = facilities.path("filter").asString("");
            if (set.layer() == null
                    || STATUS.matcher(QUOTED.matcher(filter).replaceAll("")).find()) return set;
            Set<String> ignored = settings.station().ignoredStatus();
            List<Place> kept = set.places().stream()
                    .filter(place ->
                            !(place.attributes().get("status") instanceof String status) || !ignored.contains(status))
                    .toList();
            return new PlaceSet(kept, set.layer(), set.illustrative());
        }

        private List<Integer> minutes(JsonNode node) {
            if (!present(node))
                return new TreeSet<>(settings.minutes()).stream().toList();
            if (!node.isArray() || node.isEmpty() || node.size() > settings.maxBands()) {
                wrong("inputs.minutes", Text.of("coverage.input.minutesShape", settings.maxBands()));
                return settings.minutes();
            }
            TreeSet<Integer> all = new TreeSet<>();
            for (int i = 0; i < node.size(); i++) {
                JsonNode one = node.get(i);
                double value = one.isNumber() ? one.asDouble() : Double.NaN;
                if (value >= 1 && value <= settings.maxMinutes() && value == Math.rint(value)) all.add((int) value);
                else
                    wrong(
                            "inputs.minutes[" + i + "]",
                            Text.of("coverage.input.minutes", one.toString(), settings.maxMinutes()));
            }
            return List.copyOf(all);
        }

        private Direction direction(JsonNode node) {
            if (!present(node) || node.asString("").equals("from")) return Direction.FROM;
            if (!node.asString("").equals("to"))
                wrong("inputs.direction", Text.of("coverage.input.direction", node.toString()));
            return Direction.TO;
        }

        private TravelProfile profile(JsonNode node) {
            if (!present(node)) return TravelProfile.FIRE_ENGINE;
            Optional<TravelProfile> profile = TravelProfile.of(node.asString(""));
            if (profile.isEmpty())
                wrong("inputs.profile", Text.of("coverage.input.profile", node.toString(), TravelProfile.ids()));
            return profile.orElse(TravelProfile.FIRE_ENGINE);
        }

        private TurnoutRule turnout(JsonNode node, Direction direction) {
            Map<String, Integer> classes = new HashMap<>(settings.turnout().seconds());
            int slowest = settings.turnout().slowestSeconds();
            // Those who come to a place do not turn out from it.
            if (!present(node)) return new TurnoutRule(direction == Direction.TO ? 0 : null, classes, slowest);
            if (node.isNumber()) return new TurnoutRule(seconds(node, "inputs.turnout"), classes, slowest);
            if (node.isString() && node.asString().equals("none")) return new TurnoutRule(0, classes, slowest);
            if (!node.isObject()) {
                wrong("inputs.turnout", Text.of("coverage.input.turnout", node.toString()));
                return new TurnoutRule(null, classes, slowest);
            }
            refuseOthers(
                    node, "inputs.turnout", classes.keySet().stream().sorted().toList());
            node.propertyStream()
                    .forEach(p -> classes.put(p.getKey(), seconds(p.getValue(), "inputs.turnout." + p.getKey())));
            return new TurnoutRule(null, classes, Math.max(slowest, max(classes)));
        }

        private static int max(Map<String, Integer> classes) {
            return classes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        private int seconds(JsonNode node, String where) {
            double value = node.isNumber() ? node.asDouble() : Double.NaN;
            if (value >= 0 && value <= 3600) return (int) Math.ceil(value);
            wrong(where, Text.of("coverage.input.turnoutSeconds", node.toString()));
            return 0;
        }

        private OffRoad offRoad(JsonNode node, RoadsHint roads) {
            CoverageSettings.OffRoad usual = settings.offRoad();
            if (!present(node)) return new OffRoad(usual.maxMetres(), usual.speedKmh(), null);
            String here = "inputs.offRoad";
            if (!node.isObject()) {
                wrong(here, Text.of("coverage.input.offRoad"));
                return new OffRoad(usual.maxMetres(), usual.speedKmh(), null);
            }
            refuseOthers(node, here, List.of("maxMetres", "speedKmh", "cellMetres"));
            CoverageSettings.Grid grid = settings.grid();
            double max =
                    number(node.path("maxMetres"), here + ".maxMetres", 0, usual.maxMetresLimit(), usual.maxMetres());
            double speed = number(node.path("speedKmh"), here + ".speedKmh", 0.5, 10, usual.speedKmh());
            if (!present(node.path("cellMetres"))) return new OffRoad(max, speed, null);
            double cell = number(
                    node.path("cellMetres"),
                    here + ".cellMetres",
                    grid.minCellMetres(),
                    grid.maxCellMetres(),
                    grid.cellMetres());
            OffRoad offRoad = new OffRoad(max, speed, cell);
            Optional<Long> cells = roads.cells(offRoad, cell);
            if (cells.isPresent() && cells.get() > grid.maxCells())
                wrong(here + ".cellMetres", Text.of("coverage.input.tooManyCells", cell, cells.get(), grid.maxCells()));
            return offRoad;
        }

        private double number(JsonNode node, String where, double least, double most, double usual) {
            if (!present(node)) return usual;
            double value = node.isNumber() ? node.asDouble() : Double.NaN;
            if (value >= least && value <= most) return value;
            wrong(where, Text.of("coverage.input.number", node.toString(), least, most));
            return usual;
        }

        private boolean rings(JsonNode node) {
            if (!present(node)) return false;
            if (!node.isBoolean()) wrong("inputs.rings", Text.of("coverage.input.rings", node.toString()));
            return node.asBoolean(false);
        }

        private void refuseOthers(JsonNode node, String where, List<String> known) {
            for (String name : node.propertyNames())
                if (!known.contains(name)) wrong(where + "." + name, Text.of("process.input.unknown", known));
        }

        private static boolean present(JsonNode node) {
            return !node.isMissingNode() && !node.isNull();
        }

        private void wrong(String where, Text what) {
            mistakes.add(new Mistake(where, what));
        }
    }
}
