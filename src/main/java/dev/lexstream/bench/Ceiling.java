package dev.lexstream.bench;

import dev.lexstream.app.EnrichmentEngine;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.plan.Enrichment;
import dev.lexstream.plan.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The engine alone: texts from memory, as fast as it admits them, no Kafka. What a pipeline can reach at most. */
final class Ceiling {

    private final EnrichmentEngine engine;
    private final Progress progress;
    private final List<String> stages;

    Ceiling(EnrichmentEngine engine, Progress progress) {
        this.engine = engine;
        this.progress = progress;
        this.stages = engine.enricher().stages().stream().map(Stage::name).toList();
    }

    /** Sends all events through and waits for the last outcome. */
    Throughput measure(String what, List<BenchEvent> events) throws InterruptedException {
        Semaphore done = new Semaphore(0);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Map<String, BatchStats> before = engine.stats();
        long begin = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            Enrichment enrichment = engine.enricher().enrich(events.get(i).event(i));
            all(enrichment).whenComplete((outcomes, failed) -> {
                failure.compareAndSet(null, failed);
                done.release();
            });
            progress.update(what, done.availablePermits(), events.size(), "");
        }
        while (!done.tryAcquire(events.size(), 50, TimeUnit.MILLISECONDS)) {
            progress.update(what, done.availablePermits(), events.size(), "");
        }
        long nanos = System.nanoTime() - begin;
        if (failure.get() != null) {
            throw new IllegalStateException("the engine has failed: " + failure.get(), failure.get());
        }
        return new Throughput(events.size(), nanos, Throughput.between(before, engine.stats()));
    }

    private CompletableFuture<Void> all(Enrichment enrichment) {
        return CompletableFuture.allOf(stages.stream().map(enrichment::outcome).toArray(CompletableFuture[]::new));
    }
}
