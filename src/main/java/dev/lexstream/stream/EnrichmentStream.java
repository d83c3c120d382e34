package dev.lexstream.stream;

import dev.lexstream.codec.EnrichedTextEncoder;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.failure.Reason;
import dev.lexstream.inference.DaemonThread;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.LanguageStats;
import dev.lexstream.plan.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
    private final CurrentTopics topics;

    /** Reports dead letters, and looks at the topics again. */
    private final ScheduledExecutorService background;

    private final FaultPolicy faults;
    private final KafkaStreams streams;
    private final CountDownLatch closing;
    private final Supplier<LanguageStats> languages;
    private long reported;
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    private EnrichmentStream(
            Intake intake,
            SchemaLookups lookups,
            DeadLetterCounts deadLetters,
            CurrentTopics topics,
            ScheduledExecutorService background,
            FaultPolicy faults,
            KafkaStreams streams,
            CountDownLatch closing,
            Supplier<LanguageStats> languages) {
        this.intake = intake;
        this.lookups = lookups;
        this.deadLetters = deadLetters;
        this.topics = topics;
        this.background = background;
        this.faults = faults;
        this.streams = streams;
        this.closing = closing;
        this.languages = languages;
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
     * @param enricher the stages, running; its stages are the topology's
     * @param decoder reads values of the input topic
     * @param encoder writes values of the output topic
     * @param limits patience with failing stream threads
     * @throws ConfigurationException naming every setting and topic that is wrong
     * @throws KafkaException when the cluster does not answer
     */
    public static EnrichmentStream create(
            Pipeline pipeline,
            Enricher enricher,
            EventDecoder decoder,
            EnrichedTextEncoder encoder,
            FaultPolicy.Limits limits) {
        Objects.requireNonNull(encoder, "encoder");
        Clock clock = Clock.systemUTC();
        StreamSettings settings = new StreamSettings(pipeline);
        Topics found = topics(pipeline, settings);
        ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
                task -> DaemonThread.of(task, "stream-background", Thread.NORM_PRIORITY));
        CurrentTopics topics = new CurrentTopics(found, () -> topics(pipeline, settings), background);
        StreamThreads threads = new StreamThreads();
        FailedRecords failed = new FailedRecords(clock);
        DeadLetterCounts counts = new DeadLetterCounts(
                pipeline.topics().deadLetters(), pipeline.deadLetters().maxShare(), clock);
        RecordWatch watch = new RecordWatch(threads, failed, counts);
        SchemaLookups lookups = new SchemaLookups(
                new SchemaLookups.Patience(pipeline.unknownSchemaWait(), pipeline.maxOutage()), System::nanoTime);
        Arrivals arrivals = new Arrivals();
        EarlyCommits commits = settings.earlyCommits();
        Intake intake = new Intake(decoder, enricher, clock, arrivals, commits, lookups, failed, threads);
        Topology topology = EnrichmentTopology.build(
                pipeline.topics().input(),
                found.inputPartitions(),
                enricher.stages().stream().map(Stage::name).toList(),
                pipeline.topics().output(),
                topics::output,
                intake,
                watch,
                encoder,
                pipeline.inference().resultTimeout());
        CountDownLatch closing = new CountDownLatch(1);
        FaultPolicy faults = new FaultPolicy(
                limits, threads, failed, clock, time -> closing.await(time.toMillis(), TimeUnit.MILLISECONDS));
        DeadLetterHandler.Decisions decisions = new DeadLetterHandler.Decisions(
                new DeadLetters(topics::deadLetters, pipeline.deadLetters(), counts, clock), failed);
        Clients clients = new Clients(arrivals, commits, enricher::crowded, settings.held(), threads, failed, topics);
        KafkaStreams streams = new KafkaStreams(topology, settings.streams(intake, decisions), clients);
        streams.setUncaughtExceptionHandler(faults);
        return new EnrichmentStream(
                intake, lookups, counts, topics, background, faults, streams, closing, enricher::languageStats);
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
            return Topics.check(admin, pipeline.topics(), settings.producerLimits());
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

    /** How well prefetching works so far. */
    public PrefetchStats prefetch() {
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
                    "The stream did not stop within {} s; whoever takes over processes what it has not committed",
                    CLOSE_TIMEOUT.toSeconds());
        }
    }
}
