package dev.lexstream.app;

import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.BatchStats;
import dev.lexstream.inference.CacheStats;
import dev.lexstream.inference.RunnerFactory;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelId;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.LanguageStats;
import dev.lexstream.plan.Stage;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import dev.lexstream.stream.EnrichmentStream;
import dev.lexstream.stream.intake.IntakeStats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running pipeline: formats, models and stream, made in this order and closed in the opposite one.
 *
 * <p>Threading: may be used from any thread.
 */
public final class Application implements AutoCloseable {

    private final Formats formats;
    private final EnrichmentEngine engine;
    private final EnrichmentStream stream;

    private Application(Formats formats, EnrichmentEngine engine, EnrichmentStream stream) {
        this.formats = formats;
        this.engine = engine;
        this.stream = stream;
    }

    /**
     * Checks the clients' settings and the model bundles, asks the registry for the output's schema, loads the models, checks
     * the topics and starts to read. Returns while the consumer group still forms.
     *
     * @throws BundleException when a model bundle cannot be used
     * @throws dev.lexstream.config.ConfigurationException naming every setting and topic that is wrong
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
     * @throws dev.lexstream.registry.RegistryUnavailableException when the registry does not answer
     * @throws dev.lexstream.registry.SchemaRejectedException when the registry refuses the output's schema
     * @throws dev.lexstream.inference.DeviceLostException when a device hangs in its warm-up
     */
    public static Application start(Pipeline pipeline) throws BundleException {
        ClientCheck.check(pipeline);
        return start(pipeline, EnrichmentEngine.place(pipeline));
    }

    /** As {@link #start(Pipeline)}, with models on devices of one's own. */
    public static Application start(Pipeline pipeline, RunnerFactory devices) throws BundleException {
        ClientCheck.check(pipeline);
        return start(pipeline, EnrichmentEngine.place(pipeline, devices));
    }

    private static Application start(Pipeline pipeline, EnrichmentEngine.Placement placement) throws BundleException {
        Formats formats = Formats.of(pipeline);
        EnrichmentEngine engine = null;
        try {
            formats.prepare(pipeline);
            engine = EnrichmentEngine.start(placement);
            EnrichmentStream stream = stream(
                    pipeline, engine.enricher(), formats, placement.conditions().routes());
            stream.start();
            return new Application(formats, engine, stream);
        } catch (BundleException | RuntimeException e) {
            if (engine != null) {
                engine.close();
            }
            formats.close();
            throw e;
        }
    }

    /** The stream of a pipeline without routes, not started, on an engine that may serve others too. */
    public static EnrichmentStream stream(Pipeline pipeline, Enricher enricher, Formats formats) {
        Target output = new Target.Topic(pipeline.topics().output());
        return stream(pipeline, enricher, formats, Routes.allTo(output));
    }

    private static EnrichmentStream stream(Pipeline pipeline, Enricher enricher, Formats formats, Routes routes) {
        return EnrichmentStream.create(
                pipeline,
                enricher,
                formats.decoder(),
                new EnrichmentStream.Output(routes, formats.encoder()),
                EnrichmentStream.limits(pipeline));
    }

    /** Completes when partitions are assigned and read for the first time. */
    public CompletableFuture<Void> running() {
        return stream.running();
    }

    /** Completes with the failure that stopped the stream for good; never, when it is closed in peace. */
    public CompletableFuture<Throwable> fault() {
        return stream.fault();
    }

    /** Name and version of the model that answers now at each stage, by stage. */
    public Map<String, String> models() {
        Map<String, String> models = new LinkedHashMap<>();
        for (Stage stage : engine.enricher().stages()) {
            ModelId model = stage.model().current().get();
            models.put(stage.name(), model.name() + " " + model.version());
        }
        return models;
    }

    /** The models' batches so far, by stage. */
    public Map<String, BatchStats> batches() {
        return engine.stats();
    }

    /** What the result caches have been good for so far, by stage; stages without one are not there. */
    public Map<String, CacheStats> caches() {
        return engine.cacheStats();
    }

    /** How many texts went through no stage because of their language, so far. */
    public LanguageStats languages() {
        return engine.enricher().languageStats();
    }

    /** What was polled so far. */
    public IntakeStats intake() {
        return stream.intake();
    }

    /** Dead letters written so far. */
    public long deadLetters() {
        return stream.deadLetters();
    }

    /** Events that a route has dropped so far. */
    public long dropped() {
        return stream.dropped();
    }

    /** Dead letters written so far, by reason. */
    public Map<Reason, Long> deadLettersByReason() {
        return stream.deadLettersByReason();
    }

    /** Commits what is processed, leaves the group and frees the devices. Idempotent. */
    @Override
    public void close() {
        try (formats;
                engine) {
            stream.close();
        }
    }
}
