package org.anquan.files;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Uploads and reports; reasons stand in {@code application.yml}.
 *
 * @param maxUpload all parts of one upload together
 * @param maxUploads how many lie there at one time
 * @param maxParts files of one upload
 * @param uploadsKeptFor after their last use
 * @param parallelExports how many are written at one time
 * @param exportPatience how long an export waits for its turn
 */
@Validated
@ConfigurationProperties(prefix = "anquan.files", ignoreUnknownFields = false)
record FilesSettings(
        DataSize maxUpload,
        @Min(1) @Max(10_000) int maxUploads,
        @Min(1) @Max(45) int maxParts,
        Duration uploadsKeptFor,
        Duration reportsKeptFor,
        @Min(1) @Max(64) int parallelExports,
        Duration exportPatience) {}
