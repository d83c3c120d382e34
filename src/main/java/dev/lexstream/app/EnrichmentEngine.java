package dev.lexstream.app;

import ai.djl.Device;
import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.enrich.Capacity;
import dev.lexstream.enrich.Enricher;
import dev.lexstream.enrich.ModelId;
import dev.lexstream.enrich.Stage;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.BatchingInference;
import dev.lexstream.inference.TokenBudget;
import dev.lexstream.inference.TorchRunner;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TorchModel;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.LinguaDetector;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.nlp.Tasks;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The models of a pipeline, loaded and warm, behind one {@link Enricher}.
 *
 * <p>Threading: may be used from any thread. The pool prepares inputs and completes results; each model has its own
 * device thread.
 */
public final class EnrichmentEngine implements AutoCloseable {

    /** A text every model can process: the first each device gets. */
    private static final String PROBE = "Lexstream";

    private final Map<String, BatchingInference<?, ?, ?, ?>> models = new LinkedHashMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final ExecutorService pool;
    private final Enricher enricher;

    private EnrichmentEngine(Pipeline pipeline, List<ModelBundle> bundles, LinguaDetector detector)
            throws BundleException {
        InferenceSettings settings = pipeline.inference();
        this.pool = pool();
        try {
            for (int i = 0; i < bundles.size(); i++) {
                stages.add(start(pipeline.stages().get(i).name(), bundles.get(i), settings));
            }
        } catch (BundleException | RuntimeException e) {
            close();
            throw e;
        }
        this.enricher = new Enricher(
                stages,
                detector,
                pool,
                new Capacity(settings.maxTexts(), settings.maxTokens()),
                settings.resultTimeout());
    }

    /**
     * Opens the bundles, loads the models and runs each once.
     *
     * @throws BundleException when a bundle is missing, altered or does not load
     * @throws ConfigurationException when a language cannot be detected
     */
    public static EnrichmentEngine start(Pipeline pipeline) throws BundleException {
        LinguaDetector detector = detector(pipeline.language());
        List<ModelBundle> bundles = new ArrayList<>();
        for (StageSettings stage : pipeline.stages()) {
            bundles.add(ModelBundle.open(pipeline.models().resolve(Path.of(stage.model()))));
        }
        new TorchRuntime(pipeline.inference().threads()).start();
        return new EnrichmentEngine(pipeline, bundles, detector);
    }

    private static LinguaDetector detector(LanguageSettings settings) {
        try {
            return new LinguaDetector(settings.detect());
        } catch (IllegalArgumentException e) {
            String found = settings.detect().toString();
            throw new ConfigurationException(
                    "pipeline", List.of(new ConfigProblem("language.detect", found, e.getMessage())));
        }
    }

    private static ExecutorService pool() {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "preparation-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    private Stage start(String name, ModelBundle bundle, InferenceSettings settings) throws BundleException {
        ModelManifest manifest = bundle.manifest();
        try {
            var inference = start("device-" + name, bundle, Tasks.of(bundle), settings);
            models.put(name, inference);
            ModelId id = new ModelId(manifest.name(), manifest.version());
            return new Stage(name, id, new HashSet<>(manifest.languages()), inference);
        } catch (IOException | IllegalStateException e) {
            throw new BundleException(bundle.folder(), List.of(e.toString()), e);
        }
    }

    private <P extends Prepared, R, O> BatchingInference<String, P, R, O> start(
            String name, ModelBundle bundle, Task<String, P, R, O> task, InferenceSettings settings)
            throws IOException, BundleException {
        TorchModel model =
                TorchModel.load(bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu());
        return BatchingInference.start(
                name,
                task,
                List.of(new TorchRunner<>(model, task)),
                pool,
                new TokenBudget(settings.batchTokens(), settings.batchMembers()),
                settings.batchDeadline(),
                PROBE);
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

    /** Fails what still waits and frees the devices. Idempotent. */
    @Override
    public void close() {
        models.values().forEach(BatchingInference::close);
        pool.shutdown();
        try {
            pool.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
