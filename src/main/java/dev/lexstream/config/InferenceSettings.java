package dev.lexstream.config;

import dev.lexstream.model.Devices;
import dev.lexstream.model.Precision;
import java.time.Duration;
import java.util.Objects;

/**
 * How texts become batches, and how much of the machine they get. A {@link Pipeline} checks what the settings ask of each
 * other.
 *
 * @param device key {@code device}: what the models run on. Default {@code auto}: all GPUs, or the CPU where there is
 *     none
 * @param workers key {@code workers}: copies of each model on the CPU, each with a thread that runs its batches. Default
 *     {@value PipelineDefaults#WORKERS}
 * @param threads key {@code threads}: CPU threads that one batch may use. Default {@link PipelineDefaults#threads half of
 *     the processors, divided among the workers}
 * @param precision key {@code precision}: number format of the models. Default {@code auto}: what suits the device
 * @param maxInFlight key {@code max-in-flight}: most texts in flight, over all stream threads. Further texts wait, which
 *     is the backpressure on Kafka. At least {@code maxBatchSize}. Default {@value PipelineDefaults#MAX_IN_FLIGHT}
 * @param maxInFlightTokens key {@code max-in-flight-tokens}: most tokens in flight. A text counts one token for each code
 *     point; a text that is longer than this gets through alone. At least {@code maxBatchTokens}. Default
 *     {@link PipelineDefaults#maxInFlightTokens 512 for each text}
 * @param maxBatchTokens key {@code max-batch-tokens}: most tokens of a batch, padding included: its rows times the tokens
 *     of its longest row. Default {@value PipelineDefaults#MAX_BATCH_TOKENS}
 * @param maxBatchSize key {@code max-batch-size}: most texts of a batch. Default {@value PipelineDefaults#MAX_BATCH_SIZE}
 * @param maxBatchDelay key {@code max-batch-delay}: longest wait of a text for others to share its batch. Below
 *     {@code resultTimeout}. Default {@link PipelineDefaults#MAX_BATCH_DELAY}
 * @param resultTimeout key {@code result-timeout}: longest wait of a record for one stage's result; after it the engine
 *     counts as stuck. Below Kafka's {@code transaction.timeout.ms} and {@code max.poll.interval.ms}. Default
 *     {@link PipelineDefaults#RESULT_TIMEOUT}
 */
public record InferenceSettings(
        Devices device,
        int workers,
        int threads,
        Precision precision,
        int maxInFlight,
        int maxInFlightTokens,
        int maxBatchTokens,
        int maxBatchSize,
        Duration maxBatchDelay,
        Duration resultTimeout) {

    public InferenceSettings {
        Objects.requireNonNull(device, "device");
        requireAtLeast(1, "workers", workers);
        requireAtLeast(1, "threads", threads);
        Objects.requireNonNull(precision, "precision");
        requireAtLeast(1, "maxBatchTokens", maxBatchTokens);
        requireAtLeast(1, "maxBatchSize", maxBatchSize);
        requireAtLeast(1, "maxInFlight", maxInFlight);
        requireAtLeast(1, "maxInFlightTokens", maxInFlightTokens);
        Objects.requireNonNull(maxBatchDelay, "maxBatchDelay");
        Objects.requireNonNull(resultTimeout, "resultTimeout");
        if (maxBatchDelay.isNegative()) {
            throw new IllegalArgumentException("maxBatchDelay must not be negative, found " + maxBatchDelay);
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
                PipelineDefaults.MAX_IN_FLIGHT,
                PipelineDefaults.maxInFlightTokens(PipelineDefaults.MAX_IN_FLIGHT, PipelineDefaults.MAX_BATCH_TOKENS),
                PipelineDefaults.MAX_BATCH_TOKENS,
                PipelineDefaults.MAX_BATCH_SIZE,
                PipelineDefaults.MAX_BATCH_DELAY,
                PipelineDefaults.RESULT_TIMEOUT);
    }

    private static void requireAtLeast(int least, String parameter, int value) {
        if (value < least) {
            throw new IllegalArgumentException(parameter + " must be at least " + least + ", found " + value);
        }
    }
}
