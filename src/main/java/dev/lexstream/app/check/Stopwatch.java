package dev.lexstream.app.check;

import java.util.concurrent.TimeUnit;

/**
 * How long something takes.
 *
 * @param begin nanoseconds of {@link System#nanoTime}
 */
record Stopwatch(long begin) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    /** Since then, such as {@code 12 ms}. */
    @Override
    public String toString() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms";
    }
}
