package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anquan.catalog.Feature;
import org.anquan.catalog.Filter;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSets;
import org.anquan.security.Asker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** State of shelters over HTTP; who may write stands in {@code security}. */
@RestController
@RequestMapping(path = "/api/shelters", produces = MediaType.APPLICATION_JSON_VALUE)
final class ShelterStateController {
    private static final int MOST_LISTED = 500;
    private static final int MOST_ROWS = 5_000;
    private static final List<String> COUNT_PARTS = List.of("in", "out", "total", "key", "at");
    private static final List<String> STATE_PARTS = List.of("status", "shelters", "filter", "event", "drill", "why");

    private final ShelterState state;
    private final FinderWorlds worlds;
    private final ShelterFinder finder;
    private final Events events;
    private final PlaceSets placeSets;
    private final Layers layers;
    private final FinderSettings settings;

    ShelterStateController(
            ShelterState state,
            FinderWorlds worlds,
            ShelterFinder finder,
            Events events,
            PlaceSets placeSets,
            Layers layers,
            FinderSettings settings) {
        this.state = state;
        this.worlds = worlds;
        this.finder = finder;
        this.events = events;
        this.placeSets = placeSets;
        this.layers = layers;
        this.settings = settings;
    }

    /**
     * Public attributes only.
     *
     * @param lon degrees
     * @param lat degrees
     * @param stale whether what is known of it is too old to be relied on
     * @param drill whether it is open for a drill, and for nothing real
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String id,
            String name,
            double lon,
            double lat,
            String status,
            String statusText,
            @Nullable Integer occupancy,
            @Nullable Integer capacity,
            @Nullable Integer freePlaces,
            @Nullable Instant asOf,
            boolean stale,
            boolean drill) {}

    /**
     * @param drill whether a drill goes on and nothing real
     * @param staleAfterHours after so many hours without news the state of an open or full shelter is stale
     */
    record Rows(List<Row> shelters, int matched, List<Running> events, boolean drill, double staleAfterHours) {}

