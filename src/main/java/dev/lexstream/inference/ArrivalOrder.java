package dev.lexstream.inference;

/**
 * Computes the padding of a batcher that cuts full batches in the order of arrival. It is the baseline for sorting by
 * length. Not thread-safe: its {@link Batcher} guards it.
 */
final class ArrivalOrder {

    private final TokenBudget budget;
    private BatchShape open = BatchShape.EMPTY;
    private long closed;

    ArrivalOrder(TokenBudget budget) {
        this.budget = budget;
    }

    /** Counts the next input. */
    void add(BatchShape input) {
        BatchShape larger = open.plus(input);
        if (budget.admits(larger)) {
            open = larger;
        } else {
            closed += open.paddedTokens();
            open = input;
        }
    }

    /** Tokens of all batches so far, padding and the open batch included. */
    long paddedTokens() {
        return closed + open.paddedTokens();
    }
}
