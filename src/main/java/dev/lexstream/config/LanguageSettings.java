package dev.lexstream.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How languages become known.
 *
 * @param detect key {@code detect}: tags of the languages told apart when an event declares none, and the stages'
 *     languages with them. A {@link Pipeline} asks for two or more that can be detected. Default {@link PipelineDefaults#LANGUAGES}
 * @param minConfidence key {@code min-confidence}: the probability, 0 to 1, below which a detected language counts as
 *     unknown. Default {@value PipelineDefaults#MIN_CONFIDENCE}
 * @param defaultCode key {@code default}: tag of the language that a text of unknown language is taken to be in. Default:
 *     none
 */
public record LanguageSettings(List<String> detect, double minConfidence, Optional<String> defaultCode) {

    public LanguageSettings {
        detect = List.copyOf(detect);
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException("minConfidence must be 0 to 1, found " + minConfidence);
        }
        Objects.requireNonNull(defaultCode, "defaultCode");
    }

    /** These languages, and defaults for the rest. */
    public LanguageSettings(List<String> detect) {
        this(detect, PipelineDefaults.MIN_CONFIDENCE, Optional.empty());
    }
}
