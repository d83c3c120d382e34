package dev.lexstream.bench;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long LOOK_MILLIS = 200;

    /** Is called again and again while events go in. */
    @FunctionalInterface
    interface Look {
        void look() throws InterruptedException;
    }

    /**
     * Returns when all events are sent.
     *
     * @return seconds that it took
     * @throws IllegalStateException when a part fails
     */
    double await(Look look) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!generator.ended()) {
            check();
            companion.tick();
            look.look();
            Thread.sleep(LOOK_MILLIS);
        }
        check();
        return (System.nanoTime() - begin) / 1e9;
    }

    /**
     * Lets the second instance leave and returns when all events have come out, or none has for three minutes.
     *
     * @return whether all have
     * @throws IllegalStateException when a part fails
     */
    boolean drain() throws IOException, InterruptedException {
        companion.leave();
        long moved = System.nanoTime();
        long last = -1;
        while (reader.unique() < generator.sent() && System.nanoTime() - moved < PATIENCE_NANOS) {
            check();
            moved = reader.unique() > last ? System.nanoTime() : moved;
            last = reader.unique();
            Thread.sleep(LOOK_MILLIS);
        }
        return reader.unique() >= generator.sent();
    }

    private void check() {
        Stream.of(reader.failure(), running.fault(), generator.failure())
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(failure -> {
                    throw new IllegalStateException("the soak has failed: " + failure, failure);
                });
    }

    @Override
    public void close() throws IOException {
        generator.close();
        companion.close();
    }
}
