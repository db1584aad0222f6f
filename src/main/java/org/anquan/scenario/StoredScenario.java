package org.anquan.scenario;

import java.time.Instant;
import org.anquan.catalog.Sensitivity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scenario kept under a name.
 *
 * @param body as it was given, labels included
 * @param version 0 for a {@code now} that nobody has written yet
 * @param changedAt null for such a one
 */
public record StoredScenario(
        String name,
        ObjectNode body,
        String author,
        @Nullable Instant changedAt,
        long version) {
    /** The live closures: always there. */
    public static final String NOW = "now";

    public Sensitivity sensitivity() {
        String given = body.path("sensitivity").asString("public");
        for (Sensitivity one : Sensitivity.values()) if (one.name().equalsIgnoreCase(given)) return one;
        return Sensitivity.RESTRICTED;
    }

    /** Names this state: also after one was deleted and made anew under the same name. */
    public String tag() {
        return version + "." + (changedAt == null ? "0" : Long.toString(changedAt.toEpochMilli(), 36));
    }
}
