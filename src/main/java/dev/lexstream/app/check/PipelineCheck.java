package dev.lexstream.app.check;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks all of a pipeline that can be known before it runs. Changes nothing: no topic is created, no group joined, no schema
 * registered, no record read or written. Goes on after a failure with whatever does not depend on what has failed.
 *
 * <p>Threading: may be used from any thread; one check at a time uses the devices.
 */
public final class PipelineCheck {

    private static final String WRONG_FILE = "the pipeline file has to be right first";

    private final PipelineLoader loader;
    private final Limits limits;

    /**
     * How long is waited.
     *
     * @param load for one model: to load it and to compute its golden sample
     * @param request for one answer of the cluster
     * @param registry for one answer of each of the registry's addresses; about half of it to connect
     */
    public record Limits(Duration load, Duration request, Duration registry) {

        /** For people who wait at a terminal. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofMinutes(2), Duration.ofSeconds(15), Duration.ofSeconds(10));

        public Limits {
            Objects.requireNonNull(load, "load");
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(registry, "registry");
        }
    }

    /** @param loader reads the file as the one does that runs it */
    public PipelineCheck(PipelineLoader loader, Limits limits) {
        this.loader = Objects.requireNonNull(loader, "loader");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Checks a file and what it names.
     *
     * @param offline whether broker and registry are left out
     * @param sink gets each finding at once, in the order of {@link Part}
     * @throws InterruptedException when the thread is interrupted while a model loads
     * @throws org.apache.kafka.common.errors.InterruptException when it is while the cluster is asked
     */
    public Summary check(Path file, boolean offline, Consumer<Finding> sink) throws InterruptedException {
        Findings findings = new Findings(sink);
        Optional<Loaded> loaded = load(file, findings);
        if (loaded.isEmpty()) {
            List.of(Part.CONDITIONS, Part.MODELS, Part.BROKER, Part.REGISTRY)
                    .forEach(part -> findings.leftOut(part, "not looked at", WRONG_FILE));
            return findings.summary();
        }
        new ConditionCheck(loaded.get()).check(findings);
        new ModelCheck(loaded.get(), limits.load()).check(findings);
        if (offline) {
            findings.leftOut(Part.BROKER, "not looked at", "--offline");
            findings.leftOut(Part.REGISTRY, "not looked at", "--offline");
            return findings.summary();
        }
        List<String> inputs = new BrokerCheck(loaded.get(), limits.request()).check(findings);
        new RegistryCheck(loaded.get().pipeline(), limits.registry()).check(inputs, findings);
        return findings.summary();
    }

    private Optional<Loaded> load(Path file, Findings findings) {
        try {
            Pipeline pipeline = loader.load(file);
            Loaded loaded = new Loaded(file, loader, pipeline);
            try {
                new StreamSettings(pipeline); // what they ask of each other
            } catch (ConfigurationException e) {
                throw loaded.located(e);
            }
            findings.passed(Part.FILE, file.toString(), described(pipeline));
            return Optional.of(loaded);
        } catch (ConfigurationException e) {
            int problems = e.problems().size();
            findings.failed(Part.FILE, file + ": " + (problems == 1 ? "1 problem" : problems + " problems"), e);
            return Optional.empty();
        }
    }

    private static String described(Pipeline pipeline) {
        int routes = pipeline.routes().size();
        return "%s: %s -> %s%s, %s"
                .formatted(
                        pipeline.applicationId(),
                        pipeline.topics().inputs(),
                        pipeline.topics().output(),
                        routes == 0 ? "" : " and " + Words.counted(routes, "route"),
                        Words.counted(pipeline.stages().size(), "stage"));
    }
}
