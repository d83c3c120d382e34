package dev.lexstream.stream;

import dev.lexstream.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: it is replaced after a pause that doubles, since a registry, broker or device
 * may come back, but only so many times within a window. Then, and at once for what no retry mends, the client is shut
 * down and the failure is the {@link #fault}. Nothing was committed, so whoever takes over continues where it ended.
 *
 * <p>Threading: stream threads share one instance; each pauses on its own.
 */
public final class FaultPolicy implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FaultPolicy.class);

    private final Limits limits;
    private final Clock clock;
    private final Pause pause;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    /** One for all who ask: each copy would stay with the original, and some ask again and again. */
    private final CompletableFuture<Throwable> seen = fault.copy();

    private final Deque<Instant> replacements = new ArrayDeque<>();

    /**
     * How patient to be. Pauses hold a transaction open, so they are kept well below {@code transaction.timeout.ms}.
     *
     * @param replacements threads replaced within the window before giving up; 0 gives up at once
     * @param window how long a replacement counts
     * @param firstPause before the first replacement, doubled with each further one within the window
     * @param longestPause where doubling ends
     */
    public record Limits(int replacements, Duration window, Duration firstPause, Duration longestPause) {

        /** Six replacements in five minutes, with pauses of 1, 2, 4, 8, 10 and 10 seconds. */
        public static final Limits DEFAULT =
                new Limits(6, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(10));

        public Limits {
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(firstPause, "firstPause");
            Objects.requireNonNull(longestPause, "longestPause");
            if (replacements < 0) {
                throw new IllegalArgumentException("replacements must not be negative, found " + replacements);
            }
        }

        Duration pause(int replacement) {
            Duration doubled = firstPause.multipliedBy(1L << Math.min(replacement, 20));
            return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        }
    }

    /** Waits; a test need not. */
    @FunctionalInterface
    public interface Pause {
        /** Blocks for a time, or until nobody wants the wait any more. */
        void await(Duration time) throws InterruptedException;
    }

    /** A policy that has seen no failure. */
    public FaultPolicy(Limits limits, Clock clock, Pause pause) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.pause = Objects.requireNonNull(pause, "pause");
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        int replacement =
                FailureReasons.of(failure).kind() == Reason.Kind.FINAL ? limits.replacements() : countReplacement();
        if (replacement >= limits.replacements()) {
            return shutDown(failure);
        }
        Duration time = limits.pause(replacement);
        LOG.warn(
                "A stream thread failed and is replaced in {} ms, {} of {} times within {} s",
                time.toMillis(),
                replacement + 1,
                limits.replacements(),
                limits.window().toSeconds(),
                failure);
        try {
            pause.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return shutDown(failure);
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Completes with the failure that shut the client down; never, when none does. */
    public CompletableFuture<Throwable> fault() {
        return seen;
    }

    private StreamThreadExceptionResponse shutDown(Throwable failure) {
        fault.complete(failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** How many replacements came before this one within the window. */
    private synchronized int countReplacement() {
        Instant now = clock.instant();
        while (!replacements.isEmpty() && replacements.getFirst().isBefore(now.minus(limits.window()))) {
            replacements.removeFirst();
        }
        int before = replacements.size();
        if (before < limits.replacements()) {
            replacements.addLast(now);
        }
        return before;
    }
}
