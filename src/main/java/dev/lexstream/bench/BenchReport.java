package dev.lexstream.bench;

import java.util.Optional;

/**
 * What was measured.
 *
 * @param settings of the run
 * @param machine where it ran
 * @param events of the stream
 * @param ceiling the engine alone; none in a soak
 * @param pipeline the whole pipeline
 * @param naive record by record; none in a soak
 * @param latency at the given rate, if one was given
 * @param memory after the pipeline's run
 * @param soak the long run, if one was asked for
 */
public record BenchReport(
        BenchSettings settings,
        Machine machine,
        int events,
        Optional<CeilingRuns> ceiling,
        PipelineResult pipeline,
        Optional<Throughput> naive,
        Optional<Latency> latency,
        MemoryUse memory,
        Optional<SoakReport> soak) {

    /** The pipeline's records a second over those of the engine alone, before and after together. */
    public double ofCeiling() {
        return ratio(ceiling.map(CeilingRuns::both));
    }

    /** The pipeline's records a second over those of the naive way. */
    public double timesNaive() {
        return ratio(naive);
    }

    private double ratio(Optional<Throughput> other) {
        return other.map(way -> pipeline.throughput().recordsPerSecond() / way.recordsPerSecond())
                .orElse(Double.NaN);
    }

    /** CPU time of Lexstream's own threads in the pipeline's run, in microseconds for each record. */
    public double overheadMicrosPerRecord() {
        return pipeline.overheadMicrosPerRecord(settings.deviceModel().isPresent());
    }
}
