package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.config.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The pipeline at a given rate for a long time, while a second instance joins and leaves. */
final class SoakRun {

    /**
     * Disk stays bounded: what is older than five minutes is deleted, far behind what anybody reads. Were it not, the reader
     * would fail and records would count as lost.
     */
    private static final Map<String, String> TOPICS = Map.of(
            "segment.bytes", String.valueOf(32 << 20),
            "retention.ms", "300000",
            "file.delete.delay.ms", "1000");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** After the last record is out: long enough for one that comes twice. */
    private static final long AFTERWARDS_MILLIS = 3_000;

    private static final int FEWEST_SAMPLES = 40;
    private static final double LONGEST_SAMPLE_SECONDS = 10;

    /** The warm-up is at least this part of the time: of an hour enough for what the broker keeps to reach its level. */
    private static final int PART_OF_WARM_UP = 6;

    /** For this part of the warm-up, the events of its beginning wait for the stream to start. */
    private static final int PART_BEHIND = 20;

    private final LocalCluster cluster;
    private final EnrichmentEngine engine;
    private final BenchSettings settings;
    private final Progress progress;

    SoakRun(LocalCluster cluster, EnrichmentEngine engine, BenchSettings settings, Progress progress) {
        this.cluster = cluster;
        this.engine = engine;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Runs it, after a warm-up in which the stream catches up and the second instance joins and leaves: memory is that of a
     * system that runs.
     *
     * @throws IllegalStateException when an instance, the generator or the reader fails
     */
    SoakReport run(String run, List<BenchEvent> events, double rate, BenchSettings.Soak soak)
            throws IOException, InterruptedException {
        Pipeline pipeline = cluster.create(run, TOPICS);
        Duration warmUp = warmUp(soak);
        Duration behind = warmUp.dividedBy(PART_BEHIND);
        long count = Math.max(1, Math.round(rate * seconds(behind.plus(warmUp).plus(soak.time()))));
        SecondInstance.Spec spec = SecondInstance.Spec.of(run, cluster.pipeline(), settings.deviceModel());
        try (ReaderThread reader = new ReaderThread(pipeline, cluster.partitions(), count, (sequence, nanos) -> {});
                GeneratorThread generator = new GeneratorThread(pipeline, events, rate, count);
                RunningStream running = startBehind(generator, behind, pipeline);
                Companion companion = new Companion(spec, Math.round(seconds(soak.rejoin())))) {
            reader.start();
            running.awaitBegin();
            long begin = System.nanoTime() + warmUp.toNanos();
            List<SoakSample> samples = watch(begin, soak.time(), reader, running, generator, companion);
            double elapsed = (System.nanoTime() - begin) / 1e9;
            awaitAll(reader, running, count);
            companion.leave();
            Thread.sleep(AFTERWARDS_MILLIS);
            return new SoakReport(
                    elapsed, rate, reader.delivery(count), companion.joins(), companion.leaves(), samples);
        }
    }

    /** Begins with records to catch up with: buffers, which keep the size they once needed, are as large as they ever are. */
    private RunningStream startBehind(GeneratorThread generator, Duration behind, Pipeline pipeline)
            throws InterruptedException {
        generator.start();
        Thread.sleep(behind.toMillis());
        return RunningStream.start(pipeline, engine);
    }

    /** Whole turns, a join and a leave each. */
    static Duration warmUp(BenchSettings.Soak soak) {
        Duration turn = soak.rejoin().multipliedBy(2);
        Duration least = soak.time().dividedBy(PART_OF_WARM_UP);
        return turn.multipliedBy(Math.max(1, (least.toNanos() + turn.toNanos() - 1) / turn.toNanos()));
    }

    private List<SoakSample> watch(
            long begin,
            Duration time,
            ReaderThread reader,
            RunningStream running,
            GeneratorThread generator,
            Companion companion)
            throws IOException, InterruptedException {
        double sampleEvery = Math.min(LONGEST_SAMPLE_SECONDS, seconds(time) / FEWEST_SAMPLES);
        List<SoakSample> samples = new ArrayList<>();
        while (!generator.ended()) {
            check(reader.failure(), running.fault());
            companion.tick();
            double now = (System.nanoTime() - begin) / 1e9;
            if (now >= sampleEvery * (samples.size() + 1)) {
                int instances = companion.isThere() ? 2 : 1;
                samples.add(SoakSample.now(now, generator.sent(), reader.unique(), instances));
            }
            String note = "%,d in, %,d out, %d joined, %d left"
                    .formatted(generator.sent(), reader.unique(), companion.joins(), companion.leaves());
            progress.update(now < 0 ? "warm-up" : "soak", (long) Math.max(0, now), (long) seconds(time), note);
            Thread.sleep(200);
        }
        check(generator.failure(), null);
        return samples;
    }

    private static void awaitAll(ReaderThread reader, RunningStream running, long count) throws InterruptedException {
        long moved = System.nanoTime();
        long last = -1;
        while (reader.unique() < count && System.nanoTime() - moved < PATIENCE_NANOS) {
            check(reader.failure(), running.fault());
            moved = reader.unique() > last ? System.nanoTime() : moved;
            last = reader.unique();
            Thread.sleep(50);
        }
    }

    private static void check(Throwable failure, Throwable other) {
        Throwable first = failure != null ? failure : other;
        if (first != null) {
            throw new IllegalStateException("the soak has failed: " + first, first);
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
