package dev.lexstream.config;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import java.time.Duration;
import java.util.Objects;

/**
 * How texts become batches and how much of the machine they get. What the settings ask of each other is checked by
 * {@link Pipeline}.
 *
 * @param device key {@code device}: what models run on. Default {@code auto}: all GPUs, or the CPU where there is none
 * @param workers key {@code workers}: copies of each model on the CPU, each with a thread that runs batches. Default
 *     {@value PipelineDefaults#WORKERS}
 * @param threads key {@code threads}: CPU threads one batch may use. Default
 *     {@link PipelineDefaults#threads half of the processors, divided among the workers}
 * @param precision key {@code precision}: number format of the models. Default {@code auto}: what suits the device
 * @param maxTexts key {@code max-texts}: texts on their way at once, over all stream threads; more wait, which is the
 *     backpressure on Kafka. At least {@code batchMembers}. Default {@value PipelineDefaults#MAX_TEXTS}
 * @param maxTokens key {@code max-tokens}: tokens of these texts together, a text counting its code points; a longer text
 *     gets through alone. At least {@code batchTokens}. Default {@link PipelineDefaults#maxTokens 512 for each text}
 * @param batchTokens key {@code batch-tokens}: budget of a batch: its longest row in tokens times its rows. Default
 *     {@value PipelineDefaults#BATCH_TOKENS}
 * @param batchMembers key {@code batch-members}: most texts in a batch. Default {@value PipelineDefaults#BATCH_MEMBERS}
 * @param batchDeadline key {@code batch-deadline}: longest a text waits for others to share its batch, below
 *     {@code resultTimeout}. Default {@link PipelineDefaults#BATCH_DEADLINE}
 * @param resultTimeout key {@code result-timeout}: longest a record waits for one stage's result before the engine counts
 *     as stuck; shorter than Kafka's {@code transaction.timeout.ms} and {@code max.poll.interval.ms}. Default
 *     {@link PipelineDefaults#RESULT_TIMEOUT}
 */
public record InferenceSettings(
        Devices device,
        int workers,
        int threads,
        Precision precision,
        int maxTexts,
        int maxTokens,
        int batchTokens,
        int batchMembers,
        Duration batchDeadline,
        Duration resultTimeout) {

    public InferenceSettings {
        Objects.requireNonNull(device, "device");
        requireAtLeast(1, "workers", workers);
        requireAtLeast(1, "threads", threads);
        Objects.requireNonNull(precision, "precision");
        requireAtLeast(1, "batchTokens", batchTokens);
        requireAtLeast(1, "batchMembers", batchMembers);
        requireAtLeast(1, "maxTexts", maxTexts);
        requireAtLeast(1, "maxTokens", maxTokens);
        Objects.requireNonNull(batchDeadline, "batchDeadline");
        Objects.requireNonNull(resultTimeout, "resultTimeout");
        if (batchDeadline.isNegative()) {
            throw new IllegalArgumentException("batchDeadline must not be negative, found " + batchDeadline);
        }
        if (resultTimeout.isNegative() || resultTimeout.isZero()) {
            throw new IllegalArgumentException("resultTimeout must be positive, found " + resultTimeout);
        }
    }

    /** All defaults, on the processors of this machine. */
    public static InferenceSettings defaults() {
        return new InferenceSettings(
                PipelineDefaults.DEVICE,
                PipelineDefaults.WORKERS,
                PipelineDefaults.threads(Runtime.getRuntime().availableProcessors(), PipelineDefaults.WORKERS),
                PipelineDefaults.PRECISION,
                PipelineDefaults.MAX_TEXTS,
                PipelineDefaults.maxTokens(PipelineDefaults.MAX_TEXTS, PipelineDefaults.BATCH_TOKENS),
                PipelineDefaults.BATCH_TOKENS,
                PipelineDefaults.BATCH_MEMBERS,
                PipelineDefaults.BATCH_DEADLINE,
                PipelineDefaults.RESULT_TIMEOUT);
    }

    private static void requireAtLeast(int least, String parameter, int value) {
        if (value < least) {
            throw new IllegalArgumentException(parameter + " must be at least " + least + ", found " + value);
        }
    }
}
