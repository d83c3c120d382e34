package dev.lexstream.nlp;

import java.util.List;
import java.util.Objects;

/**
 * The labelled stretches of a text, in text order.
 *
 * @param tags one for each token the model has seen, or for each word or entity that it found
 * @param coverage how many of the text's tokens these are
 */
public record Tagging(List<TokenTag> tags, Coverage coverage) implements Annotation {

    public Tagging {
        tags = List.copyOf(tags);
        Objects.requireNonNull(coverage, "coverage");
    }
}