    /** What shelters were opened for. Who did it stands in the history, for those who are signed in. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Running(
            String name,
            boolean drill,
            List<String> shelters,
            Instant startedAt,
            @Nullable Instant endedAt) {
        static Running of(Events.Event event) {
            return new Running(
                    event.name(),
                    event.drill(),
                    event.members().stream()
                            .filter(one -> one.leftBy() == null || event.endedAt() != null)
                            .map(Events.Member::shelter)
                            .distinct()
                            .toList(),
                    event.startedAt(),
                    event.endedAt());
        }
    }

    /**
     * @param q part of a name or id; empty for all, those that receive people first
     * @param active only those that receive people or are full
     */
    @GetMapping
    Rows list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "false") boolean active) {
        FinderWorld world = worlds.current();
        String wanted = q.strip().toLowerCase(Locale.ROOT);
        Instant now = Instant.now();
        List<Site> found = new ArrayList<>();
        for (int i = 0; i < world.count(); i++) {
            Site site = world.site(i);
            if (active && !site.status().active()) continue;
            if (wanted.isEmpty()
                    || site.name().toLowerCase(Locale.ROOT).contains(wanted)
                    || site.id().equals(q.strip())) found.add(site);
        }
        found.sort((a, b) -> Boolean.compare(b.status().active(), a.status().active()));
        List<Row> rows = found.stream()
                .limit(Math.max(1, Math.min(limit, MOST_LISTED)))
                .map(site -> row(site, now))
                .toList();
        return new Rows(
                rows,
                found.size(),
                events.running().stream().map(Running::of).toList(),
                events.drillOnly(),
                settings.stale().state().toMinutes() / 60.0);
    }

    private Row row(Site site, Instant now) {
        return new Row(
                site.id(),
                site.name(),
                site.lon(),
                site.lat(),
                site.status().id(),
                site.status().title().toString(),
                site.occupancy(),
                site.capacity(),
                site.freePlaces(),
                site.asOf(),
                finder.stale(site, now),
                events.drill(site.id()));
    }

    @GetMapping("/events")
    List<Running> events() {
        return events.all().stream().map(Running::of).toList();
    }

    @GetMapping("/{id}/count")
    ResponseEntity<ShelterState.Counted> present(@PathVariable String id) {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(state.now(id));
    }

    @PostMapping(path = "/{id}/count", consumes = MediaType.APPLICATION_JSON_VALUE)
    ShelterState.Counted count(@PathVariable String id, @RequestBody JsonNode body) {
        List<Mistake> mistakes = new ArrayList<>();
        unknown(body, COUNT_PARTS, mistakes);
        int in = whole(body, "in", mistakes);
        int out = whole(body, "out", mistakes);
        Integer total = body.has("total") ? Integer.valueOf(whole(body, "total", mistakes)) : null;
        Instant at = time(body.path("at"), mistakes);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.count.inputs", mistakes.size())
                    .withMistakes(mistakes);
        return state.count(
                id, new ShelterState.Count(in, out, total, body.path("key").asString(""), at), who());
    }

    private static void unknown(JsonNode body, List<String> known, List<Mistake> mistakes) {
        if (!body.isObject()) mistakes.add(new Mistake("", Text.of("finder.body", known)));
        for (String name : body.propertyNames())
            if (!known.contains(name)) mistakes.add(new Mistake(name, Text.of("process.input.unknown", known)));
    }

    private static int whole(JsonNode body, String name, List<Mistake> mistakes) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) return 0;
        if (value.isIntegralNumber() && value.canConvertToInt()) return value.asInt();
        mistakes.add(new Mistake(name, Text.of("finder.count.whole", FinderInputs.cut(value.toString()))));
        return 0;
    }

    private static @Nullable Instant time(JsonNode value, List<Mistake> mistakes) {
        if (value.isMissingNode() || value.isNull()) return null;
        try {
            return OffsetDateTime.parse(value.asString("")).toInstant();
        } catch (DateTimeParseException e) {
            mistakes.add(new Mistake("at", Text.of("finder.count.time", FinderInputs.cut(value.toString()))));
            return null;
        }
    }

    /** The list of a township: one shelter a line, its id or name, and how many are inside. Names of people have no place in it. */
    @PostMapping(
            path = "/counts",
            consumes = {"text/csv", "text/plain"})
    List<ShelterState.Counted> list(@RequestBody String text) {
        List<ShelterState.Listed> rows = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size() && rows.size() <= MOST_ROWS; i++) {
            String line = lines.get(i).replace("\uFEFF", "").strip();
            if (line.isEmpty()) continue;
            String[] cells = line.split("[,，\t]");
            String where = "[" + (i + 1) + "]";
            if (i == 0 && cells.length > 1 && !cells[1].strip().matches("-?\\d+")) {
                if (cells.length > 2) mistakes.add(new Mistake(where, Text.of("finder.list.columns")));
                continue;
            }
            if (cells.length != 2) mistakes.add(new Mistake(where, Text.of("finder.list.columns")));
            else if (!cells[1].strip().matches("\\d{1,9}"))
                mistakes.add(new Mistake(where, Text.of("finder.count.whole", FinderInputs.cut(cells[1].strip()))));
            else rows.add(new ShelterState.Listed(cells[0].strip(), Integer.parseInt(cells[1].strip())));
        }
        if (rows.size() > MOST_ROWS) mistakes.add(new Mistake("", Text.of("finder.list.tooLong", MOST_ROWS)));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.list.inputs", mistakes.size())
                    .withMistakes(mistakes);
        return state.counts(rows, who());
    }

    /** Opens, fills or closes a set of shelters as one action. */
    @PostMapping(path = "/state", consumes = MediaType.APPLICATION_JSON_VALUE)
    ShelterState.Done set(@RequestBody JsonNode body) {
        List<Mistake> mistakes = new ArrayList<>();
        unknown(body, STATE_PARTS, mistakes);
        List<String> ids = new ArrayList<>();
        for (JsonNode one : body.path("shelters")) ids.add(one.asString(""));
        filtered(body.path("filter"), ids, mistakes);
        return set(body, ids, mistakes);
    }

    private void filtered(JsonNode filter, List<String> ids, List<Mistake> mistakes) {
        if (!filter.isString()) return;
        LayerDefinition layer = Visibility.current().layer(layers, FinderWorlds.LAYER);
        Filter chosen = placeSets.filter(filter, layer, "filter", mistakes).orElse(null);
        if (chosen == null) return;
        for (Feature one : layers.snapshot(FinderWorlds.LAYER).features()) if (chosen.matches(one)) ids.add(one.id());
    }

    /** One shelter, by its keeper. */
    @PostMapping(path = "/{id}/state", consumes = MediaType.APPLICATION_JSON_VALUE)
    ShelterState.Done setOne(@PathVariable String id, @RequestBody JsonNode body) {
        List<Mistake> mistakes = new ArrayList<>();
        unknown(body, List.of("status", "why"), mistakes);
        return set(body, List.of(id), mistakes);
    }

    private ShelterState.Done set(JsonNode body, List<String> ids, List<Mistake> mistakes) {
        String given = body.path("status").asString("");
        Status to = Status.of(given).orElse(Status.UNKNOWN);
        if (to == Status.UNKNOWN)
            mistakes.add(new Mistake("status", Text.of("finder.state.status", FinderInputs.cut(given), Status.ids())));
        String event = body.path("event").asString("").strip();
        if (event.length() > 60) mistakes.add(new Mistake("event", Text.of("finder.state.eventTooLong", 60)));
        JsonNode drill = body.path("drill");
        if (!drill.isMissingNode() && !drill.isBoolean())
            mistakes.add(new Mistake("drill", Text.of("finder.state.drill", drill.toString())));
        String why = body.path("why").asString("").strip();
        if (why.length() > 500) mistakes.add(new Mistake("why", Text.of("finder.state.whyTooLong", 500)));
        if (drill.asBoolean(false) && event.isEmpty())
            mistakes.add(new Mistake("event", Text.of("finder.state.drillNeedsEvent")));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.state.inputs", mistakes.size())
                    .withMistakes(mistakes);
        return state.set(new ShelterState.Wish(to, ids, event, drill.asBoolean(false), why), who());
    }

    @PostMapping("/state/{changeSet}/undo")
    ShelterState.Done undo(@PathVariable long changeSet) {
        return state.undo(changeSet, who());
    }

    private static String who() {
        return Asker.current().account();
    }
}
