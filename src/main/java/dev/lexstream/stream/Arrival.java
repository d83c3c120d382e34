package dev.lexstream.stream;

import dev.lexstream.event.UndecodableEventException;
import java.util.Objects;

/** What became of a record when it reached this process: its text is on its way, or it holds none. Decided once. */
sealed interface Arrival {

    /**
     * The text on its way.
     *
     * @throws UndecodableEventException when the record holds none
     */
    PendingText text();

    /** Whether nothing is awaited any more. */
    boolean isDone();

    /** Runs this when nothing is awaited any more: now or on a thread of the engine. */
    void whenDone(Runnable action);

    /** Gives up what nobody waits for any more. */
    void cancel();

    /** The record was decoded and its text submitted. */
    record Submitted(PendingText text) implements Arrival {
        public Submitted {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isDone() {
            return text.enrichment().isDone();
        }

        @Override
        public void whenDone(Runnable action) {
            text.enrichment().whenDone(action);
        }

        @Override
        public void cancel() {
            text.enrichment().cancel();
        }
    }

    /** The record holds no text event. */
    record Undecodable(UndecodableEventException failure) implements Arrival {
        public Undecodable {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public PendingText text() {
            throw failure;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public void whenDone(Runnable action) {
            action.run();
        }

        @Override
        public void cancel() {
            // nothing was started
        }
    }
}
