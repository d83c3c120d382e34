package dev.lexstream.cli;

import dev.lexstream.app.PipelineOutline;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lexstream topology}. */
@Command(
        name = "topology",
        description = "Show a pipeline: its topics, stages, routes, and what waits for what. Starts nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TopologyCommand implements Callable<Integer> {

    /** How it is shown. */
    private enum Format {
        TEXT,
        MERMAID,
        DOT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Pipeline file (YAML).")
    private Path config;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    private final PrintStream out;

    TopologyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws BundleException {
        Pipeline pipeline = RunCommand.load(config);
        PipelineOutline outline;
        try {
            outline = PipelineOutline.of(pipeline);
        } catch (ConfigurationException e) {
            throw RunCommand.located(config, e);
        }
        out.print(
                switch (format) {
                    case TEXT -> TopologyText.of(outline);
                    case MERMAID -> TopologyMermaid.of(TopologyGraph.of(outline));
                    case DOT -> TopologyDot.of(TopologyGraph.of(outline));
                });
        out.flush();
        return ExitCode.OK.code();
    }
}
