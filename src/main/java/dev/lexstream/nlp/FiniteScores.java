package dev.lexstream.nlp;

/** Tells answers from what a model gives that has overflowed, as half precision may: NaN or infinity. */
final class FiniteScores {

    private FiniteScores() {}

    /**
     * Checks what a model says of one input.
     *
     * @throws IllegalStateException when some score is no number
     */
    static void check(float... scores) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                throw new IllegalStateException("the model gives a score of " + score);
            }
        }
    }
}
