package dev.lexstream.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How texts become batches and how much of the machine they get.
 *
 * @param threads key {@code threads}: CPU threads one batch may use; default: half of
 *     the processors
 * @param maxTexts key {@code max-texts}: texts on their way at once, over all stream threads; more wait, which is the
 *     backpressure on Kafka. Default {@value PipelineDefaults#MAX_TEXTS}
 * @param batchTokens key {@code batch-tokens}: budget of a batch: its longest text in tokens times its texts. Default
 *     {@value PipelineDefaults#BATCH_TOKENS}
 * @param batchMembers key {@code batch-members}: most texts in a batch. Default {@value PipelineDefaults#BATCH_MEMBERS}
 * @param batchDeadline key {@code batch-deadline}: longest a text waits for others to share its batch. Default
 *     {@link PipelineDefaults#BATCH_DEADLINE}
 * @param resultTimeout key {@code result-timeout}: longest a record waits for one stage's result before the engine counts
 *     as stuck; shorter than Kafka's {@code transaction.timeout.ms} and {@code max.poll.interval.ms}. Default
 *     {@link PipelineDefaults#RESULT_TIMEOUT}
 */
public record InferenceSettings(
        int threads, int maxTexts, int batchTokens, int batchMembers, Duration batchDeadline, Duration resultTimeout) {

    public InferenceSettings {
        requirePositive("threads", threads);
        requirePositive("maxTexts", maxTexts);
        requirePositive("batchTokens", batchTokens);
        requirePositive("batchMembers", batchMembers);
        Objects.requireNonNull(batchDeadline, "batchDeadline");
        Objects.requireNonNull(resultTimeout, "resultTimeout");
        if (batchDeadline.isNegative()) {
            throw new IllegalArgumentException("batchDeadline must not be negative, found " + batchDeadline);
        }
        if (resultTimeout.isNegative() || resultTimeout.isZero()) {
            throw new IllegalArgumentException("resultTimeout must be positive, found " + resultTimeout);
        }
    }

    /** All defaults. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(
                PipelineDefaults.threads(),
                PipelineDefaults.MAX_TEXTS,
                PipelineDefaults.BATCH_TOKENS,
                PipelineDefaults.BATCH_MEMBERS,
                PipelineDefaults.BATCH_DEADLINE,
                PipelineDefaults.RESULT_TIMEOUT);
    }

    private static void requirePositive(String parameter, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(parameter + " must be at least 1, found " + value);
        }
    }
}
