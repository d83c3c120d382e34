package dev.lexstream.cli;

import dev.lexstream.config.Pipeline;
import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.local.SampleEvents;
import dev.lexstream.local.SampleProducer;
import dev.lexstream.stream.EnrichmentStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lexstream samples}. */
@Command(
        name = "samples",
        description = "Send the sample events to a pipeline's input topic, to see the pipeline work.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SamplesCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Pipeline file (YAML).")
    private Path config;

    private final PrintStream out;

    SamplesCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Pipeline pipeline = RunCommand.load(config);
        // The pipeline may not have run yet: its topics are made here as it would make them.
        EnrichmentStream.checkTopics(pipeline);
        List<TextEvent> events = SampleEvents.load();
        new SampleProducer(pipeline.kafka(), pipeline.registry())
                .send(pipeline.topics().input(), events);
        out.println(events.size() + " events sent to topic " + pipeline.topics().input());
        return ExitCode.OK.code();
    }
}
