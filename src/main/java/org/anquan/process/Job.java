package org.anquan.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands (OGC API Processes {@code statusInfo}).
 *
 * @param message what it does or how it ended, in the language of who started it
 * @param progress 0 to 100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        @JsonProperty("jobID") String id,
        @JsonProperty("processID") String process,
        String type,
        Status status,
        @Nullable String message,
        int progress,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant finished,
        Instant updated) {
    /** As the standard writes it. */
    public enum Status {
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("successful")
        SUCCESSFUL,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("dismissed")
        DISMISSED;

        public boolean ended() {
            return this == SUCCESSFUL || this == FAILED || this == DISMISSED;
        }
    }
}
