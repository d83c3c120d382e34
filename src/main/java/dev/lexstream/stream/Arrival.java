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

    /** Gives up what nobody waits for any more. */
    void cancel();

    /** The record was decoded and its text submitted. */
    record Submitted(PendingText text) implements Arrival {
        public Submitted {
            Objects.requireNonNull(text, "text");
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
        public void cancel() {
            // nothing was started
        }
    }
}
