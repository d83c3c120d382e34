package dev.lexstream.plan;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a plan: a model that annotates events.
 *
 * @param name unique within a pipeline, such as {@code tag}; names the annotation
 * @param model what answers
 * @param input what of an event it gets
 * @param condition whether it is asked
 * @param timeout longest time from submission to result, at least 1 ms; an event that takes longer has failed. Empty: none
 * @param onError what becomes of events that fail
 */
public record Stage(
        String name,
        StageModel model,
        StageInput input,
        Condition condition,
        Optional<Duration> timeout,
        OnError onError) {

    public Stage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(onError, "onError");
        if (timeout.isPresent() && timeout.get().toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1 ms, found " + timeout.get());
        }
    }

    /** A stage without a timeout whose failures are dead letters. */
    public Stage(String name, StageModel model, StageInput input, Condition condition) {
        this(name, model, input, condition, Optional.empty(), OnError.DEAD_LETTER);
    }
}
