package dev.lexstream.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Sends events through the engine alone and through the pipeline, in rounds, until the compiler of the virtual machine has
 * little left to do: on few cores it takes them from what is measured. Both come before either is measured, so that neither
 * finds warmer models.
 */
final class WarmUp {

    /** The engine's first events: enough to see about how fast it is. A run of no more is no measurement, and warm-up enough. */
    private static final int FIRST_EVENTS = 4000;

    /** About how long the engine takes in a round, and the pipeline too. */
    private static final int SECONDS = 10;

    /** The warm-up ends with a round in which the compiler was at work for less than this part of the time. */
    private static final double LITTLE = 0.05;

    private static final int MOST_ROUNDS = 10;

    private final Ceiling engineAlone;
    private final PipelineRun pipeline;
    private final Progress progress;

    WarmUp(Ceiling engineAlone, PipelineRun pipeline, Progress progress) {
        this.engineAlone = engineAlone;
        this.pipeline = pipeline;
        this.progress = progress;
    }

    void run(List<BenchEvent> events) throws InterruptedException {
        progress.part("warm-up: until the compiler rests");
        List<BenchEvent> first = events.subList(0, Math.min(events.size(), FIRST_EVENTS));
        long more = Math.round(engineAlone.measure("warm-up", first).recordsPerSecond() * SECONDS);
        List<BenchEvent> some = events.subList(0, (int) Math.min(events.size(), Math.max(first.size(), more)));
        int rounds = events.size() > FIRST_EVENTS ? MOST_ROUNDS : 1;
        boolean compiling = true;
        for (int round = 1; compiling && round <= rounds; round++) {
            long begin = System.nanoTime();
            long before = compilationMillis();
            engineAlone.measure("warm-up " + round, some);
            pipeline.measure("bench-warm-up-" + round, "warm-up " + round, some);
            compiling = compilationMillis() - before > LITTLE * (System.nanoTime() - begin) / 1e6;
        }
    }

    /** Of all compiler threads together; 0 for ever where the virtual machine does not say or does not compile. */
    private static long compilationMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }
}
