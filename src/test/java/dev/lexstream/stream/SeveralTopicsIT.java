package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.InputTopics;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.condition.ConditionCompiler;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several input topics, by name and by a pattern, which come and go. */
class SeveralTopicsIT {

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(2));

    private final String prefix = lab.names().input();

    private String input(int number) {
        return prefix + "-in-" + number;
    }

    private TopicSettings settings(InputTopics inputs) {
        TopicSettings topics = new TopicSettings(inputs, prefix + "-out", prefix + "-dead", false, 1, Optional.empty());
        lab.createTopic(topics.output(), 3, Map.of());
        lab.createTopic(topics.deadLetters(), 1, Map.of());
        return topics;
    }

    /** With keys of the topic's own, and with poison. */
    private void produce(String topic, int first, int count) {
        lab.send(IntStream.range(first, first + count)
                .mapToObj(id ->
                        StreamLab.record(topic, null, topic + StreamLab.key(id), id, Poison.value(lab, topic, id))));
    }

    private EnrichmentStream stream(TopicSettings topics, Map<String, String> kafka) {
        Pipeline pipeline = lab.pipeline(topics, kafka);
        return lab.stream(pipeline, tagger, EnrichmentStream.limits(pipeline));
    }

    private static Received awaitAll(TopicSettings topics, int count) {
        lab.readUntil(StreamLab.outcomes(topics), found -> found.size() >= count);
        return lab.readAll(StreamLab.outcomes(topics));
    }

    private static void assertOnceAndInOrder(Received received, TopicSettings topics, int count) {
        assertThat(received.of(topics.output()).size()
                        + received.of(topics.deadLetters()).size())
                .isEqualTo(count);
        assertThat(received.all().map(Received::id).collect(Collectors.toSet())).hasSize(count);
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : received.of(topics.output())) {
            // ids of a key rise in its input partition, and each key is in one
            int id = Received.id(record);
            Integer before = last.put(new String(record.key(), UTF_8), id);
            assertThat(before == null || before < id).isTrue();
        }
    }

    @Test
    void topicsOfAPatternAreReadInOrderAndNewOnesToo() {
        TopicSettings topics = settings(new InputTopics.Matching(Pattern.compile(Pattern.quote(prefix) + "-in-\\d")));
        lab.createTopic(input(1), 3, Map.of());
        lab.createTopic(input(2), 2, Map.of());
        produce(input(1), 0, 1000);
        produce(input(2), 1000, 1000);
        try (EnrichmentStream stream = stream(topics, Map.of("main.consumer.metadata.max.age.ms", "1000"))) {
            stream.start();
            lab.readUntil(StreamLab.outcomes(topics), found -> found.size() >= 1000);

            lab.createTopic(input(3), 3, Map.of());
            produce(input(3), 2000, 500);
            lab.createTopic(input(9) + "-not", 1, Map.of());
            produce(input(9) + "-not", 9000, 100);

            assertOnceAndInOrder(awaitAll(topics, 2500), topics, 2500);
            assertThat(stream.fault()).isNotDone();
        }
    }

    @Test
    void aTopicThatVanishesTakesNoOtherWithIt() throws Exception {
        TopicSettings topics = settings(new InputTopics.Matching(Pattern.compile(Pattern.quote(prefix) + "-in-\\d")));
        lab.createTopic(input(1), 2, Map.of());
        lab.createTopic(input(2), 2, Map.of());
        produce(input(1), 0, 300);
        produce(input(2), 300, 300);
        try (EnrichmentStream stream = stream(topics, Map.of("main.consumer.metadata.max.age.ms", "1000"))) {
            stream.start();
            awaitAll(topics, 600);
            delete(input(2));
            produce(input(1), 600, 300);
            awaitAll(topics, 900);
            lab.createTopic(input(2), 1, Map.of());
            produce(input(2), 900, 300);

            assertOnceAndInOrder(awaitAll(topics, 1200), topics, 1200);
            assertThat(stream.fault()).isNotDone();
        }
    }

    @Test
    void topicsByNameAreReadTogether() {
        TopicSettings topics = settings(new InputTopics.Named(List.of(input(1), input(2))));
        lab.createTopic(input(1), 3, Map.of());
        lab.createTopic(input(2), 1, Map.of());
        produce(input(1), 0, 1000);
        produce(input(2), 1000, 1000);
        try (EnrichmentStream stream = stream(topics, Map.of())) {
            stream.start();
            Received received = awaitAll(topics, 2000);

            assertOnceAndInOrder(received, topics, 2000);
            assertThat(received.of(topics.deadLetters()).stream()
                            .map(letter -> Received.header(letter, "__streams.errors.topic"))
                            .collect(Collectors.toSet()))
                    .isEqualTo(Set.of(input(1), input(2)));
        }
    }

    @Test
    void routesOverAPatternLoseAndRepeatNothingWhenInstancesComeAndGo() {
        TopicSettings topics = settings(new InputTopics.Matching(Pattern.compile(Pattern.quote(prefix) + "-in-\\d")));
        String sevens = prefix + "-sevens";
        lab.createTopic(sevens, 2, Map.of());
        lab.createTopic(input(1), 3, Map.of());
        lab.createTopic(input(2), 2, Map.of());
        ConditionCompiler conditions = new ConditionCompiler(Map.of("tag", Tagging.class));
        Routes routes = new Routes(
                List.of(
                        new Routes.Route(
                                conditions.compile("stages.tag.status == 'done' && text.contains('7')"),
                                new Target.Topic(sevens)),
                        new Routes.Route(
                                conditions.compile("topic.endsWith('2') && text.contains('3')"), new Target.Drop()),
                        new Routes.Route(
                                conditions.compile("text.contains('55') && attributes.none == 'x'"),
                                new Target.Topic(sevens))),
                new Target.Topic(topics.output()));
        Pipeline plain = lab.pipeline(topics, Map.of());
        Pipeline pipeline = new Pipeline(
                plain.applicationId(),
                plain.kafka(),
                plain.registry(),
                topics,
                plain.input(),
                plain.output(),
                List.of(new RouteSettings("true", Optional.of(sevens))),
                plain.models(),
                plain.language(),
                plain.stages(),
                plain.inference(),
                plain.maxOutage(),
                plain.unknownSchemaWait(),
                plain.deadLetters());
        produce(input(1), 0, 3000);
        try (EnrichmentStream first = stream(pipeline, routes)) {
            first.start();
            StreamLab.await("first half way", () -> first.intake().records() > 500);
            try (EnrichmentStream second = stream(pipeline, routes)) {
                second.start();
                produce(input(2), 3000, 3000);
                StreamLab.await("both to work", () -> second.intake().records() > 200);
                first.close(StreamLab.PATIENCE);
                StreamLab.await("all to be read", () -> lag(pipeline) == 0);
            }
        }

        Received received = lab.readAll(Set.of(topics.output(), topics.deadLetters(), sevens));
        List<Integer> ids = received.all().map(Received::id).sorted().toList();
        Map<Integer, String> expected = new TreeMap<>();
        for (int id = 0; id < 6000; id++) {
            String text = Poison.text(id);
            if (Poison.of(id).isPresent()) {
                expected.put(id, topics.deadLetters());
            } else if (text.contains("7")) {
                expected.put(id, sevens);
            } else if (id < 3000 || !text.contains("3")) {
                expected.put(id, text.contains("55") ? topics.deadLetters() : topics.output());
            }
        }
        Map<Integer, String> found = new TreeMap<>();
        received.all().forEach(record -> found.put(Received.id(record), record.topic()));
        assertThat(found).isEqualTo(expected);
        assertThat(ids).as("once each").hasSameSizeAs(expected.keySet());
        assertThat(received.of(topics.deadLetters()).stream()
                        .filter(letter -> Poison.of(Received.id(letter)).isEmpty()))
                .allSatisfy(letter -> {
                    assertThat(Received.header(letter, "__streams.errors.reason"))
                            .isEqualTo("condition-failed");
                    assertThat(Received.header(letter, "__streams.errors.message"))
                            .startsWith("route 3 (topic " + sevens + "), line 1, column ")
                            .contains("ATTRIBUTE_NOT_FOUND");
                });
    }

    private EnrichmentStream stream(Pipeline pipeline, Routes routes) {
        return lab.stream(pipeline, Texts.enricher(tagger), routes, StreamLab.PATIENT);
    }

    /** Records that are not committed as read. */
    private long lag(Pipeline pipeline) {
        try (Admin admin = lab.admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(pipeline.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < 3; partition++) {
                ends.put(new TopicPartition(input(1), partition), OffsetSpec.latest());
                if (partition < 2) {
                    ends.put(new TopicPartition(input(2), partition), OffsetSpec.latest());
                }
            }
            long lag = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end :
                    admin.listOffsets(ends).all().get().entrySet()) {
                OffsetAndMetadata read = committed.get(end.getKey());
                lag += end.getValue().offset() - (read == null ? 0 : read.offset());
            }
            return lag;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = lab.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }
}
