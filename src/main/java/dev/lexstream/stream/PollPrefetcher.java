package dev.lexstream.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;

/**
 * Shows the {@link Intake} everything a poll returned before Kafka Streams hands it out record by record, so that the
 * models get batches. Changes nothing about the records, and offsets, order and transactions stay Kafka Streams' own.
 *
 * <p>Belongs under {@code main.consumer.interceptor.classes}; plain {@code consumer.} would catch the restore and global
 * consumers too. The intake is the object under {@value #INTAKE_CONFIG}.
 *
 * <p>Threading: Kafka makes one for each stream thread's consumer and calls it on that thread, inside {@code poll}.
 */
public final class PollPrefetcher implements ConsumerInterceptor<byte[], byte[]> {

    /** Setting of the consumer that holds the shared {@link Intake}, an object and not its name. */
    public static final String INTAKE_CONFIG = "lexstream.intake";

    private Intake intake;

    @Override
    public void configure(Map<String, ?> settings) {
        Object found = settings.get(INTAKE_CONFIG);
        if (!(found instanceof Intake shared)) {
            throw new ConfigException(
                    INTAKE_CONFIG,
                    found == null ? null : found.getClass().getName(),
                    "must be an object of " + Intake.class.getName());
        }
        intake = shared;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            intake.prefetch(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // called for commits outside of transactions, on the stream thread
        intake.committed(offsets);
    }

    @Override
    public void close() {
        // a task that closes drops what was polled for it; its partition may be another thread's by now
    }
}
