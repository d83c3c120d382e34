package dev.lexstream.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records of several polls that become those of one. Not thread-safe. */
final class GatheredRecords {

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> nextOffsets = new LinkedHashMap<>();
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

    /** Forgets partitions that are somebody else's from now on: whoever reads them begins at what was committed. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> forgotten = records.remove(partition);
            count -= forgotten == null ? 0 : forgotten.size();
            nextOffsets.remove(partition);
        }
    }

    int count() {
        return count;
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
