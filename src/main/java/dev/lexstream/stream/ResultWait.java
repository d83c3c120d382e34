package dev.lexstream.stream;

import dev.lexstream.event.Language;
import dev.lexstream.failure.Reason;
import dev.lexstream.plan.Outcome;
import dev.lexstream.stream.fault.RecordPosition;
import dev.lexstream.stream.intake.InFlightRecord;
import dev.lexstream.stream.intake.PendingText;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits for results that are not there when their record is processed: of an overdue record, and of every record where Kafka
 * Streams makes the consumer itself. Threading: stateless.
 *
 * @param timeout longest wait for one result
 * @param clock tells how long a record has waited already
 */
record ResultWait(Duration timeout, Clock clock) {

    ResultWait {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * The text of a record, after the schema of its value was looked up.
     *
     * @throws RuntimeException when the record holds none, or that cannot be known now
     */
    PendingText text(InFlightRecord record) {
        try {
            return record.text().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a record could not be decoded and submitted", e.getCause());
        } catch (CancellationException e) {
            throw new IllegalStateException("the schema of a value was not looked up to the end", e);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while the schema of a value is looked up", e);
        }
    }

    /**
     * The language of a text.
     *
     * @throws ResultUnavailableException when the engine fails, gives up or takes longer than the timeout
     */
    Language language(PendingText text, RecordPosition record) {
        return await(text, text.enrichment().language(), "language detection", record, () -> false);
    }

    /**
     * The outcome of a stage.
     *
     * @throws ResultUnavailableException when the engine fails, gives up or takes longer than the timeout
     */
    Outcome outcome(PendingText text, String stage, RecordPosition record) {
        return await(text, text.enrichment().outcome(stage), "stage " + stage, record, () -> text.enrichment()
                .isOvertaken(stage));
    }

    /**
     * A result.
     *
     * @param what is awaited, such as {@code stage tag}, for the message
     * @param overtaken whether texts that came later have this result: then the time since the record came counts
     */
    private <T> T await(
            PendingText text,
            CompletableFuture<T> result,
            String what,
            RecordPosition record,
            BooleanSupplier overtaken) {
        try {
            return result.get(millis(text, result, overtaken), TimeUnit.MILLISECONDS);
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

    private long millis(PendingText text, CompletableFuture<?> result, BooleanSupplier overtaken) {
        if (result.isDone() || !overtaken.getAsBoolean()) {
            return timeout.toMillis();
        }
        Duration waited = Duration.between(text.receivedAt(), clock.instant());
        return Math.max(0, timeout.minus(waited).toMillis());
    }

    private static ResultUnavailableException unavailable(
            Reason reason, String found, String what, RecordPosition record, Throwable cause) {
        return new ResultUnavailableException(reason, record + ": " + what + " " + found, cause);
    }
}
