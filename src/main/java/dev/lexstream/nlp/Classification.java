package dev.lexstream.nlp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The class of a text.
 *
 * @param label the best class; empty when the model rejects the text as out of its scope, or knows too little of it
 * @param score probability of the best class, whether or not it is rejected, 0 to 1
 * @param scores probability of every class, in the order of the model's labels
 * @param coverage how many of the text's tokens these come from
 */
public record Classification(Optional<String> label, float score, List<LabelScore> scores, Coverage coverage)
        implements Annotation {

    /**
     * A class with its probability.
     *
     * @param label the class
     * @param score 0 to 1
     */
    public record LabelScore(String label, float score) {}

    public Classification {
        Objects.requireNonNull(label, "label");
        scores = List.copyOf(scores);
        Objects.requireNonNull(coverage, "coverage");
    }
}
