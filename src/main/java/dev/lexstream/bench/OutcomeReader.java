package dev.lexstream.bench;

import dev.lexstream.config.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what comes out of a pipeline, committed records only, without decoding it. A record that was deleted before it was
 * read is an error. Used by one thread.
 */
final class OutcomeReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;

    OutcomeReader(Pipeline pipeline, int partitions) {
        String bootstrap = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
        Map<String, Object> settings = Map.of(
                bootstrap,
                pipeline.kafka().get(bootstrap),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = partitions(pipeline, partitions);
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, 0));
    }

    /** Where a pipeline writes to, output and dead letters. */
    static List<TopicPartition> partitions(Pipeline pipeline, int partitions) {
        return Stream.of(pipeline.topics().output(), pipeline.topics().deadLetters())
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)))
                .toList();
    }

    /** What has come since the last call; waits for at most {@code timeout} when there is nothing. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** Whether all that is committed has been read. A poll that gives nothing may just have passed a transaction's marker. */
    boolean atEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The number of the input record that this one came of. */
    static long sequence(ConsumerRecord<byte[], byte[]> record) {
        return Sequence.read(record.headers());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
