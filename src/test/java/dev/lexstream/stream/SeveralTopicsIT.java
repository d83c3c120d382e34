package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.InputTopics;
import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        var pipeline = lab.pipeline(topics, kafka);
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
            Integer before = last.put(new String(record.key()), id);
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

    private static void delete(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = lab.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }
}
