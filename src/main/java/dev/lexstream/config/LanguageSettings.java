package dev.lexstream.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the language of a text is found.
 *
 * @param detect key {@code detect}: tags of the languages that the detector tells apart. The languages of the stages'
 *     models are added. A {@link Pipeline} requires two or more that can be detected. Default
 *     {@link PipelineDefaults#LANGUAGES}
 * @param minConfidence key {@code min-confidence}: lowest probability of a detected language, from 0 to 1. A language
 *     that is less probable counts as unknown. Default {@value PipelineDefaults#MIN_CONFIDENCE}
 * @param defaultCode key {@code default}: tag of the language that is assumed for a text of unknown language. Default:
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

    /** Settings with these languages and the default confidence. */
    public LanguageSettings(List<String> detect) {
        this(detect, PipelineDefaults.MIN_CONFIDENCE, Optional.empty());
    }
}
