package dev.lexstream.nlp;

/**
 * How much of a text a model has seen.
 *
 * @param processed tokens given to the model, at most {@code total}
 * @param total tokens of the whole text
 */
public record Coverage(int processed, int total) {

    public Coverage {
        if (processed < 0 || processed > total) {
            throw new IllegalArgumentException("processed must be in 0.." + total + ", found " + processed);
        }
    }

    /** The whole of a text of {@code tokens} tokens. */
    public static Coverage complete(int tokens) {
        return new Coverage(tokens, tokens);
    }

    /** True when the text was longer than the model's longest input and its end was left out. */
    public boolean truncated() {
        return processed < total;
    }
}
