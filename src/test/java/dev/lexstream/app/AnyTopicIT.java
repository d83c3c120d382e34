package dev.lexstream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineLoader;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of somebody else's, written by hand in the wire format, through pipeline files on real models, and read back. */
class AnyTopicIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Schema TICKET = new Schema.Parser()
            .parse(
                    """
                    {"type": "record", "name": "Ticket", "namespace": "org.example", "fields": [
                      {"name": "number", "type": "long"},
                      {"name": "body", "type": ["null", {"type": "record", "name": "Body", "fields": [
                        {"name": "text", "type": ["null", "string"]}, {"name": "size", "type": "int"}]}]},
                      {"name": "language", "type": {"type": "enum", "name": "Language", "symbols": ["zh", "en"]}}]}
                    """);

    private static LocalBroker broker;
    private static LocalRegistry registry;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = LocalBroker.start();
        registry = LocalRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    private Pipeline pipeline(String file) throws IOException {
        Path written = Files.writeString(
                folder.resolve("pipeline.yaml"),
                file.replace("BROKER", broker.bootstrapServers()).replace("REGISTRY", registry.url()));
        return new PipelineLoader(Map.of(), Path.of(System.getProperty("lexstream.models")), settings -> {})
                .load(written);
    }

    @Test
    void nestedAvroIsTranslatedClassifiedMergedAndRouted() throws Exception {
        List.of("tickets", "travel-tickets", "other-tickets", "tickets-dead-letters")
                .forEach(topic -> broker.createTopic(topic, 2));
        int id = register("tickets-value", TICKET);
        List<byte[]> values = new ArrayList<>();
        for (String text : Arrays.asList("我想预订去北京的机票。", "今天天气很好。", null)) {
            GenericData.Record ticket = new GenericData.Record(TICKET);
            ticket.put("number", (long) values.size());
            ticket.put(
                    "language",
                    new GenericData.EnumSymbol(TICKET.getField("language").schema(), "zh"));
            if (text != null) {
                GenericData.Record body = new GenericData.Record(
                        TICKET.getField("body").schema().getTypes().get(1));
                body.put("text", text);
                body.put("size", text.length());
                ticket.put("body", body);
            }
            values.add(framed(id, ticket));
        }
        values.add(null);
        send("tickets", values);

        Pipeline pipeline = pipeline(
                """
                application-id: tickets
                kafka: {bootstrap.servers: BROKER}
                registry: {schema.registry.url: REGISTRY}
                topics: {input: tickets, output: other-tickets}
                input: {id: number, text: body.text, language: language}
                output: {shape: merged, field: found}
                routes:
                  - when: stages.classify.label == 'travel'
                    topic: travel-tickets
                stages:
                  - {name: translate, model: translator-zh-en}
                  - {name: classify, model: classifier-en, input: stages.translate.translation}
                """);
        List<ConsumerRecord<byte[], byte[]>> records;
        try (Application application = Application.start(pipeline)) {
            records = read(4, "travel-tickets", "other-tickets", "tickets-dead-letters");
            assertThat(application.fault()).isNotDone();
        }

        Map<String, ConsumerRecord<byte[], byte[]>> byKey = new LinkedHashMap<>();
        records.forEach(record -> byKey.put(new String(record.key(), UTF_8), record));
        assertThat(byKey.get("key-0").topic()).isEqualTo("travel-tickets");
        assertThat(byKey.get("key-1").topic()).isEqualTo("other-tickets");
        assertThat(byKey.get("key-2").topic()).isEqualTo("tickets-dead-letters");
        assertThat(byKey.get("key-3").topic()).isEqualTo("other-tickets");
        assertThat(byKey.get("key-3").value()).as("a tombstone").isNull();
        for (String key : List.of("key-0", "key-1")) {
            byte[] value = byKey.get(key).value();
            byte[] before = values.get(Integer.parseInt(key.substring(4)));
            assertThat(Arrays.copyOfRange(value, 5, before.length))
                    .isEqualTo(Arrays.copyOfRange(before, 5, before.length));
            Schema written = schema(ByteBuffer.wrap(value, 1, 4).getInt());
            assertThat(decoded(value, written, TICKET))
                    .as("the old schema reads it")
                    .isEqualTo(decoded(before, TICKET, TICKET));
            GenericRecord found =
                    (GenericRecord) decoded(value, written, written).get("found");
            List<?> annotations = (List<?>) found.get("annotations");
            assertThat(annotations).hasSize(2);
            assertThat(((GenericRecord) annotations.get(1)).get("input").toString())
                    .isEqualTo("stages.translate.translation");
        }
    }

    @Test
    void jsonGoesInAndOutWithoutARegistryAndApplicationsChain() throws Exception {
        List.of("chat", "tagged-chat", "classified-chat", "chat-dead-letters", "tagged-chat-dead-letters")
                .forEach(topic -> broker.createTopic(topic, 1));
        String line = "{ \"user\": 7,  \"msg\": {\"text\": \"Book a flight to Paris.\"}, \"n\": 1.0 }";
        send(
                "chat",
                List.of(
                        line.getBytes(UTF_8),
                        "{\"msg\": {\"text\": 5}}".getBytes(UTF_8),
                        "{\"msg\": {\"text\": \"a\"}, \"enrichment\": 1}".getBytes(UTF_8),
                        "no json".getBytes(UTF_8)));
        String file =
                """
                application-id: %s
                kafka: {bootstrap.servers: BROKER}
                topics: {input: %s, output: %s}
                input: {format: json, text: msg.text, attributes: {user: user}}
                output: {shape: merged}
                stages: [{name: %s, model: %s, when: attributes.user == 7}]
                """;
        try (Application application =
                Application.start(pipeline(file.formatted("tag", "chat", "tagged-chat", "tag", "tagger-en")))) {
            assertThat(read(4, "tagged-chat", "chat-dead-letters")).hasSize(4);
            assertThat(application.fault()).isNotDone();
        }
        try (Application application = Application.start(
                pipeline(file.formatted("classify", "tagged-chat", "classified-chat", "classify", "classifier-en")))) {
            ConsumerRecord<byte[], byte[]> record = read(1, "classified-chat").get(0);
            String value = new String(record.value(), UTF_8);
            assertThat(value).startsWith(line.substring(0, line.length() - 1));
            JsonNode enrichment = new ObjectMapper().readTree(value).get("enrichment");
            assertThat(enrichment.get("annotations")).hasSize(2);
            assertThat(enrichment.at("/annotations/0/stage").asText()).isEqualTo("tag");
            assertThat(enrichment.at("/annotations/1/classifications/0/label").asText())
                    .isEqualTo("travel");
            assertThat(application.fault()).isNotDone();
        }
        assertThat(read(3, "chat-dead-letters").stream()
                        .map(letter -> new String(
                                letter.headers()
                                        .lastHeader("__streams.errors.message")
                                        .value(),
                                UTF_8))
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "field msg.text is of type number; allowed is a text",
                        "value has a member enrichment that is no enrichment; allowed is an object with language, annotations, receivedAt and enrichedAt",
                        "value is not JSON at line 1, column 3; allowed is one JSON object in UTF-8"));
    }

    @Test
    void anEventOfSeveralTextsIsReadAsAPairAndElementByElement() throws Exception {
        List.of("mail", "enriched-mail", "mail-dead-letters").forEach(topic -> broker.createTopic(topic, 1));
        send(
                "mail",
                List.of(
                        "{\"s\": \"A flight\", \"b\": \"Book it.\", \"tags\": [\"One cat.\", \"\", \"Two dogs.\"]}"
                                .getBytes(UTF_8),
                        "{\"s\": \"No body here\"}".getBytes(UTF_8)));
        String file =
                """
                application-id: mail
                kafka: {bootstrap.servers: BROKER}
                topics: {input: mail, output: enriched-mail}
                input: {format: json, texts: {subject: s, body: b, tags: tags}}
                language: {default: en, min-confidence: 1}
                stages:
                  - {name: both, model: classifier-en, input: [subject, body], cache: 1MB}
                  - {name: tag, model: tagger-en, input: tags}
                """;
        List<JsonNode> found = new ArrayList<>();
        try (Application application = Application.start(pipeline(file))) {
            for (ConsumerRecord<byte[], byte[]> record : read(2, "enriched-mail")) {
                found.add(new ObjectMapper().readTree(record.value()));
            }
            assertThat(application.fault()).isNotDone();
        }
        assertThat(found.get(0).get("texts"))
                .hasToString(
                        "{\"subject\":\"A flight\",\"body\":\"Book it.\",\"tags[0]\":\"One cat.\",\"tags[2]\":\"Two dogs.\"}");
        assertThat(found.get(0).get("annotations").findValuesAsText("input"))
                .containsExactly("subject, body", "tags[0]", "tags[2]");
        assertThat(found.get(1).get("annotations").findValuesAsText("reason"))
                .containsExactly("no text body", "no text tags");
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static GenericRecord decoded(byte[] value, Schema writer, Schema reader) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        return new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
    }

    private static int register(String subject, Schema schema) throws Exception {
        String body = new ObjectMapper()
                .createObjectNode()
                .put("schema", schema.toString())
                .toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json(request).get("id").asInt();
    }

    private static Schema schema(int id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/schemas/ids/" + id))
                .build();
        return new Schema.Parser().parse(json(request).get("schema").asText());
    }

    private static JsonNode json(HttpRequest request) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static void send(String topic, List<byte[]> values) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                producer.send(new ProducerRecord<>(topic, ("key-" + i).getBytes(UTF_8), values.get(i)));
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(int count, String... topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Arrays.stream(topics)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (records.size() < count) {
                assertThat(System.nanoTime())
                        .as("%d records read", records.size())
                        .isLessThan(end);
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
