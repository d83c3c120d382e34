package dev.lexstream.inference;

/**
 * What padding would cost if full batches were cut in the order of arrival: what sorting by length is measured against.
 * Not thread-safe: its {@link Batcher} guards it.
 */
final class ArrivalOrder {

    private final TokenBudget budget;
    private int longest;
    private int members;
    private long closed;

    ArrivalOrder(TokenBudget budget) {
        this.budget = budget;
    }

    void add(int length) {
        if (members > 0 && !budget.admits(Math.max(longest, length), members + 1)) {
            closed += (long) longest * members;
            longest = 0;
            members = 0;
        }
        longest = Math.max(longest, length);
        members++;
    }

    /** Padded tokens of all batches, the last one as it is now. */
    long paddedTokens() {
        return closed + (long) longest * members;
    }
}
