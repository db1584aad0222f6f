package org.anquan.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the store works; reasons stand in {@code application.yml}.
 *
 * @param readers connections for reading, beside the one that writes
 * @param patience how long a writer or reader waits for its turn
 * @param writerCacheMegabytes page cache of the writing connection
 * @param readerCacheMegabytes page cache of each reading connection
 * @param watchInterval how soon a change by another process is noticed at the latest
 * @param pastFeatures most features of layers as they were, kept in memory
 * @param placedFeatures most points of a layer whose places are kept in memory
 */
@Validated
@ConfigurationProperties(prefix = "anquan.store", ignoreUnknownFields = false)
record StoreSettings(
        @DefaultValue("4") @Min(1) @Max(64) int readers,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("64") @Min(1) @Max(4096) int writerCacheMegabytes,
        @DefaultValue("16") @Min(1) @Max(4096) int readerCacheMegabytes,
        @DefaultValue("1s") Duration watchInterval,
        @DefaultValue("300000") @Min(0) int pastFeatures,
        @DefaultValue("1000000") @Min(0) int placedFeatures) {

    /** As {@code application.yml} has it, for tests. */
    static StoreSettings usual() {
        return new StoreSettings(4, Duration.ofSeconds(30), 64, 16, Duration.ofSeconds(1), 300_000, 1_000_000);
    }
}
