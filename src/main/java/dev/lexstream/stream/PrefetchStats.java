package dev.lexstream.stream;

/**
 * How well prefetching works, counted since the stream was made.
 *
 * @param polls polls of Kafka's own consumer that returned records
 * @param failedPolls those whose records could not all be submitted, for reasons that are not the records' own
 * @param hits records whose text was on its way when they were processed
 * @param misses records that were decoded and submitted only when processed: after a rebalance or a failed poll
 * @param waiting records submitted and not yet processed, now
 */
public record PrefetchStats(long polls, long failedPolls, long hits, long misses, int waiting) {

    /** Share of records that were on their way when processed, 0 to 1; 1 before the first record. */
    public double hitRate() {
        return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
    }
}
