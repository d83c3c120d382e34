package dev.lexstream.nlp;

import java.util.Objects;

/**
 * A labelled stretch of a text.
 *
 * @param start first character, in Unicode code points from the start of the text
 * @param end one past the last character, in code points
 * @param label the tag, from the model's tag set
 * @param score probability of the label, 0 to 1
 */
public record TokenTag(int start, int end, String label, float score) {

    public TokenTag {
        Objects.requireNonNull(label, "label");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("start and end must be 0 <= start <= end, found " + start + ".." + end);
        }
    }
}
