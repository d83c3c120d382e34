package dev.lexstream.stream.intake;

import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DaemonThread;
import dev.lexstream.stream.fault.Backoff;
import dev.lexstream.stream.fault.FailureReasons;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the schemas of values off the stream threads. An id that the registry does not know is asked for again for a while,
 * since a replica may lag behind; a registry that does not answer is asked again with growing pauses. The records of an id
 * wait meanwhile, in their order, and others go on.
 *
 * <p>Threading: stream threads share one instance; a thread of its own looks up and submits.
 */
public final class SchemaLookups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLookups.class);

    private static final Duration UNKNOWN_PAUSE = Duration.ofMillis(500);

    /** How long an id that stayed unknown is neither waited for again nor asked for with each record. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    /** Ids of which is remembered that they stayed unknown. */
    private static final int MAX_GIVEN_UP = 10_000;

    private final Timeouts timeouts;
    private final LongSupplier clock;
    private final ScheduledExecutorService thread;
    private final Map<Integer, Lookup> lookups = new HashMap<>();

    /** When each was last asked for, in nanoseconds. */
    private final Map<Integer, Long> givenUp = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MAX_GIVEN_UP;
        }
    };

    /**
     * How long is waited.
     *
     * @param unknownSchema for an id that the registry does not know
     * @param outage for a registry that does not answer
     */
    public record Timeouts(Duration unknownSchema, Duration outage) {
        public Timeouts {
            Objects.requireNonNull(unknownSchema, "unknownSchema");
            Objects.requireNonNull(outage, "outage");
        }
    }

    /** Decodes a record and submits its text, which asks the registry. */
    @FunctionalInterface
    interface Attempt {

        /**
         * Makes the attempt.
         *
         * @throws RuntimeException for reason {@link Reason#UNKNOWN_SCHEMA} when the registry does not know the schema, for
         *     others when it does not answer, the value holds no event, or the engine is in trouble
         */
        PendingText submit() throws InterruptedException;
    }

    private record Waiting(CompletableFuture<PendingText> text, Attempt attempt, Runnable onOutage) {}

    /** The records of one id, from the first to the last. */
    private static final class Lookup {
        private final int id;
        private final long begin;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean announced;
        private int failures;
        private long outageSince;

        private Lookup(int id, long begin) {
            this.id = id;
            this.begin = begin;
        }
    }

    /** @param clock nanoseconds that only rise, such as {@link System#nanoTime} */
    public SchemaLookups(Timeouts timeouts, LongSupplier clock) {
        this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.thread = Executors.newSingleThreadScheduledExecutor(
                task -> DaemonThread.of(task, "schema-lookups", Thread.NORM_PRIORITY));
    }

    /**
     * Has the schema of a record looked up.
     *
     * @param id of the schema
     * @param attempt made when it is known, and to find out whether it is
     * @param onOutage called when the registry does not answer, each time
     * @return the text, later
     */
    CompletableFuture<PendingText> await(int id, Attempt attempt, Runnable onOutage) {
        Waiting waiting = new Waiting(new CompletableFuture<>(), attempt, onOutage);
        synchronized (lookups) {
            Lookup lookup = lookups.get(id);
            if (lookup == null) {
                lookup = new Lookup(id, clock.getAsLong());
                lookups.put(id, lookup);
                schedule(lookup, Duration.ZERO);
            }
            lookup.waiting.add(waiting);
        }
        return waiting.text();
    }

    private void schedule(Lookup lookup, Duration pause) {
        try {
            thread.schedule(() -> look(lookup), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Schema id {} is not looked up any more: the stream stops", lookup.id);
        }
    }

    /** Answers the records of an id in their order, as far as they can be now. */
    private void look(Lookup lookup) {
        for (Waiting next = first(lookup); next != null; next = first(lookup)) {
            if (!next.text().isDone() && !attempt(lookup, next)) {
                return; // looked for again later
            }
            synchronized (lookups) {
                lookup.waiting.removeFirst();
            }
        }
    }

    /** The first record that waits; null when none does, and the look-up has ended then. */
    private Waiting first(Lookup lookup) {
        synchronized (lookups) {
            if (lookup.waiting.isEmpty()) {
                lookups.remove(lookup.id);
            }
            return lookup.waiting.peekFirst();
        }
    }

    /** Submits a record, or notes why that fails; false when it has to be tried again. */
    private boolean attempt(Lookup lookup, Waiting waiting) {
        try {
            PendingText text = waiting.attempt().submit();
            if (!waiting.text().complete(text)) {
                text.enrichment().cancel(); // nobody waits any more
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.text().completeExceptionally(new IllegalStateException("the stream stops", e));
        } catch (RuntimeException e) {
            if (triesAgain(lookup, waiting, e)) {
                return false;
            }
            waiting.text().completeExceptionally(e);
        } catch (Error e) { // nobody sees what a scheduled task throws
            waiting.text().completeExceptionally(e);
        }
        return true;
    }

    private boolean triesAgain(Lookup lookup, Waiting waiting, RuntimeException failure) {
        Reason reason = FailureReasons.of(failure);
        if (reason == Reason.UNKNOWN_SCHEMA && waits(lookup)) {
            schedule(lookup, UNKNOWN_PAUSE);
            return true;
        }
        if (reason == Reason.REGISTRY && waitsForAnswer(lookup)) {
            waiting.onOutage().run();
            if (lookup.failures == 0) {
                LOG.warn(
                        "Schema id {} cannot be looked up: asking again for {} s (max-outage) while its records wait: {}",
                        lookup.id,
                        timeouts.outage().toSeconds(),
                        FailureReasons.message(failure));
            }
            schedule(lookup, Backoff.DEFAULT.pause(lookup.failures++));
            return true;
        }
        return false;
    }

    /** Whether an unknown id is asked for again. */
    private boolean waits(Lookup lookup) {
        long now = clock.getAsLong();
        Long asked = givenUp.get(lookup.id);
        boolean recently = asked != null && now - asked < GIVEN_UP.toNanos();
        if (!recently && now - lookup.begin < timeouts.unknownSchema().toNanos()) {
            if (!lookup.announced) {
                lookup.announced = true;
                LOG.warn(
                        "The registry does not know schema id {}: asking again for {} s (unknown-schema-wait) while its records wait",
                        lookup.id,
                        timeouts.unknownSchema().toSeconds());
            }
            return true;
        }
        if (!recently) {
            LOG.warn(
                    "Schema id {} is still unknown to the registry: its records are dead letters until it is known",
                    lookup.id);
        }
        givenUp.remove(lookup.id); // and to the end of the queue
        givenUp.put(lookup.id, now);
        return false;
    }

    private boolean waitsForAnswer(Lookup lookup) {
        long now = clock.getAsLong();
        lookup.outageSince = lookup.failures == 0 ? now : lookup.outageSince;
        return now - lookup.outageSince < timeouts.outage().toNanos();
    }

    /** Looks up nothing any more, and cancels what waits. */
    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (lookups) {
            lookups.values()
                    .forEach(lookup ->
                            lookup.waiting.forEach(waiting -> waiting.text().cancel(false)));
        }
    }
}
