package dev.lexstream.stream.fault;

import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** Where an input record is. */
public record RecordPosition(TopicPartition partition, long offset) {

    public RecordPosition {
        Objects.requireNonNull(partition, "partition");
    }

    /** By the parts of its name. */
    public static RecordPosition of(String topic, int partition, long offset) {
        return new RecordPosition(new TopicPartition(topic, partition), offset);
    }

    /** As in logs: {@code texts-0 offset 12}. */
    @Override
    public String toString() {
        return partition + " offset " + offset;
    }
}
