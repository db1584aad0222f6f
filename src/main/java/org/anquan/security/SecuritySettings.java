package org.anquan.security;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Accounts and sign-in.
 *
 * @param passwordLength fewest characters of a password
 * @param bcryptStrength log2 of the rounds
 * @param sessionIdle a sign-in ends after so long without a request
 * @param sessionLongest a sign-in ends after so long in any case
 * @param failuresBeforeWait wrong passwords for one account from one address before waiting begins
 * @param firstWait the first wait; each further failure doubles it
 * @param longestWait it grows no further
 * @param failuresForgottenAfter without a further failure
 * @param prometheusFromLoopback whether a scraper on this machine may read the metrics without an account
 */
@Validated
@ConfigurationProperties(prefix = "anquan.security", ignoreUnknownFields = false)
record SecuritySettings(
        @Min(8) @Max(72) int passwordLength,
        @Min(4) @Max(16) int bcryptStrength,
        Duration sessionIdle,
        Duration sessionLongest,
        @Min(1) int failuresBeforeWait,
        Duration firstWait,
        Duration longestWait,
        Duration failuresForgottenAfter,
        boolean prometheusFromLoopback) {}
