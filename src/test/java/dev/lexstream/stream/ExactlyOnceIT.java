package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.avro.EnrichedText;
import dev.lexstream.avro.StageStatus;
import dev.lexstream.avro.TokenTag;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.stream.intake.IntakeStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record that comes in is in the output or in the dead letters, exactly once, in order per key. */
class ExactlyOnceIT {

    private static final int PARTITIONS = 8;

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(5));

    @Test
    void twentyThousandEventsWithPoisonEndOnceEachAndFillTheBatches() {
        int count = 20_000;
        TopicSettings topics = lab.topics(PARTITIONS);
        lab.produce(topics.input(), 0, count, id -> Poison.value(lab, topics.input(), id));

        IntakeStats stats;
        try (EnrichmentStream stream = stream(lab.pipeline(topics, Map.of()))) {
            stream.start();
            awaitAll(topics, count);
            stats = stream.intake();
            assertThat(stream.deadLetters()).isEqualTo(count / 100);
            assertThat(stream.fault()).isNotDone();
        }

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertEachIdOnce(received, topics, count);
        assertOrderPerKey(received.of(topics.output()));
        assertOrderPerKey(received.of(topics.deadLetters()));
        received.of(topics.output()).forEach(ExactlyOnceIT::assertEnriched);
        assertDeadLetters(received.of(topics.deadLetters()), topics);
        assertThat(stats.records()).isGreaterThanOrEqualTo(count);
        assertThat(stats.failedPolls()).isZero();
        assertThat(tagger.meanBatch()).isGreaterThan(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void instancesThatStopJoinAndLeaveLoseAndRepeatNothing(String protocol) {
        int count = 12_000;
        TopicSettings topics = lab.topics(PARTITIONS);
        Pipeline pipeline = lab.pipeline(topics, Map.of("group.protocol", protocol));
        lab.produce(topics.input(), 0, count / 2, id -> Poison.value(lab, topics.input(), id));

        try (EnrichmentStream first = stream(pipeline);
                EnrichmentStream second = stream(pipeline)) {
            first.start();
            StreamLab.await("first half way", () -> first.intake().records() > 1000);
            second.start();
            StreamLab.await("second to work", () -> second.state() == KafkaStreams.State.RUNNING);
            lab.produce(topics.input(), count / 2, count / 2, id -> Poison.value(lab, topics.input(), id));
            StreamLab.await("both to work", () -> second.intake().records() > 500);
            first.close(StreamLab.PATIENCE);
            try (EnrichmentStream third = stream(pipeline)) {
                third.start();
                StreamLab.await("third to work", () -> third.state() == KafkaStreams.State.RUNNING);
                second.close(StreamLab.PATIENCE);
                awaitAll(topics, count);
            }
        }

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertEachIdOnce(received, topics, count);
        assertOrderPerKey(received.of(topics.output()));
        assertOrderPerKey(received.of(topics.deadLetters()));
    }

    @Test
    void anOutputTooLargeForItsTopicIsADeadLetterAndOneThatFitsCompressedIsNot() {
        TopicSettings topics = lab.names();
        lab.createTopic(topics.input(), 1, Map.of());
        lab.createTopic(topics.output(), 1, Map.of("max.message.bytes", "5000"));
        lab.createTopic(topics.deadLetters(), 1, Map.of());
        lab.produce(
                topics.input(),
                0,
                3,
                id -> lab.encode(
                        Texts.event(
                                "event-" + id,
                                List.of("word", noise(8000), "a".repeat(8000)).get(id)),
                        topics.input()));

        try (EnrichmentStream stream = stream(lab.pipeline(topics, Map.of()))) {
            stream.start();
            awaitAll(topics, 3);
        }

        Received received = lab.readAll(StreamLab.outcomes(topics));
        assertThat(received.ids(topics.output())).containsExactly(0, 2);
        assertThat(received.ids(topics.deadLetters())).containsExactly(1);
        assertThat(Received.header(received.of(topics.deadLetters()).get(0), "__streams.errors.message"))
                .contains("topic " + topics.output())
                .contains("allowed are 5000 bytes");
        assertThat(Received.header(received.of(topics.deadLetters()).get(0), "__streams.errors.reason"))
                .isEqualTo("output-too-large");
    }

    /** Letters that no compression makes a fourth of. */
    private static String noise(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private EnrichmentStream stream(Pipeline pipeline) {
        return lab.stream(pipeline, tagger, StreamLab.PATIENT);
    }

    private static void awaitAll(TopicSettings topics, int count) {
        lab.readUntil(
                StreamLab.outcomes(topics),
                received -> received.of(topics.output()).size()
                                + received.of(topics.deadLetters()).size()
                        >= count);
    }

    private static void assertEachIdOnce(Received received, TopicSettings topics, int count) {
        List<Integer> ids = new ArrayList<>(received.ids(topics.output()));
        ids.addAll(received.ids(topics.deadLetters()));
        assertThat(ids.stream().sorted().toList())
                .isEqualTo(IntStream.range(0, count).boxed().toList());
        assertThat(received.ids(topics.deadLetters()))
                .allSatisfy(id -> assertThat(Poison.of(id)).isPresent())
                .hasSize(count / 100);
    }

    private static void assertOrderPerKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Integer> lastByKey = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int id = Received.id(record);
            assertThat(new String(record.key(), UTF_8)).isEqualTo(StreamLab.key(id));
            Integer earlier = lastByKey.put(StreamLab.key(id), id);
            assertThat(earlier == null || earlier < id)
                    .as("%d after %d", id, earlier)
                    .isTrue();
        }
    }

    private static void assertEnriched(ConsumerRecord<byte[], byte[]> record) {
        int id = Received.id(record);
        EnrichedText enriched = lab.decode(record);
        TextEvent event = Texts.event("event-" + id, Poison.text(id));
        assertThat(enriched.getId()).isEqualTo(event.id());
        assertThat(enriched.getText()).isEqualTo(event.text());
        assertThat(enriched.getAnnotations()).hasSize(1);
        assertThat(enriched.getAnnotations().get(0).getStatus()).isEqualTo(StageStatus.DONE);
        assertThat(enriched.getAnnotations().get(0).getTags()).isEqualTo(tags(event.text()));
        assertThat(enriched.getEnrichedAt()).isAfterOrEqualTo(enriched.getReceivedAt());
        assertThat(record.timestamp()).isEqualTo(StreamLab.timestamp(id));
    }

    private static List<TokenTag> tags(String text) {
        return UpperCaseTagger.tag(text).tags().stream()
                .map(tag -> new TokenTag(tag.start(), tag.end(), tag.label(), tag.score()))
                .toList();
    }

    private static void assertDeadLetters(List<ConsumerRecord<byte[], byte[]>> letters, TopicSettings topics) {
        Map<Integer, ConsumerRecord<byte[], byte[]>> inputs = new HashMap<>();
        lab.readAll(Set.of(topics.input()))
                .of(topics.input())
                .forEach(record -> inputs.put(Received.id(record), record));
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            ConsumerRecord<byte[], byte[]> input = inputs.get(Received.id(letter));
            Poison poison = Poison.of(Received.id(letter)).orElseThrow();
            assertThat(letter.key()).isEqualTo(input.key());
            assertThat(letter.value()).isEqualTo(input.value());
            assertThat(Received.header(letter, "__streams.errors.timestamp")).isEqualTo("" + input.timestamp());
            assertThat(Received.header(letter, "__streams.errors.reason")).isEqualTo(poison.reason());
            assertThat(Received.header(letter, "__streams.errors.exception")).isEqualTo(poison.exception());
            assertThat(Received.header(letter, "__streams.errors.message")).isNotBlank();
            assertThat(Received.header(letter, "__streams.errors.stacktrace")).isNotBlank();
            assertThat(Received.header(letter, "__streams.errors.topic")).isEqualTo(topics.input());
            assertThat(Received.header(letter, "__streams.errors.partition")).isEqualTo("" + input.partition());
            assertThat(Received.header(letter, "__streams.errors.offset")).isEqualTo("" + input.offset());
        }
    }
}
