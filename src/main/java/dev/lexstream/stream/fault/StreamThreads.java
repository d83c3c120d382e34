package dev.lexstream.stream.fault;

import java.util.Optional;

/**
 * What each stream thread is at: the record that it processes, and whether it has committed anything in its life. A thread
 * that replaces a failed one begins anew.
 *
 * <p>Threading: stream threads share one instance; each sees only what is its own.
 */
public final class StreamThreads {

    private final ThreadLocal<State> states = ThreadLocal.withInitial(State::new);

    private static final class State {
        private RecordPosition processing;
        private boolean committed;
    }

    /** The calling thread processes a record, and sends what comes of it, until it processes another. */
    public void processing(RecordPosition record) {
        states.get().processing = record;
    }

    /** The record that the calling thread processes or has processed last; empty before the first. */
    Optional<RecordPosition> processing() {
        return Optional.ofNullable(states.get().processing);
    }

    /** The calling thread has committed offsets. */
    public void committed() {
        states.get().committed = true;
    }

    /** Whether the calling thread has committed offsets in its life. */
    boolean haveCommitted() {
        return states.get().committed;
    }
}
