package dev.lexstream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.TextEvent;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.Reason;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Records made to break readers and tokenizers, amid a thousand good ones, with real models. */
class HostileRecordsIT {

    private static final int GOOD = 1000;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final TopicSettings TOPICS = TopicSettings.existing("texts", "enriched", "dead-letters");

    /** Long, and slow to cut for careless code; all of them are enriched. */
    private static final Map<String, String> TEXTS = Map.of(
            "numbers", "1.".repeat(50_000) + "1A",
            "fractions", "1,1/".repeat(25_000) + "1B",
            "capitals", "\u03A3".repeat(100_000),
            "a word", "a".repeat(200_000),
            "marks", "a" + "\u0301".repeat(50_000),
            "joined emoji", "\uD83D\uDC69\u200D".repeat(20_000) + "\uD83D\uDC69");

    @Test
    void longTextsAreEnrichedAndADeepValueIsADeadLetter() throws Exception {
        try (LocalBroker broker = LocalBroker.start();
                LocalRegistry local = LocalRegistry.start();
                SchemaRegistry registry = SchemaRegistry.connect(Map.of("schema.registry.url", local.url()))) {
            for (String topic : List.of(TOPICS.input(), TOPICS.output(), TOPICS.deadLetters())) {
                broker.createTopic(topic, PARTITIONS);
            }
            produce(broker, local, registry);
            List<String> output = new ArrayList<>();
            List<String> deadLetters = new ArrayList<>();
            try (Application application = Application.start(pipeline(broker, local))) {
                read(broker, application, output, deadLetters);
                assertThat(application.deadLettersByReason()).isEqualTo(Map.of(Reason.UNDECODABLE, 1L));
                assertThat(application.fault()).isNotDone();
            }
            assertThat(deadLetters).containsExactly("deep");
            assertThat(output)
                    .hasSize(GOOD + TEXTS.size())
                    .doesNotHaveDuplicates()
                    .containsAll(TEXTS.keySet());
        }
    }

    private static Pipeline pipeline(LocalBroker broker, LocalRegistry registry) {
        return new Pipeline(
                "hostile-records-it",
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url()),
                TOPICS,
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(PipelineDefaults.LANGUAGES),
                List.of(new StageSettings("tag", "tagger-en"), new StageSettings("classify", "classifier-en")),
                InferenceSettings.defaults());
    }

    private static void produce(LocalBroker broker, LocalRegistry local, SchemaRegistry registry) throws Exception {
        AvroSerializer<TextEvent> serializer = new AvroSerializer<>(registry, TextEvent.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < GOOD / 2; i++) {
                send(producer, i, "good-" + i, good(serializer, i));
            }
            send(producer, 1, "deep", deep(local));
            TEXTS.forEach((name, text) -> send(producer, 2, name, event(serializer, name, text)));
            for (int i = GOOD / 2; i < GOOD; i++) {
                send(producer, i, "good-" + i, good(serializer, i));
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, int number, String id, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TOPICS.input(), number % PARTITIONS, id.getBytes(UTF_8), value);
        producer.send(record);
    }

    private static byte[] good(AvroSerializer<TextEvent> serializer, int number) {
        return event(serializer, "good-" + number, "The nurse found " + number + " old umbrellas.");
    }

    private static byte[] event(AvroSerializer<TextEvent> serializer, String id, String text) {
        return serializer.serialize(
                TOPICS.input(),
                TextEvent.newBuilder().setId(id).setText(text).setLanguage("en").build());
    }

    /** A record whose field that the reader skips holds a record, which holds a record, and so on. */
    private static byte[] deep(LocalRegistry local) throws IOException, InterruptedException {
        String schema =
                "{\"type\": \"record\", \"name\": \"TextEvent\", \"namespace\": \"dev.lexstream.event\", \"fields\": ["
                        + "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"text\", \"type\": \"string\"}, "
                        + "{\"name\": \"inReplyTo\", \"type\": [\"null\", \"TextEvent\"], \"default\": null}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(local.url() + "/subjects/deep-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(0);
        value.write(ByteBuffer.allocate(4)
                .putInt(Integer.parseInt(answer.replaceAll(".*\"id\":\\s*(\\d+).*", "$1")))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
        for (int depth = 0; depth < 6000; depth++) {
            encoder.writeString("deep");
            encoder.writeString("text");
            encoder.writeIndex(depth < 5999 ? 1 : 0);
        }
        encoder.flush();
        return value.toByteArray();
    }

    private static void read(
            LocalBroker broker, Application application, List<String> output, List<String> deadLetters) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(TOPICS.output(), partition));
                partitions.add(new TopicPartition(TOPICS.deadLetters(), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (output.size() + deadLetters.size() < GOOD + TEXTS.size() + 1) {
                assertThat(application.fault()).isNotDone();
                assertThat(System.nanoTime())
                        .as("%d and %d records read", output.size(), deadLetters.size())
                        .isLessThan(end);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    (record.topic().equals(TOPICS.output()) ? output : deadLetters)
                            .add(new String(record.key(), UTF_8));
                }
            }
        }
    }
}
