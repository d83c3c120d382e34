package dev.lexstream.inference;

/**
 * Counts and times of a model's batches since the model was started.
 *
 * @param batches number of batches
 * @param inputs number of inputs in the batches
 * @param tokens number of tokens of these inputs, without padding
 * @param paddedTokens number of tokens that the device computed: for each batch, its rows times the tokens of its longest
 *     row
 * @param fifoPaddedTokens the same number if full batches had been cut in the order of arrival
 * @param preparationNanos nanoseconds that the inputs took on the preparation threads, summed
 * @param queueNanos nanoseconds that the inputs waited between preparation and batch, summed
 * @param deviceNanos nanoseconds that the batches took on the devices, summed
 * @param completionNanos nanoseconds that the results took on the preparation threads, summed
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

    /** The statistics of a model that has computed nothing. */
    public static final BatchStats NONE = new BatchStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Mean number of inputs of a batch; 0 before the first batch. */
    public double meanBatch() {
        return batches == 0 ? 0 : (double) inputs / batches;
    }

    /** Padded tokens divided by real tokens: 1 when nothing was padded, and before the first batch. */
    public double paddingRatio() {
        return tokens == 0 ? 1 : (double) paddedTokens / tokens;
    }

    /** As {@link #paddingRatio}, if full batches had been cut in the order of arrival. */
    public double fifoPaddingRatio() {
        return tokens == 0 ? 1 : (double) fifoPaddedTokens / tokens;
    }

    /** The sum of both. */
    public BatchStats plus(BatchStats other) {
        return combine(other, 1);
    }

    /** The difference to an earlier reading of the same statistics. */
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
