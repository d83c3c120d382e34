package dev.lexstream.inference;

/**
 * What padding would cost if full batches were cut in the order of arrival: what sorting by length is measured against.
 * Not thread-safe: its {@link Batcher} guards it.
 */
final class ArrivalOrder {

    private final TokenBudget budget;
    private BatchShape open = BatchShape.EMPTY;
    private long closed;

    ArrivalOrder(TokenBudget budget) {
        this.budget = budget;
    }

    void add(BatchShape input) {
        BatchShape larger = open.plus(input);
        if (budget.admits(larger)) {
            open = larger;
        } else {
            closed += open.paddedTokens();
            open = input;
        }
    }

    /** Padded tokens of all batches, the last one as it is now. */
    long paddedTokens() {
        return closed + open.paddedTokens();
    }
}
