package org.anquan.exchange.format;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param limits what is refused
 * @param guessRecords how many records are looked at for the columns and their types
 * @param headerWithin how many rows from the top the header of a table is looked for in
 * @param zone the clock of dates with a time that are written into Excel cells, which know no offset
 */
@Validated
@ConfigurationProperties(prefix = "anquan.formats", ignoreUnknownFields = false)
public record FormatSettings(
        @Valid FormatLimits limits,
        @Min(10) @Max(10_000_000) int guessRecords,
        @Min(1) @Max(1000) int headerWithin,
        ZoneId zone) {}
