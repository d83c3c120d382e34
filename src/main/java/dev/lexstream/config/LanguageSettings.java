package dev.lexstream.config;

import java.util.List;

/**
 * How languages become known.
 *
 * @param detect key {@code detect}: ISO 639-1 codes told apart when an event declares no language, two or more, without
 *     duplicates; default {@link PipelineDefaults#LANGUAGES}
 */
public record LanguageSettings(List<String> detect) {

    public LanguageSettings {
        detect = detect.stream().distinct().toList();
        if (detect.size() < 2) {
            throw new IllegalArgumentException("detect must hold two languages or more, found " + detect);
        }
    }
}
