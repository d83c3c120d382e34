package dev.lexstream.bench;

import dev.lexstream.inference.BatchStats;

/**
 * What a stage did, for reading.
 *
 * @param recordsPerSecond records that went through the model
 * @param tokensPerSecond their tokens, without padding
 * @param preparationMicros time on a preparation thread, for each record
 * @param queueMicros time from the end of preparation until the batch was cut, for each record
 * @param deviceMicros time on the device, for each record: the batch's time over its texts
 * @param completionMicros time on a preparation thread after the device, for each record
 * @param deviceBusy share of the run's time that the stage's devices were busy; above 1 with several
 */
public record StageFigures(
        double recordsPerSecond,
        double tokensPerSecond,
        double preparationMicros,
        double queueMicros,
        double deviceMicros,
        double completionMicros,
        double deviceBusy) {

    /** Of a stage's batches in a run; zeros when there are none. */
    public static StageFigures of(BatchStats stats, double seconds) {
        double micros = 1e3 * Math.max(1, stats.inputs());
        return new StageFigures(
                stats.inputs() / seconds,
                stats.tokens() / seconds,
                stats.preparationNanos() / micros,
                stats.queueNanos() / micros,
                stats.deviceNanos() / micros,
                stats.completionNanos() / micros,
                stats.deviceNanos() / 1e9 / seconds);
    }
}
