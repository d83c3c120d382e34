package dev.lexstream.event;

import dev.lexstream.nlp.LanguageDetector.Detection;
import dev.lexstream.nlp.LanguageTag;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The language of a text and how it became known.
 *
 * @param code as of {@link LanguageTag#language}, such as {@code en}; empty when unknown
 * @param origin how the code became known
 * @param confidence of a detected language, 0 to 1; empty otherwise
 */
public record Language(Optional<String> code, Origin origin, OptionalDouble confidence) {

    /** How a language became known. */
    public enum Origin {
        /** The event says so. */
        DECLARED,
        /** The detector found it in the text. */
        DETECTED,
        /** The event does not say and the detector cannot tell. */
        UNKNOWN,
        /** As unknown, and the pipeline's {@code language.default} was taken. */
        DEFAULT
    }

    public Language {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(confidence, "confidence");
    }

    /**
     * The language that a tag declares: {@code zh-Hans-CN} and {@code zho} are both {@code zh} to a stage.
     *
     * @return empty when the tag names no language, such as a blank or {@code und}
     */
    public static Optional<Language> ofTag(String tag) {
        return LanguageTag.language(tag).map(Language::declared);
    }

    /** What a detector has found, if anything. */
    public static Language of(Optional<Detection> detection) {
        return detection
                .map(found -> detected(found.code(), found.confidence()))
                .orElseGet(Language::unknown);
    }

    public static Language declared(String code) {
        return new Language(Optional.of(code), Origin.DECLARED, OptionalDouble.empty());
    }

    public static Language detected(String code, double confidence) {
        return new Language(Optional.of(code), Origin.DETECTED, OptionalDouble.of(confidence));
    }

    /** Of a text whose language is unknown, taken for this one. */
    public static Language byDefault(String code) {
        return new Language(Optional.of(code), Origin.DEFAULT, OptionalDouble.empty());
    }

    public static Language unknown() {
        return new Language(Optional.empty(), Origin.UNKNOWN, OptionalDouble.empty());
    }
}
