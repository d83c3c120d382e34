package dev.lexstream.app;

import dev.lexstream.app.line.LineCounts;
import dev.lexstream.app.line.LineEnrichment;
import dev.lexstream.app.line.LineFormat;
import dev.lexstream.app.line.LineOutput;
import dev.lexstream.app.line.LineSource;
import dev.lexstream.config.Pipeline;
import dev.lexstream.model.BundleException;
import java.io.IOException;
import java.time.Clock;

/**
 * The models, conditions and routes of a pipeline on lines, in place of its topics. Asks neither a broker nor a registry.
 *
 * <p>Threading: one caller at a time; may be closed from any thread.
 */
public final class LinePipeline implements AutoCloseable {

    private final EnrichmentEngine engine;
    private final LineEnrichment enrichment;

    private LinePipeline(EnrichmentEngine engine, LineEnrichment enrichment) {
        this.engine = engine;
        this.enrichment = enrichment;
    }

    /**
     * Loads the models and warms them up.
     *
     * @param json whether lines are JSON objects, rather than texts
     * @throws BundleException when a model bundle cannot be used
     * @throws dev.lexstream.config.ConfigurationException naming every setting that does not fit the machine or the models
     * @throws dev.lexstream.inference.DeviceLostException when a device hangs in its warm-up
     */
    public static LinePipeline start(Pipeline pipeline, boolean json) throws BundleException {
        LineFormat format = LineFormat.of(pipeline, json);
        EnrichmentEngine.Placement placement = EnrichmentEngine.place(pipeline);
        EnrichmentEngine engine = EnrichmentEngine.start(placement);
        return new LinePipeline(
                engine,
                new LineEnrichment(
                        engine.enricher(),
                        format,
                        placement.conditions().routes(),
                        pipeline.inference().maxInFlight(),
                        Clock.systemUTC()));
    }

    /**
     * Enriches all lines of a source.
     *
     * @param source closed when it has ended
     * @throws IOException when the source cannot be read on; the lines before are written
     * @throws RuntimeException when the engine or the output is in trouble
     */
    public LineCounts run(LineSource source, LineOutput output) throws IOException, InterruptedException {
        return enrichment.run(source, output);
    }

    /** Frees the devices. Idempotent. */
    @Override
    public void close() {
        engine.close();
    }
}
