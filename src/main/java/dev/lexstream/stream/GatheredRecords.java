package dev.lexstream.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records of several polls that become those of one. Not thread-safe. */
final class GatheredRecords {

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>();
    private int count;

    /** Adds what a poll returned. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = polled.records(partition);
            records.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(some);
            count += some.size();
        }
        nextOffsets.putAll(polled.nextOffsets());
    }

    /** Forgets a partition's records; gives the offset of the first, if there were any. */
    OptionalLong forget(TopicPartition partition) {
        nextOffsets.remove(partition);
        List<ConsumerRecord<byte[], byte[]>> forgotten = records.remove(partition);
        if (forgotten == null) {
            return OptionalLong.empty();
        }
        count -= forgotten.size();
        return OptionalLong.of(forgotten.get(0).offset());
    }

    int count() {
        return count;
    }

    int count(TopicPartition partition) {
        return records.getOrDefault(partition, List.of()).size();
    }

    /** Hands all of it over; nothing is left here. */
    ConsumerRecords<byte[], byte[]> take() {
        ConsumerRecords<byte[], byte[]> all = new ConsumerRecords<>(Map.copyOf(records), Map.copyOf(nextOffsets));
        records.clear();
        nextOffsets.clear();
        count = 0;
        return all;
    }
}
