package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.inference.TorchRunners;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs the parts one after the other, on one broker and, but for the naive way, one engine, after a {@link WarmUp}.
 */
public final class Benchmark {

    private static final int NAIVE_WARM_UP = 200;

    private final BenchSettings settings;
    private final Progress progress;

    public Benchmark(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws EventFileException when the file of events holds something else
     * @throws BundleException naming every stage that has no usable bundle
     * @throws IllegalStateException when a part fails, or records are lost or repeated other than in the measured
     *     time of a soak, whose report says so
     */
    public BenchReport run() throws IOException, BundleException, InterruptedException {
        List<ModelBundle> bundles = bundles();
        List<BenchEvent> events = settings.stream();
        RunnerFactory devices = settings.deviceModel()
                .map(SleepingDevices::new)
                .map(RunnerFactory.class::cast)
                .orElseGet(Benchmark::onCpu);
        progress.part("starting a broker, a registry and " + bundles.size() + " models");
        try (LocalCluster cluster = cluster();
                EnrichmentEngine engine =
                        EnrichmentEngine.start(cluster.pipeline().of("bench"), devices)) {
            return settings.soak().isPresent()
                    ? soak(cluster, engine, events, settings.soak().get())
                    : compare(cluster, engine, devices, bundles, events);
        }
    }

    /** Of a soak in a process of its own: what a broker keeps in memory grows for hours. */
    private LocalCluster cluster() throws IOException, InterruptedException {
        return settings.soak().isPresent() ? LocalCluster.startApart(settings) : LocalCluster.start(settings);
    }

    /** What {@code lexstream run} would make of the defaults on a machine without a GPU. */
    static RunnerFactory onCpu() {
        new TorchRuntime(InferenceSettings.defaults().threads()).start();
        return new TorchRunners();
    }

    private BenchReport compare(
            LocalCluster cluster,
            EnrichmentEngine engine,
            RunnerFactory devices,
            List<ModelBundle> bundles,
            List<BenchEvent> events)
            throws InterruptedException {
        Ceiling engineAlone = new Ceiling(engine, progress);
        PipelineRun run = new PipelineRun(cluster, engine, progress);
        new WarmUp(engineAlone, run, progress).run(events);
        Throughput before = ceiling(engineAlone, events, "before the pipeline");
        PipelineResult pipeline = pipeline(run, events);
        MemoryUse memory = MemoryUse.afterCollection();
        Throughput after = ceiling(engineAlone, events, "after it");

        int count = settings.naive(events.size());
        begin("naive: mapValues record by record, " + count + " events");
        Throughput naive = new NaiveRun(cluster, devices, bundles, progress)
                .measure(
                        "bench-naive",
                        "naive",
                        spread(events, count),
                        events.subList(0, Math.min(events.size(), Math.min(NAIVE_WARM_UP, 10 + count / 5))));

        Optional<Latency> latency = Optional.empty();
        if (settings.rate().isPresent()) {
            double rate = settings.rate().get().of(pipeline.throughput().recordsPerSecond());
            begin(String.format(
                    Locale.ROOT,
                    "latency: %.0f records/s for %d s",
                    rate,
                    settings.latencyTime().toSeconds()));
            latency = Optional.of(new LatencyRun(cluster, engine, progress)
                    .measure("bench-latency", "latency", events, rate, settings.latencyTime()));
        }
        return new BenchReport(
                settings,
                Machine.here(),
                events.size(),
                Optional.of(new CeilingRuns(before, after)),
                pipeline,
                Optional.of(naive),
                latency,
                memory,
                Optional.empty());
    }

    /** No part pays for the garbage of the one before, and each begins with as little memory. */
    private void begin(String part) {
        progress.part(part);
        MemoryUse.collect();
    }

    private Throughput ceiling(Ceiling engineAlone, List<BenchEvent> events, String when) throws InterruptedException {
        begin("ceiling: the engine alone " + when + ", " + events.size() + " events from memory");
        return engineAlone.measure("ceiling", events);
    }

    /** So many of them, at equal distances: what lies together in a file may be alike. */
    private static List<BenchEvent> spread(List<BenchEvent> events, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> events.get((int) ((long) i * events.size() / count)))
                .toList();
    }

    private BenchReport soak(
            LocalCluster cluster, EnrichmentEngine engine, List<BenchEvent> events, BenchSettings.Soak soak)
            throws IOException, InterruptedException {
        PipelineRun run = new PipelineRun(cluster, engine, progress);
        new WarmUp(new Ceiling(engine, progress), run, progress).run(events);
        PipelineResult pipeline = pipeline(run, events);
        MemoryUse memory = MemoryUse.afterCollection();
        progress.part("soak: the first turn of the warm-up");
        SoakReport report = new SoakRun(cluster, engine, settings, progress, soak)
                .run("bench-soak", events, pipeline.throughput().recordsPerSecond());
        return new BenchReport(
                settings,
                Machine.here(),
                events.size(),
                Optional.empty(),
                pipeline,
                Optional.empty(),
                Optional.empty(),
                memory,
                Optional.of(report));
    }

    private PipelineResult pipeline(PipelineRun run, List<BenchEvent> events) throws InterruptedException {
        begin("pipeline: Kafka to Kafka under exactly-once, " + events.size() + " events");
        return run.measure("bench-pipeline", "pipeline", events);
    }

    private List<ModelBundle> bundles() throws BundleException {
        List<ModelBundle> bundles = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String stage : settings.stages()) {
            try {
                bundles.add(ModelBundle.open(settings.models().resolve(stage)));
            } catch (BundleException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException(settings.models(), problems);
        }
        return bundles;
    }
}
