package org.anquan.process;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param maxPlaces how many places one set may hold */
@Validated
@ConfigurationProperties(prefix = "anquan.process", ignoreUnknownFields = false)
record ProcessSettings(@Min(1) @Max(1_000_000) int maxPlaces) {}
