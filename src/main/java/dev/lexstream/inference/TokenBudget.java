package dev.lexstream.inference;

/**
 * How large a batch may be. A batch costs its longest row times its rows: what the device computes, padding included. An
 * input larger than the budget still gets through, alone.
 *
 * @param tokens most tokens of a batch, padding included, at least 1
 * @param members most members of a batch, at least 1
 * @see <a href="https://github.com/huggingface/text-embeddings-inference">text-embeddings-inference, whose rule it is</a>
 */
public record TokenBudget(int tokens, int members) {

    public TokenBudget {
        if (tokens < 1 || members < 1) {
            throw new IllegalArgumentException(
                    "tokens and members must be at least 1, found " + tokens + " and " + members);
        }
    }

    /** Whether a batch is within the budget, or of one member. */
    boolean admits(BatchShape batch) {
        return batch.members() == 1 || (batch.members() <= members && batch.paddedTokens() <= tokens);
    }
}
