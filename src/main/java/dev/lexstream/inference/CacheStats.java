package dev.lexstream.inference;

/**
 * Counts and sizes of a result cache.
 *
 * @param hits number of inputs that were answered from the cache
 * @param shared number of inputs that joined the running computation of an equal input
 * @param misses number of inputs that the model computed
 * @param evictions number of results that were dropped to make room
 * @param entries number of results in the cache, approximately
 * @param weight size of these results in bytes, estimated
 * @param capacity largest size in bytes
 */
public record CacheStats(
        long hits, long shared, long misses, long evictions, long entries, long weight, long capacity) {

    /** Share of the inputs that the model did not compute, from 0 to 1; 0 before the first input. */
    public double hitRate() {
        long free = hits + shared;
        return free == 0 ? 0 : (double) free / (free + misses);
    }
}
