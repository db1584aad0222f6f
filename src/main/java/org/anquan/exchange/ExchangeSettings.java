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
 * @param workbookRows refused rows that the report's workbook holds, as they stood in the file
 * @param previewFeatures features that a preview shows
 * @param timeZone of times that name none
 */
@Validated
@ConfigurationProperties(prefix = "anquan.exchange", ignoreUnknownFields = false)
record ExchangeSettings(
        @DefaultValue("200") @Min(1) @Max(100_000) int listedRows,

        @DefaultValue("20000") @Min(1) @Max(1_000_000) int workbookRows,
        @DefaultValue("200") @Min(1) @Max(10_000) int previewFeatures,
        @DefaultValue("Asia/Shanghai") ZoneId timeZone) {

    /** As {@code application.yml} has it, for tests. */
    static ExchangeSettings usual() {
        return new ExchangeSettings(200, 20_000, 200, ZoneId.of("Asia/Shanghai"));
    }
}
