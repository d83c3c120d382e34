package dev.lexstream.stream;

import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.enrich.Enricher;
import dev.lexstream.enrich.Stage;
import dev.lexstream.event.EnrichedTextEncoder;
import dev.lexstream.event.EventDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private final Topics topics;
    private final Intake intake;
    private final DeadLetters deadLetters;
    private final FaultPolicy faults;
    private final KafkaStreams streams;
    private final CountDownLatch closing;
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    private EnrichmentStream(
            Topics topics,
            Intake intake,
            DeadLetters deadLetters,
            FaultPolicy faults,
            KafkaStreams streams,
            CountDownLatch closing) {
        this.topics = topics;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.faults = faults;
        this.streams = streams;
        this.closing = closing;
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
        Topics topics;
        try (Admin admin = Admin.create(settings.admin())) {
            topics = Topics.check(admin, pipeline.topics(), settings.maxRequestBytes());
        }
        Arrivals arrivals = new Arrivals();
        EarlyCommits commits = settings.earlyCommits();
        Intake intake = new Intake(decoder, enricher, clock, arrivals, commits);
        DeadLetters deadLetters = new DeadLetters(topics.deadLetters(), clock);
        Topology topology = EnrichmentTopology.build(
                pipeline.topics().input(),
                topics.inputPartitions(),
                enricher.stages().stream().map(Stage::name).toList(),
                topics.output(),
                intake,
                encoder,
                pipeline.inference().resultTimeout());
        CountDownLatch closing = new CountDownLatch(1);
        FaultPolicy faults =
                new FaultPolicy(limits, clock, time -> closing.await(time.toMillis(), TimeUnit.MILLISECONDS));
        Properties properties = settings.streams(intake, deadLetters);
        KafkaStreams streams = settings.classicProtocol()
                ? new KafkaStreams(
                        topology, properties, new Clients(arrivals, commits, enricher::crowded, settings.held()))
                : new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(faults);
        return new EnrichmentStream(topics, intake, deadLetters, faults, streams, closing);
    }

    /** Joins the consumer group and begins to read. */
    public void start() {
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

    /** The topics as found at start. */
    public Topics topics() {
        return topics;
    }

    /** How well prefetching works so far. */
    public PrefetchStats prefetch() {
        return intake.stats();
    }

    /** Dead letters written so far. */
    public long deadLetters() {
        return deadLetters.count();
    }

    /**
     * Commits what is processed and leaves the group, so that others take over at once: there is no state to come back to.
     * What is polled and not processed is theirs. Idempotent.
     *
     * @return false when that took longer than the timeout; nothing is lost then either, but the group notices later
     */
    public boolean close(Duration timeout) {
        closing.countDown();
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
