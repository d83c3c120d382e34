package dev.lexstream.stream;

import dev.lexstream.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Waits for results of the engine, but not for ever. Threading: stateless. */
record ResultWait(Duration timeout, Clock clock) {

    ResultWait {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * The result.
     *
     * @param what is awaited, such as {@code stage tag}, for the message
     * @param record which record is processed
     * @param since when the record reached this process
     * @param overtaken whether others that came later have this result: then the time since counts
     * @throws ResultUnavailableException when the engine fails, gives up or takes longer than the timeout
     * @throws InterruptException when interrupted; the flag is set
     */
    <T> T await(
            CompletableFuture<T> result,
            String what,
            Optional<RecordMetadata> record,
            Instant since,
            BooleanSupplier overtaken) {
        try {
            return result.get(millis(result, since, overtaken), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(Reason.INTERNAL, "failed: " + e.getCause(), what, record, e.getCause());
        } catch (CancellationException e) {
            throw unavailable(Reason.ENGINE_SLOW, "was given up by the engine", what, record, e);
        } catch (TimeoutException e) {
            boolean alone = overtaken.getAsBoolean();
            String found = "has no result after " + timeout.toSeconds() + " s; "
                    + (alone
                            ? "records that came later have theirs"
                            : "the device is stuck or too slow for inference.max-in-flight. Raise inference.result-timeout and, above it, producer.transaction.timeout.ms");
            throw unavailable(alone ? Reason.NO_RESULT : Reason.ENGINE_SLOW, found, what, record, e);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while waiting for " + what, e);
        }
    }

    private long millis(CompletableFuture<?> result, Instant since, BooleanSupplier overtaken) {
        if (result.isDone() || !overtaken.getAsBoolean()) {
            return timeout.toMillis();
        }
        return Math.max(
                0, timeout.minus(Duration.between(since, clock.instant())).toMillis());
    }

    private static ResultUnavailableException unavailable(
            Reason reason, String found, String what, Optional<RecordMetadata> record, Throwable cause) {
        String where = record.map(at -> at.topic() + "-" + at.partition() + " offset " + at.offset() + ": ")
                .orElse("");
        return new ResultUnavailableException(reason, where + what + " " + found, cause);
    }
}
