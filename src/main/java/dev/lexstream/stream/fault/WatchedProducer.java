package dev.lexstream.stream.fault;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's producer, which notes the input record of what the broker refuses for good, and commits.
 *
 * <p>After a refused record a transactional producer can send nothing more, whatever Kafka Streams' handler of production
 * errors answers, and that handler is told of the record that is processed at that moment, which is another by then. So a
 * refusal is remembered here, by the position of the input record, and Kafka Streams is told that the producer is fenced: it
 * aborts the transaction, makes a new producer and reads on from the committed offsets, all on the same stream thread. On
 * second reading the record becomes a dead letter.
 *
 * <p>Threading: as Kafka's producer; Kafka Streams sends on one thread.
 */
public final class WatchedProducer extends KafkaProducer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedProducer.class);

    private final RecordHistory records;
    private final Transactions transactions;
    private final boolean transactional;

    /** Set for good: a transactional producer is not used after a refusal. */
    private volatile boolean refused;

    private Map<TopicPartition, OffsetAndMetadata> offsets = Map.of();

    /** Told what becomes of transactions. */
    public interface Transactions {

        /** One is aborted. */
        void aborted();

        /** The broker has refused a record for a reason that the topics' configuration, as it was known, did not give. */
        void refused();
    }

    /**
     * @param settings of Kafka's producer
     * @param records knows which record is processed, told of refusals and commits
     * @param transactions told what becomes of them
     */
    public WatchedProducer(Map<String, Object> settings, RecordHistory records, Transactions transactions) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.records = records;
        this.transactions = transactions;
        this.transactional = settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Optional<RecordPosition> input = records.processing();
        try {
            return super.send(record, (metadata, failure) -> {
                if (failure == null) {
                    callback.onCompletion(metadata, null);
                } else {
                    failed(failure, input, record.topic())
                            .ifPresent(reported -> callback.onCompletion(metadata, reported));
                }
            });
        } catch (KafkaException e) {
            throw refused ? new KafkaException("after a refused record", fenced()) : e;
        }
    }

    /**
     * What Kafka Streams is told of a failure: nothing of the neighbours of a refused record, in its batch or its
     * transaction. They fail with it, some with the very same exception, and are sent again.
     */
    private Optional<Exception> failed(Exception failure, Optional<RecordPosition> input, String topic) {
        if (refused || isNeighbour(failure)) {
            return Optional.empty();
        }
        if (input.isEmpty() || !FailureReasons.isRefusal(failure)) {
            return Optional.of(failure);
        }
        records.refused(input.get(), failure.getMessage());
        refused = transactional;
        LOG.warn(
                "The broker refuses what came of {} for topic {}, so its transaction is aborted and read again: {}",
                input.get(),
                topic,
                failure.getMessage());
        transactions.refused();
        return Optional.of(fenced());
    }

    /** Whether the broker has refused other records of the same batch, and named them. */
    private static boolean isNeighbour(Exception failure) {
        return failure.getClass() == KafkaException.class
                && failure.getMessage() != null
                && failure.getMessage().contains("part of a batch");
    }

    private static InvalidProducerEpochException fenced() {
        return new InvalidProducerEpochException("the broker has refused a record of the transaction");
    }

    @Override
    public void abortTransaction() {
        transactions.aborted();
        super.abortTransaction();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group) {
        try {
            super.sendOffsetsToTransaction(next, group);
        } catch (KafkaException e) {
            throw refused ? fenced() : e;
        }
        offsets = next;
    }

    @Override
    public void commitTransaction() {
        try {
            super.commitTransaction();
        } catch (KafkaException e) {
            throw refused ? fenced() : e;
        }
        if (!offsets.isEmpty()) {
            records.committed(offsets);
            offsets = Map.of();
        }
    }
}
