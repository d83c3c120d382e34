package dev.lexstream.inference;

/**
 * The largest size of a batch. The tokens of a batch are its rows times the tokens of its longest row, which is what the
 * device computes. An input above the budget is a batch of its own.
 *
 * @param maxTokens most tokens of a batch, padding included; at least 1
 * @param maxSize most inputs of a batch; at least 1
 * @see <a href="https://github.com/huggingface/text-embeddings-inference">text-embeddings-inference, which has this
 *     rule</a>
 */
public record TokenBudget(int maxTokens, int maxSize) {

    public TokenBudget {
        if (maxTokens < 1 || maxSize < 1) {
            throw new IllegalArgumentException(
                    "maxTokens and maxSize must be at least 1, found " + maxTokens + " and " + maxSize);
        }
    }

    /** Whether a batch is within the budget, or has only one input. */
    boolean admits(BatchShape batch) {
        return batch.size() == 1 || (batch.size() <= maxSize && batch.paddedTokens() <= maxTokens);
    }
}
