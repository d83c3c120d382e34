package dev.lexstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When and where a read-committed reader finds what has come out. */
class CommitIT {

    private static final int PARTITIONS = 4;
    private static StreamLab lab;

    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));

    @BeforeAll
    static void startLab() {
        lab = new StreamLab();
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @AfterEach
    void closeTagger() {
        tagger.close();
    }

    @Test
    void aTextThatNothingFollowsIsReadableLongBeforeTheCommitInterval() {
        TopicSettings topics = lab.topics(PARTITIONS);
        Map<String, String> rareCommits = Map.of("commit.interval.ms", "28000");
        try (EnrichmentStream stream =
                lab.stream(lab.pipeline(topics, rareCommits), tagger, FaultPolicy.Limits.DEFAULT)) {
            stream.start();
            stream.running().join();
            long begin = System.nanoTime();
            send(topics, 0, 0);
            lab.readUntil(Set.of(topics.output()), received -> !received.of(topics.output())
                    .isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(14));
        }
    }

    @Test
    void recordsKeepTheirPartitionWhoeverChoseIt() {
        TopicSettings topics = lab.topics(PARTITIONS);
        int count = 40;
        for (int id = 0; id < count; id++) {
            send(topics, id, id % PARTITIONS);
        }
        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, FaultPolicy.Limits.DEFAULT)) {
            stream.start();
            Received received = lab.readUntil(
                    Set.of(topics.output()), some -> some.of(topics.output()).size() >= count);
            for (ConsumerRecord<byte[], byte[]> record : received.of(topics.output())) {
                assertThat(record.partition()).isEqualTo(Received.id(record) % PARTITIONS);
            }
        }
    }

    /** All with one key, so that no partitioner would spread them. */
    private static void send(TopicSettings topics, int id, int partition) {
        byte[] value = lab.encode(Texts.event("event-" + id, "a text"), topics.input());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topics.input(), partition, StreamLab.timestamp(id), "key".getBytes(UTF_8), value);
        record.headers().add("id", String.valueOf(id).getBytes(UTF_8));
        lab.send(record);
    }
}
