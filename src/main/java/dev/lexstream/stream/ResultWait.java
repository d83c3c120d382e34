package dev.lexstream.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Waits for results of the engine, but not for ever. Threading: stateless. */
record ResultWait(Duration timeout) {

    ResultWait {
        Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * The result.
     *
     * @param what is awaited, such as {@code stage tag}, for the message
     * @param record which record is processed
     * @throws ResultUnavailableException when the engine fails, gives up or takes longer than the timeout
     * @throws InterruptException when interrupted; the flag is set
     */
    <T> T await(CompletableFuture<T> result, String what, Optional<RecordMetadata> record) {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable("failed: " + e.getCause(), what, record, e.getCause());
        } catch (CancellationException e) {
            throw unavailable("was given up by the engine", what, record, e);
        } catch (TimeoutException e) {
            String found = "has no result after " + timeout.toSeconds() + " s; the device is stuck or too slow for"
                    + " inference.max-texts. Raise inference.result-timeout and, above it, producer.transaction.timeout.ms";
            throw unavailable(found, what, record, e);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while waiting for " + what, e);
        }
    }

    private static ResultUnavailableException unavailable(
            String found, String what, Optional<RecordMetadata> record, Throwable cause) {
        String where = record.map(at -> at.topic() + "-" + at.partition() + " offset " + at.offset() + ": ")
                .orElse("");
        return new ResultUnavailableException(where + what + " " + found, cause);
    }
}
