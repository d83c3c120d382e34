package dev.lexstream.app;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.BatchingInference;
import dev.lexstream.inference.CacheStats;
import dev.lexstream.inference.CachedInference;
import dev.lexstream.inference.DeviceWatch;
import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ResultSize;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.inference.TokenBudget;
import dev.lexstream.inference.WorkerPool;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.Devices;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelId;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.LinguaDetector;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.nlp.Tasks;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Condition;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.LanguageRule;
import dev.lexstream.plan.Plan;
import dev.lexstream.plan.Stage;
import dev.lexstream.plan.StageInput;
import dev.lexstream.plan.StageModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The models of a pipeline, loaded and warm, behind one {@link Enricher}.
 *
 * <p>Threading: may be used from any thread. The pool prepares inputs and completes results; each device of each model has
 * its own thread.
 */
public final class EnrichmentEngine implements AutoCloseable {

    /** A device hangs when it computes one batch for so many times {@code inference.result-timeout}. */
    private static final int LONGEST_BATCH = 2;

    /** Texts of several lengths that every model can process: the first that each device gets. */
    private static final List<String> WARM_UP =
            IntStream.of(1, 4, 16, 64).mapToObj("Lexstream "::repeat).toList();

    private static final List<TextPair> PAIRS =
            WARM_UP.stream().map(text -> new TextPair(text, text)).toList();

    private final Map<String, BatchingInference<?, ?, ?, ?>> models = new LinkedHashMap<>();
    private final Map<String, CachedInference<?, ?>> caches = new LinkedHashMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final WorkerPool pool;
    private final DeviceWatch watch;
    private final Enricher enricher;

    private EnrichmentEngine(Placement placement, LanguageRule languages) throws BundleException {
        Pipeline pipeline = placement.models().pipeline();
        InferenceSettings settings = pipeline.inference();
        this.pool = WorkerPool.of(Runtime.getRuntime().availableProcessors());
        this.watch = DeviceWatch.start(settings.resultTimeout().multipliedBy(LONGEST_BATCH));
        Plan graph;
        try {
            for (int i = 0; i < placement.devices().size(); i++) {
                ModelBundle bundle = placement.models().bundles().get(i);
                stages.add(start(
                        pipeline.stages().get(i),
                        bundle,
                        settings,
                        placement.devices().get(i),
                        placement.conditions()));
            }
            graph = Plan.of(stages);
        } catch (BundleException | RuntimeException e) {
            close();
            throw e;
        }
        this.enricher = new Enricher(
                graph,
                languages,
                pool,
                new Capacity(settings.maxInFlight(), settings.maxInFlightTokens()),
                settings.resultTimeout());
    }

    /**
     * Opens the bundles, loads the models and warms them up.
     *
     * @throws BundleException when a bundle is missing, altered or does not load
     * @throws ConfigurationException naming everything that does not fit the machine or the models
     * @throws dev.lexstream.inference.DeviceLostException when a device hangs
     */
    public static EnrichmentEngine start(Pipeline pipeline) throws BundleException {
        return start(place(pipeline));
    }

    /** As {@link #start(Pipeline)}, with models on devices of one's own. */
    public static EnrichmentEngine start(Pipeline pipeline, RunnerFactory devices) throws BundleException {
        return start(place(pipeline, devices));
    }

    /**
     * What an engine is started of: bundles that are open and fit the settings, and devices that are there. No model is
     * loaded yet.
     *
     * @param devices what makes each stage's runners
     * @param conditions of stages and routes
     */
    record Placement(StageModels models, List<RunnerFactory> devices, Conditions conditions) {}

    /**
     * Opens the bundles and checks all that can be known before models are loaded.
     *
     * @throws BundleException when a bundle is missing or altered
     * @throws ConfigurationException naming everything that does not fit the machine or the models
     */
    static Placement place(Pipeline pipeline) throws BundleException {
        StageModels models = StageModels.open(pipeline);
        Conditions conditions = Conditions.compile(pipeline, models.annotations());
        new TorchRuntime(pipeline.inference().threads()).start();
        return new Placement(models, models.onTorch(Devices.gpus()), conditions);
    }

