package dev.lexstream.inference;

/**
 * What a result cache has done and holds.
 *
 * @param hits inputs answered from memory
 * @param shared inputs that joined the computation of an equal one on its way
 * @param misses inputs the model had to compute
 * @param evictions results dropped to make room
 * @param entries results held, about
 * @param weight estimated bytes held
 * @param capacity most bytes to hold
 */
public record CacheStats(
        long hits, long shared, long misses, long evictions, long entries, long weight, long capacity) {

    /** Part of the inputs that cost the model nothing, 0 to 1; 0 when there were none. */
    public double hitRate() {
        long free = hits + shared;
        return free == 0 ? 0 : (double) free / (free + misses);
    }
}
