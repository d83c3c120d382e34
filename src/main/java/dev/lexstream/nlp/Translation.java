package dev.lexstream.nlp;

import java.util.Objects;

/**
 * A text in another language.
 *
 * @param language BCP 47 primary language translated into
 * @param text the translation
 * @param score mean log-probability of a token, its length penalty applied; at most 0, higher is better
 * @param coverage how much of the text was translated, in source tokens
 */
public record Translation(String language, String text, float score, Coverage coverage) implements Annotation {

    public Translation {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(coverage, "coverage");
    }
}
