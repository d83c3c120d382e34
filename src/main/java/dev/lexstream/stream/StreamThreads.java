package dev.lexstream.stream;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What each stream thread is at: the record that it processes, and whether it has committed anything in its life. A thread
 * that replaces a failed one begins anew.
 *
 * <p>Threading: stream threads share one instance; each sees only what is its own.
 */
final class StreamThreads {

    private final ThreadLocal<State> states = ThreadLocal.withInitial(State::new);

    private static final class State {
        private TopicPartition partition;
        private long offset;
        private boolean committed;
    }

    /** The calling thread processes a record, and sends what comes of it, until it processes another. */
    void processing(TopicPartition partition, long offset) {
        State state = states.get();
        state.partition = partition;
        state.offset = offset;
    }

    /** The record that the calling thread processes or has processed last; empty before the first. */
    Optional<RecordPosition> processing() {
        State state = states.get();
        return Optional.ofNullable(state.partition).map(partition -> new RecordPosition(partition, state.offset));
    }

    /** The calling thread has committed offsets. */
    void committed() {
        states.get().committed = true;
    }

    /** Whether the calling thread has committed offsets in its life. */
    boolean haveCommitted() {
        return states.get().committed;
    }
}
