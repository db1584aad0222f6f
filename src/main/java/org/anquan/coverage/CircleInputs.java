package org.anquan.coverage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anquan.catalog.Filter;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.TravelProfile;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
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
 * @param kinds what comes; one unless {@code kinds} was given
 * @param together whether {@code kinds} was given
 * @param every whether a place needs all kinds, or one of them
 * @param listed layers whose places are told where help does not come in time, with their filters
 */
record CircleInputs(
        List<KindInput> kinds,
        boolean together,
        boolean every,
        OffRoad offRoad,
        boolean rings,
        boolean backup,
        List<ListInput> listed,
        @Nullable AirInput air,
        Scenario scenario,
        @Nullable Scenario compare) {
    static final List<String> NAMES = List.of(
            "facilities",
            "kinds",
            "combine",
            "minutes",
            "direction",
            "profile",
            "turnout",
            "offRoad",
            "helicopters",
            "backup",
            "lists",
            "scenario",
            "compare",
            "rings");

    /**
     * One kind of help.
     *
     * @param stations those that answer and those that are passed over: a scenario may switch them on
     * @param whereGiven path in the request of each place that was given there
     */
    record KindInput(
            String id,
            String title,
            InService stations,
            Map<Place, String> whereGiven,
            List<Integer> minutes,
            Direction direction,
            TravelProfile profile,
            TurnoutRule turnout) {
        PlaceSet facilities() {
            return stations.answering();
        }

        /** The facilities and those that are passed over for their status. */
        PlaceSet withOutOfService() {
            return stations.all();
        }
    }

    /** @param chosen whether the request named it, or the settings did */
    record ListInput(LayerDefinition layer, @Nullable Filter filter, boolean chosen) {}

    /**
     * Helicopters beside one of the kinds.
     *
     * @param landing pads that can be used, and those that are passed over
     * @param at when they fly, or null for a flight by day
     * @param kind number of the kind that they carry
     */
    record AirInput(
            InService landing,
            double launchMinutes,
            double speedKmh,
            @Nullable Instant at,
            int kind) {
        PlaceSet pads() {
            return landing.answering();
        }
    }

    /**
     * Stations and landing places that are left out for their status.
     *
     * @param on ids that a scenario switches on
     */
    List<Place> leftOut(Set<String> on) {
        List<Place> all = new ArrayList<>();
        for (KindInput kind : kinds) all.addAll(kind.stations().leftOut(on));
        if (air != null) all.addAll(air.landing().leftOut(on));
        return all;
    }

    /** Reads a request; all mistakes come at once. */
    static CircleInputs read(
            ObjectNode node,
            CoverageSettings settings,
            Layers layers,
            PlaceSets placeSets,
            Scenarios scenarios,
            RoadsHint roads) {
        Reader reader = new Reader(settings, layers, placeSets, scenarios);
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
    record TurnoutRule(
            @Nullable Integer forAll,
            Map<String, Integer> byClass,
            @Nullable Integer ofLayer,
            int slowest) {
        /** Nobody turns out: all that counts is the way. */
        boolean none() {
            return forAll != null && forAll == 0;
        }

        /** Seconds, or empty where neither the place nor its class says anything. */
        Optional<Integer> seconds(Place place) {
            if (forAll != null) return Optional.of(forAll);
            if (place.attributes().get("turnoutSeconds") instanceof Number own) return Optional.of(own.intValue());
            Integer seconds = byClass.get(String.valueOf(place.attributes().get("stationClass")));
            return Optional.ofNullable(seconds == null ? ofLayer : seconds);
        }
    }

    /** The inputs with every default filled in, to be run again. */
    ObjectNode understood(ObjectNode given, double cellMetres) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode out = json.objectNode();
        if (together) {
            var list = out.putArray("kinds");
            for (int k = 0; k < kinds.size(); k++) {
                KindInput kind = kinds.get(k);
                ObjectNode one = list.addObject().put("id", kind.id()).put("title", kind.title());
                JsonNode asked = given.path("kinds").get(k);
                one.set("facilities", asked.path("facilities").deepCopy());
                one.put("minutes", kind.minutes().get(0));
                kind(one, kind);
            }
            out.put("combine", every ? "all" : "any");
        } else {
            out.set("facilities", given.path("facilities").deepCopy());
            var list = out.putArray("minutes");
            kinds.get(0).minutes().forEach(list::add);
            kind(out, kinds.get(0));
        }
        out.putObject("offRoad")
                .put("maxMetres", offRoad.maxMetres())
                .put("speedKmh", offRoad.speedKmh())
                .put("cellMetres", cellMetres)
                .put("terrain", !offRoad.evenGround());
        if (!together) out.put("rings", rings);
        out.put("backup", backup);
        for (String name : List.of("lists", "scenario", "compare"))
            if (given.has(name)) out.set(name, given.get(name).deepCopy());
        if (air != null) air(out.putObject("helicopters"), given.path("helicopters"), air);
        return out;
    }

    private void air(ObjectNode out, JsonNode given, AirInput air) {
        if (given.path("pads").isMissingNode() || given.path("pads").isNull()) {
            if (air.pads().layer() != null)
                out.putObject("pads").put("layer", air.pads().layer().layer());
        } else out.set("pads", given.get("pads").deepCopy());
        out.put("launchMinutes", air.launchMinutes()).put("speedKmh", air.speedKmh());
        if (air.at() != null) out.put("at", air.at().toString());
        if (together) out.put("kind", kinds.get(air.kind()).id());
    }

    private static void kind(ObjectNode out, KindInput kind) {
        out.put("direction", kind.direction() == Direction.FROM ? "from" : "to");
        out.put("profile", kind.profile().id());
        TurnoutRule turnout = kind.turnout();
        if (turnout.none()) out.put("turnout", "none");
        else if (turnout.forAll() != null) out.put("turnout", turnout.forAll());
        else {
            ObjectNode classes = out.putObject("turnout");
            new java.util.TreeMap<>(turnout.byClass()).forEach(classes::put);
        }
    }

    private static final class Reader {
        private final CoverageSettings settings;
        private final Layers layers;
        private final PlaceSets placeSets;
        private final Scenarios scenarios;
        final List<Mistake> mistakes = new ArrayList<>();

        Reader(CoverageSettings settings, Layers layers, PlaceSets placeSets, Scenarios scenarios) {
            this.settings = settings;
            this.layers = layers;
            this.placeSets = placeSets;
            this.scenarios = scenarios;
        }

        @Nullable
        CircleInputs read(ObjectNode node, RoadsHint roads) {
            refuseOthers(node, "inputs", NAMES);
            boolean together = present(node.path("kinds"));
            List<KindInput> kinds = together ? kinds(node) : single(node);
            boolean every = every(node.path("combine"));
            OffRoad offRoad = offRoad(node.path("offRoad"), roads);
            boolean rings = yes(node.path("rings"), "inputs.rings");
            boolean backup = yes(node.path("backup"), "inputs.backup");
            List<ListInput> listed = lists(node.path("lists"));
            Optional<Scenario> scenario = scenarios.read(node.path("scenario"), "inputs.scenario", mistakes);
            Optional<Scenario> compare = present(node.path("compare"))
                    ? scenarios.read(node.path("compare"), "inputs.compare", mistakes)
                    : Optional.empty();
            AirInput air = air(node.path("helicopters"), kinds, scenario.orElse(Scenario.NONE));
            if (!mistakes.isEmpty() || kinds.isEmpty() || scenario.isEmpty()) return null;
            return new CircleInputs(
                    kinds, together, every, offRoad, rings, backup, listed, air, scenario.get(), compare.orElse(null));
        }

        private List<KindInput> single(ObjectNode node) {
            if (present(node.path("combine"))) wrong("inputs.combine", Text.of("coverage.input.combineAlone"));
            return kind(node, "inputs", "all", "", minutes(node.path("minutes"))).stream()
                    .toList();
        }

        private List<KindInput> kinds(ObjectNode node) {
            for (String name : List.of("facilities", "minutes", "direction", "profile", "turnout", "rings"))
                if (present(node.path(name))) wrong("inputs." + name, Text.of("coverage.input.besideKinds"));
            JsonNode list = node.path("kinds");
            if (!list.isArray() || list.isEmpty() || list.size() > settings.maxKinds()) {
                wrong("inputs.kinds", Text.of("coverage.input.kindsShape", settings.maxKinds()));
                return List.of();
            }
            List<KindInput> kinds = new ArrayList<>();
            Set<String> ids = new TreeSet<>();
            for (int i = 0; i < list.size(); i++) {
                String here = "inputs.kinds[" + i + "]";
                if (!(list.get(i) instanceof ObjectNode one)) {
                    wrong(here, Text.of("coverage.input.kind"));
                    continue;
                }
                refuseOthers(
                        one, here, List.of("id", "title", "facilities", "minutes", "direction", "profile", "turnout"));
                String id = one.path("id").asString("");
                if (id.isBlank()) wrong(here + ".id", Text.of("coverage.input.kindId"));
                else if (!ids.add(id)) wrong(here + ".id", Text.of("coverage.input.kindTwice", id));
                JsonNode minutes = one.path("minutes");
                List<Integer> limit = List.of(1);
                if (minutes.isNumber()) {
                    double value = minutes.asDouble();
                    if (value >= 1 && value <= settings.maxMinutes() && value == Math.rint(value))
                        limit = List.of((int) value);
                    else
                        wrong(
                                here + ".minutes",
                                Text.of("coverage.input.minutes", minutes.toString(), settings.maxMinutes()));
                } else wrong(here + ".minutes", Text.of("coverage.input.kindMinutes"));
                kind(one, here, id, one.path("title").asString(id), limit).ifPresent(kinds::add);
            }
            return kinds;
        }

        private Optional<KindInput> kind(JsonNode node, String here, String id, String title, List<Integer> minutes) {
            JsonNode asked = node.path("facilities");
            Optional<PlaceSet> places = facilities(asked, here + ".facilities");
            Direction direction = direction(node.path("direction"), here + ".direction");
            TravelProfile profile = profile(node.path("profile"), here + ".profile");
            String layer = asked.path("layer").asString("");
            TurnoutRule turnout = turnout(node.path("turnout"), here + ".turnout", direction, layer);
            if (places.isEmpty()) return Optional.empty();
            checkOwnTurnout(places.get(), asked, here + ".facilities");
            return Optional.of(new KindInput(
                    id,
                    title,
                    placeSets.inService(places.get(), asked),
                    whereGiven(places.get(), asked, here + ".facilities"),
                    minutes,
                    direction,
                    profile,
                    turnout));
        }

        private boolean every(JsonNode node) {
            if (!present(node) || node.asString("").equals("all")) return true;
            if (!node.asString("").equals("any"))
                wrong("inputs.combine", Text.of("coverage.input.combine", node.toString()));
            return false;
        }

        private List<ListInput> lists(JsonNode node) {
            List<ListInput> all = new ArrayList<>();
            if (!present(node)) {
                Visibility visibility = Visibility.current();
                for (LayerDefinition layer : visibility.layers(layers))
                    if (!settings.listed().groupOf(layer.id()).equals("others"))
                        all.add(new ListInput(visibility.cut(layer), null, false));
                return all;
            }
            if (!node.isArray()) {
                wrong("inputs.lists", Text.of("coverage.input.lists"));
                return all;
            }
            for (int i = 0; i < node.size(); i++) {
                String here = "inputs.lists[" + i + "]";
                JsonNode one = node.get(i);
                if (one.isObject()) refuseOthers(one, here, List.of("layer", "filter"));
                JsonNode name = one.isObject() ? one.path("layer") : one;
                Optional<LayerDefinition> layer =
                        placeSets.layer(name, one.isObject() ? here + ".layer" : here, mistakes);
                layer.ifPresent(l -> all.add(new ListInput(
                        l,
                        placeSets
                                .filter(one.path("filter"), l, here + ".filter", mistakes)
                                .orElse(null),
                        true)));
            }
            return all;
        }

        private @Nullable AirInput air(JsonNode node, List<KindInput> kinds, Scenario scenario) {
            if (!present(node) || (node.isBoolean() && !node.asBoolean())) return null;
            String here = "inputs.helicopters";
            if (!node.isObject() && !node.isBoolean()) {
                wrong(here, Text.of("coverage.input.helicopters"));
                return null;
            }
            refuseOthers(node, here, List.of("pads", "launchMinutes", "speedKmh", "at", "kind"));
            CoverageSettings.Helicopter usual = settings.helicopter();
            double launch = number(
                    node.path("launchMinutes"),
                    here + ".launchMinutes",
                    0,
                    240,
                    usual.launch().toSeconds() / 60.0);
            double speed = number(node.path("speedKmh"), here + ".speedKmh", 50, 400, usual.speedKmh());
            Instant at = scenario.validity().from();
            if (present(node.path("at")))
                try {
                    at = OffsetDateTime.parse(node.path("at").asString("")).toInstant();
                } catch (DateTimeException e) {
                    wrong(here + ".at", Text.of("scenario.time", node.path("at").toString()));
                }
            int kind = 0;
            String wanted = node.path("kind").asString("");
            for (int k = 0; k < kinds.size(); k++) if (kinds.get(k).id().equals(wanted)) kind = k;
            if (!wanted.isEmpty() && (kinds.isEmpty() || !kinds.get(kind).id().equals(wanted)))
                wrong(here + ".kind", Text.of("coverage.input.airKind", wanted));
            if (kind < kinds.size() && kinds.get(kind).direction() == Direction.TO)
                wrong(here, Text.of("coverage.input.airDirection"));
            JsonNode pads = node.path("pads");
            if (!present(pads)) pads = JsonNodeFactory.instance.objectNode().put("layer", usual.layer());
            Optional<PlaceSet> places = placeSets.places(pads, here + ".pads", mistakes);
            if (places.isEmpty()) return null;
            return new AirInput(placeSets.inService(places.get(), pads), launch, speed, at, kind);
        }

        private Optional<PlaceSet> facilities(JsonNode node, String here) {
            if (!present(node)) {
                wrong(here, Text.of("coverage.input.facilitiesMissing"));
                return Optional.empty();
            }
            Optional<PlaceSet> places = placeSets.places(node, here, mistakes);
            int most = settings.station().maxCount();
            if (places.isPresent() && places.get().places().size() > most)
                wrong(
                        here,
                        Text.of(
                                "coverage.input.tooManyStations",
                                places.get().places().size(),
                                most));
            return places;
        }

        private static String where(JsonNode facilities, String here, int i) {
            return facilities.isArray() ? here + "[" + i + "]" : here + ".features[" + i + "]";
        }

        private static Map<Place, String> whereGiven(PlaceSet set, JsonNode facilities, String here) {
            Map<Place, String> where = new HashMap<>();
            if (set.layer() != null) return where;
            for (int i = 0; i < set.places().size(); i++) where.put(set.places().get(i), where(facilities, here, i));
            return where;
        }

        private void checkOwnTurnout(PlaceSet set, JsonNode facilities, String here) {
            if (set.layer() != null) return;
            for (int i = 0; i < set.places().size(); i++) {
                Object own = set.places().get(i).attributes().get("turnoutSeconds");
                if (own != null
                        && !(own instanceof Number seconds
                                && seconds.doubleValue() >= 0
                                && seconds.doubleValue() <= 3600))
                    wrong(
                            where(facilities, here, i) + ".properties.turnoutSeconds",
                            Text.of("coverage.input.turnoutSeconds", own));
            }
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

        private Direction direction(JsonNode node, String here) {
            if (!present(node) || node.asString("").equals("from")) return Direction.FROM;
            if (!node.asString("").equals("to")) wrong(here, Text.of("coverage.input.direction", node.toString()));
            return Direction.TO;
        }

        private TravelProfile profile(JsonNode node, String here) {
            if (!present(node)) return TravelProfile.FIRE_ENGINE;
            Optional<TravelProfile> profile = TravelProfile.of(node.asString(""));
            if (profile.isEmpty()) wrong(here, Text.of("coverage.input.profile", node.toString(), TravelProfile.ids()));
            return profile.orElse(TravelProfile.FIRE_ENGINE);
        }

        private TurnoutRule turnout(JsonNode node, String here, Direction direction, String layer) {
            Integer ofLayer = settings.turnout().layerSeconds().get(layer);
            Map<String, Integer> classes = new HashMap<>(settings.turnout().seconds());
            int slowest = settings.turnout().slowestSeconds();
            // Those who come to a place do not turn out from it.
            if (!present(node)) return new TurnoutRule(direction == Direction.TO ? 0 : null, classes, ofLayer, slowest);
            if (node.isNumber()) return new TurnoutRule(seconds(node, here), classes, ofLayer, slowest);
            if (node.isString() && node.asString().equals("none")) return new TurnoutRule(0, classes, ofLayer, slowest);
            if (!node.isObject()) {
                wrong(here, Text.of("coverage.input.turnout", node.toString()));
                return new TurnoutRule(null, classes, ofLayer, slowest);
            }
            refuseOthers(node, here, classes.keySet().stream().sorted().toList());
            node.propertyStream().forEach(p -> classes.put(p.getKey(), seconds(p.getValue(), here + "." + p.getKey())));
            return new TurnoutRule(null, classes, ofLayer, Math.max(slowest, max(classes)));
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
            refuseOthers(node, here, List.of("maxMetres", "speedKmh", "cellMetres", "terrain"));
            boolean even = present(node.path("terrain")) && !yes(node.path("terrain"), here + ".terrain");
            CoverageSettings.Grid grid = settings.grid();
            double max =
                    number(node.path("maxMetres"), here + ".maxMetres", 0, usual.maxMetresLimit(), usual.maxMetres());
            double speed = number(node.path("speedKmh"), here + ".speedKmh", 0.5, 10, usual.speedKmh());
            if (!present(node.path("cellMetres"))) return new OffRoad(max, speed, null, even);
            double cell = number(
                    node.path("cellMetres"),
                    here + ".cellMetres",
                    grid.minCellMetres(),
                    grid.maxCellMetres(),
                    grid.cellMetres());
            OffRoad offRoad = new OffRoad(max, speed, cell, even);
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

        private boolean yes(JsonNode node, String here) {
            if (!present(node)) return false;
            if (!node.isBoolean()) wrong(here, Text.of("coverage.input.rings", node.toString()));
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
