package dev.lexstream.stream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where an output record goes. When both topics have as many partitions, it is the partition of the input record, by whatever
 * rule that was chosen. Otherwise Kafka's default partitioner decides by the key. Of an input topic that was not there at the start
 * it is the partition of the input record, where the output has that.
 *
 * <p>So a transaction touches the partitions of its own stream thread only. A read-committed reader gets no further in a
 * partition than the oldest open transaction; if all threads wrote to all partitions, it would wait for all of them.
 *
 * @param inputs partitions of the input topics at the start
 */
record SamePartition(Map<String, Integer> inputs) implements StreamPartitioner<byte[], OutputValue> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, OutputValue value, int partitions) {
        Integer atStart = inputs.get(value.input().topic());
        // the input may have got more since the start
        int partition = value.input().partition();
        boolean same = (atStart == null || partitions == atStart) && partition < partitions;
        return same ? Optional.of(Set.of(partition)) : Optional.empty();
    }
}
