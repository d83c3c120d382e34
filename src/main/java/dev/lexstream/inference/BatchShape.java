package dev.lexstream.inference;

import dev.lexstream.nlp.Prepared;

/**
 * How large a batch is on the device: {@code [rows, longest]}, all rows padded to the longest.
 *
 * @param members inputs, each of one row or more
 * @param rows of all members
 * @param longest tokens of the longest row
 * @param apart tokens that the members would be padded to in batches of their own
 */
record BatchShape(int members, long rows, int longest, long apart) {

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
                members + other.members, rows + other.rows, Math.max(longest, other.longest), apart + other.apart);
    }

    /** Tokens that the device computes, padding included. */
    long paddedTokens() {
        return rows * longest;
    }
}
