package dev.lexstream.nlp;

import java.util.Objects;

/** Two texts that a model sees together, such as a question and a passage. Immutable. */
public record TextPair(String first, String second) {

    public TextPair {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }
}
