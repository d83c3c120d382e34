package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;

/**
 * How large a batch is on the device: {@code [rows, longest]}, all rows padded to the longest.
 *
 * @param size inputs, each of one row or more
 * @param rows of all inputs
 * @param longest tokens of the longest row
 * @param apart tokens that the inputs would be padded to in batches of their own
 */
record BatchShape(int size, long rows, int longest, long apart) {

    static final BatchShape EMPTY = new BatchShape(0, 0, 0, 0);

    /** Of one input alone. */
    static BatchShape of(Prepared input) {
        int rows = input.rows();
        int longest = input.length();
        return new BatchShape(1, rows, longest, (long) rows * longest);
    }

    /** Of both together. */
    BatchShape plus(BatchShape other) {
        return new BatchShape(
                size + other.size, rows + other.rows, Math.max(longest, other.longest), apart + other.apart);
    }

    /** Tokens that the device computes, padding included. */
    long paddedTokens() {
        return rows * longest;
    }
}
