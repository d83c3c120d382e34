package dev.lexstream.inference;

/**
 * How large a batch may be. A batch costs its longest row times its rows: what the device computes, padding included. An
 * input larger than the budget still gets through, alone.
 *
 * @param maxTokens most tokens of a batch, padding included, at least 1
 * @param maxSize most inputs of a batch, at least 1
 * @see <a href="https://github.com/huggingface/text-embeddings-inference">text-embeddings-inference, whose rule it is</a>
 */
public record TokenBudget(int maxTokens, int maxSize) {

    public TokenBudget {
        if (maxTokens < 1 || maxSize < 1) {
            throw new IllegalArgumentException(
                    "maxTokens and maxSize must be at least 1, found " + maxTokens + " and " + maxSize);
        }
    }

    /** Whether a batch is within the budget, or of one input. */
    boolean admits(BatchShape batch) {
        return batch.size() == 1 || (batch.size() <= maxSize && batch.paddedTokens() <= maxTokens);
    }
}
