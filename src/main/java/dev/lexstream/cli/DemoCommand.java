package dev.lexstream.cli;

import dev.lexstream.app.Application;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.codec.EnrichedTextJson;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.failure.LocalResources;
import dev.lexstream.local.EnrichedTextReader;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.local.SampleEvents;
import dev.lexstream.local.SampleProducer;
import dev.lexstream.model.BundleException;
import dev.lexstream.stream.fault.FailureReasons;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code lexstream demo}. */
@Command(
        name = "demo",
        description =
                "Start a broker and a registry in this process, enrich the sample events and show what comes out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    private static final TopicSettings TOPICS = TopicSettings.existing("texts", "enriched-texts", "texts-dead-letters");
    private static final List<StageSettings> STAGES = List.of(
            new StageSettings("tag-en", "tagger-en"),
            new StageSettings("tag-zh", "tagger-zh"),
            new StageSettings("translate", "translator-zh-en"),
            new StageSettings("classify-en", "classifier-en"),
            new StageSettings("classify-zh", "classifier-zh"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration START_GRACE = Duration.ofSeconds(1);
    private static final int PARTITIONS = 4;

    @Option(names = "--json", description = "Print the enriched records as JSON lines, all else on standard error.")
    private boolean json;

    @Option(
            names = "--hold",
            description = "Keep broker, registry and pipeline running afterwards, until the process is told to end.")
    private boolean hold;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the broker. Default: any that is free.")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the registry. Default: any that is free.")
    private int registryPort;

    /** Written by the working thread, read when a signal comes. */
    private volatile boolean running;

    private final PrintStream out;
    private final PrintStream err;

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        QuietLog.set();
        Optional<String> lacking = LocalResources.lackingFiles(LocalResources.FEWEST_FILES_OF_BROKER);
        if (lacking.isPresent()) {
            err.println("lexstream: " + lacking.get());
            return ExitCode.LOCAL_RESOURCE.code();
        }
        return StopOnSignal.call(this::demo, () -> running ? StopOnSignal.PATIENCE : START_GRACE)
                .code();
    }

    private ExitCode demo() throws BundleException, InterruptedException, ExecutionException {
        PrintStream talk = json ? err : out;
        talk.println(
                "Lexstream " + Lexstream.Version.number() + ": starting a Kafka broker and a schema registry here");
        try (LocalBroker broker = LocalBroker.start(brokerPort);
                LocalRegistry registry = LocalRegistry.start(registryPort)) {
            for (String topic : List.of(TOPICS.input(), TOPICS.output(), TOPICS.deadLetters())) {
                broker.createTopic(topic, PARTITIONS);
            }
            Pipeline pipeline = pipeline(broker, registry);
            talk.println("  broker " + broker.bootstrapServers() + ", registry " + registry.url());
            try (Application application = Application.start(pipeline)) {
                running = true;
                ExitCode code = enrich(pipeline, application, talk);
                if (hold && code == ExitCode.OK) {
                    hold(application, talk);
                }
                return code;
            }
        }
    }

    private static void hold(Application application, PrintStream talk)
            throws InterruptedException, ExecutionException {
        talk.println();
        talk.println("Still running: send events to topic " + TOPICS.input() + "; end with Ctrl-C");
        talk.println("The stream has failed: " + application.fault().get());
    }

    private static Pipeline pipeline(LocalBroker broker, LocalRegistry registry) {
        return new Pipeline(
                "lexstream-demo",
                Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url()),
                TOPICS,
                ModelsFolder.shipped(),
                new LanguageSettings(List.of("en", "zh")),
                STAGES,
                InferenceSettings.defaults());
    }

    private ExitCode enrich(Pipeline pipeline, Application application, PrintStream talk)
            throws InterruptedException, ExecutionException {
        List<TextEvent> events = SampleEvents.load();
        talk.println("  " + events.size() + " sample events -> " + TOPICS.input() + " -> "
                + application.models().size() + " models -> " + TOPICS.output() + ", exactly once");
        talk.println();
        CompletableFuture.anyOf(application.running(), application.fault()).get();
        DemoSummary summary = new DemoSummary(events.size());
        Consumer<EnrichedText> printer = printer();
        new SampleProducer(pipeline.kafka(), pipeline.registry()).send(TOPICS.input(), events);
        String bootstrap = pipeline.kafka().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
        try (EnrichedTextReader reader = new EnrichedTextReader(bootstrap, pipeline.registry(), TOPICS.output())) {
            long lastResult = System.nanoTime();
            while (!summary.complete(application)) {
                List<EnrichedText> texts = reader.poll(Duration.ofMillis(200));
                texts.forEach(printer.andThen(summary::add));
                lastResult = texts.isEmpty() ? lastResult : System.nanoTime();
                if (application.fault().isDone()) {
                    Throwable fault = application.fault().join();
                    err.println("lexstream: the stream has failed: " + fault);
                    return FailureReasons.of(fault).exitCode();
                }
                if (System.nanoTime() - lastResult > PATIENCE.toNanos()) {
                    err.println("lexstream: no result for " + PATIENCE.toSeconds() + " s; giving up");
                    return ExitCode.INTERNAL;
                }
            }
        }
        summary.print(talk, application);
        return ExitCode.OK;
    }

    private Consumer<EnrichedText> printer() {
        if (json) {
            EnrichedTextJson lines = new EnrichedTextJson();
            return text -> out.println(lines.line(text));
        }
        EventTable table = new EventTable(out, Ansi.AUTO);
        table.header();
        return table::row;
    }
}
