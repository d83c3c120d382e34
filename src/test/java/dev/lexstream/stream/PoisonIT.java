package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.inference.Inference;
import dev.lexstream.nlp.Tagging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bad record amid a thousand good ones on four partitions stops nothing: the good ones are enriched, the bad one is a dead
 * letter with its reason, no stream thread fails and at most one transaction is aborted for it.
 */
class PoisonIT {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonIT.class);
    private static final int COUNT = 1000;
    private static final int POISON = 500;
    private static final int PARTITIONS = 4;

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(5));

    @Test
    void aRecordWithoutAKeyOnACompactedTopic() {
        TopicSettings topics = topics(Map.of("cleanup.policy", "compact"));
        send(id -> record(topics, id, id == POISON ? null : StreamLab.key(id), StreamLab.timestamp(id)));

        assertOnlyThePoisonIsADeadLetter(topics, "output-without-key", 0);
    }

    @Test
    void aRecordWithoutAKeyOnATopicThatIsCompactedSinceTheStart() {
        TopicSettings topics = topics(Map.of());
        Runnable change = () -> {
            configure(topics.output(), "cleanup.policy", "compact");
            send(id -> record(topics, id, id == POISON ? null : StreamLab.key(id), StreamLab.timestamp(id)));
        };

        assertOnlyThePoisonIsADeadLetter(topics, "output-refused", 1, change);
    }

    @Test
    void aRecordFromTheFuture() {
        TopicSettings topics = topics(Map.of());
        configure(topics.input(), "message.timestamp.after.max.ms", "31536000000");
        long later = System.currentTimeMillis() + Duration.ofHours(2).toMillis();
        send(id -> record(topics, id, StreamLab.key(id), id == POISON ? later : StreamLab.timestamp(id)));

        ConsumerRecord<byte[], byte[]> letter = assertOnlyThePoisonIsADeadLetter(topics, "output-timestamp", 0);
        assertThat(Received.header(letter, "__streams.errors.timestamp")).isEqualTo("" + later);
        assertThat(letter.timestamp()).isLessThan(later);
    }

    @Test
    void aRecordFromThePastOnATopicThatTakesNoneSinceTheStart() {
        TopicSettings topics = topics(Map.of());
        long now = System.currentTimeMillis();
        Runnable change = () -> {
            configure(topics.output(), "message.timestamp.before.max.ms", "86400000");
            configure(topics.deadLetters(), "message.timestamp.before.max.ms", "86400000");
            send(id -> record(topics, id, StreamLab.key(id), id == POISON ? 1000 : now));
        };

        assertOnlyThePoisonIsADeadLetter(topics, "output-refused", 1, change);
    }

    @Test
    void aRecordThatNeitherOutputNorDeadLettersTakeWhole() {
        TopicSettings topics = topics(Map.of("max.message.bytes", "20000"));
        configure(topics.deadLetters(), "max.message.bytes", "20000");
        send(id -> record(
                topics, id, StreamLab.key(id), StreamLab.timestamp(id), id == POISON ? noise(100_000) : "text " + id));

        ConsumerRecord<byte[], byte[]> letter = assertOnlyThePoisonIsADeadLetter(topics, "output-too-large", 0);
        assertThat(letter.value()).isNull();
        assertThat(Received.header(letter, "__streams.errors.value.sha256")).hasSize(64);
    }

    @Test
    void aRecordThatNeitherTopicTakesWholeSinceTheStart() {
        TopicSettings topics = topics(Map.of());
        Runnable change = () -> {
            configure(topics.output(), "max.message.bytes", "20000");
            configure(topics.deadLetters(), "max.message.bytes", "20000");
            send(id -> record(
                    topics,
                    id,
                    StreamLab.key(id),
                    StreamLab.timestamp(id),
                    id == POISON ? noise(100_000) : "text " + id));
        };

        ConsumerRecord<byte[], byte[]> letter = assertOnlyThePoisonIsADeadLetter(topics, "output-refused", 2, change);
        assertThat(letter.value()).isNull();
    }

    /** Large, but not as the broker counts. */
    @Test
    void aTextOfThreeMegabytesInACompressedBatchOnTopicsOfOne() {
        TopicSettings topics = topics(Map.of());
        byte[] large = lab.encode(Texts.event("event-large", "large".repeat(600_000)), topics.input());
        lab.send(
                Stream.of(StreamLab.record(topics.input(), 0, StreamLab.key(0), 0, large)),
                Map.of("compression.type", "zstd", "max.request.size", 16 << 20));

        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, StreamLab.PATIENT)) {
            stream.start();
            Received received = lab.readUntil(
                    StreamLab.outcomes(topics), outcomes -> !outcomes.byTopic().isEmpty());
            assertThat(received.ids(topics.output())).containsExactly(0);
            assertThat(stream.fault()).isNotDone();
        }
    }

    @Test
    void aSchemaIdThatTheRegistryNeverKnows() {
        TopicSettings topics = topics(Map.of());
        send(id -> {
            ProducerRecord<byte[], byte[]> record = record(topics, id, StreamLab.key(id), StreamLab.timestamp(id));
            if (id == POISON) {
                record.value()[1] = 77;
            }
            return record;
        });

        assertOnlyThePoisonIsADeadLetter(topics, "unknown-schema", 0);
    }

    /** Others of its partition wait for its turn, and it fails three times; a failed thread is replaced, and no more. */
    @Test
    void aTextWhoseResultNeverComes() {
        TopicSettings topics = topics(Map.of());
        send(id -> record(
                topics, id, StreamLab.key(id), StreamLab.timestamp(id), id == POISON ? "never " + id : "text " + id));

        assertOnlyThePoisonIsADeadLetter(topics, "internal", 3, () -> {}, new NoAnswerFor("never"));
    }

    @Test
    void aTextThatTheEngineFailsOnForNoKnownReason() {
        TopicSettings topics = topics(Map.of());
        send(id -> record(
                topics, id, StreamLab.key(id), StreamLab.timestamp(id), id == POISON ? "defect " + id : "text " + id));

        assertOnlyThePoisonIsADeadLetter(topics, "internal", 2, () -> {}, new NoAnswerFor("defect"));
    }

    /** Texts that begin so get no answer, or one that nobody expects; all others that of the tagger. */
    private final class NoAnswerFor implements Inference<String, Tagging> {
        private final String begin;

        private NoAnswerFor(String begin) {
            this.begin = begin;
        }

        @Override
        public CompletableFuture<Tagging> submit(String text) {
            if (!text.startsWith(begin)) {
                return tagger.submit(text);
            }
            return begin.equals("never")
                    ? new CompletableFuture<>()
                    : CompletableFuture.failedFuture(new ArithmeticException("a defect"));
        }

        @Override
        public void close() {
            // the tagger is the test's
        }
    }

    private ConsumerRecord<byte[], byte[]> assertOnlyThePoisonIsADeadLetter(
            TopicSettings topics, String reason, int mostAborted) {
        return assertOnlyThePoisonIsADeadLetter(topics, reason, mostAborted, () -> {});
    }

    private ConsumerRecord<byte[], byte[]> assertOnlyThePoisonIsADeadLetter(
            TopicSettings topics, String reason, int mostAborted, Runnable whenRunning) {
        return assertOnlyThePoisonIsADeadLetter(topics, reason, mostAborted, whenRunning, tagger);
    }

    private ConsumerRecord<byte[], byte[]> assertOnlyThePoisonIsADeadLetter(
            TopicSettings topics,
            String reason,
            int mostAborted,
            Runnable whenRunning,
            Inference<String, Tagging> inference) {
        Pipeline pipeline = lab.impatient(topics);
        try (EnrichmentStream stream = lab.stream(pipeline, Texts.enricher(inference), StreamLab.PATIENT)) {
            long begin = System.nanoTime();
            stream.start();
            stream.running().join();
            whenRunning.run();
            lab.readUntil(
                    StreamLab.outcomes(topics),
                    received -> received.of(topics.output()).size()
                                    + received.of(topics.deadLetters()).size()
                            >= COUNT);
            LOG.info(
                    "{}: all after {} ms, {} transactions aborted",
                    reason,
                    (System.nanoTime() - begin) / 1_000_000,
                    stream.abortedTransactions());
            assertThat(stream.abortedTransactions()).isLessThanOrEqualTo(mostAborted);
            assertThat(stream.fault()).isNotDone();
        }
        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.output()).stream().sorted().toList())
                .isEqualTo(IntStream.range(0, COUNT)
                        .filter(id -> id != POISON)
                        .boxed()
                        .toList());
        List<ConsumerRecord<byte[], byte[]>> letters = received.of(topics.deadLetters());
        assertThat(letters).hasSize(1);
        assertThat(Received.header(letters.get(0), "__streams.errors.reason")).isEqualTo(reason);
        return letters.get(0);
    }

    private static TopicSettings topics(Map<String, String> output) {
        TopicSettings topics = lab.names();
        lab.createTopic(topics.input(), PARTITIONS, Map.of());
        lab.createTopic(topics.output(), PARTITIONS, output);
        lab.createTopic(topics.deadLetters(), 1, Map.of());
        return topics;
    }

    private static void configure(String topic, String name, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = lab.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            StreamLab.await("the configuration of " + topic, () -> value.equals(configured(resource, name)));
        } catch (Exception e) {
            throw new AssertionError("no configuration of " + topic, e);
        }
    }

    private static String configured(ConfigResource resource, String name) {
        try (var admin = lab.admin()) {
            return admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get()
                    .get(name)
                    .value();
        } catch (Exception e) {
            throw new AssertionError("no configuration of " + resource, e);
        }
    }

    private static void send(IntFunction<ProducerRecord<byte[], byte[]>> record) {
        lab.send(IntStream.range(0, COUNT).mapToObj(record));
    }

    private static ProducerRecord<byte[], byte[]> record(TopicSettings topics, int id, String key, long timestamp) {
        return record(topics, id, key, timestamp, "text " + id);
    }

    private static ProducerRecord<byte[], byte[]> record(
            TopicSettings topics, int id, String key, long timestamp, String text) {
        byte[] value = lab.encode(Texts.event("event-" + id, text), topics.input());
        ProducerRecord<byte[], byte[]> record = StreamLab.record(topics.input(), id % PARTITIONS, "", id, value);
        return new ProducerRecord<>(
                topics.input(),
                id % PARTITIONS,
                timestamp,
                key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                value,
                record.headers());
    }

    private static String noise(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
