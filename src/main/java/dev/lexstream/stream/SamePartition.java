package dev.lexstream.stream;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where an output record goes. When both topics have as many partitions, it is the partition of the input record, by whatever
 * rule that was chosen. Otherwise Kafka's default partitioner decides by the key.
 *
 * <p>So a transaction touches the partitions of its own stream thread only. A read-committed reader gets no further in a
 * partition than the oldest open transaction; if all threads wrote to all partitions, it would wait for all of them.
 *
 * @param inputPartitions of the input topic at the start
 */
record SamePartition(int inputPartitions) implements StreamPartitioner<byte[], OutputValue> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, OutputValue value, int partitions) {
        // the input may have got more since the start
        boolean same = partitions == inputPartitions && value.inputPartition() < partitions;
        return same ? Optional.of(Set.of(value.inputPartition())) : Optional.empty();
    }
}
