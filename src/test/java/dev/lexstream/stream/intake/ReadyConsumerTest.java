package dev.lexstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.stream.Texts;
import dev.lexstream.stream.UpperCaseTagger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens within one poll of Kafka's own consumer, which a broker does not let a test decide. */
class ReadyConsumerTest {

    private static final TopicPartition FIRST = new TopicPartition("texts", 0);
    private static final TopicPartition SECOND = new TopicPartition("texts", 1);

    private final UpperCaseTagger tagger = new UpperCaseTagger(Duration.ZERO);
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final ReadyConsumer consumer = new ReadyConsumer(
            kafka,
            Texts.intake(record -> Texts.event("id", "text"), Texts.enricher(tagger)),
            () -> false,
            new ReadyConsumer.Limits(1, 1, Duration.ofMinutes(1), Duration.ZERO),
            offsets -> {});

    @AfterEach
    void close() {
        tagger.close();
    }

    @Test
    void recordsOfPartitionsThatAreAssignedWhileThereIsNoRoomCarryTheirTextsToo() {
        tagger.hold();
        kafka.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.subscribe(List.of("texts"), new Assignments());
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(FIRST));
            kafka.addRecord(Texts.record(0, 0, "a text"));
        });
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(FIRST, SECOND));
            kafka.addRecord(Texts.record(1, 0, "another"));
        });
        for (int i = 0; i < 4; i++) {
            assertThat(consumer.poll(Duration.ofMillis(1)).isEmpty()).isTrue();
        }
        tagger.release();

        List<ConsumerRecord<byte[], byte[]>> returned = new ArrayList<>();
        while (returned.size() < 2) {
            consumer.poll(Duration.ofMillis(1)).forEach(returned::add);
        }
        assertThat(returned)
                .allSatisfy(record ->
                        assertThat(InFlightRecord.take(record.headers()).text()).isCompleted());
    }

    private static final class Assignments implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // read from their beginning
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // nothing to commit
        }
    }
}
