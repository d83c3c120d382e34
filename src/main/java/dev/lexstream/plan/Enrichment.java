package dev.lexstream.plan;

import dev.lexstream.event.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One text on its way through the stages.
 *
 * <p>Threading: made by {@link Enricher}; its futures complete on the engine's threads; one consumer awaits them.
 */
public final class Enrichment {

    private final CompletableFuture<Language> language;
    private final Map<String, CompletableFuture<Outcome>> outcomes;
    private final CompletableFuture<Void> done;
    private final ResultOrder order;
    private final long number;

    Enrichment(
            CompletableFuture<Language> language, Map<String, CompletableFuture<Outcome>> outcomes, ResultOrder order) {
        this.order = order;
        this.number = order.number();
        this.language = language;
        this.outcomes = new LinkedHashMap<>(outcomes);
        this.done = CompletableFuture.allOf(
                Stream.concat(Stream.of(language), outcomes.values().stream()).toArray(CompletableFuture[]::new));
        outcomes.forEach((stage, outcome) -> outcome.thenAccept(found -> {
            if (found instanceof Outcome.Enriched || found instanceof Outcome.Several) {
                order.answered(stage, number);
            }
        }));
    }

    /** The language the plan was made for. Fails only when the engine is in trouble. */
    public CompletableFuture<Language> language() {
        return language;
    }

    /**
     * The outcome of one stage: a value for {@link Outcome.Failed data errors} too; the future itself fails only when
     * the engine is in trouble (an infrastructure error).
     *
     * @throws IllegalArgumentException when the plan has no such stage
     */
    public CompletableFuture<Outcome> outcome(String stage) {
        CompletableFuture<Outcome> outcome = outcomes.get(stage);
        if (outcome == null) {
            throw new IllegalArgumentException("no stage '" + stage + "'; the stages are " + outcomes.keySet());
        }
        return outcome;
    }

    /** Whether a stage has annotated a text that came after this one. */
    public boolean isOvertaken(String stage) {
        return order.overtaken(stage, number);
    }

    /** Whether the language and all outcomes are there, failures included. */
    public boolean isDone() {
        return done.isDone();
    }

    /** Runs this when the language and all outcomes are there: now, or on the thread that completes the last. */
    public void whenDone(Runnable action) {
        done.whenComplete((nothing, failure) -> action.run());
    }

    /** Gives up what has not reached a device yet. Harmless when all is done. */
    public void cancel() {
        outcomes.values().forEach(outcome -> outcome.cancel(false));
    }
}
