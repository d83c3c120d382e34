package dev.lexstream.stream;

import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.OutputSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DaemonThread;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.LanguageStats;
import dev.lexstream.plan.Stage;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.stream.fault.DeadLetterCounts;
import dev.lexstream.stream.fault.DeadLetterHandler;
import dev.lexstream.stream.fault.DeadLetters;
import dev.lexstream.stream.fault.FaultPolicy;
import dev.lexstream.stream.fault.RecordHistory;
import dev.lexstream.stream.fault.WatchedProducer;
import dev.lexstream.stream.intake.Intake;
import dev.lexstream.stream.intake.IntakeStats;
import dev.lexstream.stream.intake.ReadyConsumer;
import dev.lexstream.stream.intake.SchemaLookups;
import dev.lexstream.stream.intake.SubmittingInterceptor;
import dev.lexstream.stream.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline running on Kafka Streams. Made, started once, closed once; the enricher and the registry are the caller's and
 * must outlive it.
 *
 * <p>Threading: may be used from any thread.
 */
public final class EnrichmentStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EnrichmentStream.class);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

    private final Intake intake;
    private final SchemaLookups lookups;
    private final DeadLetterCounts deadLetters;
    private final Outputs outputs;
    private final CurrentTopics topics;
    private final FaultPolicy faults;
    private final KafkaStreams streams;
    private final Supplier<LanguageStats> languages;
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    /** Ends the pauses of failing threads. */
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Reports dead letters, and looks at the topics again. */
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> DaemonThread.of(task, "stream-background", Thread.NORM_PRIORITY));

    private long reported;

    private EnrichmentStream(
            Pipeline pipeline,
            StreamSettings settings,
            Topics found,
            Enricher enricher,
            EventDecoder decoder,
            Output output,
            FaultPolicy.Limits limits) {
        Clock clock = Clock.systemUTC();
        this.languages = enricher::languageStats;
        this.topics = new CurrentTopics(found, () -> topics(pipeline, settings), background);
        this.deadLetters = new DeadLetterCounts(
                pipeline.topics().deadLetters(), pipeline.deadLetters().maxShare(), clock);
        RecordHistory records = new RecordHistory(clock);
        this.faults =
                new FaultPolicy(limits, records, clock, time -> closing.await(time.toMillis(), TimeUnit.MILLISECONDS));
        this.lookups = new SchemaLookups(
                new SchemaLookups.Timeouts(pipeline.unknownSchemaWait(), pipeline.maxOutage()), System::nanoTime);
        this.intake = new Intake(decoder, enricher, clock, lookups, records);
        this.outputs = new Outputs(output.routes(), topics::output, output.encoder(), tombstones(pipeline));
        List<String> stages = enricher.stages().stream().map(Stage::name).toList();
        ResultWait results = new ResultWait(pipeline.inference().resultTimeout(), clock);
        Topology topology = EnrichmentTopology.build(
                pipeline.topics().inputs(),
                found.inputs(),
                found.outputs().keySet(),
                () -> new EnrichProcessor(stages, outputs, records, deadLetters, results, clock));
        Properties properties = settings.streams(
                new SubmittingInterceptor.Link(intake, records::committed),
                new DeadLetterHandler.Decisions(
                        new DeadLetters(topics::deadLetters, pipeline.deadLetters(), deadLetters, clock), records));
        this.streams = new KafkaStreams(
                topology,
                properties,
                new Clients(
                        consumer -> new ReadyConsumer(
                                consumer, intake, enricher::crowded, settings.held(), records::committed),
                        producer -> new WatchedProducer(producer, records, topics)));
        streams.setUncaughtExceptionHandler(faults);
        streams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING) {
                running.complete(null);
            }
        });
    }

    /**
     * Checks settings and topics, and makes a stream that is not started.
     *
     * @param pipeline settings and topics
     * @param enricher the stages, running
     * @param decoder reads values of the input topics
     * @param output where enriched events go and how they are written
     * @param limits of failures without progress
     * @throws ConfigurationException naming every setting and topic that is wrong
     * @throws KafkaException when the cluster does not answer
     */
    public static EnrichmentStream create(
            Pipeline pipeline, Enricher enricher, EventDecoder decoder, Output output, FaultPolicy.Limits limits) {
        Objects.requireNonNull(output, "output");
        StreamSettings settings = new StreamSettings(pipeline);
        return new EnrichmentStream(pipeline, settings, topics(pipeline, settings), enricher, decoder, output, limits);
    }

    /**
     * Checks settings and topics, and creates topics where the settings say so.
     *
     * @throws ConfigurationException naming every setting and topic that is wrong
     * @throws KafkaException when the cluster does not answer
     */
    public static void checkTopics(Pipeline pipeline) {
        topics(pipeline, new StreamSettings(pipeline));
    }

    private static Topics topics(Pipeline pipeline, StreamSettings settings) {
        try (Admin admin = Admin.create(settings.admin())) {
            return Topics.check(admin, pipeline.topics(), routed(pipeline), settings.producerLimits());
        }
    }

    /** The topics of routes by the keys that name them. */
    private static Map<String, String> routed(Pipeline pipeline) {
        Map<String, String> routed = new LinkedHashMap<>();
        for (int i = 0; i < pipeline.routes().size(); i++) {
            String key = "routes[" + i + "].topic";
            pipeline.routes().get(i).topic().ifPresent(topic -> routed.put(key, topic));
        }
        return routed;
    }

    /** Merged records go on as what the input topic says, and a tombstone says that there is nothing any more. */
    private static Optional<String> tombstones(Pipeline pipeline) {
        return pipeline.output().shape() == OutputSettings.Shape.MERGED
                ? Optional.of(pipeline.topics().output())
                : Optional.empty();
    }

    /**
     * What goes out.
     *
     * @param routes where enriched events go
     * @param encoder writes values
     */
    public record Output(Routes routes, OutputEncoder encoder) {
        public Output {
            Objects.requireNonNull(routes, "routes");
            Objects.requireNonNull(encoder, "encoder");
        }
    }

    /** Patience as the pipeline's settings have it. */
    public static FaultPolicy.Limits limits(Pipeline pipeline) {
        return FaultPolicy.Limits.of(pipeline.maxOutage(), pipeline.inference().resultTimeout());
    }

    /** Once a minute: what became dead letters, and whether texts of no stage's language came. */
    private void report() {
        deadLetters.report();
        LanguageStats now = languages.get();
        if (now.passedOverTexts() > reported) {
            reported = now.passedOverTexts();
            LOG.info("Languages: {}", now);
        }
    }

    /** Joins the consumer group and begins to read. */
    public void start() {
        background.scheduleAtFixedRate(this::report, 1, 1, TimeUnit.MINUTES);
        streams.start();
    }

    /** Completes when partitions are assigned and read for the first time. */
    public CompletableFuture<Void> running() {
        return running.copy();
    }

    /** Completes with the failure that stopped the stream for good; never, when it is closed in peace. */
    public CompletableFuture<Throwable> fault() {
        return faults.fault();
    }

    /** Kafka Streams' own state: RUNNING when partitions are assigned and read. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    /** What was polled so far. */
    public IntakeStats intake() {
        return intake.stats();
    }

    /** Dead letters written so far; those of transactions that were aborted afterwards count again. */
    public long deadLetters() {
        return deadLetters.count();
    }

    /** Transactions aborted so far: by failures, refused records, and partitions that went elsewhere unexpectedly. */
    public long abortedTransactions() {
        return topics.abortedTransactions();
    }

    /** Events that a route has dropped so far; counted as {@link #deadLetters} are. */
    public long dropped() {
        return outputs.dropped();
    }

    /** As {@link #deadLetters}, by reason. */
    public Map<Reason, Long> deadLettersByReason() {
        return deadLetters.byReason();
    }

    /**
     * Commits what is processed and leaves the group, so that others take over at once: there is no state to come back to.
     * What is polled and not processed is theirs. Idempotent.
     *
     * @return false when that took longer than the timeout; nothing is lost then either, but the group notices later
     */
    public boolean close(Duration timeout) {
        closing.countDown();
        background.shutdown();
        lookups.close();
        return streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(timeout));
    }

    /** Like {@link #close(Duration)} with a minute. */
    @Override
    public void close() {
        if (!close(CLOSE_TIMEOUT)) {
            LOG.warn(
                    "The stream did not stop within {} s; the instance that takes over processes what is not committed",
                    CLOSE_TIMEOUT.toSeconds());
        }
    }
}
