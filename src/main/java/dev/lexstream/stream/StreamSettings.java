package dev.lexstream.stream;

import static java.util.Map.entry;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.KafkaSettings;
import dev.lexstream.config.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of Kafka Streams and its clients for a pipeline. In order of precedence: what Lexstream's guarantees need, the
 * pipeline's {@code kafka} section, {@link #DEFAULTS}, Kafka's own defaults.
 */
public final class StreamSettings {

    /**
     * Where Lexstream's defaults differ from Kafka's.
     *
     * <ul>
     *   <li>{@code commit.interval.ms} is what a read-committed reader waits at most under exactly-once, while records wait in
     *       the topic, where they lose nothing by it; when none do, {@link EarlyCommits} come first.
     *   <li>{@code num.stream.threads}: one decodes and writes while another commits.
     *   <li>{@code max.task.idle.ms}: a task has one partition, so there is no other to wait for; asking for each record
     *       costs.
     *   <li>{@code max.poll.records} times threads is the most that the models see at once: see {@link ReadAhead}.
     *   <li>{@code session.timeout.ms}: the partitions of a stream thread that failed and was replaced, or of a killed
     *       instance, wait this long.
     *   <li>{@code transaction.timeout.ms} is above the longest wait for a result; the transaction of a killed instance
     *       holds up read-committed readers this long.
     *   <li>{@code max.in.flight.requests.per.connection}: with more than one, the broker refuses what overtakes the first
     *       batch of a transaction while it registers the partition, and the producer sends it again; larger batches
     *       make up for it.
     *   <li>{@code max.request.size} leaves the limit to the topics' {@code max.message.bytes}.
     * </ul>
     */
    static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
            entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "500"),
            entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "2"),
            entry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1"),
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "3000"),
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest"),
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), "1"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), String.valueOf(128 << 10)),
            entry(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), "30000"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), String.valueOf(16 << 20)));

    /** Early commits of a thread within a commit interval at most, but for one of a thread at rest. */
    private static final int EARLY_COMMITS = 5;

    private static final int ADMIN_TIMEOUT_MS = 30_000;
    private static final long KAFKA_MAX_POLL_INTERVAL_MS = 300_000;
    private static final long KAFKA_BUFFER_MEMORY = 32 << 20;

    private final Pipeline pipeline;
    private final Map<String, String> given;

    /**
     * Checks the pipeline's settings.
     *
     * @throws ConfigurationException when the {@code kafka} section holds what it must not, or
     *     {@code inference.result-timeout} is not below the timeouts of Kafka that a wait counts against
     */
    public StreamSettings(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.given = pipeline.kafka();
        List<ConfigProblem> problems = new ArrayList<>();
        KafkaSettings.problems(given)
                .forEach((name, problem) ->
                        problems.add(new ConfigProblem("kafka." + name, problem.found(), problem.allowed())));
        if (problems.isEmpty()) {
            checkResultTimeout(problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("pipeline", problems);
        }
    }

    /** For {@code new KafkaStreams}; holds the two objects that Kafka hands to the classes it makes. */
    Properties streams(Intake intake, DeadLetterHandler.Decisions decisions) {
        Properties properties = plain();
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class.getName());
        properties.put(DeadLetterHandler.DECISIONS_CONFIG, decisions);
        String interceptors = StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        // last, so that it sees the records as Kafka Streams will
        properties.put(
                interceptors,
                Stream.concat(effective(interceptors).stream(), Stream.of(PollPrefetcher.class.getName()))
                        .collect(Collectors.joining(",")));
        properties.put(StreamsConfig.mainConsumerPrefix(PollPrefetcher.INTAKE_CONFIG), intake);
        return properties;
    }

    /** As {@link #streams}, without prefetch and dead letters: for a topology that is not Lexstream's. */
    public Properties plain() {
        Properties properties = new Properties();
        DEFAULTS.forEach((name, value) -> {
            if (effective(name).isEmpty()) {
                properties.put(name, value);
            }
        });
        properties.putAll(given);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, pipeline.applicationId());
        properties.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LenientTimestampExtractor.class.getName());
        return properties;
    }

    /** For an admin client of the same cluster, which is patient for {@value #ADMIN_TIMEOUT_MS} ms unless told otherwise. */
    public Map<String, Object> admin() {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        properties.putAll(given);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, pipeline.applicationId());
        return new StreamsConfig(properties).getAdminConfigs(pipeline.applicationId() + "-start");
    }

    /** How the producer sends. */
    ProducerLimits producerLimits() {
        long request = number(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 0);
        long buffer = number(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), KAFKA_BUFFER_MEMORY);
        String compression = StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG);
        String type = effective(compression).orElseGet(() -> DEFAULTS.get(compression));
        return new ProducerLimits(
                Math.min(request, buffer), Compression.of(type.trim()).build());
    }

    /** When to commit before the interval has passed: never at-least-once, whose output can be read uncommitted. */
    EarlyCommits earlyCommits() {
        long interval = number(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 0);
        return new EarlyCommits(
                Duration.ofMillis(interval / EARLY_COMMITS),
                Duration.ofMillis(interval),
                exactlyOnce(),
                System::nanoTime);
    }

    /**
     * What the consumer of a stream thread holds. Of records without a result at most as many as fit the engine when all
     * threads have as many, so that no thread waits for room while its results are ready. When the next
     * record of a partition has no result for the time that one may take, it is processed without, and the wait there fails.
     */
    ReadyConsumer.Limits held() {
        long most = number(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 0);
        long threads = Math.max(1, number(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1));
        long fitting = Math.min(most, pipeline.inference().maxInFlight() / threads);
        return new ReadyConsumer.Limits(
                (int) Math.max(1, fitting), pipeline.inference().resultTimeout());
    }

    private boolean exactlyOnce() {
        return effective(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
                .orElse(StreamsConfig.EXACTLY_ONCE_V2)
                .equals(StreamsConfig.EXACTLY_ONCE_V2);
    }

    private void checkResultTimeout(List<ConfigProblem> problems) {
        Duration timeout = pipeline.inference().resultTimeout();
        String transaction = StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        String poll = StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long transactionMillis = number(transaction, 0);
        long pollMillis = number(poll, KAFKA_MAX_POLL_INTERVAL_MS);
        if (exactlyOnce() && timeout.toMillis() >= transactionMillis) {
            problems.add(tooLong(timeout, transaction, transactionMillis));
        }
        if (timeout.toMillis() >= pollMillis) {
            problems.add(tooLong(timeout, poll, pollMillis));
        }
    }

    private static ConfigProblem tooLong(Duration timeout, String name, long millis) {
        return new ConfigProblem(
                "inference.result-timeout",
                timeout.toMillis() + "ms",
                "allowed is less than kafka." + name + ", which is " + millis + "ms");
    }

    private long number(String name, long kafkaDefault) {
        return effective(name)
                .or(() -> Optional.ofNullable(DEFAULTS.get(name)))
                .map(text -> Long.parseLong(text.trim()))
                .orElse(kafkaDefault);
    }

    /** The value given for a client's setting under its own prefix, a wider one, or none. */
    private Optional<String> effective(String name) {
        String plain = name;
        List<String> names = new ArrayList<>(List.of(name));
        for (String prefix : List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX)) {
            if (name.startsWith(prefix)) {
                plain = name.substring(prefix.length());
                if (prefix.equals(StreamsConfig.MAIN_CONSUMER_PREFIX)) {
                    names.add(StreamsConfig.CONSUMER_PREFIX + plain);
                }
            }
        }
        names.add(plain);
        return names.stream().map(given::get).filter(value -> value != null).findFirst();
    }
}
