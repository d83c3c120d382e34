package dev.lexstream.stream;

import static java.util.Map.entry;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.KafkaSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.stream.fault.DeadLetterHandler;
import dev.lexstream.stream.intake.ReadyConsumer;
import dev.lexstream.stream.intake.SubmittingInterceptor;
import dev.lexstream.stream.topic.ProducerLimits;
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
import org.apache.kafka.streams.GroupProtocol;
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
     *       the topic, where they lose nothing by it; when none do, {@link ReadyConsumer} has commits come sooner.
     *   <li>{@code num.stream.threads}: one decodes and writes while another commits.
     *   <li>{@code max.task.idle.ms}: order holds in each partition, so that none waits for another of its task; asking for
     *       each record costs.
     *   <li>{@code session.timeout.ms}: the partitions of a stream thread that failed and was replaced, or of a killed
     *       instance, wait this long.
     *   <li>{@code metadata.max.age.ms}: how long a topic that matches a pattern is there before it is read.
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
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest"),
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000"),
            entry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), "30000"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "5"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), "1"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), String.valueOf(128 << 10)),
            entry(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), "30000"),
            entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), String.valueOf(16 << 20)));

    private static final String MAX_POLL_RECORDS =
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);

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

    /** For {@code new KafkaStreams}; holds the objects that Kafka hands to the classes it makes. */
    Properties streams(SubmittingInterceptor.Link link, DeadLetterHandler.Decisions decisions) {
        Properties properties = plain();
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class.getName());
        properties.put(DeadLetterHandler.DECISIONS_CONFIG, decisions);
        if (isStreamsProtocol()) {
            submitAtPolls(properties, link);
        } else {
            properties.put(MAX_POLL_RECORDS, String.valueOf(held().pollSize()));
        }
        return properties;
    }

    /** What one poll returns is then all that the models see of a stream thread at once. */
    private void submitAtPolls(Properties properties, SubmittingInterceptor.Link link) {
        String interceptors = StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        // last, so that it sees the records as Kafka Streams will
        properties.put(
                interceptors,
                Stream.concat(effective(interceptors).stream(), Stream.of(SubmittingInterceptor.class.getName()))
                        .collect(Collectors.joining(",")));
        properties.put(StreamsConfig.mainConsumerPrefix(SubmittingInterceptor.LINK_CONFIG), link);
        if (effective(MAX_POLL_RECORDS).isEmpty()) {
            properties.put(MAX_POLL_RECORDS, String.valueOf(maxPending()));
        }
    }

    /** As {@link #streams}, without models and dead letters: for a topology that is not Lexstream's. */
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

    /**
     * What the consumer of a stream thread holds. Of records without a result at most as many as fit the engine when all
     * threads have as many, so that no thread waits for room while its results are ready. When the next record of a partition
     * has no result for the time that one may take, it is processed without, and the wait there fails. Output of at-least-once
     * can be read before it is committed.
     */
    ReadyConsumer.Limits held() {
        // a part of what may be held, so that reading on need not wait until nothing is
        long pollSize = Math.min(number(MAX_POLL_RECORDS, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS), maxPending() / 4);
        long interval = exactlyOnce() ? number(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 0) : 0;
        return new ReadyConsumer.Limits(
                maxPending(),
                (int) Math.max(1, pollSize),
                pipeline.inference().resultTimeout(),
                Duration.ofMillis(interval));
    }

    /** Of a stream thread. */
    private int maxPending() {
        long threads = Math.max(1, number(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1));
        return (int) Math.max(1, pipeline.inference().maxInFlight() / threads);
    }

    private boolean isStreamsProtocol() {
        return effective(StreamsConfig.GROUP_PROTOCOL_CONFIG)
                .filter(protocol -> protocol.trim().equalsIgnoreCase(GroupProtocol.STREAMS.name()))
                .isPresent();
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
