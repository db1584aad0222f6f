package org.anquan.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;

/**
 * The last events in their order, and who listens. An id is {@code <life>-<number>}: the life names this run of this
 * instance, so that a reader that comes from another one is told to look again at everything.
 */
final class ChangeFeed {
    private final String life = Long.toString(Instant.now().toEpochMilli(), 36);
    private final int kept;
    private final int maxListeners;
    private final Deque<LiveEvent> past = new ArrayDeque<>();
    private final List<Listener> listeners = new ArrayList<>();
    private long last;

    ChangeFeed(LiveSettings settings) {
        this.kept = settings.kept();
        this.maxListeners = settings.maxListeners();
    }

    /** What a listener is given; it must not wait for anything. */
    interface Listener {
        Visibility visibility();

        void take(LiveEvent event);
    }

    /** Keeps an event and hands it to all who may be told. */
    synchronized void tell(Sensitivity sensitivity, String kind, String data) {
        LiveEvent event = LiveEvent.of(id(++last), last, sensitivity, kind, data);
        past.addLast(event);
        if (past.size() > kept) past.removeFirst();
        for (Listener one : listeners) if (one.visibility().sees(sensitivity)) one.take(event);
    }

    private String id(long number) {
        return life + "-" + number;
    }

    synchronized int listeners() {
        return listeners.size();
    }

    /** Where a new listener stands: the id of the last event, and whether it can be brought up to date by what is kept. */
    record Joined(String id, long number, boolean caughtUp) {}

    /**
     * Takes a listener in. One that names the last event it saw is given those since; one that was away for too long, or
     * comes from another instance, is not caught up and has to look at everything again.
     *
     * @param lastSeen the id that the listener names, or empty
     * @return empty where there are too many listeners
     */
    synchronized Optional<Joined> join(Listener listener, String lastSeen) {
        if (listeners.size() >= maxListeners) return Optional.empty();
        OptionalLong seen = number(lastSeen);
        long oldest = past.isEmpty() ? last + 1 : past.getFirst().number();
        boolean caughtUp = seen.isPresent() && seen.getAsLong() <= last && seen.getAsLong() >= oldest - 1;
        if (caughtUp)
            for (LiveEvent event : past)
                if (event.number() > seen.getAsLong() && listener.visibility().sees(event.sensitivity()))
                    listener.take(event);
        listeners.add(listener);
        return Optional.of(new Joined(id(last), last, caughtUp));
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    private OptionalLong number(String id) {
        if (!id.startsWith(life + "-")) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(id.substring(life.length() + 1)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
