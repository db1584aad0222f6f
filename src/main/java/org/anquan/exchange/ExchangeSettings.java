package org.anquan.exchange;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of imports; reasons stand in {@code application.yml}.
 *
 * @param listedRows refused rows that a report lists
 * @param longestRow characters of one row of a CSV, or of one text in GeoJSON
 * @param largestFileMegabytes after unpacking
 * @param timeZone of times that name none
 */
@Validated
@ConfigurationProperties(prefix = "anquan.exchange", ignoreUnknownFields = false)
record ExchangeSettings(
        @DefaultValue("200") @Min(1) @Max(100_000) int listedRows,

        @DefaultValue("1000000") @Min(1000) @Max(100_000_000)
        int longestRow,

        @DefaultValue("2048") @Min(1) @Max(1_000_000) int largestFileMegabytes,
        @DefaultValue("Asia/Shanghai") ZoneId timeZone) {

    /** As {@code application.yml} has it, for tests. */
    static ExchangeSettings usual() {
        return new ExchangeSettings(200, 1_000_000, 2048, ZoneId.of("Asia/Shanghai"));
    }
}