    /** As {@link #place(Pipeline)}, with devices of one's own. */
    static Placement place(Pipeline pipeline, RunnerFactory devices) throws BundleException {
        StageModels models = StageModels.open(pipeline);
        Conditions conditions = Conditions.compile(pipeline, models.annotations());
        List<RunnerFactory> placed = models.on(devices);
        new TorchRuntime(pipeline.inference().threads()).start();
        return new Placement(models, placed, conditions);
    }

    /** Loads the models of a placement and warms them up; see {@link #start(Pipeline)}. */
    static EnrichmentEngine start(Placement placement) throws BundleException {
        LanguageSettings settings = placement.models().pipeline().language();
        LinguaDetector detector =
                new LinguaDetector(settings.detect(), placement.models().languages());
        CompletableFuture<Void> loaded = CompletableFuture.runAsync(detector::load);
        LanguageRule languages = new LanguageRule(detector, settings.minConfidence(), settings.defaultCode());
        EnrichmentEngine engine = new EnrichmentEngine(placement, languages);
        loaded.join();
        return engine;
    }

    private Stage start(
            StageSettings stage,
            ModelBundle bundle,
            InferenceSettings settings,
            RunnerFactory devices,
            Conditions conditions)
            throws BundleException {
        ModelManifest manifest = bundle.manifest();
        ModelId id = manifest.id();
        try {
            return new Stage(
                    stage.name(),
                    stage.input().orElse(StageInput.mainText()) instanceof StageInput.Pair
                            ? new StageModel.OfPair(
                                    () -> id,
                                    Tasks.annotation(bundle),
                                    warm(stage, bundle, Tasks.ofPairs(bundle), PAIRS, settings, devices))
                            : new StageModel.OfText(
                                    () -> id,
                                    Tasks.annotation(bundle),
                                    warm(stage, bundle, Tasks.of(bundle), WARM_UP, settings, devices)),
                    stage.input().orElse(StageInput.mainText()),
                    Condition.languages(new HashSet<>(manifest.languages())).and(conditions.of(stage.name())),
                    stage.timeout(),
                    stage.onError());
        } catch (IOException | IllegalStateException e) {
            throw new BundleException(bundle.folder(), List.of(e.toString()), e);
        }
    }

    /** A model that runs, is watched, has computed something, and remembers what the stage wants remembered. */
    private <I, P extends Prepared, R> Inference<I, Annotated> warm(
            StageSettings stage,
            ModelBundle bundle,
            Task<I, P, R, ? extends Annotation> task,
            List<I> warmUp,
            InferenceSettings settings,
            RunnerFactory devices)
            throws IOException, BundleException {
        Task<I, P, R, Annotated> identified =
                new IdentifiedTask<>(task, bundle.manifest().id());
        BatchingInference<I, P, R, Annotated> model = BatchingInference.start(
                "device-" + stage.name(),
                identified,
                devices.runners(bundle, identified),
                pool,
                new TokenBudget(settings.maxBatchTokens(), settings.maxBatchSize()),
                settings.maxBatchDelay(),
                warmUp);
        models.put(stage.name(), model);
        watch.watch(model);
        model.awaitWarm();
        if (stage.cache() == 0) {
            return model;
        }
        CachedInference<I, Annotated> cached = new CachedInference<>(
                model, stage.cache(), (input, result) -> ResultSize.of(input.toString(), result.annotation()));
        caches.put(stage.name(), cached);
        return cached;
    }

    /** Sends texts through the models. */
    public Enricher enricher() {
        return enricher;
    }

    /** What has been batched so far, by stage. */
    public Map<String, BatchStats> stats() {
        Map<String, BatchStats> stats = new LinkedHashMap<>();
        models.forEach((stage, model) -> stats.put(stage, model.stats()));
        return stats;
    }

    /** What the result caches have been good for so far, by stage; stages without one are not there. */
    public Map<String, CacheStats> cacheStats() {
        Map<String, CacheStats> stats = new LinkedHashMap<>();
        caches.forEach((stage, cache) -> stats.put(stage, cache.stats()));
        return stats;
    }

    /** Fails what still waits and frees the devices. Idempotent. */
    @Override
    public void close() {
        watch.close();
        caches.values().forEach(CachedInference::close);
        models.values().forEach(BatchingInference::close);
        pool.close();
    }
}
