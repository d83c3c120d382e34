package dev.lexstream.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed schedule: event {@code n} is due {@code n / rate} seconds after the begin, whether or not those before it were sent
 * in time, so that a slow moment counts against every event it delays.
 *
 * @param begin on the clock of {@link System#nanoTime}
 * @param rate events a second, above 0
 */
record Pace(long begin, double rate) {

    /** So much before it is due, an event goes out. */
    static final long CLOSE_ENOUGH_NANOS = 50_000;

    /** Whoever waits at all waits so long: a sender that wakes for each event takes a core from the models. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** When an event is due, on the clock of {@link System#nanoTime}. */
    long due(long sequence) {
        return begin + Math.round(sequence / rate * 1e9);
    }

    /** Waits until an event is due, up to ten milliseconds more; not at all when that has passed. */
    void await(long sequence) throws InterruptedException {
        long due = due(sequence);
        for (long left = due - System.nanoTime(); left > CLOSE_ENOUGH_NANOS; left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.max(left, STEP_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
