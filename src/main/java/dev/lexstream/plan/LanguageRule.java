package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.nlp.LanguageDetector;
import java.util.Objects;
import java.util.Optional;

/**
 * How the language of a text is decided: what the event declares; otherwise what the detector finds, if it is sure enough;
 * otherwise the default, if there is one; otherwise it is unknown. Threading: as the detector.
 *
 * @param detector asked for texts that declare no language
 * @param minConfidence 0 to 1; a detected language of less is unknown
 * @param fallback tag of the language that texts of unknown language are taken to be in
 */
public record LanguageRule(LanguageDetector detector, double minConfidence, Optional<String> fallback) {

    public LanguageRule {
        Objects.requireNonNull(detector, "detector");
        fallback = fallback.flatMap(tag -> Language.ofTag(tag).flatMap(Language::code));
    }

    /** Whatever the detector finds, and no default. */
    public LanguageRule(LanguageDetector detector) {
        this(detector, 0, Optional.empty());
    }

    /** The language that an event declares, if any. Never asks the detector. */
    Optional<Language> declared(TextEvent event) {
        return event.language().flatMap(Language::ofTag);
    }

    /** The language of a text that declares none. */
    Language detected(String content) {
        Optional<LanguageDetector.Detection> found = Optional.empty();
        try {
            found = detector.detect(content).filter(detection -> detection.confidence() >= minConfidence);
        } catch (RuntimeException | StackOverflowError e) {
            // It would fail again each time the text is read; the other stages can do without a language.
        }
        return found.isPresent()
                ? Language.of(found)
                : fallback.map(Language::byDefault).orElseGet(Language::unknown);
    }

    /** Declared or detected. */
    public Language of(TextEvent event) {
        return declared(event).orElseGet(() -> detected(event.text()));
    }
}
