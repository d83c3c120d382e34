package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.config.Pipeline;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.stream.StreamSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;

/** The pipeline at a given rate: how late each record is. */
final class LatencyRun {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Not counted: the group has just formed, and the first transactions are slow. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /** Events that {@link Pace} lets go together share a request. */
    private static final int LINGER_MILLIS = 1;

    private final LocalCluster cluster;
    private final EnrichmentEngine engine;
    private final Progress progress;

    LatencyRun(LocalCluster cluster, EnrichmentEngine engine, Progress progress) {
        this.cluster = cluster;
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Sends events on a fixed schedule, over and over, and reads what comes out.
     *
     * @param time that is measured, after a warm-up of five seconds or as long again
     *
     * @throws IllegalStateException when the stream fails or not all records come out
     */
    Latency measure(String run, String what, List<BenchEvent> events, double rate, Duration time)
            throws InterruptedException {
        int warmUp = events(rate, WARM_UP.compareTo(time) < 0 ? WARM_UP : time);
        int count = warmUp + Math.max(1, events(rate, time));
        long[] read = new long[count];
        Pipeline pipeline = cluster.create(run, Map.of());
        try (ReaderThread reader = new ReaderThread(
                        pipeline, cluster.partitions(), count, (sequence, nanos) -> read[(int) sequence] = nanos);
                RunningStream running = RunningStream.start(pipeline, engine);
                EventProducer producer = new EventProducer(pipeline, LINGER_MILLIS)) {
            reader.start();
            running.awaitBegin();
            Map<String, BatchStats> before = engine.stats();
            CpuTimes cpuBefore = CpuTimes.now();
            Pace pace = new Pace(System.nanoTime(), rate);
            for (int i = 0; i < count; i++) {
                pace.await(i);
                check(reader, running, i);
                producer.send(i, events.get(i % events.size()));
                progress.update(what, i, count, "");
            }
            producer.flush();
            awaitAll(reader, running, count);
            long nanos = System.nanoTime() - pace.begin();
            CpuTimes cpu = CpuTimes.now().since(cpuBefore);
            Throughput throughput = new Throughput(count, nanos, Throughput.between(before, engine.stats()));
            long[] late = new long[count];
            Arrays.setAll(late, i -> read[i] - pace.due(i));
            Percentiles millis = Percentiles.of(Arrays.copyOfRange(late, warmUp, count));
            return new Latency(rate, millis, commitInterval(pipeline), throughput, cpu);
        }
    }

    private static int events(double rate, Duration time) {
        return Math.toIntExact(Math.round(rate * time.toNanos() / 1e9));
    }

    private static void awaitAll(ReaderThread reader, RunningStream running, int count) throws InterruptedException {
        long moved = System.nanoTime();
        long last = -1;
        while (reader.unique() < count) {
            check(reader, running, count);
            moved = reader.unique() > last ? System.nanoTime() : moved;
            last = reader.unique();
            if (System.nanoTime() - moved > PATIENCE_NANOS) {
                throw stopped(reader, count, "no more for 60 s", null);
            }
            Thread.sleep(10);
        }
        if (!reader.delivery(count).exact()) {
            throw new IllegalStateException("exactly-once is broken: " + reader.delivery(count));
        }
    }

    private static void check(ReaderThread reader, RunningStream running, int sent) {
        Throwable failure = reader.failure() != null ? reader.failure() : running.fault();
        if (failure != null) {
            throw stopped(reader, sent, failure.toString(), failure);
        }
    }

    private static IllegalStateException stopped(ReaderThread reader, int sent, String why, Throwable failure) {
        return new IllegalStateException(
                "of " + sent + " records " + reader.unique() + " have come out: " + why, failure);
    }

    private static long commitInterval(Pipeline pipeline) {
        Object millis = new StreamSettings(pipeline).plain().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        return Long.parseLong(millis.toString());
    }
}
