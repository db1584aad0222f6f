package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
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
     * @param members all that it ever opened
     * @param endedAt null while it runs
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Event(
            String name,
            boolean drill,
            List<Member> members,
            String by,
            Instant startedAt,
            @Nullable Instant endedAt) {
        Event {
            members = List.copyOf(members);
        }

        Event with(List<Member> others) {
            boolean ends = others.stream().allMatch(one -> one.leftBy() != null);
            return new Event(
                    name, drill, others, by, startedAt, !ends ? null : endedAt == null ? Instant.now() : endedAt);
        }
    }

    /**
     * @param joinedBy the change set that opened it
     * @param leftBy the change set that closed it; null while it is open
     */
    record Member(String shelter, long joinedBy, @Nullable Long leftBy) {}

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
        for (Event one : running) if (one.drill()) drilled.addAll(open(one));
        for (Event one : running) if (!one.drill()) drilled.removeAll(open(one));
        boolean drillOnly = !running.isEmpty() && running.stream().allMatch(Event::drill);
        Read fresh = new Read(running, drillOnly, drilled, now);
        last = fresh;
        return fresh;
    }

    private static List<String> open(Event event) {
        return event.members().stream()
                .filter(one -> one.leftBy() == null)
                .map(Member::shelter)
                .toList();
    }

    /** @throws ProblemException conflict, where one of this name runs as a drill and shall be real, or the other way round */
    void refuseOther(String name, boolean drill) {
        documents
                .get(KIND, name)
                .map(this::read)
                .filter(one -> one.endedAt() == null)
                .ifPresent(one -> refuseOther(one, drill));
    }

    private static void refuseOther(Event present, boolean drill) {
        if (present.drill() != drill)
            throw ProblemException.of(
                    Kind.CONFLICT,
                    "finder.event.otherKind",
                    present.name(),
                    Text.of(present.drill() ? "finder.event.drill" : "finder.event.real"));
    }

    /** Begins an event, or adds more shelters to one that runs. */
    Event joined(String name, boolean drill, Collection<String> shelters, long changeSet, String by) {
        List<Member> fresh =
                shelters.stream().map(id -> new Member(id, changeSet, null)).toList();
        return change(name, by, present -> {
            if (present == null || present.endedAt() != null)
                return new Event(name, drill, fresh, by, Instant.now(), null);
            refuseOther(present, drill);
            List<Member> all = new ArrayList<>(present.members());
            all.addAll(fresh);
            return present.with(all);
        });
    }

    /** Shelters were closed by a change set: an event that has none left has ended. */
    void left(Set<String> shelters, long changeSet, String by) {
        every(
                by,
                one -> one.leftBy() == null && shelters.contains(one.shelter())
                        ? new Member(one.shelter(), one.joinedBy(), changeSet)
                        : one);
    }

    /** A change set was taken back, by another one. */
    void undone(long changeSet, long byChangeSet, String by) {
        every(by, one -> {
            if (one.joinedBy() == changeSet && one.leftBy() == null)
                return new Member(one.shelter(), one.joinedBy(), byChangeSet);
            if (one.leftBy() != null && one.leftBy() == changeSet)
                return new Member(one.shelter(), one.joinedBy(), null);
            return one;
        });
    }

    private void every(String by, UnaryOperator<Member> edit) {
        for (Event one : all()) {
            if (one.members().stream().map(edit).toList().equals(one.members())) continue;
            change(one.name(), by, present -> {
                Event now = present == null ? one : present;
                return now.with(now.members().stream().map(edit).toList());
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
