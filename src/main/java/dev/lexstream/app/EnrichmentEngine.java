package dev.lexstream.app;

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
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.inference.TokenBudget;
import dev.lexstream.inference.TorchRunners;
import dev.lexstream.inference.WorkerPool;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TorchRuntime;
import dev.lexstream.nlp.LinguaDetector;
import dev.lexstream.nlp.Prepared;
import dev.lexstream.nlp.Task;
import dev.lexstream.nlp.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The models of a pipeline, loaded and warm, behind one {@link Enricher}.
 *
 * <p>Threading: may be used from any thread. The pool prepares inputs and completes results; each device of each model has
 * its own thread.
 */
public final class EnrichmentEngine implements AutoCloseable {

    /** Texts of several lengths that every model can process: the first that each device gets. */
    private static final List<String> WARM_UP =
            IntStream.of(1, 4, 16, 64).mapToObj("Lexstream "::repeat).toList();

    private final Map<String, BatchingInference<?, ?, ?, ?>> models = new LinkedHashMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final WorkerPool pool;
    private final Enricher enricher;

    private EnrichmentEngine(
            Pipeline pipeline, List<ModelBundle> bundles, LinguaDetector detector, RunnerFactory devices)
            throws BundleException {
        InferenceSettings settings = pipeline.inference();
        this.pool = WorkerPool.of(Runtime.getRuntime().availableProcessors());
        try {
            for (int i = 0; i < bundles.size(); i++) {
                stages.add(start(pipeline.stages().get(i).name(), bundles.get(i), settings, devices));
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
        return start(pipeline, new TorchRunners());
    }

    /** As {@link #start(Pipeline)}, with models on devices of one's own. */
    public static EnrichmentEngine start(Pipeline pipeline, RunnerFactory devices) throws BundleException {
        LinguaDetector detector = detector(pipeline.language());
        List<ModelBundle> bundles = new ArrayList<>();
        for (StageSettings stage : pipeline.stages()) {
            bundles.add(ModelBundle.open(pipeline.models().resolve(Path.of(stage.model()))));
        }
        new TorchRuntime(pipeline.inference().threads()).start();
        return new EnrichmentEngine(pipeline, bundles, detector, devices);
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

    private Stage start(String name, ModelBundle bundle, InferenceSettings settings, RunnerFactory devices)
            throws BundleException {
        ModelManifest manifest = bundle.manifest();
        try {
            var inference = start("device-" + name, bundle, Tasks.of(bundle), settings, devices);
            models.put(name, inference);
            ModelId id = new ModelId(manifest.name(), manifest.version());
            return new Stage(name, id, new HashSet<>(manifest.languages()), inference);
        } catch (IOException | IllegalStateException e) {
            throw new BundleException(bundle.folder(), List.of(e.toString()), e);
        }
    }

    private <P extends Prepared, R, O> BatchingInference<String, P, R, O> start(
            String name,
            ModelBundle bundle,
            Task<String, P, R, O> task,
            InferenceSettings settings,
            RunnerFactory devices)
            throws IOException, BundleException {
        return BatchingInference.start(
                name,
                task,
                devices.runners(bundle, task),
                pool,
                new TokenBudget(settings.batchTokens(), settings.batchMembers()),
                settings.batchDeadline(),
                WARM_UP);
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
        pool.close();
    }
}
