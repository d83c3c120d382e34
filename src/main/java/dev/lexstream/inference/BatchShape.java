package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;

/**
 * The size of a batch on the device: a tensor of {@code [rows, longest]} tokens, all rows padded to the longest.
 *
 * @param size number of inputs, each of which has one row or more
 * @param rows number of rows of all inputs
 * @param longest number of tokens of the longest row
 * @param apart sum of the inputs' padded tokens, were each a batch of its own
 */
record BatchShape(int size, long rows, int longest, long apart) {

    static final BatchShape EMPTY = new BatchShape(0, 0, 0, 0);

    /** The shape of a batch of one input. */
    static BatchShape of(Prepared input) {
        int rows = input.rows();
        int longest = input.length();
        return new BatchShape(1, rows, longest, (long) rows * longest);
    }

    /** The shape of both batches together. */
    BatchShape plus(BatchShape other) {
        return new BatchShape(
                size + other.size, rows + other.rows, Math.max(longest, other.longest), apart + other.apart);
    }

    /** The tokens that the device computes, padding included. */
    long paddedTokens() {
        return rows * longest;
    }
}
