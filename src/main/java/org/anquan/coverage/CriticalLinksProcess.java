package org.anquan.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.CriticalLinks.Kind;
import org.anquan.coverage.CriticalLinks.Late;
import org.anquan.coverage.CriticalLinks.Link;
import org.anquan.coverage.CriticalLinks.Loss;
import org.anquan.coverage.CriticalLinks.Ranking;
import org.anquan.coverage.StationQuestions.Way;
import org.anquan.network.RoadClass;
import org.anquan.network.RoadGraph;
import org.anquan.network.RoadNetwork;
import org.anquan.network.TravelProfile;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code critical-links}: which bridges, tunnels and road sections would be missed most. */
@Component
final class CriticalLinksProcess implements Process {
    private static final String WORDS = "coverage.links.";
    private static final List<String> OWN = List.of("links", "roadClasses", "area", "top", "shelters");
    private static final List<String> OF_SHELTERS = List.of("facilities", "minutes", "profile");

    private final CoverageSettings settings;
    private final StationQuestions questions;

    CriticalLinksProcess(CoverageSettings settings, StationQuestions questions) {
        this.settings = settings;
        this.questions = questions;
    }

    /**
     * The answer.
     *
     * @param links the worst first; properties {@code rank, kind, name, roadClass, roads, lengthMetres, people, villages,
     *     villagesPeopleUnknown, lost}
     * @param checked how many candidates were judged
     * @param onFastestWays how many of them lie on anybody's fastest way; the others nobody would miss
     * @param missed how many would cost somebody the cover
     * @param shelters the same for the way to a shelter, null where it was not asked
     */
    record Answer(
            Features links,
            int minutes,
            int checked,
            int onFastestWays,
            int missed,
            long people,
            int villages,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Shelters shelters,

            @JsonUnwrapped Provenance provenance) {}

    /**
     * Who would not get to a shelter in time any more.
     *
     * @param links the worst first, properties as those of the circle
     * @param missed how many would cost somebody the shelter
     * @param people who get to a shelter in time now, villages likewise
     */
    record Shelters(Features links, int minutes, int missed, long people, int villages) {}

    /**
     * @param kind the help that is too late then, where several were asked; the seconds are its own
     * @param secondsAfter null where no way is left
     */
    record LostVillage(
            String id,
            String name,
            @Nullable Long people,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String kind,

            double secondsBefore,
            @Nullable Double secondsAfter,
            double lon,
            double lat) {}

