package dev.lexstream.bench;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.BatchRunner;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.LanguageTag;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.plan.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that is asked record by record, as a tutorial would do it.
 *
 * <p>Threading: confined to one stream thread, but for {@link #stats}; {@link #close} when that has ended.
 */
final class NaiveStage<P extends Prepared, R, O extends Annotation> implements AutoCloseable {

    private final String name;
    private final ModelId model;
    private final List<String> languages;
    private final Task<String, P, R, O> task;
    private final BatchRunner<P, R> runner;
    private volatile BatchStats stats = BatchStats.NONE;

    private NaiveStage(ModelBundle bundle, Task<String, P, R, O> task, BatchRunner<P, R> runner) {
        this.name = bundle.manifest().name();
        this.model = bundle.manifest().id();
        this.languages = bundle.manifest().languages().stream()
                .map(tag -> LanguageTag.language(tag).orElse(tag))
                .toList();
        this.task = task;
        this.runner = runner;
    }

    /** Loads a copy of a model. */
    static <P extends Prepared, R, O extends Annotation> NaiveStage<P, R, O> load(
            ModelBundle bundle, Task<String, P, R, O> task, RunnerFactory devices) throws IOException, BundleException {
        List<BatchRunner<P, R>> runners = new ArrayList<>(devices.runners(bundle, task));
        BatchRunner<P, R> first = runners.remove(0);
        runners.forEach(BatchRunner::close);
        return new NaiveStage<>(bundle, task, first);
    }

    /** Prepares, computes and completes one text, all on the calling thread. */
    Outcome apply(String text, Language language) {
        String code = language.code().orElse("unknown");
        if (!languages.isEmpty() && !languages.contains(code)) {
            return new Outcome.Skipped(name, "language " + code);
        }
        long begin = System.nanoTime();
        P prepared = task.prepare(text);
        long ready = System.nanoTime();
        R result = runner.run(List.of(prepared)).get(0);
        long computed = System.nanoTime();
        O annotation = task.complete(prepared, result);
        long end = System.nanoTime();
        long padded = (long) prepared.rows() * prepared.length();
        stats = stats.plus(new BatchStats(
                1, 1, prepared.tokens(), padded, padded, ready - begin, 0, computed - ready, end - computed));
        return new Outcome.Enriched(name, TextEvent.TEXT, model, annotation, Duration.ofNanos(end - begin));
    }

    String name() {
        return name;
    }

    BatchStats stats() {
        return stats;
    }

    @Override
    public void close() {
        runner.close();
    }
}
