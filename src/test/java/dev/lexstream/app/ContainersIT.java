package dev.lexstream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.local.EnrichedTextReader;
import dev.lexstream.local.SampleEvents;
import dev.lexstream.local.SampleProducer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;

/** The application against a broker and a registry that are not ours: Apache's Kafka and Apicurio's registry. */
@NeedsDocker({ContainersIT.KAFKA_IMAGE, ContainersIT.REGISTRY_IMAGE})
@Timeout(600)
class ContainersIT {

    static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    static final String REGISTRY_IMAGE = "apicurio/apicurio-registry:3.3.3";

    private static final TopicSettings TOPICS =
            new TopicSettings("texts", "enriched-texts", "texts-dead-letters", true, 4, Optional.of((short) 1));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the event in {@code TextEvent-0.1.0.hex}. */
    private static final String ID_OF_010 = "e-1";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** By key; a null value is a tombstone. */
    private static final Map<String, byte[]> BAD_RECORDS = badRecords();

    private static final KafkaContainer KAFKA = new KafkaContainer(KAFKA_IMAGE);

    @SuppressWarnings("resource") // closed with the class
    private static final GenericContainer<?> REGISTRY = new GenericContainer<>(REGISTRY_IMAGE)
            .withExposedPorts(8080, 9000)
            .waitingFor(Wait.forHttp("/health/ready").forPort(9000));

    @BeforeAll
    static void start() {
        Startables.deepStart(KAFKA, REGISTRY).join();
    }

    @AfterAll
    static void stop() {
        REGISTRY.close();
        KAFKA.close();
    }

    @Test
    void givenEventsAndBadRecordsWhenThePipelineRunsThenEveryOneIsEnrichedOrDeadLettered() throws Exception {
        Pipeline pipeline = pipeline();
        List<TextEvent> events = SampleEvents.load();
        int inputId = register(TOPICS.input() + "-value", "TextEvent-0.1.0.avsc");
        register(TOPICS.output() + "-value", "EnrichedText-0.1.0.avsc");

        List<EnrichedText> enriched;
        Map<String, ConsumerRecord<String, byte[]>> deadLetters;
        try (Application application = Application.start(pipeline)) {
            sendBadRecords();
            send(Map.of("of 0.1.0", eventOf010(inputId)));
            new SampleProducer(pipeline.kafka(), pipeline.registry()).send(TOPICS.input(), events);
            enriched = enriched(pipeline, events.size() + 1);
            deadLetters = deadLetters();
            assertThat(application.fault()).isNotDone();
        }

        List<String> ids = new ArrayList<>(events.stream().map(TextEvent::id).toList());
        ids.add(ID_OF_010);
        assertThat(enriched).extracting(EnrichedText::getId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(versions(TOPICS.input() + "-value")).isEqualTo(2);
        assertThat(versions(TOPICS.output() + "-value")).isEqualTo(2);
        for (EnrichedText text : enriched) {
            Annotation tagged = text.getAnnotations().get(0);
            if (text.getLanguage().getCode().equals("en")) {
                assertThat(tagged.getStatus()).isEqualTo(StageStatus.DONE);
                assertThat(tagged.getTags()).isNotEmpty();
            } else {
                assertThat(tagged.getStatus()).isEqualTo(StageStatus.SKIPPED);
            }
        }
        assertThat(deadLetters.keySet()).isEqualTo(BAD_RECORDS.keySet());
        deadLetters.forEach((key, letter) -> {
            assertThat(letter.value()).as(key).isEqualTo(BAD_RECORDS.get(key));
            assertThat(letter.headers().lastHeader("__streams.errors.message").value())
                    .as(key)
                    .isNotEmpty();
        });
    }

    private static Pipeline pipeline() {
        return new Pipeline(
                "containers",
                Map.of("bootstrap.servers", KAFKA.getBootstrapServers()),
                Map.of("schema.registry.url", registryUrl()),
                TOPICS,
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings("tag", "tagger-en")),
                InferenceSettings.defaults());
    }

    private static String registryUrl() {
        return "http://%s:%d/apis/ccompat/v7".formatted(REGISTRY.getHost(), REGISTRY.getMappedPort(8080));
    }

    /** Registers a schema as 0.1.0 had it, which later ones have to be compatible with; gives its id. */
    private static int register(String subject, String schema) throws Exception {
        String body = JSON.createObjectNode()
                .put("schema", new String(resource(schema), UTF_8))
                .toString();
        int id = ask("POST", "/subjects/" + subject + "/versions", body)
                .get("id")
                .asInt();
        ask("PUT", "/config/" + subject, "{\"compatibility\": \"BACKWARD\"}");
        return id;
    }

    private static int versions(String subject) throws Exception {
        return ask("GET", "/subjects/" + subject + "/versions", "").size();
    }

    private static JsonNode ask(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registryUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static byte[] eventOf010(int id) throws IOException {
        byte[] event = HexFormat.of().parseHex(new String(resource("TextEvent-0.1.0.hex"), UTF_8).strip());
        return ByteBuffer.allocate(5 + event.length)
                .put((byte) 0)
                .putInt(id)
                .put(event)
                .array();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = ContainersIT.class.getResourceAsStream("/dev/lexstream/codec/" + name)) {
            return file.readAllBytes();
        }
    }

    private static Map<String, byte[]> badRecords() {
        Map<String, byte[]> records = new HashMap<>();
        records.put("tombstone", null);
        records.put("empty", new byte[0]);
        records.put("not Avro", "{\"id\": \"1\", \"text\": \"in JSON\"}".getBytes(UTF_8));
        records.put("unknown schema id", new byte[] {0, 0x7f, 0, 0, 1, 2, 'a', 2, 'b'});
        return records;
    }

    private static void sendBadRecords() throws Exception {
        send(BAD_RECORDS);
    }

    private static void send(Map<String, byte[]> records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", KAFKA.getBootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach((key, value) -> sent.add(producer.send(new ProducerRecord<>(TOPICS.input(), key, value))));
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        }
    }

    private static List<EnrichedText> enriched(Pipeline pipeline, int count) {
        List<EnrichedText> enriched = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (EnrichedTextReader reader =
                new EnrichedTextReader(KAFKA.getBootstrapServers(), pipeline.registry(), TOPICS.output())) {
            while (enriched.size() < count && System.nanoTime() < end) {
                enriched.addAll(reader.poll(Duration.ofMillis(500)));
            }
        }
        return enriched;
    }

    private static Map<String, ConsumerRecord<String, byte[]>> deadLetters() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", KAFKA.getBootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPICS.deadLetters()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (letters.size() < BAD_RECORDS.size() && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(letters::add);
            }
        }
        return letters.stream().collect(Collectors.toMap(ConsumerRecord::key, letter -> letter));
    }
}
