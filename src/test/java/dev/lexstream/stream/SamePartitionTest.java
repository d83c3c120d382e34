package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SamePartitionTest {

    private final OutputValue value = new OutputValue(new byte[0], new TopicPartition("texts", 5));

    @Test
    void aRecordKeepsItsPartitionWhenTheTopicsHaveAsMany() {
        assertThat(new SamePartition(Map.of("texts", 8)).partitions("enriched", new byte[] {1}, value, 8))
                .hasValue(Set.of(5));
        assertThat(new SamePartition(Map.of("texts", 8)).partitions("enriched", null, value, 8))
                .hasValue(Set.of(5));
    }

    @Test
    void aPartitionThatTheInputHasGotSinceTheStartIsNotAskedOfAnOutputWithoutIt() {
        assertThat(new SamePartition(Map.of("texts", 4)).partitions("enriched", new byte[] {1}, value, 4))
                .isEmpty();
    }

    @Test
    void aRecordOfATopicThatIsNewKeepsItsPartitionWhereTheOutputHasIt() {
        SamePartition partitioner = new SamePartition(Map.of());

        assertThat(partitioner.partitions("enriched", new byte[] {1}, value, 6)).hasValue(Set.of(5));
        assertThat(partitioner.partitions("enriched", new byte[] {1}, value, 5)).isEmpty();
    }

    @Test
    void otherwiseKafkaChoosesByTheKey() {
        assertThat(new SamePartition(Map.of("texts", 8)).partitions("enriched", new byte[] {1}, value, 4))
                .isEmpty();
        assertThat(new SamePartition(Map.of("texts", 8)).partitions("enriched", new byte[] {1}, value, 16))
                .isEmpty();
    }
}
