package dev.lexstream.cli;

import dev.lexstream.app.Lifecycle;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.model.BundleException;
import dev.lexstream.registry.SchemaRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lexstream run}. */
@Command(
        name = "run",
        description = "Run a pipeline until the process is told to end.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Pipeline file (YAML).")
    private Path config;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Make this file when partitions are assigned, delete it when stopping: for health probes.")
    private Optional<Path> readyFile = Optional.empty();

    @Override
    public Integer call() throws BundleException {
        Pipeline pipeline = load(config);
        try {
            return new Lifecycle().run(pipeline, readyFile).code();
        } catch (ConfigurationException e) {
            throw located(config, e);
        }
    }

    static Pipeline load(Path file) {
        return loader().load(file);
    }

    /** Adds the lines to problems of a file that were found after it was loaded. */
    static ConfigurationException located(Path file, ConfigurationException found) {
        return loader().located(file, found);
    }

    static PipelineLoader loader() {
        return new PipelineLoader(System.getenv(), ModelsFolder.shipped(), registry -> SchemaRegistry.connect(registry)
                .close());
    }
}
