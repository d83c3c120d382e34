package dev.lexstream.stream;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/** What became of a record when it reached this process: its text is on its way, or it holds none. Decided once. */
sealed interface Arrival {

    /**
     * The text on its way.
     *
     * @throws dev.lexstream.codec.UndecodableEventException when the record holds none
     * @throws RuntimeException when that cannot be known now
     */
    PendingText text();

    /** Whether nothing is awaited any more. */
    boolean isDone();

    /** Runs this when nothing is awaited any more: now or on a thread of the engine. */
    void whenDone(Runnable action);

    /** Gives up what nobody waits for any more. */
    void cancel();

    /** Whether the schema of the value is still looked for, so that its text has not been submitted yet. */
    default boolean awaitsSchema() {
        return false;
    }

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

    /** The record has no text: it holds none, or could not be looked at. */
    record Failed(RuntimeException failure) implements Arrival {
        public Failed {
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

    /**
     * The schema of the value has to be looked up first; what becomes of the record is known later.
     *
     * @param known completes with that
     */
    record Awaited(CompletableFuture<Arrival> known) implements Arrival {
        public Awaited {
            Objects.requireNonNull(known, "known");
        }

        /** Waits for the schema. */
        @Override
        public PendingText text() {
            try {
                return known.get().text();
            } catch (InterruptedException e) {
                throw new InterruptException("interrupted while the schema of a value is looked for", e);
            } catch (ExecutionException | CancellationException e) {
                throw new IllegalStateException("the schema of a value was not looked for to the end", e);
            }
        }

        @Override
        public boolean isDone() {
            return known.isDone()
                    && (known.isCompletedExceptionally() || known.join().isDone());
        }

        @Override
        public void whenDone(Runnable action) {
            known.whenComplete((arrival, failure) -> {
                if (failure == null) {
                    arrival.whenDone(action);
                } else {
                    action.run();
                }
            });
        }

        @Override
        public void cancel() {
            known.cancel(false);
            if (!known.isCompletedExceptionally()) {
                known.join().cancel();
            }
        }

        @Override
        public boolean awaitsSchema() {
            return !known.isDone();
        }
    }
}
