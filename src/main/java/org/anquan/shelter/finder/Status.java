package org.anquan.shelter.finder;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;

/** Where a shelter stands; the ids are the values of the attribute {@code status} of layer {@code shelter}. */
enum Status {
    /** Not built or not fitted out yet. */
    PLANNED,
    /** There, with nobody called to it. */
    READY,
    OPEN,
    FULL,
    CLOSED,
    /** The data do not say. */
    UNKNOWN;

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Text title() {
        return new Text("finder.status." + id(), List.of());
    }

    /** Does it receive people now? */
    boolean active() {
        return this == OPEN || this == FULL;
    }

    static Status ofAttribute(@Nullable Object value) {
        return of(String.valueOf(value)).orElse(UNKNOWN);
    }

    /** One that somebody may set. */
    static Optional<Status> of(String id) {
        return Arrays.stream(values())
                .filter(one -> one != UNKNOWN && one.id().equals(id))
                .findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values())
                .filter(one -> one != UNKNOWN)
                .map(Status::id)
                .toList();
    }
}
