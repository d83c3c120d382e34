package dev.lexstream.inference;

/**
 * What a batcher has cut so far.
 *
 * @param batches cut
 * @param members of all batches
 * @param tokens of all members
 * @param paddedTokens tokens that the device computed: longest member times members, summed over the batches
 */
public record BatchStats(long batches, long members, long tokens, long paddedTokens) {

    /** Nothing yet. */
    public static final BatchStats NONE = new BatchStats(0, 0, 0, 0);

    /** Mean members of a batch; 0 before the first. */
    public double meanBatch() {
        return batches == 0 ? 0 : (double) members / batches;
    }

    /** Padded tokens over real tokens, 1 when nothing was padded; 1 before the first batch. */
    public double paddingRatio() {
        return tokens == 0 ? 1 : (double) paddedTokens / tokens;
    }

    /** Both together. */
    public BatchStats plus(BatchStats other) {
        return new BatchStats(
                batches + other.batches,
                members + other.members,
                tokens + other.tokens,
                paddedTokens + other.paddedTokens);
    }
}
