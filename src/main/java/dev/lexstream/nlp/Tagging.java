package dev.lexstream.nlp;

import java.util.List;
import java.util.Objects;

/**
 * The tokens of a text with their tags, in text order.
 *
 * @param tags one for each token the model has seen
 * @param coverage how many of the text's tokens these are
 */
public record Tagging(List<TokenTag> tags, Coverage coverage) implements Annotation {

    public Tagging {
        tags = List.copyOf(tags);
        Objects.requireNonNull(coverage, "coverage");
    }
}
