package dev.lexstream.bench;

/**
 * Which records have come out: a bit for each, all of them allocated at once, so that checking a long run does not change its
 * memory. Not thread-safe.
 */
final class SequenceSet {

    private final long[] bits;
    private final long capacity;
    private long unique;
    private long repeated;

    /** @param capacity sequences from 0 to below this can be marked */
    SequenceSet(long capacity) {
        this.capacity = capacity;
        this.bits = new long[Math.toIntExact((capacity + Long.SIZE - 1) / Long.SIZE)];
    }

    /** @throws IllegalStateException for a sequence that was never sent */
    void mark(long sequence) {
        if (sequence < 0 || sequence >= capacity) {
            throw new IllegalStateException("record " + sequence + " has come out; sent were those below " + capacity);
        }
        int word = (int) (sequence / Long.SIZE);
        long bit = 1L << (sequence % Long.SIZE);
        if ((bits[word] & bit) != 0) {
            repeated++;
        } else {
            bits[word] |= bit;
            unique++;
        }
    }

    /** How many have come out once or more. */
    long unique() {
        return unique;
    }

    /** How often one came out that had come out before. */
    long repeated() {
        return repeated;
    }
}
