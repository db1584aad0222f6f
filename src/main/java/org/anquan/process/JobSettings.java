package org.anquan.process;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How questions are worked on.
 *
 * @param parallelJobs jobs that run at one time
 * @param queueLength jobs that may wait
 * @param keptFor finished jobs are removed after so long
 * @param keptJobs finished jobs beyond so many are removed, oldest first
 * @param parallelAnswers questions answered while the asker waits, at one time
 * @param answerWait how long such a question waits for its turn
 * @param batchRuns most runs of one batch
 * @param batchRunsAtOnce most runs of a batch whose asker waits
 * @param batchCharacters most characters of JSON that the answers of a batch may have together
 */
@Validated
@ConfigurationProperties(prefix = "anquan.jobs", ignoreUnknownFields = false)
record JobSettings(
        @Min(1) int parallelJobs,
        @Min(1) int queueLength,
        Duration keptFor,
        @Min(1) int keptJobs,
        @Min(1) int parallelAnswers,
        Duration answerWait,
        @Min(1) int batchRuns,
        @Min(1) int batchRunsAtOnce,
        @Min(1000) long batchCharacters) {}
