package dev.lexstream.stream.intake;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * When a consumer hands ready records over, so that each hand-over can end in a commit. A transaction that is committed before
 * {@code commit.interval.ms} has passed makes results readable sooner; one for each record would cost more than the records.
 * Hand-overs have a least distance. The end of a burst, when nothing more is in flight, need not wait for it, but once in a
 * commit interval at most. While records wait in the topic, the commit interval alone decides: committing more often would only
 * make these later.
 *
 * <p>Threading: of one stream thread, which polls and processes.
 */
final class CommitPace {

    /** Hand-overs within a commit interval, at most, but for one at the end of a burst. */
    private static final int PER_INTERVAL = 5;

    private final long intervalNanos;
    private final LongSupplier clock;
    private long handedOver;
    private long rested;
    private boolean commits;

    /**
     * A pace that has handed nothing over.
     *
     * @param interval {@code commit.interval.ms}; zero where commits make nothing readable: no hand-over waits or commits then
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    CommitPace(Duration interval, LongSupplier clock) {
        this.intervalNanos = interval.toNanos();
        this.clock = Objects.requireNonNull(clock, "clock");
        this.handedOver = clock.getAsLong() - intervalNanos;
        this.rested = handedOver;
    }

    /**
     * Nanoseconds until the next hand-over; 0 when it may be now.
     *
     * @param resting whether nothing more is in flight than what would be handed over
     */
    long untilNext(boolean resting) {
        long now = clock.getAsLong();
        long next = handedOver + intervalNanos / PER_INTERVAL;
        return Math.max(0, (resting ? Math.min(next, rested + intervalNanos) : next) - now);
    }

    /**
     * Notes a hand-over.
     *
     * @param resting whether nothing more is in flight
     * @param lag whether records wait in the topic
     */
    void handedOver(boolean resting, boolean lag) {
        long now = clock.getAsLong();
        if (resting && now - handedOver < intervalNanos / PER_INTERVAL) {
            rested = now;
        }
        handedOver = now;
        commits = intervalNanos > 0 && !lag;
    }

    /** Whether to commit as soon as all that was handed over is processed. */
    boolean commits() {
        return commits;
    }
}
