package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** When and where a read-committed reader finds what has come out. */
class CommitIT {

    private static final int PARTITIONS = 4;

    @AutoClose
    private static final StreamLab lab = new StreamLab();

    @AutoClose
    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ofMillis(1));

    @Test
    void aTextThatNothingFollowsIsReadableLongBeforeTheCommitInterval() {
        TopicSettings topics = lab.topics(PARTITIONS);
        Map<String, String> rareCommits = Map.of("commit.interval.ms", "28000");
        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, rareCommits), tagger, StreamLab.PATIENT)) {
            stream.start();
            stream.running().join();
            long begin = System.nanoTime();
            send(topics, 1);
            lab.readUntil(Set.of(topics.output()), received -> !received.of(topics.output())
                    .isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(14));
        }
    }

    @Test
    void recordsKeepTheirPartitionWhoeverChoseIt() {
        TopicSettings topics = lab.topics(PARTITIONS);
        int count = 40;
        send(topics, count);
        try (EnrichmentStream stream = lab.stream(lab.pipeline(topics, Map.of()), tagger, StreamLab.PATIENT)) {
            stream.start();
            Received received = lab.readUntil(
                    Set.of(topics.output()), some -> some.of(topics.output()).size() >= count);
            for (ConsumerRecord<byte[], byte[]> record : received.of(topics.output())) {
                assertThat(record.partition()).isEqualTo(Received.id(record) % PARTITIONS);
            }
        }
    }

    /** What the first member has in hand takes it half a minute. */
    @Test
    void aGroupNeedNotWaitForTheWorkInHandOfItsMembers() {
        int inHand = 2000;
        Duration batch = Duration.ofSeconds(1);
        TopicSettings topics = lab.topics(PARTITIONS);
        send(topics, 3 * inHand);
        Pipeline pipeline = lab.pipeline(topics, Map.of());
        try (UpperCaseTagger slow = new UpperCaseTagger(batch);
                EnrichmentStream first =
                        lab.stream(pipeline, Texts.enricher(slow, PipelineDefaults.MAX_IN_FLIGHT), StreamLab.PATIENT);
                EnrichmentStream second = lab.stream(pipeline, tagger, StreamLab.PATIENT)) {
            first.start();
            StreamLab.await("first to have its hands full", () -> first.intake().records() >= inHand);
            long begin = System.nanoTime();
            second.start();
            StreamLab.await("second to work", () -> second.intake().records() > 0);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(first.close(StreamLab.PATIENCE)).isTrue();
            assertThat(slow.texts()).isLessThan(inHand);

            Received received = lab.readUntil(
                    Set.of(topics.output()), some -> some.of(topics.output()).size() >= 3 * inHand);
            assertThat(received.ids(topics.output())).doesNotHaveDuplicates();
        }
    }

    /** To the partitions in turns, all with one key, so that no partitioner would spread them. */
    private static void send(TopicSettings topics, int count) {
        byte[] value = lab.encode(Texts.event("event", "a text"), topics.input());
        lab.send(IntStream.range(0, count)
                .mapToObj(id -> StreamLab.record(topics.input(), id % PARTITIONS, "key", id, value)));
    }
}
