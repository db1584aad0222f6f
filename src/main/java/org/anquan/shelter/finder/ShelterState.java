package org.anquan.shelter.finder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anquan.catalog.Change;
import org.anquan.catalog.ChangeContext;
import org.anquan.catalog.ChangeReceipt;
import org.anquan.catalog.Feature;
import org.anquan.catalog.HistoryEntry;
import org.anquan.catalog.LayerEdits;
import org.anquan.catalog.Layers;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The state of shelters: planned, ready, open, full, closed, and how many are inside. It stands in the layer itself, so
 * that every map, list and history has it; each change is a change set of the catalogue, with who, when and why.
 *
 * <p>A count carries a key of its sender. The key stands in the history beside the count it made, in the same
 * transaction, so that a count that is sent twice is done once, over lost connections, restarts and several instances.
 * The version of the shelter is read before its history: whoever counts in between makes the version stale.
 */
@Service
class ShelterState {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{8,64}");
    private static final Pattern KEY_IN_HISTORY = Pattern.compile("\\[([A-Za-z0-9-]{8,64})]$");
    private static final int TRIES = 50;
    /** More in one tap or one list is a slip of the finger. */
    private static final int MOST_PEOPLE = 1_000_000;

    private static final int MOST_SHELTERS = 5_000;

    private final Layers layers;
    private final LayerEdits edits;
    private final Events events;
    private final FinderSettings settings;
    private final Clock clock;
    private final ConcurrentMap<String, Keys> keys = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Object> doors = new ConcurrentHashMap<>();

    /** The keys of all counts of a shelter up to a version of it. */
    private record Keys(long version, Set<String> known) {}

    @org.springframework.beans.factory.annotation.Autowired
    ShelterState(Layers layers, LayerEdits edits, Events events, FinderSettings settings) {
        this(layers, edits, events, settings, Clock.systemUTC());
    }

