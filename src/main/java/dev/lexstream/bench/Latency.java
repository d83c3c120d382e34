package dev.lexstream.bench;

/**
 * How late records are at a given rate.
 *
 * @param rate records a second
 * @param millis from the produce that was due to the read-committed consume
 * @param commitIntervalMillis the longest that a result waits to be committed
 * @param throughput of this run, its warm-up included
 * @param cpu in that time
 */
public record Latency(double rate, Percentiles millis, long commitIntervalMillis, Throughput throughput, CpuTimes cpu) {

    private static final int BATCHES = 3;

    /** Time of a mean batch on the device, of the slowest stage. */
    public double meanBatchMillis() {
        return throughput.stages().values().stream()
                .filter(stats -> stats.batches() > 0)
                .mapToDouble(stats -> stats.deviceNanos() / 1e6 / stats.batches())
                .max()
                .orElse(0);
    }

    /** Commit interval and three mean batches: what p99 should be at most. */
    public double boundMillis() {
        return commitIntervalMillis + BATCHES * meanBatchMillis();
    }

    /** Cores that the process kept busy. */
    public double cores() {
        return cpu.cores(throughput);
    }
}
