package org.anquan.coverage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.StationQuestions.Way;
import org.anquan.geo.GeoJson;
import org.anquan.geo.MetricCrs;
import org.anquan.network.RoadGraph;
import org.anquan.network.Snap;
import org.anquan.network.Sweep;
import org.anquan.network.Sweep.Direction;
import org.anquan.network.Sweep.Source;
import org.anquan.population.Villages;
import org.anquan.population.Villages.Village;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code pre-position}: where mobile teams should stand before a forecast comes true, so that most threatened
 * people are within some minutes of a team or of a present station.
 */
@Component
final class PrePositionProcess implements Process {
    private static final String WORDS = "coverage.prePosition.";
    private static final List<String> OWN =
            List.of("teams", "candidates", "forecast", "elsewhere", "teamTurnout", "teamKind");
    private static final List<String> OF_FORECAST =
            List.of("layer", "filter", "bufferMetres", "weight", "weightBy", "values", "geometry");
    /** Weights are counted in thousandths. */
    private static final double SCALE = 1000;

    private final CoverageSettings settings;
    private final StationQuestions questions;
    private final PlaceSets placeSets;
    private final Layers layers;

    PrePositionProcess(CoverageSettings settings, StationQuestions questions, PlaceSets placeSets, Layers layers) {
        this.settings = settings;
        this.questions = questions;
        this.placeSets = placeSets;
        this.layers = layers;
    }

    /**
     * The answer; weighted numbers are people times the weight of the forecast where they live.
     *
     * @param teams where to stand, the greatest gain first; properties {@code rank, candidateId, name, gainWeighted,
     *     gainPeople, villages}
     * @param optimal whether no choice of so many places is better; else {@code boundWeighted} is what none can pass
     */
    record Answer(
            Features teams,
            int minutes,
            int candidates,
            double totalWeighted,
            double presentWeighted,
            double withTeamsWeighted,
            double boundWeighted,
            boolean optimal,
            long presentPeople,
            long withTeamsPeople,
            List<Left> uncovered,
            @JsonUnwrapped Provenance provenance) {}

