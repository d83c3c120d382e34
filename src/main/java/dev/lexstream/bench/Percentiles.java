package dev.lexstream.bench;

import java.util.Arrays;

/**
 * Times from the produce that was due to the read-committed consume, in milliseconds.
 *
 * @param count of records
 * @param p50 median
 * @param p95 95 of 100 records are at most this late
 * @param p99 99 of 100 records are at most this late
 * @param max the latest
 */
public record Percentiles(int count, double p50, double p95, double p99, double max) {

    /**
     * Of some times; the smallest value that is not below the asked share of all values.
     *
     * @param nanos not empty
     */
    static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nanos must not be empty");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), sorted[sorted.length - 1] / 1e6);
    }

    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1] / 1e6;
    }
}
