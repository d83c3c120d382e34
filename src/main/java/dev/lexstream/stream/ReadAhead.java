package dev.lexstream.stream;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many records a stream thread may have on their way through the models: about as many as get their results in a second.
 * That is enough for full batches of texts of like length; more would only wait longer, and take memory.
 *
 * <p>Threading: not thread-safe.
 */
final class ReadAhead {

    /** Results of so long tell how many a second takes. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int least;
    private final int most;
    private final LongSupplier clock;
    private long begin;
    private long results;
    private int limit;

    /**
     * @param least however slow results come, at least 1
     * @param most however fast they come, at least {@code least}
     * @param clock nanoseconds that only rise, such as {@link System#nanoTime}
     */
    ReadAhead(int least, int most, LongSupplier clock) {
        this.least = least;
        this.most = most;
        this.clock = clock;
        this.begin = clock.getAsLong();
        this.limit = least;
    }

    /** Records have left with their results. */
    void left(int records) {
        results += records;
        long passed = clock.getAsLong() - begin;
        if (passed >= WINDOW_NANOS) {
            double second = (double) results * SECOND_NANOS / passed;
            limit = (int) Math.max(least, Math.min(most, second));
            results = 0;
            begin += passed;
        }
    }

    /** How many there may be now. */
    int limit() {
        return limit;
    }
}
