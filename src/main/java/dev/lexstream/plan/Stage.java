package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.LanguageTag;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step of the plan: a model that annotates texts of certain languages.
 *
 * @param name unique within a pipeline, such as {@code tag}; names the topology's node and the annotation
 * @param model what answers
 * @param languages tags of the languages this stage accepts, kept as of {@link LanguageTag#language}; empty means any
 * @param inference the running model
 * @param timeout longest time from submission to result, at least 1 ms; a text that takes longer has failed. Empty: none
 * @param onError what becomes of texts that fail
 */
public record Stage(
        String name,
        ModelId model,
        Set<String> languages,
        Inference<String, ? extends Annotation> inference,
        Optional<Duration> timeout,
        OnError onError) {

    public Stage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        languages = languages.stream()
                .map(tag -> LanguageTag.language(tag).orElse(tag))
                .collect(Collectors.toUnmodifiableSet());
        Objects.requireNonNull(inference, "inference");
        Objects.requireNonNull(onError, "onError");
        if (timeout.isPresent() && timeout.get().toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1 ms, found " + timeout.get());
        }
    }

    /** A stage without a timeout whose failures are dead letters. */
    public Stage(String name, ModelId model, Set<String> languages, Inference<String, ? extends Annotation> inference) {
        this(name, model, languages, inference, Optional.empty(), OnError.DEAD_LETTER);
    }

    /** Whether a text of this language goes through the model. */
    public boolean accepts(Language language) {
        return languages.isEmpty() || language.code().map(languages::contains).orElse(false);
    }
}
