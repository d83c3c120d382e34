package dev.lexstream.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The second instance of a soak, which joins and leaves in turns. One that takes long to join is waited for: it stays for half
 * a turn at least. Used by one thread.
 */
final class Companion implements AutoCloseable {

    private static final long LONGEST_JOIN_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LOOK_MILLIS = 200;

    private final Starter starter;
    private final long turnNanos;
    private long next;
    private long started;
    private ChildProcess running;
    private boolean joined;
    private int joins;
    private int leaves;

    /** Starts the second instance, which says {@link SecondInstance#RUNNING} when it has joined. */
    @FunctionalInterface
    interface Starter {
        ChildProcess start() throws IOException;
    }

    /** @param turn from one join or leave to the next */
    Companion(Starter starter, Duration turn) {
        this.starter = starter;
        this.turnNanos = turn.toNanos();
        this.next = System.nanoTime() + turnNanos;
    }

    /**
     * Lets it join or leave when it is time to.
     *
     * @throws IllegalStateException when it has failed
     */
    void tick() throws IOException, InterruptedException {
        if (running != null) {
            running.check();
            look();
        }
        if (System.nanoTime() - next < 0 || isJoining()) {
            return;
        }
        next += turnNanos;
        if (running == null) {
            running = starter.start();
            started = System.nanoTime();
        } else {
            leave();
        }
    }

    private boolean isJoining() {
        return running != null && !joined;
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        if (!joined && running.lineThatBegins(SecondInstance.RUNNING).isPresent()) {
            joined = true;
            joins++;
            next = Math.max(next - now, turnNanos / 2) + now;
        }
        if (!joined && now - started > LONGEST_JOIN_NANOS) {
            throw new IllegalStateException("the second instance has not joined within "
                    + TimeUnit.NANOSECONDS.toMinutes(LONGEST_JOIN_NANOS) + " minutes");
        }
    }

    /**
     * Lets it leave if it is there, once it has joined.
     *
     * @throws IllegalStateException when it has failed
     */
    void leave() throws IOException, InterruptedException {
        while (isJoining()) {
            Thread.sleep(LOOK_MILLIS);
            running.check();
            look();
        }
        if (running != null) {
            running.leave();
            leaves++;
            close();
        }
    }

    boolean isThere() {
        return running != null;
    }

    int joins() {
        return joins;
    }

    int leaves() {
        return leaves;
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
            running = null;
            joined = false;
        }
    }
}