    private record Wanted(
            List<Kind> kinds,
            List<RoadClass> classes,
            @Nullable PreparedGeometry within,
            int top) {}

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = CircleDescription.togetherInputs(settings);
        ObjectNode kinds = CircleDescription.type("array");
        kinds.set("items", CircleDescription.choice(words(Kind.values()), "bridges"));
        CircleDescription.part(inputs, WORDS, "input", "links", 0, kinds);
        ObjectNode classes = CircleDescription.type("array");
        classes.set(
                "items",
                CircleDescription.choice(
                        Arrays.stream(RoadClass.values()).map(RoadClass::id).toList(), "first"));
        CircleDescription.part(inputs, WORDS, "input", "roadClasses", 0, classes);
        CircleDescription.part(inputs, WORDS, "input", "area", 0, CircleDescription.object());
        CircleDescription.part(
                inputs,
                WORDS,
                "input",
                "top",
                0,
                CircleDescription.number(
                        1, settings.links().mostListed(), settings.links().listed()));
        CircleDescription.part(inputs, WORDS, "input", "shelters", 0, shelterInput());
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        CircleDescription.part(outputs, WORDS, "output", "links", 0, CircleDescription.object());
        for (String count : List.of("minutes", "checked", "onFastestWays", "missed", "people", "villages"))
            CircleDescription.part(outputs, WORDS, "output", count, 0, CircleDescription.type("integer"));
        CircleDescription.part(outputs, WORDS, "output", "shelters", 0, CircleDescription.object());
        CircleDescription.provenanceOutputs(outputs);
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        ObjectNode asked = example.putObject("inputs");
        asked.putObject("facilities").put("layer", "rescue_station");
        asked.putArray("minutes").add(60);
        return new ProcessDescription(
                "critical-links",
                "1.0.0",
                CircleDescription.both(WORDS + "title"),
                CircleDescription.both(WORDS + "description"),
                inputs,
                outputs,
                example);
    }

    private ObjectNode shelterInput() {
        ObjectNode usual = CircleDescription.stationInputs(settings);
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        var any = schema.putArray("oneOf");
        any.addObject().put("type", "boolean");
        ObjectNode object = any.addObject().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        for (String name : List.of("facilities", "profile"))
            properties.set(name, usual.get(name).get("schema"));
        properties.set(
                "minutes",
                CircleDescription.number(
                        1, settings.maxMinutes(), settings.links().shelterMinutes()));
        object.put("additionalProperties", false);
        return schema;
    }

    private static List<String> words(Kind[] kinds) {
        return Arrays.stream(kinds)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public Answer execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        Wanted wanted = wanted(given, mistakes);
        StationQuestions.Asked asked = questions.askTogether(given, OWN, mistakes);
        RoadNetwork network = asked.network();
        Villages villages = asked.world().villages();
        if (villages.all().isEmpty()) throw ProblemException.invalid("coverage.links.noVillages", villages.layer());
        progress.report(0.05, Text.of("coverage.progress.roads"));
        boolean every = asked.inputs().every();
        CriticalLinks links = new CriticalLinks(network, asked.kinds(), every, villages);
        StationQuestions.Asked sheltersAsked = askForShelters(given);
        if (sheltersAsked != null)
            for (Text one : sheltersAsked.warnings())
                if (!asked.warnings().contains(one)) asked.warnings().add(one);
        int[] keyMillis = openFor(asked, sheltersAsked);
        List<Link> candidates = CriticalLinks.candidates(
                network,
                keyMillis,
                wanted.kinds(),
                wanted.classes(),
                wanted.within(),
                settings.links().twinMetres());
        Ranking ranking = links.rank(candidates, progress);
        Shelters shelters = sheltersAsked == null ? null : shelters(sheltersAsked, candidates, wanted.top(), progress);
        List<OneFeature> worst =
                worst(ranking, wanted.top(), links, asked.inputs().kinds(), progress);
        if (ranking.candidates() == 0) asked.warnings().add(Text.of("coverage.links.none"));
        else if (worst.isEmpty()) asked.warnings().add(Text.of("coverage.links.nobodyMisses", ranking.candidates()));
        ObjectNode understood = asked.understood();
        var kinds = understood.putArray("links");
        for (Kind kind : wanted.kinds()) kinds.add(kind.name().toLowerCase(Locale.ROOT));
        understood.put("top", wanted.top());
        for (String name : List.of("roadClasses", "area", "shelters"))
            if (given.has(name)) understood.set(name, given.get(name).deepCopy());
        return new Answer(
                Features.of(worst),
                widestMinutes(asked),
                ranking.candidates(),
                ranking.onFastestWays(),
                ranking.losses().size(),
                links.peopleInTime(),
                links.villagesInTime(),
                shelters,
                asked.provenance(understood, start));
    }

    /** Of several kinds, the widest of their limits. */
    private static int widestMinutes(StationQuestions.Asked asked) {
        return asked.inputs().kinds().stream()
                .mapToInt(kind -> kind.minutes().get(kind.minutes().size() - 1))
                .max()
                .orElseThrow();
    }

    private List<OneFeature> worst(
            Ranking ranking, int top, CriticalLinks links, List<KindInput> kinds, Progress progress) {
        List<OneFeature> worst = new ArrayList<>();
        for (Loss loss :
                ranking.losses().subList(0, Math.min(top, ranking.losses().size()))) {
            progress.stopIfCancelled();
            worst.add(feature(worst.size() + 1, loss, links, kinds));
        }
        return worst;
    }

    private Shelters shelters(StationQuestions.Asked asked, List<Link> candidates, int top, Progress progress) {
        CriticalLinks links = new CriticalLinks(
                asked.network(),
                asked.kinds(),
                asked.inputs().every(),
                asked.world().villages());
        Ranking ranking = links.rank(candidates, progress);
        return new Shelters(
                Features.of(worst(ranking, top, links, asked.inputs().kinds(), progress)),
                asked.request().widestMillis() / 60_000,
                ranking.losses().size(),
                links.peopleInTime(),
                links.villagesInTime());
    }

    /** The way to a shelter as a question of its own, toward the shelters, over the same roads; null where not asked. */
    private StationQuestions.@Nullable Asked askForShelters(ObjectNode given) {
        JsonNode wanted = given.path("shelters");
        if (!wanted.isObject() && !wanted.asBoolean(false)) return null;
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.putObject("facilities").put("layer", settings.links().shelterLayer());
        asked.put("profile", TravelProfile.FOOT.id());
        asked.put("minutes", settings.links().shelterMinutes());
        for (String name : OF_SHELTERS)
            if (wanted.has(name)) asked.set(name, wanted.get(name).deepCopy());
        JsonNode minutes = asked.remove("minutes");
        asked.putArray("minutes").add(minutes);
        asked.put("direction", "to");
        for (String name : List.of("scenario", "offRoad")) if (given.has(name)) asked.set(name, given.get(name));
        try {
            return questions.ask(asked, List.of(), new ArrayList<>());
        } catch (ProblemException e) {
            if (e.mistakes().isEmpty()) throw e;
            List<Mistake> here = new ArrayList<>();
            for (Mistake one : e.mistakes())
                here.add(new Mistake(one.where().replaceFirst("^inputs", "inputs.shelters"), one.what()));
            throw ProblemException.invalid("coverage.inputs", here.size()).withMistakes(here);
        }
    }

    private static void checkShelters(JsonNode node, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull() || node.isBoolean()) return;
        if (!node.isObject()) {
            mistakes.add(new Mistake("inputs.shelters", Text.of("coverage.links.shelters")));
            return;
        }
        for (String name : node.propertyNames())
            if (!OF_SHELTERS.contains(name))
                mistakes.add(new Mistake("inputs.shelters." + name, Text.of("coverage.input.notHere")));
    }

    /** Sections that any of the ways of travelling may use. */
    private static int[] openFor(StationQuestions.Asked asked, StationQuestions.@Nullable Asked shelters) {
        List<Way> all = new ArrayList<>();
        asked.kinds().forEach(all::addAll);
        if (shelters != null) shelters.kinds().forEach(all::addAll);
        int[] open = all.get(0).request().keyMillis().clone();
        for (Way way : all)
            for (int key = 0; key < open.length; key++)
                if (open[key] == RoadGraph.CLOSED) open[key] = way.request().keyMillis()[key];
        return open;
    }

    private OneFeature feature(int rank, Loss loss, CriticalLinks links, List<KindInput> kinds) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("rank", rank);
        properties.put("kind", singular(loss.link().kind()));
        properties.put("name", links.name(loss.link()));
        properties.put("roadClass", links.roadClass(loss.link()).id());
        properties.put("roads", links.roads(loss.link()));
        properties.put("lengthMetres", links.metres(loss.link()));
        properties.put("people", loss.people());
        properties.put("villages", loss.villages());
        properties.put("villagesPeopleUnknown", loss.villagesPeopleUnknown());
        List<Late> after = links.without(loss.link(), loss.lost(), (int)
                Math.min(Integer.MAX_VALUE / 2, settings.latest().toMillis()));
        List<LostVillage> lost = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            int v = loss.lost().get(i);
            Village village = links.village(v);
            lost.add(new LostVillage(
                    village.id(),
                    village.name(),
                    village.people(),
                    kinds.size() > 1 ? kinds.get(after.get(i).kind()).title() : null,
                    after.get(i).secondsNow(),
                    after.get(i).after() == EdgeTimes.NONE
                            ? null
                            : Double.valueOf(EdgeTimes.millis(after.get(i).after()) / 1000.0),
                    village.lon(),
                    village.lat()));
        }
        lost.sort(java.util.Comparator.comparingLong((LostVillage one) -> one.people() == null ? 1 : -one.people())
                .thenComparing(LostVillage::id));
        properties.put(
                "lost", lost.subList(0, Math.min(lost.size(), settings.listed().most())));
        return OneFeature.of(id(loss.link()), links.shape(loss.link()), properties);
    }

    /** The same under every scenario, so that two answers can be compared: its kind and the number of its first section. */
    private static String id(CriticalLinks.Link link) {
        return singular(link.kind()) + "-" + Arrays.stream(link.edges()).min().orElseThrow();
    }

    private static String singular(Kind kind) {
        return switch (kind) {
            case BRIDGES -> "bridge";
            case TUNNELS -> "tunnel";
            case SECTIONS -> "section";
        };
    }

    private Wanted wanted(ObjectNode given, List<Mistake> mistakes) {
        List<Kind> kinds = choices(
                given.path("links"),
                "inputs.links",
                Arrays.stream(Kind.values())
                        .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), kind -> kind)),
                mistakes);
        if (kinds.isEmpty()) kinds = List.of(Kind.BRIDGES, Kind.TUNNELS);
        List<RoadClass> classes = choices(
                given.path("roadClasses"),
                "inputs.roadClasses",
                Arrays.stream(RoadClass.values()).collect(Collectors.toMap(RoadClass::id, kind -> kind)),
                mistakes);
        checkShelters(given.path("shelters"), mistakes);
        JsonNode top = given.path("top");
        int most = settings.links().mostListed();
        int listed = settings.links().listed();
        if (!top.isMissingNode() && !top.isNull()) {
            double value = top.isNumber() ? top.asDouble() : Double.NaN;
            if (value >= 1 && value <= most && value == Math.rint(value)) listed = (int) value;
            else mistakes.add(new Mistake("inputs.top", Text.of("coverage.input.number", top.toString(), 1, most)));
        }
        return new Wanted(kinds, classes, area(given.path("area"), mistakes), listed);
    }

    private @Nullable PreparedGeometry area(JsonNode node, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return null;
        Optional<Geometry> area = questions.drawn(node, "inputs.area", mistakes);
        if (area.isEmpty()) return null;
        if (area.get() instanceof Polygonal) return PreparedGeometryFactory.prepare(area.get());
        mistakes.add(new Mistake("inputs.area", Text.of("coverage.links.area")));
        return null;
    }

    private static <T> List<T> choices(JsonNode node, String where, Map<String, T> known, List<Mistake> mistakes) {
        List<T> all = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) return all;
        JsonNode list = node.isString() ? JsonNodeFactory.instance.arrayNode().add(node.asString()) : node;
        if (!list.isArray()) {
            mistakes.add(new Mistake(
                    where,
                    Text.of(
                            "coverage.links.choice",
                            node.toString(),
                            known.keySet().stream().sorted().toList())));
            return all;
        }
        for (int i = 0; i < list.size(); i++) {
            T one = known.get(list.get(i).asString(""));
            if (one == null)
                mistakes.add(new Mistake(
                        where + "[" + i + "]",
                        Text.of(
                                "coverage.links.choice",
                                list.get(i).toString(),
                                known.keySet().stream().sorted().toList())));
            else if (!all.contains(one)) all.add(one);
        }
        return all;
    }
}
