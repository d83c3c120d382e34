package dev.lexstream.config;

import dev.lexstream.model.Precision;
import dev.lexstream.plan.OnError;
import dev.lexstream.plan.StageInput;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One stage of the plan.
 *
 * @param name key {@code name}: name of the annotation. Lower-case letters, digits and hyphens, at most 40
 * @param model key {@code model}: name of a bundle in the models folder, or a path to one
 * @param input key {@code input}: what of an event the model reads. Default empty: the main text
 * @param when key {@code when}: condition for the model to be asked, besides the languages of the model. Default empty: none
 * @param timeout key {@code timeout}: longest wait of one text for this stage's result. Then the text has failed at this
 *     stage. At least 1 ms, and below {@link InferenceSettings#resultTimeout()}. Default: none
 * @param onError key {@code on-error}: what becomes of a text that fails at this stage. Default {@code dead-letter}
 * @param cache key {@code cache}: size of the result cache in bytes; 0 for no cache. Default
 *     {@value PipelineDefaults#CACHE}
 * @param precision key {@code precision}: number format of the model. Default empty, which means
 *     {@link InferenceSettings#precision()}
 */
public record StageSettings(
        String name,
        String model,
        Optional<StageInput> input,
        Optional<String> when,
        Optional<Duration> timeout,
        OnError onError,
        long cache,
        Optional<Precision> precision) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public StageSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(onError, "onError");
        Objects.requireNonNull(precision, "precision");
        if (!isLegal(name)) {
            throw new IllegalArgumentException("name must be " + NAME + ", found " + name);
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank");
        }
        if (timeout.isPresent() && timeout.get().toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1 ms, found " + timeout.get());
        }
        if (cache < 0) {
            throw new IllegalArgumentException("cache must not be negative, found " + cache);
        }
    }

    /** A stage with defaults for all but its name and model. */
    public StageSettings(String name, String model) {
        this(
                name,
                model,
                PipelineDefaults.STAGE_TIMEOUT,
                PipelineDefaults.ON_ERROR,
                PipelineDefaults.CACHE,
                Optional.empty());
    }

    /** A stage for the main text of every event. */
    public StageSettings(
            String name,
            String model,
            Optional<Duration> timeout,
            OnError onError,
            long cache,
            Optional<Precision> precision) {
        this(name, model, Optional.empty(), Optional.empty(), timeout, onError, cache, precision);
    }

    static boolean isLegal(String name) {
        return NAME.matcher(name).matches();
    }
}
