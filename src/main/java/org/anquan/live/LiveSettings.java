package org.anquan.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How open maps are told of changes; reasons stand in {@code application.yml}.
 *
 * @param maxListeners open maps at a time
 * @param kept last events, for those who come back after a gap
 * @param maxWaiting events that may wait for one slow reader before it is let go
 * @param heartbeat a sign of life after so long without news
 * @param longest a connection is renewed after so long, with what its account may see by then
 */
@Validated
@ConfigurationProperties(prefix = "anquan.live", ignoreUnknownFields = false)
record LiveSettings(
        @DefaultValue("500") @Min(1) @Max(100_000) int maxListeners,
        @DefaultValue("2000") @Min(1) @Max(1_000_000) int kept,
        @DefaultValue("500") @Min(1) @Max(1_000_000) int maxWaiting,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("1h") Duration longest) {}
