package dev.lexstream.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A part of a soak: events go in at one rate, while the second instance joins and leaves.
 *
 * @param reader of what comes out
 * @param running the instance in this process
 * @param generator has begun to send
 * @param companion the other instance, not there yet
 */
record SoakPhase(ReaderThread reader, RunningStream running, GeneratorThread generator, Companion companion)
        implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_MILLIS = 200;

    /** Is called again and again while events go in. */
    @FunctionalInterface
    interface Look {
        void look() throws InterruptedException;
    }

    /**
     * Returns when all events are sent.
     *
     * @throws IllegalStateException when a part fails
     */
    void await(Look look) throws IOException, InterruptedException {
        while (!generator.ended()) {
            check();
            companion.tick();
            look.look();
            Thread.sleep(LOOK_MILLIS);
        }
        check();
    }

    /**
     * Lets the second instance leave and returns when all events have come out, or none has for a minute.
     *
     * @throws IllegalStateException when a part fails
     */
    void drain() throws IOException, InterruptedException {
        companion.leave();
        long moved = System.nanoTime();
        long last = -1;
        while (reader.unique() < generator.sent() && System.nanoTime() - moved < PATIENCE_NANOS) {
            check();
            moved = reader.unique() > last ? System.nanoTime() : moved;
            last = reader.unique();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void check() {
        Throwable failure = reader.failure() != null
                ? reader.failure()
                : running.fault() != null ? running.fault() : generator.failure();
        if (failure != null) {
            throw new IllegalStateException("the soak has failed: " + failure, failure);
        }
    }

    @Override
    public void close() throws IOException {
        generator.close();
        companion.close();
    }
}
