package dev.lexstream.bench;

/**
 * The engine alone, before the pipeline and again after it. The speed of a machine whose host is shared changes meanwhile; the
 * pipeline, which ran between the two, is compared with both together.
 *
 * @param before the pipeline
 * @param after the pipeline, with as many events
 */
public record CeilingRuns(Throughput before, Throughput after) {

    /** The records of both in the time of both. */
    public Throughput both() {
        return before.plus(after);
    }
}
