package dev.lexstream.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The second instance of a soak, which joins and leaves in turns. Used by one thread. */
final class Companion implements AutoCloseable {

    private final SecondInstance.Spec spec;
    private final long turnNanos;
    private long next;
    private ChildProcess running;
    private boolean joined;
    private int joins;
    private int leaves;

    /** @param turnSeconds from one join or leave to the next */
    Companion(SecondInstance.Spec spec, long turnSeconds) {
        this.spec = spec;
        this.turnNanos = TimeUnit.SECONDS.toNanos(turnSeconds);
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
        if (System.nanoTime() - next < 0) {
            return;
        }
        next += turnNanos;
        if (running == null) {
            running = ChildProcess.start("the second instance", SecondInstance.class, spec);
        } else {
            leave();
        }
    }

    private void look() throws IOException {
        if (!joined && running.lineThatBegins(SecondInstance.RUNNING).isPresent()) {
            joined = true;
            joins++;
        }
    }

    /** Lets it leave if it is there. One that has not joined by then counts neither as joined nor as left. */
    void leave() throws IOException, InterruptedException {
        if (running != null) {
            look();
            running.leave();
            leaves += joined ? 1 : 0;
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