    ShelterState(Layers layers, LayerEdits edits, Events events, FinderSettings settings, Clock clock) {
        this.layers = layers;
        this.edits = edits;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param in how many came in
     * @param out how many went out
     * @param total how many are inside, counted anew; then in and out are 0
     * @param key the sender's own, the same when it is sent again
     * @param at when it was counted, by the clock of the phone; null for now
     */
    record Count(
            int in,
            int out,
            @Nullable Integer total,
            String key,
            @Nullable Instant at) {}

    /**
     * @param stale whether what is known of it is too old to be relied on
     * @param drill whether it is open for a drill, and for nothing real
     * @param again whether this count had been made before: nothing was counted now
     * @param notTaken people who went out and never came in: the count stays at 0
     * @param changeSet in the history; 0 where nothing was counted now
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Counted(
            String id,
            String name,
            String status,
            String statusText,
            @Nullable Integer occupancy,
            @Nullable Integer capacity,
            @Nullable Integer freePlaces,
            @Nullable Instant asOf,
            boolean stale,
            boolean drill,
            boolean again,
            int notTaken,
            long changeSet) {}

    Counted count(String id, Count count, String who) {
        check(count);
        // The doors of one shelter take turns; other instances and editors are met by the version.
        synchronized (doors.computeIfAbsent(id, any -> new Object())) {
            return countAlone(id, count, who);
        }
    }

    private Counted countAlone(String id, Count count, String who) {
        for (int tries = 1; ; tries++) {
            Feature shelter = shelter(id);
            if (known(shelter, count.key())) return counted(shelter, true, 0, 0);
            Next next = next(shelter, count);
            Map<String, @Nullable Object> changed = new HashMap<>();
            changed.put("occupancy", next.occupancy());
            changed.put("status", next.status().id());
            changed.put(Site.STATE_AT, now());
            try {
                ChangeReceipt receipt = edits.apply(
                        new ChangeContext(who, why(count)),
                        List.of(new Change.Patch(FinderWorlds.LAYER, id, shelter.version(), null, changed)));
                Feature after = receipt.features().get(0);
                remember(shelter, after, count.key());
                return counted(after, false, next.notTaken(), receipt.changeSet());
            } catch (ProblemException e) {
                // Somebody else counted at another door: look again.
                if (e.kind() != Kind.CONFLICT || tries == TRIES) throw e;
            }
        }
    }

    private static void check(Count count) {
        List<Mistake> mistakes = new ArrayList<>();
        if (!KEY.matcher(count.key()).matches())
            mistakes.add(new Mistake("key", Text.of("finder.count.key", FinderInputs.cut(count.key()))));
        Integer total = count.total();
        if (count.in() < 0 || count.in() > MOST_PEOPLE)
            mistakes.add(new Mistake("in", Text.of("finder.count.number", count.in(), MOST_PEOPLE)));
        if (count.out() < 0 || count.out() > MOST_PEOPLE)
            mistakes.add(new Mistake("out", Text.of("finder.count.number", count.out(), MOST_PEOPLE)));
        if (total != null && (total < 0 || total > MOST_PEOPLE))
            mistakes.add(new Mistake("total", Text.of("finder.count.number", total, MOST_PEOPLE)));
        if (total == null ? count.in() == 0 && count.out() == 0 : count.in() != 0 || count.out() != 0)
            mistakes.add(new Mistake("in", Text.of("finder.count.which")));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.count.inputs", mistakes.size())
                    .withMistakes(mistakes);
    }

    private record Next(int occupancy, Status status, int notTaken) {}

    private static Next next(Feature shelter, Count count) {
        Status status = Status.ofAttribute(String.valueOf(shelter.get("status")));
        if (status == Status.PLANNED || status == Status.CLOSED)
            throw ProblemException.of(Kind.CONFLICT, "finder.count.notOpen", shelter.name(), status.title());
        Site site = site(shelter);
        int before = site.occupancy() == null ? 0 : site.occupancy();
        int after = count.total() == null
                ? (int) Math.min(MOST_PEOPLE, (long) before + count.in() - count.out())
                : count.total();
        int inside = Math.max(0, after);
        return new Next(inside, status(site, before, inside), inside - after);
    }

    private static Status status(Site site, int before, int inside) {
        Integer capacity = site.capacity();
        if (site.status() == Status.FULL) {
            // Declared full with places left: the keeper knows better than the figure.
            if (capacity == null || before < capacity) return Status.FULL;
            return inside >= capacity ? Status.FULL : Status.OPEN;
        }
        if (capacity != null && inside >= capacity && inside > 0) return Status.FULL;
        return inside > 0 ? Status.OPEN : site.status() == Status.UNKNOWN ? Status.READY : site.status();
    }

    private String why(Count count) {
        Object at = count.at() != null && count.at().isBefore(clock.instant().minus(2, ChronoUnit.MINUTES))
                ? Text.of("finder.count.whyAt", org.anquan.catalog.SpokenTime.of(count.at()))
                : "";
        Text what = count.total() == null
                ? Text.of("finder.count.why", count.in(), count.out(), at)
                : Text.of("finder.count.whyTotal", count.total(), at);
        return Texts.in(Texts.ownLanguage(), what) + " [" + count.key() + "]";
    }

    private boolean known(Feature shelter, String key) {
        Keys all = keys.get(shelter.id());
        if (all == null || all.version() != shelter.version()) {
            Set<String> found = ConcurrentHashMap.newKeySet();
            for (HistoryEntry entry : edits.history(FinderWorlds.LAYER, shelter.id())) {
                Matcher in = KEY_IN_HISTORY.matcher(entry.why());
                if (in.find()) found.add(in.group(1));
            }
            all = new Keys(shelter.version(), found);
            keys.put(shelter.id(), all);
        }
        return all.known().contains(key);
    }

    private void remember(Feature before, Feature after, String key) {
        keys.computeIfPresent(before.id(), (id, all) -> {
            if (all.version() != before.version()) return all;
            all.known().add(key);
            return new Keys(after.version(), all.known());
        });
    }

    // Lists

    /** @param people inside, by shelter */
    record Listed(String shelter, int people) {}

    /** Counts of several shelters as one change set; ids or full names. */
    List<Counted> counts(List<Listed> list, String who) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Feature> byName = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (Feature one : layers.snapshot(FinderWorlds.LAYER).features())
            if (byName.put(one.name(), one) != null) twice.add(one.name());
        List<Change> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Listed one = list.get(i);
            String where = "[" + (i + 1) + "]";
            Feature shelter = layers.get(FinderWorlds.LAYER, one.shelter()).orElse(byName.get(one.shelter()));
            if (shelter == null) {
                mistakes.add(new Mistake(where, Text.of("finder.list.unknown", FinderInputs.cut(one.shelter()))));
                continue;
            }
            if (twice.contains(one.shelter()))
                mistakes.add(new Mistake(where, Text.of("finder.list.twoOfName", one.shelter())));
            else if (!seen.add(shelter.id()))
                mistakes.add(new Mistake(where, Text.of("finder.list.twice", shelter.name())));
            if (one.people() < 0 || one.people() > MOST_PEOPLE)
                mistakes.add(new Mistake(where, Text.of("finder.count.number", one.people(), MOST_PEOPLE)));
            Status status = Status.ofAttribute(String.valueOf(shelter.get("status")));
            if (status == Status.PLANNED || status == Status.CLOSED)
                mistakes.add(new Mistake(where, Text.of("finder.list.notOpen", shelter.name(), status.title())));
            Map<String, @Nullable Object> changed = new HashMap<>();
            Site site = site(shelter);
            changed.put("occupancy", Math.max(0, one.people()));
            changed.put(
                    "status",
                    status(site, site.occupancy() == null ? 0 : site.occupancy(), Math.max(0, one.people()))
                            .id());
            changed.put(Site.STATE_AT, now());
            changes.add(new Change.Patch(FinderWorlds.LAYER, shelter.id(), shelter.version(), null, changed));
        }
        if (list.isEmpty()) mistakes.add(new Mistake("", Text.of("finder.list.empty")));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.list.inputs", mistakes.size())
                    .withMistakes(mistakes);
        ChangeReceipt receipt = edits.apply(
                new ChangeContext(who, Texts.in(Texts.ownLanguage(), Text.of("finder.list.why", list.size()))),
                changes);
        return receipt.features().stream()
                .map(one -> counted(one, false, 0, receipt.changeSet()))
                .toList();
    }

    // Opening and closing

    /**
     * @param event for what they are opened; empty where they are closed
     * @param why in the words of whoever does it; may be empty
     */
    record Wish(Status to, Collection<String> shelters, String event, boolean drill, String why) {}

    /** @param before its state; null where unknown */
    record Changed(
            String id,
            String name,
            String before,
            String after,
            @Nullable Integer occupancy) {}

    /**
     * @param changeSet by which all of it can be taken back; 0 where nothing changed
     * @param unchanged ids of those that were so already
     * @param warnings what to look at: people who are still inside
     */
    record Done(long changeSet, List<Changed> changed, List<String> unchanged, List<Text> warnings) {}

    Done set(Wish wish, String who) {
        Set<String> ids = new LinkedHashSet<>(wish.shelters());
        List<Mistake> mistakes = new ArrayList<>();
        if (ids.isEmpty()) mistakes.add(new Mistake("shelters", Text.of("finder.state.none")));
        if (ids.size() > MOST_SHELTERS)
            mistakes.add(new Mistake("shelters", Text.of("finder.state.tooMany", ids.size(), MOST_SHELTERS)));
        List<Change> changes = new ArrayList<>();
        Map<String, String> before = new LinkedHashMap<>();
        List<String> unchanged = new ArrayList<>();
        List<Text> warnings = new ArrayList<>();
        for (String id : mistakes.isEmpty() ? ids : Set.<String>of()) {
            Feature shelter = layers.get(FinderWorlds.LAYER, id).orElse(null);
            if (shelter == null) {
                mistakes.add(new Mistake("shelters", Text.of("finder.list.unknown", FinderInputs.cut(id))));
                continue;
            }
            Status from = Status.ofAttribute(String.valueOf(shelter.get("status")));
            if (from == Status.PLANNED && wish.to() != Status.READY && wish.to() != Status.PLANNED)
                mistakes.add(new Mistake("shelters", Text.of("finder.state.planned", shelter.name())));
            if (wish.to() == Status.FULL && from != Status.OPEN && from != Status.FULL)
                mistakes.add(new Mistake("shelters", Text.of("finder.state.fullNotOpen", shelter.name())));
            if (from == wish.to()) {
                unchanged.add(id);
                continue;
            }
            Integer inside = site(shelter).occupancy();
            if (!wish.to().active() && inside != null && inside > 0)
                warnings.add(Text.of("finder.state.peopleInside", shelter.name(), inside));
            before.put(id, from.id());
            changes.add(new Change.Patch(FinderWorlds.LAYER, id, shelter.version(), null, patch(wish.to(), inside)));
        }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("finder.state.inputs", mistakes.size())
                    .withMistakes(mistakes);
        boolean opens = wish.to() == Status.OPEN && !wish.event().isBlank();
        if (opens) events.refuseOther(wish.event(), wish.drill());
        if (changes.isEmpty()) return new Done(0, List.of(), unchanged, warnings);
        ChangeReceipt receipt = edits.apply(new ChangeContext(who, why(wish, changes.size())), changes);
        if (opens) events.joined(wish.event(), wish.drill(), before.keySet(), receipt.changeSet(), who);
        if (!wish.to().active()) events.left(before.keySet(), receipt.changeSet(), who);
        List<Changed> changed = new ArrayList<>();
        for (Feature one : receipt.features())
            changed.add(new Changed(
                    one.id(),
                    one.name(),
                    String.valueOf(before.get(one.id())),
                    wish.to().id(),
                    site(one).occupancy()));
        return new Done(receipt.changeSet(), changed, unchanged, warnings);
    }

    private Map<String, @Nullable Object> patch(Status to, @Nullable Integer inside) {
        Map<String, @Nullable Object> changed = new HashMap<>();
        changed.put("status", to.id());
        changed.put(Site.STATE_AT, now());
        // The count begins at nobody; and whoever is sent home is not inside.
        if (to == Status.OPEN && inside == null) changed.put("occupancy", 0);
        if (to == Status.READY || to == Status.CLOSED) changed.put("occupancy", 0);
        return changed;
    }

    private static String why(Wish wish, int count) {
        Text what = wish.event().isBlank()
                ? Text.of("finder.state.why", wish.to().title(), count)
                : Text.of(
                        wish.drill() ? "finder.state.whyDrill" : "finder.state.whyEvent",
                        wish.event(),
                        wish.to().title(),
                        count);
        String words = Texts.in(Texts.ownLanguage(), what);
        return wish.why().isBlank() ? words : words + " " + wish.why();
    }

    /** Takes back one opening or closing, with what it did to events. */
    Done undo(long changeSet, String who) {
        Map<String, String> before = new HashMap<>();
        ChangeReceipt receipt = edits.undo(
                new ChangeContext(who, Texts.in(Texts.ownLanguage(), Text.of("finder.state.whyUndo", changeSet))),
                FinderWorlds.LAYER,
                changeSet);
        events.undone(changeSet, receipt.changeSet(), who);
        List<Changed> changed = receipt.features().stream()
                .map(one -> new Changed(
                        one.id(),
                        one.name(),
                        before.getOrDefault(one.id(), ""),
                        Status.ofAttribute(String.valueOf(one.get("status"))).id(),
                        site(one).occupancy()))
                .toList();
        return new Done(receipt.changeSet(), changed, List.of(), List.of());
    }

    // Reading

    private Feature shelter(String id) {
        return layers.get(FinderWorlds.LAYER, id)
                .orElseThrow(() -> ProblemException.notFound("finder.noShelter", FinderInputs.cut(id)));
    }

    /** As it stands in the store now. */
    Counted now(String id) {
        return counted(shelter(id), true, 0, 0);
    }

    private static Site site(Feature shelter) {
        return Site.of(shelter.id(), shelter.name(), 0, 0, shelter.attributes());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Counted counted(Feature shelter, boolean again, int notTaken, long changeSet) {
        Site site = site(shelter);
        return new Counted(
                site.id(),
                site.name(),
                site.status().id(),
                site.status().title().toString(),
                site.occupancy(),
                site.capacity(),
                site.freePlaces(),
                site.asOf(),
                settings.stale().has(site, clock.instant()),
                events.drill(site.id()),
                again,
                notTaken,
                changeSet);
    }
}
