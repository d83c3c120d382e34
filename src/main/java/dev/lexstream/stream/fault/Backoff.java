package dev.lexstream.stream.fault;

import java.time.Duration;
import java.util.Objects;

/**
 * Pauses between attempts at what passes: each twice as long as the one before.
 *
 * @param first before the first attempt that follows a failure
 * @param longest where doubling ends
 */
public record Backoff(Duration first, Duration longest) {

    /** Pauses of 1, 2, 4, 8, 10 and 10 seconds. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
    }

    /**
     * The pause before the next attempt.
     *
     * @param failures that came before, from 0
     */
    public Duration pause(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