    /** A threatened village that nobody reaches in time even then. */
    record Left(String id, String name, @Nullable Long people, double weight, double lon, double lat) {}

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = CircleDescription.togetherInputs(settings);
        CoverageSettings.PrePosition limits = settings.prePosition();
        CircleDescription.part(inputs, WORDS, "input", "teams", 1, CircleDescription.number(1, limits.mostTeams(), 3));
        CircleDescription.part(inputs, WORDS, "input", "candidates", 0, CircleDescription.placeSet(settings));
        CircleDescription.part(inputs, WORDS, "input", "forecast", 0, CircleDescription.rows());
        CircleDescription.part(inputs, WORDS, "input", "elsewhere", 0, CircleDescription.number(0, 1000, 0));
        CircleDescription.part(
                inputs,
                WORDS,
                "input",
                "teamTurnout",
                0,
                CircleDescription.number(0, 3600, limits.turnout().toSeconds()));
        CircleDescription.part(inputs, WORDS, "input", "teamKind", 0, CircleDescription.type("string"));
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        CircleDescription.part(outputs, WORDS, "output", "teams", 0, CircleDescription.object());
        for (String number : List.of(
                "minutes",
                "candidates",
                "totalWeighted",
                "presentWeighted",
                "withTeamsWeighted",
                "boundWeighted",
                "presentPeople",
                "withTeamsPeople"))
            CircleDescription.part(outputs, WORDS, "output", number, 0, CircleDescription.type("number"));
        CircleDescription.part(outputs, WORDS, "output", "optimal", 0, CircleDescription.type("boolean"));
        CircleDescription.part(outputs, WORDS, "output", "uncovered", 0, CircleDescription.rows());
        CircleDescription.provenanceOutputs(outputs);
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        ObjectNode asked = example.putObject("inputs");
        asked.putObject("facilities").put("layer", "rescue_station");
        asked.putArray("minutes").add(30);
        asked.put("teams", 3);
        asked.putArray("forecast").addObject().put("layer", "landslide_point").put("bufferMetres", 2000);
        return new ProcessDescription(
                "pre-position",
                "1.0.0",
                CircleDescription.both(WORDS + "title"),
                CircleDescription.both(WORDS + "description"),
                inputs,
                outputs,
                example);
    }

    /** A part of the forecast: what happens where, and how heavily it weighs. */
    private record Threat(Geometry lonLat, double weight, double bufferMetres) {}

    private record Wanted(int teams, InService standing, List<Threat> threats, double elsewhere, int turnoutSeconds) {
        PlaceSet candidates() {
            return standing.answering();
        }
    }

    @Override
    public Answer execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Wanted> read = read(given, mistakes);
        StationQuestions.Asked asked = questions.askTogether(given, OWN, mistakes);
        Wanted wanted = read.orElseThrow();
        InService.told(wanted.standing().leftOut(Set.of())).ifPresent(asked.warnings()::add);
        int ofTeams = teamKind(given.path("teamKind"), asked.inputs());
        CircleRequest teams = asked.kinds().get(ofTeams).get(0).request();
        if (teams.direction() == Direction.TO)
            throw ProblemException.invalid("coverage.inputs", 1)
                    .withMistakes(List.of(new Mistake("inputs.direction", Text.of(WORDS + "direction"))));
        Villages villages = asked.world().villages();
        if (villages.all().isEmpty()) throw ProblemException.invalid("coverage.links.noVillages", villages.layer());
        progress.report(0.05, Text.of(WORDS + "progressForecast"));
        double[] weights = weights(wanted, villages);
        Present there = Present.of(asked, ofTeams, villages);
        BitSet present = there.with(new BitSet());
        long[] demand = new long[villages.all().size()];
        long total = 0;
        for (int v = 0; v < demand.length; v++) {
            Long people = villages.all().get(v).people();
            demand[v] = people == null ? 0 : Math.round(people * weights[v] * SCALE);
            total += demand[v];
        }
        long now = sum(demand, present);
        if (total == 0) asked.warnings().add(Text.of(WORDS + "nobodyThreatened"));
        long unknown = IntStream.range(0, demand.length)
                .filter(v -> weights[v] > 0 && villages.all().get(v).people() == null)
                .count();
        if (unknown > 0) asked.warnings().add(Text.of(WORDS + "peopleUnknown", unknown));
        List<Place> standing = new ArrayList<>();
        List<BitSet> covers = covers(wanted, asked, ofTeams, there, present, standing, progress);
        progress.report(0.8, Text.of(WORDS + "progressChoice"));
        MaxCover.Choice choice = MaxCover.choose(
                covers, demand, wanted.teams(), settings.prePosition().mostSteps(), progress::cancelled);
        progress.stopIfCancelled();
        return answer(
                wanted, given, asked, villages, weights, demand, present, total, now, standing, covers, choice, start);
    }

    private static long sum(long[] demand, BitSet of) {
        long sum = 0;
        for (int v = of.nextSetBit(0); v >= 0; v = of.nextSetBit(v + 1)) sum += demand[v];
        return sum;
    }

    /** Which kind of help the teams are: the first, or the one that the request names. */
    private static int teamKind(JsonNode node, CircleInputs inputs) {
        if (!present(node)) return 0;
        for (int k = 0; k < inputs.kinds().size(); k++)
            if (inputs.kinds().get(k).id().equals(node.asString(""))) return k;
        throw ProblemException.invalid("coverage.inputs", 1)
                .withMistakes(List.of(new Mistake(
                        "inputs.teamKind",
                        Text.of(
                                WORDS + "teamKind",
                                node.toString(),
                                inputs.kinds().stream().map(KindInput::id).toList()))));
    }

    /**
     * Who is reached in time as things are: by the kind that the teams are of, and by the others.
     *
     * @param others how many of the other kinds come in time, by village
     * @param kinds of help in all
     */
    private record Present(BitSet teamKind, int[] others, int kinds, boolean every) {
        static Present of(StationQuestions.Asked asked, int ofTeams, Villages villages) {
            BitSet own = new BitSet();
            int[] others = new int[villages.all().size()];
            for (int k = 0; k < asked.kinds().size(); k++) {
                BitSet reached = new BitSet();
                for (Way way : asked.kinds().get(k))
                    reached.or(
                            inTime(way, way.located().sources(), way.located().yards(), Walks.of(way, villages)));
                if (k == ofTeams) own = reached;
                else reached.stream().forEach(v -> others[v]++);
            }
            return new Present(own, others, asked.kinds().size(), asked.inputs().every());
        }

        /** Who has all that is needed when these are reached by teams too. */
        BitSet with(BitSet byTeams) {
            BitSet covered = new BitSet();
            for (int v = 0; v < others.length; v++) {
                boolean own = teamKind.get(v) || byTeams.get(v);
                if (every ? own && others[v] == kinds - 1 : own || others[v] > 0) covered.set(v);
            }
            return covered;
        }
    }

    /** How the last walk to the villages goes, the same for all candidates. */
    private record Walks(Points points, Terrain terrain, float @Nullable [][] factors) {
        static Walks of(Way way, Villages villages) {
            Points points = way.ground().villages(villages);
            Terrain terrain = way.ground().terrain(way.request());
            return new Walks(points, terrain, points.walks(terrain, way.ground().access.plane));
        }
    }

    /** @param yards from which people walk straight on */
    private static BitSet inTime(Way way, List<Source> sources, List<Yard> yards, Walks walks) {
        CircleRequest request = way.request();
        RoadGraph graph = way.ground().access.plane.graph;
        int limit = request.widestMillis();
        Direction direction = request.direction();
        EdgeTimes times = new EdgeTimes(
                graph,
                request.keyMillis(),
                sources,
                direction,
                Sweep.run(graph, request.keyMillis(), request.cuts(), sources, direction, limit));
        BitSet in = new BitSet();
        Points points = walks.points();
        for (int v = 0; v < points.count(); v++) {
            long arrival =
                    points.exact(v, times, walks.factors(), walks.terrain().least(), request.offRoad(), k -> true);
            if (arrival != EdgeTimes.NONE && EdgeTimes.millis(arrival) <= limit) in.set(v);
            else if (onFoot(request, yards, points, v, walks.terrain()) <= limit) in.set(v);
        }
        return in;
    }

    private static long onFoot(CircleRequest request, List<Yard> yards, Points points, int village, Terrain terrain) {
        long best = Long.MAX_VALUE;
        for (Yard yard : yards) {
            double metres = yard.metresTo(points.x[village], points.y[village]);
            if (metres > request.offRoad().maxMetres()) continue;
            float factor = terrain.straight(yard.x(), yard.y(), points.x[village], points.y[village]);
            if (factor == Terrain.BARRED) continue;
            long walk = (long) Math.ceil(metres * request.offRoad().millisPerMetre() * factor);
            best = Math.min(best, yard.startMillis() + walk);
        }
        return best;
    }

    /** What each candidate would cover that is not covered now; candidates without a road are left out. */
    private List<BitSet> covers(
            Wanted wanted,
            StationQuestions.Asked asked,
            int ofTeams,
            Present there,
            BitSet present,
            List<Place> standing,
            Progress progress) {
        Way way = asked.kinds().get(ofTeams).get(0);
        Walks walks = Walks.of(way, asked.world().villages());
        List<Source> sources = new ArrayList<>();
        double millisPerMetre = 3600 / settings.station().accessSpeedKmh();
        List<String> far = new ArrayList<>();
        for (Place place : wanted.candidates().places()) {
            Optional<Snap> snap = asked.network()
                    .snap(
                            place.lon(),
                            place.lat(),
                            way.request().profile(),
                            settings.station().maxRoadMetres());
            if (snap.isEmpty()) {
                far.add(place.name());
                continue;
            }
            standing.add(place);
            long access = (long) Math.ceil(snap.get().metresAway() * millisPerMetre);
            sources.add(new Source(snap.get(), (int) (wanted.turnoutSeconds() * 1000L + access)));
        }
        if (!far.isEmpty())
            asked.warnings()
                    .add(Text.of(
                            "coverage.stationsLeftOut",
                            far.stream().limit(20).toList(),
                            settings.station().maxRoadMetres()));
        BitSet[] covers = new BitSet[sources.size()];
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, covers.length).parallel().forEach(c -> {
            if (progress.cancelled()) return;
            List<Source> one = List.of(sources.get(c));
            covers[c] = there.with(inTime(way, one, Located.yards(way.ground().access, one), walks));
            covers[c].andNot(present);
            int number = done.incrementAndGet();
            if (number % 50 == 0)
                progress.report(
                        0.1 + 0.7 * number / covers.length,
                        Text.of(WORDS + "progressCandidates", number, covers.length));
        });
        progress.stopIfCancelled();
        return List.of(covers);
    }

    private Answer answer(
            Wanted wanted,
            ObjectNode given,
            StationQuestions.Asked asked,
            Villages villages,
            double[] weights,
            long[] demand,
            BitSet present,
            long total,
            long now,
            List<Place> standing,
            List<BitSet> covers,
            MaxCover.Choice choice,
            long start) {
        BitSet covered = (BitSet) present.clone();
        List<OneFeature> teams = new ArrayList<>();
        for (int c : choice.chosen()) {
            BitSet more = (BitSet) covers.get(c).clone();
            more.andNot(covered);
            covered.or(covers.get(c));
            teams.add(team(teams.size() + 1, standing.get(c), more, villages, demand));
        }
        List<Left> left = new ArrayList<>();
        for (int v = 0; v < demand.length; v++) {
            Village village = villages.all().get(v);
            if (!covered.get(v) && weights[v] > 0)
                left.add(new Left(
                        village.id(), village.name(), village.people(), weights[v], village.lon(), village.lat()));
        }
        left.sort(Comparator.comparingDouble((Left one) -> one.people() == null ? 1 : -one.people() * one.weight())
                .thenComparing(Left::id));
        ObjectNode understood = asked.understood();
        understood.put("teams", wanted.teams());
        understood.put("teamTurnout", wanted.turnoutSeconds());
        understood.put("elsewhere", wanted.elsewhere());
        for (String name : List.of("candidates", "forecast", "teamKind"))
            if (given.has(name)) understood.set(name, given.get(name).deepCopy());
        if (!choice.optimal())
            asked.warnings()
                    .add(Text.of(
                            WORDS + "notProven",
                            Math.round(1000.0 * choice.weight() / Math.max(1, choice.bound())) / 10.0));
        return new Answer(
                Features.of(teams),
                asked.kinds()
                                .get(teamKind(given.path("teamKind"), asked.inputs()))
                                .get(0)
                                .request()
                                .widestMillis()
                        / 60_000,
                standing.size(),
                total / SCALE,
                now / SCALE,
                (now + choice.weight()) / SCALE,
                (now + choice.bound()) / SCALE,
                choice.optimal(),
                people(villages, present, weights),
                people(villages, covered, weights),
                left,
                asked.provenance(understood, start));
    }

    private static long people(Villages villages, BitSet in, double[] weights) {
        long sum = 0;
        for (int v = in.nextSetBit(0); v >= 0; v = in.nextSetBit(v + 1)) {
            Long people = villages.all().get(v).people();
            if (people != null && weights[v] > 0) sum += people;
        }
        return sum;
    }

    private static OneFeature team(int rank, Place at, BitSet more, Villages villages, long[] demand) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("rank", rank);
        properties.put("candidateId", at.id());
        properties.put("name", at.name());
        properties.put("gainWeighted", sum(demand, more) / SCALE);
        long people = 0;
        int count = 0;
        for (int v = more.nextSetBit(0); v >= 0; v = more.nextSetBit(v + 1)) {
            if (demand[v] == 0) continue;
            Long here = villages.all().get(v).people();
            people += here == null ? 0 : here;
            count++;
        }
        properties.put("gainPeople", people);
        properties.put("villages", count);
        return OneFeature.of(
                "team" + rank, GeoJson.FACTORY.createPoint(new Coordinate(at.lon(), at.lat())), properties);
    }

    /** The greatest weight of any threat that a village lies in; elsewhere the weight of elsewhere. */
    private static double[] weights(Wanted wanted, Villages villages) {
        double[] weights = new double[villages.all().size()];
        java.util.Arrays.fill(weights, wanted.elsewhere());
        if (weights.length == 0) return weights;
        MetricCrs metric = MetricCrs.at(villages.all().get(0).lon());
        Point[] at = new Point[weights.length];
        for (int v = 0; v < at.length; v++) {
            Village village = villages.all().get(v);
            at[v] = GeoJson.FACTORY.createPoint(
                    village.lon() - metric.centralMeridianDegrees() > 6
                                    || village.lon() - metric.centralMeridianDegrees() < -6
                            ? new Coordinate(0, 0)
                            : coordinate(metric.toMetres(village.lon(), village.lat())));
        }
        for (Threat threat : wanted.threats()) {
            Geometry there = metric.toMetres(threat.lonLat());
            var box = there.getEnvelopeInternal();
            box.expandBy(threat.bufferMetres());
            for (int v = 0; v < at.length; v++)
                if (threat.weight() > weights[v]
                        && box.contains(at[v].getCoordinate())
                        && there.isWithinDistance(at[v], threat.bufferMetres())) weights[v] = threat.weight();
        }
        return weights;
    }

    private static Coordinate coordinate(double[] at) {
        return new Coordinate(at[0], at[1]);
    }

    private Optional<Wanted> read(ObjectNode given, List<Mistake> mistakes) {
        int before = mistakes.size();
        CoverageSettings.PrePosition limits = settings.prePosition();
        double teams = number(given.path("teams"), "inputs.teams", 1, limits.mostTeams(), Double.NaN, mistakes);
        if (teams != Math.rint(teams))
            mistakes.add(new Mistake(
                    "inputs.teams", Text.of(WORDS + "teams", given.path("teams").toString())));
        double turnout = number(
                given.path("teamTurnout"),
                "inputs.teamTurnout",
                0,
                3600,
                limits.turnout().toSeconds(),
                mistakes);
        JsonNode candidates = present(given.path("candidates"))
                ? given.path("candidates")
                : JsonNodeFactory.instance.objectNode().put("layer", limits.candidates());
        Optional<PlaceSet> places = placeSets.places(candidates, "inputs.candidates", mistakes);
        if (places.isPresent() && places.get().places().isEmpty())
            mistakes.add(new Mistake("inputs.candidates", Text.of(WORDS + "noCandidates")));
        if (places.isPresent() && places.get().places().size() > limits.mostCandidates())
            mistakes.add(new Mistake(
                    "inputs.candidates",
                    Text.of(WORDS + "tooMany", places.get().places().size(), limits.mostCandidates())));
        List<Threat> threats = new ArrayList<>();
        JsonNode forecast = given.path("forecast");
        boolean any = present(forecast);
        if (any) threats(forecast, threats, mistakes);
        double elsewhere = number(given.path("elsewhere"), "inputs.elsewhere", 0, 1000, any ? 0 : 1, mistakes);
        Optional<InService> standing =
                places.map(set -> placeSets.someInService(set, candidates, "inputs.candidates", mistakes));
        if (mistakes.size() > before || standing.isEmpty()) return Optional.empty();
        return Optional.of(new Wanted((int) teams, standing.get(), threats, elsewhere, (int) turnout));
    }

    private static boolean present(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private void threats(JsonNode forecast, List<Threat> threats, List<Mistake> mistakes) {
        if (!forecast.isArray()) {
            mistakes.add(new Mistake("inputs.forecast", Text.of(WORDS + "forecast")));
            return;
        }
        for (int i = 0; i < forecast.size(); i++) {
            String here = "inputs.forecast[" + i + "]";
            JsonNode one = forecast.get(i);
            Set<String> unknown = new HashSet<>(one.propertyNames());
            unknown.removeAll(OF_FORECAST);
            for (String name : unknown)
                mistakes.add(new Mistake(here + "." + name, Text.of("process.input.unknown", OF_FORECAST)));
            double buffer = number(one.path("bufferMetres"), here + ".bufferMetres", 0, 100_000, 0, mistakes);
            double weight = number(one.path("weight"), here + ".weight", 0, 1000, 1, mistakes);
            if (one.has("geometry")) {
                questions
                        .drawn(one.path("geometry"), here + ".geometry", mistakes)
                        .ifPresent(area -> threats.add(new Threat(area, weight, buffer)));
                continue;
            }
            Optional<LayerDefinition> layer = placeSets.layer(one.path("layer"), here + ".layer", mistakes);
            if (layer.isEmpty()) continue;
            Optional<Filter> filter = placeSets.filter(one.path("filter"), layer.get(), here + ".filter", mistakes);
            String by = one.path("weightBy").asString("");
            if (!by.isEmpty()
                    && layer.get().attributes().stream().noneMatch(a -> a.name().equals(by)))
                mistakes.add(new Mistake(
                        here + ".weightBy",
                        Text.of(WORDS + "weightBy", by, layer.get().title())));
            LayerSnapshot snapshot = layers.snapshot(layer.get().id());
            for (Feature feature : snapshot.features())
                if (filter.isEmpty() || filter.get().matches(feature))
                    threats.add(
                            new Threat(feature.geometry(), weight * weightOf(feature, by, one.path("values")), buffer));
        }
    }

    /** A number counts as it is; a word has the weight that the request gives it, and 1 where it gives none. */
    private static double weightOf(Feature feature, String attribute, JsonNode values) {
        if (attribute.isEmpty()) return 1;
        Object value = feature.get(attribute);
        if (value == null) return 1;
        JsonNode named = values.path(value.toString());
        if (named.isNumber()) return Math.max(0, named.asDouble());
        return value instanceof Number number && values.isEmpty() ? Math.max(0, number.doubleValue()) : 1;
    }

    private static double number(
            JsonNode node, String where, double least, double most, double usual, List<Mistake> mistakes) {
        boolean missing = node.isMissingNode() || node.isNull();
        if (missing && !Double.isNaN(usual)) return usual;
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (value >= least && value <= most) return value;
        mistakes.add(
                new Mistake(where, Text.of("coverage.input.number", missing ? "—" : node.toString(), least, most)));
        return least;
    }
}
