package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anquan.catalog.Documents;
import org.anquan.catalog.Documents.Document;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** For what shelters were opened: a disaster or a drill. Kept in the store of the features, so every instance knows. */
@Component
class Events {
    private static final String KIND = "shelter-event";
    private static final int TRIES = 5;

    private final Documents documents;
    private final JsonMapper json;
    private final FinderSettings settings;
    private volatile @Nullable Read last;

    private record Read(List<Event> running, boolean drillOnly, Set<String> drilled, long atNanos) {}

    /**
     * @param shelters ids of those that it opened
     * @param changeSet by which they were opened
     * @param endedAt null while it runs
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Event(
            String name,
            boolean drill,
            List<String> shelters,
            long changeSet,
            String by,
            Instant startedAt,
            @Nullable Instant endedAt) {
        Event {
            shelters = List.copyOf(shelters);
        }
    }

    Events(Documents documents, JsonMapper json, FinderSettings settings) {
        this.documents = documents;
        this.json = json;
        this.settings = settings;
    }

    /** All, the newest first. */
    List<Event> all() {
        List<Event> all = new ArrayList<>();
        for (Document one : documents.list(KIND)) all.add(read(one));
        all.sort((a, b) -> b.startedAt().compareTo(a.startedAt()));
        return all;
    }

    List<Event> running() {
        return read().running();
    }

    /** Is a drill going on and nothing real? A real event is never taken for a drill. */
    boolean drillOnly() {
        return read().drillOnly();
    }

    /** Is this shelter open for a drill, and for nothing real? */
    boolean drill(String shelter) {
        return read().drilled().contains(shelter);
    }

    private Read read() {
        Read known = last;
        long now = System.nanoTime();
        if (known != null && now - known.atNanos() < settings.nowKeptFor().toNanos()) return known;
        List<Event> running =
                all().stream().filter(one -> one.endedAt() == null).toList();
        Set<String> drilled = new HashSet<>();
        for (Event one : running) if (one.drill()) drilled.addAll(one.shelters());
        for (Event one : running) if (!one.drill()) one.shelters().forEach(drilled::remove);
        boolean drillOnly = !running.isEmpty() && running.stream().allMatch(Event::drill);
        Read fresh = new Read(running, drillOnly, drilled, now);
        last = fresh;
        return fresh;
    }

    /**
     * Adds an event, or more shelters to one that runs.
     *
     * @throws ProblemException conflict, where it runs as a drill and shall be real, or the other way round
     */
    Event started(String name, boolean drill, List<String> shelters, long changeSet, String by) {
        return change(name, by, present -> {
            if (present == null || present.endedAt() != null)
                return new Event(name, drill, shelters, changeSet, by, Instant.now(), null);
            refuseOther(present, drill);
            Set<String> all = new LinkedHashSet<>(present.shelters());
            all.addAll(shelters);
            return new Event(name, drill, List.copyOf(all), changeSet, present.by(), present.startedAt(), null);
        });
    }

    /** @throws ProblemException conflict, as {@link #started} */
    void refuseOther(String name, boolean drill) {
        documents.get(KIND, name).map(this::read).filter(one -> one.endedAt() == null).ifPresent(one ->
                refuseOther(one, drill));
    }

    private static void refuseOther(Event present, boolean drill) {
        if (present.drill() != drill)
            throw ProblemException.of(
                    Kind.CONFLICT,
                    "finder.event.otherKind",
                    present.name(),
                    Text.of(present.drill() ? "finder.event.drill" : "finder.event.real"));
    }

    /** Takes shelters out of every event that runs; an event without shelters has ended. */
    void left(Set<String> shelters, String by) {
        for (Event one : all()) {
            if (one.endedAt() != null || one.shelters().stream().noneMatch(shelters::contains)) continue;
            change(one.name(), by, present -> {
                Event now = present == null ? one : present;
                List<String> stay = now.shelters().stream()
                        .filter(id -> !shelters.contains(id))
                        .toList();
                return new Event(
                        now.name(),
                        now.drill(),
                        stay.isEmpty() ? now.shelters() : stay,
                        now.changeSet(),
                        now.by(),
                        now.startedAt(),
                        stay.isEmpty() ? Instant.now() : null);
            });
        }
    }

    private interface Edit {
        Event of(@Nullable Event present);
    }

    private Event change(String name, String by, Edit edit) {
        for (int tries = 1; ; tries++) {
            Document before = documents.get(KIND, name).orElse(null);
            Event next = edit.of(before == null ? null : read(before));
            long version = before == null ? 0 : before.version();
            try {
                documents.put(KIND, name, json.writeValueAsString(next), by, present -> {
                    if (present.map(Document::version).orElse(0L) != version)
                        throw ProblemException.of(Kind.STALE, "finder.event.moved", name);
                });
                last = null;
                return next;
            } catch (ProblemException e) {
                if (e.kind() != Kind.STALE || tries == TRIES) throw e;
            }
        }
    }

    private Event read(Document one) {
        return json.readValue(one.body(), Event.class);
    }
}
