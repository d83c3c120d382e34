package dev.lexstream.enrich;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One text on its way through the stages.
 *
 * <p>Threading: made by {@link Enricher}; its futures complete on the engine's threads; one consumer awaits them.
 */
public final class Enrichment {

    private final CompletableFuture<Language> language;
    private final Map<String, CompletableFuture<Outcome>> outcomes;

    Enrichment(CompletableFuture<Language> language, Map<String, CompletableFuture<Outcome>> outcomes) {
        this.language = language;
        this.outcomes = new LinkedHashMap<>(outcomes);
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

    /** Gives up what has not reached a device yet. Harmless when all is done. */
    public void cancel() {
        outcomes.values().forEach(outcome -> outcome.cancel(false));
    }
}
