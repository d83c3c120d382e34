package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.EventEncoder;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.InputSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.OutputSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.stream.fault.FaultPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and a real registry, with a producer and a read-committed reader of what is on the topics. */
public final class StreamLab implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The default patience with failing threads. */
    public static final FaultPolicy.Limits PATIENT =
            FaultPolicy.Limits.of(PipelineDefaults.MAX_OUTAGE, PipelineDefaults.RESULT_TIMEOUT);

    /** So that tests do not wait for as long as operators would. */
    private static final Duration UNKNOWN_SCHEMA_WAIT = Duration.ofSeconds(2);

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final LocalBroker broker;
    private final LocalRegistry localRegistry = LocalRegistry.start();
    private final SchemaRegistry registry = SchemaRegistry.connect(Map.of("schema.registry.url", localRegistry.url()));
    private final EventEncoder events = EventEncoder.avro(registry);
    private final AvroDeserializer<EnrichedText> enriched = new AvroDeserializer<>(registry, EnrichedText.class);

    /** With Kafka's defaults. */
    public StreamLab() {
        this(Map.of());
    }

    /** With broker settings of its own. */
    public StreamLab(Map<String, String> settings) {
        broker = LocalBroker.start(0, settings);
    }

    /** Names nobody has used, for topics that do not exist yet. */
    public TopicSettings names() {
        int number = NAMES.incrementAndGet();
        return TopicSettings.existing("texts-" + number, "enriched-" + number, "dead-" + number);
    }

    /** Three new topics. */
    public TopicSettings topics(int partitions) {
        TopicSettings topics = names();
        createTopic(topics.input(), partitions, Map.of());
        createTopic(topics.output(), partitions, Map.of());
        createTopic(topics.deadLetters(), partitions, Map.of());
        return topics;
    }

    /** A new topic that keeps its records, however old they say they are. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("retention.ms", "-1");
        broker.createTopic(name, partitions, all);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** The pipeline of the tests: one stage {@code tag}, and sessions short enough to wait for their end. */
    public Pipeline pipeline(TopicSettings topics, Map<String, String> kafka) {
        return pipeline(topics, kafka, PipelineDefaults.MAX_OUTAGE);
    }

    /** The same, with a patience of its own with outages, and a short one with unknown schemas. */
    public Pipeline pipeline(TopicSettings topics, Map<String, String> kafka, Duration maxOutage) {
        return pipeline(topics, kafka, maxOutage, UNKNOWN_SCHEMA_WAIT);
    }

    /** The same, with a patience of its own. */
    public Pipeline pipeline(
            TopicSettings topics, Map<String, String> kafka, Duration maxOutage, Duration unknownSchemaWait) {
        Map<String, String> settings = new HashMap<>(kafka);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        if (!"streams".equals(kafka.get("group.protocol"))) { // which leaves these to the broker
            settings.putIfAbsent("main.consumer.session.timeout.ms", "6000");
            settings.putIfAbsent("main.consumer.heartbeat.interval.ms", "500");
        }
        return new Pipeline(
                topics.output() + "-app",
                settings,
                Map.of("schema.registry.url", localRegistry.url()),
                topics,
                InputSettings.DEFAULT,
                OutputSettings.DEFAULT,
                List.of(),
                Path.of("models"),
                new LanguageSettings(PipelineDefaults.LANGUAGES),
                List.of(new StageSettings("tag", "upper-case")),
                InferenceSettings.defaults(),
                maxOutage,
                unknownSchemaWait,
                PipelineDefaults.DEAD_LETTERS);
    }

    /** The same, where a result is overdue after seconds. */
    public Pipeline impatient(TopicSettings topics) {
        Pipeline patient = pipeline(topics, Map.of());
        InferenceSettings settings = patient.inference();
        return new Pipeline(
                patient.applicationId(),
                patient.kafka(),
                patient.registry(),
                topics,
                patient.input(),
                patient.output(),
                patient.routes(),
                patient.models(),
                patient.language(),
                patient.stages(),
                new InferenceSettings(
                        settings.device(),
                        settings.workers(),
                        settings.threads(),
                        settings.precision(),
                        settings.maxInFlight(),
                        settings.maxInFlightTokens(),
                        settings.maxBatchTokens(),
                        settings.maxBatchSize(),
                        settings.maxBatchDelay(),
                        Duration.ofSeconds(5)),
                patient.maxOutage(),
                patient.unknownSchemaWait(),
                patient.deadLetters());
    }

    /** A stream with an intake and a plan of its own, not started. */
    public EnrichmentStream stream(Pipeline pipeline, UpperCaseTagger tagger, FaultPolicy.Limits limits) {
        return stream(pipeline, Texts.enricher(tagger), limits);
    }

    /** A stream of any plan, not started. */
    public EnrichmentStream stream(Pipeline pipeline, Enricher enricher, FaultPolicy.Limits limits) {
        return stream(
                pipeline,
                enricher,
                Routes.allTo(new Target.Topic(pipeline.topics().output())),
                limits);
    }

    /** The same with routes. */
    public EnrichmentStream stream(Pipeline pipeline, Enricher enricher, Routes routes, FaultPolicy.Limits limits) {
        return EnrichmentStream.create(
                pipeline,
                enricher,
                EventDecoder.of(pipeline.input(), registry),
                new EnrichmentStream.Output(routes, OutputEncoder.of(pipeline.output(), registry)),
                limits);
    }

    /** All to the output topic. */
    public static EnrichmentStream.Output output(Pipeline pipeline, OutputEncoder encoder) {
        return new EnrichmentStream.Output(
                Routes.allTo(new Target.Topic(pipeline.topics().output())), encoder);
    }

    /** The registry's address. */
    public String registryUrl() {
        return localRegistry.url();
    }

    public byte[] encode(TextEvent event, String topic) {
        return events.encode(topic, event);
    }

    public EnrichedText decode(ConsumerRecord<byte[], byte[]> record) {
        return enriched.deserialize(record.topic(), record.value());
    }

    /** Sends values with ids from {@code first}, in order; headers {@code id} and a key of {@link #key}. */
    public void produce(String topic, int first, int count, IntFunction<byte[]> value) {
        send(IntStream.range(first, first + count).mapToObj(id -> record(topic, null, key(id), id, value.apply(id))));
    }

    /** An input record, with its id in a header. */
    public static ProducerRecord<byte[], byte[]> record(
            String topic, Integer partition, String key, int id, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, timestamp(id), key.getBytes(UTF_8), value);
        record.headers().add("id", String.valueOf(id).getBytes(UTF_8));
        return record;
    }

    /** Sends records in order and waits until they are there. */
    public void send(Stream<ProducerRecord<byte[], byte[]>> records) {
        send(records, Map.of());
    }

    /** The same, with settings of the producer. */
    public void send(Stream<ProducerRecord<byte[], byte[]>> records, Map<String, Object> producerSettings) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20, "batch.size", 100_000));
        settings.putAll(producerSettings);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            records.forEach(record -> producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        if (failure.get() != null) {
            throw new AssertionError("not all records were sent", failure.get());
        }
    }

    public static String key(int id) {
        return "key-" + id % 311;
    }

    public static long timestamp(int id) {
        return 1_700_000_000_000L + id;
    }

    /** Reads topics from the start, committed records only, until what was received satisfies the condition. */
    public Received readUntil(Set<String> topics, Predicate<Received> condition) {
        try (KafkaConsumer<byte[], byte[]> consumer = reader(topics)) {
            Received received = new Received(new HashMap<>());
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.test(received)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("after " + PATIENCE + " there is only "
                            + topics.stream().collect(Collectors.toMap(topic -> topic, topic -> received.of(topic)
                                    .size())));
                }
                add(received, consumer);
            }
            return received;
        }
    }

    /** Reads all there is: to the end of each partition, when no transaction is open any more. */
    public Received readAll(Set<String> topics) {
        try (KafkaConsumer<byte[], byte[]> committed = reader(topics);
                Admin admin = admin()) {
            Received received = new Received(new HashMap<>());
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (TopicPartition partition : committed.assignment()) {
                ends.put(partition, highWatermark(admin, partition));
            }
            await("the end of " + topics, () -> {
                add(received, committed);
                return ends.entrySet().stream().allMatch(end -> committed.position(end.getKey()) >= end.getValue());
            });
            return received;
        }
    }

    private static long highWatermark(Admin admin, TopicPartition partition) {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (Exception e) {
            throw new AssertionError("no end of " + partition, e);
        }
    }

    private KafkaConsumer<byte[], byte[]> reader(Set<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static void add(Received received, KafkaConsumer<byte[], byte[]> consumer) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> received.byTopic()
                .computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                .add(record));
    }

    /** Waits for a state of the world. */
    public static void await(String what, BooleanSupplier state) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + PATIENCE + " still waiting for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    public static Set<String> outcomes(TopicSettings topics) {
        return Stream.of(topics.output(), topics.deadLetters()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        registry.close();
        localRegistry.close();
        broker.close();
    }
}
