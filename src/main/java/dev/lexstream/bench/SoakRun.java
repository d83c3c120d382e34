package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.config.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pipeline at a given rate for a long time, while a second instance joins and leaves. */
final class SoakRun {

    /**
     * Disk stays bounded: what is older than ten minutes is deleted, far behind what anybody reads. Were it not, records would
     * count as lost.
     */
    private static final Map<String, String> TOPICS = Map.of(
            "segment.bytes", String.valueOf(32 << 20),
            "retention.ms", "600000",
            "file.delete.delay.ms", "1000");

    /** After the last record is out: longer than a member's session, when one whose last commit failed would repeat it. */
    private static final long AFTERWARDS_MILLIS = 15_000;

    private static final int FEWEST_SAMPLES = 40;
    private static final double LONGEST_SAMPLE_SECONDS = 10;

    /** The warm-up is at least this part of the time: of an hour enough for what the broker keeps to reach its level. */
    private static final int PART_OF_WARM_UP = 6;

    /** Turns of the warm-up: one as fast as can be, one or more at the rate of the soak. */
    private static final int FEWEST_TURNS = 2;

    /** For this part of a turn, the first events wait for the stream to start: it is behind from the beginning. */
    private static final int PART_BEHIND = 20;

    private final LocalCluster cluster;
    private final EnrichmentEngine engine;
    private final BenchSettings settings;
    private final Progress progress;
    private final BenchSettings.Soak soak;

    SoakRun(
            LocalCluster cluster,
            EnrichmentEngine engine,
            BenchSettings settings,
            Progress progress,
            BenchSettings.Soak soak) {
        this.cluster = cluster;
        this.engine = engine;
        this.settings = settings;
        this.progress = progress;
        this.soak = soak;
    }

    /**
     * Runs it after a warm-up: memory is that of a system that runs. The warm-up begins with a turn at the rate that the
     * pipeline can do alone, which is too much for it here: what it does is the maximum that a share is taken of, and its
     * buffers, which keep the size they once needed, are then as large as they ever are.
     *
     * @param alone records a second of the pipeline with nothing beside it
     * @throws IllegalStateException when an instance, the generator or the reader fails
     */
    SoakReport run(String run, List<BenchEvent> events, double alone) throws IOException, InterruptedException {
        Pipeline pipeline = cluster.create(run, TOPICS);
        Rate wanted = settings.rate().orElse(BenchSettings.SOAK_RATE);
        double fastest = wanted.share() ? alone : wanted.value();
        Duration turn = turn(soak);
        Duration behind = turn.dividedBy(PART_BEHIND);
        Duration rest = warmUp(soak).minus(turn);
        Duration atRate = rest.plus(soak.time());
        long before = count(fastest, behind.plus(turn));
        long most = before + count(fastest, atRate);
        try (ReaderThread reader = new ReaderThread(pipeline, cluster.partitions(), most, (sequence, nanos) -> {});
                GeneratorThread first = GeneratorThread.start(pipeline, events, fastest, 0, before)) {
            reader.start();
            Thread.sleep(behind.toMillis());
            try (RunningStream running = RunningStream.start(pipeline, engine)) {
                running.awaitBegin();
                SoakPhase fullLoad = new SoakPhase(reader, running, first, companion(run));
                double maximum = maximum(fullLoad, reader);
                double rate = Math.min(fastest, wanted.of(maximum));
                long count = before + Math.max(1, count(rate, atRate));
                progress.part(String.format(
                        Locale.ROOT,
                        "soak: %,.0f records/s for %s; the first turn gave %,.0f",
                        rate,
                        soak.time(),
                        maximum));
                GeneratorThread generator = GeneratorThread.start(pipeline, events, rate, before, count);
                SoakPhase level = new SoakPhase(reader, running, generator, companion(run));
                List<SoakSample> samples = new ArrayList<>();
                double measured = watch(level, rest, samples);
                return new SoakReport(
                        measured,
                        rate,
                        maximum,
                        reader.delivery(count),
                        fullLoad.companion().joins() + level.companion().joins(),
                        fullLoad.companion().leaves() + level.companion().leaves(),
                        samples);
            }
        }
    }

    /** Records a second that came out while events went in. */
    private double maximum(SoakPhase phase, ReaderThread reader) throws IOException, InterruptedException {
        try (phase) {
            double seconds = phase.await(() -> update("full load", 0, phase));
            double maximum = reader.unique() / seconds;
            if (!phase.drain()) {
                throw new IllegalStateException("of " + phase.generator().sent() + " records of the warm-up "
                        + reader.unique() + " have come out, and no more for three minutes");
            }
            return maximum;
        }
    }

    /** Adds a sample now and then; gives the seconds that were measured. */
    private double watch(SoakPhase phase, Duration warmUp, List<SoakSample> samples)
            throws IOException, InterruptedException {
        long begin = System.nanoTime() + warmUp.toNanos();
        double sampleEvery = Math.min(LONGEST_SAMPLE_SECONDS, seconds(soak.time()) / FEWEST_SAMPLES);
        try (phase) {
            double sending = phase.await(() -> {
                double now = (System.nanoTime() - begin) / 1e9;
                if (now >= sampleEvery * (samples.size() + 1)) {
                    int instances = phase.companion().isThere() ? 2 : 1;
                    samples.add(SoakSample.now(
                            now, phase.generator().sent(), phase.reader().unique(), instances));
                }
                update(now < 0 ? "warm-up" : "soak", now, phase);
            });
            phase.drain();
            Thread.sleep(AFTERWARDS_MILLIS);
            return sending - seconds(warmUp);
        }
    }

    private void update(String what, double now, SoakPhase phase) {
        Companion companion = phase.companion();
        String note = String.format(
                Locale.ROOT,
                "%,d in, %,d out, %d joined, %d left",
                phase.generator().sent(),
                phase.reader().unique(),
                companion.joins(),
                companion.leaves());
        progress.update(what, (long) Math.max(0, now), (long) seconds(soak.time()), note);
    }

    private Companion companion(String run) {
        SecondInstance.Spec spec = SecondInstance.Spec.of(run, cluster.pipeline(), settings.deviceModel());
        return new Companion(
                () -> ChildProcess.start("the second instance", SecondInstance.class, spec), soak.rejoin());
    }

    /** A join and a leave. */
    private static Duration turn(BenchSettings.Soak soak) {
        return soak.rejoin().multipliedBy(2);
    }

    /** Whole turns. */
    static Duration warmUp(BenchSettings.Soak soak) {
        Duration turn = turn(soak);
        Duration least = soak.time().dividedBy(PART_OF_WARM_UP);
        return turn.multipliedBy(Math.max(FEWEST_TURNS, (least.toNanos() + turn.toNanos() - 1) / turn.toNanos()));
    }

    private static long count(double rate, Duration time) {
        return (long) Math.ceil(rate * seconds(time));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
