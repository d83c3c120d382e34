package dev.lexstream.train;

/**
 * How a trained model does on the dev data beside the best that can be done without looking at a text, such as always
 * saying the most frequent class. A model that is no better has learned nothing of use.
 *
 * @param measure such as {@code accuracy}
 * @param score of the model, 0 to 1
 * @param trivial score of what does not look, 0 to 1
 * @param way how that is got, such as {@code always saying 'alarm'}
 */
public record Comparison(String measure, double score, double trivial, String way) {

    /** Whether the model is better. */
    public boolean isBetter() {
        return score > trivial;
    }

    /** Whether a model could be better: where the dev data has one class only, none can. */
    public boolean isPossible() {
        return trivial < 1;
    }
}
