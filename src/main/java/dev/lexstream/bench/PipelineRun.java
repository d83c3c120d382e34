package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.config.Pipeline;
import dev.lexstream.inference.BatchStats;
import java.util.List;
import java.util.Map;

/**
 * The whole pipeline under exactly-once on an input topic that holds all events before it starts. Each run has its own topics
 * and group; the engine is that of the ceiling.
 */
final class PipelineRun {

    private final LocalCluster cluster;
    private final EnrichmentEngine engine;
    private final Progress progress;

    PipelineRun(LocalCluster cluster, EnrichmentEngine engine, Progress progress) {
        this.cluster = cluster;
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Sends the events, starts the stream and waits until all of them have come out.
     *
     * @param run names the topics and the group
     * @throws IllegalStateException when the stream fails or records are lost or repeated
     */
    PipelineResult measure(String run, String what, List<BenchEvent> events) throws InterruptedException {
        Pipeline pipeline = cluster.create(run, Map.of());
        EventProducer.sendAll(pipeline, events);
        Throughput throughput;
        CpuTimes cpu;
        RunningStream running = RunningStream.start(pipeline, engine);
        try (running) {
            running.awaitBegin();
            long begin = System.nanoTime();
            CpuTimes cpuBefore = CpuTimes.now();
            Map<String, BatchStats> before = engine.stats();
            long end = new Drain(cluster, pipeline)
                    .await(
                            events.size(),
                            running::fault,
                            committed -> progress.update(what, committed, events.size(), ""));
            cpu = CpuTimes.now().since(cpuBefore);
            throughput = new Throughput(events.size(), end - begin, Throughput.between(before, engine.stats()));
        }
        Delivery delivery = Delivery.read(pipeline, cluster.partitions(), events.size());
        if (!delivery.exact()) {
            throw new IllegalStateException("exactly-once is broken: of " + events.size() + " records "
                    + delivery.lost() + " are lost and " + delivery.repeated() + " repeated");
        }
        return new PipelineResult(throughput, cpu, delivery);
    }
}
