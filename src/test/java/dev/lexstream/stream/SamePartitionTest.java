package dev.lexstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SamePartitionTest {

    private final OutputValue value = new OutputValue(new byte[0], 5);

    @Test
    void aRecordKeepsItsPartitionWhenTheTopicsHaveAsMany() {
        assertThat(new SamePartition(8).partitions("enriched", new byte[] {1}, value, 8))
                .hasValue(Set.of(5));
        assertThat(new SamePartition(8).partitions("enriched", null, value, 8)).hasValue(Set.of(5));
    }

    @Test
    void aPartitionThatTheInputHasGotSinceTheStartIsNotAskedOfAnOutputWithoutIt() {
        assertThat(new SamePartition(4).partitions("enriched", new byte[] {1}, value, 4))
                .isEmpty();
    }

    @Test
    void otherwiseKafkaChoosesByTheKey() {
        assertThat(new SamePartition(8).partitions("enriched", new byte[] {1}, value, 4))
                .isEmpty();
        assertThat(new SamePartition(8).partitions("enriched", new byte[] {1}, value, 16))
                .isEmpty();
    }
}
