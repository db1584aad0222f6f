package org.anquan.ogcapi;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the API.
 *
 * @param defaultLimit features of a page where the request names no limit
 * @param maxLimit most features of a page
 * @param maxBodyBytes of a request's JSON
 * @param maxChanges most features that one request may create
 * @param maxBodyDepth brackets within brackets of a request's JSON
 */
@Validated
@ConfigurationProperties(prefix = "anquan.ogcapi", ignoreUnknownFields = false)
record OgcSettings(
        @Min(1) int defaultLimit,
        @Min(1) int maxLimit,
        @Min(1) int maxChanges,
        @Min(1000) int maxBodyBytes,
        @Min(10) int maxBodyDepth) {}
