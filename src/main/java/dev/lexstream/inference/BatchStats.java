package dev.lexstream.inference;

/**
 * What a model's batches were and what they took, since it was started.
 *
 * @param batches cut
 * @param inputs of all batches
 * @param tokens of all inputs
 * @param paddedTokens tokens that the device computed: longest row times rows, summed over the batches
 * @param fifoPaddedTokens what they would have been, had full batches been cut in the order of arrival
 * @param preparationNanos on the preparation threads, over all inputs
 * @param queueNanos from the end of preparation until the batch was cut, over all inputs
 * @param deviceNanos on the device threads, over all batches
 * @param completionNanos on the preparation threads after the device, over all inputs
 */
public record BatchStats(
        long batches,
        long inputs,
        long tokens,
        long paddedTokens,
        long fifoPaddedTokens,
        long preparationNanos,
        long queueNanos,
        long deviceNanos,
        long completionNanos) {

    /** Nothing yet. */
    public static final BatchStats NONE = new BatchStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Mean inputs of a batch; 0 before the first. */
    public double meanBatch() {
        return batches == 0 ? 0 : (double) inputs / batches;
    }

    /** Padded tokens over real tokens, 1 when nothing was padded; 1 before the first batch. */
    public double paddingRatio() {
        return tokens == 0 ? 1 : (double) paddedTokens / tokens;
    }

    /** As {@link #paddingRatio}, had full batches been cut in the order of arrival. */
    public double fifoPaddingRatio() {
        return tokens == 0 ? 1 : (double) fifoPaddedTokens / tokens;
    }

    /** Both together. */
    public BatchStats plus(BatchStats other) {
        return combine(other, 1);
    }

    /** What came after an earlier reading of the same counts. */
    public BatchStats since(BatchStats earlier) {
        return combine(earlier, -1);
    }

    private BatchStats combine(BatchStats other, int sign) {
        return new BatchStats(
                batches + sign * other.batches,
                inputs + sign * other.inputs,
                tokens + sign * other.tokens,
                paddedTokens + sign * other.paddedTokens,
                fifoPaddedTokens + sign * other.fifoPaddedTokens,
                preparationNanos + sign * other.preparationNanos,
                queueNanos + sign * other.queueNanos,
                deviceNanos + sign * other.deviceNanos,
                completionNanos + sign * other.completionNanos);
    }
}
