package dev.lexstream.bench;

import dev.lexstream.inference.BatchStats;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went through, and how fast.
 *
 * @param records that went through
 * @param nanos that it took, above 0
 * @param stages the models' batches, by stage
 */
public record Throughput(long records, long nanos, Map<String, BatchStats> stages) {

    public Throughput {
        if (nanos < 1) {
            throw new IllegalArgumentException("nanos must be above 0, found " + nanos);
        }
        stages = new LinkedHashMap<>(stages);
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public double recordsPerSecond() {
        return records / seconds();
    }

    /** Tokens that the models read, without padding; a text that two models read counts twice. */
    public double tokensPerSecond() {
        return all().tokens() / seconds();
    }

    /** Mean texts of a batch, over all models. */
    public double meanBatch() {
        return all().meanBatch();
    }

    /** Both one after the other, of the same stages. */
    Throughput plus(Throughput other) {
        Map<String, BatchStats> sums = new LinkedHashMap<>();
        stages.forEach((stage, stats) -> sums.put(stage, stats.plus(other.stages.get(stage))));
        return new Throughput(records + other.records, nanos + other.nanos, sums);
    }

    /** All stages together. */
    public BatchStats all() {
        return stages.values().stream().reduce(BatchStats.NONE, BatchStats::plus);
    }

    /** What each stage did between two readings. */
    static Map<String, BatchStats> between(Map<String, BatchStats> earlier, Map<String, BatchStats> later) {
        Map<String, BatchStats> difference = new LinkedHashMap<>();
        later.forEach((stage, stats) -> difference.put(stage, stats.since(earlier.get(stage))));
        return difference;
    }
}
