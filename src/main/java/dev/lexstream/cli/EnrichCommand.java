package dev.lexstream.cli;

import dev.lexstream.app.LinePipeline;
import dev.lexstream.app.line.InputLines;
import dev.lexstream.app.line.LineCounts;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.model.BundleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lexstream enrich}. */
@Command(
        name = "enrich",
        description =
                "Enrich texts without Kafka and without a registry: a line in, a line of JSON out, in the same order.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EnrichCommand implements Callable<Integer> {

    private static final Duration START_GRACE = Duration.ofSeconds(1);

    @ArgGroup
    private Models models = new Models();

    /** Where the stages come from. */
    private static final class Models {

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Pipeline file (YAML): its stages, conditions, routes and paths of fields.")
        private Optional<Path> config = Optional.empty();

        @Option(
                names = "--models",
                paramLabel = "NAME",
                split = ",",
                description =
                        "In its place model bundles, shipped ones by name or any by path. Default: those of the demo.")
        private List<String> names = NamedModels.DEMO;
    }

    @Option(
            names = "--json",
            description = "Each line is a JSON object, read by the pipeline's paths of fields. Default: it is a text.")
    private boolean json;

    @Option(names = "--text", paramLabel = "TEXT", description = "A text to enrich. May be repeated.")
    private List<String> texts = List.of();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files of lines in UTF-8, plain or gzipped; - is standard input, which is read too where"
                    + " neither files nor texts are given.")
    private List<String> files = List.of();

    /** Written by the working thread, read when a signal comes. */
    private volatile boolean running;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    EnrichCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        QuietLog.set();
        return StopOnSignal.call(this::enrich, () -> running ? StopOnSignal.PATIENCE : START_GRACE)
                .code();
    }

    private ExitCode enrich() throws BundleException, IOException, InterruptedException {
        InputLines lines = new InputLines(texts, files, in);
        long begin = System.nanoTime();
        try (LinePipeline pipeline = start()) {
            running = true;
            Duration loading = Duration.ofNanos(System.nanoTime() - begin);
            // lines on the same terminal would be drawn over
            boolean drawn = Terminals.isTerminal(Terminals.ERROR) && !Terminals.isTerminal(Terminals.OUTPUT);
            LineReport report = new LineReport(out, new ProgressBar(err, drawn), lines.size());
            LineCounts counts = pipeline.run(lines, report);
            report.summary(counts, loading);
            return counts.failed() == 0 ? ExitCode.OK : ExitCode.DATA;
        }
    }

    private LinePipeline start() throws BundleException {
        if (models.config.isEmpty()) {
            return LinePipeline.start(NamedModels.pipeline(models.names, ModelsFolder.shipped()), json);
        }
        Path file = models.config.get();
        Pipeline pipeline = RunCommand.load(file);
        try {
            return LinePipeline.start(pipeline, json);
        } catch (ConfigurationException e) {
            throw RunCommand.located(file, e);
        }
    }
}
