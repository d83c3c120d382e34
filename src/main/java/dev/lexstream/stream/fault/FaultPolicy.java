package dev.lexstream.stream.fault;

import dev.lexstream.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails. What no retry mends shuts the client down at once, and the failure is the
 * {@link #fault}. Everything else has the thread replaced, after a pause that grows while there is no progress. Progress is what a
 * thread has committed in its life. Without any for {@link Limits#maxOutage}, or with one record that fails for so long,
 * the client is shut down too. Nothing was committed, so the instance that takes over continues where this one ended.
 *
 * <p>Threading: stream threads share one instance; each pauses on its own.
 */
public final class FaultPolicy implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FaultPolicy.class);

    private final Limits limits;
    private final RecordHistory records;
    private final Clock clock;
    private final Pause pause;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    /** One for all who ask: each copy would stay with the original, and some ask again and again. */
    private final CompletableFuture<Throwable> seen = fault.copy();

    private Instant stuckSince = Instant.MIN;
    private Instant lastFailure = Instant.MIN;
    private int failures;

    /**
     * How patient to be. Pauses hold a transaction open, so they are kept well below {@code transaction.timeout.ms}.
     *
     * @param maxOutage how long there may be failures and no progress
     * @param quiet how long after a failure another one is no longer part of the same outage
     * @param pauses before replacements without progress
     */
    public record Limits(Duration maxOutage, Duration quiet, Backoff pauses) {

        public Limits {
            Objects.requireNonNull(maxOutage, "maxOutage");
            Objects.requireNonNull(quiet, "quiet");
            Objects.requireNonNull(pauses, "pauses");
        }

        /**
         * With {@link Backoff#DEFAULT}.
         *
         * @param maxOutage how long there may be failures and no progress
         * @param resultTimeout of the engine: a thread may wait so long before it fails
         */
        public static Limits of(Duration maxOutage, Duration resultTimeout) {
            return new Limits(
                    maxOutage, maxOutage.plus(resultTimeout.multipliedBy(2)).plus(CLIENT_TIMEOUT), Backoff.DEFAULT);
        }

        /** Kafka's {@code delivery.timeout.ms}, the longest that a producer tries before it fails. */
        private static final Duration CLIENT_TIMEOUT = Duration.ofMinutes(2);
    }

    /** Waits; a test need not. */
    @FunctionalInterface
    public interface Pause {
        /** Blocks for a time, or until nobody wants the wait any more. */
        void await(Duration time) throws InterruptedException;
    }

    /**
     * A policy that has seen no failure.
     *
     * @param records knows what the failing thread was at, and which records have failed before
     */
    public FaultPolicy(Limits limits, RecordHistory records, Clock clock, Pause pause) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.records = Objects.requireNonNull(records, "records");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.pause = Objects.requireNonNull(pause, "pause");
    }

    /** An outage of so long, and how many failures it has had before this one. */
    private record Outage(Duration length, int failures) {}

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Reason reason = FailureReasons.of(failure);
        if (reason.kind() == Reason.Kind.FINAL) {
            return shutDown(failure);
        }
        Outage outage = outage();
        if (outage.length().compareTo(limits.maxOutage()) >= 0) {
            return shutDown(
                    reason.kind() == Reason.Kind.PASSING ? failure : new NoProgressException(outage.length(), failure));
        }
        Duration time = limits.pauses().pause(outage.failures());
        log(reason, failure, time, outage);
        try {
            pause.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return shutDown(failure);
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void log(Reason reason, Throwable failure, Duration time, Outage outage) {
        String text =
                "A stream thread failed (%s) and is replaced in %d ms; %d s without progress, %d are allowed (max-outage)"
                        .formatted(
                                reason.code(),
                                time.toMillis(),
                                outage.length().toSeconds(),
                                limits.maxOutage().toSeconds());
        if (reason.kind() == Reason.Kind.PASSING) {
            LOG.warn("{}: {}", text, FailureReasons.message(failure));
        } else {
            LOG.warn(text, failure);
        }
    }

    /** Completes with the failure that shut the client down; never, when none does. */
    public CompletableFuture<Throwable> fault() {
        return seen;
    }

    private StreamThreadExceptionResponse shutDown(Throwable failure) {
        fault.complete(failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized Outage outage() {
        Instant now = clock.instant();
        boolean same = !records.hasCommitted() && now.isBefore(end(lastFailure));
        if (!same) {
            stuckSince = now;
            failures = 0;
        }
        lastFailure = now;
        Instant since = records.processing()
                .flatMap(records::of)
                .map(RecordHistory.Failure::since)
                .filter(first -> first.isBefore(stuckSince))
                .orElse(stuckSince);
        return new Outage(Duration.between(since, now), failures++);
    }

    private Instant end(Instant failure) {
        return failure.equals(Instant.MIN) ? failure : failure.plus(limits.quiet());
    }
}
