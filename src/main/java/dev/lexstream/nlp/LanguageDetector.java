package dev.lexstream.nlp;

import java.util.Optional;

/** Tells the language of a text. Threading: one instance serves all threads. */
@FunctionalInterface
public interface LanguageDetector {

    /**
     * A language and how sure the detector is of it.
     *
     * @param code as of {@link LanguageTag#language}
     * @param confidence the probability that the text is in this language, 0 to 1
     */
    record Detection(String code, double confidence) {}

    /** The most probable language, or empty when the text gives no hint, such as one of digits or an address only. */
    Optional<Detection> detect(String text);
}
