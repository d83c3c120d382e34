package dev.lexstream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.lexstream.avro.Annotation;
import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TextEvent;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.registry.AvroDeserializer;
import dev.lexstream.registry.AvroSerializer;
import dev.lexstream.registry.SchemaRegistry;
import dev.lexstream.torchscript.ElementType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The whole application with the real tagger, on a real broker and registry. */
class EnrichmentIT {

    private static final int EVENTS = 20_000;
    private static final int PARTITIONS = 8;
    private static final int KEYS = 500;
    private static final Path MODELS = Path.of(System.getProperty("lexstream.models"));
    private static final TopicSettings TOPICS = TopicSettings.existing("texts", "enriched", "dead-letters");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Sentences by grammar, so that there are many and of many lengths; some of the texts that break careless code. */
    private static String text(int id) {
        SplittableRandom random = new SplittableRandom(id);
        String special = special(id);
        if (!special.isEmpty()) {
            return special;
        }
        String[] subjects = {"The nurse", "My neighbour's dog", "A tired engineer", "Nobody", "Every second bus", "It"};
        String[] verbs = {"found", "has repaired", "won't carry", "might have painted", "never liked", "sold"};
        String[] objects = {"three old bicycles", "the report", "Anna's yellow umbrella", "it", "a $20 ticket"};
        String[] ends = {".", " in Geneva.", " before the storm reached the coast.", "!", ", I think...", ""};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(5) / 4; i++) {
            text.append(pick(subjects, random))
                    .append(' ')
                    .append(pick(verbs, random))
                    .append(' ');
            text.append(pick(objects, random)).append(pick(ends, random)).append(' ');
        }
        return text.toString();
    }

    private static String special(int id) {
        return switch (id % 250) {
            case 10 -> "\uD83D\uDE80\uD83C\uDF89\uD83D\uDC4D\uD83C\uDFFE";
            case 20 -> "\u0301\u0308\u0327";
            case 30 -> "今天的会议推迟到下午三点。";
            case 40 -> id == 40 ? "long ".repeat(20_000) : "?!";
            default -> "";
        };
    }

    private static String pick(String[] choices, SplittableRandom random) {
        return choices[random.nextInt(choices.length)];
    }

    private static boolean poisoned(int id) {
        return id % 100 == 99;
    }

    private static boolean declaresEnglish(int id) {
        boolean wordless = Set.of(10, 20, 40).contains(id % 250);
        boolean chinese = id % 250 == 30;
        return wordless || (id % 4 == 0 && !chinese);
    }

    private static byte[] value(int id, AvroSerializer<TextEvent> serializer) {
        TextEvent event = TextEvent.newBuilder()
                .setId("event-" + id)
                .setText(poisoned(id) && id % 500 == 499 ? " \t " : text(id))
                .setLanguage(declaresEnglish(id) ? "en" : null)
                .build();
        byte[] value = serializer.serialize(TOPICS.input(), event);
        if (poisoned(id)) {
            switch (id % 500) {
                case 99 -> value[0] = 1;
                case 199 -> value[2] = 77;
                case 299 -> value = Arrays.copyOf(value, value.length / 2);
                case 399 -> value = null;
                default -> {
                    // 499: the blank text
                }
            }
        }
        return value;
    }

    @Test
    void everyEventEndsOnceWithTheTagsOfTheTaggerAlone() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> output = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
        try (LocalBroker broker = LocalBroker.start();
                LocalRegistry local = LocalRegistry.start();
                SchemaRegistry registry = SchemaRegistry.connect(Map.of("schema.registry.url", local.url()))) {
            for (String topic : List.of(TOPICS.input(), TOPICS.output(), TOPICS.deadLetters())) {
                broker.createTopic(topic, PARTITIONS);
            }
            produce(broker, registry);
            try (Application application = Application.start(pipeline(broker, local))) {
                read(broker, application, output, deadLetters);
                assertThat(application.intake().failedPolls()).isZero();
                assertThat(application.batches().get("tag").meanBatch()).isGreaterThan(16);
                assertThat(application.fault()).isNotDone();
            }
            assertEachEventOnce(output, deadLetters);
            assertOrderPerKey(output);
            assertThat(deadLetters)
                    .allSatisfy(letter -> assertThat(poisoned(id(letter))).isTrue());
            AvroDeserializer<EnrichedText> deserializer = new AvroDeserializer<>(registry, EnrichedText.class);
            assertTags(output.stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.value()))
                    .toList());
        }
    }

    private static Pipeline pipeline(LocalBroker broker, LocalRegistry registry) {
        return new Pipeline(
                "enrichment-it",
                Map.of("bootstrap.servers", broker.bootstrapServers(), "num.stream.threads", "2"),
                Map.of("schema.registry.url", registry.url()),
                TOPICS,
                MODELS,
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings("tag", "tagger-en")),
                InferenceSettings.defaults());
    }

    private static void produce(LocalBroker broker, SchemaRegistry registry) {
        AvroSerializer<TextEvent> serializer = new AvroSerializer<>(registry, TextEvent.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int id = 0; id < EVENTS; id++) {
                byte[] key = ("key-" + id % KEYS).getBytes(UTF_8);
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(TOPICS.input(), key, value(id, serializer));
                record.headers().add("id", Integer.toString(id).getBytes(UTF_8));
                producer.send(record);
            }
        }
    }

    private static void read(
            LocalBroker broker,
            Application application,
            List<ConsumerRecord<byte[], byte[]>> output,
            List<ConsumerRecord<byte[], byte[]>> deadLetters) {
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
            while (output.size() + deadLetters.size() < EVENTS) {
                assertThat(application.fault()).isNotDone();
                assertThat(System.nanoTime())
                        .as("%d and %d records read", output.size(), deadLetters.size())
                        .isLessThan(end);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    (record.topic().equals(TOPICS.output()) ? output : deadLetters).add(record);
                }
            }
        }
    }

    private static int id(ConsumerRecord<byte[], byte[]> record) {
        return Integer.parseInt(new String(record.headers().lastHeader("id").value(), UTF_8));
    }

    private static void assertEachEventOnce(
            List<ConsumerRecord<byte[], byte[]>> output, List<ConsumerRecord<byte[], byte[]>> deadLetters) {
        Set<Integer> ids = new HashSet<>();
        output.forEach(record -> assertThat(ids.add(id(record))).isTrue());
        deadLetters.forEach(record -> assertThat(ids.add(id(record))).isTrue());
        assertThat(ids).hasSize(EVENTS);
        assertThat(deadLetters).hasSize(EVENTS / 100);
    }

    private static void assertOrderPerKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Integer before = last.put(new String(record.key(), UTF_8), id(record));
            assertThat(before == null || before < id(record)).isTrue();
        }
    }

    private static void assertTags(List<EnrichedText> records) throws Exception {
        Map<String, Tagging> expected = new HashMap<>();
        for (EnrichedText record : records) {
            Annotation annotation = record.getAnnotations().get(0);
            if (record.getText().startsWith("今天")) {
                assertThat(annotation.getStatus()).isEqualTo(StageStatus.SKIPPED);
                assertThat(annotation.getReason()).isEqualTo("language zh");
            } else {
                expected.put(record.getText(), null);
            }
        }
        tagOffline(expected);
        for (EnrichedText record : records) {
            Tagging tagging = expected.get(record.getText());
            if (tagging != null) {
                Annotation annotation = record.getAnnotations().get(0);
                boolean truncated = tagging.coverage().truncated();
                assertThat(annotation.getStatus()).isEqualTo(truncated ? StageStatus.TRUNCATED : StageStatus.DONE);
                assertThat(annotation.getModel()).isEqualTo("tagger-en");
                assertSame(annotation.getTags(), tagging);
            }
        }
    }

    /** Tags the texts without an engine, in small batches of our own making. */
    private static void tagOffline(Map<String, Tagging> taggings) throws Exception {
        ModelBundle bundle = ModelBundle.open(MODELS.resolve("tagger-en"));
        Tagger tagger = Tagger.of(bundle);
        List<String> texts = taggings.keySet().stream()
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        try (TorchModel model = TorchModel.load(
                bundle.manifest().architecture(), bundle.weights(), ElementType.FLOAT32, Device.cpu())) {
            for (int begin = 0; begin < texts.size(); begin += 24) {
                List<String> batch = texts.subList(begin, Math.min(begin + 24, texts.size()));
                List<TaggerInput> inputs = batch.stream().map(tagger::prepare).toList();
                List<Tagger.Tags> tags = tagger.run(model, inputs);
                for (int i = 0; i < batch.size(); i++) {
                    taggings.put(batch.get(i), tagger.complete(inputs.get(i), tags.get(i)));
                }
            }
        }
    }

    private static void assertSame(List<TokenTag> found, Tagging expected) {
        assertThat(found).hasSameSizeAs(expected.tags());
        for (int i = 0; i < found.size(); i++) {
            dev.lexstream.nlp.TokenTag tag = expected.tags().get(i);
            assertThat(found.get(i).getStart()).isEqualTo(tag.start());
            assertThat(found.get(i).getEnd()).isEqualTo(tag.end());
            assertThat(found.get(i).getLabel()).isEqualTo(tag.label());
            assertThat(found.get(i).getScore()).isCloseTo(tag.score(), within(1e-4f));
        }
    }
}
