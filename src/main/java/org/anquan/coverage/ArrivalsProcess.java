package org.anquan.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anquan.coverage.CircleRequest.Station;
import org.anquan.coverage.RoadAccess.Near;
import org.anquan.network.Sweep;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process {@code arrivals}: who comes to a place, the earliest first, each with turnout, way and walk, and where one
 * leaves the road; or why nobody comes.
 *
 * <p>The times are the circle's own exact times of a place ({@link Reach}), never those of a route to the nearest road:
 * the nearest road may be an expressway that one cannot leave. The second to come is the first when the first is out, and
 * so on: so many sweeps as stations are wanted, however many there are.
 */
@Component
final class ArrivalsProcess implements Process {
    private static final String WORDS = "coverage.arrivals.";
    private static final List<String> OWN = List.of("place", "count");
    private static final int MOST = 10;
    private static final int USUAL = 3;

    private final CoverageSettings settings;
    private final StationQuestions questions;
    private final PlaceSets placeSets;

    ArrivalsProcess(CoverageSettings settings, StationQuestions questions, PlaceSets placeSets) {
        this.settings = settings;
        this.questions = questions;
        this.placeSets = placeSets;
    }

    /**
     * @param arrivals the earliest first
     * @param reasonCode {@code no_road}, {@code barred} or {@code not_connected} where nobody comes, else null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            List<Arrival> arrivals,
            @Nullable String reasonCode,
            @Nullable Text reasonText,
            @JsonUnwrapped Provenance provenance) {}

    /**
     * @param seconds in all, as the circle counts them
     * @param roadSeconds from the wheels' rolling to where the road is left, the way from the yard included; null where
     *     the last part leads round something barred and is not one straight walk
     * @param walkSeconds the last straight walk; null likewise
     * @param leave where the road is left, lon and lat; null likewise
     */
    record Arrival(
            String facilityId,
            String name,
            double lon,
            double lat,
            double seconds,
            int turnoutSeconds,
            @Nullable Double roadSeconds,
            @Nullable Double walkSeconds,
            @Nullable Double walkMetres,
            double @Nullable [] leave) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Place> place =
                given.has("place") ? placeSets.place(given.path("place"), "inputs.place", mistakes) : Optional.empty();
        if (!given.has("place")) mistakes.add(new Mistake("inputs.place", Text.of(WORDS + "noPlace")));
        int count = count(given.path("count"), mistakes);
        StationQuestions.Asked asked = questions.ask(given, OWN, mistakes);
        Place to = place.orElseThrow();
        CircleRequest request = asked.request();
        Points point = new Points(
                asked.ground().access,
                new double[] {to.lon()},
                new double[] {to.lat()},
                request.offRoad().maxMetres());
        int latestMillis =
                (int) Math.min(Integer.MAX_VALUE / 2, settings.latest().toMillis());
        List<Arrival> arrivals = new ArrayList<>();
        Located left = asked.located();
        Reach first = null;
        while (arrivals.size() < count && !left.sources().isEmpty()) {
            progress.stopIfCancelled();
            Reach reach = Reach.of(asked.ground(), request, left, List.of(point), latestMillis, null);
            if (first == null) first = reach;
            long arrival = reach.exact[0][0];
            if (arrival == EdgeTimes.NONE) break;
            int station = EdgeTimes.source(arrival);
            arrivals.add(arrival(asked, reach, point, arrival, left.stations().get(station)));
            left = without(left, station);
        }
        ObjectNode understood = asked.understood();
        understood.set("place", given.path("place").deepCopy());
        understood.put("count", count);
        Provenance provenance = asked.provenance(understood, start);
        if (!arrivals.isEmpty() || first == null) return new Answer(arrivals, null, null, provenance);
        return nobody(request, point.near[0], first, provenance);
    }

    private static int count(JsonNode node, List<Mistake> mistakes) {
        if (node.isMissingNode() || node.isNull()) return USUAL;
        if (node.isInt() && node.asInt() >= 1 && node.asInt() <= MOST) return node.asInt();
        mistakes.add(new Mistake("inputs.count", Text.of(WORDS + "count", node.toString(), MOST)));
        return USUAL;
    }

    private static Answer nobody(CircleRequest request, Near near, Reach reach, Provenance provenance) {
        double walk = request.offRoad().maxMetres();
        if (near.count() == 0 || near.metres[0] > walk)
            return new Answer(List.of(), "no_road", Text.of("coverage.reason.no_road", Math.round(walk)), provenance);
        boolean onRoad =
                reach.times != null && near.best(reach.times, reach.millisPerMetre, reach.maxMetres) != EdgeTimes.NONE;
        String code = onRoad ? "barred" : "not_connected";
        return new Answer(List.of(), code, Text.of("coverage.reason." + code), provenance);
    }

    private static Arrival arrival(
            StationQuestions.Asked asked, Reach reach, Points point, long arrival, Station station) {
        long millis = EdgeTimes.millis(arrival);
        int exit = exit(reach, point.near[0], arrival);
        if (exit < 0)
            return new Arrival(
                    station.id(),
                    station.name(),
                    station.lon(),
                    station.lat(),
                    millis / 1_000.0,
                    station.turnoutSeconds(),
                    null,
                    null,
                    null,
                    null);
        Near near = point.near[0];
        RoadPlane plane = asked.ground().access.plane;
        double[] at = plane.pointAt(near.edge[exit], near.fraction[exit]);
        double[] lonLat = asked.ground().grid.crs().toLonLat(at[0] + plane.originX, at[1] + plane.originY);
        EdgeTimes times = Objects.requireNonNull(reach.times);
        long road = EdgeTimes.millis(times.at(near.edge[exit], near.fraction[exit]));
        return new Arrival(
                station.id(),
                station.name(),
                station.lon(),
                station.lat(),
                millis / 1_000.0,
                station.turnoutSeconds(),
                road / 1_000.0 - station.turnoutSeconds(),
                (millis - road) / 1_000.0,
                (double) near.metres[exit],
                lonLat);
    }

    /**
     * Where the road is left on the way that takes the exact time; -1 where that way is none of the straight walks from a
     * road. On ground that is not even, the walk's own factor is not known here: the exit is the one from which at least
     * the even walk fits into the time, the latest of them to be left.
     */
    private static int exit(Reach reach, Near near, long arrival) {
        if (reach.times == null) return -1;
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < near.count() && near.metres[i] <= reach.maxMetres; i++) {
            long road = reach.times.at(near.edge[i], near.fraction[i]);
            if (road == EdgeTimes.NONE || EdgeTimes.source(road) != EdgeTimes.source(arrival)) continue;
            long walk = (long) Math.ceil(near.metres[i] * reach.millisPerMetre);
            long spare = EdgeTimes.millis(arrival) - EdgeTimes.millis(road) - walk;
            if (spare >= 0 && spare < least) {
                least = spare;
                best = i;
            }
        }
        // With even ground the time is that of one of them to the millisecond.
        return reach.evenGround && least > 1 ? -1 : best;
    }

    /** The same stations but one. Stations on the road come first, each with its source. */
    private static Located without(Located all, int station) {
        List<Station> stations = new ArrayList<>(all.stations());
        stations.remove(station);
        List<Sweep.Source> sources = new ArrayList<>(all.sources());
        if (station < sources.size()) sources.remove(station);
        List<Yard> yards = new ArrayList<>();
        for (Yard yard : all.yards())
            if (yard.station() != station)
                yards.add(
                        yard.station() < station
                                ? yard
                                : new Yard(yard.station() - 1, yard.x(), yard.y(), yard.startMillis()));
        return new Located(stations, sources, yards);
    }

    // ---- description --------------------------------------------------------------------------------------------

    @Override
    public ProcessDescription description() {
        ObjectNode inputs = CircleDescription.stationInputs(settings);
        CircleDescription.part(inputs, WORDS, "input", "place", 1, CircleDescription.place());
        CircleDescription.part(inputs, WORDS, "input", "count", 0, CircleDescription.number(1, MOST, USUAL));
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        CircleDescription.part(outputs, WORDS, "output", "arrivals", 0, CircleDescription.rows());
        CircleDescription.part(outputs, WORDS, "output", "reasonCode", 0, CircleDescription.type("string"));
        CircleDescription.part(outputs, WORDS, "output", "reasonText", 0, CircleDescription.type("string"));
        CircleDescription.provenanceOutputs(outputs);
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        ObjectNode body = example.putObject("inputs");
        body.putObject("facilities").put("layer", "rescue_station");
        body.putArray("place").add(105.9).add(32.45);
        return new ProcessDescription(
                "arrivals",
                "1.0.0",
                CircleDescription.both(WORDS + "title"),
                CircleDescription.both(WORDS + "description"),
                inputs,
                outputs,
                example);
    }
}
