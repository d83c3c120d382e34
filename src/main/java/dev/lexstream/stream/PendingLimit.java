package dev.lexstream.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many records a stream thread may have on their way through the models: what it processes in a few seconds, learnt
 * from poll to poll. More would fill no batch better, and a record that is waited for may be behind all others: until it is
 * processed, the thread takes no part in rebalances.
 *
 * <p>Threading: one for each stream thread, not thread-safe.
 */
final class PendingLimit {

    static final Duration WORK = Duration.ofSeconds(4);

    private static final int FIRST = 128;
    private static final int MOST_GROWTH = 4;
    private static final long WINDOW_NANOS = Duration.ofMillis(100).toNanos();

    private final int least;
    private final int most;
    private final LongSupplier clock;
    private int limit;
    private int inHand;
    private boolean full;
    private long processed;
    private long since;

    /**
     * @param least records, however slow the models are
     * @param most records, however quick they are, not below {@code least}
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    PendingLimit(int least, int most, LongSupplier clock) {
        this.least = least;
        this.most = most;
        this.clock = clock;
        this.limit = Math.max(least, Math.min(FIRST, most));
    }

    /**
     * The limit of the poll that begins now.
     *
     * @param inHandNow records that are polled and not processed
     */
    int get(int inHandNow) {
        long now = clock.getAsLong();
        if (!full) {
            // a thread that has all there is shows how quickly records come, not how quick the models are
            processed = 0;
            since = now;
            return limit;
        }
        processed += Math.max(0, inHand - inHandNow);
        inHand = inHandNow;
        if (now - since >= WINDOW_NANOS) {
            double fitting = (double) processed * WORK.toNanos() / (now - since);
            limit = (int) Math.max(least, Math.min(Math.min(most, MOST_GROWTH * limit), fitting));
            processed = 0;
            since = now;
        }
        return limit;
    }

    /**
     * A poll ends.
     *
     * @param inHandNow records that are polled and not processed, those of this poll included
     * @param more whether it has left others in the topic
     */
    void polled(int inHandNow, boolean more) {
        inHand = inHandNow;
        full = more;
    }
}
